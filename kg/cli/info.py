"""`kg info`: what a graph holds and what made it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options
from kg.cli.console import print_table
from kg.errors import GraphError, KgError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("info", epilog="Example: kg info graph --verify")(info)


def info(
    graph: options.GraphFolder,
    verify: Annotated[bool, typer.Option("--verify", help="Read every byte and compare checksums.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Print what a graph holds and what made it."""
    import kg
    from kg.graph import verify as find_damage

    opened = kg.open(graph)
    if verify and (damage := find_damage(graph)):
        raise GraphError("; ".join(damage))
    read, known = Counter[str](), Counter[str]()
    for statement in opened.read_statements():
        (read if statement.source == "text" else known)[statement.predicate] += 1
    types = Counter(entity.type for entity in opened.read_entities())
    about = {"version": opened.manifest["version"], **opened.manifest["build"]}
    stale, differ = _stale(graph, opened.manifest["build"])
    if as_json:
        row = {"counts": opened.manifest["counts"], "entities": types, "statements_read": read, "statements_known": known}
        row |= {"made_by": about, "stale": stale}
        typer.echo(json.dumps(row, indent=1, sort_keys=True))
        return
    print_table(str(graph), ("what", "count"), opened.manifest["counts"].items())
    print_table("", ("entity type", "count"), _by_count(types))
    predicates = sorted({*read, *known}, key=lambda name: (-read[name], -known[name], name))
    print_table("", ("predicate", "read in text", "known from vocabularies"), [(name, read[name], known[name]) for name in predicates])
    print_table("", ("made by", "version"), about.items())
    if stale:
        typer.echo(f"the evidence of {stale:,} documents is stale: made by {differ}; 'kg renew {graph}' extracts them again")


def _stale(folder: Path, made_by: dict[str, str]) -> tuple[int, str]:
    from kg.build.upkeep import find_stale

    try:
        return find_stale(folder, made_by)
    except (KgError, OSError) as error:  # a copy without its work, or without its vocabulary, is a graph all the same
        return 0, str(error)


def _by_count(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
