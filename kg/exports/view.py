"""The property-graph view that all exports share: nodes and edges as flat rows of plain values.

Rule: a node is an entity that takes part in a statement (as an end or in its context), an edge is a statement; every format
writes exactly these. A refuted statement is an edge with ``asserted`` false, so that no tool mistakes it for a fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.exports.writing import clean
from kg.graph.rdf import category, context_ends
from kg.graph.terms import node_id
from kg.model import Argument, Entity, Statement

if TYPE_CHECKING:
    from kg.graph import Graph

Row = dict[str, Any]

#: field -> Python type; ``list`` holds strings.
NODE_FIELDS: dict[str, type] = {"id": str, "name": str, "type": str, "category": str, "synonyms": list, "xrefs": list, "attributes": list}
EDGE_FIELDS: dict[str, type] = {
    "id": str,
    "subject": str,
    "predicate": str,
    "object": str,
    "asserted": bool,
    "belief": float,
    "n_for": int,
    "n_against": int,
    "n_speculated": int,
    "disease": str,
    "disease_name": str,
    "biomarker": str,
    "biomarker_name": str,
    "therapy": str,
    "therapy_name": str,
    "line": str,
    "model_system": str,
    "outcome": str,
    "documents": list,
    "evidence": list,
    "source": str,
}


def nodes(graph: Graph) -> Iterator[Row]:
    """Yield the nodes, sorted by id."""
    used = {node_id(end) for s in graph.read_statements() for end in _ends(s)}
    for entity in graph.read_entities():
        if entity.id in used:
            yield node_row(entity)


def edges(graph: Graph) -> Iterator[Row]:
    """Yield the edges in the order of the graph folder."""
    curies = {d.id: d.curie for d in graph.read_documents()}
    for statement in graph.read_statements():
        yield edge_row(statement, curies, graph)


def _ends(statement: Statement) -> Iterator[Argument]:
    yield statement.subject
    yield statement.object
    yield from (end for _, end in context_ends(statement))


def node_row(entity: Entity) -> Row:
    """Return an entity as a node; attributes are ``key=value`` strings."""
    return {
        "id": clean(entity.id),
        "name": clean(entity.name),
        "type": str(entity.type),
        "category": category(entity.type),
        "synonyms": [clean(s) for s in entity.synonyms],
        "xrefs": [clean(x) for x in entity.xrefs],
        "attributes": [clean(f"{key}={value}") for key, value in entity.attributes],
    }


def edge_row(statement: Statement, curies: dict[str, str], graph: Graph) -> Row:
    """Return a statement as an edge; context that is not given is empty text, never None."""
    context = statement.context
    row: Row = {
        "id": statement.id,
        "subject": clean(node_id(statement.subject)),
        "predicate": statement.predicate,
        "object": clean(node_id(statement.object)),
        "asserted": statement.asserted,
        "belief": float(statement.belief),
        "n_for": statement.n_for,
        "n_against": statement.n_against,
        "n_speculated": statement.n_speculated,
    }
    for name, end in (("disease", context.disease), ("biomarker", context.biomarker), ("therapy", context.therapy)):
        row[name], row[name + "_name"] = (clean(node_id(end)), clean(end.name)) if end else ("", "")
    row["line"], row["model_system"], row["outcome"] = clean(context.line), clean(context.model_system), clean(context.outcome)
    row["documents"] = [clean(curies.get(d) or graph.document_curie(d)) for d in statement.documents]
    row["evidence"] = list(statement.evidence)
    row["source"] = clean(statement.source)
    return row
