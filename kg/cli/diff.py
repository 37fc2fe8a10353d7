"""`kg diff`: what changed between two builds, in statements."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.query import FORMATS, print_rows
from kg.errors import UsageError

#: rows that a table shows unless told otherwise.
SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("diff", epilog="Example: kg diff graph-of-may graph-of-june --format csv")(diff)


def diff(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="Folder of the former graph.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="Folder of the later graph.")],
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv or json.")] = "table",
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most this many rows; a table has 50 unless told otherwise.")] = None,
    background: Annotated[bool, typer.Option("--background", help="Compare what vocabularies say, too.")] = False,
) -> None:
    """Tell what changed between two graphs, in statements.

    Removed ones first, then added, then those with other evidence or another belief, the greatest change of belief first.
    """
    import kg
    from kg.graph.diff import diff_graphs

    if format not in FORMATS:
        raise UsageError(f"unknown format '{format}'; known are {', '.join(FORMATS)}")
    found = diff_graphs(kg.open(before), kg.open(after), background)
    most = limit or (SHOWN if format == "table" else None)
    if format != "table" or len(found):
        print_rows(found.columns, found.rows(most), format)
    counts = ", ".join(f"{number:,} {change}" for change, number in found.counts.items())
    more = f"; {most} are shown, --limit shows more" if most and len(found) > most else ""
    typer.echo(f"{counts}{more}", err=format != "table")
