"""A sentence as the relation rules see it: words, and mentions as typed groups, with coordination and apposition resolved.

``crizotinib and ceritinib but not lorlatinib`` becomes ``‹D0› but not ‹D1›`` with two drugs in group 0, so that a rule is
written once for one and for many. Rule: nothing here knows a predicate; source offsets are kept for every token.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

#: entity type -> the letter of its group in the coded text
LETTER = {
    "Gene": "G", "GeneFamily": "G", "Variant": "V", "Drug": "D", "DrugClass": "C", "Disease": "X", "Phenotype": "H",
    "Process": "P", "Concept": "K", "CellLine": "L", "Organism": "O",
}  # fmt: skip

#: letters that coordinate with each other; a list takes the letter of its first member
_SERIES = ({"G", "V"}, {"D", "C"}, {"X", "H"}, {"P"}, {"L"})
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]|_")
_JOIN = re.compile(
    r"^(?:,|and|or|/|\+|&|plus|nor|;|and/or|as well as|, and|, or|, as well as|and the|or the|and both|and/or the|and also|, and the|/ -|- / -|and -)$"
)
_SUCH_AS = re.compile(
    r"^[,(-]? ?(?:(?:[\w-]+ ){0,4}(?:such as|including|include|includes|like|namely|ranging from)|e\.g\.?|i\.e\.?|particularly|especially|notably|for example|from)"
    r" ?,? ?(?:the )?(?:newer agents such as )?$"
)
_CLASS_OF = re.compile(
    r"^(?:have|has)? ?(?:emerged as|become|became|are|is|were|was|represent|represents|constitute|constitutes) (?:an?|the|one of the)(?: [\w-]+){0,4} (?:class|group|family|type) of$"
)
_IS_A = re.compile(r"^(?:,|is|was|\() (?:a|an|the|one of the|currently the)\b(?: [\w-]+(?: ,| and)?){0,7}$")


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
    joints: list[str] = field(default_factory=list)
    """The words that joined the members of a folded list: "," "and" "plus"."""
    surface: str = ""
    """What the text has at this place, in small letters; a concept's name may say less ("poor prognosis" is named prognosis)."""

    @property
    def letter(self) -> str:
        """The letter of the group, empty for a word."""
        return self.items[0].letter if self.items else ""


class Coded:
    """A sentence or clause in coded form: ``text`` to run patterns on, and the way back from there."""

    def __init__(self, tokens: Sequence[Token], start: int, end: int) -> None:
        self.tokens = list(tokens)
        self.start, self.end = start, end
        parts: list[str] = []
        self._at: list[int] = []
        position = number = 0
        self._group: dict[int, Token] = {}
        for token in self.tokens:
            word = token.text
            if token.items:
                word = f"‹{token.letter}{number}›"
                self._group[number] = token
                number += 1
            self._at.append(position)
            parts.append(word)
            position += len(word) + 1
        self.text = " ".join(parts)

    def group(self, match: str) -> list[Item]:
        """Return the mentions of a placeholder such as ``‹D3›``."""
        return self._group[int(match[2:-1])].items

    def surface(self, match: str) -> str:
        """Return the words behind a placeholder."""
        return self._group[int(match[2:-1])].surface

    def token_at(self, position: int) -> Token:
        """Return the token that covers a position of the coded text."""
        return self.tokens[bisect_right(self._at, position) - 1]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source offsets of a stretch of the coded text."""
        return self.token_at(start).start, self.token_at(max(start, end - 1)).end

    def position(self, token: Token) -> int:
        """Return where a token stands in the coded text."""
        return self._at[next(i for i, t in enumerate(self.tokens) if t is token)]

    def groups(self, letters: str) -> list[tuple[int, Token]]:
        """Return (position, token) of all groups of these letters, in order."""
        return [(at, t) for at, t in zip(self._at, self.tokens, strict=True) if t.items and t.letter in letters]

    def part(self, start: int, end: int) -> Coded:
        """Return the clause between two positions of the coded text."""
        chosen = [t for at, t in zip(self._at, self.tokens, strict=True) if start <= at < end]
        if not chosen:
            return Coded([], self.start, self.start)
        return Coded(chosen, chosen[0].start, chosen[-1].end)


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
    for item in [*outermost(within), None]:
        stop = item.start if item else end
        for m in _WORD.finditer(text, at, stop):
            tokens.append(Token(m.group().lower().replace("‹", "(").replace("›", ")"), m.start(), m.end()))
        if item:
            tokens.append(Token("", item.start, item.end, _members(item, within), [], text[item.start : item.end].lower()))
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


def encode(text: str, start: int, end: int, items: Sequence[Item]) -> tuple[Coded, list[Apposition]]:
    """Return the coded sentence ``text[start:end]`` and the appositions that were folded into it."""
    tokens = tokenize(text, start, end, items)
    tokens = _fold_abbreviations(tokens)
    tokens = _fold_variant_in_variant(tokens)
    found: list[Apposition] = []
    tokens = _fold_adjacent(tokens, found)
    tokens = _fold_lists(tokens)
    tokens = _fold_such_as(tokens, found)
    _fold_is_a(tokens, found)
    return Coded(tokens, start, end), found


def _between(tokens: Sequence[Token], a: int, b: int) -> str | None:
    """Return the words strictly between two tokens, or None if a mention stands there."""
    inner = tokens[a + 1 : b]
    return None if any(t.items for t in inner) else " ".join(t.text for t in inner)


def _fold_abbreviations(tokens: list[Token]) -> list[Token]:
    """Drop ``( ‹X› )`` behind a mention of the same thing, and a second naming right behind the first."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        out.append(token)
        if token.items and i + 2 < len(tokens) and tokens[i + 1].text in ("(", "["):
            close = next((k for k in range(i + 2, min(i + 8, len(tokens))) if tokens[k].text in (")", "]")), None)
            if close is not None:
                inner = tokens[i + 2 : close]
                named = [t for t in inner if t.items]
                if named and all(_short_for(t.items[0], token.items[0]) for t in named):
                    i = close + 1
                    continue
        i += 1
    return out


