"""`kg build`: documents in, a graph folder out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.cli.console import print_failures, print_table, progress_on_stderr
from kg.config import Settings

if TYPE_CHECKING:
    from kg.build import Summary

_DEFAULT = Settings()


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("build", epilog="Example: kg build data/ abstracts.xml.gz --out graph --workers 4")(build)


def build(
    inputs: options.Inputs,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="GRAPH", help="Folder of the graph; added to if it holds one.")],
    workers: options.Workers = _DEFAULT.workers,
    batch_size: options.BatchSize = _DEFAULT.batch_size,
    profile: options.Profile = _DEFAULT.profile,
    model: options.Model = _DEFAULT.model,
    lexicon: options.Vocabulary = _DEFAULT.lexicon,
    keep_ungrounded: options.KeepUngrounded = _DEFAULT.keep_ungrounded,
    max_document_chars: options.MaxChars = _DEFAULT.max_document_chars,
    max_document_seconds: options.MaxSeconds = _DEFAULT.max_document_seconds,
    dask: options.Dask = _DEFAULT.dask,
    shards: options.Shards = _DEFAULT.shards,
    pubmed_cache: options.Cache = None,
    api_key: options.ApiKey = "",
    quiet: options.Quiet = False,
) -> None:
    """Read documents, extract, and store a graph.

    Formats are found from the content: saved PubMed pages, PubMed XML, MEDLINE, PubTator, BioC, Europe PMC, tables, JSON lines, text.

    A build that was stopped goes on where it stopped when the same command is given again. Building into an existing graph
    adds to it: a document that is read again replaces the former one unless that has a higher version, documents not read
    again stay.
    """
    from kg.build import NothingBuilt, build_graph

    settings = Settings(
        model, workers, batch_size, keep_ungrounded, max_document_chars, lexicon, profile, max_document_seconds, dask=dask, shards=shards
    )
    with progress_on_stderr(quiet) as progress:
        try:
            summary = build_graph(options.read_inputs(inputs, pubmed_cache, api_key), out, settings, progress)
        except NothingBuilt as error:
            print_failures(error.failures)
            raise
    if not quiet:
        print_summary(out, summary)
    print_failures(summary.failures, str(out / "work" / "failures.jsonl"))
    if summary.failures:
        raise typer.Exit(3)


def print_summary(out: Path, summary: Summary) -> None:
    """Print what a build did and what the graph now holds."""
    counts = summary.counts
    rows: list[tuple[str, int]] = [("documents", summary.documents), ("  of these extracted now", summary.extracted)]
    rows += [(f"  {name}", count) for name, count in (("replaced", summary.replaced), ("deleted", summary.deleted)) if count]
    rows += [("mentions", sum(counts.mentions.values()))]
    rows += [(f"  {kind}", count) for kind, count in sorted(counts.mentions.items(), key=lambda item: (-item[1], item[0]))]
    rows += [("entities", counts.entities), ("evidence", counts.evidence), ("statements read", counts.read)]
    rows += [("statements of vocabularies", counts.known), ("failures", len(summary.failures))]
    print_table(f"{out}, in {summary.seconds:.1f} s", ("what", "count"), rows)
