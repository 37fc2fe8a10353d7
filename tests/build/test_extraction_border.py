"""One outcome for each document, in order, whatever the documents do and however many workers there are."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Iterator

import pytest
from stand_in_pipeline import document, encode

from kg.build.chunks import in_chunks
from kg.build.extract import Outcome
from kg.build.pool import AHEAD, extract_chunks
from kg.clock import time_limit
from kg.config import Settings
from kg.errors import KgError
from kg.model import Document, Failure

pytestmark = pytest.mark.usefixtures("stand_in")


def outcomes(documents: list[Document], **settings: object) -> list[Outcome]:
    chosen = Settings(**{"batch_size": 3, **settings})  # type: ignore[arg-type]
    return [outcome for _, found in extract_chunks(in_chunks(documents, chosen.batch_size), chosen, encode) for outcome in found]


def shown(found: list[Outcome]) -> list[str]:
    return [f"{o.document}: {o.error}" if isinstance(o, Failure) else o for o in found]


def no_worker_is_left() -> bool:
    """Whether every worker has ended; the executor's own thread may still be reaping them."""
    deadline = time.monotonic() + 5
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.02)
    return not multiprocessing.active_children()


HOSTILE = [
    ("a", "ALK is fine", "a"),
    ("b", "FAIL here", "b: ValueError: told to fail"),
    ("c", "ROS1 is fine", "c"),
    ("e", "SHIFT the offsets", "e: ValueError: mention 'SHIFT' is not at text 1-6"),
    ("f", "x" * 1001, "f: 1001 characters, more than the limit of 1000; split the document or raise --max-document-chars"),
    ("g", "MET is fine", "g"),
]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_bad_document_costs_only_itself(workers: int) -> None:
    found = outcomes([document(key, text) for key, text, _ in HOSTILE], workers=workers, max_document_chars=1000)
    assert shown(found) == [expected for *_, expected in HOSTILE]


def test_a_document_that_kills_its_worker_is_named_and_the_rest_is_done() -> None:
    texts = ["ALK", "DIE", "MET", "RET", "KIT", "DIE too", "EGFR", "BRAF"]
    found = outcomes([document(str(i), text) for i, text in enumerate(texts)], workers=2)
    died = [i for i, o in enumerate(found) if isinstance(o, Failure)]
    assert died == [1, 5]
    assert [o for o in found if isinstance(o, str)] == ["0", "2", "3", "4", "6", "7"]
    assert all("worker process died" in o.error for o in found if isinstance(o, Failure))
    assert no_worker_is_left()


STUCK = "stopped after 0.3 s; take the document out, or raise --max-document-seconds"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="alarms of POSIX")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_takes_for_ever_is_stopped_and_the_rest_is_done(workers: int) -> None:
    texts = ["ALK", "SLEEP", "MET", "SPIN", "BACKTRACK", "RET", "SWALLOW", "KIT"]
    found = outcomes([document(str(i), text) for i, text in enumerate(texts)], workers=workers, max_document_seconds=0.3)
    assert [o for o in found if isinstance(o, str)] == ["0", "2", "5", "7"]
    assert [(o.document, o.error) for o in found if isinstance(o, Failure)] == [(n, STUCK) for n in ("1", "3", "4", "6")]


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="alarms of POSIX")
def test_native_code_that_hears_no_alarm_is_ended_with_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.build.pool.GRACE", 0.5)
    texts = ["ALK", "DEAF", "MET", "RET"]
    found = outcomes([document(str(i), text) for i, text in enumerate(texts)], workers=2, max_document_seconds=0.3)
    assert [o for o in found if isinstance(o, str)] == ["0", "2", "3"]
    assert [(o.document, o.error) for o in found if isinstance(o, Failure)] == [("1", STUCK)]
    assert no_worker_is_left()


def test_work_that_is_done_in_time_hears_no_alarm() -> None:
    started = time.monotonic()
    with time_limit(0.2):
        pass
    while time.monotonic() < started + 0.6:
        pass


def test_a_fast_reader_does_not_run_ahead_of_slow_workers() -> None:
    read = 0

    def endless() -> Iterator[Document]:
        nonlocal read
        while True:
            read += 1
            yield document(str(read), "ALK")

    settings = Settings(workers=2, batch_size=2)
    results = extract_chunks(in_chunks(endless(), 2), settings, encode)
    next(results)
    time.sleep(0.05)
    results.close()  # type: ignore[attr-defined]
    assert read <= 2 * 2 * (AHEAD + 1)
    assert no_worker_is_left()


def test_workers_that_cannot_open_the_vocabulary_say_why() -> None:
    with pytest.raises(KgError, match="nowhere"):
        outcomes([document("a", "ALK")], workers=2, lexicon="nowhere")


def test_nothing_is_opened_for_no_documents() -> None:
    assert outcomes([], lexicon="nowhere") == []
