"""Abbreviations a text defines: long form, short form and every place where the short form stands again.

Rule: a pair is taken where a bracket ties the two forms and the letters of the short one can be laid, in order, on the long one at
the price of few odd letters and few idle words (`kg.nlp.alignment`). The idea is Schwartz and Hearst's (2003), as in scispaCy's
``AbbreviationDetector``; where that takes the first alignment from the right, we weigh all of them. On MED1250 ours finds more and
errs less, and of the pairs that scispaCy alone finds one in nine is right, so they are not joined. Plain records over character
offsets come out, no extension attributes, so that they can be stored and sent between processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.nlp.alignment import best_alignment
from kg.nlp.sentences import find_boundaries
from kg.nlp.view import lower_same_length


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GREEK = str.maketrans("αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΘΚΛΣΩµ", "abgdezhtiklmnxoprstupcpoABGDETKLSOm")
_BRACKET = re.compile(r"[(\[]")
_SIGNS = {"+": "p", "-": "n"}  # "Ph+": Philadelphia chromosome-positive
_CLOSING = {"(": ")", "[": "]"}
_NOT_SHORT = _words(
    """and or the see eg e.g i.e ie vs n p or in of is are to a an all both mean median range control controls total only also not yes no ii
    iii iv vi vii viii ix xi first second day days week weeks month months year years mg ml kg min hr h fig figs figure table ref refs text
    respectively approximately about from with without type group data"""
)
_NEVER_SHORT = _words("i ii iii iv vi vii viii ix xi n fig table ref text see and the vs")
_LOCANT_PART = re.compile(r"(?:\d+[A-Za-z]?\d*|[A-Za-zΑ-Ωα-ω]|alpha|beta|gamma|delta|omega|cis|trans|tert|sec|bis|tris|iso|neo|para|meta|ortho)?")
_LOCANT_JOIN = re.compile(r"[-,'’′()\[\]*+]")
_LEAD = re.compile(
    r"^(?:also |hereafter |herein |henceforth |further |commonly )?(?:termed|called|known as|abbreviated(?: as| to)?|named|"
    r"designated|referred to as|or|i\.e\.,?|hereafter|henceforth|denoted|a\.?k\.?a\.?|abbreviation:?)\s+",
    re.IGNORECASE,
)
_SHORT_CHARS = re.compile(r"[^\W_][\w+\-/.'*():&′’ ]*")
_MAX_SHORT = 12
_MAX_BRACKET = 160
_WINDOW_WORDS = 12
_LONGEST = 300  # characters before a bracket that are searched
_MIN_SCORE = 0.5
_MIN_SCORE_LOWER = 0.8
_LETTERS_BESIDE_DIGIT = 1


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A defined pair, in code points of the text it was found in, half-open.

    ``occurrences`` are the spans of the short form (singular or plural) other than its definition, in order.
    """

    long_start: int
    long_end: int
    short_start: int
    short_end: int
    short: str
    long: str
    occurrences: tuple[tuple[int, int], ...] = ()


def find_abbreviations(doc: Doc) -> list[Abbreviation]:
    """Return the abbreviations that a spaCy document defines, in text order; uses its sentences if they are set."""
    starts = [s.start_char for s in doc.sents] if doc.has_annotation("SENT_START") else [0, *find_boundaries(doc.text)]
    return abbreviations_in(doc.text, starts)


def abbreviations_in(text: str, sentence_starts: Sequence[int] = (0,)) -> list[Abbreviation]:
    """Return the abbreviations that a plain text defines; a long form never reaches across a sentence start."""
    pairs: list[tuple[int, int, int, int]] = []
    floor, upcoming = 0, iter([*sentence_starts, len(text) + 1])
    following = next(upcoming)
    for opened in _BRACKET.finditer(text):
        at = opened.start()
        while following <= at:
            floor, following = following, next(upcoming)
        close = _closing(text, at)
        if close is None:
            continue
        pair = _pair_at(text, floor, at, close)
        if pair and not (pairs and pairs[-1] == pair):
            pairs.append(pair)
    return _with_occurrences(text, pairs)


