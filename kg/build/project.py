"""From stored annotations to the graph: statements with belief, vocabulary edges, entities, and the folder written.

Rule: a pure function of the annotations, in the order of document ids; the annotations are streamed three times (what is in
them, documents, mentions) and only evidence and entities are held in memory.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build.rows import MentionReader, read_document, read_evidence, read_named
from kg.build.work import WorkStore
from kg.config import Settings
from kg.model import Argument, Document, Entity, Evidence, Failure, Mention, Statement
from kg.records import from_dict
from kg.vocab import EntityType

if TYPE_CHECKING:
    from kg.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Counts:
    """What a graph holds: mentions by type, entities, evidence, statements read and statements known beforehand."""

    mentions: dict[str, int] = field(default_factory=dict)
    entities: int = 0
    evidence: int = 0
    read: int = 0
    known: int = 0


class Annotated:
    """The stored annotations of a graph, readable part by part as often as needed; `live` are ids and store keys in order."""

    def __init__(self, store: WorkStore, live: Sequence[tuple[str, str]], progress: Callable[[str, int], None]) -> None:
        self.store, self.live, self.progress = store, live, progress

    def rows(self, stage: str) -> Iterator[tuple[str, str]]:
        """Yield each document's id and row."""
        for number, (name, key) in enumerate(self.live, 1):
            yield name, self.store.read(key)
            if number % 64 == 0 or number == len(self.live):
                self.progress(stage, number)

    def documents(self) -> Iterator[Document]:
        """Yield the documents."""
        return (read_document(row) for _, row in self.rows("store"))

    def mentions(self) -> Iterator[tuple[str, tuple[Mention, ...]]]:
        """Yield each document's id and mentions."""
        reader = MentionReader()
        for name, row in self.rows("store mentions"):
            yield name, reader.read(row)


class _Survey:
    """What has to be known of all documents before anything is written: their evidence, works and retractions, and whom they name."""

    def __init__(self, annotated: Annotated, lexicon: Lexicon, keep_ungrounded: bool) -> None:
        self._lexicon = lexicon
        self.evidence: list[Evidence] = []
        self.works: dict[str, str] = {}
        self.retracted: set[str] = set()
        self.entities: dict[str, Entity] = {}
        self.types: Counter[str] = Counter()
        for _, row in annotated.rows("assemble"):
            document = read_document(row)
            self.works[document.id] = document.curie
            if document.retracted:
                self.retracted.add(document.id)
            found = {evidence.id: evidence for evidence in read_evidence(row)}.values()
            self.evidence.extend(e for e in found if keep_ungrounded or (e.subject.id and e.object.id))
            self._name(row)
        self._complete()

    def _name(self, row: str) -> None:
        """The entities of mentions: the vocabulary's record, else the one that came with the mention."""
        for kind, entity in read_named(row):
            self.types[kind] += 1
            if entity is not None and entity["id"] not in self.entities:
                self.entities[entity["id"]] = self._lexicon.entity(entity["id"]) or from_dict(Entity, entity)

    def _complete(self) -> None:
        """The entities that only evidence names, a context's disease for example."""
        for one in self.evidence:
            for end in _ends(one):
                if end.id and end.id not in self.entities:
                    self.entities[end.id] = self._lexicon.entity(end.id) or Entity(end.id, end.type, end.name, end.xrefs)


def _ends(evidence: Evidence) -> Iterator[Argument]:
    context = evidence.context
    yield from (end for end in (evidence.subject, evidence.object, context.disease, context.biomarker, context.therapy) if end is not None)


def project(folder: Path, annotated: Annotated, lexicon: Lexicon, settings: Settings, failures: Iterable[Failure]) -> Counts:
    """Write the graph folder anew from its annotations and return what it holds."""
    from kg.assembly import assemble_statements
    from kg.graph import read_manifest, write_graph

    with _collector_paused():
        survey = _Survey(annotated, lexicon, settings.keep_ungrounded)
        statements = assemble_statements(survey.evidence, survey.retracted, survey.works)
        entities = survey.entities
        known = _known(entities, lexicon)
        write_graph(
            folder,
            documents=annotated.documents(),
            mentions=annotated.mentions(),
            evidence=survey.evidence,
            statements=sorted([*statements, *known], key=lambda s: s.id),
            entities=[entities[key] for key in sorted(entities)],
            failures=failures,
            manifest={"lexicon": lexicon.version, "pipeline": _extraction_version(settings), "settings": settings.fingerprint},
        )
    total = read_manifest(folder)[1]["counts"]["entities"]
    return Counts(dict(survey.types), total, len(survey.evidence), len(statements), len(known))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No search for reference cycles: records have none, and walking all of them again and again is a tenth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _extraction_version(settings: Settings) -> str:
    from kg.nlp import extraction_version

    return extraction_version(settings)


def _known(entities: dict[str, Entity], lexicon: Lexicon) -> list[Statement]:
    """Statements that need no text: what variants are made of, and the vocabularies' edges. Adds the entities they bring in."""
    from kg.assembly import background_statements, variant_statements

    def entity(curie: str) -> Entity | None:
        return entities.get(curie) or lexicon.entity(curie)

    def families(curie: str) -> Iterator[str]:
        """What a gene, or a family of genes, belongs to, at any height."""
        for edge in lexicon.parents(curie):
            above = entity(edge.object)
            if above is not None and above.type == EntityType.GENE_FAMILY:
                yield above.name
                yield from families(above.id)

    made = variant_statements(entities.values(), lexicon.gene, families)
    ids = {*entities, *(end.id for s in made for end in (s.subject, s.object))}
    known = [*made, *background_statements(lexicon.background(), sorted(ids), entity)]
    for statement in known:
        for end in (statement.subject, statement.object):
            if end.id not in entities and (record := entity(end.id)) is not None:
                entities[end.id] = record
    return list({statement.id: statement for statement in known}.values())
