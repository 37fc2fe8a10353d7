"""Lesions by drugs: what makes a tumour resist what, and what still works.

Rule: a cell is what the named query ``cross-resistance-matrix`` says of the pair; nothing is weighed that a document does not
say. Lesions and drugs of which more is said stand first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from kg.serve.edges import CALLS, PARTS
from kg.serve.index import Index


@dataclass(slots=True)
class Cell:
    """What is said of a lesion and a drug: documents for resistance and for sensitivity, those that deny either, and the beliefs."""

    resistant: int = 0
    sensitive: int = 0
    denied: int = 0
    belief_resistant: float = 0.0
    belief_sensitive: float = 0.0

    @property
    def call(self) -> str:
        """Return ``resistant``, ``sensitive``, ``contradictory`` or, where it is only denied, ``denied``."""
        if self.resistant and self.sensitive:
            return "contradictory"
        return "resistant" if self.resistant else "sensitive" if self.sensitive else "denied"

    @property
    def belief(self) -> float:
        """The belief of what the cell calls; of two that contradict, the greater."""
        return max(self.belief_resistant, self.belief_sensitive)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cells by lesion and drug; lesions and drugs in the order to show."""

    lesions: list[str]
    drugs: list[str]
    cells: dict[tuple[str, str], Cell]


def matrix(index: Index, key: str) -> Matrix:
    """Return the heat map of a gene's lesions, or of the lesions that decide on a drug, with everything else said of them."""
    cells: dict[tuple[str, str], Cell] = defaultdict(Cell)
    for lesion in _lesions(index, key):
        for edge in index.edges_of(lesion, "subject"):
            if edge.read and edge.predicate in CALLS and edge.n_for + edge.n_against:
                _count(cells[lesion, edge.object], edge.predicate == CALLS[0], edge.n_for, edge.n_against, edge.belief)
    return Matrix(_ordered(cells, 0), _ordered(cells, 1), dict(cells))


def _lesions(index: Index, key: str) -> list[str]:
    found = [edge.subject for edge in index.edges_of(key, "object") if edge.predicate in PARTS + CALLS]
    return list(dict.fromkeys(found))


def _count(cell: Cell, resists: bool, n_for: int, n_against: int, belief: float) -> None:
    cell.denied += n_against
    if resists and n_for:
        cell.resistant += n_for
        cell.belief_resistant = max(cell.belief_resistant, belief)
    elif n_for:
        cell.sensitive += n_for
        cell.belief_sensitive = max(cell.belief_sensitive, belief)


def _ordered(cells: dict[tuple[str, str], Cell], end: int) -> list[str]:
    said: Counter[str] = Counter()
    for place, cell in cells.items():
        said[place[end]] += cell.resistant + cell.sensitive + cell.denied
    return sorted(said, key=lambda key: (-said[key], key))


def busiest(index: Index, types: tuple[str, ...], most: int) -> list[str]:
    """Return the entities of some types whose heat map has most in it, at most so many, best first."""
    fit = (key for key, n in index.calls.items() if n and (one := index.entities.get(key)) is not None and one.type in types)
    return sorted(fit, key=lambda key: (-index.calls[key], key))[:most]
