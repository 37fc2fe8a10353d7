from __future__ import annotations

from pathlib import Path

import pytest
from invented_world import write_invented

from kg.graph import Graph


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_invented(tmp_path_factory.mktemp("graph") / "g")


@pytest.fixture(scope="session")
def graph(folder: Path) -> Graph:
    return Graph.open(folder)
