"""`kg serve` under load: no crash, no leak of processes, files or memory, and the limits hold.

The long form prints figures: ``python tests/serve/load.py GRAPH``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import httpx
import pytest
from load import Held, Load, held, settle
from test_serve_command import served

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks processes up in /proc")


def under_load(root: Path, folder: Path, clients: int, each: int) -> tuple[Load, Held, Held]:
    with served(root, folder, "--timeout", "0.6") as (address, process):
        load = Load(address)
        load.run(clients, 3)
        before = settle(process.pid, Held(5, 25, 0, 0))
        load.run(clients, each)
        after = settle(process.pid, before)
        assert process.poll() is None and httpx.get(address + "/", timeout=20).status_code == 200
        assert held(process.pid).processes <= 5
        process.terminate()
        _, errors = process.communicate(timeout=20)
        assert "Traceback" not in errors, errors
    return load, before, after


def check(load: Load, before: Held, after: Held) -> None:
    assert not load.wrong, load.wrong[:5]
    assert after.processes <= max(before.processes, 5)
    assert after.files <= before.files + 6  # three for each query process that has come since
    assert after.memory < before.memory + 30
    assert after.largest < 150


def test_eighty_requests_of_eight_clients(root: Path, folder: Path) -> None:
    check(*under_load(root, folder, 8, 10))


@pytest.mark.slow
def test_six_thousand_requests_of_thirty_clients(root: Path, folder: Path) -> None:
    load, before, after = under_load(root, folder, 30, 200)
    check(load, before, after)
    assert sum(load.answers.values()) > 6000
