"""N-Quads of the named graphs, and the quads that the other RDF formats are written from.

Rule: made from the records in their order, graph by graph, so that the file is the same for the same graph and a graph's
block is in one piece; equal, as a set, to what the store holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from kg.assembly import canonical
from kg.exports.writing import open_bytes, open_text
from kg.graph import rdf
from kg.graph.terms import ALL_PREFIXES, GRAPHS
from kg.vocab import iri

if TYPE_CHECKING:
    from kg.graph import Graph


def write_nquads(graph: Graph, out: Path) -> list[Path]:
    """Write all named graphs as one N-Quads file."""
    with open_text(out) as handle:
        for name in GRAPHS:
            handle.writelines(graph_lines(graph, name))
    return [out]


def graph_lines(graph: Graph, name: str) -> Iterator[str]:
    """Yield the N-Quads lines of one named graph."""
    end = f" <{GRAPHS[name]}> .\n"
    if name == "ontology":
        quads = graph.store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPHS[name]))
        yield from sorted(f"{q.subject} {q.predicate} {q.object}{end}" for q in quads)
        return
    curies = {d.id: d.curie for d in graph.read_documents()}

    def curie(document_id: str) -> str:
        return curies.get(document_id) or rdf.document_curie(document_id)

    lines = {"entities": _entities, "documents": _documents, "evidence": _evidence}.get(name, _statements)(graph, curie)
    seen: set[str] = set()
    for line in lines:
        if line.endswith(end) and (name != "assertions" or line not in seen):
            yield line
            if name == "assertions":  # many statements, told apart by context, make the same plain triple
                seen.add(line)


def _entities(graph: Graph, curie: rdf.DocumentCurie) -> Iterator[str]:
    for entity in graph.read_entities():
        yield from rdf.entity_quads(entity)


def _documents(graph: Graph, curie: rdf.DocumentCurie) -> Iterator[str]:
    for document in graph.read_documents():
        yield from rdf.document_quads(document)
        yield from rdf.citation_quads(document.curie, document.cites, curie)
        yield from rdf.mention_quads(document.id, graph.mentions(document.id), curie)


def _evidence(graph: Graph, curie: rdf.DocumentCurie) -> Iterator[str]:
    for evidence in graph.read_evidence():
        yield from rdf.evidence_quads(evidence, canonical(evidence).statement_id, curie)


def _statements(graph: Graph, curie: rdf.DocumentCurie) -> Iterator[str]:
    contradicts = ox.NamedNode(iri("kg:contradicts"))
    years = {d.id: d.year for d in graph.read_documents() if d.year is not None}
    for statement in graph.read_statements():
        yield from rdf.statement_quads(statement, curie, years)
        for quad in graph.store.quads_for_pattern(ox.NamedNode(iri(statement.id)), contradicts, None, ox.NamedNode(GRAPHS["statements"])):
            yield f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name} .\n"


def graph_terms(graph: Graph, name: str) -> Iterator[ox.Quad]:
    """Yield the quads of one named graph in the order of `graph_lines`."""
    yield from ox.parse(cast("IO[bytes]", _Reader(graph_lines(graph, name))), format=ox.RdfFormat.N_QUADS, lenient=True)


def write_serialized(graph: Graph, out: Path, format: ox.RdfFormat) -> list[Path]:
    """Write the graph as Turtle or TriG, streaming, with our prefixes; Turtle gets the union of the named graphs."""
    with open_bytes(out) as handle:
        ox.serialize(_terms(graph, format), cast("IO[bytes]", _SortedPrefixes(handle)), format=format, prefixes=ALL_PREFIXES)
    return [out]


def _terms(graph: Graph, format: ox.RdfFormat) -> Iterator[Any]:
    for name in GRAPHS:
        for quad in graph_terms(graph, name):
            yield quad if format.supports_datasets else quad.triple


class _SortedPrefixes:
    """A file that sorts the prefix lines at its head, which the serializer writes in an order of its own each time."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle, self._head = handle, b""
        self._done = False

    def write(self, data: bytes) -> int:
        """Write, holding the head back until it is whole."""
        if self._done:
            return self._handle.write(data)
        self._head += data
        lines = self._head.splitlines(keepends=True)
        first = next((n for n, line in enumerate(lines) if not b"@prefix ".startswith(line[:8])), None)
        if first is not None:
            self._handle.write(b"".join(sorted(lines[:first]) + lines[first:]))
            self._done = True
        return len(data)

    def flush(self) -> None:
        """Write what is left, if the file is all head."""
        if not self._done:
            self._handle.write(b"".join(sorted(self._head.splitlines(keepends=True))))
            self._head, self._done = b"", True
        self._handle.flush()


class _Reader:
    """Lines as the binary file that the parser wants."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._left = lines, b""

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, none at the end."""
        while len(self._left) < max(size, 1):
            line = next(self._lines, None)
            if line is None:
                break
            self._left += line.encode("utf-8")
        found, self._left = (self._left, b"") if size < 0 else (self._left[:size], self._left[size:])
        return found
