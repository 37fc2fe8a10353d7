"""GraphML, as networkx, igraph, Gephi and yEd read it.

Rule: streamed, a batch of columns at a time; typed keys; lists joined by ``|``; every edge has its statement id; no empty values are
written. The key ``label`` is what Gephi, Cytoscape and graph viewers write beside a node or an edge: the name, the predicate. Ids stand in
``curie`` and ``statement`` too, because yEd gives elements ids of its own and igraph loses those of edges.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kg.exports.columns import byte_set, joined, mapped_where, texts, write_texts
from kg.exports.view import EDGE_FIELDS, NODE_FIELDS, edge_batches, node_batches
from kg.exports.writing import open_bytes, xml_text

if TYPE_CHECKING:
    from kg.graph import Graph

_TYPES = {str: "string", list: "string", int: "int", float: "double", bool: "boolean"}
#: of nodes, and of edges: the key that repeats a field
_COPIES = {True: {"label": "name", "curie": "id"}, False: {"label": "predicate", "statement": "id"}}
#: what `xml_text` changes; 0xEF begins U+FFFE and U+FFFF.
_SPECIAL = byte_set(b'&<>"\xef' + bytes(range(32)))
#: bytes copied at a time.
COPY = 2**20
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write_graphml(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as one GraphML file.

    The statements are read once: their edges wait in a file beside the other until the nodes, which must come first, are known.
    """
    used: set[str] = set()
    with open_bytes(out) as handle, TemporaryFile(dir=out.parent) as waiting:
        handle.write(_HEAD.encode())
        for scope, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
            handle.write("".join(_key(scope, name, kind) for name, kind in _data_fields(fields).items()).encode())
        handle.write(b'  <graph id="G" edgedefault="directed">\n')
        for batch in edge_batches(graph, used):
            text = _texts(batch)
            ends = (' source="', text["subject"], '" target="', text["object"])
            write_texts(waiting, joined('    <edge id="', text["id"], '"', *ends, '">\n', *_data(text, "e_", EDGE_FIELDS), "    </edge>\n"))
        for batch in node_batches(graph, used):
            text = _texts(batch)
            write_texts(handle, joined('    <node id="', text["id"], '">\n', *_data(text, "n_", NODE_FIELDS), "    </node>\n"))
        waiting.seek(0)
        shutil.copyfileobj(waiting, handle, COPY)
        handle.write(b"  </graph>\n</graphml>\n")
    return [out]


def _key(scope: str, name: str, kind: type) -> str:
    return f'  <key id="{scope[0]}_{name}" for="{scope}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n'


def _data_fields(fields: dict[str, type]) -> dict[str, type]:
    own = dict.fromkeys(_COPIES[fields is NODE_FIELDS], str)
    return {**own, **{name: kind for name, kind in fields.items() if name not in ("id", "subject", "object")}}


def _data(texts: dict[str, pa.Array], prefix: str, fields: dict[str, type]) -> Iterator[pa.Array | str]:
    """The parts of the ``data`` elements of each field; none where a row has no value."""
    copies = _COPIES[fields is NODE_FIELDS]
    for name in _data_fields(fields):
        text = texts[copies.get(name, name)]
        element = (f'      <data key="{prefix}{name}">', text, "</data>\n")
        length = pc.min_max(pc.binary_length(text)).as_py()
        if length["min"]:
            yield from element
        elif length["max"]:
            yield pc.if_else(pc.equal(text, ""), "", joined(*element))


def _texts(batch: pa.RecordBatch) -> dict[str, pa.Array]:
    """The columns of a batch as texts for XML, by their names."""
    return {name: mapped_where(texts(batch[name], "|"), _SPECIAL, xml_text) for name in batch.schema.names}
