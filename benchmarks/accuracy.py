"""Print how accurate extraction is on the development gold standards, by the reference scorers, and keep it in docs/accuracy.md.

usage: python benchmarks/accuracy.py [--shared ../shared] [--workers N] [--only NAME ...] [--profile NAME] [--no-write]

Each gold standard's documents go through `kg annotate` as a user would run it, and the scorers of the shared reference data judge
the output: no code of ours is between the two. Only development splits are scored; nothing is trained or tuned here.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Gold:
    name: str
    path: str
    make_input: tuple[str, ...]
    scorers: tuple[tuple[str, ...], ...]


def pubtator(name: str, path: str, *more: tuple[str, ...]) -> Gold:
    return Gold(name, path, ("corpora.py", "{gold}"), (("score_mentions.py", "{gold}", "{predicted}"), *more))


def own(name: str, path: str, scorer: str) -> Gold:
    return Gold(name, path, (scorer, "input", "{gold}"), ((scorer, "score", "{gold}", "{predicted}"),))


GOLDS = (
    own("kinase inhibitors (hand-labelled)", "gold/dev.jsonl", "score_gold.py"),
    own("CIViC statements", "civic/evidence_dev.tsv.gz", "score_civic.py"),
    pubtator("BioRED dev", "corpora/biored/dev.pubtator.gz", ("score_relations.py", "{gold}", "{predicted}")),
    pubtator("BC5CDR dev", "corpora/bc5cdr/dev.pubtator.gz"),
    pubtator("NCBI Disease dev", "corpora/ncbi-disease/dev.pubtator.gz"),
)
LINE = re.compile(r"^(\w+) +(\S*?) +P (\S+) R (\S+) F1 (\S+) +\(gold (\d+)\)$")


def run(command: list[str], cwd: Path, out: Path | None = None) -> str:
    """Run a command; return its output, or put it into a file."""
    if out is None:
        return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout
    with out.open("w", encoding="utf-8") as handle:
        subprocess.run(command, cwd=cwd, check=True, stdout=handle)
    return ""


def score(gold: Gold, shared: Path, workers: int, profile: str) -> Iterator[str]:
    """Yield the lines of the scorers for one gold standard."""
    with tempfile.TemporaryDirectory() as folder:
        text, predicted = Path(folder) / "input.jsonl", Path(folder) / "predicted.jsonl"
        places = {"gold": str(shared / gold.path), "predicted": str(predicted)}

        def scorer(args: tuple[str, ...]) -> list[str]:
            return [sys.executable, *(arg.format(**places) for arg in args)]

        run(scorer(gold.make_input), shared / "scoring", text)
        options = ["--out", str(predicted), "--workers", str(workers), "--profile", profile, "--quiet"]
        run([sys.executable, "-m", "kg", "annotate", str(text), *options], ROOT)
        for args in gold.scorers:
            yield from run(scorer(args), shared / "scoring").splitlines()


def table(results: dict[str, list[str]]) -> str:
    """Return the figures as Markdown."""
    lines = ["| gold standard | task | label | precision | recall | F1 | gold items |", "|---|---|---|---|---|---|---|"]
    other = []
    for name, output in results.items():
        for line in output:
            if match := LINE.match(line):
                lines.append("| " + " | ".join((name, *match.groups())) + " |")
            else:
                other.append(f"- {name}: {line}")
    return "\n".join([*lines, "", *other])


def page(results: dict[str, list[str]]) -> str:
    """Return docs/accuracy.md."""
    return f"""# How accurate extraction is

Written by `benchmarks/accuracy.py`, which runs `kg annotate` on development gold standards and has the reference scorers judge it.

- *mentions*: exact span and type. *groundings*: the identifiers of a document, end to end. Finer types of ours are folded into the
  public corpora's (drug classes into drugs, families into genes, phenotypes into diseases).
- *statements* (hand-labelled abstracts on kinase inhibitors): subject, predicate, object and polarity; `core` are the predicates on
  resistance, sensitivity, treatment and outcome; `pairs` ignores the predicate.
- *pairs* of BioRED: the two entities that a document relates, from text alone, whatever the relation.
- CIViC: gene, drug and direction read from the curators' own statements.

The public corpora are biomedicine at large; hardly any of their documents is about kinase inhibitors. They draw types differently from
us in places (BC5CDR counts every chemical, also ions and solvents, which we do not look for).

{table(results)}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--profile", default="accurate", help="docs/accuracy.md is written of the default only")
    parser.add_argument("--no-write", action="store_true")
    args = parser.parse_args()
    if not (args.shared / "scoring").is_dir():
        sys.exit(f"{args.shared}: the shared reference data is not there; name it with --shared")
    results = {}
    for gold in GOLDS:
        if args.only and not any(word.lower() in gold.name.lower() for word in args.only):
            continue
        started = time.monotonic()
        results[gold.name] = list(score(gold, args.shared.resolve(), args.workers, args.profile))
        print(f"\n{gold.name} ({time.monotonic() - started:.0f} s)", *results[gold.name], sep="\n", flush=True)
    if not args.no_write and not args.only and args.profile == "accurate":
        (ROOT / "docs" / "accuracy.md").write_text(page(results), encoding="utf-8")


if __name__ == "__main__":
    main()
