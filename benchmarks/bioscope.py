"""Measure negation and speculation on the abstracts of BioScope (Vincze et al. 2008, CC BY 2.0): is a word's status read right?

usage: python benchmarks/bioscope.py abstracts.xml.gz [--list N]

Targets are the words of four letters and more outside cues, which is what relation rules ask about. `accuracy` is the share of them whose
status (negated or not, speculated or not) is the corpus's, in the sentences where the corpus marks a scope; `with ours` adds the sentences
where only we see one: there, words as "unaffected", "independent of" and "undetectable" count against us, which the corpus does not take for
negation and we do. Also precision, recall and F1 of the status itself over all sentences. ``--list`` prints what is wrong.
What we call hypothesis (aims and questions) and hedged indication ("indicates that") BioScope counts as speculation, and so does this.
"""

from __future__ import annotations

import argparse
import gzip
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.nlp.scopes import Scope, find_scopes

KINDS = {"negation": ("negated",), "speculation": ("speculated", "hypothesis", "indicated")}
WORD = re.compile(r"[A-Za-z][A-Za-z-]{3,}")


@dataclass
class Marked:
    """A sentence with the spans that the corpus marks: scopes by kind, and cues."""

    text: str = ""
    scopes: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    cues: list[tuple[int, int]] = field(default_factory=list)


def read(path: Path) -> Iterator[Marked]:
    """Yield the sentences of a BioScope file."""
    with gzip.open(path) as handle:
        for _, element in ET.iterparse(handle):
            if element.tag == "sentence":
                marked = Marked()
                walk(element, marked)
                yield marked
                element.clear()


def walk(element: ET.Element, marked: Marked) -> None:
    """Add an element's text and the spans inside it."""
    start = len(marked.text)
    marked.text += element.text or ""
    for child in element:
        walk(child, marked)
        marked.text += child.tail or ""
    if element.tag == "cue":
        marked.cues.append((start, len(marked.text)))
    elif element.tag == "xcope":
        kinds = {cue.get("type") for cue in element.iter("cue") if cue.get("ref") == element.get("id")}
        for kind in kinds & KINDS.keys():
            marked.scopes[str(kind)].append((start, len(marked.text)))


def covered(scopes: list[Scope], kind: str, start: int, end: int) -> bool:
    return any(s.kind in KINDS[kind] and s.start <= start and end <= s.end for s in scopes)


@dataclass
class Counts:
    words: int = 0
    right: int = 0
    both: int = 0
    ours: int = 0
    theirs: int = 0
    marked: int = 0
    marked_right: int = 0

    def line(self, kind: str) -> str:
        precision, recall = self.both / max(1, self.ours), self.both / max(1, self.theirs)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return (
            f"{kind:12} targets {self.marked}  accuracy {self.marked_right / max(1, self.marked):.4f}"
            f"  with ours {self.right / max(1, self.words):.4f} of {self.words}  P {precision:.4f} R {recall:.4f} F1 {f1:.4f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--list", type=int, default=0, metavar="N")
    options = parser.parse_args()
    counts = {kind: Counts() for kind in KINDS}
    left = dict.fromkeys(KINDS, options.list)
    for marked in read(options.path):
        scopes = find_scopes(marked.text)
        targets = [m.span() for m in WORD.finditer(marked.text) if not any(s < m.end() and m.start() < e for s, e in marked.cues)]
        for kind, count in counts.items():
            gold = [any(s <= a and b <= e for s, e in marked.scopes[kind]) for a, b in targets]
            read_so = [covered(scopes, kind, a, b) for a, b in targets]
            if not (any(gold) or any(read_so)):
                continue
            same = sum(g == r for g, r in zip(gold, read_so, strict=True))
            count.words += len(targets)
            count.right += same
            count.both += sum(g and r for g, r in zip(gold, read_so, strict=True))
            count.ours += sum(read_so)
            count.theirs += sum(gold)
            if any(gold):
                count.marked += len(targets)
                count.marked_right += same
            if same != len(targets) and left[kind] > 0:
                left[kind] -= 1
                wrong = " ".join(marked.text[a:b] for (a, b), g, r in zip(targets, gold, read_so, strict=True) if g != r)
                print(f"{kind}: {marked.text}\n    wrong: {wrong}")
    for kind, count in counts.items():
        print(count.line(kind))


if __name__ == "__main__":
    main()
