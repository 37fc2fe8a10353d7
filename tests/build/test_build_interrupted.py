"""Real processes, the real pipeline: killed at any moment, with any number of workers, the graph ends with the same bytes."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture(scope="module")
def statements(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with gzip.open(root / "data" / "civic_evidence.tsv.gz", "rt", encoding="utf-8") as handle:
        lines = [next(handle) for _ in range(61)]
    path = tmp_path_factory.mktemp("input") / "statements.tsv"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def start(root: Path, source: Path, out: Path, workers: int = 1) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kg", "build", str(source), "--out", str(out), "--batch-size", "4", "--workers", str(workers)]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def build(root: Path, source: Path, out: Path, workers: int = 1) -> str:
    process = start(root, source, out, workers)
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    return output


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in [folder / "manifest.json", *folder.glob("data-*/*.jsonl")]}


def wait_for(condition: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.005)


def chunks(out: Path) -> int:
    return len(list((out / "work").glob("*.rows")))


@pytest.fixture(scope="module")
def expected(root: Path, statements: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("whole") / "g"
    build(root, statements, out)
    return content(out)


@pytest.mark.slow
def test_two_workers_give_the_same_bytes(root: Path, statements: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    build(root, statements, tmp_path / "g", workers=2)
    assert content(tmp_path / "g") == expected


MOMENTS = {
    "before the first chunk": lambda out: (out / "work" / "lock").exists(),
    "after a chunk": lambda out: chunks(out) >= 1,
    "in the middle": lambda out: chunks(out) >= 7,
    "while the graph is written": lambda out: any(out.glob(".part-*")),
}


@pytest.mark.slow
@pytest.mark.parametrize(("moment", "workers"), [*((moment, 1) for moment in MOMENTS), ("in the middle", 2)])
def test_killed_and_run_again(root: Path, statements: Path, expected: dict[str, bytes], tmp_path: Path, moment: str, workers: int) -> None:
    out = tmp_path / "g"
    process = start(root, statements, out, workers)
    wait_for(lambda: MOMENTS[moment](out) or process.poll() is not None)
    process.kill()
    process.communicate()
    done = chunks(out)
    output = build(root, statements, out)
    assert content(out) == expected
    extracted = next(line for line in output.splitlines() if "extracted now" in line)
    assert int(extracted.split()[-1]) <= 60 - 4 * max(0, done - 1)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks processes up in /proc")
def test_workers_do_not_outlive_a_killed_build(root: Path, statements: Path, tmp_path: Path) -> None:
    process = start(root, statements, tmp_path / "g", workers=2)
    wait_for(lambda: chunks(tmp_path / "g") >= 1)
    children = [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    process.kill()
    process.communicate()
    assert children
    wait_for(lambda: not any(alive(pid) for pid in children), seconds=20)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_interrupted_from_the_keyboard_ends_cleanly(root: Path, statements: Path, tmp_path: Path, workers: int) -> None:
    process = start(root, statements, tmp_path / "g", workers)
    wait_for(lambda: chunks(tmp_path / "g") >= 1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "goes on from there" in errors and "Traceback" not in errors


@pytest.mark.slow
def test_a_second_build_is_refused_while_one_runs(root: Path, statements: Path, tmp_path: Path) -> None:
    first = start(root, statements, tmp_path / "g")
    wait_for(lambda: (tmp_path / "g" / "work" / "lock").exists())
    second = start(root, statements, tmp_path / "g")
    _, errors = second.communicate(timeout=120)
    if first.poll() is None or "another build" in errors:
        assert second.returncode == 1 and "another build is writing this graph" in errors
    first.kill()
    first.communicate()
