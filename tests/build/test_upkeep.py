"""A graph that grows, is corrected, loses documents and is renewed: each step costs its own documents and ends with the bytes of a fresh build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kill_builds import content

import kg
import kg.nlp.pipeline
from kg.build import build_graph
from kg.build.upkeep import find_stale, remove_documents, renew_graph
from kg.config import Settings
from kg.errors import GraphError, UsageError
from kg.lexicon import Lexicon
from kg.model import Document, Section

SETTINGS = Settings(batch_size=2, profile="fast")


def record(pmid: str, text: str, version: int = 1, key: str = "") -> Document:
    return Document(key or pmid, (Section("abstract", text),), pmid=pmid, version=version)


FIRST = record("1", "ALK G1202R confers resistance to crizotinib in non-small cell lung cancer.")
SECOND = record("2", "EGFR T790M confers resistance to gefitinib in lung adenocarcinoma.")
THIRD = record("3", "In non-small cell lung cancer, ALK G1202R confers resistance to crizotinib.")
CORRECTED = record("2", "EGFR C797S confers resistance to osimertinib in lung adenocarcinoma.", version=2)
NOTE = record("2", "EGFR T790M confers resistance to erlotinib.", key="note-17")


@pytest.fixture(autouse=True, scope="module")
def opened_once() -> Iterator[None]:
    """Vocabulary and pipeline are opened once for all tests of this file."""
    with pytest.MonkeyPatch.context() as patch:
        lexicon = Lexicon.open()
        patch.setattr(Lexicon, "open", classmethod(lambda cls, path=None: lexicon))
        patch.setattr(Lexicon, "close", lambda self: None)
        pipeline = kg.nlp.Pipeline(SETTINGS, lexicon)
        patch.setattr(kg.nlp, "Pipeline", lambda settings, lexicon: pipeline)
        yield


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that the pipeline is given, in order."""
    seen: list[str] = []
    annotate_one = kg.nlp.pipeline.Pipeline.annotate_one

    def noted(self: kg.nlp.pipeline.Pipeline, document: Document) -> object:
        seen.append(document.id)
        return annotate_one(self, document)

    monkeypatch.setattr(kg.nlp.pipeline.Pipeline, "annotate_one", noted)
    return seen


def build(folder: Path, *documents: Document) -> Path:
    build_graph(documents, folder, SETTINGS)
    return folder


def graph_files(folder: Path) -> dict[str, str]:
    """The graph without the build's own cache, whose files show in which steps it grew."""
    return {name: digest for name, digest in content(folder).items() if not name.startswith("work/")}


def said(folder: Path) -> set[str]:
    """What the evidence of a graph says, and where."""
    return {f"{e.document}: {e.subject.name} {e.predicate} {e.object.name}" for e in kg.open(folder).read_evidence()}


def test_adding_documents_costs_only_their_own_extraction(tmp_path: Path, extracted: list[str]) -> None:
    build(tmp_path / "g", FIRST, SECOND)
    assert extracted == ["1", "2"]
    build(tmp_path / "g", SECOND, THIRD, FIRST)
    assert extracted == ["1", "2", "3"]
    assert graph_files(tmp_path / "g") == graph_files(build(tmp_path / "fresh", FIRST, SECOND, THIRD))


def test_a_newer_version_of_a_record_replaces_its_evidence(tmp_path: Path, extracted: list[str]) -> None:
    build(tmp_path / "g", FIRST, SECOND)
    assert "2: EGFR T790M confers_resistance_to gefitinib" in said(tmp_path / "g")
    build(tmp_path / "g", CORRECTED)
    assert extracted == ["1", "2", "2"]
    assert said(tmp_path / "g") == {"1: ALK G1202R confers_resistance_to crizotinib", "2: EGFR C797S confers_resistance_to osimertinib"}
    assert graph_files(tmp_path / "g") == graph_files(build(tmp_path / "fresh", FIRST, CORRECTED))
    build(tmp_path / "g", SECOND)  # the former version, read again, changes nothing
    assert graph_files(tmp_path / "g") == graph_files(tmp_path / "fresh")


REMOVED: list[tuple[list[str], list[Document]]] = [
    (["1"], [SECOND, THIRD, NOTE]),
    (["PMID:3", "note-17"], [FIRST, SECOND]),
    (["PMID:2"], [FIRST, THIRD]),  # every record of the publication
    (["2"], [FIRST, THIRD, NOTE]),  # the document of that id
]


