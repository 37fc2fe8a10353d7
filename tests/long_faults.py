"""The fault and fuzz suites in their long form, one after the other, with what they print; exit code 1 if one of them found something.

    python tests/long_faults.py                            # about an hour on two idle cores
    python tests/long_faults.py --only fuzz --seconds 7200

The short forms run with every change (``pytest``), the longer ones of the same tests with ``pytest --slow``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
#: what is cut off, starved, flipped, hostile or under load, of the tests that pytest runs.
SUITES = (
    "build/test_build_interrupted.py",
    "build/test_build_killed.py",
    "build/test_extraction_border.py",
    "build/test_cluster.py",
    "readers/test_readers_fuzz.py",
    "readers/test_readers_hostile.py",
    "nlp/test_hostile_text.py",
    "serve/test_limits.py",
    "serve/test_load.py",
    "serve/test_serve_command.py",
    "test_release.py",
)


def commands(folder: Path, kills: int, seconds: float, seed: int) -> dict[str, list[list[str]]]:
    """Return the commands of each part; the server's needs a graph, which is built first."""
    python, graph = [sys.executable, "-W", "ignore"], str(folder / "graph")
    serving = ["--seconds", f"{min(seconds, 600):g}", "--clients", "24"]
    return {
        "suites": [[*python, "-m", "pytest", "--slow", "-p", "no:cacheprovider", *(str(TESTS / name) for name in SUITES)]],
        "kills": [[*python, str(TESTS / "build" / "kill_builds.py"), "--kills", str(kills), "--seed", str(seed)]],
        "fuzz": [[*python, str(TESTS / "readers" / "fuzz_readers.py"), "--seconds", f"{seconds:g}", "--seed", str(seed)]],
        "load": [
            [*python, "-m", "kg", "build", str(ROOT / "data" / "seeds"), "--out", graph, "--profile", "fast", "-q"],
            [*python, str(TESTS / "serve" / "load.py"), graph, *serving],
        ],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", choices=("suites", "kills", "fuzz", "load"))
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=900, help="of fuzzing, and of load up to 600")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HYPOTHESIS_PROFILE": "explore"}
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        for part, steps in commands(Path(folder), given.kills, given.seconds, given.seed).items():
            if given.only is None or part in given.only:
                print(f"\n==> {part}", flush=True)
                started = time.monotonic()
                good = all(subprocess.run(step, cwd=ROOT, env=environment, check=False).returncode == 0 for step in steps)
                outcomes.append((part, good, (time.monotonic() - started) / 60))
    print()
    for part, good, minutes in outcomes:
        print(f"{part:8} {'as promised' if good else 'FOUND SOMETHING'} ({minutes:.1f} min)")
    sys.exit(not all(good for _, good, _ in outcomes))


if __name__ == "__main__":
    main()
