"""Learn from annotated training documents which words a disease's name ends with.

usage: python training/learn_heads.py [--shared ../shared] [--out ontologies]

Writes ``disease_heads.tsv``, which the recognizer's mentions without identifier are judged by (`kg.nlp.recognizer.heads`): for a word, or an
ending of words ("-emia"), how often it ends a disease's mention where it occurs, and how often it is one by itself. An ending speaks for the
words that the training documents hardly have. Documents that are kept for evaluation or stand in a development split are left out.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from learn_names import ROOT, documents

WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
CORPORA = frozenset({"ncbi-disease", "bc5cdr", "biored"})
#: a word that occurs so often is judged by itself, a rarer one by its ending; an ending needs so many words
OFTEN, WORDS = 3, 4
LENGTHS = (5, 4, 3)
LEAST = 0.15
HEAD = """# How often a word, or an ending ("-emia"), ends the mention of a disease where it occurs, how often it is one by itself, and how
# often it occurs (of an ending: words that have it). Learned by training/learn_heads.py from BC5CDR, NCBI Disease and BioRED; never written by hand.
word\tends\talone\tseen
"""


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--shared", type=Path, default=ROOT.parent / "shared"), args.add_argument("--out", type=Path, default=ROOT / "ontologies")
    a = args.parse_args()
    seen, ends, free, alone = count(a.shared)
    endings: dict[str, list[float]] = {}
    for word in seen:
        for n in LENGTHS:
            if len(word) > n:
                endings.setdefault("-" + word[-n:], []).append(ends[word] / seen[word])
    means = {ending: sum(rates) / len(rates) for ending, rates in endings.items() if len(rates) >= WORDS}
    rows = [(ending, rate, 1.0, len(endings[ending])) for ending, rate in means.items() if needed(ending, rate, means)]
    for word in seen:
        rate = ends[word] / seen[word]
        if seen[word] >= OFTEN and (rate >= LEAST or by_ending(word, means) >= LEAST):
            rows.append((word, rate, alone[word] / max(1, free[word]), seen[word]))
    lines = [f"{word}\t{rate:.2f}\t{single:.2f}\t{n}\n" for word, rate, single, n in sorted(rows)]
    (a.out / "disease_heads.tsv").write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")
    print(len(lines), "rows")


def count(shared: Path) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    """Return, for each word: occurrences, those that end a mention, those outside longer mentions, and those that are a mention."""
    seen, ends, free, alone = Counter(), Counter(), Counter(), Counter()
    for corpus, document in documents(shared):
        if corpus not in CORPORA:
            continue
        text = f"{document['title']} {document['abstract']}"
        spans = {(start, end) for start, end, _, kind, _ in document["mentions"] if kind == "Disease"}
        last = {end for _, end in spans}
        inside = {place for start, end in spans if " " in text[start:end] or "-" in text[start:end] for place in range(start, end)}
        for found in WORD.finditer(text):
            word = found[0].lower()
            seen[word] += 1
            ends[word] += found.end() in last
            free[word] += found.start() not in inside
            alone[word] += found.span() in spans
    return seen, ends, free, alone


def by_ending(word: str, means: dict[str, float]) -> float:
    """Return what a word's longest known ending says of it."""
    return next((means["-" + word[-n:]] for n in LENGTHS if len(word) > n and "-" + word[-n:] in means), 0.0)


def needed(ending: str, rate: float, means: dict[str, float]) -> bool:
    """Whether an ending says yes, or says no where a shorter one says yes."""
    shorter = [means["-" + ending[-n:]] for n in LENGTHS if n < len(ending) - 1 and "-" + ending[-n:] in means]
    return rate >= LEAST or any(value >= LEAST for value in shorter)


if __name__ == "__main__":
    main()
