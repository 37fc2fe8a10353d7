"""Turtle of the union of the named graphs, for people and for tools that know no named graphs.

Rule: each statement follows a comment that says it in names, because identifiers alone are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.exports.nquads import all_terms, serialize
from kg.exports.writing import clean, open_bytes
from kg.graph.terms import ALL_PREFIXES
from kg.model import Statement

if TYPE_CHECKING:
    from kg.graph import Graph

_SUBJECT = b"KGS:"


def write_turtle(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as one Turtle file."""
    with open_bytes(out) as handle:
        commented = _Commented(handle, ((s.id.encode(), sentence(s)) for s in graph.read_statements()))
        serialize(cast("IO[bytes]", commented), all_terms(graph, ox.RdfFormat.TURTLE), ox.RdfFormat.TURTLE, ALL_PREFIXES)
        commented.flush()
    return [out]


def sentence(statement: Statement) -> str:
    """Return a statement in names, on one line: "ALK G1202R confers resistance to crizotinib, in lung cancer"."""
    said = f"{statement.subject.name} {statement.predicate.replace('_', ' ')} {statement.object.name}"
    disease = statement.context.disease
    text = said + (f", in {disease.name}" if disease else "") + ("" if statement.asserted else " (not asserted)")
    return " ".join(clean(text).split())


class _Commented:
    """A file that puts a comment before each statement; the serializer writes a subject at the start of a line, and line ends escaped."""

    def __init__(self, handle: IO[bytes], comments: Iterator[tuple[bytes, str]]) -> None:
        self._handle, self._comments, self._rest = handle, comments, b""

    def write(self, data: bytes) -> int:
        """Write all whole lines, and hold the rest."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if line.startswith(_SUBJECT):
                key = line.partition(b" ")[0]
                found = next((comment for name, comment in self._comments if name == key), "")
                if found:  # not where the index names the statement again
                    self._handle.write(f"\n# {found}\n".encode())
            self._handle.write(line + b"\n")
        return len(data)

    def flush(self) -> None:
        """Write what is left."""
        self._handle.write(self._rest)
        self._rest = b""
