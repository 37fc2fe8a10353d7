from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli.app import app

Run = Callable[..., Result]


def invoke(*args: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)


@pytest.fixture(scope="session")
def run() -> Run:
    """The program, in this process."""
    return invoke


@pytest.fixture(scope="session")
def statements(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty of CIViC's statements about ALK, EGFR and their drugs."""
    with gzip.open(root / "data" / "civic_evidence.tsv.gz", "rt", encoding="utf-8") as handle:
        header, *rows = handle
    chosen = [row for row in rows if "crizotinib" in row or "T790M" in row][:40]
    path = tmp_path_factory.mktemp("input") / "statements.tsv"
    path.write_text(header + "".join(chosen), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def graph(root: Path, statements: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the seed pages and the statements."""
    folder = tmp_path_factory.mktemp("built") / "graph"
    result = invoke("build", root / "data" / "seeds", statements, "--out", folder)
    assert result.exit_code == 0, result.output
    return folder
