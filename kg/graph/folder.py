"""The graph folder: how a graph lies on disk, written so that a killed write leaves the last good graph.

Rule: everything of one build lies in one data folder named by its content; ``manifest.json`` names the data folder and is
replaced in one step at the very end. A reader follows the manifest and never sees half a build. `docs/graph-folder.md`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

import pyoxigraph as ox

import kg
from kg.assembly import find_contradictions, find_refinements
from kg.assembly.statements import canonical
from kg.errors import GraphError, LexiconError
from kg.graph import rdf
from kg.graph.terms import GRAPHS, node_id
from kg.model import Argument, Document, Entity, Evidence, Failure, Mention, Statement
from kg.records import dumps, to_dict, write_jsonl
from kg.resources import resource

FORMAT = 1
MANIFEST = "manifest.json"
FILES = ("documents.jsonl", "mentions.jsonl", "evidence.jsonl", "statements.jsonl", "entities.jsonl", "failures.jsonl")
STORE = "store"
QUADS = "quads.nq"
_ONTOLOGIES = ("ontologies/schema.ttl", "ontologies/concepts.ttl")
T = TypeVar("T")
Mentions = Mapping[str, Sequence[Mention]] | Iterable[tuple[str, Sequence[Mention]]]


def write_graph(
    folder: Path,
    *,
    documents: Iterable[Document],
    mentions: Mentions,
    evidence: Iterable[Evidence],
    statements: Iterable[Statement],
    entities: Iterable[Entity],
    failures: Iterable[Failure] = (),
    manifest: Mapping[str, Any] | None = None,
) -> None:
    """Write a graph folder, or replace the graph in it; the old graph stays until the new one is whole.

    ``mentions`` are given by document id. ``entities`` need not be complete: those of the mentions and of the statements'
    ends are added. ``manifest`` holds plain values of the caller (lexicon version, settings), kept under ``build``.
    Records are written in the order given, so the caller sorts. Raises `GraphError` if the folder cannot be written.
    """
    folder = Path(folder)
    part = folder / f".part-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(".part-*"):
            shutil.rmtree(left)
        part.mkdir()
        counts = _write_records(part, documents, mentions, evidence, list(statements), {e.id: e for e in entities}, failures)
        _put_in_place(folder, part, counts, dict(manifest or {}))
    except OSError as error:
        raise GraphError(f"{folder}: cannot write the graph ({error.strerror or error}); free space or choose a folder you may write to") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _write_records(
    part: Path,
    documents: Iterable[Document],
    mentions: Mentions,
    evidence: Iterable[Evidence],
    statements: list[Statement],
    entities: dict[str, Entity],
    failures: Iterable[Failure],
) -> dict[str, int]:
    """Write every record as JSON and, on the same pass, as N-Quads; return counts."""
    counts = {}
    with (part / QUADS).open("w", encoding="utf-8", newline="\n") as quads:

        def tee(records: Iterable[T], to_quads: Callable[[T], list[str]]) -> Iterator[T]:
            for record in records:
                quads.write("".join(to_quads(record)))
                yield record

        known = _Documents()
        counts["documents"] = write_jsonl(part / "documents.jsonl", tee(documents, known.quads))
        quads.writelines(known.citations())
        counts["mentions"] = _write_mentions(part / "mentions.jsonl", _mention_rows(mentions, entities, quads, known.curie))
        found = tee(evidence, lambda e: rdf.evidence_quads(e, canonical(e).statement_id, known.curie))
        counts["evidence"] = write_jsonl(part / "evidence.jsonl", found)
        made = tee(statements, lambda s: rdf.statement_quads(s, known.curie, known.years) + rdf.assertion_quads(s))
        counts["statements"] = write_jsonl(part / "statements.jsonl", made)
        for contradiction in find_contradictions(statements):
            quads.writelines(rdf.contradiction_quads(contradiction))
        for refinement in find_refinements(statements):
            quads.writelines(rdf.refinement_quads(refinement))
        _complete(entities, statements)
        ordered = [entities[key] for key in sorted(entities)]
        counts["entities"] = write_jsonl(part / "entities.jsonl", tee(ordered, rdf.entity_quads))
        counts["failures"] = write_jsonl(part / "failures.jsonl", failures)
    return counts


class _Documents:
    """What the quads of other records need to know of the documents, noted while these are written."""

    def __init__(self) -> None:
        self._curies: dict[str, str] = {}
        self._cited: list[tuple[str, tuple[str, ...]]] = []
        self.years: dict[str, int] = {}

    def quads(self, document: Document) -> list[str]:
        """Return the quads of a document, which from now on is known."""
        if document.curie != rdf.document_curie(document.id):
            self._curies[document.id] = document.curie
        if document.year is not None:
            self.years[document.id] = document.year
        if document.cites:
            self._cited.append((document.curie, document.cites))
        return rdf.document_quads(document)

    def curie(self, document_id: str) -> str:
        """Return the CURIE of a document's id."""
        return self._curies.get(document_id) or rdf.document_curie(document_id)

    def citations(self) -> Iterator[str]:
        """Yield who cites whom, once all documents are known."""
        for citing, cites in self._cited:
            yield from rdf.citation_quads(citing, cites, self.curie)


