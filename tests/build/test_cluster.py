"""A Dask cluster gives what one process gives: same bytes, lost workers made good, bad documents named."""

from __future__ import annotations

import gzip
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import stand_in_pipeline
from stand_in_pipeline import document

import kg
from kg.build import build_graph
from kg.build.shards import put_shard, shard_names
from kg.config import Settings
from kg.errors import KgError, UsageError
from kg.model import Document

distributed = pytest.importorskip("distributed", reason="needs Dask: pip install 'pubmed-kg[dask]'")

NAMES = ["ALK", "MET", "RET", "KIT", "EGFR", "BRAF", "ROS1", "FAIL", "KRAS"]
DOCUMENTS = [document(str(number), f"{name} is here") for number, name in enumerate(NAMES)]
LOCAL = Settings(batch_size=2)


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in [folder / "manifest.json", *folder.glob("data-*/*.jsonl")]}


@pytest.fixture(scope="module")
def inside() -> Iterator[str]:
    """The address of a cluster whose one worker is a thread of this process."""
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def shared_disk(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    return f"memory://{request.node.name}"


@pytest.mark.usefixtures("stand_in")
class TestInThisProcess:
    def test_the_same_bytes_and_the_same_failures_as_here(self, inside: str, shared_disk: str, tmp_path: Path) -> None:
        here = build_graph(DOCUMENTS, tmp_path / "here", LOCAL)
        for name, shards in (("returned", ""), ("in shards", shared_disk)):
            there = build_graph(DOCUMENTS, tmp_path / name, Settings(batch_size=2, dask=inside, shards=shards))
            assert [f.document for f in there.failures] == ["7"] and there.failures == here.failures
            assert there.extracted == here.extracted == 8
            assert content(tmp_path / name) == content(tmp_path / "here")

    def test_shards_that_were_finished_are_not_made_again(self, inside: str, shared_disk: str, tmp_path: Path) -> None:
        settings = Settings(batch_size=2, dask=inside, shards=shared_disk)
        build_graph(DOCUMENTS, tmp_path / "first machine", settings)
        summary = build_graph(DOCUMENTS, tmp_path / "second machine", settings)
        assert summary.extracted == 0 and summary.documents == 8
        assert content(tmp_path / "first machine") == content(tmp_path / "second machine")

    def test_shards_of_another_version_are_left_alone(self, inside: str, shared_disk: str, tmp_path: Path) -> None:
        put_shard(shared_disk, "another version", "0123.rows", b"whatever")
        build_graph(DOCUMENTS[:2], tmp_path, Settings(dask=inside, shards=shared_disk))
        assert shard_names(shared_disk, "another version") == ["0123.rows"]

    def test_a_shard_that_is_none_is_named(self, inside: str, shared_disk: str, tmp_path: Path) -> None:
        from kg.build.extract import open_lexicon, store_version

        settings = Settings(dask=inside, shards=shared_disk)
        put_shard(shared_disk, store_version(settings, open_lexicon(settings).version), "0123.rows", b"\xff not ours")
        with pytest.raises(KgError, match=r"0123\.rows: not a file of finished work"):
            build_graph(DOCUMENTS[:2], tmp_path, settings)

    def test_workers_of_another_version_are_refused(self, inside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kg.build.cluster.store_version", lambda *_: "older")
        with pytest.raises(KgError, match="another version"):
            build_graph(DOCUMENTS[:2], tmp_path, Settings(dask=inside, max_document_chars=999))

    def test_a_worker_that_cannot_open_the_vocabulary_says_why(self, inside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(settings: Any, encode: Any) -> None:
            raise KgError("no vocabulary on this machine")

        monkeypatch.setattr("kg.build.cluster.Extractor", missing)
        with pytest.raises(KgError, match="no vocabulary on this machine"):
            build_graph(DOCUMENTS[:2], tmp_path, Settings(dask=inside, max_document_chars=998))

    @pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "not an address"])
    def test_no_cluster_there(self, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kg.build.cluster.CONNECT_SECONDS", 0.2)
        with pytest.raises(KgError, match="no Dask scheduler answers there"):
            build_graph(DOCUMENTS, tmp_path, Settings(dask=address))

    def test_a_scheduler_that_goes_away_is_named_and_the_work_is_kept(self, tmp_path: Path) -> None:
        cluster = distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None)
        settings = Settings(batch_size=1, dask=cluster.scheduler_address)
        with pytest.raises(KgError, match="the cluster was lost"):
            build_graph(DOCUMENTS, tmp_path, settings, lambda stage, done: cluster.close() if done == 2 else None)
        assert build_graph(DOCUMENTS, tmp_path, LOCAL).extracted <= 6

    def test_no_such_kind_of_path(self, inside: str, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="nosuch"):
            build_graph(DOCUMENTS, tmp_path, Settings(dask=inside, shards="nosuch://bucket/run"))


def test_shards_without_a_cluster_are_wrong_usage() -> None:
    with pytest.raises(UsageError, match="--dask ADDRESS"):
        Settings(shards="s3://bucket/run")


@pytest.mark.slow
def test_documents_that_kill_their_workers_are_named_and_the_rest_is_done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(stand_in_pipeline.SWITCH, "1")
    monkeypatch.setitem(sys.modules, "kg.nlp", stand_in_pipeline.module())
    texts = ["ALK", "DIE", "MET", "RET", "KIT", "DIE too", "EGFR", "BRAF"]
    read = [document(str(number), text) for number, text in enumerate(texts)]
    with workers(preload="stand_in_pipeline") as cluster:
        summary = build_graph(read, tmp_path / "g", Settings(batch_size=2, dask=cluster.scheduler_address))
    assert sorted((f.document, "every worker process" in f.error) for f in summary.failures) == [("1", True), ("5", True)]
    assert {d.id for d in kg.open(tmp_path / "g").read_documents()} == {"0", "2", "3", "4", "6", "7"}


@pytest.mark.slow
@pytest.mark.parametrize("shards", [False, True])
def test_a_worker_killed_in_the_middle_changes_nothing(root: Path, tmp_path: Path, shards: bool) -> None:
    """Real processes, the real pipeline, curators' statements; the victim dies with units in its hands."""
    read = statements(root, tmp_path)
    build_graph(read, tmp_path / "here", Settings(batch_size=4, profile="fast"))
    with workers() as cluster:
        killed: list[int] = []

        def kill_one(stage: str, done: int) -> None:
            if stage == "extract" and not killed:
                killed.append(cluster.workers[0].pid)
                os.kill(killed[0], signal.SIGKILL)

        settings = Settings(batch_size=4, profile="fast", dask=cluster.scheduler_address, shards=str(tmp_path / "shards") if shards else "")
        summary = build_graph(read, tmp_path / "there", settings, kill_one)
    assert killed and not summary.failures and summary.extracted == len(read)
    assert content(tmp_path / "there") == content(tmp_path / "here")


def workers(**options: Any) -> Any:
    """Two worker processes of one thread each, restarted when they die."""
    return distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, memory_limit=0, dashboard_address=None, **options)


def statements(root: Path, folder: Path) -> list[Document]:
    from kg.readers import read_documents

    with gzip.open(root / "data" / "civic_evidence.tsv.gz", "rt", encoding="utf-8") as handle:
        (folder / "statements.tsv").write_text("".join(next(handle) for _ in range(41)), encoding="utf-8")
    return [d for d in read_documents([str(folder / "statements.tsv")]) if isinstance(d, Document)]
