"""Entities in the making: a draft gathers names, matches and attributes from all sources before it is written.

Rule: a draft's names are kept as their source writes them, each with its kind; `kg.lexicon.compiler.guards` decides later
which of them may be found in text and under which case rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.lexicon.records import KINDS, BackgroundEdge

#: the attribute of a gene that is not human: the NCBI Taxonomy identifier of its species
SPECIES = "species"


@dataclass(slots=True)
class Term:
    """A name of an entity: its kind, and a case rule where the source or a curator fixed one (-1: decide by the guards)."""

    surface: str
    kind: str
    case: int = -1
    score: float = 0.0


@dataclass(slots=True)
class Draft:
    """An entity in the making."""

    id: str
    type: str
    name: str
    xrefs: set[str] = field(default_factory=set)
    terms: dict[str, Term] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)

    def add(self, surface: str, kind: str, case: int = -1, score: float = 0.0) -> None:
        """Add a name; of two kinds for one spelling the one with the higher prior stays."""
        text = " ".join(surface.split())
        if not text or len(text) > 120:
            return
        have = self.terms.get(text)
        if have is None or KINDS[kind] > KINDS[have.kind] or kind == "weak" or (kind == "curated" and have.kind != "curated"):
            self.terms[text] = Term(text, kind, case, score)

    def drop(self, surface: str) -> None:
        """Forget a name, however it is cased."""
        for text in [t for t in self.terms if t.casefold() == surface.casefold()]:
            del self.terms[text]


class Vocabulary:
    """All drafts by identifier, and the background edges between them."""

    def __init__(self) -> None:
        self.drafts: dict[str, Draft] = {}
        self.edges: set[tuple[str, str, str, str]] = set()
        self.shared_edges: set[tuple[str, str, str, str]] = set()

    def draft(self, curie: str, type_: str, name: str) -> Draft:
        """Return the draft of an identifier, made if there is none."""
        if curie not in self.drafts:
            self.drafts[curie] = Draft(curie, type_, name)
        return self.drafts[curie]

    def of_type(self, *types: str) -> Iterator[Draft]:
        """Yield the drafts of some types in the order they were made."""
        return (d for d in self.drafts.values() if d.type in types)

    def link(self, subject: str, predicate: str, object_: str, source: str, share_alike: bool = False) -> None:
        """Add a background edge; share-alike sources go to a file of their own."""
        (self.shared_edges if share_alike else self.edges).add((subject, predicate, object_, source))

    def known_edges(self, edges: Iterable[tuple[str, str, str, str]]) -> list[BackgroundEdge]:
        """Return edges whose ends are both known, sorted."""
        return [BackgroundEdge(*e) for e in sorted(edges) if e[0] in self.drafts and e[2] in self.drafts and e[0] != e[2]]

    def by_name(self, *types: str) -> dict[str, str]:
        """Return canonical name, case-folded -> identifier, for drafts of some types; the first of two wins."""
        names: dict[str, str] = {}
        for draft in self.of_type(*types):
            names.setdefault(draft.name.casefold(), draft.id)
        return names
