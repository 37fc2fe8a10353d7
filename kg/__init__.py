"""From PubMed abstracts to a knowledge graph of precision oncology that can be traced to its sentences.

``kg.open("graph")`` opens a built graph; ``kg.build`` and ``kg.readers`` hold the rest. Rule: importing this package loads nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph

__version__ = "0.1.0"


def open(path: str | Path) -> Graph:
    """Open a graph folder that ``kg build`` made; raises `kg.errors.GraphError` if it is none."""
    from pathlib import Path

    from kg.graph import Graph

    return Graph.open(Path(path))
