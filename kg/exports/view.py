"""The property-graph view that all exports share: nodes and edges as flat rows of plain values.

Rule: a node is an entity that takes part in a statement (as an end or in its context), an edge is a statement; every format
writes exactly these, as batches of columns or, from the same batches, as rows. A refuted statement is an edge with ``asserted``
false, so that no tool mistakes it for a fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.exports.columns import byte_set, has_any, joined, mapped, mapped_items, read_columns, strings
from kg.graph.rdf import category, document_curie
from kg.graph.terms import node_id
from kg.model import Argument, Document

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
#: Python type -> that of the column.
COLUMN_TYPES = {str: pa.string(), list: pa.list_(pa.string()), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}

_END = pa.struct([(name, pa.string()) for name in ("id", "type", "name")])
_ENDS = pa.schema([("subject", _END), ("object", _END), ("context", pa.struct([(name, _END) for name in ("disease", "biomarker", "therapy")]))])
_VALUES = ("line", "model_system", "outcome")
_STATEMENT = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "predicate", "source")),
        *((name, pa.int64()) for name in ("n_for", "n_against", "n_speculated")),
        *((name, pa.list_(pa.string())) for name in ("evidence", "documents")),
        ("belief", pa.float64()),
        *((name, _END) for name in ("subject", "object")),
        ("context", pa.struct([*((name, _END) for name in ("disease", "biomarker", "therapy")), *((name, pa.string()) for name in _VALUES)])),
    ]
)
_ENTITY = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "name", "type")),
        *((name, pa.list_(pa.string())) for name in ("synonyms", "xrefs")),
        ("attributes", pa.list_(pa.list_(pa.string()))),
    ]
)
_DIGITS = re.compile("[0-9]+")
_NO_DIGITS = ~byte_set(b"0123456789")
_DOCUMENT = pa.schema([(name, pa.string()) for name in ("id", "pmid", "doi")])


def column_schema(fields: dict[str, type]) -> pa.Schema:
    """Return the Arrow schema of rows with these fields."""
    return pa.schema([(name, COLUMN_TYPES[kind]) for name, kind in fields.items()])


def nodes(graph: Graph) -> Iterator[Row]:
    """Yield the nodes, sorted by id; attributes are ``key=value`` strings."""
    for batch in node_batches(graph):
        yield from batch.to_pylist()


def edges(graph: Graph) -> Iterator[Row]:
    """Yield the edges in the order of the graph folder; context that is not given is empty text, never None."""
    for batch in edge_batches(graph):
        yield from batch.to_pylist()


def node_batches(graph: Graph, used: set[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the nodes as columns of `NODE_FIELDS`; ``used`` are their ids where `edge_batches` has found them already."""
    used = pa.array(sorted(_used(graph) if used is None else used), pa.string())
    for batch in read_columns(graph.data / "entities.jsonl", _ENTITY):
        batch = batch.filter(pc.is_in(batch["id"], value_set=used))
        columns = {
            **{name: strings(batch[name]) for name in ("id", "name", "type")},
            "category": mapped(batch["type"], category),
            **{name: mapped_items(batch[name], strings) for name in ("synonyms", "xrefs")},
            "attributes": mapped_items(batch["attributes"], _attributes),
        }
        yield pa.RecordBatch.from_arrays([columns[name] for name in NODE_FIELDS], schema=column_schema(NODE_FIELDS))


def edge_batches(graph: Graph, used: set[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the edges as columns of `EDGE_FIELDS`; the ids of all entities that take part are added to ``used``."""
    odd = _odd_documents(graph)
    for batch in read_columns(graph.data / "statements.jsonl", _STATEMENT):
        columns = _edge_columns(batch)
        columns["documents"] = mapped_items(batch["documents"], lambda items: _curies(items, odd))
        if used is not None:
            for name in ("subject", "object", "disease", "biomarker", "therapy"):
                used.update(columns[name].unique().to_pylist())
        yield pa.RecordBatch.from_arrays([columns[name] for name in EDGE_FIELDS], schema=column_schema(EDGE_FIELDS))


def document_curies(graph: Graph) -> Callable[[str], str]:
    """Return what gives the CURIE of a document's id; only those that the id alone does not tell are held."""
    odd = _odd_documents(graph)
    return lambda key: odd.get(key) or document_curie(key)


def _odd_documents(graph: Graph) -> dict[str, str]:
    """The CURIEs of documents whose id does not tell it."""
    odd = {}
    for batch in read_columns(graph.data / "documents.jsonl", _DOCUMENT):
        for key, pmid, doi in zip(*(strings(column).to_pylist() for column in batch.columns), strict=True):
            if pmid != key or not _DIGITS.fullmatch(key):
                curie = Document(key, (), pmid=pmid, doi=doi).curie
                if curie != document_curie(key):
                    odd[key] = curie
    return odd


def _curies(documents: pa.Array, odd: dict[str, str]) -> pa.Array:
    if odd or has_any(documents, _NO_DIGITS):
        return mapped(documents, lambda key: odd.get(key) or document_curie(key))
    return joined("PMID:", documents)  # as `document_curie` says of digits


def _used(graph: Graph) -> set[str]:
    """The ids of all entities that take part in a statement."""
    used: set[str] = set()
    for batch in read_columns(graph.data / "statements.jsonl", _ENDS):
        ends = [batch["subject"], batch["object"], *(pc.struct_field(batch["context"], field.name) for field in _ENDS.field("context").type)]
        for end in ends:
            used.update(_ids(end).unique().to_pylist())
    return used


def _edge_columns(batch: pa.RecordBatch) -> dict[str, pa.Array]:
    counts = {name: pc.fill_null(batch[name], 0) for name in ("n_for", "n_against", "n_speculated")}
    source = pc.fill_null(batch["source"], "text")
    columns = {
        "id": batch["id"],
        "subject": _ids(batch["subject"]),
        "predicate": batch["predicate"],
        "object": _ids(batch["object"]),
        "asserted": pc.or_(pc.not_equal(source, "text"), pc.greater(counts["n_for"], 0)),
        "belief": pc.fill_null(batch["belief"], 0.0),
        **counts,
        "evidence": mapped_items(batch["evidence"], strings),
        "source": source,
    }
    for name in ("disease", "biomarker", "therapy"):
        end = pc.struct_field(batch["context"], name)
        columns[name], columns[name + "_name"] = _ids(end), strings(pc.struct_field(end, "name"))
    return columns | {name: strings(pc.struct_field(batch["context"], name)) for name in _VALUES}


def _ids(ends: pa.Array) -> pa.Array:
    """The node id of each end, empty where there is none; one without identifier is named after its text."""
    found = strings(pc.struct_field(ends, "id"))
    lacking = pc.and_(ends.is_valid(), pc.equal(found, ""))
    if not pc.any(lacking).as_py():
        return found
    rows = ends.filter(lacking).to_pylist()
    return pc.replace_with_mask(found, lacking, pa.array([node_id(Argument("", row["type"], row["name"])) for row in rows], pa.string()))


def _attributes(pairs: pa.Array) -> pa.Array:
    return joined(pc.list_element(pairs, 0), "=", pc.list_element(pairs, 1)) if len(pairs) else pa.array([], pa.string())
