"""`kg evaluate`: how well extraction does against a gold standard."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.cli.console import print_failure, print_table, progress_on_stderr
from kg.config import Settings
from kg.errors import UsageError
from kg.model import Failure

if TYPE_CHECKING:
    from kg.evaluate import Report
    from kg.evaluate.scores import Row

_DEFAULT = Settings()


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate", epilog="Example: kg evaluate mentions --gold biored_dev.pubtator.gz --errors misses.jsonl")(evaluate)


def evaluate(
    task: Annotated[str, typer.Argument(metavar="TASK", help="mentions, groundings, relations or civic.")],
    gold: Annotated[Path, typer.Option("--gold", metavar="PATH", help="PubTator or BioC file, labelled JSON lines, or CIViC's evidence table.")],
    predicted: Annotated[Path | None, typer.Option("--predicted", metavar="FILE", help="Score this kg annotate output; do not annotate.")] = None,
    types: Annotated[str, typer.Option("--types", metavar="T,T", help="Only these types (mentions and groundings of PubTator files).")] = "",
    others: Annotated[list[Path] | None, typer.Option("--all", metavar="FILE", help="civic: further evidence tables, for precision.")] = None,
    graph: Annotated[Path | None, typer.Option("--graph", metavar="GRAPH", help="civic: compare this graph with it; do not annotate.")] = None,
    errors: Annotated[Path | None, typer.Option("--errors", metavar="FILE", help="Write every disagreement here, as JSON lines.")] = None,
    show: Annotated[int, typer.Option("--show", min=0, metavar="N", help="Print the N most frequent disagreements.")] = 0,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="table or json.")] = "table",
    workers: options.Workers = _DEFAULT.workers,
    profile: options.Profile = _DEFAULT.profile,
    model: options.Model = _DEFAULT.model,
    lexicon: options.Vocabulary = _DEFAULT.lexicon,
    quiet: options.Quiet = False,
) -> None:
    """Score extraction against a gold standard.

    The documents of the gold standard are annotated first, unless --predicted gives the result. With --graph, the claims of a built graph are
    set beside CIViC's: how many agree, contradict, are missing or new, each with its sentence in --errors.
    """
    from kg.evaluate import score_task
    from kg.evaluate.tasks import read_predicted
    from kg.records import write_jsonl

    if format not in ("table", "json"):
        raise UsageError(f"unknown format '{format}'; known are table, json")
    if graph is not None:
        report = _compared(task, graph, gold, others or [])
    else:
        settings = Settings(model=model, workers=workers, lexicon=lexicon, profile=profile)
        rows = read_predicted(predicted) if predicted else _annotated(task, gold, settings, quiet)
        report = score_task(task, gold, rows, tuple(filter(None, types.split(","))), others or ())
    if errors:
        write_jsonl(errors, report.misses)
    _print(report, format)
    if show and format == "table":
        common = Counter((m.kind, m.label, m.item) for m in report.misses).most_common(show)
        print_table("Most frequent disagreements", ("kind", "label", "item", "times"), [(*key, str(n)) for key, n in common])


def _compared(task: str, graph: Path, gold: Path, others: list[Path]) -> Report:
    import kg
    from kg.evaluate import compare_with_civic

    if task != "civic":
        raise UsageError("--graph goes with civic; the other tasks score documents")
    return compare_with_civic(kg.open(graph), gold, others)


def _annotated(task: str, gold: Path, settings: Settings, quiet: bool) -> dict[str, Row]:
    from kg.build import annotate_lines
    from kg.evaluate import gold_documents

    rows: dict[str, Row] = {}
    with progress_on_stderr(quiet) as progress:
        for item in annotate_lines(gold_documents(task, gold), settings):
            if isinstance(item, Failure):
                print_failure(item)
                continue
            row = json.loads(item)
            rows[str(row["id"])] = row
            if progress:
                progress("annotate", len(rows))
    return rows


def _print(report: Report, format: str) -> None:
    if format == "json":
        scores = [{"task": s.task, "label": s.label, "precision": s.precision, "recall": s.recall, "f1": s.f1, "gold": s.gold} for s in report.scores]
        typer.echo(json.dumps({"scores": scores, "figures": dict(report.figures)}))
        return
    if report.scores:
        rows = [(s.task, s.label, s.precision, s.recall, s.f1, s.gold) for s in report.scores]
        print_table("", ("task", "label", "precision", "recall", "F1", "gold"), rows)
    if report.figures:
        print_table("", ("figure", "value"), [(name, f"{value:.4f}" if isinstance(value, float) else f"{value}") for name, value in report.figures])