@pytest.mark.parametrize(("names", "left"), REMOVED)
def test_a_removed_document_takes_its_evidence_with_it(tmp_path: Path, extracted: list[str], names: list[str], left: list[Document]) -> None:
    build(tmp_path / "g", FIRST, SECOND, THIRD, NOTE)
    summary = remove_documents(tmp_path / "g", names)
    assert summary.deleted == 4 - len(left) and summary.extracted == 0 and len(extracted) == 4
    assert graph_files(tmp_path / "g") == graph_files(build(tmp_path / "fresh", *left))


def test_the_only_witness_takes_its_statement_along(tmp_path: Path) -> None:
    folder = build(tmp_path / "g", FIRST, SECOND, THIRD)
    (crizotinib,) = [s for s in kg.open(folder).read_statements() if s.source == "text" and s.object.name == "crizotinib" and s.n_for == 2]
    remove_documents(folder, ["1"])
    assert kg.open(folder).statements[crizotinib.id].n_for == 1
    remove_documents(folder, ["3"])
    assert crizotinib.id not in kg.open(folder).statements


def test_a_publication_is_removed_with_all_its_records(tmp_path: Path) -> None:
    folder = build(tmp_path / "g", FIRST, NOTE, record("2", "EGFR T790M confers resistance to gefitinib.", key="note-18"))
    remove_documents(folder, ["PMID:2"])
    assert set(kg.open(folder).documents) == {"1"}


def test_a_graph_may_lose_its_last_document(tmp_path: Path) -> None:
    remove_documents(build(tmp_path / "g", FIRST), ["1"])
    assert kg.open(tmp_path / "g").manifest["counts"]["documents"] == 0
    assert not said(tmp_path / "g")


def test_what_is_not_there_is_named_and_nothing_is_removed(tmp_path: Path) -> None:
    folder = build(tmp_path / "g", FIRST)
    before = content(folder)
    with pytest.raises(UsageError, match=r"no document 'PMID:99', '\.\./x'; nothing was removed"):
        remove_documents(folder, ["1", "PMID:99", "../x"])
    assert content(folder) == before
    with pytest.raises(GraphError, match="no graph folder"):
        remove_documents(tmp_path / "none", ["1"])


def new_pipeline(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(kg.nlp.pipeline, "PIPELINE_VERSION", "99")


def new_vocabulary(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Lexicon, "version", "of-tomorrow")


CHANGES: list[tuple[Callable[[pytest.MonkeyPatch], None], str]] = [(new_pipeline, "installed is 99"), (new_vocabulary, "installed is of-tomorrow")]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_stale_evidence_is_counted_and_renewed(
    tmp_path: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch, change: Callable[[pytest.MonkeyPatch], None], words: str
) -> None:
    folder = build(tmp_path / "g", FIRST, SECOND)
    made_by = kg.open(folder).manifest["build"]
    assert find_stale(folder, made_by) == (0, "")
    change(monkeypatch)
    count, differ = find_stale(folder, made_by)
    assert count == 2 and words in differ
    extracted.clear()
    assert renew_graph(folder).extracted == 2 and extracted == ["1", "2"]
    assert find_stale(folder, kg.open(folder).manifest["build"]) == (0, "")
    assert graph_files(folder) == graph_files(build(tmp_path / "fresh", FIRST, SECOND))
    assert renew_graph(folder).extracted == 0


def test_the_recognizers_weights_are_part_of_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    accurate, fast = Settings(), Settings(profile="fast")
    before = [kg.nlp.extraction_version(settings) for settings in (accurate, fast)]
    monkeypatch.setattr(kg.nlp.pipeline, "sha256", lambda path: "0" * 64)
    after = [kg.nlp.extraction_version(settings) for settings in (accurate, fast)]
    assert before[0] != after[0] and before[1] == after[1]


def test_what_is_removed_from_a_stale_graph_is_not_read_again(tmp_path: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build(tmp_path / "g", FIRST, SECOND)
    new_pipeline(monkeypatch)
    extracted.clear()
    assert remove_documents(folder, ["1"]).deleted == 1
    assert extracted == ["2"]
