"""How many statements each predicate has, by source, counted once when a graph is written.

Rule: a count of the whole graph stands in the graph itself, in the named graph ``statements``, because to count a million statements
takes a query seconds; it follows from the records alone, so that every RDF export has it too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.graph import rdf
from kg.model import Statement


class Counts:
    """Takes statements one by one, then gives the quads of their counts."""

    def __init__(self) -> None:
        self._all: Counter[tuple[str, str]] = Counter()
        self._opposed: Counter[tuple[str, str]] = Counter()

    def add(self, statement: Statement) -> None:
        """Count a statement."""
        kind = statement.predicate, statement.source
        self._all[kind] += 1
        self._opposed[kind] += statement.n_against > 0

    def quads(self) -> Iterator[str]:
        """Yield the quads of all counts, sorted by predicate and source."""
        for kind in sorted(self._all):
            yield from rdf.count_quads(*kind, self._all[kind], self._opposed[kind])
