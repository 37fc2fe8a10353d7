"""`kg doctor` finds what is broken and says what to do; `kg diff` says what changed in statements."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from kg.build.doctor import check_graph
from kg.graph import Graph, write_graph
from kg.graph.invariants import broken_invariants
from kg.model import Evidence, Statement

Run = Callable[..., Result]


@pytest.fixture
def copied(graph: Path, tmp_path: Path) -> Path:
    return shutil.copytree(graph, tmp_path / "copy")


def states(result: Result) -> dict[str, str]:
    return {one["subject"]: one["state"] for one in json.loads(result.stdout)}


def test_a_whole_installation_and_a_whole_graph(run: Run, graph: Path) -> None:
    result = run("doctor", graph, "--json")
    assert result.exit_code == 0
    assert set(states(result).values()) <= {"ok", "warning"}
    assert {
        "python",
        "packages",
        "package files",
        "vocabulary",
        "reading a sentence",
        "manifest",
        "checksums",
        "store",
        "records",
        "work",
        "up to date",
    } <= set(states(result))


def test_the_installation_alone(run: Run) -> None:
    shown = run("doctor")
    assert shown.exit_code == 0 and "vocabulary" in shown.stdout and "manifest" not in shown.stdout


def damage_a_file(folder: Path) -> None:
    path = next(folder.glob("data-*/evidence.jsonl"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def truncate_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def lose_the_store(folder: Path) -> None:
    shutil.rmtree(next(folder.glob("data-*/store")))


def damage_the_work(folder: Path) -> None:
    path = next((folder / "work").glob("*.rows"))
    path.write_bytes(path.read_bytes()[:-40])


def lose_the_work(folder: Path) -> None:
    shutil.rmtree(folder / "work")


def leave_a_part(folder: Path) -> None:
    (folder / ".part-1").mkdir()


def age(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace('"pipeline": "', '"pipeline": "0.'))


@pytest.mark.parametrize(
    ("damage", "subject", "state", "remedy"),
    [
        (damage_a_file, "checksums", "failure", "build it again"),
        (truncate_the_manifest, "manifest", "failure", "build it again"),
        (lose_the_store, "store", "failure", "build it again"),
        (damage_the_work, "work", "failure", "remove the file"),
        (lose_the_work, "work", "warning", "keep work/"),
        (leave_a_part, "left-overs", "warning", "the next build removes them"),
        (age, "up to date", "warning", "kg renew"),
    ],
)
def test_what_is_broken_is_found_with_what_helps(copied: Path, damage: Callable[[Path], None], subject: str, state: str, remedy: str) -> None:
    damage(copied)
    (finding,) = [one for one in check_graph(copied) if one.subject == subject]
    assert finding.state == state and remedy in finding.remedy


def test_a_failure_is_the_exit_code(run: Run, tmp_path: Path) -> None:
    assert run("doctor", tmp_path / "nothing").exit_code == 1


def first(rows: list[Any], wanted: Callable[[Any], bool], change: Callable[[Any], Any]) -> list[Any]:
    number = next(n for n, row in enumerate(rows) if wanted(row))
    return [*rows[:number], change(rows[number]), *rows[number + 1 :]]


def from_text(statement: Statement) -> bool:
    return statement.source == "text"


@pytest.mark.parametrize(
    ("of_evidence", "of_statement", "rule"),
    [
        (lambda e: replace(e, start=e.start + 1), None, "a sentence is not what its offsets cut"),
        (lambda e: replace(e, cues=((0, 10**6),)), None, "a span lies outside"),
        (lambda e: replace(e, document="nowhere"), None, "evidence from a document that is not there"),
        (lambda e: replace(e, confidence=1.5), None, "a confidence is not between"),
        (None, lambda s: replace(s, n_for=s.n_for + 1), "counts are not those of its evidence"),
        (None, lambda s: replace(s, belief=1.1), "a belief is not between"),
        (None, lambda s: replace(s, evidence=()), "evidence is not that which names it"),
        (None, lambda s: replace(s, predicate="cures"), "an unknown predicate"),
    ],
)
def test_each_broken_rule_is_named_with_its_record(
    graph: Path, tmp_path: Path, of_evidence: Callable[[Evidence], Evidence] | None, of_statement: Callable[[Statement], Statement] | None, rule: str
) -> None:
    whole = Graph.open(graph)
    assert broken_invariants(whole) == []
    changed_evidence = first(list(whole.read_evidence()), lambda _: True, of_evidence) if of_evidence else list(whole.read_evidence())
    changed = first(list(whole.read_statements()), from_text, of_statement) if of_statement else list(whole.read_statements())
    write_graph(
        tmp_path / "g",
        documents=whole.read_documents(),
        mentions={key: whole.mentions(key) for key in whole.documents},
        evidence=changed_evidence,
        statements=changed,
        entities=whole.read_entities(),
    )
    assert any(rule in line for line in broken_invariants(Graph.open(tmp_path / "g")))


def test_diff_of_a_graph_with_itself_is_empty(run: Run, graph: Path) -> None:
    assert run("diff", graph, graph).stdout == "0 removed, 0 added, 0 changed\n"


def test_diff_tells_what_was_removed_added_and_changed(run: Run, graph: Path, statements: Path, tmp_path: Path) -> None:
    header, *lines = statements.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "some.tsv").write_text(header + "".join(lines[:30]), encoding="utf-8")
    assert run("build", tmp_path / "some.tsv", "--out", tmp_path / "g", "-q").exit_code == 0
    forth = run("diff", tmp_path / "g", graph, "-f", "json")
    back = run("diff", graph, tmp_path / "g", "-f", "csv")
    there, here = json.loads(forth.stdout), list(csv.DictReader(io.StringIO(back.stdout)))
    added = {row["statement"] for row in there if row["change"] == "added"}
    assert added and added == {row["statement"] for row in here if row["change"] == "removed"}
    assert all(row["belief_before"] is None and row["documents_added"] for row in there if row["change"] == "added")
    assert {row["statement"] for row in there if row["change"] == "changed"} == {row["statement"] for row in here if row["change"] == "changed"}
    assert f"{len(added)} added" in forth.stderr
    assert run("diff", graph, tmp_path / "nothing").exit_code == 1
