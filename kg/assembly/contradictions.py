"""Statements that cannot both hold: opposite predicates on the same ends, or evidence for and against one statement.

Rule: contexts are compared, never merged: two statements that differ in disease, line or model system are reported with what
differs, because that is most often the explanation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Context, Statement

#: predicate -> the one that says the opposite of the same ends.
OPPOSITES: dict[str, str] = {
    "confers_resistance_to": "confers_sensitivity_to",
    "predicts_poor_outcome_in": "predicts_better_outcome_in",
    "inhibits": "activates",
}
_CONTEXT = ("disease", "biomarker", "therapy", "line", "model_system", "outcome")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements at odds (or one, given twice, whose own evidence is divided) and the context fields that differ."""

    first: Statement
    second: Statement
    differs: tuple[str, ...] = ()

    @property
    def divided(self) -> bool:
        """Whether it is one statement with evidence for and against, not two opposite ones."""
        return self.first.id == self.second.id


def find_contradictions(statements: Iterable[Statement]) -> list[Contradiction]:
    """Return contradictions between text statements, sorted by the ids of the two; only statements with support take part."""
    by_ends: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    found: list[Contradiction] = []
    for one in statements:
        if one.n_for and one.source == "text":
            by_ends[_end(one, "subject"), one.predicate, _end(one, "object")].append(one)
            if one.n_against:
                found.append(Contradiction(one, one))
    for (subject, predicate, object), group in by_ends.items():
        for other in by_ends.get((subject, OPPOSITES.get(predicate, ""), object), ()):
            found.extend(Contradiction(one, other, _differs(one, other)) for one in group)
    found.extend(_superiority(by_ends))
    return sorted(found, key=lambda c: (c.first.id, c.second.id))


def _superiority(by_ends: dict[tuple[str, str, str], list[Statement]]) -> list[Contradiction]:
    """``superior_to`` the other way round says the opposite, if it is about the same outcome."""
    found: list[Contradiction] = []
    for (subject, predicate, object), group in by_ends.items():
        if predicate == "superior_to" and subject < object:
            for other in by_ends.get((object, predicate, subject), ()):
                found.extend(Contradiction(one, other, _differs(one, other)) for one in group if one.context.outcome == other.context.outcome)
    return found


def _end(statement: Statement, name: str) -> str:
    argument = getattr(statement, name)
    return str(argument.id or argument.name)


def opposites(predicate: str) -> list[str]:
    """Return the predicates that say the opposite of the same ends."""
    return [b if a == predicate else a for a, b in OPPOSITES.items() if predicate in (a, b)]


def context_differences(one: Statement, other: Statement) -> list[tuple[str, str, str]]:
    """Return the context fields in which two statements differ, with what each says there (empty where it does not)."""
    rows = zip(_CONTEXT, _shown(one.context), _shown(other.context), one.context.key, other.context.key, strict=True)
    return [(name, first, second) for name, first, second, a, b in rows if a != b]


def _shown(context: Context) -> tuple[str, ...]:
    ends = (context.disease, context.biomarker, context.therapy)
    return (*(end.name if end else "" for end in ends), context.line, context.model_system, context.outcome)


def _differs(one: Statement, other: Statement) -> tuple[str, ...]:
    return tuple(name for name, _, _ in context_differences(one, other))
