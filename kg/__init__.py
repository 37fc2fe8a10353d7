"""From PubMed abstracts to a knowledge graph of precision oncology that can be traced to its sentences.

``kg.open("graph")`` opens a built graph, ``kg.read("...")`` reads one text without a graph; ``kg.build`` and ``kg.readers`` hold the
rest. Rule: importing this package loads nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph
    from kg.show import Reading

__version__ = "0.1.0"


def open(path: str | Path) -> Graph:
    """Open a graph folder that ``kg build`` made; raises `kg.errors.GraphError` if it is none."""
    from pathlib import Path

    from kg.graph import Graph

    return Graph.open(Path(path))


def read(text: str, profile: str = "accurate") -> Reading:
    """Return a text as `kg build` would read it: its mentions, identifiers and evidence; ``.show()`` marks them."""
    from kg.show import read_text

    return read_text(text, profile)
