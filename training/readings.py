"""Sentences that were read for this project, `readings.jsonl`, and the pairs that they teach: effects and what drugs do to genes.

A line of the table says where a sentence stands (an abstract by PMID, a sentence of the BioCreative II gene mention corpus or of PGxMine by its
place there; section, start, end), which mentions our own pipeline found in it (start, end, type, cluster), and what was read of its pairs:
question, the two clusters, answer, polarity. Every sentence was read whole: a lesion and a therapy, or a gene and a drug, without an entry
have nothing to do with each other there. The table holds no text.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

from effects import HEDGED, read_abstracts
from pairs import PairExample, archived_texts, whole_clusters

from kg.model import Document, Section
from kg.nlp.classifier.reading import DRUGS, GENES, LESIONS
from kg.nlp.layout import lay_out
from kg.nlp.relator.heads import answers
from kg.nlp.relator.reading import THERAPIES

TABLE = Path(__file__).parent / "readings.jsonl"
ASKED = {"effect": (LESIONS, THERAPIES), "action": (GENES, DRUGS)}
"""Types of the two ends by question."""


def reading_examples(collections: Sequence[Path], corpora: Path, held_out: frozenset[str], table: Path = TABLE) -> Iterator[PairExample]:
    """Yield the sentences of the table with their labelled pairs."""
    rows = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if pmid_of(row["document"]) not in held_out]
    texts = {**_mined(corpora), **_gene_mentions(corpora)}
    for pmid, document in read_abstracts(collections, {row["document"] for row in rows}).items():
        texts.update({(pmid, section.name): section.text for section in document.sections})
    for row in rows:
        raw = texts[row["document"], row["section"]][row["start"] : row["end"]]
        text = lay_out(Document(row["document"], (Section("text", raw),))).text  # what mentions count, without markup and odd white space
        example = PairExample(row["document"], "readings", (("text", text),), [tuple(m) for m in row["mentions"]])
        example.pairs.extend(_pairs(example, row["read"], set(row["wrong"])))
        if example.pairs:
            yield example


def pmid_of(document: str) -> str:
    """Return the PMID of an abstract or of a sentence of the gene mention corpus ("bc2gm:P00027739T0000"); PGxMine gives none."""
    found = re.fullmatch(r"bc2gm:P?0*(\d+)[AT]\d+[a-z]?", document)
    return found[1] if found else document


def _pairs(example: PairExample, read: list[tuple[str, int, int, str, str]], wrong: set[int]) -> Iterator[tuple[str, int, int, int, float]]:
    """Yield every pair that is asked about; nothing of mentions that are not what they were taken for, nor of what was left open."""
    types = {cluster: type_ for *_, type_, cluster in example.mentions}
    said: dict[tuple[str, int, int], list[tuple[str, str]]] = {}
    for question, one, other, answer, polarity in read:
        said.setdefault((question, one, other), []).append((answer, polarity))
    whole = whole_clusters(example)
    for question, (first, second) in ASKED.items():
        for one, other in product(sorted(types), repeat=2):
            if types[one] not in first or types[other] not in second or one not in whole or {one, other} & wrong:
                continue
            own = said.get((question, one, other), [])
            if any(polarity in ("inverse", "open") for _, polarity in own):
                continue
            labels = ["refuted" if polarity == "negated" else answer for answer, polarity in own] or ["none"]
            yield question, one, other, answers(question, *labels), HEDGED if any(polarity == "hedged" for _, polarity in own) else 1.0


def _gene_mentions(corpora: Path) -> dict[tuple[str, str], str]:
    lines = archived_texts(corpora / "bc2gm" / "train.tar.gz")["train.in"].splitlines()
    return {(f"bc2gm:{name}", "text"): text for name, _, text in (line.partition(" ") for line in lines)}


def _mined(corpora: Path) -> dict[tuple[str, str], str]:
    with gzip.open(corpora / "pgxmine_variant_other.bioc.xml.gz") as handle:
        passages = ElementTree.parse(handle).getroot().iter("passage")
        return {(f"pgxmine:{number}", "text"): passage.findtext("text") or "" for number, passage in enumerate(passages)}
