"""The labels of the recognizer: outside, and begin and inside of each type."""

from __future__ import annotations

TYPES = ("Gene", "GeneFamily", "Disease", "Drug", "DrugClass", "Variant", "Organism", "CellLine", "Phenotype", "Process")
LABELS = ("O", *(f"{place}-{type_}" for type_ in TYPES for place in "BI"))


def begin(type_: str) -> int:
    """Return the number of the label that opens a mention of a type."""
    return 1 + 2 * TYPES.index(type_)


def inside(type_: str) -> int:
    """Return the number of the label that continues a mention of a type."""
    return 2 + 2 * TYPES.index(type_)
