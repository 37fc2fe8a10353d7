"""Compare the effects that are extracted from general oncology abstracts with those that a reader found there.

usage: python benchmarks/effects.py [--abstracts ../shared/pubmed/*_abstracts.jsonl.gz ../shared/corpora] [--profile NAME] [--list]

The table is `training/effects.tsv`: abstracts read to their end, so that what has no row is wrong and what is missing was missed. A third
of the abstracts (`held`) teaches nothing and its errors are not looked at; the rest (`learn`) may. An effect is right if
lesion, therapy and direction are the reader's; effects that follow from a loss ("inverse"), and rows without an identifier, count neither way.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "training"))

from effects import TABLE, Effect, read_abstracts, read_effects  # noqa: E402
from prepare_pairs import is_held_out  # noqa: E402

EFFECT = {"confers_resistance_to": "resistant", "confers_sensitivity_to": "sensitive"}
Key = tuple[str, str, str]


def extracted(paths: list[Path], pmids: set[str], profile: str) -> dict[str, dict[Key, str]]:
    """Run `kg annotate` over the abstracts; return by PMID the sentence of each effect (lesion, effect, therapy) that is not negated."""
    with tempfile.TemporaryDirectory() as folder:
        texts, out = Path(folder) / "texts.jsonl", Path(folder) / "out.jsonl"
        with texts.open("w", encoding="utf-8") as lines:
            for pmid, document in sorted(read_abstracts(paths, pmids).items()):
                lines.write(json.dumps({"pmid": pmid, **{s.name: s.text for s in document.sections}}) + "\n")
        subprocess.run([sys.executable, "-m", "kg", "annotate", str(texts), "--profile", profile, "--out", str(out)], check=True, capture_output=True)
        found: dict[str, dict[Key, str]] = {}
        for record in map(json.loads, out.read_text(encoding="utf-8").splitlines()):
            effects = found.setdefault(record["id"], {})
            for e in record["evidence"]:
                if e["predicate"] in EFFECT and e["polarity"] != "negative":
                    effects[identifier(e["subject"]), EFFECT[e["predicate"]], identifier(e["object"])] = e["sentence"]
    return found


def identifier(end: dict[str, str]) -> str:
    """Return the identifier of an end, or what the table has for one without."""
    return end["id"] or "NONE:" + end["name"]


def compare(found: dict[Key, str], read: list[Effect]) -> tuple[Counter[str], list[str]]:
    """Return the counts of one abstract, and its errors as lines."""
    inverse = {(e.lesion, e.therapy) for e in read if e.polarity == "inverse"}
    gold = {(e.lesion, e.effect, e.therapy) for e in read if e.polarity in ("asserted", "hedged") and (e.lesion, e.therapy) not in inverse}
    counts: Counter[str] = Counter()
    errors = []
    for key, sentence in found.items():
        if (key[0], key[2]) in inverse:
            continue
        counts["found"] += 1
        counts["right"] += key in gold
        if key not in gold:
            errors.append(f"wrong   {' '.join(key)}: {sentence}")
    wanted = {key for key in gold if "?" not in key[0] + key[2]}
    counts["wanted"] += len(wanted)
    counts["reached"] += len(wanted & found.keys())
    return counts, errors + [f"missed  {' '.join(key)}" for key in sorted(wanted - found.keys())]


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = ROOT.parent / "shared"
    args.add_argument("--abstracts", type=Path, nargs="+", default=[*sorted(shared.glob("pubmed/*_abstracts.jsonl.gz")), shared / "corpora"])
    args.add_argument("--profile", default="accurate")
    args.add_argument("--list", action="store_true", help="list the errors of the part that may be looked at")
    a = args.parse_args()
    read = read_effects(TABLE)
    found = extracted(a.abstracts, set(read), a.profile)
    for part in ("learn", "held"):
        total: Counter[str] = Counter()
        pmids = [p for p in sorted(found) if is_held_out(p, 3) == (part == "held")]
        for pmid in pmids:
            counts, errors = compare(found[pmid], read[pmid])
            total += counts
            if a.list and part == "learn":
                print(*(f"{pmid} {line}" for line in errors), sep="\n")
        precision, recall = total["right"] / max(1, total["found"]), total["reached"] / max(1, total["wanted"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{part}: {len(pmids)} abstracts, {total['wanted']} effects read; found {total['found']}, precision {precision:.3f}, "
              f"recall {recall:.3f}, F1 {f1:.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
