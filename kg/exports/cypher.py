"""A Cypher script that builds the graph in any openCypher database, and may be run again without harm.

Rule: constraints first, then nodes, then relationships, each merged by id in batches of the same labels or type. All text stands
in string literals made by `quoted`; labels and relationship types come from our closed vocabulary, back-quoted. A node is merged
with all its labels: not every server can add one to a node of a constraint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
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
            all_labels = "".join(f":`{_name(label)}`" for label in key)
            handle.write(f"UNWIND [\n{rows}\n] AS row\nMERGE (n{all_labels} {{id: row.id}})\nSET n += row;\n")
        for key, rows in _batches(edges(graph), lambda row: [row["predicate"].upper()]):
            handle.write(
                f"UNWIND [\n{rows}\n] AS row\n"
                "MATCH (s:Entity {id: row.subject}) MATCH (o:Entity {id: row.object})\n"
                f"MERGE (s)-[r:`{_name(key[0])}` {{id: row.id}}]->(o)\nSET r += row;\n"
            )
    return [out]


def _batches(rows: Iterable[Row], key: Callable[[Row], list[str]]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Rows with the same labels or type, in batches; each row is a Cypher map. One unfinished batch of each is held."""
    waiting: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        batch = waiting.setdefault(found := tuple(key(row)), [])
        batch.append(to_cypher(row))
        if len(batch) == BATCH:
            yield found, ",\n".join(waiting.pop(found))
    for found, batch in waiting.items():
        yield found, ",\n".join(batch)


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
