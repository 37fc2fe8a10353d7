"""From stored annotations to the graph: statements with belief, vocabulary edges, entities, and the folder written.

Rule: a pure function of the annotations, in the order of document ids; the annotations are read once, each document is written as it comes, and
its evidence is put aside by statement (`kg.build.spill`); in memory are entities, which the vocabulary bounds, and a few words a document.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from heapq import merge
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build.rows import MentionReader, read_document, read_evidence
from kg.build.spill import EvidenceSpill
from kg.build.work import WorkStore
from kg.config import Settings
from kg.model import Argument, Entity, Evidence, Failure, Statement
from kg.vocab import EntityType

if TYPE_CHECKING:
    from kg.graph import GraphWriter
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


def project(folder: Path, annotated: Annotated, lexicon: Lexicon, settings: Settings, failures: Iterable[Failure]) -> Counts:
    """Write the graph folder anew from its annotations and return what it holds."""
    from kg.graph import graph_writer

    with _collector_paused(), graph_writer(folder) as writer:
        found = _Found(lexicon, writer, settings.keep_ungrounded)
        for name, row in annotated.rows("store"):
            found.take(name, row)
        entities = found.named()
        known = _known(entities, lexicon)
        writer.finish(
            merge(found.statements(), sorted(known, key=_id), key=_id),
            entities.values(),
            failures,
            {"lexicon": lexicon.version, "pipeline": _extraction_version(settings), "settings": settings.fingerprint},
        )
    counts = writer.counts
    return Counts(dict(found.types), counts["entities"], counts["evidence"], counts["statements"] - len(known), len(known))


def _id(statement: Statement) -> str:
    return statement.id


class _Found:
    """What is found on the way through the annotations: evidence by statement, publications and retractions, and whom they name."""

    def __init__(self, lexicon: Lexicon, writer: GraphWriter, keep_ungrounded: bool) -> None:
        self._lexicon, self._writer, self._keep_ungrounded = lexicon, writer, keep_ungrounded
        self._evidence = EvidenceSpill(writer.scratch)
        self._mentions = MentionReader()
        self._retracted: set[str] = set()
        self._ends: dict[str, Argument] = {}
        self.entities: dict[str, Entity] = {}
        self.types: Counter[str] = Counter()

    def take(self, name: str, row: str) -> None:
        """Write a document with its mentions and evidence, and keep what statements and entities are made of."""
        document, line = read_document(row)
        if document.retracted:
            self._retracted.add(document.id)
        self._writer.add_document(document, line)
        mentions, named = self._mentions.read(row)
        self._writer.add_mention_rows(name, mentions, named)
        self.types.update([mention["type"] for mention in mentions])
        for key, entity in named.items():
            if key not in self.entities:  # the vocabulary's record, else the one that came with the mention
                self.entities[key] = self._lexicon.entity(key) or entity
        for one, line in {evidence.id: (evidence, line) for evidence, line in read_evidence(row)}.values():
            if self._keep_ungrounded or (one.subject.id and one.object.id):
                self._writer.add_evidence(one, line)
                self._evidence.add(one)
                for end in _ends(one):
                    if end.id and end.id not in self._ends:
                        self._ends[end.id] = end

    def named(self) -> dict[str, Entity]:
        """Return the entities by id: those of mentions, and then those that only evidence names, a context's disease for example."""
        for end in self._ends.values():
            if end.id not in self.entities:
                self.entities[end.id] = self._lexicon.entity(end.id) or Entity(end.id, end.type, end.name, end.xrefs)
        return self.entities

    def statements(self) -> Iterator[Statement]:
        """Yield the statements that were read, sorted by id."""
        from kg.assembly import assemble_statements

        for part in self._evidence.parts():
            works = {one.document: self._writer.curie(one.document) for one in part}
            yield from assemble_statements(part, self._retracted, works)


def _ends(evidence: Evidence) -> Iterator[Argument]:
    context = evidence.context
    yield from (end for end in (evidence.subject, evidence.object, context.disease, context.biomarker, context.therapy) if end is not None)


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
