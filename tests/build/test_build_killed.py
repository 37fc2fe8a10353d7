"""Builds that are killed, starved of disk or kept from writing: the graph that was there stays whole, and the next run ends as if nothing had been.

The long form prints what was going on at each kill: ``python tests/build/kill_builds.py --kills 60``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from kill_builds import Killer, content, kill_often, readable
from nursery import Nursery

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks, signals and limits of Linux")
NOBODY = 65534


@pytest.fixture(scope="module")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    with Nursery() as nursery:
        yield Killer(nursery, tmp_path_factory.mktemp("killed"))


def test_killed_at_three_moments_and_run_again(killer: Killer) -> None:
    assert len(list(kill_often(killer, 3, seed=11))) == 3


@pytest.mark.slow
def test_killed_at_every_change_of_the_files(killer: Killer) -> None:
    for change in range(1, killer.changes + 1):
        killer.kill_at(change)


@pytest.mark.slow
def test_killed_at_sixty_moments_and_run_again(killer: Killer) -> None:
    assert len(list(kill_often(killer, 60, seed=12))) == 60
    assert len(killer.moments) >= 4, killer.moments


def fails_cleanly(killer: Killer, argv: list[object], graph: Path, words: str, **how: object) -> None:
    """The build ends with one line that says what to do; the graph is as it was; nothing half-written is left."""
    end = killer.nursery.run(argv, killer.log, **how)
    text = killer.log.read_text()
    assert end["status"] == 1, f"{end} {text}"
    assert text.startswith("kg: ") and text.count("\n") == 1 and words in text, text
    assert readable(graph) == killer.before
    assert not [*graph.glob(".part-*"), *graph.glob("*.part"), *graph.glob("work/*.part")]


def some(default: list[int], further: list[int]) -> list[object]:
    return [*default, *(pytest.param(value, marks=pytest.mark.slow) for value in further)]


@pytest.mark.parametrize("limit", some([12_000], [500, 5_000, 20_000, 60_000]))
def test_files_that_may_not_grow(killer: Killer, limit: int) -> None:
    graph = killer.copy("limited")
    argv = ["build", killer.update, *killer.options(graph)]
    fails_cleanly(killer, argv, graph, "free space", limit_file=limit)
    assert killer.nursery.run(argv, killer.log)["status"] == 0
    assert content(graph) == killer.expected


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that can be made full; the test is skipped where none can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", disk], capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("room", some([1500], [0, 8, 40, 120, 400]))
def test_a_full_disk(killer: Killer, small_disk: Path, room: int) -> None:
    """``room`` is how many KiB are left when the update starts."""
    graph = shutil.copytree(killer.former, small_disk / "g")
    filler = small_disk / "filler"
    with filler.open("wb") as handle:
        handle.truncate(0)
        os.posix_fallocate(handle.fileno(), 0, shutil.disk_usage(small_disk).free - room * 1024)
    argv = ["build", killer.update, *killer.options(graph)]
    fails_cleanly(killer, argv, graph, "No space left on device")
    filler.unlink()
    assert killer.nursery.run(argv, killer.log)["status"] == 0
    assert content(graph) == killer.expected


def test_a_file_system_that_is_read_only(killer: Killer, small_disk: Path) -> None:
    graph = shutil.copytree(killer.former, small_disk / "g")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    fails_cleanly(killer, ["build", killer.update, *killer.options(graph)], graph, "Read-only file system")
    fails_cleanly(killer, ["remove", graph, "PMID:101"], graph, "Read-only file system")
    assert killer.nursery.run(["info", graph], killer.log)["status"] == 0
    assert killer.nursery.run(["query", graph, "summary"], killer.log)["status"] == 0


def test_a_folder_of_somebody_else(killer: Killer) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs the right to become somebody else")
    graph = killer.copy("foreign")
    for path in [*graph.parents][:3]:
        if path.stat().st_uid == 0 and str(path).startswith("/tmp/"):
            path.chmod(0o755)
    fails_cleanly(killer, ["build", killer.update, *killer.options(graph)], graph, "Permission denied", user=NOBODY)
