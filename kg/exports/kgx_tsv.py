"""KGX as ``nodes.tsv`` and ``edges.tsv``.

Rule: KGX knows no quoting, so tabs and line ends in a cell become spaces; lists are joined by ``|``; cells that a spreadsheet
would run are guarded by a ``'``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.exports.kgx import EDGE_COLUMNS, NODE_COLUMNS, kgx_edges, kgx_nodes
from kg.exports.view import Row
from kg.exports.writing import guard, join, make_folder, open_text

if TYPE_CHECKING:
    from kg.graph import Graph

_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def write_kgx_tsv(graph: Graph, out: Path) -> list[Path]:
    """Write the two tables into a folder."""
    folder = make_folder(out)
    _write_table(folder / "nodes.tsv", NODE_COLUMNS, kgx_nodes(graph))
    _write_table(folder / "edges.tsv", EDGE_COLUMNS, kgx_edges(graph))
    return [folder / "nodes.tsv", folder / "edges.tsv"]


def _write_table(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    with open_text(path) as handle:
        handle.write("\t".join(columns) + "\n")
        for row in rows:
            handle.write("\t".join(_cell(row.get(column, "")) for column in columns) + "\n")


def _cell(value: Any) -> str:
    if isinstance(value, (bool, int, float)):
        return str(value).lower()
    return guard(_BREAKS.sub(" ", join(value, "|") if isinstance(value, list) else value))
