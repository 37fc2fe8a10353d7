"""TriG: Turtle with the named graphs kept apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.exports.nquads import write_serialized

if TYPE_CHECKING:
    from kg.graph import Graph


def write_trig(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as one TriG file."""
    return write_serialized(graph, out, ox.RdfFormat.TRIG)
