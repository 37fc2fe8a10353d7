"""`kg export`: a graph in another tool's format, or sent to a running Neo4j."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from kg.cli import options
from kg.errors import ExportError, UsageError

PASSWORD = "NEO4J_PASSWORD"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", epilog="Example: kg export graph --format graphml --out alk.graphml")(export)


def export(
    graph: options.GraphFolder,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="The format; an unknown one lists them all.")] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="PATH", help="File or folder to write.")] = None,
    to: Annotated[str, typer.Option("--to", metavar="URI", help="A server to send to instead, such as bolt://localhost:7687.")] = "",
    user: Annotated[str, typer.Option("--user", metavar="NAME", help="The server's user.")] = "neo4j",
    database: Annotated[str, typer.Option("--database", metavar="NAME", help="The server's database; else the user's own.")] = "",
    evidence: Annotated[bool, typer.Option("--evidence", help="Send the sentences too, as nodes beside their statements.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Write a graph for another tool.

    GraphML, Cytoscape JSON, CX2; Neo4j CSV, Cypher, Ladybug; KGX, SSSOM, Parquet; Turtle, TriG, N-Quads, JSON-LD, nanopublications;
    or send it to Neo4j with --to.

    The server's password is asked for, or taken from NEO4J_PASSWORD; empty, it means a server without authentication.
    """
    if to and not format and out is None:
        _send(graph, to, user, database, evidence, quiet)
    elif format and out is not None and not to:
        _write(graph, format, out, quiet)
    else:
        raise UsageError("give either --format and --out, or --to")


def _write(graph: Path, format: str, out: Path, quiet: bool) -> None:
    import kg
    from kg.exports import FORMATS, export_graph

    if format not in FORMATS:
        raise UsageError(f"unknown format '{format}'; known are {', '.join(sorted(FORMATS))}")
    written = export_graph(kg.open(graph), format, out)
    if quiet:
        return
    for path in written:
        typer.echo(f"{path}", err=True)
    if format == "neo4j-csv":
        from kg.exports.neo4j_csv import import_advice

        typer.echo(import_advice(out), err=True)


def _send(graph: Path, uri: str, user: str, database: str, evidence: bool, quiet: bool) -> None:
    import kg
    from kg.cli.console import progress_on_stderr
    from kg.exports.bolt import Server, check_address, send_graph

    try:
        check_address(uri)
    except ExportError as error:
        raise UsageError(str(error)) from None
    opened = kg.open(graph)
    if not quiet and "+" not in (parts := urlsplit(uri)).scheme and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        typer.echo(f"kg: {uri} is not encrypted, the password may be read on its way; use {parts.scheme}+s:// where the server has it", err=True)
    logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)  # that a first graph has no such label yet is no news
    server = Server(uri, user, _password(user), database)
    with progress_on_stderr(quiet) as progress:
        sent = send_graph(opened, server, evidence=evidence, progress=progress)
    if quiet:
        return
    for what in sent.declined:
        typer.echo(f"kg: the server declined: {what}", err=True)
    counts = ", ".join(f"{number:,} {stage}" for stage, number in sent.rows.items())
    typer.echo(f"{uri}: {counts}; {sent.changed:,} new or changed", err=True)


def _password(user: str) -> str:
    if (given := os.environ.get(PASSWORD)) is not None:
        return given
    if not sys.stdin.isatty():
        raise UsageError(f"no password; set {PASSWORD} (empty for a server without authentication), or run this in a terminal to be asked")
    asked: str = typer.prompt(f"Password of {user}", hide_input=True, default="", show_default=False, err=True)
    return asked
