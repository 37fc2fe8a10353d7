"""A graph of hostile names, and a client of the application over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_world import hostile_parts
from starlette.testclient import TestClient

from kg.graph import Graph, write_graph
from kg.serve import Settings, create_app


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "g"
    write_graph(folder, **hostile_parts())  # type: ignore[arg-type]
    return folder


@pytest.fixture(scope="session")
def graph(folder: Path) -> Graph:
    return Graph.open(folder)


@pytest.fixture(scope="session")
def client(graph: Graph) -> Iterator[TestClient]:
    app = create_app(graph, Settings(timeout=5, max_rows=2000, workers=2))
    with TestClient(app, follow_redirects=False) as client:
        yield client
