"""Every statement as an edge in a few arrays: enough to choose and to draw, without reading its record.

Rule: a row here is a row of `Index`; about 45 bytes for each statement, so that a million of them fit beside the pages.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.vocab import PREDICATES

#: what edges tell of, in the order of the legend, with the predicates of each. The last is for what is not listed.
KINDS: dict[str, tuple[str, ...]] = {
    "resistance": ("confers_resistance_to",),
    "sensitivity": ("confers_sensitivity_to", "sensitizes_to"),
    "therapy": ("treats", "studied_for", "combined_with", "superior_to", "followed_by", "limited_by", "causes_adverse_event"),
    "disease": ("drives", "associated_with", "diagnostic_of", "predisposes_to", "predicts_poor_outcome_in", "predicts_better_outcome_in"),
    "mechanism": ("inhibits", "activates", "targets", "binds", "phosphorylates", "interacts_with"),
    "kinship": ("variant_of", "has_partner", "member_of", "subclass_of"),
}
KIND_OF = {predicate: kind for kind, predicates in KINDS.items() for predicate in predicates}
#: what a lesion does to a drug.
CALLS = ("confers_resistance_to", "confers_sensitivity_to")
#: what joins a lesion to its genes; true by its name, so shown with what was read though no sentence says it.
PARTS = ("variant_of", "has_partner")


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement as an edge: ends as CURIEs, how many documents speak for and against it, belief, and whether it was read."""

    row: int
    subject: str
    predicate: str
    object: str
    n_for: int
    n_against: int
    belief: float
    read: bool

    @property
    def kind(self) -> str:
        """What the edge tells of."""
        return KIND_OF.get(self.predicate, "mechanism")


class Edges:
    """The statements of a graph as edges, by row."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._predicates = list(PREDICATES)
        self._ends = array("l")
        self._says = array("H")
        self._counts = array("l")
        self._beliefs = array("d")
        self._read = bytearray()

    def add(self, subject: str, object: str, row: dict[str, Any]) -> None:
        """Add the statement of the next row, as its record has it."""
        if row["predicate"] not in self._predicates:
            self._predicates.append(row["predicate"])
        self._ends.extend((self._number(subject), self._number(object)))
        self._says.append(self._predicates.index(row["predicate"]))
        self._counts.extend((row.get("n_for", 0), row.get("n_against", 0)))
        self._beliefs.append(row.get("belief", 0.0))
        self._read.append(row.get("source", "text") == "text")

    def _number(self, key: str) -> int:
        number = self._numbers.setdefault(key, len(self._keys))
        if number == len(self._keys):
            self._keys.append(key)
        return number

    def at(self, rows: Iterable[int]) -> Iterable[Edge]:
        """Yield the edges of some rows."""
        for row in rows:
            subject, object = (self._keys[number] for number in self._ends[2 * row : 2 * row + 2])
            n_for, n_against = self._counts[2 * row : 2 * row + 2]
            yield Edge(row, subject, self._predicates[self._says[row]], object, n_for, n_against, self._beliefs[row], bool(self._read[row]))

    def __len__(self) -> int:
        return len(self._read)
