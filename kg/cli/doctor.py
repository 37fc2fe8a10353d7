"""`kg doctor`: is the installation whole, and the graph?"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import print_table

if TYPE_CHECKING:
    from kg.build.doctor import Finding


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", epilog="Example: kg doctor graph")(doctor)


def doctor(
    graph: Annotated[Path | None, typer.Argument(metavar="[GRAPH]", help="Folder that kg build made; without it only the installation.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Check the installation, and a graph folder, and say what to do.

    Of the installation: versions, vocabularies and models against their checksums, and a sentence read. Of a graph: manifest, checksums, store,
    every record's offsets, identifiers and counts, what the next build needs, and whether it is up to date. Nothing is changed; exit code 1 if
    anything is broken.
    """
    from kg.build.doctor import FAILURE, check_graph, check_installation

    found = list(check_installation())
    if graph is not None:
        found += check_graph(graph)
    _print(found, as_json)
    if any(one.state == FAILURE for one in found):
        raise typer.Exit(1)


def _print(found: list[Finding], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        return
    print_table("", ("checked", "state", "found", "what to do"), [(one.subject, one.state, one.detail, one.remedy) for one in found])
