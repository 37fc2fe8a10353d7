"""Set phrases in which a word that is a name elsewhere names nothing: "gold standard" is no gold.

Rule: only phrases of two or more words; a single word is ruled on in ``ontologies/sources/guards.tsv``.
"""

from __future__ import annotations

import re

from kg.lexicon.heads import find_from_heads

_PHRASES = re.compile(
    r"\b(?:gold[- ]standards?|gold (?:grade|criteria|stage)|iron(?:s|ed|ing)? out|iron lung|silver (?:lining|bullet)s?|silver stain(?:ing)?|"
    r"golden (?:age|hour|rule)|tip of the iceberg|rest of the|set of|lead(?:s|ing)? to|water bath|salt bridges?|ice[- ]cold|cold chain|"
    r"(?:tyrosine|serine|threonine|histidine)(?:[/-](?:threonine|tyrosine))?[- ](?:protein[- ])?(?:kinase|phosphatase|phosphorylation|residue)s?|"
    r"CAT scans?)\b|\bAR\(\d\)",
    re.I,
)
_HEADS = (
    "gold", "iron", "silver", "tip of", "rest of", "set of", "lead", "water b", "salt b", "ice", "cold c", "tyrosine", "serine", "threonine",
    "histidine", "cat s", "ar(",
)  # fmt: skip


def set_phrases(text: str) -> list[tuple[int, int]]:
    """Return the spans of set phrases in a text; a name that lies inside one is no mention."""
    return [match.span() for match in find_from_heads(_PHRASES, text, _HEADS)]
