"""The graph as RDFLib and networkx know it.

Rule: both hold exactly the statements of the graph folder; attribute values are plain (str, int, float), lists joined by ``|``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx
import pyoxigraph as ox
import rdflib

from kg.graph import rdf
from kg.graph.terms import ALL_PREFIXES, node_id
from kg.model import Statement

if TYPE_CHECKING:
    from kg.graph.graph import Graph


def to_rdflib(graph: Graph) -> rdflib.Dataset:
    """Return all named graphs as an RDFLib dataset whose default graph is their union."""
    dataset = rdflib.Dataset(default_union=True)
    for prefix, root in ALL_PREFIXES.items():
        dataset.bind(prefix, root, override=True)
    text = graph.store.dump(format=ox.RdfFormat.N_QUADS)
    dataset.parse(data=text or b"", format="nquads")
    return dataset


def edge_attributes(statement: Statement, curie: rdf.DocumentCurie) -> dict[str, Any]:
    """Return the properties of a statement as an edge: plain values, never None."""
    context = statement.context
    documents = [curie(d) for d in statement.documents]
    return {
        "predicate": statement.predicate,
        "belief": statement.belief,
        "n_for": statement.n_for,
        "n_against": statement.n_against,
        "n_speculated": statement.n_speculated,
        "disease": context.disease.name if context.disease else "",
        "biomarker": context.biomarker.name if context.biomarker else "",
        "therapy": context.therapy.name if context.therapy else "",
        "line": context.line,
        "model_system": context.model_system,
        "outcome": context.outcome,
        "pmids": "|".join(d.removeprefix("PMID:") for d in documents if d.startswith("PMID:")),
        "documents": "|".join(documents),
        "source": statement.source,
    }


def to_networkx(graph: Graph) -> networkx.MultiDiGraph:
    """Return every statement as an edge keyed by its id; only entities that take part in one are nodes."""
    result = networkx.MultiDiGraph()
    for statement in graph.statements.values():
        ends = []
        for end in (statement.subject, statement.object):
            key = node_id(end)
            ends.append(key)
            if key not in result:
                result.add_node(key, name=end.name, type=end.type, category=rdf.category(end.type))
        result.add_edge(*ends, key=statement.id, **edge_attributes(statement, graph.document_curie))
    return result
