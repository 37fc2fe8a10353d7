"""Notes: the one named graph that SPARQL updates may change, kept as ``notes.nt`` beside the graph.

Rule: a graph is made from documents and nobody edits it; what people add stands apart, survives every build, and is a text
file of theirs. Updates run on a copy of the store, made of links, which is gone when the server ends.
`docs/decisions/0006-notes-are-all-that-is-writable.md`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph import Graph
from kg.graph.folder import STORE
from kg.vocab import iri

FILE = "notes.nt"
NOTES = iri("kg:notes")
_LOCK, _COPIES = ".notes.lock", ".notes-"


class Notes:
    """The notes of a graph folder, held by one server at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / FILE
        self._lock = _take_lock(folder)
        self._made = 0
        for left in folder.glob(_COPIES + "*"):
            shutil.rmtree(left, ignore_errors=True)

    def copy(self, graph: Graph) -> Path:
        """Return a store with the graph and its notes, to be written to; `GraphError` says why there is none."""
        self._made += 1
        target = self.folder / f"{_COPIES}{os.getpid()}-{self._made}"
        try:
            ox.Store.read_only(str(graph.data / STORE)).backup(str(target))
            store = ox.Store(str(target))
            if self.file.exists():
                store.load(path=str(self.file), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(NOTES))
            store.flush()
        except (OSError, SyntaxError, ValueError) as error:
            shutil.rmtree(target, ignore_errors=True)
            raise GraphError(f"{self.file}: the notes cannot be opened ({error}); mend the file or put it aside") from error
        return target

    def close(self) -> None:
        """Remove the copies and let another server have the notes."""
        for left in self.folder.glob(f"{_COPIES}{os.getpid()}-*"):
            shutil.rmtree(left, ignore_errors=True)
        self._lock.close()


def _take_lock(folder: Path) -> IO[str]:
    try:
        handle = (folder / _LOCK).open("w")
    except OSError as error:
        raise GraphError(f"{folder}: notes cannot be written here ({error.strerror}); leave --writable out") from error
    with contextlib.suppress(ImportError):  # where there is no flock, two servers are not told apart
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            handle.close()
            raise GraphError(f"{folder}: another server writes its notes; end it first, or leave --writable out") from error
    return handle
