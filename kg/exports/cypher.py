"""A Cypher script that builds the graph in any openCypher database, and may be run again without harm.

Rule: constraints first, then nodes, then relationships, each merged by id in batches. All text stands in string literals made
by `quoted`; labels and relationship types come from our closed vocabulary, back-quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.exports.neo4j_csv import labels
from kg.exports.view import Row, edges, nodes
from kg.exports.writing import open_text

if TYPE_CHECKING:
    from kg.graph import Graph

BATCH = 500
_UNSAFE = re.compile(r"[\x00-\x1f'\"\\\x7f\u2028\u2029]")
_BEFORE_U = re.compile(r"((?:^|[^\\])(?:\\\\)+)(?=[uU])")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "'": "\\'", '"': '\\"', "\\": "\\\\"}


def write_cypher(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as one Cypher script."""
    with open_text(out) as handle:
        handle.write("CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;\n")
        for key, rows in _batches(nodes(graph), labels):
            extra = "".join(f":`{_name(label)}`" for label in key[1:])
            handle.write(f"UNWIND [\n{rows}\n] AS row\nMERGE (n:Entity {{id: row.id}})\nSET n += row SET n{extra};\n")
        for key, rows in _batches(edges(graph), lambda row: [row["predicate"].upper()]):
            handle.write(
                f"UNWIND [\n{rows}\n] AS row\n"
                "MATCH (s:Entity {id: row.subject}) MATCH (o:Entity {id: row.object})\n"
                f"MERGE (s)-[r:`{_name(key[0])}` {{id: row.id}}]->(o)\nSET r += row;\n"
            )
    return [out]


def _batches(rows: Iterable[Row], key: Any) -> Iterator[tuple[list[str], str]]:
    """Runs of rows with the same labels or type, cut into batches; each row is a Cypher map."""
    for found, group in groupby(rows, key=key):
        run = iter(group)
        while batch := list(islice(run, BATCH)):
            yield found, ",\n".join(map(to_cypher, batch))


def to_cypher(value: Any) -> str:
    """Return a plain value as a Cypher literal."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {to_cypher(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(to_cypher, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else repr(value)


def quoted(text: str) -> str:
    """Return text as a Cypher string.

    Older Neo4j resolves ``\\uXXXX`` before it looks at quotes, even behind an escaped backslash; a backslash is therefore cut
    off from a ``u`` that follows it.
    """
    escaped = _UNSAFE.sub(lambda m: _SHORT.get(m.group()) or f"\\u{ord(m.group()):04x}", text)
    return "'" + _BEFORE_U.sub(r"\1' + '", escaped) + "'"


def _name(name: str) -> str:
    return name.replace("`", "``")
