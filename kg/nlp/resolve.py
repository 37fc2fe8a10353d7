"""One reading of the text: which of the overlapping drafts become mentions.

Rule: within a type the longest stands; across types only the nestings of the schema may overlap; grammar outranks the dictionary for
variants and classes; what remains is decided by length, then score, then the order of types, never by chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.nlp.diseases import COORDINATION
from kg.nlp.diseases import TYPES as DISEASES
from kg.nlp.workbench import NESTING, Draft

_TYPES = ("Variant", "DrugClass", "Drug", "Gene", "GeneFamily", "Disease", "Phenotype", "Process", "Concept", "CellLine", "Organism")
_TYPE_RANK = {type_: rank for rank, type_ in enumerate(_TYPES)}
#: a protein that is also given as a drug (HGF) is read as the gene
_GENE_OVER_DRUG = 0.8
_GRAMMAR = {"Variant", "DrugClass", "Concept"}
_BLOCK = 64
"""Characters of a stretch of text; what stands in other stretches need not be compared."""


def resolve_overlaps(drafts: Iterable[Draft]) -> list[Draft]:
    """Return mentions in text order, outer before inner; of equal drafts the first by score and type stays."""
    drafts = list(drafts)
    genes = {(d.start, d.end) for d in drafts if d.type == "Gene" and d.score >= _GENE_OVER_DRUG}
    drafts = [d for d in drafts if d.type != "Drug" or (d.start, d.end) not in genes]
    drafts.sort(key=lambda d: (d.start - d.end, d.recognizer != "grammar", -d.score, _TYPE_RANK[d.type], d.start, d.key))
    kept: list[Draft] = []
    blocks: defaultdict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        start, end = draft.start, draft.end
        touched = range(start // _BLOCK, end // _BLOCK + 1)
        if all(_compatible(draft, other) for block in touched for other in blocks[block] if start < other.end and other.start < end):
            kept.append(draft)
            for block in touched:
                blocks[block].append(draft)
    kept.sort(key=lambda d: (d.start, -d.end, _TYPE_RANK[d.type], d.key))
    return kept


def _compatible(draft: Draft, other: Draft) -> bool:
    """Whether a draft may stand beside a longer or equal one that it overlaps."""
    if other.type == "Concept" and draft.recognizer == "model":  # "toxicity" is a concept and a disorder, "MCyR" an outcome and no drug
        return draft.type in DISEASES or (draft.start, draft.end) != (other.start, other.end)
    if other.contains(draft):
        if other.method == COORDINATION and draft.end == other.end and draft.type in DISEASES:  # "ovarian cancer" in "breast and ovarian cancer"
            return draft.key != other.key and draft.start > other.start
        if other.type == "Process" and draft.type in DISEASES and draft.end == other.end:  # "atrophy" in "muscle atrophy"
            return False
        if draft.type in NESTING.get(other.type, ()):
            return (draft.start, draft.end) != (other.start, other.end) or (draft.type in ("Gene", "GeneFamily") and other.type == "Process")
        both = draft.recognizer == other.recognizer == "grammar" or (draft.type == "Concept" and other.recognizer == "grammar")
        specific = draft.type != "DrugClass" or (bool(draft.genes) and draft.method != "abbreviation")  # "TKI" in "ALK TKI" is no mention
        return draft.type == other.type and draft.type in _GRAMMAR and both and specific and draft.key != other.key
    return draft.type == other.type == "Variant" or (draft.type == other.type == "DrugClass" and draft.recognizer == other.recognizer == "grammar")
