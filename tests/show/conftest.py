"""A graph of hostile names to show."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "serve"))
from hostile_world import hostile_parts

from kg.graph import Graph, write_graph


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("shown") / "g"
    write_graph(folder, **hostile_parts())  # type: ignore[arg-type]
    return Graph.open(folder)
