"""Cytoscape JSON (``.cyjs``), as Cytoscape desktop and Cytoscape.js read it.

Rule: streamed; ``id``, ``source`` and ``target`` are Cytoscape's; where our statement has a ``source`` (text or a vocabulary)
it is called ``knowledge_source`` here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.exports.view import Row, edges, nodes
from kg.exports.writing import open_text
from kg.records import dumps

if TYPE_CHECKING:
    from kg.graph import Graph


def write_cytoscape_json(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as one JSON file."""
    with open_text(out) as handle:
        handle.write('{"format_version":"1.0","generated_by":"pubmed-kg","data":{"name":"pubmed-kg"},"elements":{"nodes":[\n')
        _write_elements(handle, nodes(graph))
        handle.write('\n],"edges":[\n')
        _write_elements(handle, map(_edge, edges(graph)))
        handle.write("\n]}}\n")
    return [out]


def _edge(row: Row) -> Row:
    ends = {"id": row["id"], "source": row["subject"], "target": row["object"], "interaction": row["predicate"]}
    rest = {key: value for key, value in row.items() if key not in ("id", "subject", "object", "source")}
    return {**ends, **rest, "knowledge_source": row["source"]}


def _write_elements(handle: IO[str], rows: Iterable[Row]) -> None:
    for number, row in enumerate(rows):
        handle.write((",\n" if number else "") + dumps({"data": row}))
