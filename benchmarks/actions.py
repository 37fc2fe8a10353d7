"""Compare what is extracted of drugs and genes with DrugProt, in the tenth of its training abstracts that teaches nothing.

usage: python benchmarks/actions.py [--drugprot ../shared/corpora/drugprot] [--held-out PMIDS.txt ...] [--profile NAME] [--list]

Extraction starts from the text alone. An edge (`inhibits`, `activates`, `targets`) is right if DrugProt relates a chemical and a gene, at places of
the edge's two ends in its sentence, by a relation that means so; to name the target of an inhibitor without its effect is right too. Ends that
DrugProt does not mark at all ("unmarked") are counted apart. Recall is over DrugProt's relations that have a predicate of ours.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "training"))

from pairs import PairExample, read_drugprot_pairs  # noqa: E402
from prepare_pairs import is_held_out  # noqa: E402

from kg.config import Settings  # noqa: E402
from kg.lexicon import Lexicon  # noqa: E402
from kg.model import Annotation, Argument, Document, Evidence, Section  # noqa: E402
from kg.nlp import Pipeline  # noqa: E402
from kg.nlp.relations.weighing import MEANS  # noqa: E402
from kg.nlp.relator.heads import HEADS  # noqa: E402

PREDICATES = ("inhibits", "activates", "targets")
DRUGPROT = ROOT.parent / "shared" / "corpora" / "drugprot"
UNMARKED, UNRELATED, OTHERWISE = "unmarked", "unrelated", "otherwise"
Relation = tuple[int, int]
"""A chemical and a gene of DrugProt, by their numbers."""


@dataclass(frozen=True)
class Verdict:
    """An edge, and what DrugProt says of its ends: the predicates that it has for them, or why none."""

    evidence: Evidence
    right: bool
    said: str
    relations: frozenset[Relation]
    """DrugProt's relations that the edge tells rightly."""


def examples(folder: Path, held_out: frozenset[str]) -> Iterator[tuple[Document, PairExample]]:
    """Yield the abstracts of the tenth that is kept, with what DrugProt marks there; ``held_out`` are PMIDs that must not be looked at."""
    for example in read_drugprot_pairs(folder):
        if example.id not in held_out and is_held_out(example.id, 10):
            yield Document(example.id, tuple(Section(name, text) for name, text in example.sections)), example


def relations_of(example: PairExample) -> dict[Relation, str]:
    """Return what DrugProt's relations are in our predicates, empty for those that have none."""
    out = {}
    for _, gene, chemical, mask, _ in example.pairs:
        label = HEADS["action"][mask.bit_length() - 1]
        if label != "none":
            out[chemical, gene] = MEANS.get(label, "")
    return out


def judge(annotation: Annotation, example: PairExample) -> Iterator[Verdict]:
    """Yield a verdict on every edge from a drug to a gene that is not denied."""
    shift = {"title": 0, "abstract": len(example.sections[0][1]) + 1}
    said = relations_of(example)

    def marked(one: Evidence, end: Argument) -> set[int]:
        """DrugProt's entities at the places of an end in its sentence."""
        inside = [m for m in annotation.mentions if m.section == one.section and one.start <= m.start and m.end <= one.end]
        own = [(m.start, m.end) for m in inside if m.entity_id == end.id] or list(end.spans)
        spans = [(start + shift[one.section], stop + shift[one.section]) for start, stop in own]
        return {number for start, stop, _, number in example.mentions if any(start < y and x < stop for x, y in spans)}

    for one in annotation.evidence:
        if one.predicate in PREDICATES and one.polarity == "positive" and one.subject.type == "Drug" and one.object.type in ("Gene", "GeneFamily"):
            ends = (marked(one, one.subject), marked(one, one.object))
            told = {(a, b): said[a, b] for a in ends[0] for b in ends[1] if (a, b) in said}
            right = frozenset(pair for pair, p in told.items() if p == one.predicate or (one.predicate == "targets" and p))
            why = "" if right else UNMARKED if not (ends[0] and ends[1]) else OTHERWISE if told else UNRELATED
            yield Verdict(one, bool(right), why or one.predicate, right)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drugprot", type=Path, default=DRUGPROT)
    parser.add_argument("--held-out", type=Path, nargs="*", default=[DRUGPROT.parent / "evaluation_pmids.txt"])
    parser.add_argument("--profile", choices=("accurate", "fast"), default="accurate")
    parser.add_argument("--list", action="store_true", help="the edges that DrugProt does not have, with their sentences")
    options = parser.parse_args()
    held_out = frozenset(pmid for path in options.held_out for pmid in path.read_text().split())
    counts: Counter[tuple[str, str]] = Counter()
    wanted: Counter[str] = Counter()
    found: set[tuple[str, Relation, str]] = set()
    texts = 0
    with Lexicon.open() as lexicon:
        pipeline = Pipeline(Settings(profile=options.profile), lexicon)
        for document, example in examples(options.drugprot, held_out):
            texts += 1
            said = relations_of(example)
            wanted.update(p for p in said.values() if p)
            for verdict in judge(pipeline.annotate_one(document), example):
                one, reader = verdict.evidence, verdict.evidence.extractor.partition("/")[0]
                for row in (one.predicate, reader):
                    counts[row, "right" if verdict.right else verdict.said] += 1
                found |= {(document.id, pair, said[pair]) for pair in verdict.relations}
                if options.list and not verdict.right:
                    ends = f"{one.subject.name} {one.predicate} {one.object.name}"
                    print(f"{verdict.said}\t{one.extractor}\t{one.confidence:.2f}\t{ends}\t{document.id}\t{one.sentence.strip()}")
    print(f"{texts} abstracts, {options.profile} profile")
    print("| edges | right | related otherwise | not related | an end unmarked | precision, both ends marked |")
    print("|---|---|---|---|---|---|")
    for row in (*PREDICATES, "rules", "model"):
        right, *wrong = (counts[row, kind] for kind in ("right", OTHERWISE, UNRELATED, UNMARKED))
        print(f"| {row} | {right} | {' | '.join(map(str, wrong))} | {right / max(1, right + wrong[0] + wrong[1]):.3f} |")
    reached = Counter(predicate for *_, predicate in found)
    for row in PREDICATES:
        print(f"DrugProt's {row}: {reached[row]} of {wanted[row]} told")
    print(f"recall {sum(reached.values()) / sum(wanted.values()):.3f}")


if __name__ == "__main__":
    main()
