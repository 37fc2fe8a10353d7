"""Turtle of the union of the named graphs, for people and for tools that know no named graphs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.exports.nquads import write_serialized

if TYPE_CHECKING:
    from kg.graph import Graph


def write_turtle(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as one Turtle file."""
    return write_serialized(graph, out, ox.RdfFormat.TURTLE)
