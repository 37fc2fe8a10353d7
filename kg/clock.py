"""The time that work on a document may take, kept by the system's alarms: they ring inside Python code, loops and regular expressions alike.

Rule: only the main thread of a process can be rung out of its work; elsewhere, and on systems without alarms, nothing is bounded here
(`kg.build.pool` ends whole processes as well, whatever they are doing). What was stopped half-way is not to be used again.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: the alarm rings again after this time, should the first have been lost where Python swallows exceptions (in a destructor, say).
AGAIN = 0.25


class OutOfTime(BaseException):
    """Work was stopped; no `Exception`, so that no broad ``except`` on the way takes it for an error of its own."""


@contextmanager
def time_limit(seconds: float, work: bool = False) -> Iterator[None]:
    """Raise `OutOfTime` in what stands inside when it takes longer; with ``work`` only this process's own work counts, not waiting for input."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    done = False

    def ring(number: int, frame: FrameType | None) -> None:
        if not done:
            raise OutOfTime

    timer, number = (signal.ITIMER_VIRTUAL, signal.SIGVTALRM) if work else (signal.ITIMER_REAL, signal.SIGALRM)
    former = signal.signal(number, ring)
    signal.setitimer(timer, seconds, AGAIN)
    try:
        try:
            yield
        finally:
            done = True
    finally:
        signal.setitimer(timer, 0)
        signal.signal(number, former)
