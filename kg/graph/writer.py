"""Writing a graph folder record by record: JSON lines and N-Quads on one pass, in memory that does not grow with the evidence.

Rule: what is written does not depend on how the calls are mixed: each kind of record has its files, which are put together in a fixed
order. Everything of one build lies in one data folder named by its content; the manifest is replaced in one step at the very end.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

import kg
from kg.assembly.statements import canonical
from kg.errors import GraphError, LexiconError
from kg.graph import rdf
from kg.graph.counts import Counts
from kg.graph.links import Links
from kg.graph.ranks import Ranks, document_quads
from kg.graph.terms import GRAPHS, node_id
from kg.model import Argument, Document, Entity, Evidence, Failure, Mention, Statement
from kg.records import dumps, to_dict
from kg.resources import resource

FORMAT = 3
MANIFEST = "manifest.json"
FILES = ("documents.jsonl", "mentions.jsonl", "evidence.jsonl", "statements.jsonl", "entities.jsonl", "failures.jsonl")
STORE = "store"
#: files of N-Quads, in the order in which they are hashed and loaded.
_QUADS = ("documents", "citations", "mentions", "evidence", "statements", "links", "entities", "index")
#: bytes of a file that wait to be written.
_BUFFER = 1 << 18
#: bytes of N-Quads loaded into the store at once, some 350,000 quads: smaller pieces are merged too often, larger ones held in a gibibyte.
LOADED = 1 << 26
_ONTOLOGIES = ("ontologies/schema.ttl", "ontologies/concepts.ttl")


@contextmanager
def graph_writer(folder: Path) -> Iterator[GraphWriter]:
    """Open a graph folder for writing; the graph that is there stays until `GraphWriter.finish` has put the new one in place.

    Raises `GraphError` if the folder cannot be written.
    """
    folder = Path(folder)
    part = folder / f".part-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(".part-*"):
            shutil.rmtree(left)
        (part / "scratch").mkdir(parents=True)
        with contextlib.ExitStack() as files:
            yield GraphWriter(folder, part, files)
    except OSError as error:
        raise GraphError(f"{folder}: cannot write the graph ({error.strerror or error}); free space or choose a folder you may write to") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


class GraphWriter:
    """Takes documents, mentions and evidence in the order in which they are to stand, then the statements, all at once."""

    def __init__(self, folder: Path, part: Path, files: contextlib.ExitStack) -> None:
        self.folder, self.scratch = folder, part / "scratch"
        self._part, self._files = part, files
        self._records = {name: self._open(part / name) for name in FILES}
        self._quads = {name: self._open(self.scratch / f"{name}.nq") for name in _QUADS}
        self._cited = self._open(self.scratch / "cited.jsonl")
        self.counts = dict.fromkeys((name.removesuffix(".jsonl") for name in FILES), 0)
        self._entities: dict[str, Entity] = {}
        self._curies: dict[str, str] = {}
        self._years: dict[str, int] = {}

    def _open(self, path: Path) -> IO[str]:
        return self._files.enter_context(path.open("w", encoding="utf-8", newline="\n", buffering=_BUFFER))

    def curie(self, document_id: str) -> str:
        """Return the CURIE of a document's id, which is known once the document has been added."""
        return self._curies.get(document_id) or rdf.document_curie(document_id)

    def add_document(self, document: Document, line: str = "") -> None:
        """Write a document; its mentions and evidence come after it. ``line`` is its JSON, where the caller has it already."""
        if document.curie != rdf.document_curie(document.id):
            self._curies[document.id] = document.curie
        if document.year is not None:
            self._years[document.id] = document.year
        if document.cites:  # written at the end: the cited may come after the citing
            self._cited.write(json.dumps([document.curie, document.cites]) + "\n")
        self._write("documents", line or dumps(document), rdf.document_quads(document))
        self._quads["index"].writelines(document_quads(document.curie, document.year, ()))

    def add_mentions(self, document_id: str, mentions: Sequence[Mention]) -> None:
        """Write the mentions of a document."""
        named = {m.grounding.entity.id: m.grounding.entity for m in reversed(mentions) if m.grounding is not None}
        self.add_mention_rows(document_id, [mention_row(m) for m in mentions], named)

    def add_mention_rows(self, document_id: str, rows: Sequence[Mapping[str, Any]], named: Mapping[str, Entity]) -> None:
        """Write the mentions of a document that are `mention_row`s already; ``named`` are the entities they name, by id."""
        for key, entity in named.items():
            self._entities.setdefault(key, entity)
        self._write("mentions", dumps({"document": document_id, "mentions": rows}), ())
        self._quads["mentions"].writelines(rdf.mention_quads(document_id, named, self.curie))
        self._quads["index"].writelines(document_quads(self.curie(document_id), self._years.get(document_id), named))
        self.counts["mentions"] += len(rows) - 1  # they are counted, not their documents

    def add_evidence(self, evidence: Evidence, line: str = "") -> None:
        """Write an evidence; ``line`` is its JSON, where the caller has it already."""
        self._write("evidence", line or dumps(evidence), rdf.evidence_quads(evidence, canonical(evidence).statement_id, self.curie))

    def finish(self, statements: Iterable[Statement], entities: Iterable[Entity], failures: Iterable[Failure], build: Mapping[str, Any]) -> None:
        """Write what is left and put the graph in place; ``entities`` are preferred to those that came with mentions.

        ``statements`` are read once, in the order in which they are to stand.
        """
        self._entities.update((entity.id, entity) for entity in entities)
        links, counts, ranks = Links(self.scratch), Counts(), Ranks()
        for statement in statements:
            self._write("statements", dumps(statement), rdf.statement_quads(statement, self.curie, self._years))
            self._quads["statements"].writelines(rdf.assertion_quads(statement))
            self._complete(statement)
            links.add(statement)
            counts.add(statement)
            self._quads["index"].writelines(ranks.statement(statement, {self.curie(d): self._years.get(d) for d in statement.documents}))
        self._quads["statements"].writelines(counts.quads())
        self._quads["links"].writelines(links.quads())
        for key in sorted(self._entities):
            self._write("entities", dumps(self._entities[key]), rdf.entity_quads(self._entities[key]))
        self._quads["index"].writelines(ranks.entities(self._entities[key] for key in sorted(self._entities)))
        for failure in failures:
            self._write("failures", dumps(failure), ())
        self._write_citations()
        self._files.close()
        _put_in_place(self.folder, self._part, self.counts, dict(build))

    def _write(self, kind: str, line: str, quads: Iterable[str]) -> None:
        self._records[kind + ".jsonl"].write(line + "\n")
        self.counts[kind] += 1
        if quads:
            self._quads[kind].writelines(quads)

    def _write_citations(self) -> None:
        self._cited.flush()
        with (self.scratch / "cited.jsonl").open(encoding="utf-8") as lines:
            for citing, cites in map(json.loads, lines):
                self._quads["citations"].writelines(rdf.citation_quads(citing, cites, self.curie))

    def _complete(self, statement: Statement) -> None:
        """Add a record for every end of a statement that has none; an ungrounded end gets one under its ``KGT:`` name."""
        for end in (statement.subject, statement.object, *(a for _, a in rdf.context_ends(statement))):
            key = node_id(end)
            if key not in self._entities:
                self._entities[key] = _entity_of(key, end)


