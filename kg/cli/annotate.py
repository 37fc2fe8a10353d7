"""`kg annotate`: documents in, mentions, groundings and evidence out, no graph."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from kg.cli import options
from kg.cli.console import print_failure, progress_on_stderr
from kg.config import Settings
from kg.errors import ReadError
from kg.model import Failure

_DEFAULT = Settings()


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("annotate", epilog="Example: kg annotate abstracts.jsonl --format pubtator --out annotations.txt")(annotate)


def annotate(
    inputs: options.Inputs,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="jsonl (a statement once a document), jsonl-all (every sentence), pubtator.")
    ] = "jsonl",
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="File to write instead of stdout.")] = None,
    workers: options.Workers = _DEFAULT.workers,
    batch_size: options.BatchSize = _DEFAULT.batch_size,
    profile: options.Profile = _DEFAULT.profile,
    model: options.Model = _DEFAULT.model,
    lexicon: options.Vocabulary = _DEFAULT.lexicon,
    keep_ungrounded: options.KeepUngrounded = _DEFAULT.keep_ungrounded,
    max_document_chars: options.MaxChars = _DEFAULT.max_document_chars,
    max_document_seconds: options.MaxSeconds = _DEFAULT.max_document_seconds,
    pubmed_cache: options.Cache = None,
    api_key: options.ApiKey = "",
    quiet: options.Quiet = False,
) -> None:
    """Print mentions and evidence, without a graph.

    One block of text for each document, in the order of the input.
    """
    from kg.build import annotate_lines

    settings = Settings(model, workers, batch_size, keep_ungrounded, max_document_chars, lexicon, profile, max_document_seconds)
    failed = done = 0
    with progress_on_stderr(quiet or out is None) as progress, _target(out) as handle:
        for item in annotate_lines(options.read_inputs(inputs, pubmed_cache, api_key), settings, format):
            if isinstance(item, Failure):
                failed += 1
                print_failure(item)
                continue
            handle.write(item)
            done += 1
            if progress:
                progress("annotate", done)
    if not done and not failed:
        raise ReadError("the inputs", "no document found", "give at least one document that can be read")
    if failed:
        raise typer.Exit(3 if done else 1)


@contextmanager
def _target(out: Path | None) -> Iterator[IO[str]]:
    """Stdout, or a file that appears whole at the end."""
    if out is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    temporary = out.with_name(out.name + ".part")
    try:
        handle = temporary.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise ReadError(str(out), f"cannot be written ({error.strerror})", "choose another --out") from error
    try:
        with handle:
            yield handle
        temporary.replace(out)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
