"""GraphML, as networkx, igraph, Gephi and yEd read it.

Rule: streamed, a batch of columns at a time; typed keys; lists joined by ``|``; every edge has its statement id; no empty values are
written. The key ``label`` is what Gephi, Cytoscape and graph viewers write beside a node or an edge: the name, the predicate. Ids stand in
``curie`` and ``statement`` too, because yEd gives elements ids of its own and igraph loses those of edges.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kg.exports.columns import joined, mapped_where, texts, write_texts
from kg.exports.view import EDGE_FIELDS, NODE_FIELDS, edge_batches, node_batches
from kg.exports.writing import open_bytes, xml_text

if TYPE_CHECKING:
    from kg.graph import Graph

_TYPES = {str: "string", list: "string", int: "int", float: "double", bool: "boolean"}
#: of nodes, and of edges: the key that repeats a field
_COPIES = {True: {"label": "name", "curie": "id"}, False: {"label": "predicate", "statement": "id"}}
_SPECIAL = r"[&<>\"\x00-\x1f\x{fffe}\x{ffff}]"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write_graphml(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as one GraphML file."""
    with open_bytes(out) as handle:
        handle.write(_HEAD.encode())
        for scope, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
            handle.write("".join(_key(scope, name, kind) for name, kind in _data_fields(fields).items()).encode())
        handle.write(b'  <graph id="G" edgedefault="directed">\n')
        for batch in node_batches(graph):
            write_texts(handle, joined('    <node id="', _text(batch["id"]), '">\n', *_data(batch, "n_", NODE_FIELDS), "    </node>\n"))
        for batch in edge_batches(graph):
            head = ('    <edge id="', _text(batch["id"]), '" source="', _text(batch["subject"]), '" target="', _text(batch["object"]), '">\n')
            write_texts(handle, joined(*head, *_data(batch, "e_", EDGE_FIELDS), "    </edge>\n"))
        handle.write(b"  </graph>\n</graphml>\n")
    return [out]


def _key(scope: str, name: str, kind: type) -> str:
    return f'  <key id="{scope[0]}_{name}" for="{scope}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n'


def _data_fields(fields: dict[str, type]) -> dict[str, type]:
    own = dict.fromkeys(_COPIES[fields is NODE_FIELDS], str)
    return {**own, **{name: kind for name, kind in fields.items() if name not in ("id", "subject", "object")}}


def _data(batch: pa.RecordBatch, prefix: str, fields: dict[str, type]) -> list[pa.Array]:
    """One column of ``data`` elements for each field, empty where it has no value."""
    copies = _COPIES[fields is NODE_FIELDS]
    columns = {name: _text(batch[copies.get(name, name)]) for name in _data_fields(fields)}
    return [pc.if_else(pc.equal(text, ""), "", joined(f'      <data key="{prefix}{name}">', text, "</data>\n")) for name, text in columns.items()]


def _text(column: pa.Array) -> pa.Array:
    return mapped_where(texts(column, "|"), _SPECIAL, xml_text)
