"""CSV files for ``neo4j-admin database import full``, with the command to run beside them.

Rule: typed headers in files of their own; labels from our type and the Biolink category; the relationship type is the
predicate in capitals. RFC 4180 quoting; lists joined by ``;``; cells that a spreadsheet would run are guarded by a ``'``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.exports.view import EDGE_FIELDS, NODE_FIELDS, Row, edges, nodes
from kg.exports.writing import guard, join, make_folder, open_text

if TYPE_CHECKING:
    from kg.graph import Graph

_TYPES = {str: "string", list: "string[]", int: "long", float: "double", bool: "boolean"}
COMMAND = """neo4j-admin database import full --overwrite-destination --multiline-fields=true --array-delimiter=";" \\
  --nodes="nodes-header.csv,nodes.csv" --relationships="edges-header.csv,edges.csv" neo4j
"""


def write_neo4j_csv(graph: Graph, out: Path) -> list[Path]:
    """Write nodes, relationships, their headers and ``import.sh`` into a folder."""
    folder = make_folder(out)
    node_head = [_head(n, k) for n, k in NODE_FIELDS.items() if n != "id"]
    edge_head = [_head(n, k) for n, k in EDGE_FIELDS.items() if n not in ("subject", "object")]
    _write_rows(folder / "nodes-header.csv", [["id:ID", *node_head, ":LABEL"]])
    _write_rows(folder / "edges-header.csv", [[":START_ID", ":END_ID", *edge_head, ":TYPE"]])
    _write_rows(folder / "nodes.csv", map(_node, nodes(graph)))
    _write_rows(folder / "edges.csv", map(_edge, edges(graph)))
    with open_text(folder / "import.sh") as handle:
        handle.write("#!/bin/sh\n# Run in this folder, with the database stopped.\n" + COMMAND)
    return [folder / name for name in ("nodes-header.csv", "nodes.csv", "edges-header.csv", "edges.csv", "import.sh")]


def labels(row: Row) -> list[str]:
    """Return the labels of a node: ``Entity``, our type, and the Biolink category where it is another word."""
    return list(dict.fromkeys(["Entity", row["type"], row["category"].partition(":")[2]]))


def _head(name: str, kind: type) -> str:
    return f"{name}:{_TYPES[kind]}"


def _node(row: Row) -> list[str]:
    return [_cell(row[name]) for name in NODE_FIELDS] + [";".join(labels(row))]


def _edge(row: Row) -> list[str]:
    cells = [_cell(row[name]) for name in EDGE_FIELDS if name not in ("subject", "object")]
    return [_cell(row["subject"]), _cell(row["object"]), *cells, row["predicate"].upper()]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return str(value)
    return guard(join(value, ";") if isinstance(value, list) else value)


def _write_rows(path: Path, rows: Any) -> None:
    with open_text(path) as handle:
        handle.writelines(",".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    """RFC 4180 quoting; Python's writer leaves a lone carriage return bare."""
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\r\n') else cell
