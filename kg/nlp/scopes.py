"""Scopes of negation, speculation and hypothesis in a sentence, after ConText (Harkema et al. 2009) with clause ends of our own.

Rule: a scope is a span of the section's view; a cue never reaches beyond its sentence, its bracket or the word that turns the clause
("but", "whereas"). What looks like a cue and is none takes its text away from the cues. No parser: words and punctuation decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.nlp.scope_cues import COMMA_ENDS, CUES, ENDS, FINITE, PHRASE_ENDS, SENTENCE_ENDS, SUBORDINATORS, Cue
from kg.nlp.view import lower_same_length


@dataclass(frozen=True, slots=True)
class Scope:
    """What a cue covers, in code points, half-open.

    ``kind`` is negated, speculated, hypothesis or indicated (hedged, yet asserted); ``reach`` is sentence, clause or phrase. The cue
    lies before its scope, or in it where its subject is covered too.
    """

    kind: str
    cue_start: int
    cue_end: int
    start: int
    end: int
    reach: str = "clause"

    def covers(self, start: int, end: int) -> bool:
        """Whether a span lies in the scope or holds the cue."""
        return (self.start <= start and end <= self.end) or (start <= self.cue_start and self.cue_end <= end)


def find_scopes(text: str, start: int = 0, end: int | None = None) -> list[Scope]:
    """Return the scopes of the sentence ``text[start:end]`` in order of their cues, in offsets of ``text``."""
    sentence = lower_same_length(_NITRIC_OXIDE.sub("xx", text[start:end]))
    scopes = []
    for found, cue in _cues(sentence):
        if cue.kind != "none":
            left, right = _extent(sentence, found.start(), found.end(), cue)
            scopes.append(
                Scope(
                    cue.kind,
                    start + found.start(),
                    start + found.end(),
                    start + left,
                    start + right,
                    _reach(sentence, found.start(), found.end(), cue),
                )
            )
    if sentence.rstrip().endswith("?"):
        scopes.append(Scope("hypothesis", start + len(sentence.rstrip()) - 1, start + len(sentence.rstrip()), start, start + len(sentence)))
    return scopes


def polarity_at(scopes: Iterable[Scope], start: int, end: int) -> str:
    """Return ``negative`` if a negation covers the span, else ``positive``."""
    return "negative" if any(s.kind == "negated" and s.covers(start, end) for s in scopes) else "positive"


def certainty_at(scopes: Iterable[Scope], start: int, end: int) -> str:
    """Return ``hypothesis`` (asserts nothing), ``speculated`` or ``asserted`` for a span."""
    kinds = {s.kind for s in scopes if s.covers(start, end)}
    return next((kind for kind in ("hypothesis", "speculated") if kind in kinds), "asserted")


_WORD = re.compile(r"[a-z]+")
_NITRIC_OXIDE = re.compile(r"(?<=[a-z] )NO(?= [a-z]|[,.;)])|NO(?=-)")
_REACH = 600  # characters that a scope can run to either side; no real clause is longer
_KEY = 2  # cues are looked up by the first two letters of their first word
_RIGHT_END = re.compile(rf"[;:]|(?<=\w)[.?!]+\s*$|\b(?:{ENDS})\b|,\s*(?:{COMMA_ENDS})\b")
_PHRASE_END = re.compile(rf"[;:]|(?<=\w)[.?!]+\s*$|(?<![\w-])(?:{ENDS}|{PHRASE_ENDS})(?![\w-])|,|{FINITE}")
_SENTENCE_END = re.compile(rf";|(?<=\w)[.?!]+\s*$|{SENTENCE_ENDS}\b")
_SUBORDINATE = re.compile(rf"(?:^|[,;:(]|\bthat|\band)\s*(?:even |but )?(?:{SUBORDINATORS})\b[^,;:]*$")
_OPENS = re.compile(r"\s*(?:in order )?to\b")  # "To validate this, cells were treated ...": the aim ends at its comma
_CONTRAST = re.compile(r"(?:\bbut|\band|,|\bor|\(|-)\s*$")
_LIST_GOES_ON = re.compile(
    r",\s*(?:[\w/+-]+(?: [\w/+-]+){0,2},\s*){0,6}(?:[\w/+-]+(?: [\w/+-]+){0,2},?\s+)?(?:and|or|nor)\s+"
    r"(?!(?:\w+ly )?(?:is|are|was|were|has|have|had)\b)"
)
_LEFT_END = re.compile(rf"[;:]|,|\b(?:{ENDS}|that|which|who|because|since|when|where|if)\b")
_BE_BEFORE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+ly)? ?$")
_PARTICIPLE = re.compile(r" (?:(?:be|been|being|\w+ly|yet|also|further|so|as) ){0,3}(?:\w+(?:ed|wn|en|lt|ght)|found|done|bound|made|seen|lost|due)\b")
_BE_AFTER = re.compile(r"(?: not)? (?:\w+ly )?(?:be|been)\b")


def _cues(sentence: str) -> list[tuple[re.Match[str], Cue]]:
    """The cues of a lower-cased sentence from left to right, the longest of those that begin at one place."""
    table, found, position = _table(), [], 0
    for word in _WORD.finditer(sentence):
        at = word.start()
        if at < position or (at and (sentence[at - 1].isalnum() or sentence[at - 1] in "-_")):
            continue
        hits = [(hit, cue) for pattern, cue in table.get(sentence[at : at + _KEY], ()) if (hit := pattern.match(sentence, at))]
        if hits:
            found.append(max(hits, key=lambda pair: pair[0].end()))
            position = found[-1][0].end()
    return found


@cache
def _table() -> dict[str, list[tuple[re.Pattern[str], Cue]]]:
    """The cues by the first letters they can begin with."""
    table: dict[str, list[tuple[re.Pattern[str], Cue]]] = {}
    for cue in CUES:
        pattern = re.compile(rf"(?:{cue.pattern})(?![\w])(?!-\w)")
        for key in sorted(_beginnings(cue.pattern)):
            table.setdefault(key, []).append((pattern, cue))
    return table


def _beginnings(pattern: str) -> set[str]:
    """The first two letters a cue pattern can begin with; reads literals, ``(?:a|b)`` groups and ``?`` only, which is what cues use."""
    heads: set[str] = set()
    for branch in _branches(pattern):
        heads |= _heads(branch, "")
    return heads


def _branches(pattern: str) -> list[str]:
    """Split a pattern at the ``|`` outside of brackets."""
    parts, depth = [""], 0
    for char in pattern:
        depth += (char in "([") - (char in ")]")
        if char == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _heads(branch: str, begun: str) -> set[str]:
    """The first letters of what one branch can match, after ``begun``."""
    if len(begun) >= _KEY:
        return {begun[:_KEY]}
    if branch.startswith("(?:"):
        close = _closing(branch)
        rest = branch[close + 1 :]
        optional = rest[:1] in ("?", "*")
        heads = {head for inner in _branches(branch[3:close]) for head in _heads(inner + rest[optional:], begun)}
        return heads | (_heads(rest[1:], begun) if optional else set())
    if not branch or not branch[0].isalpha():
        raise ValueError(f"a cue must begin with two letters: {branch!r}")
    if branch[1:2] == "?":
        return _heads(branch[2:], begun) | _heads(branch[0] + branch[2:], begun)
    return _heads(branch[1:], begun + branch[0])


def _closing(branch: str) -> int:
    """The offset of the bracket that closes the one at the beginning."""
    depth = 0
    for at, char in enumerate(branch):
        depth += (char == "(") - (char == ")")
        if not depth:
            return at
    raise ValueError(f"a bracket is not closed: {branch!r}")


def _extent(sentence: str, cue_start: int, cue_end: int, cue: Cue) -> tuple[int, int]:
    """Where the scope of a cue begins and ends."""
    reach = _reach(sentence, cue_start, cue_end, cue)
    right = _right_end(sentence, cue_end, reach)
    if cue.kind == "hypothesis" and _OPENS.match(sentence[:cue_end]):
        right = _first_comma(sentence, cue_end, right)
    if reach == "clause" and _SUBORDINATE.search(sentence, max(0, cue_start - 120), cue_start):
        right = _first_comma(sentence, cue_end, right)
    left = cue_end
    if cue.side != "right" or _covers_subject(sentence, cue_start, cue_end):
        left = _left_end(sentence, cue_start)
        if cue.side == "left":
            right = cue_end
    return left, max(left, right)


def _reach(sentence: str, cue_start: int, cue_end: int, cue: Cue) -> str:
    """The cue's reach; "but not X", ", not X" deny a phrase only."""
    if sentence[cue_start:cue_end] == "not" and _CONTRAST.search(sentence, max(0, cue_start - 8), cue_start):
        return "phrase"
    return cue.reach


