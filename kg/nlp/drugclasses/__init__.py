"""Drug classes by grammar: by target, generation and head, or by a name of their own.

Rule: pure functions of text; no pipeline, no vocabulary, no state.
"""

from kg.nlp.drugclasses.finder import find_drug_classes
from kg.nlp.drugclasses.records import DrugClassMatch

__all__ = ["DrugClassMatch", "find_drug_classes"]
