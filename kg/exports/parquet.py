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
from kg.exports.view import EDGE_FIELDS, NODE_FIELDS, Row, column_schema, edge_batches, node_batches
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


def write_parquet(graph: Graph, out: Path) -> list[Path]:
    """Write the four tables into a folder."""
    folder = make_folder(out)
    write_columns(folder / "nodes.parquet", NODE_FIELDS, node_batches(graph))
    write_columns(folder / "edges.parquet", EDGE_FIELDS, edge_batches(graph))
    write_table(folder / "evidence.parquet", EVIDENCE_FIELDS, _evidence(graph))
    write_table(folder / "documents.parquet", DOCUMENT_FIELDS, _documents(graph))
    return [folder / f"{name}.parquet" for name in ("nodes", "edges", "evidence", "documents")]


def write_table(path: Path, fields: dict[str, type], rows: Iterable[Row]) -> None:
    """Write rows as one Parquet file."""
    schema, left = column_schema(fields), iter(rows)
    write_columns(path, fields, (pa.RecordBatch.from_pylist(batch, schema=schema) for batch in iter(lambda: list(islice(left, ROW_GROUP)), [])))


def write_columns(path: Path, fields: dict[str, type], batches: Iterable[pa.RecordBatch]) -> None:
    """Write batches as one Parquet file, each a row group."""
    with open_bytes(path) as handle, pq.ParquetWriter(handle, column_schema(fields), compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)


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
