"""Effects that were read in abstracts for this project: `effects.tsv`, and the pairs that it teaches.

Each row is an effect that an abstract asserts, hedges or negates: a lesion, a therapy, and the sentences that say so (`section:start-end`).
Every abstract of the table was read to its end, so that a lesion and a therapy without a row have no effect on each other there. The table
holds no text: the abstracts are read from collections and corpora given beside it.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpora import read_brat, read_corpora
from pairs import PairExample
from prepare import workbench_of

from kg.model import Document, Section
from kg.nlp.classifier.reading import LESIONS, THERAPIES, clustered, pairs_of
from kg.nlp.layout import lay_out
from kg.nlp.pipeline import Pipeline
from kg.nlp.relator.heads import answers
from kg.nlp.workbench import Draft, Workbench

TABLE = Path(__file__).parent / "effects.tsv"
HEDGED = 0.6
"""Weight of an effect that is only suggested."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A row of the table; ends that no identifier was at hand for begin with a question mark."""

    lesion: str
    effect: str
    therapy: str
    polarity: str
    """asserted, hedged, negated, or inverse: it follows from the loss of the lesion, and may be said or not"""
    places: tuple[tuple[str, int, int], ...]

    def says(self, section: str, start: int, end: int) -> bool:
        """Whether one of its sentences overlaps a stretch of text."""
        return any(s == section and a < end and start < b for s, a, b in self.places)


def read_effects(table: Path = TABLE) -> dict[str, list[Effect]]:
    """Return the effects of every abstract that was read, by PMID."""
    out: dict[str, list[Effect]] = {}
    with table.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            effects = out.setdefault(row["pmid"], [])
            if row["effect"]:
                places = (p.replace("-", ":").split(":") for p in row["sentences"].split(","))
                spans = tuple((section, int(start), int(end)) for section, start, end in places)
                effects.append(Effect(row["lesion"], row["effect"], row["therapy"], row["polarity"], spans))
    return out


def read_abstracts(paths: Iterable[Path], wanted: Iterable[str]) -> dict[str, Document]:
    """Return the abstracts of some PMIDs from JSON Lines with `pmid`, `title` and `abstract`, and from folders of public corpora."""
    pmids, out = set(wanted), {}
    for path in paths:
        for pmid, texts in _corpus_texts(path) if path.is_dir() else _record_texts(path):
            if pmid in pmids and pmid not in out:
                out[pmid] = Document(pmid, tuple(Section(name, text) for name, text in texts.items() if text))
    return out


def _record_texts(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield str(record["pmid"]), {name: record.get(name) or "" for name in ("title", "abstract")}


def _corpus_texts(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for example in itertools.chain(read_corpora(folder, frozenset()), read_brat(folder / "bionlp-cg" / "devel.tar.gz", "bionlp-cg")):
        yield example.id, {"title": example.title, "abstract": example.abstract.strip()}


def effect_examples(pipeline: Pipeline, table: Path, collections: Sequence[Path], held_out: frozenset[str]) -> Iterator[PairExample]:
    """Yield the sentences of the table's abstracts that name lesions and therapies, with our own mentions and the pairs that it labels."""
    effects = read_effects(table)
    for pmid, document in sorted(read_abstracts(collections, effects.keys() - held_out).items()):
        bench = workbench_of(pipeline, lay_out(document), until="kg_relations")
        for start, end in bench.sentences:
            example = example_of(bench, start, end, pmid, effects[pmid])
            if example.pairs:
                yield example


def example_of(bench: Workbench, start: int, end: int, pmid: str, effects: Sequence[Effect]) -> PairExample:
    """Return the labelled pairs of one sentence."""
    example = PairExample(pmid, "effects", (("text", bench.layout.text[start:end]),))
    section, first, last = bench.layout.locate(start, end)
    mentions, clusters = clustered(bench.mentions, start, end)
    drafts = {number: m for m, number in mentions}
    for one, other in pairs_of(mentions, clusters, LESIONS, THERAPIES):
        answer, weight = answer_of(drafts[one], drafts[other], (section.name, first, last), effects)
        if answer:
            example.pairs.append(("effect", one, other, answer, weight))
    example.mentions.extend((m.start - start, m.end - start, m.type, number) for m, number in mentions)
    return example


Scope = tuple[str, int, int]
"""A sentence: section, start, end."""


def answer_of(lesion: Draft, therapy: Draft, scope: Scope, effects: Sequence[Effect]) -> tuple[int, float]:
    """Return the allowed answers on a pair and their weight; no answer where the table leaves it open."""
    rows = [e for e in effects if (e.lesion, e.therapy) == (lesion.key, therapy.key)]
    said = [e for e in rows if e.says(*scope)]
    if any(e.polarity == "inverse" for e in rows) or (rows and not said):
        return 0, 0.0
    if said:
        labels = ["refuted" if e.polarity == "negated" else e.effect for e in said]
        return answers("effect", *labels), HEDGED if all(e.polarity == "hedged" for e in said) else 1.0
    for e in effects:
        if e.therapy == therapy.key and (e.lesion.startswith("?") or gene_of(e.lesion) in names_of(lesion)):
            return 0, 0.0
        if e.therapy.startswith("?") and (e.lesion == lesion.key or gene_of(e.lesion) in names_of(lesion)):
            return 0, 0.0
    return answers("effect", "none"), 1.0


def gene_of(identifier: str) -> str:
    """Return the gene that the identifier of a change begins with, or the identifier itself."""
    return identifier.removeprefix("KGV:").split("_")[0] if identifier.startswith("KGV:") else identifier


def names_of(lesion: Draft) -> set[str]:
    """Return the names and identifiers of a lesion and of what it is a change of."""
    return {lesion.name, lesion.key, gene_of(lesion.key), *lesion.genes}
