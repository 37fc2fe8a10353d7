"""Borders of what the recognizer labelled, put where a name can begin and end.

Rule: only what no name has at its ends goes ("and skeletal myopathies", "myopathy of", "(AIDS", "ataxia-telangiectasia gene"), and only
what was cut within a word is made whole ("Schwartz" "-Jampel", "CaCl" "(2)"); which words a name has is the recognizer's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.nlp.recognizer.model import Labelled

_DISEASES = frozenset({"Disease", "Phenotype"})
#: types whose names are words; names of genes and cell lines may begin and end with anything
_WORDED = _DISEASES | {"Drug", "DrugClass"}
_LEADING = re.compile(r"(?:(?:and|or|and/or|of|the|in|on|with|both|from|to|by|an?|either)(?![\w-])|[\s,;:./)\]])+")
_TRAILING = re.compile(r"(?:(?<![\w-])(?:and|or|and/or|of|the|in|on|with|both|from|to|by|an?|either)|[\s,;:./(\[-])+$")
#: what follows a disease's name where its gene is spoken of
_GENE = re.compile(r"[ -](?:genes?|proteins?|locus|loci|gene products?)$")
_WORD_BEFORE = re.compile(r"[A-Za-z0-9]+$")
_REACH = 30


def tidy(mentions: Iterable[Labelled], text: str) -> tuple[Labelled, ...]:
    """Return the mentions with their borders put right; what nothing is left of is left out."""
    kept: list[Labelled] = []
    for mention in mentions:
        if kept and _goes_on(kept[-1], mention, text):
            kept[-1] = replace(kept[-1], end=mention.end, score=min(kept[-1].score, mention.score))
            continue
        start, end = _trimmed(mention, text) if mention.type in _WORDED else (mention.start, mention.end)
        if any(map(str.isalnum, text[start:end])):
            kept.append(replace(mention, start=start, end=end))
    return tuple(kept)


def _goes_on(before: Labelled, mention: Labelled, text: str) -> bool:
    """Whether a mention is the bracket at the end of the one before it: "CaCl" and "2)" of "CaCl(2)"."""
    between = text[before.end : mention.start]
    whole = text[before.end : mention.end]
    return before.type == mention.type and between in ("", "(") and re.fullmatch(r"\(\w{1,3}\)", whole) is not None


def _trimmed(mention: Labelled, text: str) -> tuple[int, int]:
    """Return where a mention begins and ends."""
    start, end = mention.start, mention.end
    if text[start] == "-" and (word := _WORD_BEFORE.search(text, max(0, start - _REACH), start)):
        start = word.start()
    elif found := _LEADING.match(text, start, end):
        start = found.end()
    open_ = text.rfind("(", start, end)
    if open_ > start and ")" not in text[open_:end]:
        end = open_
    if found := _TRAILING.search(text, start, end):
        end = found.start()
    if mention.type in _DISEASES and (found := _GENE.search(text, start, end)):
        end = found.start()
    return start, end
