"""`kg mcp`: a graph as tools of an assistant."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import options


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("mcp", epilog="Example: kg mcp graph")(mcp)


def mcp(
    graph: options.GraphFolder,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, max=3600, metavar="SECONDS", help="Stop a query after this time.")] = 30.0,
) -> None:
    """Let an assistant ask a graph, over the Model Context Protocol on stdin and stdout.

    An assistant's program starts this command itself; its tools search, list statements, show sentences and answer SPARQL, read-only,
    and every answer cites its documents. Needs: pip install 'pubmed-kg[mcp]'
    """
    from kg.errors import UsageError
    from kg.serve.settings import Settings

    try:
        from kg.agents.server import create_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "pydantic", "anyio"):
            raise
        raise UsageError("kg mcp needs the MCP SDK: pip install 'pubmed-kg[mcp]'") from None
    create_server(graph, Settings(timeout=timeout)).run()
