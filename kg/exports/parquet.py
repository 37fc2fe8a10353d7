"""Parquet tables for polars, DuckDB and pandas: nodes, edges, evidence, documents.

Rule: typed columns, lists as lists; written in row groups, so memory stays flat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from kg.assembly import canonical
from kg.exports.view import EDGE_FIELDS, NODE_FIELDS, Row, edges, nodes
from kg.exports.writing import clean, make_folder, open_bytes

if TYPE_CHECKING:
    from kg.graph import Graph

ROW_GROUP = 50_000
EVIDENCE_FIELDS: dict[str, type] = {
    "id": str, "statement": str, "document": str, "section": str, "start": int, "end": int, "sentence": str, "subject": str,
    "predicate": str, "object": str, "polarity": str, "certainty": str, "confidence": float, "extractor": str,
}  # fmt: skip
DOCUMENT_FIELDS: dict[str, type] = {
    "id": str, "document": str, "title": str, "journal": str, "date": str, "pmid": str, "doi": str, "pmcid": str, "kind": str, "authors": list,
    "keywords": list, "cites": list, "retracted": bool,
}  # fmt: skip
_TYPES = {str: pa.string(), list: pa.list_(pa.string()), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def write_parquet(graph: Graph, out: Path) -> list[Path]:
    """Write the four tables into a folder."""
    folder = make_folder(out)
    tables = (
        ("nodes", NODE_FIELDS, nodes(graph)),
        ("edges", EDGE_FIELDS, edges(graph)),
        ("evidence", EVIDENCE_FIELDS, _evidence(graph)),
        ("documents", DOCUMENT_FIELDS, _documents(graph)),
    )
    for name, fields, rows in tables:
        _write_table(folder / f"{name}.parquet", fields, rows)
    return [folder / f"{name}.parquet" for name, _, _ in tables]


def _evidence(graph: Graph) -> Iterator[Row]:
    for e in graph.read_evidence():
        ends = {"subject": e.subject.id or e.subject.name, "object": e.object.id or e.object.name}
        plain = {name: getattr(e, name) for name in EVIDENCE_FIELDS if name not in ("statement", "subject", "object")}
        row = {**plain, **ends, "statement": canonical(e).statement_id, "confidence": float(e.confidence)}
        yield {name: _plain(row[name]) for name in EVIDENCE_FIELDS}


def _documents(graph: Graph) -> Iterator[Row]:
    for d in graph.read_documents():
        row = {**{name: getattr(d, name) for name in DOCUMENT_FIELDS if name != "document"}, "document": d.curie}
        yield {name: _plain(row[name]) for name in DOCUMENT_FIELDS}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [clean(v) for v in value]
    return clean(value) if isinstance(value, str) else value


def _write_table(path: Path, fields: dict[str, type], rows: Iterable[Row]) -> None:
    schema = pa.schema([(name, _TYPES[kind]) for name, kind in fields.items()])
    left = iter(rows)
    with open_bytes(path) as handle, pq.ParquetWriter(handle, schema, compression="zstd") as writer:
        while batch := list(islice(left, ROW_GROUP)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
