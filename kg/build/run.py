"""Building a graph: read, extract, assemble, store; from nothing, on from where a killed build stopped, or on top of a former one.

Rule: the graph is a function of the documents it holds and of the versions that extracted them, never of how the work was cut
up. Until the last step the former graph stays as it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from kg.build.catalogue import Catalogue, Entry, entry_of, read_catalogue, write_catalogue
from kg.build.chunks import flag_retracted, in_chunks, without_failures
from kg.build.extract import Outcome, open_lexicon, store_version
from kg.build.lock import locked
from kg.build.pool import Chunk, extract_chunks
from kg.build.project import Annotated, Counts, project
from kg.build.rows import encode_row, read_document
from kg.build.work import WorkStore
from kg.config import Settings
from kg.errors import GraphError, KgError, ReadError
from kg.model import Document, Failure, content_id
from kg.records import write_jsonl

#: called with what is being done and how many documents are done
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: documents in the graph, of these extracted now, taken out or replaced; what the graph holds; failures."""

    documents: int
    extracted: int
    replaced: int
    deleted: int
    counts: Counts
    failures: tuple[Failure, ...]
    seconds: float


class NothingBuilt(ReadError):
    """There is no document to build a graph of; carries the failures that left none."""

    def __init__(self, failures: Iterable[Failure]) -> None:
        self.failures = tuple(failures)
        problem = f"none of the {len(self.failures)} documents could be processed" if self.failures else "no document found"
        super().__init__("the inputs", problem, "give at least one document that can be read")


def build_graph(
    read: Iterable[Document | Failure], folder: Path, settings: Settings, progress: Progress | None = None, remove: Collection[str] = ()
) -> Summary:
    """Add documents to the graph in a folder (made if it is not there), take those to ``remove`` out, and return what was done.

    Raises `GraphError` if another build holds the folder or it cannot be written, `NothingBuilt` if there is no document at all.
    """
    started = time.monotonic()
    _check_target(folder)
    try:
        with locked(folder), open_lexicon(settings) as lexicon:
            build = _Build(folder, settings, lexicon.version, progress or (lambda stage, done: None), frozenset(remove))
            build.extract(flag_retracted(build.documents(read), lexicon))
            live = build.live()
            counts = project(folder, Annotated(build.store, live, build.progress), lexicon, settings, build.failures)
            build.finish()
    except OSError as error:  # of reading there is none here: readers and stores name what they cannot read
        raise _cannot_write(folder, error) from error
    catalogue = build.catalogue
    return Summary(len(live), build.extracted, catalogue.replaced, catalogue.deleted, counts, tuple(build.failures), time.monotonic() - started)


def _cannot_write(folder: Path, error: OSError) -> GraphError:
    where = f" {error.filename}" if error.filename else ""
    return GraphError(f"{folder}: cannot write{where} ({error.strerror or error}); free space or choose a folder you may write to. {_KEPT}")


_KEPT = "The graph that was there is as it was, what was extracted is kept, and the same command goes on from there"


def _check_target(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise KgError(f"{folder}: is a file; --out takes a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "work").is_dir():
        raise KgError(f"{folder}: is a folder with other things in it; choose an empty one, or one that kg build made")


class _Build:
    """The state of one build: what is in the store, what is in the catalogue, what failed."""

    def __init__(self, folder: Path, settings: Settings, lexicon_version: str, progress: Progress, remove: frozenset[str]) -> None:
        self.settings, self.progress = settings, progress
        self.version = store_version(settings, lexicon_version)
        self.path = folder / "work" / "documents.json"
        self.store = WorkStore(folder / "work")
        self.former_version, listed = read_catalogue(self.path)
        self.former = [(name, entry) for name, entry in listed if name not in remove]  # first of all: what goes is not extracted again
        self.catalogue = Catalogue(self.former if self.former_version == self.version else ())
        self.catalogue.deleted = len(listed) - len(self.former)
        self.failures: list[Failure] = []
        self.extracted = 0

    def key(self, entry: Entry, version: str = "") -> str:
        """The store's key of a document as extracted by this version, or by another one."""
        return content_id(entry.digest, version or self.version)

    def documents(self, read: Iterable[Document | Failure]) -> Iterator[Document]:
        """The documents of this build; before them, those of a former build that another version extracted."""
        return without_failures(chain(self._outdated(), read), self.failures.append)

    def _outdated(self) -> Iterator[Document | Failure]:
        if self.former_version == self.version:
            return
        for name, entry in self.former:
            key = self.key(entry, self.former_version)
            if key in self.store:
                yield read_document(self.store.read(key))[0]
            else:
                yield Failure(name, "store", "its file under work/ is gone; give the input that it came from again")

    def extract(self, documents: Iterable[Document]) -> None:
        """Extract what is not in the store yet, and keep each chunk as soon as it is done."""
        seen = 0
        for chunk, outcomes in self._outcomes(in_chunks(self._new(documents), self.settings.batch_size)):
            rows = []
            for document, outcome in zip(chunk, outcomes, strict=True):
                if isinstance(outcome, Failure):
                    self.failures.append(outcome)
                else:
                    rows.append((self.key(entry_of(document)), outcome))
            if missing := [(key, text) for key, text in rows if key not in self.store]:
                self.store.write(missing)
            self.extracted += len(rows)
            seen += len(chunk)
            self.progress("extract", seen)

    def _outcomes(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        if not self.settings.dask:
            return extract_chunks(chunks, self.settings, encode_row)
        from kg.build.cluster import extract_on_cluster

        return extract_on_cluster(chunks, self.settings, encode_row, self.version, self.store)

    def _new(self, documents: Iterable[Document]) -> Iterator[Document]:
        pending: set[str] = set()
        for document in documents:
            entry = self.catalogue.offer(document)
            if entry is not None and (key := self.key(entry)) not in self.store and key not in pending:
                pending.add(key)
                yield document

    def live(self) -> list[tuple[str, str]]:
        """The (id, key) of each document of the graph by id; one that was listed but has no annotation is a failure."""
        named = {failure.document for failure in self.failures}
        found = []
        for name, entry in sorted(self.catalogue.entries.items()):
            if self.key(entry) in self.store:
                found.append((name, self.key(entry)))
            elif name not in named:
                self.failures.append(Failure(name, "store", "its file under work/ is gone; give the input that it came from again"))
        if not found and not self.catalogue.deleted:
            raise NothingBuilt(self.failures)
        return found

    def finish(self) -> None:
        """List the documents of the graph and throw away what belongs to none of them."""
        entries = [(name, entry) for name, entry in sorted(self.catalogue.entries.items()) if self.key(entry) in self.store]
        write_catalogue(self.path, self.version, self.settings.kept, entries)
        write_jsonl(self.path.with_name("failures.jsonl"), self.failures)
        self.store.keep_only({self.key(entry) for _, entry in entries})
