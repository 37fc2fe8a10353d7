"""From stored annotations to the graph: statements with belief, vocabulary edges, entities, and the folder written.

Rule: a pure function of the annotations, in the order of document ids; the annotations are streamed as often as needed and only
evidence and entities are held in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build.rows import MentionReader, read_document, read_evidence
from kg.build.work import WorkStore
from kg.config import Settings
from kg.model import Argument, Document, Entity, Evidence, Failure, Mention, Statement

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

    def _rows(self, stage: str) -> Iterator[tuple[str, str]]:
        for number, (name, key) in enumerate(self.live, 1):
            yield name, self.store.read(key)
            if number % 64 == 0 or number == len(self.live):
                self.progress(stage, number)

    def documents(self) -> Iterator[Document]:
        """Yield the documents."""
        return (read_document(row) for _, row in self._rows("store"))

    def mentions(self) -> Iterator[tuple[str, tuple[Mention, ...]]]:
        """Yield each document's id and mentions."""
        reader = MentionReader()
        for name, row in self._rows("store mentions"):
            yield name, reader.read(row)

    def evidence(self) -> Iterator[Evidence]:
        """Yield the evidence of all documents, each once."""
        for _, row in self._rows("assemble"):
            yield from {evidence.id: evidence for evidence in read_evidence(row)}.values()


def project(folder: Path, annotated: Annotated, lexicon: Lexicon, settings: Settings, failures: Iterable[Failure]) -> Counts:
    """Write the graph folder anew from its annotations and return what it holds."""
    from kg.assembly import assemble_statements
    from kg.graph import read_manifest, write_graph

    evidence = [e for e in annotated.evidence() if settings.keep_ungrounded or (e.subject.id and e.object.id)]
    works = {document.id: (document.curie, document.retracted) for document in annotated.documents()}
    retracted = {key for key, (_, withdrawn) in works.items() if withdrawn}
    statements = assemble_statements(evidence, retracted, {key: curie for key, (curie, _) in works.items()})
    entities, types = _entities(annotated, evidence, lexicon)
    known = _known(entities, lexicon)
    write_graph(
        folder,
        documents=annotated.documents(),
        mentions=annotated.mentions(),
        evidence=evidence,
        statements=sorted([*statements, *known], key=lambda s: s.id),
        entities=[entities[key] for key in sorted(entities)],
        failures=failures,
        manifest={"lexicon": lexicon.version, "pipeline": _pipeline_version(), "settings": settings.fingerprint},
    )
    total = read_manifest(folder)[1]["counts"]["entities"]
    return Counts(types, total, len(evidence), len(statements), len(known))


def _pipeline_version() -> str:
    from kg.nlp import PIPELINE_VERSION

    return PIPELINE_VERSION


def _entities(annotated: Annotated, evidence: Iterable[Evidence], lexicon: Lexicon) -> tuple[dict[str, Entity], dict[str, int]]:
    """The entities that the documents name: the vocabulary's record, else the one that came with the mention or argument."""
    found: dict[str, Entity] = {}
    types: Counter[str] = Counter()
    for _, mentions in annotated.mentions():
        for mention in mentions:
            types[mention.type] += 1
            if mention.grounding is not None and mention.entity_id not in found:
                found[mention.entity_id] = lexicon.entity(mention.entity_id) or mention.grounding.entity
    for one in evidence:
        for end in _ends(one):
            if end.id and end.id not in found:
                found[end.id] = lexicon.entity(end.id) or Entity(end.id, end.type, end.name, end.xrefs)
    return found, dict(types)


def _ends(evidence: Evidence) -> Iterator[Argument]:
    context = evidence.context
    yield from (end for end in (evidence.subject, evidence.object, context.disease, context.biomarker, context.therapy) if end is not None)


def _known(entities: dict[str, Entity], lexicon: Lexicon) -> list[Statement]:
    """Statements that need no text: what variants are made of, and the vocabularies' edges. Adds the entities they bring in."""
    from kg.assembly import background_statements, variant_statements

    def entity(curie: str) -> Entity | None:
        return entities.get(curie) or lexicon.entity(curie)

    made = variant_statements(entities.values(), lexicon.gene)
    ids = {*entities, *(end.id for s in made for end in (s.subject, s.object))}
    known = [*made, *background_statements(lexicon.background(), sorted(ids), entity)]
    for statement in known:
        for end in (statement.subject, statement.object):
            if end.id not in entities and (record := entity(end.id)) is not None:
                entities[end.id] = record
    return list({statement.id: statement for statement in known}.values())
