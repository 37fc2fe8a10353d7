"""Nanopublications: each statement a publication of its own, in TriG, as the guidelines of nanopub.net ask for.

Rule: the assertion is the statement with its context and the names of its ends, and the plain triple where it is asserted; the provenance
is the documents, each sentence that speaks for or against it, and the belief; one TriG block is one nanopublication and can be cut out.
They are unsigned and have no date: both are given by whoever publishes them (``nanopub sign``), and the same graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.exports.nquads import serialize, term_batches
from kg.exports.view import document_curies
from kg.exports.writing import open_bytes
from kg.graph import rdf
from kg.graph.terms import ALL_PREFIXES, literal, node, node_id
from kg.model import Argument, Statement
from kg.vocab import BASE, iri

if TYPE_CHECKING:
    from kg.graph import Graph

_PREFIXES = {**ALL_PREFIXES, "np": "http://www.nanopub.org/nschema#", "pav": "http://purl.org/pav/"}
#: what of a statement's node is its content; all else (belief, counts, documents) tells where it comes from.
_CONTENT = {
    iri(name) for name in ("biolink:disease_context_qualifier", "kg:biomarker", "kg:therapy", "kg:line", "kg:model_system", "kg:outcome")
} | {ALL_PREFIXES["rdf"] + name for name in ("type", "subject", "predicate", "object")}  # fmt: skip
#: what is told of a sentence.
_TOLD = ("prov:wasDerivedFrom", "kg:section", "biolink:supporting_text", "kg:polarity", "kg:certainty", "kg:confidence", "kg:extractor")


def write_nanopub(graph: Graph, out: Path) -> list[Path]:
    """Write every statement as a nanopublication into one TriG file."""
    with open_bytes(out) as handle:
        serialize(handle, term_batches(_lines(graph)), ox.RdfFormat.TRIG, _PREFIXES)
    return [out]


def nanopub_iri(statement_id: str) -> str:
    """Return the IRI of the nanopublication of a statement."""
    return f"{BASE}nanopub/{statement_id.partition(':')[2]}"


def _lines(graph: Graph) -> Iterator[str]:
    curie = document_curies(graph)
    for statement in graph.read_statements():
        name = nanopub_iri(statement.id)
        yield from _head(name)
        own = [line.rpartition(" <")[0] for line in rdf.statement_quads(statement, curie, {})]  # without their graph
        yield from _within(name + "#assertion", _assertion(statement, [line for line in own if _is_content(line)]))
        yield from _within(name + "#provenance", _provenance(graph, statement, name, curie, [line for line in own if not _is_content(line)]))
        yield from _within(name + "#pubinfo", _publication(name, statement))


def _is_content(line: str) -> bool:
    return line.split(" ", 2)[1][1:-1] in _CONTENT


def _within(graph: str, triples: list[str]) -> Iterator[str]:
    return (f"{triple} <{graph}> .\n" for triple in triples)


def _head(name: str) -> Iterator[str]:
    np = _PREFIXES["np"]
    yield f"<{name}> {node('rdf:type')} <{np}Nanopublication> <{name}#Head> .\n"
    for link, part in (("hasAssertion", "assertion"), ("hasProvenance", "provenance"), ("hasPublicationInfo", "pubinfo")):
        yield f"<{name}> <{np}{link}> <{name}#{part}> <{name}#Head> .\n"


def _assertion(statement: Statement, content: list[str]) -> list[str]:
    plain = [line.rpartition(" <")[0] for line in rdf.assertion_quads(statement)]
    negated = [] if plain else [f"{node(statement.id)} {node('biolink:negated')} {literal(True)}"]
    ends = (statement.subject, statement.object, *(end for _, end in rdf.context_ends(statement)))
    return [*plain, *content, *negated, *dict.fromkeys(map(_label, ends))]


def _label(end: Argument) -> str:
    return f"{node(node_id(end))} {node('rdfs:label')} {literal(end.name)}"


def _provenance(graph: Graph, statement: Statement, name: str, curie: rdf.DocumentCurie, origin: list[str]) -> list[str]:
    derived = [f"<{name}#assertion> {node('prov:wasDerivedFrom')} {node(curie(document))}" for document in statement.documents]
    source = f"<{name}#assertion> {node('kg:source')} {literal(statement.source)}"
    return [*derived, source, *origin, *(line for key in statement.evidence for line in _sentence(graph, key))]


def _sentence(graph: Graph, key: str) -> Iterator[str]:
    """What the store tells of a sentence, so that the evidence need not be held in memory."""
    subject = ox.NamedNode(iri(key))
    for name in _TOLD:
        quads = graph.store.quads_for_pattern(subject, ox.NamedNode(_address(name)), None, None)
        yield from sorted(f"{quad.subject} {quad.predicate} {quad.object}" for quad in quads)


def _address(curie: str) -> str:
    return node(curie)[1:-1]


def _publication(name: str, statement: Statement) -> list[str]:
    title = f"{statement.subject.name} {statement.predicate.replace('_', ' ')} {statement.object.name}"
    return [
        f"<{name}> <{_PREFIXES['dcterms']}title> {literal(title)}",
        f"<{name}> <{_PREFIXES['pav']}createdWith> <{BASE.rstrip('/')}>",
    ]
