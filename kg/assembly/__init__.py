"""Evidence in, statements out: grouping, belief, contradictions, and the statements that need no text.

Rule: a statement is a pure function of its evidence, whatever the order of the evidence, so a graph can always be rebuilt.
"""

from kg.assembly.background import Background, background_statements, closure
from kg.assembly.belief import MOST_SURE, SPECULATION, believe, reliability
from kg.assembly.construction import variant_genes, variant_statements
from kg.assembly.contradictions import OPPOSITES, Contradiction, context_differences, find_contradictions
from kg.assembly.refinements import Refinement, find_refinements
from kg.assembly.statements import argument_of, assemble_statements, canonical, statement_id

__all__ = [
    "MOST_SURE",
    "OPPOSITES",
    "SPECULATION",
    "Background",
    "Contradiction",
    "Refinement",
    "argument_of",
    "assemble_statements",
    "background_statements",
    "believe",
    "canonical",
    "closure",
    "context_differences",
    "find_contradictions",
    "find_refinements",
    "reliability",
    "statement_id",
    "variant_genes",
    "variant_statements",
]
