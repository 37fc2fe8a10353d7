"""Extraction over chunks of documents, in this process or in several, with the results in the order of the input.

Rule: results do not depend on the number of workers. At most a few chunks per worker are in flight, so that a fast reader
cannot fill the memory. A worker process that dies (out of memory, a crash in native code) costs only the document that
killed it, which becomes a `Failure`, and so does a worker that neither answers in time nor obeys its own clock (native code); workers
never outlive the process that started them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any

from kg.build.extract import STAGE, Encode, Extractor, Outcome, describe, time_for, too_slow
from kg.config import Settings
from kg.errors import KgError
from kg.model import Document, Failure
from kg.startup import process_is_ours

Chunk = Sequence[Document]
#: chunks submitted ahead of the one whose result is awaited, for each worker
AHEAD = 3
#: seconds that a worker gets past the time limit to stop by itself and answer
GRACE = 20.0


def extract_chunks(chunks: Iterable[Chunk], settings: Settings, encode: Encode) -> Iterator[tuple[Chunk, list[Outcome]]]:
    """Yield each chunk with one outcome a document: the encoded annotation, or why there is none.

    `encode` runs where the extraction runs, so it must be a function that another process can import.
    """
    if settings.workers <= 1:
        yield from _extract_here(chunks, settings, encode)
        return
    pool = _Pool(settings, encode)
    try:
        yield from pool.extract(chunks)
    finally:
        pool.stop()


def _extract_here(chunks: Iterable[Chunk], settings: Settings, encode: Encode) -> Iterator[tuple[Chunk, list[Outcome]]]:
    extractor = None
    for chunk in chunks:
        extractor = extractor or Extractor(settings, encode)  # nothing is opened when there is nothing to extract
        yield chunk, extractor.extract(chunk)


class _Pool:
    """Worker processes, started with the first chunk, that can be replaced when one of them dies."""

    def __init__(self, settings: Settings, encode: Encode) -> None:
        self.settings, self.encode = settings, encode
        self.executor: ProcessPoolExecutor | None = None
        self.opened: Future[None] = Future()

    def _submit(self, chunk: Chunk) -> Future[list[Outcome]]:
        if self.executor is None:
            context = multiprocessing.get_context("spawn")
            self.executor = ProcessPoolExecutor(self.settings.workers, context, _open_worker, (self.settings, self.encode))
            self.opened = self.executor.submit(_opened)
        try:
            return self.executor.submit(_work, tuple(chunk))
        except BrokenProcessPool as error:
            broken: Future[list[Outcome]] = Future()
            broken.set_exception(error)
            return broken

    def stop(self) -> None:
        """End the workers now, whatever they are doing."""
        executor, self.executor = self.executor, None
        if executor is None:
            return
        processes = list((executor._processes or {}).values())
        manager: Any = executor._executor_manager_thread
        executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        if manager is not None:  # it reaps the processes; left alone, it may be caught half-way by the interpreter's end
            manager.join()

    def extract(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Yield each chunk with its outcomes, in order, a bounded number of chunks in flight."""
        waiting: deque[tuple[Chunk, Future[list[Outcome]]]] = deque()
        source = iter(chunks)
        while True:
            while len(waiting) < self.settings.workers * AHEAD and (chunk := next(source, None)) is not None:
                waiting.append((chunk, self._submit(chunk)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                outcomes = self._outcomes(future, chunk)
            except (BrokenProcessPool, TimeoutError):
                outcomes = self._again(chunk)
                waiting = deque((later, self._submit(later)) for later, _ in waiting)
            yield chunk, outcomes

    def _outcomes(self, future: Future[list[Outcome]], chunk: Chunk) -> list[Outcome]:
        """Wait for the oldest chunk, at which a worker is once one is open; it may be stopped once and then have one slow document."""
        self.opened.result()
        return future.result(time_for(len(chunk), self.settings) * (1 if len(chunk) == 1 else 2) + GRACE)

    def _again(self, chunk: Chunk) -> list[Outcome]:
        """Do a chunk again after a death or a time-out: alone, and if that kills a worker too, document by document."""
        self.stop()
        try:
            return self._outcomes(self._submit(chunk), chunk)
        except BrokenProcessPool:
            self.stop()
        except TimeoutError:
            self.stop()
            if len(chunk) == 1:
                return [too_slow(chunk[0], self.settings)]
        if len(chunk) > 1:
            return [outcome for document in chunk for outcome in self._again([document])]
        problem = "the worker process died on this document (out of memory?); use fewer workers, or take the document out"
        return [Failure(chunk[0].id, STAGE, problem, chunk[0].source)]


_worker: Extractor | str = "the worker was not opened"


def _open_worker(settings: Settings, encode: Encode) -> None:
    """Open the pipeline once; an error is kept and told by the first piece of work, where the parent can see it."""
    global _worker
    process_is_ours()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _worker = Extractor(settings, encode)
    except KgError as error:
        _worker = str(error)
    except ImportError as error:
        _worker = describe(error)


def _end_with_parent() -> None:
    """A killed parent cannot stop its workers, and they would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _opened() -> None:
    """The first piece of work of a pool: done as soon as one worker is open."""


def _work(chunk: Chunk) -> list[Outcome]:
    if isinstance(_worker, str):
        raise KgError(_worker)
    return _worker.extract(chunk)
