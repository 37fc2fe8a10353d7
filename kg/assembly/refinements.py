"""Specific over general: which statement says for fewer carriers, drugs or circumstances what another says for more.

Rule: a statement refines another of the same predicate if each of its ends and qualifiers is the other's or a kind of it, and at least one is
narrower; with the opposite predicate on narrower ends it is an exception to it. What is a kind of what is taken from the vocabularies and
from what variants are made of, never from a sentence. Neither changes the belief of the other: that is the reader's to weigh.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.assembly.background import UPWARD
from kg.assembly.contradictions import opposites
from kg.model import Argument, Context, Statement

_ENDS = ("disease", "biomarker", "therapy")
_VALUES = ("line", "model_system", "outcome")
#: entity -> what it is a kind of, at any height; never itself, though vocabularies have circles.
_Above = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Refinement:
    """A specific statement and the general one it refines, or, where it says the opposite of narrower ends, is an exception to."""

    specific: Statement
    general: Statement
    exception: bool = False


def find_refinements(statements: Sequence[Statement], upward: Mapping[str, Sequence[str]] | None = None) -> Iterator[Refinement]:
    """Yield the refinements and exceptions among the supported text statements, sorted by the ids of the two; none is held.

    ``upward`` says what is a kind of what, one step; without it, the ``subclass_of`` and ``member_of`` of the background among the statements do.
    """
    texts = sorted((s for s in statements if s.source == "text" and s.n_for), key=lambda s: s.id)
    above = _ancestors(_kinds(statements) if upward is None else upward, {key for s in texts for key in _keys(s)})
    by_ends: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for one in texts:
        by_ends[one.subject.id, one.predicate, one.object.id].append(one)
    for one in texts:
        yield from sorted(_of(one, by_ends, above), key=lambda r: r.general.id)


def _of(one: Statement, by_ends: Mapping[tuple[str, str, str], Sequence[Statement]], above: _Above) -> Iterable[Refinement]:
    subjects, objects = (sorted({end.id, *above.get(end.id, ())}) for end in (one.subject, one.object))
    predicates = [(one.predicate, False), *((name, True) for name in opposites(one.predicate))]
    for subject in subjects:
        for object in objects:
            for predicate, exception in predicates:
                for other in by_ends.get((subject, predicate, object), ()):
                    narrower = (subject, object) != (one.subject.id, one.object.id)
                    if other.id != one.id and _within(one.context, other.context, above) and (narrower or not exception):
                        yield Refinement(one, other, exception)


def _within(narrow: Context, wide: Context, above: _Above) -> bool:
    ends = all(_is_a(getattr(narrow, name), getattr(wide, name), above) for name in _ENDS)
    return ends and all(getattr(wide, name) in ("", getattr(narrow, name)) for name in _VALUES)


def _is_a(narrow: Argument | None, wide: Argument | None, above: _Above) -> bool:
    if wide is None:
        return True
    return narrow is not None and bool(wide.id) and (narrow.id == wide.id or wide.id in above.get(narrow.id, ()))


def _keys(statement: Statement) -> Iterable[str]:
    context = statement.context
    return (
        end.id for end in (statement.subject, statement.object, context.disease, context.biomarker, context.therapy) if end is not None and end.id
    )


def _kinds(statements: Iterable[Statement]) -> dict[str, list[str]]:
    """What each entity is a kind of by the background statements, one step up."""
    upward: dict[str, list[str]] = defaultdict(list)
    for one in statements:
        if one.source != "text" and one.predicate in UPWARD:
            upward[one.subject.id].append(one.object.id)
    return upward


def _ancestors(upward: Mapping[str, Sequence[str]], used: set[str]) -> dict[str, frozenset[str]]:
    """What each used entity is a kind of, as far as it is used itself: the rest can match nothing."""
    return {key: frozenset(_climb(key, upward) & used) for key in used if key in upward}


def _climb(key: str, upward: Mapping[str, Sequence[str]]) -> set[str]:
    seen: set[str] = set()
    left = [key]
    while left:
        for parent in upward.get(left.pop(), ()):
            if parent not in seen:
                seen.add(parent)
                left.append(parent)
    return seen - {key}
