"""Measure speed: start to first result, documents a second with 1 and 2 workers, peak memory, and a peer to compare with.

usage: python benchmarks/speed.py [INPUT.jsonl.gz] [--limit 300] [--stages]

``--stages`` prints instead how much processor time each stage of the extraction takes of one document, in milliseconds.

The peer is what one would write first: a blank spaCy tokenizer and a PhraseMatcher over the same names, which finds names and does
nothing else (no variants, no abbreviations, no identifiers chosen, no relations). Each figure is of a fresh process, as a user runs it;
rates leave out the start, which is measured apart.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT.parent / "shared" / "pubmed" / "kinase_abstracts.jsonl.gz"

PEER = """
import json, sys, time
from kg.lexicon import Lexicon
import spacy
from spacy.matcher import PhraseMatcher
started = time.monotonic()
nlp = spacy.blank("en")
matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
names = sorted({name for e in Lexicon.open().entities() for name in (e.name, *e.synonyms) if len(name) > 2})
matcher.add("name", list(nlp.tokenizer.pipe(names)))
ready = time.monotonic()
texts = []
for line in open(sys.argv[1], encoding="utf-8"):
    row = json.loads(line)
    texts.append(" ".join(filter(None, (row.get("title"), row.get("abstract"), row.get("text")))))
found = sum(len(matcher(doc)) for doc in nlp.pipe(texts))
print(json.dumps({"names": len(names), "open": ready - started, "run": time.monotonic() - ready, "found": found}))
"""


def measure(command: list[str]) -> tuple[float, float, str]:
    """Run a command; return seconds, peak memory in MiB of it and its largest child, and its output."""
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return time.monotonic() - started, usage.ru_maxrss / 1024, output


def annotate(path: Path, workers: int = 1) -> tuple[float, float]:
    """Time of `kg annotate` over a file, and its peak memory."""
    out = path.with_name(f"out{workers}.jsonl")
    seconds, memory, _ = measure([sys.executable, "-m", "kg", "annotate", str(path), "--out", str(out), "--workers", str(workers), "--quiet"])
    return seconds, memory


def head(source: Path, target: Path, limit: int) -> int:
    """Copy the first documents; return how many."""
    with gzip.open(source, "rt", encoding="utf-8") if source.suffix == ".gz" else source.open(encoding="utf-8") as handle:
        lines = [line for _, line in zip(range(limit), handle, strict=False)]
    target.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def stages(path: Path) -> dict[str, float]:
    """Seconds of processor time in each stage, over the documents of a file; the first document, which opens everything, left out."""
    from kg.build.annotate import to_jsonl
    from kg.config import Settings
    from kg.lexicon import Lexicon
    from kg.model import Document
    from kg.nlp import Pipeline
    from kg.readers import read_file

    spent: dict[str, float] = {}

    def timed(name: str, step: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def run(value: Any) -> Any:
            started = time.process_time()
            result = step(value)
            spent[name] = spent.get(name, 0.0) + time.process_time() - started
            return result

        return run

    pipeline = Pipeline(Settings(), Lexicon.open())
    language: Any = pipeline.language
    documents = [d for d in read_file(path) if isinstance(d, Document)]
    pipeline.annotate_one(documents[0])
    language.tokenizer = timed("tokens", language.tokenizer)
    language._components = [(name, timed(name, step)) for name, step in language._components]
    annotate, encode = timed("all of it", pipeline.annotate_one), timed("writing", to_jsonl)
    for document in documents:
        encode(annotate(document))
    return {name: seconds / len(documents) for name, seconds in spent.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--stages", action="store_true")
    args = parser.parse_args()
    if not args.input.is_file():
        sys.exit(f"{args.input}: not there; name a file of JSON lines")
    with tempfile.TemporaryDirectory() as folder:
        one, many = Path(folder) / "one.jsonl", Path(folder) / "many.jsonl"
        count = head(args.input, many, args.limit) - head(args.input, one, 1)
        if args.stages:
            print(f"milliseconds of processor time a document, over {count} documents")
            print(*(f"{name:20} {seconds * 1000:7.2f}" for name, seconds in stages(many).items()), sep="\n")
            return
        annotate(one)  # warms the disk
        start, small = annotate(one)
        print(f"start to first result       {start:7.2f} s    peak memory {small:6.0f} MiB")
        rates = {}
        for workers in (1, 2):
            begin = start if workers == 1 else annotate(one, workers)[0]
            seconds, memory = annotate(many, workers)
            rates[workers] = count / max(seconds - begin, 1e-9)
            print(f"{workers} worker(s), {count} documents {rates[workers]:7.1f} /s   peak memory {memory:6.0f} MiB")
        _, peer_memory, output = measure([sys.executable, "-W", "ignore", "-c", PEER, str(many)])
        peer = json.loads(output)
        rate = count / peer["run"]
        print(f"peer: {peer['names']} names    {rate:7.1f} /s   peak memory {peer_memory:6.0f} MiB, opens in {peer['open']:.1f} s")
        print(f"documents a second, ours over peer's: {rates[1] / rate:.2f} with 1 worker")


if __name__ == "__main__":
    main()
