"""Amino acids that are spoken of as residues of a protein ("a tyrosine codon", "proline for arginine", "lysine 36"): no drugs.

Rule: of 59 such places in the training split of BioRED, annotators draw two as chemicals; everywhere else an amino acid is what it is.
"""

from __future__ import annotations

import re

from kg.nlp.workbench import Draft

_ACIDS = (
    "alanine|arginine|asparagine|aspartic acid|cysteine|glutamine|glutamic acid|glutamate|aspartate|glycine|histidine|isoleucine|leucine|lysine|"
    "methionine|phenylalanine|proline|serine|threonine|tryptophan|tyrosine|valine"
)
_ACID = re.compile(_ACIDS, re.IGNORECASE)
_AFTER = re.compile(
    r" ?\(?(?:residues?|codons?|substitut\w+|at (?:position|codon|residue|amino)|\d|"
    rf"(?:to|for|by|with|into) (?:an? )?(?:{_ACIDS}|stop|termination)\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b(?:{_ACIDS}|amino acid(?: residue)?) (?:residue )?(?:to|for|by|with|into) (?:an? )?$|\breplac\w+ (?:an? |the )?$", re.IGNORECASE
)
_REACH = 60


def is_residue(draft: Draft, text: str) -> bool:
    """Return whether a drug is an amino acid of a protein, or of its codon, in this place."""
    if draft.type != "Drug" or not _ACID.fullmatch(text, draft.start, draft.end):
        return False
    return bool(_AFTER.match(text, draft.end) or _BEFORE.search(text[max(0, draft.start - _REACH) : draft.start]))
