"""Variants by grammar: every kind of change of a gene, in any spelling, to one canonical name.

Rule: pure functions of text; no pipeline, no vocabulary, no state. `find_variants` for text, `parse_hgvs` for one change.
"""

from kg.nlp.variants.finder import find_variants
from kg.nlp.variants.notation import Change, parse_change, parse_hgvs
from kg.nlp.variants.records import KINDS, GeneSpan, VariantMatch

__all__ = ["KINDS", "Change", "GeneSpan", "VariantMatch", "find_variants", "parse_change", "parse_hgvs"]
