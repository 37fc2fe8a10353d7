"""What goes into the variant grammar and what comes out of it.

Rule: offsets are code points, half-open, into the plain text that was given; names are canonical (schema, "Variants").
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GeneSpan:
    """A gene or gene family already found in the text; ``symbol`` is the HGNC symbol or the FamPlex name."""

    start: int
    end: int
    symbol: str
    is_family: bool = False


@dataclass(frozen=True, slots=True)
class VariantMatch:
    """A variant mention: ``name`` is canonical, ``genes`` the changed genes (a fusion: 5' partner first).

    ``kind`` is one of `KINDS`; ``change`` is the normalised change without its gene ("G1202R", "exon 19 deletion", "variant 3");
    ``parts`` are the canonical names of the members of a compound; ``score`` (0 to 1) tells how sure the gene is.
    """

    start: int
    end: int
    name: str
    genes: tuple[str, ...]
    kind: str
    change: str = ""
    parts: tuple[str, ...] = ()
    score: float = 1.0


#: every kind a `VariantMatch` can have
KINDS = frozenset({
    "substitution", "nonsense", "deletion", "insertion", "duplication", "indel", "frameshift", "splice", "dna", "rsid", "exon_skipping",
    "codon", "exon_mutation", "domain_mutation", "fusion", "amplification", "loss", "deletion_of_gene", "overexpression", "expression",
    "low_expression", "loss_of_expression", "methylation", "mutation", "polymorphism", "class_mutation", "compound", "wild_type",
    "alteration", "structural_isoform",
})  # fmt: skip
