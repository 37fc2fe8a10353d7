"""What the components share while they work on one document: candidates on their way to mentions.

Rule: it lives in ``doc.user_data`` and nowhere else, and never leaves `kg.nlp`; drafts keep exact character offsets, because a mention
may end inside a token ("EGFR" in "EGFR-mutant"), while ``doc.spans`` holds the same mentions widened to tokens.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.lexicon import Lexicon
from kg.model import Entity
from kg.nlp.abbreviations import Abbreviation
from kg.nlp.layout import Layout
from kg.nlp.relations import Relation
from kg.nlp.variants import VariantMatch
from kg.vocab import EntityType

if TYPE_CHECKING:
    from kg.nlp.classifier import Classifier
    from kg.nlp.recognizer import Recognizer
    from kg.nlp.recognizer.model import Vectors
    from kg.nlp.relator.model import Relator

KEY = "kg"


@dataclass(frozen=True, slots=True)
class Draft:
    """A possible mention: span in the document's text, type, canonical name, entity if grounded, and who proposed it."""

    start: int
    end: int
    type: str
    name: str
    entity: Entity | None
    score: float
    method: str
    recognizer: str
    genes: tuple[str, ...] = ()
    """CURIEs of the genes it is about: of a variant, or the targets of a class."""
    parts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is: the identifier, else the name."""
        return self.entity.id if self.entity else self.name.lower()

    def contains(self, other: Draft) -> bool:
        """Whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Draft) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(slots=True)
class Workbench:
    """The state of one document in the pipeline."""

    layout: Layout
    lexicon: Lexicon
    recognizer: Recognizer | None = None
    relator: Relator | None = None
    classifier: Classifier | None = None
    abbreviations: list[Abbreviation] = field(default_factory=list)
    variants: list[VariantMatch] = field(default_factory=list)
    candidates: list[Draft] = field(default_factory=list)
    """Every reading of every term in the text, trusted or not."""
    drafts: list[Draft] = field(default_factory=list)
    mentions: list[Draft] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    vectors: Vectors | None = None


#: which types may hold which inside them (schema rule 12): "EGFR" in "EGFR mutation", "EGFR T790M" in "EGFR T790M inhibitor",
#: "tumor" in "tumor angiogenesis"; no disease in the name of a gene ("anaplastic lymphoma kinase")
NESTING: dict[str, frozenset[str]] = {
    EntityType.VARIANT: frozenset({EntityType.GENE, EntityType.GENE_FAMILY}),
    EntityType.DRUG_CLASS: frozenset({EntityType.GENE, EntityType.GENE_FAMILY, EntityType.VARIANT, EntityType.DRUG}),
    EntityType.PROCESS: frozenset({EntityType.GENE, EntityType.GENE_FAMILY, EntityType.DISEASE, EntityType.PHENOTYPE, EntityType.DRUG}),
}
