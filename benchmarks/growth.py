"""Measure how a build grows: processor time a document, and peak memory, from a thousand documents to a hundred thousand.

usage: python benchmarks/growth.py GRAPH [--documents 1000 10000 100000] [--evidence N ...] [--no-store] [--paper N --extract-ms 9 --cores 16]

GRAPH is a graph that ``kg build`` made, of at least a thousand documents; its extracted annotations (``GRAPH/work``) are repeated under fresh
ids until there are as many as asked for, and a build then projects them: assembly, records, N-Quads, store. Extraction, whose cost a document
does not depend on the others, is not measured here (``benchmarks/performance.py``). Every size is measured in a process of its own.

``--evidence N`` repeats N evidences instead, ten a document, each with a statement of its own for two in three: more statements than text
has, which is the hard case for assembly. ``--no-store`` leaves the Oxigraph store out and makes the N-Quads only to throw them away, since those
of ten million evidences take 70 GB.

``--paper N`` prints what N documents would cost by the constants of the largest size: extraction on all cores, at ``--extract-ms`` of processor
time a document (``benchmarks/performance.py`` measures it), assembly and store on one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

#: invented lesions: enough for most of ten million statements to differ, as few as a vocabulary would have.
LESIONS = 50_000

PROJECT = """
import json, resource, sys, time
from pathlib import Path
from kg.startup import process_is_ours, without_torch
process_is_ours()
with without_torch():
    import kg.nlp
import kg.graph.writer as writer
from kg.build import build_graph
from kg.config import Settings
if sys.argv[2] == "no-store":
    def nowhere(self, path):
        path.touch()
        return opened(self, Path("/dev/null") if path.suffix == ".nq" else path)
    opened, writer.GraphWriter._open = writer.GraphWriter._open, nowhere
    writer._load_store = lambda path, quads: path.mkdir()
folder = Path(sys.argv[1])
def memory():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]) / 1024
links = []
before, started, load, spent = memory(), time.process_time(), writer._load_store, []
assembled = []
def timed(path, quads):
    begin = time.process_time()
    size, lines = sum(q.stat().st_size for q in quads), sum(1 for q in quads for _ in q.open("rb"))
    links.append(next(sum(1 for _ in q.open("rb")) for q in quads if q.name == "links.nq"))
    counted = time.process_time()
    assembled.append(memory())
    load(path, quads)
    spent.append((time.process_time() - counted, size, lines, time.process_time() - begin))
writer._load_store = timed
summary = build_graph([], folder, Settings(profile="fast"))
total = time.process_time() - started
data = next(folder.glob("data-*"))
print(json.dumps({"documents": summary.documents, "evidence": summary.counts.evidence, "statements": summary.counts.read,
    "cpu": total - spent[0][3], "load": spent[0][0], "quads": spent[0][2], "links": links[0], "quad_bytes": spent[0][1], "assembled": assembled[0],
    "peak": memory(), "start": before, "records": sum(p.stat().st_size for p in data.glob("*.jsonl")),
    "store": sum(p.stat().st_size for p in (data / "store").glob("*")),
    "work": sum(p.stat().st_size for p in (folder / "work").glob("*.rows"))}))
"""


def repeated(graph: Path) -> Iterator[str]:
    """Yield the rows of a graph's work store without end, each round under fresh ids."""
    from kg.build.work import WorkStore

    store = WorkStore(graph / "work")
    keys = sorted(store)
    numbers = count(10_000_000)
    while True:
        for key in keys:
            document, mentions, evidence = (json.loads(part) for part in store.read(key).split("\n"))
            document["id"] = document["pmid"] = str(next(numbers))
            yield "\n".join(_lines(document, mentions, [{**one, "document": document["id"]} for one in evidence]))


