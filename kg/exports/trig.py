"""TriG: Turtle with the named graphs kept apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.exports.nquads import all_terms, serialize
from kg.exports.writing import open_bytes
from kg.graph.terms import ALL_PREFIXES

if TYPE_CHECKING:
    from kg.graph import Graph


def write_trig(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as one TriG file."""
    with open_bytes(out) as handle:
        serialize(handle, all_terms(graph, ox.RdfFormat.TRIG), ox.RdfFormat.TRIG, ALL_PREFIXES)
    return [out]
