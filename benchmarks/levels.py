"""How often the setting and the evidence level that a sentence tells are those that CIViC gives to the statement it is from.

    kg build data/ --out graph
    python benchmarks/levels.py graph EVIDENCE.tsv.gz

EVIDENCE is CIViC's export of accepted clinical evidence items, from which `data/civic_evidence.tsv.gz` was made. Each sentence that was
read as resistance or sensitivity counts once. Prints one row for each derived level with CIViC's own levels of the same statements.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter, defaultdict

import kg
from kg.graph.answers.sentences import evidence_level

READ = ("confers_resistance_to", "confers_sensitivity_to")


def main(folder: str, table: str) -> None:
    with gzip.open(table, "rt", encoding="utf-8") as handle:
        rows = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        civic = {"EID" + row["evidence_id"]: row["evidence_level"] for row in rows if row["evidence_type"] == "Predictive"}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    seen = set()
    for one in kg.open(folder).read_evidence():
        place = (one.document, one.section, one.start)
        if one.predicate in READ and one.document in civic and place not in seen:
            seen.add(place)
            found[evidence_level(one.context.model_system, one.sentence) or "-"][civic[one.document]] += 1
    print("read  " + "".join(f"{level:>7}" for level in "ABCDE"))
    for level, counts in sorted(found.items()):
        print(f"{level:<6}" + "".join(f"{counts[own]:>7}" for own in "ABCDE"))


if __name__ == "__main__":
    main(*sys.argv[1:])
