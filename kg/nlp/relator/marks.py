"""How the relator is told where the mentions are: one mark a piece, begin or inside of a type."""

from __future__ import annotations

MARKED = ("Variant", "Gene", "GeneFamily", "Process", "Drug", "DrugClass", "Disease", "Phenotype")
MARKS = 1 + 2 * len(MARKED)


def mark(type_: int, inside: bool) -> int:
    """Return the number of a mark; 0 is none."""
    return 1 + 2 * type_ + inside
