"""What a rule returns, and what every rule is given: one sentence in coded form with its document's context.

Rule: a rule module maps a `Sentence` to `Found` records and keeps no state; polarity and certainty come from `Assertion`.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kg.lexicon.heads import has_any
from kg.nlp.relations.coded import Apposition, Coded, Item


class Assertion(Protocol):
    """Negation and speculation scopes of a text, asked by character offsets."""

    def negated(self, start: int, end: int) -> bool:
        """Whether the stretch lies in the scope of a negation."""

    def certainty(self, start: int, end: int) -> str:
        """``asserted``, ``speculated``, or ``hypothesis`` for an aim or question that asserts nothing."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What the document is about where a sentence is silent: disease, lesions and drugs read so far, and overall."""

    disease: Item | None = None
    lesions: tuple[Item, ...] = ()
    drugs: tuple[Item, ...] = ()
    apart: bool = False
    """Whether `drugs` went to different groups, "respectively"."""
    resisted: tuple[Item, ...] = ()
    """Drugs or classes of the document's resistance context (schema rule 9)."""
    last: tuple[Item, ...] = ()
    """The drugs, else the classes, that the sentence before names last: "EGFR inhibitors (gefitinib or erlotinib)" names two drugs."""
    treated: tuple[Item, ...] = ()
    """Drugs and classes that a sentence before says patients or cells were treated with."""
    progressed: bool = False
    """Whether the sentence before told of progression, relapse or resistance."""
    subject: Item | None = None
    """The drug the document is about: what "it", "the drug" and "treatment" stand for."""
    carriers: tuple[Item, ...] = ()
    """The changes that the patients or cells told of carry."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its coded form, appositions, assertion scopes, and the document's focus at this point."""

    coded: Coded
    appositions: tuple[Apposition, ...]
    items: tuple[Item, ...]
    assertion: Assertion
    focus: Focus = field(default_factory=Focus)
    section: str = "abstract"


@dataclass(frozen=True, slots=True)
class Found:
    """A relation between two mentions, found by a rule at a cue."""

    subject: Item
    predicate: str
    object: Item
    cue: tuple[int, int]
    rule: str
    confidence: float
    polarity: str = "positive"
    certainty: str = "asserted"
    biomarker: Item | None = None
    therapy: Item | None = None


_CLAUSE_WORDS = (
    " ;", " whereas", " while", "though", " however", " neverthe", " nonethe", " conversely", " yet", " but", " in contrast", " thereby", " ‖",
    " thus",
)  # fmt: skip
_CLAUSE_END = re.compile(
    r" (?:;|‖|whereas|while|although|though|however|nevertheless|nonetheless|conversely|yet) |(?: ,)? but (?!also\b|not\b|rather\b)| ; | , in contrast , | , (?:thereby|thus) "
)
#: a bracket that was opened and has named nothing yet
_FIGURES = re.compile(r"\([^()‹]*$")


def clauses(coded: Coded) -> Sequence[Coded]:
    """Return the clauses of a sentence, parted at contrast words and semicolons, never at "but not", inside a list or among figures in brackets."""
    if not coded.clauses:
        coded.clauses = tuple(_parted(coded)) if has_any(coded.text, _CLAUSE_WORDS) else (coded,)
    return coded.clauses


def _parted(coded: Coded) -> Iterator[Coded]:
    at = 0
    for m in _CLAUSE_END.finditer(coded.text):
        if m.group() == " ; " and _FIGURES.search(coded.text[max(0, m.start() - 80) : m.start()]):
            continue  # "(46%; 95% CI, 27% to 67%)"
        if m.start() > at:
            yield coded.part(at, m.start() + 1)
        at = m.end() - 1
    yield coded.part(at, len(coded.text) + 1) if at else coded


_COMPARED = re.compile(
    r"\b(?:than|compared? (?:with|to|those)|in comparison (?:with|to)|versus|vs\.?|relative to|(?:similar|comparable|equivalent) to|as opposed to|in contrast to|unlike|rather than|instead of|behind|over(?= ))\b"
    r"(?P<yardstick>[^;,)]{0,120})"
)
_YARDSTICK_ENDS = re.compile(r"(?<=›) (?:in|for|among|during|after|and|or|was|were|as) | (?:in|among) (?:patients|tumou?rs|cases|cells|those) ")


_COMPARING = (
    "than",
    "compar",
    "versus",
    "vs",
    "relative to",
    "similar to",
    "comparable to",
    "equivalent to",
    "opposed to",
    "contrast to",
    "unlike",
    "instead of",
    "behind",
    "over",
)


def compared(coded: Coded) -> frozenset[int]:
    """Return the positions of groups that are only the yardstick of a comparison ("than cells expressing wild-type KIT")."""
    if coded.compared is None:
        coded.compared = frozenset(_yardsticks(coded) if has_any(coded.text, _COMPARING) else ())
    return coded.compared


def _yardsticks(coded: Coded) -> set[int]:
    found: set[int] = set()
    for m in _COMPARED.finditer(coded.text):
        part = m["yardstick"]
        end = _YARDSTICK_ENDS.search(part)
        found |= {m.start("yardstick") + g.start() for g in re.finditer("‹", part[: end.start()] if end else part)}
    return found
