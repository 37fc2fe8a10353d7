"""A sentence as the relation rules see it: words, and mentions as typed groups, with coordination and apposition resolved.

``crizotinib and ceritinib but not lorlatinib`` becomes ``‹D0› but not ‹D1›`` with two drugs in group 0, so that a rule is
written once for one and for many. Rule: nothing here knows a predicate; source offsets are kept for every token.
"""

# a pattern is easier to read in one line

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

#: entity type -> the letter of its group in the coded text
LETTER = {
    "Gene": "G", "GeneFamily": "G", "Variant": "V", "Drug": "D", "DrugClass": "C", "Disease": "X", "Phenotype": "H",
    "Process": "P", "Concept": "K", "CellLine": "L", "Organism": "O",
}  # fmt: skip

#: stands in coded text where a comma ends a clause
CLAUSE_MARK = "‖"

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Item:
    """A mention inside the relation rules: offsets in the text the rules run on, and what it was grounded to."""

    start: int
    end: int
    type: str
    name: str
    id: str = ""
    xrefs: tuple[str, ...] = ()
    genes: tuple[tuple[str, str, str], ...] = ()
    """Genes it is about, as (type, name, id): of a variant, or the targets of a drug class."""

    @property
    def letter(self) -> str:
        """The letter of its type in coded text."""
        return LETTER[self.type]

    @property
    def key(self) -> str:
        """What it is: the identifier, else the name."""
        return self.id or self.name.lower()


@dataclass(slots=True)
class Token:
    """A word (``items`` empty) or a group of coordinated mentions, with its offsets."""

    text: str
    start: int
    end: int
    items: list[Item] = field(default_factory=list)
    joints: Sequence[str] = ()
    """The words that joined the members of a folded list: "," "and" "plus"."""
    surface: str = ""
    """What the text has at this place, in small letters; a concept's name may say less ("poor prognosis" is named prognosis)."""

    @property
    def letter(self) -> str:
        """The letter of the group, empty for a word."""
        return self.items[0].letter if self.items else ""


class Coded:
    """A sentence or clause in coded form: ``text`` to run patterns on, and the way back from there."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        parts: list[str] = []
        self._at: list[int] = []
        self._groups: list[tuple[int, str, Token]] = []
        position = 0
        for token in tokens:
            word = token.text
            if token.items:
                letter = token.items[0].letter
                word = f"‹{letter}{len(self._groups)}›"
                self._groups.append((position, letter, token))
            self._at.append(position)
            parts.append(word)
            position += len(word) + 1
        self.text = " ".join(parts)
        self.clauses: tuple[Coded, ...] = ()
        """Its clauses, once they have been asked for; so with what is only compared (see `kg.nlp.relations.found`)."""
        self.compared: frozenset[int] | None = None

    def group(self, match: str) -> list[Item]:
        """Return the mentions of a placeholder such as ``‹D3›``; `KeyError` if there is none."""
        number = int(match[2:-1])
        if number >= len(self._groups):
            raise KeyError(number)
        return self._groups[number][2].items

    def surface(self, match: str) -> str:
        """Return the words behind a placeholder."""
        return self._groups[int(match[2:-1])][2].surface

    def token_at(self, position: int) -> Token:
        """Return the token that covers a position of the coded text."""
        return self.tokens[bisect_right(self._at, position) - 1]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source offsets of a stretch of the coded text."""
        return self.token_at(start).start, self.token_at(max(start, end - 1)).end

    def groups(self, letters: str) -> list[tuple[int, Token]]:
        """Return (position, token) of all groups of these letters, in order."""
        return [(at, token) for at, letter, token in self._groups if letter in letters]

    def part(self, start: int, end: int) -> Coded:
        """Return the clause between two positions of the coded text."""
        return Coded(self.tokens[bisect_left(self._at, start) : bisect_left(self._at, end)])


@dataclass(frozen=True, slots=True)
class Apposition:
    """A class and its member as the text ties them: "the MET inhibitor tepotinib", "ALK TKIs such as crizotinib"."""

    whole: Item
    member: Item
    start: int
    end: int


def outermost(items: Sequence[Item]) -> list[Item]:
    """Return the mentions that lie inside no other, in text order; of equal spans the first stays."""
    kept: list[Item] = []
    for item in sorted(items, key=lambda i: (i.start, -i.end)):
        if kept and item.start < kept[-1].end:
            continue
        kept.append(item)
    return kept


def tokenize(text: str, start: int, end: int, items: Sequence[Item]) -> list[Token]:
    """Return words and single mentions of ``text[start:end]`` in order; nested mentions are left to their outer one."""
    tokens: list[Token] = []
    at = start
    within = [i for i in items if i.start >= start and i.end <= end]
    plain = "‹" not in text and "›" not in text
    for item in [*outermost(within), None]:
        stop = item.start if item else end
        for m in _WORD.finditer(text, at, stop):
            word = m[0].lower()
            tokens.append(Token(word if plain else word.replace("‹", "(").replace("›", ")"), *m.span()))
        if item:
            tokens.append(Token("", item.start, item.end, _members(item, within), (), text[item.start : item.end].lower()))
            at = item.end
    return tokens


def _members(outer: Item, items: Sequence[Item]) -> list[Item]:
    """Return an outermost mention with those of its kind inside it: "EGFR and ALK inhibitors" names two classes.

    The parts of a compound variant are not members: the compound is what the sentence speaks of.
    """
    nested = [i for i in items if outer.start <= i.start and i.end <= outer.end and _alike(i, outer) and i.key != outer.key]
    if outer.letter == "G" or " + " in outer.name:
        return [outer]
    return [outer, *{i.key: i for i in sorted(nested, key=lambda i: (i.start, i.end))}.values()]


def _alike(inner: Item, outer: Item) -> bool:
    """Whether a nested mention belongs to its outer one's group; of two kinds only where both stand for the same words."""
    same_place = (inner.start, inner.end) == (outer.start, outer.end)
    return inner.letter == outer.letter or (same_place and {inner.letter, outer.letter} == {"D", "C"})
