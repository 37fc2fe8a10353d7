"""Builds in processes that are born in no time: everything is loaded once, and each build is a fork that may be killed or starved.

Run as a program it reads one JSON request a line ({"argv", "log", and perhaps "kill_at", "folder", "limit_file", "user", "forked"}) and
answers with {"pid"} when the build starts and, to an empty line, with {"status", "cpu", "events"} when it has ended; not before that line is
the process reaped, so that its id is no other's. The builds are the real thing: `kg`, with the real pipeline of the fast profile, opened
before the fork. ``kill_at`` kills the process at its n-th change of the file system below ``folder``.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CHANGES = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link"})


class Nursery:
    """The program below, from the outside."""

    def __enter__(self) -> Nursery:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-W", "ignore", __file__]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def start(self, argv: list[object], log: Path, **how: Any) -> int:
        """Start a build and return its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"argv": [str(word) for word in argv], "log": str(log), **how}) + "\n")
        self._process.stdin.flush()
        return int(self._answer()["pid"])

    def wait(self) -> dict[str, Any]:
        """Wait for the end of the build: its exit status (negative for a signal), CPU seconds, and number of file system changes."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._answer()

    def run(self, argv: list[object], log: Path, **how: Any) -> dict[str, Any]:
        self.start(argv, log, **how)
        return self.wait()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the nursery has ended"
        answer: dict[str, Any] = json.loads(line)
        return answer


def count_changes(folder: str, kill_at: int | None, report: int) -> None:
    """Count what this process does to the files below a folder; die at a given count, before it is done."""
    count = 0
    alone = os.getpid()

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal count
        if event not in CHANGES or os.getpid() != alone or not any(str(a).startswith(folder) for a in args if isinstance(a, str | os.PathLike)):
            return
        if event == "open" and not args[2] & (os.O_WRONLY | os.O_RDWR):
            return
        count += 1
        os.pwrite(report, b"%9d" % count, 0)
        if count == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def be_born(request: dict[str, Any], report: int) -> None:
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    for stream in (1, 2):
        os.dup2(log, stream)
    if request.get("limit_file"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["limit_file"], request["limit_file"]))
    if request.get("user"):
        os.setgroups([])
        os.setgid(request["user"])
        os.setuid(request["user"])
    if request.get("forked"):
        spawned = multiprocessing.get_context
        multiprocessing.get_context = lambda method=None: spawned("fork")  # type: ignore[assignment,misc]
    if request.get("folder"):
        count_changes(request["folder"], request.get("kill_at"), report)
    from kg.cli import main

    sys.argv = ["kg", *request["argv"]]
    main()


def load() -> None:
    """Open vocabulary and pipeline once, for all builds to inherit."""
    import kg.build.run
    import kg.build.upkeep
    import kg.cli.app
    import kg.exports
    import kg.graph.diff
    import kg.nlp
    from kg.config import Settings
    from kg.lexicon import Lexicon

    lexicon = Lexicon.open()
    list(lexicon.background())
    Lexicon.open = classmethod(lambda cls, path=None: lexicon)  # type: ignore[assignment,method-assign]
    Lexicon.close = lambda self: None  # type: ignore[method-assign]
    pipeline = kg.nlp.Pipeline(Settings(profile="fast"), lexicon)
    kg.nlp.Pipeline = lambda settings, _: pipeline  # type: ignore[assignment,misc]


def main() -> None:
    load()
    while line := sys.stdin.readline():
        request = json.loads(line)
        report, name = tempfile.mkstemp()
        Path(name).unlink()
        pid = os.fork()
        if pid == 0:
            code = 99
            try:
                be_born(request, report)
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        print(json.dumps({"pid": pid}), flush=True)
        sys.stdin.readline()
        _, status, usage = os.wait4(pid, 0)
        events = int(os.pread(report, 9, 0) or 0)
        os.close(report)
        answer = {"status": os.waitstatus_to_exitcode(status), "cpu": usage.ru_utime + usage.ru_stime, "events": events}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
