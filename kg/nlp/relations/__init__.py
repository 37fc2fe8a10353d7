"""Relations by trigger and clause structure, for every predicate of the schema; pure text rules over mentions."""

from kg.nlp.relations.coded import Item
from kg.nlp.relations.extract import Relation, Stretch, find_relations
from kg.nlp.relations.found import Assertion, Found

__all__ = ["Assertion", "Found", "Item", "Relation", "Stretch", "find_relations"]
