"""A server under load: good, wrong, huge, abandoned and slow requests at once, and what the server holds afterwards.

    python tests/serve/load.py GRAPH --seconds 60 --clients 32

prints a table: answers by kind and status, answers a second, and processes, open files and memory before and after. Where `wrk` is installed
it drives the plain queries as well.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
SELECT = "SELECT ?s ?name WHERE { ?s rdfs:label ?name } LIMIT 50"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUERY = "/sparql?query="
#: kind of request -> path and what may be answered; 503 says that the server is busy or has stopped the query
KINDS = {
    "page": ("/", {200}),
    "list of queries": ("/queries", {200}),
    "search": ("/search?q=ALK", {200, 302}),
    "entity": ("/entity/HGNC:427", {200}),
    "unknown entity": ("/entity/" + quote("../../etc/passwd", safe=""), {404}),
    "query": (QUERY + quote(SELECT), {200, 503}),
    "malformed query": (QUERY + quote("SELECT WHERE {"), {400, 503}),
    "update": (QUERY + quote("DROP ALL"), {400, 403, 503}),
    "huge query": (QUERY + quote("ASK { ?s ?p '" + "x" * 30_000 + "' }"), {200, 400, 413, 414, 431, 503}),
    "huge answer": (QUERY + quote("SELECT * { ?a ?b ?c . ?d ?e ?f }"), {403, 503}),
    "runaway query": (QUERY + quote(RUNAWAY), {503}),
}
WEIGHTS = {"query": 12, "page": 4, "entity": 4, "runaway query": 1, "huge answer": 1}
GARBAGE = (
    b"\0" * 100,
    b"GET / HTTP/9.9\r\n\r\n",
    b"A" * 100_000,
    b"POST /sparql HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00",
)


@dataclass(frozen=True, slots=True)
class Held:
    """What a server holds: processes, open files, and resident memory in MiB, its own and that of its largest query process.

    Memory isn't summed: of the query processes some have just begun or just been killed, and hold nothing.
    """

    processes: int
    files: int
    memory: float
    largest: float


def held(pid: int) -> Held:
    """Look at a process and its children in /proc."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return Held(1 + len(children), files, _resident(str(pid)), max(map(_resident, children), default=0.0))


def _resident(pid: str) -> float:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        if found := re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()):  # a process that has just ended has none
            return int(found[1]) / 1024
    return 0.0


class Load:
    """Requests of all kinds by several clients at once; ``answers`` counts them by kind and status, ``wrong`` names what must not be."""

    def __init__(self, address: str, seed: int = 1) -> None:
        place = urlsplit(address)
        self.host, self.port, self.seed = str(place.hostname), int(place.port or 80), seed
        self.answers: Counter[tuple[str, int]] = Counter()
        self.wrong: list[str] = []

    def run(self, clients: int, each: int, seconds: float = 600) -> None:
        """Let every client send so many requests, or until the time is up."""
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._client, args=(number, each, end)) for number in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _client(self, number: int, each: int, end: float) -> None:
        rng = random.Random(self.seed * 1000 + number)
        kinds = list(KINDS)
        weights = [WEIGHTS.get(kind, 1) for kind in kinds]
        for _ in range(each):
            if time.monotonic() > end:
                return
            chance = rng.random()
            if chance < 0.05:
                self._garbage(rng.choice(GARBAGE))
            elif chance < 0.1:
                self._abandon(rng.choice((RUNAWAY, SELECT)))
            else:
                self._ask(rng.choices(kinds, weights)[0])

    def _ask(self, kind: str) -> None:
        path, allowed = KINDS[kind]
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            self.answers[kind, answer.status] += 1
            if answer.status not in allowed:
                self.wrong.append(f"{kind}: {answer.status}")
        except (OSError, http.client.HTTPException) as error:
            self.wrong.append(f"{kind}: {error!r}")
        finally:
            connection.close()

    def _garbage(self, data: bytes) -> None:
        with contextlib.suppress(OSError), socket.create_connection((self.host, self.port), 10) as one:
            one.sendall(data)
            one.settimeout(15)
            one.recv(100)
        self.answers["garbage", 0] += 1

    def _abandon(self, query: str) -> None:
        with contextlib.suppress(OSError), socket.create_connection((self.host, self.port), 10) as one:
            one.sendall(f"GET {QUERY}{quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.02)
        self.answers["abandoned", 0] += 1


def settle(pid: int, limit: Held, seconds: float = 20) -> Held:
    """Wait until a server holds no more processes and files than before, and return what it holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = held(pid)
        if now.processes <= limit.processes and now.files <= limit.files:
            break
        time.sleep(0.2)
    return now


def wrk(address: str, seconds: int, clients: int) -> str:
    if shutil.which("wrk") is None:
        return "wrk is not installed"
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", address + QUERY + quote(SELECT)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=32)
    given = parser.parse_args()
    command = [sys.executable, "-W", "ignore", "-m", "kg", "serve", str(given.graph.resolve()), "--port", "0", "--timeout", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with tempfile.TemporaryFile("w+") as log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().split()[0].rstrip("/")
            load = Load(address)
            load.run(given.clients, 20)  # every process is warm
            before = settle(process.pid, Held(9, 40, 0, 0))
            load.answers.clear()
            started = time.monotonic()
            load.run(given.clients, 10**9, given.seconds)
            taken = time.monotonic() - started
            after = settle(process.pid, before)
            print(wrk(address, 10, given.clients))
            assert process.poll() is None, "the server has ended"
        finally:
            process.terminate()
        process.wait(30)
        log.seek(0)
        errors = log.read()
    for (kind, status), count in sorted(load.answers.items()):
        print(f"{kind:18} {status or '-':>4} {count:8,}")
    total = sum(load.answers.values())
    print(f"{total:,} requests of {given.clients} clients in {taken:.0f} s: {total / taken:.0f} a second")
    print(f"answers that must not be: {len(load.wrong)} {load.wrong[:3] or ''}")
    for name, one in (("before", before), ("after", after)):
        print(f"{name:7} {one.processes} processes, {one.files} open files, {one.memory:.0f} MiB, a query process {one.largest:.0f} MiB")
    print(f"stderr: {errors.strip() or 'nothing'}")
    sys.exit(bool(load.wrong) or after.processes > 9 or after.files > 40)  # four query processes at most, three files for each


if __name__ == "__main__":
    main()