def _mention_rows(
    mentions: Mentions, entities: dict[str, Entity], quads: IO[str], curie: rdf.DocumentCurie
) -> Iterator[tuple[str, Sequence[Mention]]]:
    for document, found in mentions.items() if isinstance(mentions, Mapping) else mentions:
        named = {m.grounding.entity.id: m.grounding.entity for m in reversed(found) if m.grounding is not None}
        for key, entity in named.items():
            entities.setdefault(key, entity)
        quads.write("".join(rdf.mention_quads(document, named, curie)))
        yield document, found


def mention_row(mention: Mention) -> dict[str, Any]:
    """Return a mention as plain values with its entity by id only; the entity's record is in ``entities.jsonl``."""
    row = to_dict(mention, "grounding")
    if mention.grounding is not None:
        row["grounding"] = {"entity": mention.entity_id, "score": mention.grounding.score, "method": mention.grounding.method}
    return row


def _write_mentions(path: Path, rows: Iterable[tuple[str, Sequence[Mention]]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        for document, mentions in rows:
            count += len(mentions)
            handle.write(dumps({"document": document, "mentions": [mention_row(m) for m in mentions]}) + "\n")
    return count


def _complete(entities: dict[str, Entity], statements: Iterable[Statement]) -> None:
    """Add a record for every end of a statement that has none; an ungrounded end gets one under its ``KGT:`` name."""
    for statement in statements:
        for end in (statement.subject, statement.object, *(a for _, a in rdf.context_ends(statement))):
            key = node_id(end)
            if key not in entities:
                entities[key] = _entity_of(key, end)


def _entity_of(key: str, end: Argument) -> Entity:
    return Entity(key, end.type, end.name, end.xrefs, (), () if end.id else (("ungrounded", "true"),))


def _ontologies() -> Iterator[Path]:
    for name in _ONTOLOGIES:
        with contextlib.suppress(LexiconError):  # without the concept scheme it is still a graph
            yield resource(name)


def _load_store(path: Path, quads: Path) -> None:
    """Bulk-load the records' quads and our ontologies; `lenient` because every IRI was made by `kg.vocab.iri`."""
    store = ox.Store(str(path))
    store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS, lenient=True)
    for ontology in _ontologies():
        store.bulk_load(path=str(ontology), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(GRAPHS["ontology"]))
    store.flush()
    del store


def _put_in_place(folder: Path, part: Path, counts: dict[str, int], build: dict[str, Any]) -> None:
    """Give the data folder its name and the manifest to it.

    A graph that lies there already, the same build again, is left as it is: no moment is without a graph, and the store,
    which takes as long to load as all the rest, is not loaded for nothing.
    """
    files = {name: {"bytes": (part / name).stat().st_size, "sha256": _sha256(part / name)} for name in FILES}
    rdf_sha256 = hashlib.sha256("".join(map(_sha256, [part / QUADS, *_ontologies()])).encode()).hexdigest()
    head = {"format": FORMAT, "package": "pubmed-kg", "version": kg.__version__, "counts": counts, "rdf_sha256": rdf_sha256, "build": build}
    content: dict[str, Any] = {**head, "files": files}
    digest = hashlib.sha256(dumps(content).encode()).hexdigest()[:16]
    target = folder / f"data-{digest}"
    if not _intact(target, files):
        _load_store(part / STORE, part / QUADS)
        (part / QUADS).unlink()
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
        return all(_sha256(data / name) == entry["sha256"] for name, entry in files.items())
    except OSError:
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def read_manifest(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Return the data folder and the manifest of a graph; `GraphError` says what is wrong with the folder and what helps."""
    again = "build it again with 'kg build INPUT --out GRAPH'"
    path = Path(folder) / MANIFEST
    if not path.is_file():
        raise GraphError(f"{folder} is no graph folder (it has no {MANIFEST}); {again}")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        found, data = manifest["format"], manifest["data"]
        sizes = {name: entry["bytes"] for name, entry in manifest["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GraphError(f"{path} is damaged ({error!r}); {again}") from error
    if found != FORMAT:
        raise GraphError(f"{folder} has graph format {found}, this version reads {FORMAT}; {again}")
    if Path(str(data)).name != data or not data.startswith("data-"):
        raise GraphError(f"{path} is damaged (data folder '{data}'); {again}")
    for name in FILES:
        file = Path(folder) / data / name
        if not file.is_file() or file.stat().st_size != sizes.get(name):
            raise GraphError(f"{file} is missing or damaged; {again}")
    return Path(folder) / data, manifest


def verify(folder: Path) -> list[str]:
    """Return what is wrong with a graph folder, reading every byte; an empty list if nothing is."""
    data, manifest = read_manifest(folder)
    return [f"{data / name}: the checksum differs from the manifest" for name in FILES if _sha256(data / name) != manifest["files"][name]["sha256"]]


__all__ = ["FILES", "FORMAT", "MANIFEST", "STORE", "mention_row", "read_manifest", "verify", "write_graph"]
