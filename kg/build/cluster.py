"""Extraction on the workers of a Dask cluster that somebody else started, with the results in the order of the input.

Rule: what a worker gives is what this process would have given, so a worker with another version of the pipeline or the vocabulary is
refused. Dask does a lost worker's units again elsewhere; a document that kills every worker it is given to becomes a `Failure`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

from kg.build.catalogue import entry_of
from kg.build.extract import STAGE, Encode, Extractor, Outcome, describe, store_version
from kg.build.pool import AHEAD, Chunk
from kg.build.shards import put_shard, read_shard, shard_names
from kg.build.work import WorkStore, pack_rows
from kg.config import Settings
from kg.errors import KgError, UsageError
from kg.model import Document, Failure, content_id

CONNECT_SECONDS = 30
#: what a unit of work gives: one outcome a document, and the name of the shard that holds its annotations, if there is one.
Done = tuple[list[Outcome], str]


def extract_on_cluster(
    chunks: Iterable[Chunk], settings: Settings, encode: Encode, version: str, store: WorkStore
) -> Iterator[tuple[Chunk, list[Outcome]]]:
    """Yield each chunk with one outcome a document, like `extract_chunks`, computed by the cluster at ``settings.dask``.

    With ``settings.shards`` the workers write the annotations there, they are copied into ``store``, and the outcome is empty text.
    Raises `UsageError` without Dask, `KgError` for a cluster that cannot be reached, is lost, or has workers of another version.
    """
    client = _connect(settings.dask)
    try:
        if settings.shards:
            for name in shard_names(settings.shards, version):
                store.adopt(name, lambda name=name: read_shard(settings.shards, version, name))  # type: ignore[misc]
        for chunk, (outcomes, name) in _Units(client, settings, encode, version).extract(chunks):
            if name:
                store.adopt(name, lambda name=name: read_shard(settings.shards, version, name))  # type: ignore[misc]
            yield chunk, outcomes
    finally:
        client.close()


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--dask needs Dask; install it here and on the workers with: pip install 'pubmed-kg[dask]'") from error
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        raise KgError(
            f"{address}: no Dask scheduler answers there ({error}); give the address that it printed, such as tcp://10.0.0.1:8786"
        ) from error


class _Units:
    """Chunks on their way through the cluster, a bounded number at a time."""

    def __init__(self, client: Any, settings: Settings, encode: Encode, version: str) -> None:
        self.client, self.settings, self.encode, self.version = client, settings, encode, version

    def extract(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Done]]:
        """Yield each chunk with what was made of it, in order."""
        from distributed import KilledWorker

        waiting: deque[tuple[Chunk, Any]] = deque()
        source = iter(chunks)
        while True:
            while len(waiting) < self._ahead() and (chunk := next(source, None)) is not None:
                waiting.append((chunk, self._submit(chunk)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield chunk, self._result(future)
            except KilledWorker:
                self._let_finish([later for _, later in waiting])
                for document in chunk:
                    yield (document,), self._alone(document)

    def _ahead(self) -> int:
        with self._lost_is_named():
            threads: int = sum(self.client.nthreads().values())  # asked each time: workers come and go
        return max(1, threads) * AHEAD

    def _submit(self, chunk: Chunk) -> Any:
        with self._lost_is_named():
            return self.client.submit(_work, tuple(chunk), self.settings, self.encode, self.version, pure=False)

    def _result(self, future: Any) -> Done:
        with self._lost_is_named():
            done: Done = future.result()
        return done

    @contextmanager
    def _lost_is_named(self) -> Iterator[None]:
        """A scheduler that is gone cancels what it was doing and closes its connections."""
        try:
            yield
        except (CancelledError, OSError, RuntimeError) as error:
            if isinstance(error, RuntimeError) and self.client.status == "running":
                raise  # an error of ours, told by a worker
            problem = (
                f"{self.settings.dask}: the cluster was lost ({describe(error)}); what was finished is kept, the same command goes on from there"
            )
            raise KgError(problem) from error

    def _let_finish(self, futures: Sequence[Any]) -> None:
        """Wait for all others, so that a worker that dies now was killed by the document that it is given alone."""
        for future in futures:
            with suppress(CancelledError, OSError):  # told when its turn comes
                future.exception()

    def _alone(self, document: Document) -> Done:
        from distributed import KilledWorker

        try:
            return self._result(self._submit((document,)))
        except KilledWorker:
            problem = "every worker process that was given this document died (out of memory?); give workers more memory, or take it out"
            return [Failure(document.id, STAGE, problem, document.source)], ""


_opened: dict[tuple[Settings, Encode], Extractor] = {}
_one_at_a_time = Lock()


def _work(chunk: Chunk, settings: Settings, encode: Encode, version: str) -> Done:
    """Extract a chunk in a worker; the pipeline is opened once in each worker process and used by one thread at a time."""
    with _one_at_a_time:
        extractor = _opened.get((settings, encode))
        if extractor is None:
            extractor = _opened[settings, encode] = _open(settings, encode, version)
        outcomes = extractor.extract(chunk)
    return _to_shard(chunk, outcomes, settings, version) if settings.shards else (outcomes, "")


def _open(settings: Settings, encode: Encode, version: str) -> Extractor:
    extractor = Extractor(settings, encode)
    found = store_version(settings, extractor.lexicon.version)
    if found != version:
        raise KgError("a worker of the cluster has another version of pubmed-kg or of the vocabulary; install the same on all machines")
    return extractor


def _to_shard(chunk: Chunk, outcomes: list[Outcome], settings: Settings, version: str) -> Done:
    """Write the annotations of a chunk as a shard; failures travel back as they are."""
    rows = [(content_id(entry_of(d).digest, version), text) for d, text in zip(chunk, outcomes, strict=True) if isinstance(text, str)]
    if not rows:
        return outcomes, ""
    name, data = pack_rows(rows)
    put_shard(settings.shards, version, name, data)
    return [outcome if isinstance(outcome, Failure) else "" for outcome in outcomes], name


__all__ = ["extract_on_cluster"]
