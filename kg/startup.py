"""What a process of ours leaves out when it starts: PyTorch, which spaCy imports wherever it is installed and which nothing of ours uses.

Rule: only in a process that is ours from the start (the command line, a worker), since what spaCy has been loaded without stays unknown to it;
a program that imports us gets everything as it is. The import takes 2 s of processor time and 200 MB.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_ours: list[bool] = []


def process_is_ours() -> None:
    """Say that nothing but us runs in this process."""
    _ours.append(True)


@contextmanager
def without_torch() -> Iterator[None]:
    """Imports within find no PyTorch, if the process is ours and has not imported it; afterwards it can be imported as ever."""
    hidden = bool(_ours) and "torch" not in sys.modules
    if hidden:
        sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules["torch"]
