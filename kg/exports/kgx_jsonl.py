"""KGX as ``nodes.jsonl`` and ``edges.jsonl``; nothing is lost in this form."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.exports.kgx import kgx_edges, kgx_nodes
from kg.exports.view import Row
from kg.exports.writing import make_folder, open_text
from kg.records import dumps

if TYPE_CHECKING:
    from kg.graph import Graph


def write_kgx_jsonl(graph: Graph, out: Path) -> list[Path]:
    """Write the two files into a folder."""
    folder = make_folder(out)
    _write_lines(folder / "nodes.jsonl", kgx_nodes(graph))
    _write_lines(folder / "edges.jsonl", kgx_edges(graph))
    return [folder / "nodes.jsonl", folder / "edges.jsonl"]


def _write_lines(path: Path, rows: Iterable[Row]) -> None:
    with open_text(path) as handle:
        handle.writelines(dumps({k: v for k, v in row.items() if v not in ("", [])}) + "\n" for row in rows)
