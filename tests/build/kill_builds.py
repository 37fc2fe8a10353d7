"""Kills builds at random moments and at changes of the file system, runs them again, and compares every byte with an undisturbed build.

    python tests/build/kill_builds.py --kills 60 --seed 1

The build that is killed adds an update to a graph of twelve records: new records, newer versions of old ones, and deletions. After each kill
the graph must be the one before or the one after, whole; after the second run it must be the undisturbed one.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pyoxigraph as ox

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).resolve().parents[2])]

from nursery import ROOT, Nursery

from kg.graph import read_manifest, verify

Content = dict[str, str]


def sentences() -> list[str]:
    """Statements of CIViC's curators (CC0) on resistance, enough for a small graph with evidence."""
    with gzip.open(ROOT / "data" / "civic_evidence.tsv.gz", "rt", encoding="utf-8") as handle:
        rows = csv.DictReader(handle, delimiter="\t")
        found = [row["text"] for row in rows if "resistan" in row["text"] and len(row["text"]) < 400]
    return found[:40]


def records(texts: list[str], first: int, version: int = 1) -> str:
    return "\n".join(
        f"<PubmedArticle><MedlineCitation><PMID Version='{version}'>{number}</PMID><Article><ArticleTitle>Invented record {number}.</ArticleTitle>"
        f"<Abstract><AbstractText>{escape(text)}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"
        for number, text in enumerate(texts, first)
    )


def write_inputs(folder: Path) -> tuple[Path, Path]:
    """Write a file of twelve records, and an update of it: three newer versions, two deletions, twelve new records."""
    texts = sentences()
    base, update = folder / "base.xml", folder / "update.xml"
    base.write_text(f"<PubmedArticleSet>{records(texts[:12], 101)}</PubmedArticleSet>", encoding="utf-8")
    gone = "<DeleteCitation><PMID Version='1'>110</PMID><PMID Version='1'>111</PMID></DeleteCitation>"
    body = records(texts[30:33], 103, 2) + records(texts[12:24], 201) + gone
    update.write_text(f"<PubmedArticleSet>{body}</PubmedArticleSet>", encoding="utf-8")
    return base, update


def content(graph: Path) -> Content:
    """Return the hash of every file of a graph folder and of the triples of its store, whose own files may differ."""
    found = {}
    for path in sorted(graph.rglob("*")):
        name = path.relative_to(graph).as_posix()
        if path.is_file() and "/store/" not in name and name != "work/lock":
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    for store in graph.glob("data-*/store"):
        quads = sorted(map(str, ox.Store.read_only(str(store))))
        found[store.relative_to(graph).as_posix()] = hashlib.sha256("\n".join(quads).encode()).hexdigest()
    return found


def readable(graph: Path) -> str:
    """Return the data folder that the manifest names, after reading every byte of it."""
    assert verify(graph) == []
    return read_manifest(graph)[0].name


def moment(graph: Path, former: str) -> str:
    """Say what a killed build had been doing, from what it left."""
    parts = [path for path in graph.glob(".part-*") if path.is_dir()]
    if parts:
        return "loading the store" if (parts[0] / "store").exists() else "writing the records"
    if any((graph / "work").glob("*.part")):
        return "putting a file away"
    if readable(graph) != former:
        return "after the new graph was in place"
    return "extracting" if len(list((graph / "work").glob("*.rows"))) > 3 else "before the first chunk"


class Killer:
    """An update of one graph, undisturbed once, and killed as often as asked."""

    def __init__(self, nursery: Nursery, folder: Path) -> None:
        self.nursery, self.folder = nursery, folder
        base, self.update = write_inputs(folder)
        self.log = folder / "log"
        self.former = folder / "former"
        assert nursery.run(["build", base, *self.options(self.former)], self.log)["status"] == 0, self.log.read_text()
        self.before = readable(self.former)
        whole = self.copy("whole")
        started = time.monotonic()
        end = nursery.run(["build", self.update, *self.options(whole)], self.log, folder=str(whole))
        self.seconds, self.changes = time.monotonic() - started, int(end["events"])
        assert end["status"] == 0, self.log.read_text()
        self.expected, self.after = content(whole), readable(whole)
        self.moments: Counter[str] = Counter()

    def options(self, graph: Path, workers: int = 1) -> list[object]:
        return ["--out", graph, "--profile", "fast", "--batch-size", 4, "--workers", workers, "-q"]

    def copy(self, name: str) -> Path:
        shutil.rmtree(self.folder / name, ignore_errors=True)
        return shutil.copytree(self.former, self.folder / name)

    def kill_at(self, change: int, workers: int = 1) -> None:
        """Kill the update before its n-th change of the file system, then run it again and compare."""
        graph = self.copy("killed")
        argv = ["build", self.update, *self.options(graph, workers)]
        end = self.nursery.run(argv, self.log, folder=str(graph), kill_at=change, forked=True)
        assert end["status"] == -signal.SIGKILL, f"change {change} of {self.changes}: {end}, {self.log.read_text()}"
        self.again(graph, f"change {change}, {workers} workers")

    def kill_after(self, seconds: float, workers: int = 1) -> bool:
        """Kill the update after some time, then run it again and compare; return whether it was still running."""
        graph = self.copy("killed")
        pid = self.nursery.start(["build", self.update, *self.options(graph, workers)], self.log, forked=True)
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)  # it is reaped only when its status is asked for: never another process
        end = self.nursery.wait()
        if end["status"] == -signal.SIGKILL:
            self.again(graph, f"{seconds:.3f} s, {workers} workers")
        return bool(end["status"] == -signal.SIGKILL)

    def again(self, graph: Path, when: str) -> None:
        assert readable(graph) in (self.before, self.after), when
        self.moments[moment(graph, self.before)] += 1
        for _ in range(100):  # workers are forked here, not spawned as by `kg`, and hold the lock until they notice that their parent is gone
            end = self.nursery.run(["build", self.update, *self.options(graph)], self.log)
            if "another build is writing" not in self.log.read_text():
                break
            time.sleep(0.1)
        assert end["status"] == 0, f"{when}: {self.log.read_text()}"
        assert content(graph) == self.expected, when


def kill_often(killer: Killer, kills: int, seed: int) -> Iterator[tuple[str, int]]:
    """Kill as often as asked, by turns at a change of the files and after some time, with one and two workers; yield how and how often."""
    rng = random.Random(seed)
    changes = rng.sample(range(1, killer.changes + 1), min(killer.changes, (kills + 1) // 2))
    for number, change in enumerate(changes):
        killer.kill_at(change, 1 + number % 2)
        yield "at a change of the files", 1 + number % 2
    done = len(changes)
    while done < kills:
        workers = 1 + done % 2
        if killer.kill_after(rng.uniform(0, killer.seconds), workers):
            done += 1
            yield "after some time", workers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Nursery() as nursery:
        killer = Killer(nursery, Path(folder))
        print(f"an undisturbed update changes files {killer.changes} times and takes {killer.seconds:.1f} s", flush=True)
        ways = Counter[str]()
        for way, workers in kill_often(killer, given.kills, given.seed):
            ways[f"{way}, {workers} worker{'s' if workers > 1 else ''}"] += 1
            print(f"{ways.total()} of {given.kills}", file=sys.stderr, flush=True)
    for title, counts in (("how", ways), ("while", killer.moments)):
        for name, count in sorted(counts.items()):
            print(f"{title:6} {name:34} {count:4}")
    print(f"{sum(ways.values())} kills, seed {given.seed}: every graph ended as the undisturbed one, and was whole in between")


if __name__ == "__main__":
    main()
