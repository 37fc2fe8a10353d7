"""What a server may spend on a query and on a client.

Rule: every limit has a number here, and the text of a refusal says it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field


def _workers() -> int:
    return max(2, min(4, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits of a server; times in seconds, sizes in bytes.

    ``workers`` is the number of queries that run at once, ``waiting`` how many more may wait,
    and ``patience`` how long, for one of them to end. ``slow_request`` is the time that a request may take to arrive,
    ``slow_reader`` the time in which a client must take more of its answer. Every ``watch`` seconds the server looks whether
    the graph was built again. ``writable`` takes updates of the notes (`notes`).
    """

    timeout: float = 30.0
    max_rows: int = 100_000
    max_answer: int = 64 * 2**20
    max_request: int = 2 * 2**20
    max_memory: int = 2 * 2**30
    workers: int = field(default_factory=_workers)
    waiting: int = 100
    patience: float = 30.0
    slow_request: float = 10.0
    slow_reader: float = 60.0
    watch: float = 2.0
    writable: bool = False