def invented(graph: Path, total: int) -> Iterator[str]:
    """Yield documents of ten invented evidences each: two in three a statement of their own, the rest of a few that are said again and again."""
    from kg.build.work import WorkStore

    store, dice = WorkStore(graph / "work"), random.Random(1)
    sentences = [one for key in islice(sorted(store), 2000) for one in json.loads(store.read(key).split("\n")[2])]
    for number in range(total // 10):
        document = {"id": str(10_000_000 + number), "sections": [{"name": "text", "text": "Invented."}], "pmid": str(10_000_000 + number)}
        evidence = []
        for place in range(10):
            one = dice.choice(sentences) | {"document": document["id"], "start": place * 100, "end": place * 100 + 90}
            if place % 3:
                one["object"] = {"id": f"KGV:INVENTED_{dice.randrange(LESIONS)}", "type": "Variant", "name": "invented"}
            evidence.append(one)
        yield "\n".join(_lines(document, {"entities": [], "mentions": []}, evidence))


def _lines(*parts: object) -> Iterator[str]:
    from kg.records import dumps

    return map(dumps, parts)


def fill(folder: Path, rows: Iterator[str]) -> None:
    """Make a graph folder that has its annotations and no graph yet; they count as made by this version, whichever made them."""
    from kg.build.catalogue import entry_of, write_catalogue
    from kg.build.extract import open_lexicon, store_version
    from kg.build.rows import read_document
    from kg.build.work import WorkStore
    from kg.config import Settings
    from kg.model import content_id

    settings = Settings(profile="fast")
    with open_lexicon(settings) as lexicon:
        version = store_version(settings, lexicon.version)
    store, entries = WorkStore(folder / "work"), []
    while batch := list(islice(rows, 512)):
        documents = [read_document(row)[0] for row in batch]
        found = [(document.id, entry_of(document)) for document in documents]
        store.write([(content_id(entry.digest, version), row) for (_, entry), row in zip(found, batch, strict=True)])
        entries += found
    write_catalogue(folder / "work" / "documents.json", version, settings.kept, sorted(entries))


def on_paper(found: dict[str, float], documents: int, extract_ms: float, cores: int, price: float) -> None:
    """Print hours, disk, memory and money for a number of documents, all growing as they do."""
    each = {name: found[name] / found["documents"] for name in ("cpu", "load", "work", "records", "quad_bytes", "store")}
    hours = {"extraction": documents * extract_ms / 1000 / cores / 3600}
    hours |= {name: documents * each[key] / 3600 for name, key in (("assembly", "cpu"), ("store", "load"))}
    kept, passing = (sum(each[name] for name in names) * documents / 1e9 for names in (("work", "records", "store"), ("quad_bytes",)))
    total = sum(hours.values())
    print(
        f"\n{documents:,} documents on {cores} cores: "
        + ", ".join(f"{name} {value:.1f} h" for name, value in hours.items())
        + f", in all {total:.1f} h"
    )
    print(f"disk: {kept:,.0f} GB kept, {passing:,.0f} GB more while the graph is written")
    print(f"money: {hours['extraction'] * cores + hours['assembly'] + hours['store']:,.0f} core-hours of work; {total * cores * price:,.0f} ", end="")
    print(f"for all {cores} cores all the time at {price} an hour and core")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--documents", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--evidence", type=int, nargs="*", default=[])
    parser.add_argument("--no-store", action="store_true")
    parser.add_argument("--scratch", type=Path, help="folder for the graphs, on a disk with room")
    parser.add_argument("--paper", type=int, default=0)
    parser.add_argument("--extract-ms", type=float, default=0.0)
    parser.add_argument("--cores", type=int, default=16)
    parser.add_argument("--price", type=float, default=0.05, help="of an hour of one core, in whatever currency")
    args = parser.parse_args()
    print("| documents | evidences | statements | links | quads | assembly, CPU ms/document | store, CPU s/million quads ", end="")
    print("| peak MiB, assembly | peak MiB | bytes/document: work, records, quads, store |\n" + "|---" * 10 + "|", flush=True)
    sizes = [(size, False) for size in args.documents] if not args.evidence else [(size, True) for size in args.evidence]
    for size, by_evidence in sizes:
        with tempfile.TemporaryDirectory(dir=args.scratch) as folder:
            rows = invented(args.graph, size) if by_evidence else islice(repeated(args.graph), size)
            fill(Path(folder), rows)
            command = [sys.executable, "-W", "ignore", "-c", PROJECT, folder, "no-store" if args.no_store else ""]
            done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True, check=True)
        f = json.loads(done.stdout)
        n = f["documents"]
        bytes_each = ", ".join(f"{f[key] / n:,.0f}" for key in ("work", "records", "quad_bytes", "store"))
        links, quads = (f"{f[name]:,}" if f["quads"] else "" for name in ("links", "quads"))
        load = f"{f['load'] / f['quads'] * 1e6:.1f}" if f["quads"] else ""
        print(
            f"| {n:,} | {f['evidence']:,} | {f['statements']:,} | {links} | {quads} | {f['cpu'] / n * 1000:.2f} | {load} "
            f"| {f['assembled']:.0f} | {f['peak']:.0f} (start {f['start']:.0f}) | {bytes_each} |",
            flush=True,
        )
    if args.paper:
        on_paper(f, args.paper, args.extract_ms, args.cores, args.price)


if __name__ == "__main__":
    main()
