"""The lock of a graph folder: two builds on one graph exclude each other.

Rule: the operating system holds the lock, so a killed build leaves none behind; the file itself may stay.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import GraphError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; `GraphError` at once if another process holds it."""
    path = folder / "work" / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            _take(handle)
        except OSError as error:
            raise GraphError(f"{folder}: another build is writing this graph; wait until it ends, or choose another --out") from error
        yield


def _take(handle: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
