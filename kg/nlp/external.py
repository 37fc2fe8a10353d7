"""Mentions of a spaCy model that the user has installed and named (``--model en_ner_bc5cdr_md``).

Rule: its entities join ours only where we have nothing; they are grounded by our vocabulary, or kept without identifier.
"""

from __future__ import annotations

from collections.abc import Sequence

import spacy
from spacy.language import Language

from kg.errors import UsageError
from kg.lexicon import Lexicon
from kg.nlp.workbench import Draft

#: labels of scispaCy's and other common models -> our types; other labels are not taken over
LABELS = {
    "CHEMICAL": "Drug", "SIMPLE_CHEMICAL": "Drug", "CHEBI": "Drug", "DRUG": "Drug", "DISEASE": "Disease", "CANCER": "Disease",
    "GENE_OR_GENE_PRODUCT": "Gene", "GENE": "Gene", "PROTEIN": "Gene", "GGP": "Gene", "ORGANISM": "Organism", "TAXON": "Organism",
    "SPECIES": "Organism", "CELL_LINE": "CellLine", "PATHOLOGICAL_FORMATION": "Disease",
}  # fmt: skip


def load_model(name: str) -> Language:
    """Load an installed spaCy model by name or path; `UsageError` says how to install it if it is not there."""
    try:
        return spacy.load(name, exclude=["parser", "lemmatizer", "attribute_ruler"])
    except (OSError, ImportError) as error:
        raise UsageError(f"the spaCy model '{name}' cannot be loaded ({error}); install it (pip install {name}) or leave out --model") from error


def find_model_drafts(model: Language, text: str, ours: Sequence[Draft], lexicon: Lexicon, name: str) -> list[Draft]:
    """Return the model's entities that overlap none of ours."""
    out: list[Draft] = []
    for ent in model(text).ents:
        type_ = LABELS.get(ent.label_.upper())
        start, end = ent.start_char, ent.end_char
        if type_ is None or any(d.start < end and start < d.end for d in ours):
            continue
        found = lexicon.candidates(ent.text, (type_,)) or lexicon.similar(ent.text, (type_,), 1)
        entity = lexicon.entity(found[0].entity_id) if found else None
        label = entity.name if entity else ent.text
        out.append(Draft(start, end, type_, label, entity, found[0].score if found else 0.0, "model", name))
    return out
