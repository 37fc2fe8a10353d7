"""`kg explain`: a statement back to its sentences."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.cli.console import console, printable

if TYPE_CHECKING:
    from rich.text import Text

    from kg.graph import ExplainedEvidence, Explanation, Piece, Related
    from kg.model import Argument, Statement

COLOURS = {"subject": "bold green", "object": "bold blue", "cue": "underline", "disease": "magenta", "biomarker": "cyan", "therapy": "yellow"}


#: statements of one kind of relation that are shown.
SHOWN_RELATED = 5


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("explain", epilog="Example: kg explain graph KGS:0a1b2c")(explain)


def explain(
    graph: options.GraphFolder,
    statement: Annotated[str, typer.Argument(metavar="STATEMENT", help="A statement's id, or enough of its beginning.")],
) -> None:
    """Print the sentences behind a statement.

    The arguments are marked; what speaks for it comes before what speaks against it. Then come the statements that contradict it, with the
    context that differs, and those on something more specific or more general.

    On a terminal the marks are colours, in a pipe they read [ALK G1202R](subject).
    """
    import kg

    explanation = kg.open(graph).explain(statement)
    screen = console()
    screen.print(_head(explanation.statement))
    for item in explanation.evidence:
        screen.print(_evidence(item))
    if not explanation.evidence:
        screen.print("  no sentence: " + _source(explanation.statement), markup=False)
    for line in _related(explanation):
        screen.print(line, markup=False, soft_wrap=True)


def _related(explanation: Explanation) -> Iterator[str]:
    """Lines on the statements that bear on it, a few of each kind."""
    for relation, group in groupby(explanation.related, key=lambda r: r.relation):
        members = list(group)
        yield ""
        for one in members[:SHOWN_RELATED]:
            yield f"  {relation} {one.statement.id}  belief {one.statement.belief:.3f}  {_short(one.statement)}" + _differing(one)
        if len(members) > SHOWN_RELATED:
            yield f"  {relation} {len(members) - SHOWN_RELATED} more"


def _short(statement: Statement) -> str:
    return printable(f"{statement.subject.name} {statement.predicate} {statement.object.name}")


def _differing(related: Related) -> str:
    parts = [f"{name.replace('_', ' ')} {here or 'not said'} / {there or 'not said'}" for name, here, there in related.differs]
    return printable(f"  (here / there: {'; '.join(parts)})") if parts else ""


def _head(statement: Statement) -> Text:
    from rich.text import Text

    head = Text(f"{statement.id}  belief {statement.belief:.3f}  for {statement.n_for}  against {statement.n_against}\n")
    head.append(f"  {_end(statement.subject)} ").append(statement.predicate, "bold").append(f" {_end(statement.object)}")
    context = statement.context
    ends = (("disease", context.disease), ("biomarker", context.biomarker), ("therapy", context.therapy))
    plain = (("line", context.line), ("model system", context.model_system), ("outcome", context.outcome))
    qualifiers = [f"{name} {_end(end)}" for name, end in ends if end] + [f"{name} {value}" for name, value in plain if value]
    return head.append("\n  where " + "; ".join(qualifiers)) if qualifiers else head


def _end(argument: Argument) -> str:
    return printable(f"{argument.name} ({argument.id})" if argument.id else argument.name)


def _source(statement: Statement) -> str:
    return f"known from {statement.source}" if statement.source != "text" else "its evidence is not in the graph"


def _evidence(item: ExplainedEvidence) -> Text:
    from rich.text import Text

    evidence, document = item.evidence, item.document
    place = f"{document.curie if document else evidence.document} {evidence.section} {evidence.start}-{evidence.end}"
    date = f" ({document.date})" if document and document.date else ""
    retracted = " RETRACTED" if document and document.retracted else ""
    text = Text(f"\n  {printable(place + date)}{retracted}  {evidence.polarity}, {evidence.certainty}, ")
    text.append(f"confidence {evidence.confidence:.2f}, {printable(evidence.extractor)}\n    ")
    for piece in item.pieces:
        text.append(*_marked(piece))
    return text


def _marked(piece: Piece) -> tuple[str, str]:
    text = printable(piece.text)
    if not piece.roles:
        return text, ""
    if sys.stdout.isatty():
        return text, COLOURS[piece.roles[0]]
    return f"[{text}]({', '.join(piece.roles)})", ""
