"""`kg serve`: a graph in the browser and as a SPARQL endpoint."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import typer

from kg.cli import options


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve", epilog="Example: kg serve graph --port 7878")(serve)


def serve(
    graph: options.GraphFolder,
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="Address to listen on; any but loopback is open to others.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="Port to listen on; 0 takes a free one.")] = 7878,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, max=3600, metavar="SECONDS", help="Stop a query after this time.")] = 30.0,
    max_rows: Annotated[int, typer.Option("--max-rows", min=1, help="Refuse an answer with more rows.")] = 100_000,
    writable: Annotated[bool, typer.Option("--writable", help="Take SPARQL updates of the graph kg:notes; on this machine only.")] = False,
) -> None:
    """Show a graph in the browser and answer SPARQL 1.1 at /sparql.

    Read-only, and only for this machine unless --host says otherwise. --writable takes notes. Ctrl-C ends it.
    """
    import kg
    from kg.errors import UsageError
    from kg.serve.notes import FILE
    from kg.serve.server import is_loopback, serve
    from kg.serve.settings import Settings

    if writable and not is_loopback(host):
        raise UsageError(f"--writable with --host {host}: there is no password, so updates are taken on this machine only; leave one of the two out")
    opened = kg.open(graph)

    def announce(address: str) -> None:
        if not is_loopback(host):
            typer.echo(f"kg: everyone who reaches {host} can read this graph; there is no password", err=True)
        taken = f"\nUpdates of kg:notes are taken and kept in {graph / FILE}." if writable else ""
        typer.echo(f"{address}         pages\n{address}sparql   SPARQL endpoint{taken}\nCtrl-C ends it.")

    with suppress(KeyboardInterrupt):  # the event loop may have taken it for itself
        serve(opened, host, port, Settings(timeout=timeout, max_rows=max_rows, writable=writable), announce)
    typer.echo("\nstopped", err=True)
