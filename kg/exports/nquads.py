"""N-Quads of the named graphs, and the quads that the other RDF formats are written from.

Rule: made from the records in their order, graph by graph, so that the file is the same for the same graph and a graph's
block is in one piece; equal, as a set, to what the store holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from kg.assembly import canonical
from kg.exports.writing import open_text
from kg.graph import rdf
from kg.graph.counts import Counts
from kg.graph.ranks import Ranks, document_quads
from kg.graph.terms import GRAPHS, node
from kg.vocab import iri

if TYPE_CHECKING:
    from kg.graph import Graph

#: lines parsed at a time: every N-Quads line stands for itself.
BATCH = 1000


def write_nquads(graph: Graph, out: Path) -> list[Path]:
    """Write all named graphs as one N-Quads file."""
    with open_text(out) as handle:
        for name in GRAPHS:
            handle.writelines(graph_lines(graph, name))
    return [out]


def graph_lines(graph: Graph, name: str) -> Iterator[str]:
    """Yield the N-Quads lines of one named graph."""
    makers = {
        "ontology": _ontology,
        "entities": _entities,
        "documents": _documents,
        "statements": _statements,
        "evidence": _evidence,
        "index": _index,
    }
    return makers.get(name, _assertions)(graph)


def _ontology(graph: Graph) -> Iterator[str]:
    name = ox.NamedNode(GRAPHS["ontology"])
    yield from sorted(f"{q.subject} {q.predicate} {q.object} {name} .\n" for q in graph.store.quads_for_pattern(None, None, None, name))


def _entities(graph: Graph) -> Iterator[str]:
    for entity in graph.read_entities():
        yield from rdf.entity_quads(entity)


def _curie(graph: Graph) -> rdf.DocumentCurie:
    curies = {d.id: d.curie for d in graph.read_documents()}
    return lambda document_id: curies.get(document_id) or rdf.document_curie(document_id)


def _documents(graph: Graph) -> Iterator[str]:
    curie = _curie(graph)
    for document in graph.read_documents():
        yield from rdf.document_quads(document)
        yield from rdf.citation_quads(document.curie, document.cites, curie)
        yield from rdf.mention_quads(document.id, graph.named(document.id), curie)


def _evidence(graph: Graph) -> Iterator[str]:
    curie = _curie(graph)
    for evidence in graph.read_evidence():
        yield from rdf.evidence_quads(evidence, canonical(evidence).statement_id, curie)


def _statements(graph: Graph) -> Iterator[str]:
    curie, linked = _curie(graph), _links(graph)
    years = {d.id: d.year for d in graph.read_documents() if d.year is not None}
    counts = Counts()
    for statement in graph.read_statements():
        counts.add(statement)
        yield from rdf.statement_quads(statement, curie, years)
        yield from linked.get(node(statement.id), ())
    yield from counts.quads()


def _links(graph: Graph) -> dict[str, list[str]]:
    """The lines that link a statement to others, by its N-Quads name; found by the build and kept in the store only."""
    lines: dict[str, list[str]] = defaultdict(list)
    for link in rdf.LINKS:
        for quad in graph.store.quads_for_pattern(None, ox.NamedNode(iri(link)), None, ox.NamedNode(GRAPHS["statements"])):
            lines[str(quad.subject)].append(f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name} .\n")
    return lines


def _index(graph: Graph) -> Iterator[str]:
    curie, ranks, years = _curie(graph), Ranks(), {}
    for document in graph.read_documents():
        years[document.id] = document.year
        yield from document_quads(document.curie, document.year, graph.named(document.id))
    for statement in graph.read_statements():
        yield from ranks.statement(statement, {curie(d): years.get(d) for d in statement.documents})
    yield from ranks.entities(graph.read_entities())
    found = graph.store.quads_for_pattern(None, ox.NamedNode(iri("kg:contradicted")), None, ox.NamedNode(GRAPHS["index"]))
    yield from sorted(f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name} .\n" for quad in found)


def _assertions(graph: Graph) -> Iterator[str]:
    seen: set[str] = set()
    for statement in graph.read_statements():
        for line in rdf.assertion_quads(statement):
            if line not in seen:  # many statements, told apart by context, make the same plain triple
                seen.add(line)
                yield line


def graph_terms(graph: Graph, name: str) -> Iterator[ox.Quad]:
    """Yield the quads of one named graph in the order of `graph_lines`."""
    return term_batches(graph_lines(graph, name))


def term_batches(lines: Iterator[str]) -> Iterator[ox.Quad]:
    """Yield the quads of N-Quads lines, parsed a batch at a time; no more than a batch is held."""
    while batch := "".join(islice(lines, BATCH)):
        yield from ox.parse(batch.encode("utf-8"), format=ox.RdfFormat.N_QUADS, lenient=True)


def serialize(handle: IO[bytes], terms: Iterator[Any], format: ox.RdfFormat, prefixes: Mapping[str, str]) -> None:
    """Write quads or triples in their order as Turtle or TriG, the prefixes sorted at the head."""
    ox.serialize(terms, cast("IO[bytes]", _SortedPrefixes(handle)), format=format, prefixes=dict(prefixes))


def all_terms(graph: Graph, format: ox.RdfFormat) -> Iterator[Any]:
    """Yield the quads of all named graphs, or their triples for a format that knows no named graphs."""
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
