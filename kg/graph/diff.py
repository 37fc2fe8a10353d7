"""What changed between two builds, in statements.

Rule: statements are compared by their ids, which are hashes of what they say, so a change of wording is one removed and one added; a change of
evidence or belief is a change of the same statement. Both graphs are streamed, whatever their order, through a database on disk (`sqlite3`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from kg.graph.graph import Graph
from kg.model import Statement
from kg.records import dumps, from_dict

DIFF_COLUMNS = (
    "change", "subject", "predicate", "object", "disease", "context", "belief_before", "belief", "n_for_before", "n_for", "n_against_before",
    "n_against", "evidence_added", "evidence_removed", "documents_added", "documents_removed", "statement",
)  # fmt: skip
CHANGES = ("removed", "added", "changed")
_TABLES = """
CREATE TABLE before (id TEXT PRIMARY KEY, row TEXT) WITHOUT ROWID;
CREATE TABLE after (id TEXT PRIMARY KEY, row TEXT) WITHOUT ROWID;
CREATE TABLE changes (kind INTEGER, size REAL, id TEXT, row TEXT);
"""
_PAIRS = """
SELECT b.row, NULL FROM before b WHERE NOT EXISTS (SELECT 1 FROM after a WHERE a.id = b.id)
UNION ALL SELECT b.row, a.row FROM after a LEFT JOIN before b ON a.id = b.id WHERE b.row IS NULL OR b.row != a.row
"""


class Diff:
    """The changes between two graphs, kept on disk until they are asked for: ``counts`` by kind of change, and `rows`."""

    columns = DIFF_COLUMNS

    def __init__(self, before: Graph, after: Graph, background: bool) -> None:
        self._database = sqlite3.connect("")  # a file of its own without a name, which is gone when it is closed
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA cache_size = -20000;" + _TABLES)
        for table, graph in (("before", before), ("after", after)):
            rows = ((s.id, dumps(s)) for s in graph.read_statements() if background or s.source == "text")
            self._database.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows)
        self._database.executemany("INSERT INTO changes VALUES (?, ?, ?, ?)", self._changes())
        found = dict(self._database.execute("SELECT kind, count(*) FROM changes GROUP BY kind"))
        self.counts = {change: int(found.get(number, 0)) for number, change in enumerate(CHANGES)}

    def __len__(self) -> int:
        return sum(self.counts.values())

    def rows(self, limit: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield the changes, at most ``limit``: removed, added, changed, each with the greatest change of belief first."""
        asked = "SELECT row FROM changes ORDER BY kind, size, id LIMIT ?"
        for (row,) in self._database.execute(asked, (-1 if limit is None else limit,)):
            yield tuple(json.loads(row))

    def _changes(self) -> Iterator[tuple[int, float, str, str]]:
        for pair in self._database.execute(_PAIRS):
            old, new = (None if row is None else from_dict(Statement, json.loads(row)) for row in pair)
            if old is not None and new is not None and _weighed(old) == _weighed(new):
                continue
            row = _row("removed" if new is None else "added" if old is None else "changed", old, new)
            size = -abs((row["belief"] or 0.0) - (row["belief_before"] or 0.0))
            yield CHANGES.index(row["change"]), size, row["statement"], json.dumps([row[name] for name in DIFF_COLUMNS])


def diff_graphs(before: Graph, after: Graph, background: bool = False) -> Diff:
    """Return one row for each statement that is only in one of two graphs or has other evidence or another belief in the second.

    ``background`` compares what vocabularies and construction give too.
    """
    return Diff(before, after, background)


def _weighed(statement: Statement) -> tuple[Any, ...]:
    return statement.evidence, statement.belief, statement.n_for, statement.n_against


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
