"""PyTorch is left out of processes that are ours, and out of no other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import startup

ROOT = Path(__file__).resolve().parents[2]


def test_the_command_line_reads_without_pytorch(tmp_path: Path) -> None:
    (tmp_path / "torch.py").write_text("from pathlib import Path\nPath(__file__).with_name('imported').touch()\nraise ImportError('not wanted')\n")
    (tmp_path / "one.txt").write_text("ALK G1202R confers resistance to crizotinib.")
    command = [sys.executable, "-m", "kg", "annotate", str(tmp_path / "one.txt"), "--profile", "fast", "-q"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "confers_resistance_to" in done.stdout
    assert not (tmp_path / "imported").exists()


@pytest.mark.parametrize(("ours", "hidden"), [(True, True), (False, False)])
def test_only_a_process_of_ours_hides_it_and_only_for_a_while(ours: bool, hidden: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "_ours", [True] if ours else [])
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    with startup.without_torch():
        assert ("torch" in sys.modules and sys.modules["torch"] is None) == hidden
    assert "torch" not in sys.modules


def test_what_is_imported_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "_ours", [True])
    monkeypatch.setitem(sys.modules, "torch", startup)
    with startup.without_torch():
        assert sys.modules["torch"] is startup
    assert sys.modules["torch"] is startup
