"""One reading of the text: which of the overlapping drafts become mentions.

Rule: within a type the longest stands; across types only the nestings of the schema may overlap; grammar outranks the dictionary for
variants and classes; what remains is decided by length, then score, then the order of types, never by chance.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.nlp.workbench import NESTING, Draft

_TYPE_RANK = ("Variant", "DrugClass", "Drug", "Gene", "GeneFamily", "Disease", "Phenotype", "Process", "Concept", "CellLine", "Organism")
#: a protein that is also given as a drug (HGF) is read as the gene
_GENE_OVER_DRUG = 0.8
_GRAMMAR = {"Variant", "DrugClass", "Concept"}


def resolve_overlaps(drafts: Iterable[Draft]) -> list[Draft]:
    """Return mentions in text order, outer before inner; of equal drafts the first by score and type stays."""
    drafts = list(drafts)
    genes = {(d.start, d.end) for d in drafts if d.type == "Gene" and d.score >= _GENE_OVER_DRUG}
    drafts = [d for d in drafts if d.type != "Drug" or (d.start, d.end) not in genes]
    ordered = sorted(drafts, key=lambda d: (-(d.end - d.start), d.recognizer != "grammar", -d.score, _TYPE_RANK.index(d.type), d.start, d.key))
    kept: list[Draft] = []
    for draft in ordered:
        if all(_compatible(draft, other) for other in kept if draft.overlaps(other)):
            kept.append(draft)
    return sorted(kept, key=lambda d: (d.start, -d.end, _TYPE_RANK.index(d.type), d.key))


def _compatible(draft: Draft, other: Draft) -> bool:
    """Whether a draft may stand beside a longer or equal one that it overlaps."""
    if other.contains(draft):
        if draft.type in NESTING.get(other.type, ()):
            return (draft.start, draft.end) != (other.start, other.end) or (draft.type in ("Gene", "GeneFamily") and other.type == "Process")
        both = draft.recognizer == other.recognizer == "grammar" or (draft.type == "Concept" and other.recognizer == "grammar")
        specific = draft.type != "DrugClass" or (bool(draft.genes) and draft.method != "abbreviation")  # "TKI" in "ALK TKI" is no mention
        return draft.type == other.type and draft.type in _GRAMMAR and both and specific and draft.key != other.key
    return draft.type == other.type == "Variant" or (draft.type == other.type == "DrugClass" and draft.recognizer == other.recognizer == "grammar")
