"""Fit how far each extractor is trusted, on what is known to be right and wrong; makes kg/assembly/reliability.tsv.

    python benchmarks/fit_belief.py --civic EVIDENCE.tsv.gz --gold dev.jsonl --biored dev.pubtator.gz --abstracts *_abstracts.jsonl.gz CORPORA \
        --drugprot CORPORA/drugprot > kg/assembly/reliability.tsv

Every evidence that the reader finds in the texts of the five is judged where it can be:

- CIViC's accepted items (--civic): an evidence of resistance or sensitivity whose gene and drug CIViC has for the publication is right if an
  accepted item on the publication says so; one against is right if none does. What the relator adds is not judged so: it was taught on these
  labels, and they reward by gene what a sentence does not say of its variant.
- hand-labelled abstracts (--gold): an evidence of a labelled predicate is right if its subject, predicate, object and polarity are labelled.
- BioRED (--biored): a loose association of the relator is right if the document relates the two entities.
- general oncology abstracts that were read (--abstracts, `training/effects.tsv`): an effect is right if the reader found it. Only the third whose
  errors nobody looks at counts, since rules were written on the others.
- DrugProt (--drugprot, `benchmarks/actions.py`): what a drug does to a gene is right if DrugProt relates the two so; only where it marks both ends,
  in the tenth of its training abstracts that teaches nothing.
- a reader: effects that the relator and the classifier added were read against their sentences, 60 and 30 of them (docs/relator.md,
  docs/classifier.md).

The share that is right is taken from each by itself, and the mean of these is used. CIViC's statements are short, written by curators, and judged
by gene and not by variant: too kind, so they count only for families of which the abstracts of the others judge too few. A rule with few judged
evidences is drawn towards its family, as if PRIOR of its evidences were the family's.

The reliability of an extractor is that share over its mean confidence, so that confidence x reliability is the chance to be right; above 1
where it is right more often than it says. Only asserted evidence is used; what speculated evidence is worth is a matter of convention. How far
off the chance is, fitted on one half of the publications and tried on the other, is printed to standard error.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import actions

import kg
from kg.assembly import MOST_SURE
from kg.config import Settings
from kg.evaluate import civic_gold, gold_documents, labelled_gold, pubtator_gold
from kg.lexicon import Lexicon
from kg.model import Evidence
from kg.nlp import Pipeline

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))

from effects import read_abstracts, read_effects
from prepare_pairs import is_held_out

SOURCES = ("civic", "gold", "biored", "abstracts", "drugprot", "read")
#: what people build graphs of
ABSTRACTS = ("gold", "abstracts")
#: extractor -> evidences read by hand, those found right, and their mean confidence
READ = {"model/effect": (60, 40, 0.99), "model/effect/sentence": (30, 18, 0.96)}
#: judged evidences of the family that count for a rule besides its own.
PRIOR = 20.0
#: judged evidences that a family needs in a source to be judged by it.
ENOUGH = 30
#: trust before anything is judged: that of the hand-set table that this one replaces.
START = 0.80
#: no extractor is trusted beyond this.
MOST = 1.5


@dataclass(frozen=True)
class Judged:
    """One evidence: who read it, how sure, whether it is right; ``work`` is the publication, ``source`` what judged it."""

    extractor: str
    confidence: float
    speculated: bool
    right: bool
    work: str
    source: str


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--civic", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--biored", type=Path, required=True)
    parser.add_argument(
        "--abstracts", type=Path, nargs="+", required=True, help="JSON Lines, or the folder of corpora, with the texts of training/effects.tsv"
    )
    parser.add_argument("--drugprot", type=Path, required=True)
    options = parser.parse_args()
    with Lexicon.open() as lexicon:
        pipeline = Pipeline(Settings(), lexicon)
        judged = [
            *judge_civic(pipeline, options.civic),
            *judge_gold(pipeline, options.gold),
            *judge_biored(pipeline, options.biored),
            *judge_abstracts(pipeline, options.abstracts),
            *judge_drugprot(pipeline, options.drugprot),
            *judge_by_reading(),
        ]
        version = lexicon.version
    asserted = [one for one in judged if not one.speculated]
    report(asserted)
    write(judged, fit(asserted), version)


def judge_civic(pipeline: Pipeline, path: Path) -> Iterator[Judged]:
    items = civic_gold.read_items(path)
    known, genes, drugs = civic_gold.by_publication(items)
    work = {civic_gold.item_id(item): item["citation_id"] for item in items}
    for document in gold_documents("civic", path):
        for one in pipeline.annotate_one(document).evidence:
            way = civic_gold.PREDICATE.get(one.predicate)
            key = work[document.id]
            if one.extractor.startswith("model/"):
                continue
            for gene in one.subject.name.split(" ")[0].split("::") if way else ():
                drug = one.object.name.lower()
                if gene in genes[key] and drug in drugs[key]:
                    right = ((gene, drug, way) in known[key]) == (one.polarity == "positive")
                    yield _judged(one, right, "civic:" + key, "civic")
                    break


def judge_gold(pipeline: Pipeline, path: Path) -> Iterator[Judged]:
    rows = labelled_gold.read_labelled(path)
    for document in gold_documents("relations", path):
        row = rows[document.id]
        ids = labelled_gold.ids_by_name(row)
        for one in pipeline.annotate_one(document).evidence:
            if one.predicate not in labelled_gold.UNLABELLED:
                yield _judged(one, any(_same(s, one, ids) for s in row["statements"]), "gold:" + document.id, "gold")


def judge_biored(pipeline: Pipeline, path: Path) -> Iterator[Judged]:
    related = {gold.id: [frozenset(ends) for _, *ends in gold.relations] for gold in pubtator_gold.read_gold(path)}
    for document in gold_documents("relations", path):
        for one in pipeline.annotate_one(document).evidence:
            if one.extractor == "model/association":
                ends = [{x.split(":", 1)[-1] for x in (end.id, *end.xrefs)} for end in (one.subject, one.object)]
                right = any(len(pair & ends[0]) and len(pair & ends[1]) for pair in related[document.id])
                yield _judged(one, right, "biored:" + document.id, "biored")


def judge_abstracts(pipeline: Pipeline, collections: Iterable[Path]) -> Iterator[Judged]:
    read = {pmid: rows for pmid, rows in read_effects().items() if is_held_out(pmid, 3)}
    for pmid, document in sorted(read_abstracts(collections, read).items()):
        said: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in read[pmid]:
            said[row.lesion, row.therapy].add(row.effect if row.polarity in ("asserted", "hedged") else row.polarity)
        for one in pipeline.annotate_one(document).evidence:
            way = {"confers_sensitivity_to": "sensitive", "confers_resistance_to": "resistant"}.get(one.predicate)
            told = said[one.subject.id or "NONE:" + one.subject.name, one.object.id or "NONE:" + one.object.name]
            if way and "inverse" not in told:
                other = {"resistant": "sensitive", "sensitive": "resistant"}[way]
                right = way in told if one.polarity == "positive" else bool(told & {"negated", other})
                yield _judged(one, right, "abstracts:" + pmid, "abstracts")


def judge_drugprot(pipeline: Pipeline, folder: Path) -> Iterator[Judged]:
    held_out = frozenset((folder.parent / "evaluation_pmids.txt").read_text().split())
    for document, example in actions.examples(folder, held_out):
        for verdict in actions.judge(pipeline.annotate_one(document), example):
            if verdict.said != actions.UNMARKED:
                yield _judged(verdict.evidence, verdict.right, "drugprot:" + document.id, "drugprot")


def judge_by_reading() -> Iterator[Judged]:
    for extractor, (count, right, confidence) in READ.items():
        for number in range(count):
            yield Judged(extractor, confidence, False, number < right, f"read:{number}", "read")


def _same(labelled: dict[str, Any], one: Evidence, ids: dict[str, set[str]]) -> bool:
    ends = ((labelled["subject"], one.subject), (labelled["object"], one.object))
    plain = [(name, {"name": end.name, "id": end.id, "xrefs": list(end.xrefs)}) for name, end in ends]
    same = all(labelled_gold.same(name, ids, end) for name, end in plain)
    return same and labelled["predicate"] == one.predicate and labelled["polarity"] == one.polarity


def _judged(one: Evidence, right: bool, work: str, source: str) -> Judged:
    return Judged(one.extractor.partition("@")[0], one.confidence, one.certainty == "speculated", right, work, source)


@dataclass(frozen=True)
class Fitted:
    """What is written of an extractor: judged and right evidences by source, mean confidence, and the share that is right after shrinking."""

    counts: dict[str, tuple[int, int]]
    confidence: float
    share: float

    @property
    def reliability(self) -> float:
        return min(self.share / self.confidence, MOST)


def fit(judged: Iterable[Judged]) -> dict[str, Fitted]:
    """Map each extractor, and each family that its name begins with, to what is fitted of it."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        for name in families(one.extractor):
            groups[name].append(one)
    shares = {source: _shares(groups, source) for source in SOURCES}
    fitted = {}
    for name, some in sorted(groups.items()):
        counts = {source: (sum(o.source == source for o in some), sum(o.right for o in some if o.source == source)) for source in SOURCES}
        judging = [source for source in SOURCES if sum(o.source == source for o in groups[_family(name)]) >= ENOUGH] or list(SOURCES)
        judging = judging if set(ABSTRACTS) - set(judging) else list(ABSTRACTS)
        share = sum(shares[source][name] for source in judging) / len(judging)
        fitted[name] = Fitted(counts, sum(o.confidence for o in some) / len(some), share)
    return fitted


