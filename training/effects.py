"""Effects that were read in abstracts for this project: `effects.tsv`, and the pairs that it teaches.

Each row is an effect that an abstract asserts, hedges or negates: a lesion, a therapy, and the sentences that say so (`section:start-end`).
Every abstract of the table was read to its end, so that a lesion and a therapy without a row have no effect on each other there. The table
holds no text: the abstracts are read from a collection given beside it.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pairs import PairExample
from prepare import workbench_of

from kg.model import Document, Section
from kg.nlp.layout import lay_out
from kg.nlp.pipeline import Pipeline
from kg.nlp.relations.opinions import WHOLE
from kg.nlp.relator.heads import answers
from kg.nlp.relator.marks import MARKED
from kg.nlp.relator.reading import is_effect, pairs_to_ask
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
    """Return the abstracts of some PMIDs from JSON Lines with `pmid`, `title` and `abstract`."""
    pmids, out = set(wanted), {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if str(record["pmid"]) in pmids:
                    sections = tuple(Section(name, record[name]) for name in ("title", "abstract") if record.get(name))
                    out[str(record["pmid"])] = Document(str(record["pmid"]), sections)
    return out


Scope = tuple[str, int, int]
"""A sentence: section, start, end; or, with an empty name, the whole abstract."""


def effect_examples(pipeline: Pipeline, table: Path, collections: Sequence[Path], held_out: frozenset[str]) -> Iterator[PairExample]:
    """Yield the abstracts of the table with our own mentions, and the pairs of lesions and therapies that the relator is asked about there."""
    effects = read_effects(table)
    for pmid, document in sorted(read_abstracts(collections, effects.keys() - held_out).items()):
        example = example_of(workbench_of(pipeline, lay_out(document), until="kg_relations"), pmid, effects[pmid])
        if example.pairs:
            yield example


def example_of(bench: Workbench, pmid: str, effects: Sequence[Effect]) -> PairExample:
    """Return the labelled pairs of one abstract."""
    layout, shifts, at = bench.layout, {}, 0
    for part in layout:
        shifts[part.start] = at - part.start
        at += len(part.view.text) + 1
    example = PairExample(pmid, "effects", tuple((part.section.name, part.view.text) for part in layout))
    mentions = [m for m in bench.mentions if m.entity is not None and m.type in MARKED]
    sentences = [(number, start, end) for number, (start, end) in enumerate(bench.sentences)]
    clusters, pairs = pairs_to_ask(mentions, sentences)
    used = {}
    for a, b, sentence in pairs:
        if is_effect(mentions, clusters, a, b):
            section, start, end = layout.locate(*bench.sentences[sentence]) if sentence != WHOLE else (None, 0, 0)
            scope = (section.name, start, end) if section else ("", 0, 0)
            answer, weight = answer_of(mentions[clusters[a][0]], mentions[clusters[b][0]], scope, effects)
            if answer:
                ends = (used.setdefault(c, len(used)) for c in (a, b))
                example.pairs.append(("effect", *ends, answer, weight))
    for cluster, number in used.items():
        for m in (mentions[i] for i in clusters[cluster]):
            shift = shifts[layout.part_at(m.start).start]
            example.mentions.append((m.start + shift, m.end + shift, m.type, number))
    return example


def answer_of(lesion: Draft, therapy: Draft, scope: Scope, effects: Sequence[Effect]) -> tuple[int, float]:
    """Return the allowed answers on a pair and their weight; no answer where the table leaves it open."""
    rows = [e for e in effects if (e.lesion, e.therapy) == (lesion.key, therapy.key)]
    said = [e for e in rows if not scope[0] or e.says(*scope)]
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
