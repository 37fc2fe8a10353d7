"""Make the relator's training data: documents of word pieces with hints, mentions and labelled pairs.

    python training/prepare_pairs.py --corpora ../shared/corpora --civic ../shared/civic/evidence_dev.tsv.gz \
        --held-out PMIDS.txt ... --out pairs.npz

Texts go through our own pipeline up to the choice of mentions, so that hints in training are the hints at run time; in CIViC's
statements the mentions are our own too. `split` is `dev` for BioRED's and BC5CDR's dev sets, a tenth of DrugProt and a fifth of
CIViC's publications, `train` for the rest.
"""

from __future__ import annotations

import argparse
import re
import sys
import zlib
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from pairs import PairExample, pairs_of_civic, read_cancer_genetics, read_civic, read_drugprot_pairs, read_mined, read_nary, read_pubtator_pairs
from passages import passage_examples
from prepare import place, workbench_of

from kg.config import Settings
from kg.lexicon import Lexicon
from kg.model import Document, Section
from kg.nlp.layout import Layout, lay_out
from kg.nlp.pipeline import Pipeline
from kg.nlp.recognizer import WEIGHTS
from kg.nlp.recognizer.features import encode_document
from kg.nlp.recognizer.hints import piece_range
from kg.nlp.recognizer.model import TOKENIZER
from kg.nlp.recognizer.pieces import open_tokenizer
from kg.nlp.recognizer.windows import window_ranges
from kg.nlp.relator.heads import HEADS
from kg.nlp.relator.marks import MARKED
from kg.nlp.resolve import resolve_overlaps

GENE = re.compile(r"\b[A-Z][A-Z0-9]{1,9}\b")
HEAD_NAMES = list(HEADS)


def genes(profile: str) -> set[str]:
    """Return the gene symbols of a molecular profile such as 'EML4::ALK e6-e20 AND ALK S1206Y'."""
    found: set[str] = set()
    for part in re.split(r" AND | OR |[()]", profile.replace("NOT ", "")):
        found.update(GENE.findall(part.split(" ")[0]))
        found.update(g for word in part.split() if "::" in word for g in word.split("::") if GENE.fullmatch(g))
    return found


def is_held_out(pmid: str, parts: int) -> bool:
    """Whether a publication is in the part of a corpus that we keep for ourselves (one in ``parts``)."""
    return zlib.crc32(pmid.encode()) % parts == 0


def civic_examples(path: Path) -> list[tuple[PairExample, str]]:
    """Annotate CIViC's statements and return their pairs, each with its split."""
    items = read_civic(path)
    pipeline = Pipeline(Settings(), Lexicon.open())
    found = {}
    for item in items:
        annotation = pipeline.annotate_one(Document(item.id, (Section("text", item.text),)))
        grounded = [(m, m.grounding.entity) for m in annotation.mentions if m.grounding]
        found[item.id] = [
            {"start": m.start, "end": m.end, "type": m.type, "name": m.name, "xrefs": [entity.id, *entity.xrefs]} for m, entity in grounded
        ]
    pmid = {i.id: i.pmid for i in items}
    return [(e, "dev" if is_held_out(pmid[e.id], 5) else "train") for e in pairs_of_civic(items, found, genes)]


def place_of(layout: Layout, example: PairExample, start: int, end: int) -> tuple[int, int] | None:
    """Return where a span of an example, its sections a character apart, lies in the layout's text, if it is read."""
    offset = 0
    for name, text in example.sections:
        if start < offset + len(text):
            return place(layout, name, start - offset, end - offset)
        offset += len(text) + 1
    return None


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--corpora", type=Path, required=True), args.add_argument("--civic", type=Path, required=True)
    args.add_argument("--held-out", type=Path, nargs="+", required=True), args.add_argument("--out", type=Path, required=True)
    a = args.parse_args()
    held_out = frozenset(pmid for path in a.held_out for pmid in path.read_text().split())
    examples: list[tuple[PairExample, str]] = civic_examples(a.civic)
    for corpus in ("biored", "bc5cdr"):
        examples += [(e, "train") for e in read_pubtator_pairs(a.corpora / corpus / "train.pubtator.gz", corpus) if e.id not in held_out]
        examples += [(e, "dev") for e in read_pubtator_pairs(a.corpora / corpus / "dev.pubtator.gz", corpus)]
    examples += [
        (e, "train") for part in ("train", "devel") for e in read_cancer_genetics(a.corpora / "bionlp-cg" / f"{part}.tar.gz") if e.id not in held_out
    ]
    examples += [(e, "dev" if is_held_out(e.id, 10) else "train") for e in read_drugprot_pairs(a.corpora / "drugprot") if e.id not in held_out]
    for corpus in ("civicmine", "cancermine"):
        examples += [(e, "train") for e in read_mined(a.corpora / corpus / "train.tar.gz", corpus)]
    examples += [(e, "train") for e in (*read_nary(a.corpora / "nary"), *passage_examples(a.corpora / "nary"))]
    assert not {e.id for e, split in examples if split == "train"} & held_out, "a held-out document is among the training documents"
    pipeline, tokenizer = Pipeline(Settings(profile="fast"), Lexicon.open()), open_tokenizer(WEIGHTS / TOKENIZER)
    columns: dict[str, list[np.ndarray]] = {k: [] for k in ("pieces", "shapes", "hints", "words")}
    documents, windows, mentions, pairs, corpora, ids = [], [], [], [], [], []
    for number, (example, split) in enumerate(examples):
        layout = lay_out(Document(example.id, tuple(Section(n, t) for n, t in example.sections)))
        bench = workbench_of(pipeline, layout)
        pieces, hints = encode_document(tokenizer, bench, resolve_overlaps(bench.drafts))
        for key, value in (("pieces", pieces.ids), ("shapes", pieces.shapes), ("hints", np.packbits(hints, axis=1)), ("words", pieces.words)):
            columns[key].append(value)
        documents.append((len(pieces.ids), split == "dev"))
        corpora.append(example.corpus), ids.append(example.id)
        windows += [(number, first, last) for first, last in window_ranges(pieces, bench.sentences)]
        there = set()
        for start, end, type_, cluster in example.mentions:
            span = place_of(layout, example, start, end)
            if span and type_ in MARKED:
                first, last = piece_range(pieces, *span)
                if last > first:
                    mentions.append((number, first, last, MARKED.index(type_), cluster))
                    there.add(cluster)
        for head, x, y, mask, weight in example.pairs:
            if x in there and y in there:
                pairs.append((number, HEAD_NAMES.index(head), x, y, mask, round(weight * 100)))
    np.savez_compressed(a.out, documents=np.array(documents), windows=np.array(windows), mentions=np.array(mentions), pairs=np.array(pairs),
                        corpus=np.array(corpora), ids=np.array(ids), **{k: np.concatenate(v) for k, v in columns.items()})  # fmt: skip
    print(Counter(zip(corpora, [bool(d[1]) for d in documents], strict=True)), sum(d[0] for d in documents), "pieces", len(pairs), "pairs")


if __name__ == "__main__":
    main()