def families(extractor: str) -> list[str]:
    """The beginnings of an extractor's name, shortest first: rules, rules/effect, rules/effect/sens, ..."""
    parts = extractor.split("/")
    return ["/".join(parts[:size]) for size in range(1, len(parts) + 1)]


def _family(name: str) -> str:
    return "/".join(name.split("/")[:2])


def _shares(groups: dict[str, list[Judged]], source: str) -> dict[str, float]:
    """The share that is right by one source, each name drawn towards the one it begins with."""
    shares: dict[str, float] = {}
    for name in sorted(groups):
        some = [one.right for one in groups[name] if one.source == source]
        prior = shares[name.rpartition("/")[0]] if "/" in name else START
        shares[name] = (sum(some) + PRIOR * prior) / (len(some) + PRIOR)
    return shares


def report(judged: list[Judged]) -> None:
    """Fit on either half of the publications and say how far the chance to be right is off on the other, by what judged it."""
    halves = [[one for one in judged if crc32(one.work.encode()) % 2 == half] for half in (0, 1)]
    tried = [(one, chance(one, fit(halves[1 - half]))) for half in (0, 1) for one in halves[half]]
    for source in SOURCES:
        some = [(fitted, one.confidence * START, one.right) for one, fitted in tried if one.source == source]
        for label, column in (("fitted", 0), ("by hand", 1)):
            brier = sum((row[column] - row[2]) ** 2 for row in some) / len(some)
            mean, right = sum(row[column] for row in some) / len(some), sum(row[2] for row in some) / len(some)
            print(f"{source}, {label}: {len(some)} evidences, mean chance {mean:.3f}, right {right:.3f}, Brier score {brier:.4f}", file=sys.stderr)


def chance(one: Judged, fitted: dict[str, Fitted]) -> float:
    known = [fitted[name].reliability for name in families(one.extractor) if name in fitted]
    return min(one.confidence * (known[-1] if known else START), MOST_SURE)


def write(judged: list[Judged], fitted: dict[str, Fitted], version: str) -> None:
    speculated = [one for one in judged if one.speculated]
    print("# How far each extractor is trusted, fitted by benchmarks/fit_belief.py; see there how, and docs/schema.md for what it does.")
    print(
        "# Data: CIViC accepted evidence items (CC0), development part; abstracts labelled by us; counts by BioRED (public) and DrugProt (CC BY 4.0)."
    )
    print(f"# kg {kg.__version__}, vocabulary {version}; speculated, not used: {len(speculated)}, right {sum(one.right for one in speculated)}.")
    print("\t".join(("extractor", *(f"{source}_{what}" for source in SOURCES for what in ("judged", "right")), "confidence", "share", "reliability")))
    for name, one in sorted(fitted.items()):
        counts = (str(number) for source in SOURCES for number in one.counts[source])
        print("\t".join((name, *counts, f"{one.confidence:.4f}", f"{one.share:.4f}", f"{one.reliability:.3f}")))


if __name__ == "__main__":
    main()
