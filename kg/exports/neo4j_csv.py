"""CSV files for ``neo4j-admin database import full``, with the command to run beside them.

Rule: typed headers in files of their own; labels from our type and the Biolink category; the relationship type is the
predicate in capitals. RFC 4180 quoting; lists joined by ``;``. A database reads the files, so no cell is changed for spreadsheets.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kg.exports.columns import byte_set, joined, mapped, mapped_where, texts, write_texts
from kg.exports.view import EDGE_FIELDS, NODE_FIELDS, Row, edge_batches, node_batches
from kg.exports.writing import make_folder, open_bytes, open_text
from kg.graph.rdf import category

if TYPE_CHECKING:
    from kg.graph import Graph

_TYPES = {str: "string", list: "string[]", int: "long", float: "double", bool: "boolean"}
_QUOTED = byte_set(b',"\r\n')
COMMAND = """neo4j-admin database import full --overwrite-destination --multiline-fields=true --array-delimiter=";" \\
  --nodes="nodes-header.csv,nodes.csv" --relationships="edges-header.csv,edges.csv" neo4j
"""


def write_neo4j_csv(graph: Graph, out: Path) -> list[Path]:
    """Write nodes, relationships, their headers and ``import.sh`` into a folder."""
    folder = make_folder(out)
    node_head = [f"{name}:{_TYPES[kind]}" for name, kind in NODE_FIELDS.items() if name != "id"]
    edge_head = [f"{name}:{_TYPES[kind]}" for name, kind in EDGE_FIELDS.items() if name not in ("subject", "object")]
    _write_text(folder / "nodes-header.csv", ",".join(["id:ID", *node_head, ":LABEL"]) + "\n")
    _write_text(folder / "edges-header.csv", ",".join([":START_ID", ":END_ID", *edge_head, ":TYPE"]) + "\n")
    used: set[str] = set()
    _write_rows(folder / "edges.csv", map(_edges, edge_batches(graph, used)))
    _write_rows(folder / "nodes.csv", map(_nodes, node_batches(graph, used)))
    _write_text(folder / "import.sh", "#!/bin/sh\n# Run in this folder, with the database stopped.\n" + COMMAND)
    return [folder / name for name in ("nodes-header.csv", "nodes.csv", "edges-header.csv", "edges.csv", "import.sh")]


def import_advice(out: Path) -> str:
    """Return the command that imports what was written into a folder, to be shown."""
    return f"to import it, with the database stopped (import.sh holds the same):\ncd {quote(str(out))}\n{COMMAND.rstrip()}"


def labels(row: Row) -> list[str]:
    """Return the labels of a node: ``Entity``, our type, and the Biolink category where it is another word."""
    return list(dict.fromkeys(["Entity", row["type"], row["category"].partition(":")[2]]))


def _nodes(batch: pa.RecordBatch) -> list[pa.Array]:
    kinds = mapped(batch["type"], lambda kind: ";".join(labels({"type": kind, "category": category(kind)})))
    return [*(_cells(batch[name]) for name in NODE_FIELDS), kinds]


def _edges(batch: pa.RecordBatch) -> list[pa.Array]:
    names = ["subject", "object", *(name for name in EDGE_FIELDS if name not in ("subject", "object"))]
    return [*(_cells(batch[name]) for name in names), pc.utf8_upper(batch["predicate"])]


def _cells(column: pa.Array) -> pa.Array:
    return mapped_where(texts(column, ";"), _QUOTED, _quoted)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\r\n') else cell


def _write_rows(path: Path, batches: Iterable[list[pa.Array]]) -> None:
    with open_bytes(path) as handle:
        for columns in batches:
            parts = [part for column in columns for part in (column, ",")]
            write_texts(handle, joined(*parts[:-1], "\n"))


def _write_text(path: Path, text: str) -> None:
    with open_text(path) as handle:
        handle.write(text)
