"""`kg query`: named queries and SPARQL over a graph."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import options
from kg.cli.console import print_table
from kg.errors import QueryError, UsageError

if TYPE_CHECKING:
    from kg.graph import Table

FORMATS = ("table", "csv", "json")
_LIMIT = "At most this many rows; most named queries give 200, the best, without it."


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("query", epilog="Example: kg query graph drugs-targeting-gene --param gene=ALK --format csv")(query)


def query(
    graph: options.GraphFolder,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="A named query; --list shows them.")] = "",
    param: Annotated[list[str] | None, typer.Option("--param", "-p", metavar="K=V", help="A parameter of the named query; repeat it.")] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="Q.rq", help="SPARQL from a file.")] = None,
    sparql: Annotated[str, typer.Option("--sparql", metavar="TEXT", help="SPARQL text.")] = "",
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv or json.")] = "table",
    limit: Annotated[int | None, typer.Option("--limit", min=1, help=_LIMIT)] = None,
    timeout: Annotated[float | None, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Give up after this time.")] = None,
    show: Annotated[bool, typer.Option("--list", help="List the named queries and their parameters.")] = False,
) -> None:
    """Ask a graph a named query, or SPARQL.

    SPARQL sees the named graphs and, by default, their union.
    """
    import kg

    if format not in FORMATS:
        raise UsageError(f"unknown format '{format}'; known are {', '.join(FORMATS)}")
    if show:
        _print_queries()
        return
    if sum(map(bool, (name, file, sparql))) != 1:
        raise UsageError("give exactly one of a query's name, --file and --sparql; --list shows the named queries")
    if param and not name:
        raise UsageError("--param goes with a named query")
    opened = kg.open(graph)
    if name:
        answer = opened.query(name, _named(name, param or []), limit=limit, timeout=timeout)
    else:
        answer = opened.query(sparql=sparql or _text(file), limit=limit, timeout=timeout)
    print_answer(answer, format)


def _named(name: str, params: list[str]) -> dict[str, object]:
    """The parameters by name, after checking that the query exists and takes them."""
    from kg.graph.query import bind, named_queries

    values: dict[str, object] = {}
    for item in params:
        key, equals, value = item.partition("=")
        if not equals or not key:
            raise UsageError(f"--param takes k=v, not '{item}'")
        values[key] = value
    if name not in named_queries():
        raise UsageError(f"no query named '{name}'; known are {', '.join(named_queries())}")
    try:
        bind(named_queries()[name], values)
    except QueryError as error:
        raise UsageError(str(error)) from error
    return values


def _text(file: Path | None) -> str:
    try:
        return file.read_text(encoding="utf-8") if file else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read ({error}); --file takes a text file with SPARQL") from error


def print_answer(answer: Table, format: str) -> None:
    """Print a table in one of the formats."""
    print_rows(answer.columns, answer.rows, format)
    if format == "table":
        typer.echo(f"{len(answer)} rows")
    if answer.truncated:
        typer.echo(f"kg: there is more than these {len(answer)} rows; raise --limit, or --param limit=all with a named query", err=True)


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], format: str) -> None:
    """Print rows in one of the formats, one by one but for a table; in CSV no cell is a formula."""
    from kg.exports.writing import write_csv

    if format == "json":
        separator = "["
        for row in rows:
            text = json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, indent=1)
            sys.stdout.write(separator + "\n " + text.replace("\n", "\n "))
            separator = ","
        sys.stdout.write("[]\n" if separator == "[" else "\n]\n")
    elif format == "csv":
        write_csv(sys.stdout, columns, rows)
    else:
        print_table("", columns, rows)


def _print_queries() -> None:
    from kg.graph import named_queries

    rows = []
    for query in named_queries().values():
        takes = ", ".join(f"{p.name}={p.example}" + ("" if p.required else " (optional)") for p in query.parameters if p.kind != "limit")
        rows.append((query.name, takes, query.description))
    print_table("", ("name", "parameters, with an example", "answers"), rows)
