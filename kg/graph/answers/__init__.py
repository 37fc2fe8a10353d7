"""The two questions of a tumour board, answered from a graph: what works for a lesion, and what makes a drug fail.

Rule: which statements belong to an answer is decided by a named query, so that SPARQL and Python cannot disagree; what is done here
is to find what the asker meant, to join statements that differ only in context into one row, and to pick its best sentence.
"""

from kg.graph.answers.names import find_disease, find_lesion, find_therapy
from kg.graph.answers.resistance import RESISTANCE_COLUMNS, resistance
from kg.graph.answers.therapies import THERAPY_COLUMNS, therapies

__all__ = ["RESISTANCE_COLUMNS", "THERAPY_COLUMNS", "find_disease", "find_lesion", "find_therapy", "resistance", "therapies"]