def find_short_forms(text: str, short: str) -> list[tuple[int, int]]:
    """Return where a short form stands in a text, in the singular or plural, with the letters' case kept."""
    stem = short[:-1] if len(short) > 2 and short.endswith("s") and short[-2].isupper() else short
    plural = stem[-1:].isupper() or stem[-1:].isdigit()
    spans: list[tuple[int, int]] = []
    at = text.find(stem) if stem else -1
    while at >= 0:  # a pattern would have to be compiled for every short form, which costs more than the search
        end = at + len(stem)
        if plural and text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum():
            end += 1
        alone = not text[end : end + 1].isalnum() and not text[max(0, at - 1) : at].isalnum()
        if alone:
            spans.append((at, end))
        at = text.find(stem, end if alone else at + 1)
    return spans


def _with_occurrences(text: str, pairs: Iterable[tuple[int, int, int, int]]) -> list[Abbreviation]:
    """Give every other place of a short form to its latest definition so far (to the first one before any)."""
    pairs = list(pairs)
    defining = {pair[2] for pair in pairs}
    by_short: dict[str, list[int]] = {}
    for number, pair in enumerate(pairs):
        by_short.setdefault(text[pair[2] : pair[3]], []).append(number)
    found: dict[int, list[tuple[int, int]]] = {}
    for short, numbers in by_short.items():
        for span in find_short_forms(text, short) if len(short) > 1 else ():
            if span[0] not in defining:
                owner = max((n for n in numbers if pairs[n][2] < span[0]), default=numbers[0])
                found.setdefault(owner, []).append(span)
    return [Abbreviation(*pair, text[pair[2] : pair[3]], text[pair[0] : pair[1]], tuple(found.get(n, ()))) for n, pair in enumerate(pairs)]


def _closing(text: str, at: int) -> int | None:
    """Return where the bracket opened at ``at`` closes, with inner brackets of the same kind balanced."""
    opening, closing, depth = text[at], _CLOSING[text[at]], 0
    for i in range(at, min(len(text), at + _MAX_BRACKET)):
        if text[i] == opening:
            depth += 1
        elif text[i] == closing:
            depth -= 1
            if depth == 0:
                return i
    return None


def _pair_at(text: str, floor: int, at: int, close: int) -> tuple[int, int, int, int] | None:
    """Return (long start, long end, short start, short end) for the bracket at ``at``, if it defines an abbreviation."""
    for start, end in _inner_parts(text, at + 1, close):
        if _is_short(text[start:end]):
            long = _long_before(text, floor, at, text[start:end])
            if long:
                return (*long, start, end)
    short = _short_before(text, floor, at)
    if short is None:
        return None
    for start, end in _inner_parts(text, at + 1, close):
        if end - start <= len(text[slice(*short)]):
            continue
        score = _alignment(text[slice(*short)], text[start:end], frozenset({0}))
        if score and score[0] >= _MIN_SCORE + 0.1 and _is_long(text[slice(*short)], text[start:end]):
            return (start, end, *short)
    return None


def _is_short_of_same(short: str, long: str) -> bool:
    """Whether the "long form" is only another writing of the short one ("TKI" and "TKIs", "IL2" and "IL-2")."""
    bare = [re.sub(r"[\W_]", "", form).lower() for form in (short, long)]
    return len(bare[1]) <= len(bare[0]) + 1 or (" " not in long and long.isupper())


