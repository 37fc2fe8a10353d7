"""Measure how long the endpoint of `kg serve` takes for each named query, over HTTP on this machine.

usage: python benchmarks/endpoint.py GRAPH [--rounds 5]

Each query is asked for the entities that most statements name (the worst case) and for one in the middle of the ranks; the graph is one of
``benchmarks/invented.py``. A figure is the median over the rounds, of the clock and of the processor time that the query's process took;
the first answer, which fills the caches of the system, is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))


def parameters(rank: int) -> dict[str, str]:
    """A value for each parameter of the named queries: the entity of that rank."""
    from invented import World

    kinds = World().kinds
    drug, gene, disease, variant = (kinds[kind][rank].name for kind in ("drug", "gene", "disease", "variant"))
    other = kinds["drug"][rank + 1].name
    return {"drug": drug, "first": drug, "second": other, "other": other, "gene": gene, "disease": disease, "lesion": variant, "variant": variant,
            "entity": drug, "text": drug[:6], "year": "2025"}  # fmt: skip


def first_statement(graph: Path) -> str:
    """The id of one statement that was read."""
    import kg

    return next(s.id for s in kg.open(graph).read_statements() if s.source == "text")


def processor_seconds(pid: int) -> float:
    """Processor time of a process and all below it."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def ask(address: str, query: str) -> int:
    """Send a query and return how many bytes come back."""
    body = urllib.parse.urlencode({"query": query}).encode()
    request = urllib.request.Request(address, body, {"Accept": "text/csv"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return len(answer.read())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print JSON lines")
    args = parser.parse_args()
    from kg.graph.query import bind, named_queries

    server = subprocess.Popen([sys.executable, "-m", "kg", "serve", str(args.graph), "--port", "0", "--timeout", "120"], cwd=ROOT,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # fmt: skip
    try:
        assert server.stdout is not None
        found = next(m for line in server.stdout if (m := re.search(r"http://[\d.]+:\d+", line)))
        address = found.group() + "/sparql"
        medians = []
        for label, rank in (("worst", 0), ("middle", 300)):
            values = {**parameters(rank), "statement": first_statement(args.graph)}
            for query in named_queries().values():
                text = bind(query, {p.name: values[p.name] for p in query.parameters if p.required or p.name == "year"})
                try:
                    size = ask(address, text)
                except urllib.error.HTTPError as error:  # more rows than the server gives: too slow by any measure
                    medians.append(float("inf"))
                    print(f"{label:7} {query.name:32} refused: {error.read(200).decode(errors='replace').strip()}", flush=True)
                    continue
                clock, processor = [], []
                for _ in range(args.rounds):
                    before, spent = time.perf_counter(), processor_seconds(server.pid)
                    ask(address, text)
                    clock.append(time.perf_counter() - before)
                    processor.append(processor_seconds(server.pid) - spent)
                medians.append(statistics.median(clock))
                row = {"case": label, "query": query.name, "clock_ms": medians[-1] * 1000, "processor_ms": statistics.median(processor) * 1000}
                if args.json:
                    print(json.dumps({**row, "bytes": size}), flush=True)
                else:
                    print(
                        f"{label:7} {query.name:32} {row['clock_ms']:9.0f} ms, of the processor {row['processor_ms']:9.0f} ms  {size:9,} bytes",
                        flush=True,
                    )
        print(f"median of all {statistics.median(medians) * 1000:.0f} ms; {sum(m > 0.2 for m in medians)} of {len(medians)} above 200 ms")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
