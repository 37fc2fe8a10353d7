"""A graph of hostile names to ask."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "serve"))
from hostile_world import hostile_parts

from kg.graph import write_graph


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked") / "g"
    write_graph(folder, **hostile_parts())  # type: ignore[arg-type]
    return folder
