"""Counts and figures: what a scorer returns.

Rule: precision, recall and F1 are made from counts in one place; a figure without a denominator is 0, as in the reference
scorers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: a row of ``kg annotate --format jsonl``
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one line of a table: what was found right, found wrong, and missed."""

    task: str
    label: str
    tp: int
    fp: int
    fn: int

    @property
    def gold(self) -> int:
        """How many items the gold standard has."""
        return self.tp + self.fn

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that is found."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One disagreement with the gold standard, for reading: ``kind`` is missed, spurious, or a task's own word."""

    document: str
    task: str
    kind: str
    label: str
    item: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Tables of scores, single figures by name, and every disagreement."""

    scores: tuple[Score, ...] = ()
    figures: tuple[tuple[str, float | int], ...] = ()
    misses: tuple[Miss, ...] = ()


class Tally:
    """Counts by label, summed into scores."""

    def __init__(self, task: str) -> None:
        self.task = task
        self._counts: dict[str, list[int]] = {}

    def add(self, label: str, tp: int, fp: int, fn: int) -> None:
        """Add counts to a label."""
        row = self._counts.setdefault(label, [0, 0, 0])
        for i, count in enumerate((tp, fp, fn)):
            row[i] += count

    def scores(self, total: str = "") -> list[Score]:
        """Return one score a label in sorted order, and their sum under `total` where asked."""
        found = [Score(self.task, label, *row) for label, row in sorted(self._counts.items())]
        if total:
            found.append(Score(self.task, total, *(sum(row[i] for row in self._counts.values()) for i in range(3))))
        return found
