"""What changed between two builds, in statements.

Rule: statements are compared by their ids, which are hashes of what they say, so a change of wording is one removed and one added; a change of
evidence or belief is a change of the same statement. The first graph's statements are held in memory, the second's are streamed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.graph.graph import Graph
from kg.graph.query import Table
from kg.model import Statement

DIFF_COLUMNS = (
    "change", "subject", "predicate", "object", "disease", "context", "belief_before", "belief", "n_for_before", "n_for", "n_against_before",
    "n_against", "evidence_added", "evidence_removed", "documents_added", "documents_removed", "statement",
)  # fmt: skip
CHANGES = ("removed", "added", "changed")


def diff_graphs(before: Graph, after: Graph, background: bool = False) -> Table:
    """Return one row for each statement that is only in one of two graphs or has other evidence or another belief in the second.

    Removed ones come first, then added, then changed, each with the greatest change of belief first. ``background`` compares what
    vocabularies and construction give too.
    """
    old = {s.id: s for s in before.read_statements() if background or s.source == "text"}
    rows = list(_rows(old, after, background))
    rows.sort(key=lambda row: (CHANGES.index(row["change"]), -abs((row["belief"] or 0.0) - (row["belief_before"] or 0.0)), row["statement"]))
    return Table(DIFF_COLUMNS, tuple(tuple(row[name] for name in DIFF_COLUMNS) for row in rows))


def count_changes(answer: Table) -> dict[str, int]:
    """Return how many statements were removed, added and changed."""
    counts = Counter(row[0] for row in answer)
    return {change: counts[change] for change in CHANGES}


def _rows(old: dict[str, Statement], after: Graph, background: bool) -> Iterator[dict[str, Any]]:
    for new in after.read_statements():
        if not background and new.source != "text":
            continue
        former = old.pop(new.id, None)
        if former is None:
            yield _row("added", None, new)
        elif (former.evidence, former.belief, former.n_for, former.n_against) != (new.evidence, new.belief, new.n_for, new.n_against):
            yield _row("changed", former, new)
    for former in old.values():
        yield _row("removed", former, None)


def _row(change: str, before: Statement | None, after: Statement | None) -> dict[str, Any]:
    shown = after or before
    assert shown is not None
    context = shown.context
    plain = {"biomarker": context.biomarker.name if context.biomarker else "", "therapy": context.therapy.name if context.therapy else ""}
    plain |= {"line": context.line, "model_system": context.model_system, "outcome": context.outcome}
    evidence = [set(s.evidence) if s else set() for s in (before, after)]
    documents = [set(s.documents) if s else set() for s in (before, after)]
    return {
        "change": change,
        "subject": shown.subject.name,
        "predicate": shown.predicate,
        "object": shown.object.name,
        "disease": context.disease.name if context.disease else "",
        "context": "; ".join(f"{name} {value}" for name, value in plain.items() if value),
        "belief_before": before.belief if before else None,
        "belief": after.belief if after else None,
        "n_for_before": before.n_for if before else None,
        "n_for": after.n_for if after else None,
        "n_against_before": before.n_against if before else None,
        "n_against": after.n_against if after else None,
        "evidence_added": len(evidence[1] - evidence[0]),
        "evidence_removed": len(evidence[0] - evidence[1]),
        "documents_added": len(documents[1] - documents[0]),
        "documents_removed": len(documents[0] - documents[1]),
        "statement": shown.id,
    }
