from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from invented_world import EVIDENCE, invented_parts, write_invented

from kg.errors import GraphError
from kg.graph import Graph, verify, write_graph

HERE = Path(__file__).parent


def test_what_was_written_is_read_back(graph: Graph) -> None:
    parts = invented_parts()
    assert graph.documents == {d.id: d for d in parts["documents"]}  # type: ignore[attr-defined]
    assert graph.evidence == {e.id: e for e in EVIDENCE}
    assert list(graph.statements.values()) == parts["statements"]
    assert graph.mentions("101") == tuple(parts["mentions"]["101"])  # type: ignore[index]
    assert graph.mentions("odd file name é.txt")[0].entity_id == "HGNC:427"
    assert [f.document for f in graph.failures] == ["106"]
    assert graph.manifest["build"] == {"lexicon": "invented 1"}
    assert verify(graph.folder) == []


def test_entities_are_complete_even_if_the_caller_left_some_out(tmp_path: Path) -> None:
    parts = {**invented_parts(), "entities": []}
    write_graph(tmp_path / "g", **parts)  # type: ignore[arg-type]
    graph = Graph.open(tmp_path / "g")
    ends = {a.id or f"KGT:{a.type}/FOO%221%5C" for s in graph.statements.values() for a in (s.subject, s.object)}
    assert ends <= set(graph.entities)
    assert graph.entities["HGNC:427"].synonyms  # from the mention's grounding
    assert graph.entities["KGT:Gene/FOO%221%5C"].attribute("ungrounded") == "true"


def test_same_records_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = write_invented(tmp_path / "again")
    for ours, theirs in ((Graph.open(folder), Graph.open(again)),):
        assert ours.manifest == theirs.manifest
        assert all((ours.data / n).read_bytes() == (theirs.data / n).read_bytes() for n in ours.manifest["files"])
        assert sorted(map(str, ours.store)) == sorted(map(str, theirs.store))


def test_writing_again_replaces_the_graph_and_leaves_other_files(tmp_path: Path) -> None:
    folder = write_invented(tmp_path / "g")
    (folder / "work").mkdir()
    before = Graph.open(folder)
    write_graph(folder, documents=[], mentions={}, evidence=[], statements=[], entities=[])
    after = Graph.open(folder)
    assert (len(before.manifest["files"]), after.manifest["counts"]["statements"], len(after.statements)) == (6, 0, 0)
    assert sorted(p.name for p in folder.iterdir()) == [after.data.name, "manifest.json", "work"]


def test_the_same_build_again_loads_its_store_only_if_that_is_damaged(tmp_path: Path) -> None:
    folder = write_invented(tmp_path / "g")
    store = Graph.open(folder).data / "store"
    before = {p.name: p.stat().st_mtime_ns for p in store.iterdir()}
    write_invented(folder)
    assert {p.name: p.stat().st_mtime_ns for p in store.iterdir()} == before
    (store / "CURRENT").unlink()
    write_invented(folder)
    assert (store / "CURRENT").is_file()
    assert sorted(p.name for p in store.parent.iterdir()) == sorted([*Graph.open(folder).manifest["files"], "store"])
    assert Graph.open(folder).query("find-entity", {"text": "ALK"}).rows


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.1, 0.2, 0.3])
def test_a_killed_write_leaves_the_last_good_graph(tmp_path: Path, moment: float) -> None:
    folder = write_invented(tmp_path / "g")
    code = (
        f"import sys; sys.path.insert(0, {str(HERE)!r}); import time\n"
        "from invented_world import invented_parts; from kg.graph import write_graph; from pathlib import Path\n"
        "parts = invented_parts(); print('ready', flush=True)\n"
        f"while True: parts['manifest'] = {{'n': str(time.monotonic())}}; write_graph(Path({str(folder)!r}), **parts)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=HERE.parents[1])
    assert process.stdout is not None and process.stdout.readline() == b"ready\n"
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    graph = Graph.open(folder)
    assert len(graph.statements) == 35 and len(graph.store) > 1000 and verify(folder) == []
    write_invented(folder)
    assert len([p for p in folder.iterdir() if p.name.startswith((".part", "data-"))]) == 1


def damage_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def other_format(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "format": 99}))


def climb_out(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "data": "../elsewhere"}))


def cut_statements(folder: Path) -> None:
    path = next(folder.glob("data-*")) / "statements.jsonl"
    path.write_bytes(path.read_bytes()[:-5])


def no_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (damage_manifest, "manifest.json is damaged"),
        (other_format, "has graph format 99"),
        (climb_out, "damaged (data folder '../elsewhere')"),
        (cut_statements, "statements.jsonl is missing or damaged"),
        (no_manifest, "is no graph folder"),
    ],
)
def test_a_damaged_folder_says_what_is_wrong_and_what_helps(folder: Path, tmp_path: Path, damage: object, says: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    damage(copy)  # type: ignore[operator]
    with pytest.raises(GraphError, match="build it again") as caught:
        Graph.open(copy)
    assert says in str(caught.value)


def test_a_missing_store_is_named(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    shutil.rmtree(next(copy.glob("data-*")) / "store")
    with pytest.raises(GraphError, match="store is missing or damaged"):
        _ = Graph.open(copy).store


def test_verify_reads_every_byte(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    path = next(copy.glob("data-*")) / "evidence.jsonl"
    path.write_bytes(path.read_bytes().replace(b"NSCLC", b"NSCLD", 1))
    assert verify(copy) == [f"{path}: the checksum differs from the manifest"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GraphError, match="cannot write the graph"):
        write_invented(tmp_path / "file")


def test_a_document_without_mentions_has_none(tmp_path: Path) -> None:
    write_graph(tmp_path / "g", **{**invented_parts(), "mentions": {}})  # type: ignore[arg-type]
    assert Graph.open(tmp_path / "g").mentions("101") == ()