def _short_for(inner: Item, outer: Item) -> bool:
    """Whether a mention in brackets only names the one before it again: the same thing, or the short form of its class."""
    return inner.letter == outer.letter and (inner.key == outer.key or (inner.letter == "C" and inner.end - inner.start <= 10))


_GENERAL_CHANGE = re.compile(r" (?:fusion|mutation|alteration|amplification|wild type)$")
_WITHIN = re.compile(
    r"^(?:- ?)?(?:mutations? |mutants? |variants? |substitutions? )?(?:in|of|within|on)(?: the| an| a)?(?: background of)?$|^(?:containing|harbou?ring|carrying|bearing|with)(?: the| a)?$|^-?$"
)


def _fold_variant_in_variant(tokens: list[Token]) -> list[Token]:
    """``G1202R in the EML4-ALK fusion`` and ``CD74-ROS1 L2026M`` speak of the change, not of the fusion it sits in."""
    out: list[Token] = []
    pending: list[Token] = []
    for token in tokens:
        if not token.items:
            pending.append(token)
            continue
        last = out[-1] if out and out[-1].items else None
        words = " ".join(t.text for t in pending)
        if last and last.letter == token.letter == "V" and _WITHIN.match(words):
            general = [bool(_GENERAL_CHANGE.search(t.items[0].name)) for t in (last, token)]
            if general[0] != general[1]:
                keep = token if general[0] else last
                out[-1] = Token("", last.start, token.end, keep.items, [], keep.surface)
                pending = []
                continue
        out.extend(pending)
        out.append(token)
        pending = []
    return [*out, *pending]


def _fold_adjacent(tokens: list[Token], found: list[Apposition]) -> list[Token]:
    """``‹C› ‹D›`` (the MET inhibitor tepotinib) and ``‹D› ( ‹C› )``: note the tie, keep the member."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if out and token.letter == "D" and out[-1].letter == "C":
            found.append(Apposition(out[-1].items[0], token.items[0], out[-1].start, token.end))
            out[-1] = Token("", out[-1].start, token.end, token.items)
            i += 1
            continue
        out.append(token)
        i += 1
    return out


def _fold_lists(tokens: list[Token]) -> list[Token]:
    """Fold ``‹D›, ‹D› and ‹D›`` into one group; the connecting words go with it."""
    out: list[Token] = []
    pending: list[Token] = []
    for token in tokens:
        if not token.items:
            pending.append(token)
            continue
        last = out[-1] if out and out[-1].items else None
        joint = " ".join(t.text for t in pending)
        if last and _JOIN.match(joint) and any(last.letter in s and token.letter in s for s in _SERIES):
            out[-1] = Token("", last.start, token.end, [*last.items, *token.items], [*last.joints, joint], last.surface)
        else:
            out.extend(pending)
            out.append(Token("", token.start, token.end, list(token.items), [], token.surface))
        pending = []
    return [*out, *pending]


def _fold_such_as(tokens: list[Token], found: list[Apposition]) -> list[Token]:
    """``‹C› such as ‹D›``: every member is tied to the class, and class and members act as one group."""
    out: list[Token] = []
    pending: list[Token] = []
    for token in tokens:
        if not token.items:
            pending.append(token)
            continue
        last = out[-1] if out and out[-1].items else None
        joint = " ".join(t.text for t in pending)
        if last and last.letter == token.letter == "X" and _SUCH_AS.match(joint):
            out[-1] = Token("", last.start, token.end, [*last.items, *token.items], [], last.surface)
        elif last and last.letter == "C" and token.letter == "D" and (joint == "(" or _SUCH_AS.match(joint)):
            whole = [i for i in last.items if i.letter == "C"][-1]
            found.extend(Apposition(whole, member, last.start, token.end) for member in token.items if member.letter == "D")
            out[-1] = Token("", last.start, token.end, [*last.items, *token.items])
        else:
            out.extend(pending)
            out.append(token)
        pending = []
    return [*out, *pending]


def _fold_is_a(tokens: list[Token], found: list[Apposition]) -> None:
    """``‹D›, a third-generation ‹C›`` and ``‹D› is a ‹C›``: note the tie; the class, said of the drug, becomes a mere word."""
    for i in range(len(tokens) - 1, 0, -1):  # "bispecific" and "antibody targeting MET" side by side are one description
        if tokens[i].letter == "C" == tokens[i - 1].letter:
            tokens[i - 1 : i + 1] = [Token("", tokens[i - 1].start, tokens[i].end, [*tokens[i - 1].items, *tokens[i].items])]
    named = [i for i, t in enumerate(tokens) if t.items]
    for a, b in itertools.pairwise(named):
        words = _between(tokens, a, b)
        pattern = _IS_A if tokens[a].letter == "D" else _CLASS_OF
        if words is not None and tokens[a].letter in ("D", "C") and tokens[b].letter == "C" and pattern.match(words):
            members = [m for m in tokens[a].items if m.letter == tokens[a].letter]
            found.extend(Apposition(whole, m, tokens[a].start, tokens[b].end) for whole in tokens[b].items if whole.letter == "C" for m in members)
            if all(i.letter == "C" for i in tokens[b].items):
                tokens[b] = Token("drug-class", tokens[b].start, tokens[b].end)