def _inner_parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a bracket that may be a form: all of it, and what stands before or after a comma or semicolon."""
    spans = [(start, end)]
    cut = re.compile(r"[;,:=]\s|, | or |; ").search(text, start, end)
    if cut:
        spans = [(start, cut.start()), (cut.end(), end)] if text[cut.start()] in ";," or cut[0] == " or " else [(start, cut.start())]
    out = []
    for a, b in spans:
        lead = _LEAD.match(text[a:b])
        a += lead.end() if lead else 0
        body = text[a:b].strip(" \t\n\"'“”‘’")
        if body:
            a = text.index(body, a)
            out.append((a, a + len(body)))
    return out


def _is_short(form: str) -> bool:
    """Whether a text can be a short form at all: short, with a letter, no figure or relation, no stock word."""
    if not 1 <= len(form) <= _MAX_SHORT or not any(c.isalpha() for c in form) or not _SHORT_CHARS.fullmatch(form):
        return False
    if (
        form.lower().strip(".") in (_NEVER_SHORT if form.isupper() else _NOT_SHORT)
        or len(form.split()) > 3
        or re.match(r"\d+(?:\.\d+)?(?:\s|%|$|-\d)", form)
    ):
        return False
    letters = sum(c.isalpha() for c in form)
    return letters * 3 >= len(form) and (len(form) > 1 or form.isupper())


def _long_before(text: str, floor: int, at: int, short: str) -> tuple[int, int] | None:
    """Return the best long form that ends where the bracket opens."""
    floor = max(floor, at - _LONGEST)
    end = floor + len(text[floor:at].rstrip(" \t\n\"'“”‘’,"))
    if end <= floor or at - end > 4:
        return None
    words = [m.start() for m in re.finditer(r"\S+", text[floor:end])]
    limit = min(_WINDOW_WORDS, max(2 * len(short), len(short) + 5))
    begin = floor + (words[-limit] if len(words) > limit else 0)
    window = text[begin:end]
    best = _alignment(short, window)
    if (best is None or best[0] < _needed(short)) and short[-1].isdigit() and sum(c.isalpha() for c in short) >= _LETTERS_BESIDE_DIGIT:
        best = _alignment(short.rstrip("0123456789"), window)
        best = best if best and best[0] >= _MIN_SCORE_LOWER else None
    if best is None:
        return None
    score, start = best
    start = _with_locants(text, start + begin, floor, end)
    if score < _needed(short) or not _is_long(short, text[start:end]):
        return None
    return start, end


def _needed(short: str) -> float:
    """Short forms without a capital or a figure are mostly words; they must fit better."""
    return _MIN_SCORE if any(c.isupper() or c.isdigit() for c in short) else _MIN_SCORE_LOWER


def _with_locants(text: str, start: int, floor: int, end: int) -> int:
    """Take in the locants of a chemical name in front of its first letter ("2,4,6-trinitro...", "c-Jun")."""
    token = start
    while token > floor and not text[token - 1].isspace():
        token -= 1
    prefix = text[token:start]
    if not prefix or prefix[-1] not in "-([," or "--" in prefix:
        return start
    fits = all(_LOCANT_PART.fullmatch(part) for part in _LOCANT_JOIN.split(prefix)) and _balanced(text[token:end])
    if prefix[0] in _CLOSING and not re.match(r"[^\s()\[\]]+[)\]]-", text[token + 1 : end]):
        return start  # a bracket of its own, not one within a name as in "(AIDS)-related complex"
    return token if fits else start


def _balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in _CLOSING.items())


def _is_long(short: str, long: str) -> bool:
    """Whether a text can be a long form: brackets in pairs, no citation, not the short form itself with a word behind it."""
    if not _balanced(long) or re.search(r"\bet al\b", long):
        return False
    return long.split()[0].lower() != short.lower() and not _is_short_of_same(short, long)


def _short_before(text: str, floor: int, at: int) -> tuple[int, int] | None:
    """Return the word in front of a bracket if it looks like an abbreviation ("NSCLC (non-small cell lung cancer)")."""
    floor = max(floor, at - _LONGEST)
    end = floor + len(text[floor:at].rstrip())
    found = re.compile(r"[^\s()\[\],;:]+$").search(text, floor, end)
    if found is None or at - end > 1:
        return None
    word = found[0]
    if not 2 <= len(word) <= 10 or sum(c.isupper() for c in word) < 2 or word.lower() in _NOT_SHORT:
        return None
    return found.start(), end


def _alignment(short: str, long: str, starts: frozenset[int] | None = None) -> tuple[float, int] | None:
    """Return the best (score per letter, start offset in ``long``) of laying the short form's letters on the long one."""
    letters = [c for c in short.translate(_GREEK) if c.isalnum()]
    if short[-1] in _SIGNS and letters:
        letters.append(_SIGNS[short[-1]])
    if len(letters) > 2 and short[-1] == "s" and short[-2].isupper():
        letters.pop()  # a plural
    return best_alignment(letters, lower_same_length(long.translate(_GREEK)), starts)