def mention_row(mention: Mention) -> dict[str, Any]:
    """Return a mention as plain values with its entity by id only; the entity's record is in ``entities.jsonl``."""
    row = to_dict(mention, "grounding")
    if mention.grounding is not None:
        row["grounding"] = {"entity": mention.entity_id, "score": mention.grounding.score, "method": mention.grounding.method}
    return row


def _entity_of(key: str, end: Argument) -> Entity:
    return Entity(key, end.type, end.name, end.xrefs, (), () if end.id else (("ungrounded", "true"),))


def _ontologies() -> Iterator[Path]:
    for name in _ONTOLOGIES:
        with contextlib.suppress(LexiconError):  # without the concept scheme it is still a graph
            yield resource(name)


class _Joined(io.RawIOBase):
    """Files read one after the other as one, so that how they are cut into loads depends on neither their number nor their sizes."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._left, self._handle = list(paths), io.BytesIO()

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is next into a buffer; 0 at the end of the last file."""
        while not (count := self._handle.readinto(buffer)) and self._left:
            self._handle.close()
            self._handle = self._left.pop(0).open("rb")  # type: ignore[assignment]
        return count

    def close(self) -> None:
        """Close the file that is open."""
        self._handle.close()
        super().close()


class _Piece(io.RawIOBase):
    """Whole lines of a file from where it stands, so many bytes and what is left of the last line."""

    def __init__(self, source: io.BufferedReader[Any], size: int) -> None:
        self._source, self._left, self._ended = source, size, False

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is next into a buffer; 0 at the end of the piece."""
        if self._ended:
            return 0
        if self._left > 0:
            data = self._source.read(min(len(buffer), self._left))
            self._left -= len(data)
        else:
            data = self._source.readline(len(buffer))
            self._ended = data.endswith(b"\n")
        buffer[: len(data)] = data
        return len(data)


def _load_store(path: Path, quads: Iterable[Path]) -> None:
    """Bulk-load the records' quads and our ontologies; `lenient` because every IRI was made by `kg.vocab.iri`.

    A load holds and sorts all that it is given; several leave as many runs to look through, which `optimize` merges.
    """
    store, loads = ox.Store(str(path)), 0
    with io.BufferedReader(_Joined(quads), _BUFFER) as joined:
        while joined.peek(1):
            store.bulk_load(cast("IO[bytes]", _Piece(joined, LOADED)), format=ox.RdfFormat.N_QUADS, lenient=True)
            loads += 1
    for ontology in _ontologies():
        store.bulk_load(path=str(ontology), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(GRAPHS["ontology"]))
    if loads > 1:
        store.optimize()
    store.flush()
    del store


def _put_in_place(folder: Path, part: Path, counts: dict[str, int], build: dict[str, Any]) -> None:
    """Give the data folder its name and the manifest to it.

    A graph that lies there already, the same build again, is left as it is: no moment is without a graph, and the store,
    which takes as long to load as all the rest, is not loaded for nothing.
    """
    files = {name: {"bytes": (part / name).stat().st_size, "sha256": sha256(part / name)} for name in FILES}
    quads = [part / "scratch" / f"{name}.nq" for name in _QUADS]
    rdf_sha256 = hashlib.sha256("".join([sha256(*quads), *map(sha256, _ontologies())]).encode()).hexdigest()
    head = {"format": FORMAT, "package": "pubmed-kg", "version": kg.__version__, "counts": counts, "rdf_sha256": rdf_sha256, "build": build}
    content: dict[str, Any] = {**head, "files": files}
    digest = hashlib.sha256(dumps(content).encode()).hexdigest()[:16]
    target = folder / f"data-{digest}"
    if not _intact(target, files):
        _load_store(part / STORE, quads)
        shutil.rmtree(part / "scratch")
        shutil.rmtree(target, ignore_errors=True)
        part.rename(target)
    temporary = folder / (MANIFEST + ".part")
    with temporary.open("w", encoding="utf-8") as handle:
        json.dump({"data": target.name, **content}, handle, ensure_ascii=False, indent=2)
        handle.write("\n")
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(folder / MANIFEST)
    for old in folder.glob("data-*"):
        if old != target:
            shutil.rmtree(old, ignore_errors=True)


def _intact(data: Path, files: Mapping[str, Mapping[str, Any]]) -> bool:
    try:
        ox.Store.read_only(str(data / STORE))
        return all(sha256(data / name) == entry["sha256"] for name, entry in files.items())
    except OSError:
        return False


def sha256(*paths: Path) -> str:
    """Return the SHA-256 of files, one after the other, in hexadecimal digits."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as handle:
            while block := handle.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
