"""`Graph`: a graph folder opened for reading, and its views.

Rule: RDF, networkx and every export are projections of the same statements; nothing is loaded before it is asked for, and
nothing here writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph import rdf
from kg.graph.explain import Explanation, explain_statement, find_statement
from kg.graph.folder import STORE, read_manifest
from kg.graph.query import Table, run_named, run_sparql
from kg.model import Document, Entity, Evidence, Failure, Grounding, Mention, Statement
from kg.records import from_dict, read_jsonl

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.show import Network, Reading


class Graph:
    """A built graph. ``documents``, ``evidence``, ``statements`` and ``entities`` are dicts by id, read when first used."""

    def __init__(self, folder: Path, data: Path, manifest: dict[str, Any]) -> None:
        self.folder, self.data, self.manifest = folder, data, manifest

    @classmethod
    def open(cls, folder: str | Path) -> Graph:
        """Open a graph folder; `GraphError` if it is missing, damaged or of another version, with the remedy."""
        data, manifest = read_manifest(Path(folder))
        return cls(Path(folder), data, manifest)

    def read_documents(self) -> Iterator[Document]:
        """Yield the documents one by one, in the order of the file; memory stays flat."""
        return read_jsonl(self.data / "documents.jsonl", Document)

    def read_evidence(self) -> Iterator[Evidence]:
        """Yield the evidence one by one."""
        return read_jsonl(self.data / "evidence.jsonl", Evidence)

    def read_statements(self) -> Iterator[Statement]:
        """Yield the statements one by one."""
        return read_jsonl(self.data / "statements.jsonl", Statement)

    def read_entities(self) -> Iterator[Entity]:
        """Yield the entities one by one, sorted by id."""
        return read_jsonl(self.data / "entities.jsonl", Entity)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents by their id."""
        return {d.id: d for d in self.read_documents()}

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        """The evidence by id (``KGE:...``)."""
        return {e.id: e for e in self.read_evidence()}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """The statements by id (``KGS:...``), text and background."""
        return {s.id: s for s in self.read_statements()}

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The entities by CURIE."""
        return {e.id: e for e in self.read_entities()}

    @cached_property
    def failures(self) -> list[Failure]:
        """What could not be processed when the graph was built."""
        return list(read_jsonl(self.data / "failures.jsonl", Failure))

    def document_curie(self, document_id: str) -> str:
        """Return the CURIE of a document's id: its PMID or DOI where the graph knows one."""
        document = self.documents.get(document_id)
        return document.curie if document else rdf.document_curie(document_id)

    def mentions(self, document_id: str) -> tuple[Mention, ...]:
        """Return the mentions of a document in text order; empty for a document without any or one that is not there."""
        return tuple(self._mention(m) for m in self._mention_rows(document_id))

    def named(self, document_id: str) -> set[str]:
        """Return the CURIEs of the entities that a document mentions."""
        return {row["grounding"]["entity"] for row in self._mention_rows(document_id) if "grounding" in row}

    def _mention_rows(self, document_id: str) -> list[dict[str, Any]]:
        if document_id not in self._mention_offsets:
            return []
        with (self.data / "mentions.jsonl").open("rb") as handle:
            handle.seek(self._mention_offsets[document_id])
            rows: list[dict[str, Any]] = json.loads(handle.readline())["mentions"]
        return rows

    @cached_property
    def _mention_offsets(self) -> dict[str, int]:
        offsets, offset, decoder = {}, 0, json.JSONDecoder()
        with (self.data / "mentions.jsonl").open("rb") as handle:
            for line in handle:
                document, _ = decoder.raw_decode(line.decode("utf-8"), len('{"document":'))
                offsets[document] = offset
                offset += len(line)
        return offsets

    def _mention(self, row: Mapping[str, Any]) -> Mention:
        plain = dict(row)
        grounding = plain.pop("grounding", None)
        mention = from_dict(Mention, plain)
        if grounding is None:
            return mention
        found = Grounding(self.entities[grounding["entity"]], grounding["score"], grounding["method"])
        return Mention(mention.section, mention.start, mention.end, mention.text, mention.type, mention.name, found, mention.recognizer)

    @cached_property
    def store(self) -> ox.Store:
        """The on-disk Oxigraph store, read-only."""
        try:
            return ox.Store.read_only(str(self.data / STORE))
        except OSError as error:
            raise GraphError(f"{self.data / STORE}: the store is missing or damaged ({error}); build the graph again") from error

    def query(
        self,
        name: str | None = None,
        params: Mapping[str, object] | None = None,
        *,
        sparql: str | None = None,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Table:
        """Answer a named query (`kg.graph.named_queries`) or SPARQL text, over the union of the named graphs.

        ``timeout`` in seconds stops a runaway query for certain (it then runs in a process of its own); ``limit`` bounds the
        rows. Raises `QueryError` for an unknown query, a missing parameter, invalid SPARQL, SERVICE, or a time-out.
        """
        if sparql is not None:
            return run_sparql(self.store, sparql, timeout=timeout, limit=limit, path=self.data / STORE)
        return run_named(self.store, name or "", params or {}, timeout=timeout, limit=limit, path=self.data / STORE)

    def explain(self, statement: str) -> Explanation:
        """Return a statement, named by its id or the beginning of it, with its sentences and the arguments marked in them."""
        return explain_statement(self, find_statement(self, statement))

    def therapies(self, lesion: str, disease: str = "") -> Table:
        """Return what works for carriers of a lesion (a name, spelling or CURIE), and what does not: `kg.graph.answers.therapies`."""
        from kg.graph.answers import therapies

        return therapies(self, lesion, disease)

    def resistance(self, drug: str, disease: str = "") -> Table:
        """Return what makes a drug or class of drugs fail, and what still works then: `kg.graph.answers.resistance`."""
        from kg.graph.answers import resistance

        return resistance(self, drug, disease)

    def show(self, *entities: str, most: int = 40, steps: int = 1, kinds: Sequence[str] = (), known: bool = False) -> Network:
        """Return what stands around some entities as a picture: a widget in Jupyter, text in a terminal: `kg.show.show_graph`."""
        from kg.show import show_graph

        return show_graph(self, entities, most=most, steps=steps, kinds=kinds, known=known)

    def document(self, key: str) -> Reading:
        """Return a document (by id, PMID or CURIE) as it was read; `.show()` marks its mentions. `QueryError` if it is not here."""
        from kg.show import reading_of

        return reading_of(self, key)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the named graphs as an RDFLib dataset in memory, its default graph the union."""
        from kg.graph.network import to_rdflib

        return to_rdflib(self)

    def to_networkx(self) -> networkx.MultiDiGraph:
        """Return the asserted and refuted statements as a networkx graph: nodes by CURIE, edges keyed by statement id."""
        from kg.graph.network import to_networkx

        return to_networkx(self)
