"""List the statements of a graph that are believed most, with their sentences, for a person to judge.

    kg build ../shared/pubmed/kinase_abstracts.jsonl.gz --out kinase
    python benchmarks/most_believed.py kinase --top 100 > statements.txt

Statements by construction (`variant_of`, `member_of`, ...) are left out: no sentence says them. docs/precision.md has what was judged.
"""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

from kg.graph import Graph

CONSTRUCTED = {"variant_of", "has_partner", "member_of", "subclass_of"}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("graph", type=Path)
    parser.add_argument("--top", type=int, default=100)
    options = parser.parse_args()
    graph = Graph.open(options.graph)
    evidence = graph.evidence
    statements = [s for s in graph.statements.values() if s.source == "text" and s.predicate not in CONSTRUCTED]
    statements.sort(key=lambda s: (-s.belief, s.id))
    for number, statement in enumerate(statements[: options.top], 1):
        print(f"{number}. {statement.subject.name} | {statement.predicate} | {statement.object.name}  belief {statement.belief:.3f}  {statement.id}")
        for one in (evidence[e] for e in statement.evidence):
            sentence = textwrap.shorten(one.sentence, 600, placeholder=" ...")
            print(f"   {one.document} {one.polarity} {one.certainty} {one.extractor} {one.confidence}: {sentence}")


if __name__ == "__main__":
    main()
