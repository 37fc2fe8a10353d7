"""From words and mentions to coded text: coordination, apposition, abbreviation and nesting are folded away, one kind at a time.

Rule: a fold maps a list of tokens to a shorter one that says the same; what it learns by the way (a drug's class) it notes as an
`Apposition`. The order of the folds matters and stands in `encode` alone.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from kg.nlp.relations.coded import Apposition, Coded, Item, Token, tokenize

#: letters that coordinate with each other; a list takes the letter of its first member
_SERIES = ({"G", "V"}, {"D", "C"}, {"X", "H"}, {"P"}, {"L"})

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
