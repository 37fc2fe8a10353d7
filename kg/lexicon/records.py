"""What the vocabulary hands out: candidates, matches in a text, background edges, and how a candidate is packed in 8 bytes.

Rule: the kinds of names and their prior scores are set here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

#: kind of a name -> prior score; the order is the number stored, so new kinds go at the end
KINDS: dict[str, float] = {
    "symbol": 1.0,
    "name": 0.98,
    "concept": 0.97,
    "class": 0.97,
    "family": 0.95,
    "brand": 0.95,
    "code": 0.95,
    "synonym": 0.9,
    "abbreviation": 0.85,
    "alias": 0.85,
    "previous": 0.75,
    "curated": 0.99,
    "weak": 0.25,
    "derived": 0.8,
}
KIND_NAMES = tuple(KINDS)
KIND_NUMBERS = {name: number for number, name in enumerate(KIND_NAMES)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may stand for: ``surface`` is the name as its source writes it, ``score`` a prior from 0 to 1.

    A score under 0.3 marks a name that is trusted only with support: the same entity under another name in the document.
    """

    entity_id: str
    type: str
    name: str
    surface: str
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A stretch of text, half-open code points, that is a name of each of its candidates, best first."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


class BackgroundEdge(NamedTuple):
    """An edge that the vocabularies themselves assert, with the source that asserts it; a tuple, because forty thousand are made at the start."""

    subject: str
    predicate: str
    object: str
    source: str


def pack_candidate(entity: int, kind: int, case: int, surface: int, score: int) -> tuple[int, int]:
    """Return the two words of a candidate: entity (22 bits), kind (5), case rule (5); surface (24), score in hundredths (8)."""
    if entity >= 1 << 22 or surface >= 1 << 24:
        raise OverflowError(f"the vocabulary outgrew its format: entity {entity}, surface {surface}")
    return entity | kind << 22 | case << 27, surface | score << 24


def unpack_candidate(first: int, second: int) -> tuple[int, int, int, int, int]:
    """Return entity, kind, case rule, surface and score in hundredths."""
    return first & 0x3FFFFF, first >> 22 & 0x1F, first >> 27, second & 0xFFFFFF, second >> 24
