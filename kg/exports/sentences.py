"""The sentences behind the statements as rows, for the formats that hold nodes beside the entities: Bolt and Ladybug.

Rule: a statement that was read is a node of the same id as its edge, because no property graph has an edge to an edge:
``(:Document)<-[:FROM]-(:Evidence)-[:SUPPORTS|CONTRADICTS]->(:Statement)-[:SUBJECT|OBJECT]->(:Entity)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.exports.view import Row, document_curies, edges
from kg.exports.writing import clean
from kg.vocab import Polarity

if TYPE_CHECKING:
    from kg.graph import Graph

#: field -> Python type, as in `kg.exports.view`; a year may be None.
DOCUMENT_FIELDS: dict[str, type] = {"id": str, "title": str, "journal": str, "date": str, "kind": str, "retracted": bool, "year": int}
EVIDENCE_FIELDS: dict[str, type] = {
    "id": str, "sentence": str, "document": str, "section": str, "polarity": str, "certainty": str, "extractor": str,
    "start": int, "end": int, "confidence": float,
}  # fmt: skip


def read_statements(graph: Graph) -> Iterator[Row]:
    """Yield the statements that have sentences, as edges are."""
    return (row for row in edges(graph) if row["evidence"])


def document_rows(graph: Graph) -> Iterator[Row]:
    """Yield the documents by their CURIE."""
    for d in graph.read_documents():
        row = {"id": d.curie, "title": d.title, "journal": d.journal, "date": d.date, "kind": d.kind}
        yield {**{key: clean(text) for key, text in row.items()}, "retracted": d.retracted, "year": d.year}


def evidence_rows(graph: Graph) -> Iterator[Row]:
    """Yield the sentences with where they stand."""
    curie = document_curies(graph)
    for e in graph.read_evidence():
        row = {"id": e.id, "sentence": e.sentence, "document": curie(clean(e.document)), "section": e.section}
        row |= {"polarity": str(e.polarity), "certainty": str(e.certainty), "extractor": e.extractor}
        yield {**{key: clean(text) for key, text in row.items()}, "start": e.start, "end": e.end, "confidence": float(e.confidence)}


def read_ends(graph: Graph) -> Iterator[Row]:
    """Yield subject and object of each statement that has sentences."""
    return ({"id": row["id"], "subject": row["subject"], "object": row["object"]} for row in read_statements(graph))


def origins(graph: Graph) -> Iterator[Row]:
    """Yield each sentence's document."""
    curie = document_curies(graph)
    return ({"id": e.id, "document": clean(curie(clean(e.document)))} for e in graph.read_evidence())


def judgements(graph: Graph) -> Iterator[Row]:
    """Yield for each sentence its statement, as the statement lists it, and how it speaks of it."""
    against = {e.id for e in graph.read_evidence() if e.polarity == Polarity.NEGATIVE}
    for row in edges(graph):
        for evidence in row["evidence"]:
            yield {"id": evidence, "statement": row["id"], "judgement": "CONTRADICTS" if evidence in against else "SUPPORTS"}
