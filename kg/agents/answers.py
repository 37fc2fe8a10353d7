"""What an assistant is told: plain values, each with the statement, the sentence and the document that it rests on.

Rule: a row that was read carries its documents, and every answer lists the documents of its rows under ``citations``; numbers and
wording are those of the graph, and cut lists say how much was left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.errors import QueryError
from kg.graph import Graph, Table, mark_sentence
from kg.graph.answers.names import find_entity
from kg.model import Context, Document, Entity, Evidence, Statement
from kg.serve.index import Index
from kg.vocab import PREDICATES

#: columns of `kg therapies` and `kg resistance` that an assistant needs; the rest is in the statements.
_COLUMNS = (
    "therapy", "lesion", "effect", "direction", "mechanism", "scope", "about", "n_for", "n_against", "belief", "setting", "level", "diseases",
    "note", "retracted", "still_active", "sentence", "document", "year", "statements",
)  # fmt: skip
_SYNONYMS, _CITED = 6, 25
Answer = dict[str, Any]


def search(index: Index, text: str, limit: int) -> Answer:
    """Return the entities that a text names or is part of the name of, each with the statement most believed of it."""
    found = index.search(text, limit + 1)
    rows = [_entity(index, one) for one in found[:limit]]
    return cited(index, {"entities": rows, "more": len(found) > limit})


def neighbours(graph: Graph, index: Index, name: str, predicate: str, limit: int, known: bool) -> Answer:
    """Return the statements about an entity, the most believed first; of one predicate if it is given."""
    if predicate and predicate not in PREDICATES:
        raise QueryError(f"no predicate '{predicate}'; known are {', '.join(PREDICATES)}")
    entity = index.entity(name.strip())
    key = entity.id if entity else find_entity(graph, name).id
    edges = {edge.row: edge for edge in index.edges_of(key) if (edge.read or known) and predicate in ("", edge.predicate)}
    ordered = sorted(edges.values(), key=lambda e: (not e.read, -e.belief, -e.n_for, e.row))
    rows = [_statement(index, one, True) for one in index.at(edge.row for edge in ordered[:limit])]
    about = index.entities.get(key)
    return cited(index, {"entity": _named(about, key), "statements": rows, "left_out": max(0, len(ordered) - limit)})


def evidence(index: Index, key: str, limit: int) -> Answer:
    """Return a statement, by its id or the beginning of it, with its sentences for and against, and what contradicts it."""
    found = index.statements(key.strip(), 2)
    if len(found) != 1:
        problem = "begins several statement ids; give more of it" if found else "is no statement; the other tools give their ids (KGS:...)"
        raise QueryError(f"'{key}' {problem}")
    statement = found[0]
    sentences = index.evidence_of_statement(statement)
    against = [other for one in index.contradicting(statement.id)[:_CITED] for other in index.statements(one, 1)]
    return cited(
        index,
        {
            "statement": _statement(index, statement, False),
            "evidence": [_sentence(index, one) for one in sentences[:limit]],
            "left_out": max(0, len(sentences) - limit),
            "contradicted_by": [_statement(index, one, True) for one in against],
        },
    )


def table(index: Index, answer: Table, limit: int) -> Answer:
    """Return the rows of `graph.therapies` or `graph.resistance`, as far as an assistant needs them."""
    rows = [{name: row[name] for name in _COLUMNS if row.get(name) not in (None, "")} for row in answer.dicts()[:limit]]
    return cited(index, {"rows": rows, "left_out": max(0, len(answer) - limit)})


def rows(index: Index, found: Mapping[str, Any]) -> Answer:
    """Return the answer to a query; statements in its cells are looked up for the documents behind them."""
    answer = {"columns": found["columns"], "rows": found["rows"], "truncated": found["truncated"]}
    named = dict.fromkeys(cell for row in found["rows"] for cell in row if isinstance(cell, str) and cell.startswith("KGS:"))
    statements = [one for key in list(named)[:_CITED] for one in index.statements(key, 1)]
    return cited(index, {**answer, "statements": [_statement(index, one, True) for one in statements]})


def cited(index: Index, answer: Answer) -> Answer:
    """Return an answer with the documents that it names, in the order in which it names them."""
    named = list(dict.fromkeys(_documents(answer)))
    records = ((key, index.document(key)) for key in named[:_CITED])
    return {**answer, "citations": [_citation(key, one) for key, one in records], "citations_left_out": max(0, len(named) - _CITED)}


def _documents(value: Any) -> Iterable[str]:
    if isinstance(value, str) and value.startswith(("PMID:", "DOI:", "KGDOC:")):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _documents(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _documents(inner)


def _citation(key: str, document: Document | None) -> Answer:
    if document is None:
        return {"document": key}
    url = f"https://pubmed.ncbi.nlm.nih.gov/{document.pmid}/" if document.pmid.isascii() and document.pmid.isdigit() else ""
    about = {"title": document.title, "journal": document.journal, "year": document.year, "url": url}
    return {"document": key, **{name: value for name, value in about.items() if value}, **({"retracted": True} if document.retracted else {})}


def _entity(index: Index, entity: Entity) -> Answer:
    best = index.at(next((group.rows[:1] for group in index.groups(entity.id) if not group.background), ()))
    said = {"most_believed": _statement(index, best[0], True)} if best else {}
    row = {**_named(entity, entity.id), "synonyms": list(entity.synonyms[:_SYNONYMS]), "same_as": list(entity.xrefs[:_SYNONYMS])}
    return {**row, "statements": index.count(entity.id), **said}


def _named(entity: Entity | None, key: str) -> Answer:
    return {"id": key, "name": entity.name, "type": entity.type} if entity else {"id": key}


def _statement(index: Index, statement: Statement, sentence: bool) -> Answer:
    """A statement as a row; with its best sentence if asked for."""
    row: Answer = {
        "statement": statement.id,
        "subject": {"id": statement.subject.id, "name": statement.subject.name},
        "predicate": statement.predicate,
        "object": {"id": statement.object.id, "name": statement.object.name},
        "context": _context(statement.context),
    }
    if statement.source != "text":
        return {**row, "source": f"known from {statement.source}, not read"}
    row |= {"belief": round(statement.belief, 3), "n_for": statement.n_for, "n_against": statement.n_against, "n_speculated": statement.n_speculated}
    row["documents"] = list(dict.fromkeys(_curie(index, key) for key in statement.documents))
    best = index.evidence_of_statement(statement)[:1] if sentence else []
    return {**row, **({"best_sentence": _sentence(index, best[0])} if best else {})}


def _context(context: Context) -> Answer:
    ends = {"disease": context.disease, "biomarker": context.biomarker, "therapy": context.therapy}
    named = {role: one.name for role, one in ends.items() if one}
    plain = {"line": context.line, "model_system": context.model_system, "outcome": context.outcome}
    return {**named, **{role: value for role, value in plain.items() if value}}


def _sentence(index: Index, one: Evidence) -> Answer:
    """A sentence with its arguments marked as ``[text](role)``, its document and what it says of the statement."""
    marked = "".join(f"[{piece.text}]({'+'.join(piece.roles)})" if piece.roles else piece.text for piece in mark_sentence(one))
    document = index.document(one.document)
    row = {"sentence": marked, "document": _curie(index, one.document), "speaks": "for" if one.polarity == "positive" else "against"}
    more = {"year": document.year if document else None, "certainty": one.certainty, "confidence": round(one.confidence, 2)}
    flags = {"retracted": True} if document and document.retracted else {}
    return {**row, **more, **flags}


def _curie(index: Index, key: str) -> str:
    document = index.document(key)
    return document.curie if document else key
