"""Concepts that are written apart ("intrinsic and acquired resistance", "limited to a subset of patients").

Rule: the vocabulary knows the concepts and their names; only what coordination and paraphrase pull apart is put together here.
In a coordination the first member runs to the shared head (schema rule 12).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.lexicon.heads import find_from_heads
from kg.nlp.workbench import Draft
from kg.vocab import concept_id

_KINDS = r"(?:intrinsic|acquired|primary|secondary|innate|adaptive|de novo|on-target|off-target|bypass)"
_HEADS = ("intrinsic", "acquired", "primary", "secondary", "innate", "adaptive", "de novo", "on-target", "off-target", "bypass")
_COORDINATED = re.compile(
    rf"\b(?P<first>{_KINDS})(?: and| or|/|,| and/or) (?:{_KINDS})(?:,? (?:and|or) {_KINDS})? (?P<head>resistance)\b", re.IGNORECASE
)
_SUBSET = re.compile(r"\blimited to (?:only )?a (?:small |specific )?(?:subset|fraction|minority|proportion|subgroup)\b", re.IGNORECASE)
_STRATIFY = re.compile(r"\bstratif(?:y|ied|ying|ies) (?:\w+ )?patients\b", re.IGNORECASE)
_SAME = {"primary": "intrinsic", "innate": "intrinsic", "de novo": "intrinsic", "secondary": "acquired"}


def find_concept_drafts(text: str, lexicon: Lexicon) -> Iterator[Draft]:
    """Yield the concepts of coordinations and paraphrases; a name that the vocabulary lacks yields nothing."""
    for m in find_from_heads(_COORDINATED, text, _HEADS) if " resistance" in text.lower() else ():
        kind = m["first"].lower()
        yield from _draft(lexicon, f"{_SAME.get(kind, kind)} {m['head'].lower()}", m.start(), m.end())
    for pattern, head, name in ((_SUBSET, "limited to", "subset benefit"), (_STRATIFY, "stratif", "patient stratification")):
        for m in find_from_heads(pattern, text, (head,)):
            yield from _draft(lexicon, name, m.start(), m.end())


def _draft(lexicon: Lexicon, name: str, start: int, end: int) -> Iterator[Draft]:
    entity = lexicon.entity(concept_id(name))
    if entity is not None:
        yield Draft(start, end, "Concept", entity.name, entity, 0.9, "phrase", "grammar")
