"""Measure how fast a large graph is exported and how much memory that takes, beside networkx.

usage: python benchmarks/exports.py [--graph GRAPH] [--statements 1000000] [--formats graphml neo4j-csv] [--peer 100000]

Without ``--graph`` an invented graph of ``--statements`` is written first, which takes longer than all the rest. Each figure is of a fresh
process; seconds are of its processor, which other programs on the machine disturb less than the clock, imports included. The peer is
``networkx.write_graphml`` of the first ``--peer`` statements as `Graph.to_networkx` gives them; building that network is not counted.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

OURS = """
import json, resource, sys, time
from pathlib import Path
import kg
from kg.exports import export_graph
graph = kg.open(sys.argv[1])
written = export_graph(graph, sys.argv[2], Path(sys.argv[3]) / "out")
spent = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"count": graph.manifest["counts"]["statements"], "seconds": time.process_time(), "memory": spent.ru_maxrss / 1024,
                  "bytes": sum(path.stat().st_size for path in written)}))
"""
PEER = """
import json, resource, sys, time
from itertools import islice
from pathlib import Path
import networkx
import kg
from kg.graph.network import to_networkx
graph = kg.open(sys.argv[1])
graph.__dict__["statements"] = {s.id: s for s in islice(graph.read_statements(), int(sys.argv[2]))}
network = to_networkx(graph)
before = time.process_time()
networkx.write_graphml(network, Path(sys.argv[3]) / "peer.graphml")
seconds = time.process_time() - before
spent = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"count": network.number_of_edges(), "seconds": seconds, "memory": spent.ru_maxrss / 1024,
                  "bytes": (Path(sys.argv[3]) / "peer.graphml").stat().st_size}))
"""


def measure(name: str, program: str, *arguments: str) -> None:
    """Run a program in a process of its own and print what it tells."""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name}: {done.stderr}")
    told = json.loads(done.stdout)
    rate = told["count"] / told["seconds"]
    print(
        f"{name:24} {told['count']:>9,} statements {told['seconds']:7.1f} s {rate:9,.0f} /s   "
        f"peak memory {told['memory']:6,.0f} MiB   {told['bytes'] / 2**20:6,.0f} MiB written",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--formats", nargs="*", default=["graphml", "neo4j-csv"])
    parser.add_argument("--peer", type=int, default=100_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = args.graph or Path(folder) / "graph"
        if args.graph is None:
            subprocess.run([sys.executable, str(ROOT / "benchmarks/invented.py"), str(graph), "--statements", str(args.statements)], check=True)
        for format in args.formats:
            with tempfile.TemporaryDirectory(dir=folder) as out:
                measure(format, OURS, str(graph), format, out)
        if args.peer:
            measure("networkx.write_graphml", PEER, str(graph), str(args.peer), folder)


if __name__ == "__main__":
    main()
