"""`kg remove` and `kg renew`: documents out of a graph, and stale evidence extracted again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.cli.build import print_summary
from kg.cli.console import print_failures, progress_on_stderr

if TYPE_CHECKING:
    from pathlib import Path

    from kg.build import Summary


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("remove", epilog="Example: kg remove graph PMID:22072639 my-note-17")(remove)
    app.command("renew", epilog="Example: kg renew graph --workers 4")(renew)


def remove(
    graph: options.GraphFolder,
    documents: Annotated[list[str], typer.Argument(metavar="ID...", help="Documents by id, or PMID:1234, DOI:10.1/x.")],
    workers: options.Workers = 1,
    quiet: options.Quiet = False,
) -> None:
    """Take documents and their evidence out of a graph.

    What only they said is gone, what others said too is counted anew. If one is not in the graph, nothing is removed. A document whose input
    is given to kg build again comes back.
    """
    from kg.build.upkeep import remove_documents

    with progress_on_stderr(quiet) as progress:
        summary = remove_documents(graph, documents, workers, progress)
    _end(graph, summary, quiet)


def renew(graph: options.GraphFolder, workers: options.Workers = 1, quiet: options.Quiet = False) -> None:
    """Extract the stale documents of a graph again, with the installed version.

    Stale is what another version of the pipeline, its models or the vocabulary extracted; kg info and kg doctor count it. The texts are taken
    from the graph and the settings are those that it was built with. Where nothing is stale, nothing is done.
    """
    import kg
    from kg.build.upkeep import find_stale, renew_graph

    count, differ = find_stale(graph, kg.open(graph).manifest["build"])
    if not count:
        typer.echo("nothing is stale")
        return
    if not quiet:
        typer.echo(f"{count:,} documents are stale: made by {differ}", err=True)
    with progress_on_stderr(quiet) as progress:
        summary = renew_graph(graph, workers, progress)
    _end(graph, summary, quiet)


def _end(graph: Path, summary: Summary, quiet: bool) -> None:
    if not quiet:
        print_summary(graph, summary)
    print_failures(summary.failures, str(graph / "work" / "failures.jsonl"))
    if summary.failures:
        raise typer.Exit(3)
