"""CX2, the exchange format of Cytoscape and NDEx.

Rule: streamed; nodes have numbers, which CX2 asks for, in the order of their ids, and our id as ``represents``; attributes are declared
with their types, and empty ones are left out. As in the Cytoscape JSON, our ``source`` is ``knowledge_source``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.exports.view import EDGE_FIELDS, NODE_FIELDS, Row, edges, nodes
from kg.exports.writing import open_text
from kg.records import dumps

if TYPE_CHECKING:
    from kg.graph import Graph

_TYPES = {str: "string", list: "list_of_string", int: "integer", float: "double", bool: "boolean"}
_NAMES = {"id": "represents"}
_EDGE_NAMES = {"id": "represents", "predicate": "interaction", "source": "knowledge_source"}


def write_cx2(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as one CX2 file."""
    numbers: dict[str, int] = {}
    with open_text(out) as handle:
        handle.write('[{"CXVersion":"2.0","hasFragments":false},\n')
        handle.write(dumps({"attributeDeclarations": [_declarations()]}) + ',\n{"networkAttributes":[{"name":"pubmed-kg"}]},\n')
        _write_aspect(handle, "nodes", _nodes(graph, numbers))
        count = _write_aspect(handle, "edges", _edges(graph, numbers))
        sizes = (("attributeDeclarations", 1), ("networkAttributes", 1), ("nodes", len(numbers)), ("edges", count))
        handle.write(dumps({"metaData": [{"name": name, "elementCount": size} for name, size in sizes]}) + ",\n")
        handle.write('{"status":[{"success":true}]}]\n')
    return [out]


def _declarations() -> Row:
    own = {name: kind for name, kind in EDGE_FIELDS.items() if name not in ("subject", "object")}
    return {
        "networkAttributes": {"name": {"d": "string"}},
        "nodes": {_NAMES.get(name, name): {"d": _TYPES[kind]} for name, kind in NODE_FIELDS.items()},
        "edges": {_EDGE_NAMES.get(name, name): {"d": _TYPES[kind]} for name, kind in own.items()},
    }


def _nodes(graph: Graph, numbers: dict[str, int]) -> Iterator[Row]:
    for row in nodes(graph):
        numbers[row["id"]] = len(numbers)
        yield {"id": numbers[row["id"]], "v": _values(row, _NAMES)}


def _edges(graph: Graph, numbers: dict[str, int]) -> Iterator[Row]:
    for number, row in enumerate(edges(graph)):
        ends = {"s": numbers[row.pop("subject")], "t": numbers[row.pop("object")]}
        yield {"id": number, **ends, "v": _values(row, _EDGE_NAMES)}


def _values(row: Row, names: dict[str, str]) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in row.items() if value not in ("", [])}


def _write_aspect(handle: IO[str], name: str, rows: Iterable[Row]) -> int:
    count = 0
    handle.write(f'{{"{name}":[\n')
    for row in rows:
        handle.write((",\n" if count else "") + dumps(row))
        count += 1
    handle.write("\n]},\n")
    return count
