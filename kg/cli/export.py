"""`kg export`: a graph in another tool's format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options
from kg.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", epilog="Example: kg export graph --format graphml --out alk.graphml")(export)


def export(
    graph: options.GraphFolder,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="The format; an unknown one lists them all.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="PATH", help="File or folder to write.")],
) -> None:
    """Write a graph for another tool.

    GraphML, Neo4j CSV, Cypher, KGX, Turtle, TriG, N-Quads, JSON-LD, Cytoscape JSON or Parquet.
    """
    import kg
    from kg.exports import FORMATS, export_graph

    if format not in FORMATS:
        raise UsageError(f"unknown format '{format}'; known are {', '.join(sorted(FORMATS))}")
    for path in export_graph(kg.open(graph), format, out):
        typer.echo(f"{path}", err=True)
