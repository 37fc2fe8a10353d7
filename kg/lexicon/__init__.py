"""Vocabularies compiled into a compact index: names in a text, entities by identifier, and what the sources assert of them.

Rule: reading needs no RDF library and no spaCy; only the compiler (`kg.lexicon.compile`) reads the raw sources.
"""

from __future__ import annotations

from kg.lexicon.index import Lexicon
from kg.lexicon.records import BackgroundEdge, Candidate, TermMatch

__all__ = ["BackgroundEdge", "Candidate", "Lexicon", "TermMatch"]
