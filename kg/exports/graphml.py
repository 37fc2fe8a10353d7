"""GraphML, as networkx, igraph, Gephi and yEd read it.

Rule: streamed; typed keys; lists joined by ``|``; every edge has its statement id; no empty values are written.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.exports.view import EDGE_FIELDS, NODE_FIELDS, Row, edges, nodes
from kg.exports.writing import join, open_text, xml_text

if TYPE_CHECKING:
    from kg.graph import Graph

_TYPES = {str: "string", list: "string", int: "int", float: "double", bool: "boolean"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write_graphml(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as one GraphML file."""
    with open_text(out) as handle:
        handle.write(_HEAD)
        for scope, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
            for name, kind in _data_fields(fields).items():
                handle.write(f'  <key id="{scope[0]}_{name}" for="{scope}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n')
        handle.write('  <graph id="G" edgedefault="directed">\n')
        for row in nodes(graph):
            handle.write(f'    <node id="{xml_text(row["id"])}">\n')
            _write_data(handle, row, "n_", NODE_FIELDS)
            handle.write("    </node>\n")
        for row in edges(graph):
            ends = f'source="{xml_text(row["subject"])}" target="{xml_text(row["object"])}"'
            handle.write(f'    <edge id="{xml_text(row["id"])}" {ends}>\n')
            _write_data(handle, row, "e_", EDGE_FIELDS)
            handle.write("    </edge>\n")
        handle.write("  </graph>\n</graphml>\n")
    return [out]


def _data_fields(fields: dict[str, type]) -> dict[str, type]:
    return {name: kind for name, kind in fields.items() if name not in ("id", "subject", "object")}


def _write_data(handle: IO[str], row: Row, prefix: str, fields: dict[str, type]) -> None:
    for name in _data_fields(fields):
        text = _text(row[name])
        if text:
            handle.write(f'      <data key="{prefix}{name}">{xml_text(text)}</data>\n')


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return join(value, "|") if isinstance(value, list) else str(value)
