"""A graph is a function of its documents: whatever the order, the cuts, the restarts and the number of workers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from stand_in_pipeline import document

import kg
from kg.build import NothingBuilt, build_graph
from kg.build.lock import locked
from kg.config import Settings
from kg.errors import GraphError
from kg.model import Document, Failure
from kg.resources import resource

pytestmark = pytest.mark.usefixtures("stand_in")

A, B, C = document("a", "ALK is here"), document("b", "MET is here"), document("c", "RET is here")
SETTINGS = Settings(batch_size=2)


def content(folder: Path) -> dict[str, bytes]:
    """The graph's records; the store is made from them."""
    return {p.name: p.read_bytes() for p in [folder / "manifest.json", *folder.glob("data-*/*.jsonl")]}


def documents(folder: Path) -> dict[str, str]:
    return {d.id: d.sections[0].text for d in kg.open(folder).read_documents()}


def test_order_of_the_inputs_does_not_matter(tmp_path: Path) -> None:
    build_graph([A, B, C], tmp_path / "1", SETTINGS)
    build_graph([C, A, B, A], tmp_path / "2", SETTINGS)
    assert content(tmp_path / "1") == content(tmp_path / "2")


def test_documents_added_later_are_the_same_as_all_at_once(tmp_path: Path) -> None:
    build_graph([A, B, C], tmp_path / "1", SETTINGS)
    build_graph([C], tmp_path / "2", SETTINGS)
    summary = build_graph([B, A], tmp_path / "2", SETTINGS)
    assert (summary.documents, summary.extracted) == (3, 2)
    assert content(tmp_path / "1") == content(tmp_path / "2")


def test_what_was_extracted_is_not_extracted_again(tmp_path: Path) -> None:
    assert build_graph([A, B], tmp_path, SETTINGS).extracted == 2
    before = content(tmp_path)
    assert build_graph([B, A], tmp_path, SETTINGS).extracted == 0
    assert content(tmp_path) == before


def test_a_changed_document_replaces_the_former_one(tmp_path: Path) -> None:
    build_graph([A, B], tmp_path, SETTINGS)
    summary = build_graph([document("a", "ROS1 is new")], tmp_path, SETTINGS)
    assert (summary.extracted, summary.replaced) == (1, 1)
    assert documents(tmp_path) == {"a": "ROS1 is new", "b": "MET is here"}


def test_an_older_version_does_not_replace_a_newer_one(tmp_path: Path) -> None:
    build_graph([document("a", "ALK second", version=2)], tmp_path, SETTINGS)
    build_graph([document("a", "ALK first", version=1)], tmp_path, SETTINGS)
    assert documents(tmp_path) == {"a": "ALK second"}


def test_a_deleted_citation_leaves_the_graph(tmp_path: Path) -> None:
    build_graph([A, B], tmp_path, SETTINGS)
    summary = build_graph([document("a", "", kind="deleted")], tmp_path, SETTINGS)
    assert summary.deleted == 1
    assert documents(tmp_path) == {"b": "MET is here"}


def test_other_settings_extract_every_document_again(tmp_path: Path) -> None:
    build_graph([A, B], tmp_path, SETTINGS)
    other = Settings(batch_size=2, keep_ungrounded=True)
    assert build_graph([C], tmp_path, other).extracted == 3
    build_graph([A, B, C], tmp_path / "fresh", other)
    assert content(tmp_path) == content(tmp_path / "fresh")


def test_failures_are_told_listed_and_tried_again(tmp_path: Path) -> None:
    read = [A, Failure("x", "read", "not XML", "x.xml"), document("bad", "FAIL")]
    summary = build_graph(read, tmp_path, SETTINGS)
    assert sorted((f.document, f.stage) for f in summary.failures) == [("bad", "extract"), ("x", "read")]
    assert [json.loads(line)["document"] for line in (tmp_path / "work" / "failures.jsonl").read_text().splitlines()] == ["x", "bad"]
    summary = build_graph([document("bad", "KIT is mended")], tmp_path, SETTINGS)
    assert not summary.failures and set(documents(tmp_path)) == {"a", "bad"}


def test_a_failure_does_not_take_the_graph_that_was_there(tmp_path: Path) -> None:
    build_graph([A], tmp_path, SETTINGS)
    assert build_graph([document("bad", "FAIL")], tmp_path, SETTINGS).failures
    assert documents(tmp_path) == {"a": "ALK is here"}


def test_nothing_to_build_is_an_error_that_carries_the_failures(tmp_path: Path) -> None:
    with pytest.raises(NothingBuilt, match="no document found"):
        build_graph([], tmp_path / "g", SETTINGS)
    with pytest.raises(NothingBuilt) as caught:
        build_graph([document("bad", "FAIL")], tmp_path / "g", SETTINGS)
    assert [f.document for f in caught.value.failures] == ["bad"]


def test_work_that_was_lost_is_named_not_forgotten(tmp_path: Path) -> None:
    build_graph([A, B], tmp_path, Settings(batch_size=1))
    next((tmp_path / "work").glob("*.rows")).unlink()
    summary = build_graph([C], tmp_path, SETTINGS)
    assert [f.stage for f in summary.failures] == ["store"] and summary.documents == 2


def test_a_retracted_publication_is_flagged(tmp_path: Path) -> None:
    pmid = (resource("ontologies/lexicon") / "retractions.txt").read_text().split()[0]
    build_graph([document("r", "ALK", pmid=pmid), A], tmp_path, SETTINGS)
    assert {d.id: d.retracted for d in kg.open(tmp_path).read_documents()} == {"a": False, "r": True}


def test_two_builds_on_one_graph_exclude_each_other(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(GraphError, match="another build is writing this graph"):
        build_graph([A], tmp_path, SETTINGS)
    assert build_graph([A], tmp_path, SETTINGS).documents == 1


HOSTILE_IDS = ["../../etc/passwd", "a/b\\c", "nul\x00", "\ud800", "<script>", "é" * 300, "x\n{}", "PMID:1 . } DROP ALL"]


def test_hostile_document_ids_are_only_data(tmp_path: Path) -> None:
    build_graph([Document(key, A.sections) for key in HOSTILE_IDS], tmp_path / "g", SETTINGS)
    assert set(documents(tmp_path / "g")) == set(HOSTILE_IDS)
    assert [p.name for p in tmp_path.iterdir()] == ["g"]
