"""What the documentation shows is so: its queries answer, its commands run, its pictures are of this version, its links lead somewhere."""

from __future__ import annotations

import json
import re
import runpy
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg.build import build_graph
from kg.cli.app import app
from kg.config import Settings
from kg.graph import Graph, write_graph
from kg.readers import read_documents

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "graph"))
from invented_world import invented_parts  # noqa: E402

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COOKBOOK = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
RECIPES = [
    pytest.param(query, id=f"{part.splitlines()[0]} {number}")
    for part in COOKBOOK.split("\n## ")[1:]
    for number, query in enumerate(re.findall(r"```sparql\n(.*?)```", part, re.DOTALL), 1)
]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("docs") / "g"
    write_graph(folder, **invented_parts())  # type: ignore[arg-type]
    return Graph.open(folder)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of data/, by the fast profile."""
    folder = tmp_path_factory.mktemp("shipped") / "graph"
    build_graph(read_documents([str(ROOT / "data")]), folder, Settings(profile="fast"))
    return Graph.open(folder)


def test_there_are_recipes() -> None:
    assert len(RECIPES) > 12 and len(RECIPES) == COOKBOOK.count("```sparql")


@pytest.mark.parametrize("query", RECIPES)
def test_every_recipe_is_sparql_that_runs(invented: Graph, query: str) -> None:
    assert invented.query(sparql=query).columns


@pytest.mark.slow
@pytest.mark.parametrize("query", RECIPES)
def test_every_recipe_answers_on_the_shipped_data(shipped: Graph, query: str) -> None:
    found = shipped.query(sparql=query, timeout=60)
    assert len(found) and not found.truncated and found.rows != ((False,),)


@pytest.mark.slow
def test_the_guide_answers_its_question(shipped: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8").split("\n## ")[1]
    commands = re.findall(r"^\$ kg (.*)$", guide, re.MULTILINE)
    monkeypatch.chdir(shipped.folder.parent)
    shown = [CliRunner().invoke(app, shlex.split(command)) for command in commands]
    assert [result.exit_code for result in shown] == [0, 0, 0]
    first, sentence, both = (result.stdout for result in shown)
    assert re.search(r"lorlatinib +sensitive +ALK C1156Y ", first) and re.search(r"lorlatinib +resistant +ALK C1156Y ", first)
    assert re.search(r"crizotinib +resistant +ALK C1156Y ", first)
    assert "L1198F" in sentence and "contradicted by" in sentence
    assert re.search(r"1 +crizotinib +sensitive +ALK C1156Y \+ L1198F ", both) and re.search(r"2 +lorlatinib +resistant", both)


def test_the_picture_of_the_schema_is_of_this_vocabulary() -> None:
    drawn = runpy.run_path(str(ROOT / "docs" / "pictures" / "schema.py"))
    assert (ROOT / "docs" / "pictures" / "schema.svg").read_text(encoding="utf-8") == drawn["picture"]() + "\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_something_that_is_there(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target) or target in ("cue", "subject", "object"):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}, target


def outputs(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [output for cell in notebook["cells"] for output in cell.get("outputs", ())]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_what_it_showed_and_nothing_of_the_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    notebook = json.loads(text)
    ran = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in ran] == list(range(1, len(ran) + 1))
    assert not [output for output in outputs(notebook) if output["output_type"] == "error" or output.get("name") == "stderr"]
    assert "widgets" not in notebook["metadata"] and "widget-view" not in text
    assert len(text) < 600_000 and str(Path.home()) not in text and "/tmp/" not in text


def test_the_notebooks_have_their_pictures() -> None:
    kinds = {
        path.stem[:2]: [kind for output in outputs(json.loads(path.read_text(encoding="utf-8"))) for kind in output.get("data", {})]
        for path in NOTEBOOKS
    }
    assert kinds["01"].count("image/svg+xml") == 1 and kinds["02"].count("image/png") == 1
    assert kinds["03"].count("image/png") == 4 and kinds["04"].count("image/png") == 1