def _first_comma(sentence: str, at: int, limit: int) -> int:
    """The first comma outside brackets that is no list's, or the limit."""
    depth = 0
    for i in range(at, limit):
        depth += (sentence[i] in "([") - (sentence[i] in ")]")
        if sentence[i] == "," and not depth and not _LIST_GOES_ON.match(sentence, i):
            return i
    return limit


def _right_end(sentence: str, at: int, reach: str) -> int:
    """The first end of clause (or phrase) behind ``at``, brackets that open later passed over, the one that ``at`` is in respected."""
    ends = {"phrase": _PHRASE_END, "clause": _RIGHT_END}.get(reach, _SENTENCE_END)
    limit = _bracket_end(sentence, at)
    position = at
    while True:
        found = ends.search(sentence, position, limit)
        if found is None:
            stop = limit
            break
        stop = found.start()
        if sentence.count("(", at, stop) > sentence.count(")", at, stop):
            position = found.end()
            continue
        if sentence[stop] == "," and reach == "phrase" and _LIST_GOES_ON.match(sentence, stop):
            position = found.end()
            continue
        if stop <= at + 1 and sentence[stop] not in ".;:":
            position = found.end()
            continue
        break
    return at + len(sentence[at:stop].rstrip(" ,.")) if stop > at else at


def _bracket_end(sentence: str, at: int) -> int:
    """The offset of the bracket that closes around ``at``, or the end of the sentence or of a scope's reach."""
    depth = 0
    for i in range(at, min(len(sentence), at + _REACH)):
        if sentence[i] in "([":
            depth += 1
        elif sentence[i] in ")]":
            depth -= 1
            if depth < 0:
                return i
    return min(len(sentence), at + _REACH)


def _covers_subject(sentence: str, cue_start: int, cue_end: int) -> bool:
    """Whether the cue stands in a passive ("was not detected", "may be mediated by"), whose subject it covers."""
    if not _PARTICIPLE.match(sentence, cue_end):
        return False
    return bool(
        _BE_BEFORE.search(sentence, max(0, cue_start - 30), cue_start)
        or _BE_AFTER.match(sentence, cue_end)
        or re.search(r"\b(?:is|are|was|were|be|been)\b", sentence[cue_start:cue_end])
    )


def _left_end(sentence: str, at: int) -> int:
    """Where the clause that runs up to ``at`` begins."""
    left = max(0, at - _REACH)
    for found in _LEFT_END.finditer(sentence, left, at):
        inside = sentence.count("(", found.end(), at) < sentence.count(")", found.end(), at)
        if not inside:
            left = found.end()
    return left + len(sentence[left:at]) - len(sentence[left:at].lstrip())
