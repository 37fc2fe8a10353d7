"""Fold text to the form in which the dictionary is keyed, and judge whether two spellings of one key are one name.

Rule: folding forgets case, diacritics, Greek letters and every separator; `same_name` and `case_score` then give back what
matters, so that ``PD-L1``, ``PDL1`` and ``PD L1`` are one name while ``MET a`` and ``meta`` are two. Offsets are code points.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta", "ι": "iota",
    "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "ϵ": "epsilon",
    "ß": "beta", "ϐ": "beta", "ϑ": "theta", "ϰ": "kappa", "ϱ": "rho", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe",
}  # fmt: skip

#: how a term's letters must be written in the text
ANY, EXACT, CAPITAL, SYMBOL, SYMBOL_UPPER, UPPERCASE = range(6)

_HYPHENS = frozenset("-‐‑‒–—−/­·•_")
_NONE, _HYPHEN, _SPACE, _OTHER = range(4)


_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}


@lru_cache(maxsize=8192)
def fold_char(char: str) -> str:
    """Return the folded form of one character: lower-case letters and digits of ASCII where there are any, else nothing."""
    low = char.lower()
    if low in GREEK:
        return GREEK[low]
    plain = unicodedata.normalize("NFKD", low)
    return "".join(GREEK.get(c, c) for c in plain if c.isalnum())


def fold(text: str) -> str:
    """Return the key of a name."""
    if text.isascii():
        return text.lower().translate(_SIGNS)
    return "".join(map(fold_char, text))


_PIECE = re.compile(r"[A-Za-z0-9]+|[^\x00-\x7f]")


def fold_runs(text: str) -> tuple[str, dict[int, int], dict[int, int]]:
    """Return the folded text, and where its runs of letters and digits begin and end: place in the folded text -> offset in the text.

    Only at the border of a run may a name begin or end.
    """
    if text.isascii():
        return _fold_ascii_runs(text.lower())
    folded: list[str] = []
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    size = last = 0
    for found in _PIECE.finditer(text):
        piece = found[0]
        piece = piece.lower() if piece.isascii() else fold_char(piece)
        if not piece:
            continue
        start, end = found.span()
        if start > last or not size:
            if size:
                ends[size] = last
            begins[size] = start
        folded.append(piece)
        size += len(piece)
        last = end
    if size:
        ends[size] = last
    return "".join(folded), begins, ends


def _fold_ascii_runs(lower: str) -> tuple[str, dict[int, int], dict[int, int]]:
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    size = 0
    for found in _PIECE.finditer(lower):
        start, end = found.span()
        begins[size] = start
        size += end - start
        ends[size] = end
    return "".join(_PIECE.findall(lower)), begins, ends


def _separators(text: str) -> tuple[list[tuple[str, int]], str]:
    """Return each folded piece with the class of the separator before it, and the first odd separator found."""
    pieces: list[tuple[str, int]] = []
    kind, odd = _NONE, ""
    for char in text:
        piece = fold_char(char)
        if piece:
            pieces.append((piece[0], kind))
            pieces.extend((c, _NONE) for c in piece[1:])
            kind = _NONE
        elif char in _HYPHENS:
            kind = max(kind, _HYPHEN)
        elif char.isspace():
            kind = max(kind, _SPACE)
        elif char not in "'’`´\"®™©":
            kind, odd = _OTHER, odd or char
    return pieces, odd


@lru_cache(maxsize=65536)
def same_name(surface: str, text: str) -> bool:
    """Tell whether a text that folds to the key of a term is written as that term may be written.

    Separators may differ where both are hyphen, slash or space; where one has a hyphen and the other nothing; and at a border
    of letter and digit. Brackets, commas and full stops must stand in both or in neither, except inside chemical notation.
    """
    if surface == text or surface.lower() == text.lower():
        return True
    (left, _), (right, _) = _separators(surface), _separators(text)
    run = ""
    for (char, a), (_, b) in zip(left, right, strict=False):
        if a != b and run and not _agree(a, b, run, char):
            return False
        run = run + char if run and run[-1].isdigit() == char.isdigit() and not a else char
    return True


#: two letters that a number may follow after a space; "A 33" and "95% CI 20" are no genes
_LOOSE_PREFIXES = frozenset({"cd", "il", "hr"})


def _agree(a: int, b: int, run: str, after: str) -> bool:
    """Whether two separators may stand for each other behind ``run``, the letters or the digits that come before them."""
    if _OTHER in (a, b):
        return False
    if a and b:
        return True
    if run.isdigit() and after.isdigit():  # "kinase 1/2" is not kinase 12
        return False
    if _HYPHEN in (a, b):
        return True
    if run.isdigit() == after.isdigit():
        return False
    return run.isdigit() or len(run) > 2 or run in _LOOSE_PREFIXES


def case_score(rule: int, surface: str, text: str) -> float:
    """Return how well the letters' case of a text fits a term under its rule: 0 is no match, 1 as it should be."""
    if rule == ANY:
        return 1.0
    letters = "".join(c for c in text if c.isalpha())
    wanted = "".join(c for c in surface if c.isalpha())
    if letters == wanted:
        return 1.0
    if rule == EXACT:
        return 0.0
    if rule == CAPITAL:
        return 1.0 if text[:1].isupper() else 0.0
    if rule == UPPERCASE:
        return 1.0 if any(c.isupper() for c in letters[1:]) or (letters[:1].isupper() and len(letters) == 1) else 0.0
    return _symbol_score(rule, letters, wanted)


def _symbol_score(rule: int, letters: str, wanted: str) -> float:
    if letters[-1:] == "s" and letters[:-1].isupper() and wanted.endswith("S"):
        return 0.0  # the plural of an abbreviation: HCCs are no HCCS
    if letters[:1].islower() and letters[1:].isupper() and wanted.isupper():
        return 0.0  # another abbreviation: cAMP is no CAMP
    upper = letters.isupper() or sum(c.isupper() for c in letters) > len(letters) / 2
    if upper:
        return 0.97
    if rule == SYMBOL_UPPER or len(wanted) < 3:
        return 0.0
    if letters[:1].isupper():
        return 0.85
    return 0.6 if len(wanted) >= 4 else 0.0
