"""From words and mentions to coded text: coordination, apposition, abbreviation and nesting are folded away, one kind at a time.

Rule: a fold maps a list of tokens to a shorter one that says the same; what it learns by the way (a drug's class) it notes as an
`Apposition`. The order of the folds matters and stands in `encode` alone.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from kg.lexicon.heads import has_any
from kg.nlp.relations.coded import CLAUSE_MARK, Apposition, Coded, Item, Token, tokenize

#: letters that coordinate with each other; a list takes the letter of its first member
_SERIES = ({"G", "V"}, {"D", "C"}, {"X", "H"}, {"P"}, {"L"})

_JOIN = re.compile(
    r"^(?:,|and|or|/|\+|&|plus|nor|;|and/or|as well as|, and|, or|, as well as|and the|or the|and both|and/or the|and also|, and the|/ -|- / -|and -|±|, ±|, with or without)$"
)

_SUCH_AS = re.compile(
    r"^[,(-]? ?(?:(?:[\w-]+ ){0,4}(?:such as|including|include|includes|like|namely|ranging from)|e\.g\.?|i\.e\.?|particularly|especially|notably|for example|from)"
    r" ?,? ?(?:the )?(?:newer agents such as )?$"
)

#: what stands between a class and the names of its members in brackets, or right behind it
_MEMBERS = re.compile(r"^(?:(?:treatment|therapy|therapies|agents?|drugs?) )?(?:, )?[(\[]$|^(?:agents?|drugs?)$")

_CLASS_OF = re.compile(
    r"^(?:have|has)? ?(?:emerged as|become|became|are|is|were|was|represent|represents|constitute|constitutes) (?:an?|the|one of the)(?: [\w-]+){0,4} (?:class|group|family|type) of$"
)

_IS_A = re.compile(r"^(?:,|is|was|\() (?:a|an|the|one of the|currently the)\b(?: [\w-]+(?: ,| and)?){0,7}$")


class Reading:
    """A sentence and its mentions, put into coded form when that is first asked for: most sentences say nothing that a rule could read."""

    def __init__(self, text: str, start: int, end: int, items: Sequence[Item]) -> None:
        self._text, self._start, self._end, self.items = text, start, end, items

    @cached_property
    def _encoded(self) -> tuple[Coded, list[Apposition]]:
        return encode(self._text, self._start, self._end, self.items)

    @property
    def coded(self) -> Coded:
        """The sentence in coded form."""
        return self._encoded[0]

    @property
    def appositions(self) -> list[Apposition]:
        """What was folded into it."""
        return self._encoded[1]

    def names(self, letters: str) -> bool:
        """Whether it has a mention of one of these letters."""
        return any(item.letter in letters for item in self.items)

    def has_any(self, words: Iterable[str]) -> bool:
        """Whether one of the words stands in its text, in small letters, or in the name of a mention."""
        return has_any(self._text[self._start : self._end].lower(), words) or any(has_any(item.name.lower(), words) for item in self.items)


def encode(text: str, start: int, end: int, items: Sequence[Item]) -> tuple[Coded, list[Apposition]]:
    """Return the coded sentence ``text[start:end]`` and the appositions that were folded into it."""
    tokens = tokenize(text, start, end, items)
    letters = [token.letter for token in tokens if token.items]
    if len(letters) < 2:
        return Coded(tokens), []
    therapies = "C" in letters and "D" in letters
    tokens = _fold_abbreviations(tokens)
    found: list[Apposition] = []
    if letters.count("V") > 1:
        tokens = _merge(tokens, _change_in_fusion)
    if therapies:
        tokens = _merge(tokens, _class_before_member(found))
    _part_yardstick(tokens)
    tokens = _merge(tokens, _listed)
    if therapies or letters.count("X") > 1:
        tokens = _merge(tokens, _class_such_as(found))
    if "C" in letters:
        _fold_is_a(tokens, found)
    return Coded(tokens), found


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


def _merge(tokens: list[Token], join: Callable[[Token, str, Token], Token | None]) -> list[Token]:
    """Return the tokens with neighbouring groups merged: ``join(last, words between, next)`` gives what the two become, or None."""
    out: list[Token] = []
    between: list[Token] = []
    for token in tokens:
        if not token.items:
            between.append(token)
            continue
        last = out[-1] if out and out[-1].items else None
        merged = join(last, " ".join(t.text for t in between), token) if last else None
        if merged:
            out[-1] = merged
        else:
            out.extend(between)
            out.append(token)
        between = []
    return [*out, *between]


def _change_in_fusion(last: Token, words: str, token: Token) -> Token | None:
    """``G1202R in the EML4-ALK fusion`` and ``CD74-ROS1 L2026M`` speak of the change, not of the fusion it sits in."""
    if not last.letter == token.letter == "V" or not _WITHIN.match(words):
        return None
    first, second = (bool(_GENERAL_CHANGE.search(t.items[0].name)) for t in (last, token))
    if first == second:
        return None
    keep = token if first else last
    return Token("", last.start, token.end, keep.items, (), keep.surface)


def _listed(last: Token, words: str, token: Token) -> Token | None:
    """``‹D›, ‹D› and ‹D›`` are one group; the connecting words go with it."""
    if not _JOIN.match(words) or not any(last.letter in s and token.letter in s for s in _SERIES):
        return None
    return Token("", last.start, token.end, [*last.items, *token.items], [*last.joints, words], last.surface)


#: what a sentence may open with to set something apart from what it goes on to tell of
_APART = re.compile(
    r"^(?:unlike|(?:as )?(?:compared|opposed|relative|in contrast|in comparison) (?:with|to)|other than|apart from)(?: [\w-]+){0,4} $"
)


def _part_yardstick(tokens: list[Token]) -> None:
    """In "Unlike ‹V›, ‹V› conferred ..." make a clause of its own of what the sentence sets apart."""
    first = next((i for i, t in enumerate(tokens) if t.items), len(tokens))
    if first + 1 < len(tokens) and tokens[first + 1].text == "," and _APART.match("".join(t.text + " " for t in tokens[:first])):
        comma = tokens[first + 1]
        tokens[first + 1] = Token(CLAUSE_MARK, comma.start, comma.end)


def _class_before_member(found: list[Apposition]) -> Callable[[Token, str, Token], Token | None]:
    """``‹C› ‹D›`` ("the MET inhibitor tepotinib"): note the tie, keep the member."""

    def join(last: Token, words: str, token: Token) -> Token | None:
        if words or last.letter != "C" or token.letter != "D":
            return None
        found.append(Apposition(last.items[0], token.items[0], last.start, token.end))
        return Token("", last.start, token.end, token.items, token.joints, token.surface)

    return join


def _class_such_as(found: list[Apposition]) -> Callable[[Token, str, Token], Token | None]:
    """``‹C› such as ‹D›``: every member is tied to the class, and both act as one group; likewise a disease and its kinds."""

    def join(last: Token, words: str, token: Token) -> Token | None:
        if last.letter == token.letter == "X" and _SUCH_AS.match(words):
            return Token("", last.start, token.end, [*last.items, *token.items], (), last.surface)
        if last.letter != "C" or token.letter != "D" or not (_MEMBERS.match(words) or _SUCH_AS.match(words)):
            return None
        whole = [i for i in last.items if i.letter == "C"][-1]
        found.extend(Apposition(whole, member, last.start, token.end) for member in token.items if member.letter == "D")
        return Token("", last.start, token.end, [*last.items, *token.items])

    return join


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
