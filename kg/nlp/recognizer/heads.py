"""Whether words could be the name of a disease: by the word that it ends with, as learned from annotated training documents.

Rule: asked only of what the recognizer alone saw and nothing gave an identifier ("sinus", "hepatic and", "renal lesions"); read once, never
written at run time. The table (``ontologies/disease_heads.tsv``) is made by training/learn_heads.py.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.errors import LexiconError
from kg.resources import resource

#: how often a word must end a mention, an ending do so, and a word by itself be one
WORD, ENDING, ALONE = 0.15, 0.3, 0.3
_LENGTHS = (5, 4, 3)
_OF = re.compile(r" (?:of|in|to|with|from|due|on|during|for) ")
_NUMBER = re.compile(r"(?:[ -]types?)?[ -]+(?:[IVX]+[A-Ca-c]?|\d+[A-Za-z]?|[A-Z])$")
_LETTERS = re.compile(r"[A-Za-z][A-Za-z'’]*")
_SHORT = re.compile(r"[A-Z][A-Za-z0-9-]{0,6}(?<=[A-Z0-9])s?")


def may_name_disease(text: str, long: str = "") -> bool:
    """Return whether a text ends, at its end or before "of", like a disease's name; ``long`` is what the document has a short form stand for."""
    if _SHORT.fullmatch(text):
        return bool(long) and not _SHORT.fullmatch(long) and may_name_disease(long)
    heads = [_LETTERS.findall(part) for part in _OF.split(_NUMBER.sub("", text))]
    words = [part[-1].lower() for part in heads if part]
    alone = len(words) == 1 and len(heads[0]) == 1
    return any(_ends(word, alone) for word in words)


def _ends(word: str, alone: bool) -> bool:
    """Whether a word ends names of diseases, or is one by itself."""
    table = _table()
    if word in table:
        rate, single = table[word]
        return rate >= WORD and (single >= ALONE or not alone)
    ending = next((e for e in ("-" + word[-n:] for n in _LENGTHS if len(word) > n) if e in table), "")
    return bool(ending) and table[ending][0] >= ENDING


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[float, float]]:
    path = resource("ontologies/disease_heads.tsv")
    try:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    except OSError as error:
        raise LexiconError(f"{path}: the table of disease names' last words cannot be read ({error}); install the package again") from error
    return {row[0]: (float(row[1]), float(row[2])) for row in rows[1:] if len(row) == 4}
