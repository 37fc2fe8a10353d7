"""Make the recognizer's training data: windows of word pieces with shapes, hints and allowed labels.

    python training/prepare.py --corpora ../shared/corpora --pubmed ../shared/pubmed --base MINILM --held-out PMIDS.txt ... --out prepared.npz

Texts go through our own pipeline up to, and not including, the choice of mentions, so that hints in training are the hints
at run time. A label is a bit mask over `kg.nlp.recognizer.labels.LABELS`: which labels the corpus allows at a piece.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from corpora import ANNOTATED, Example, read_corpora, read_pubtator, read_silver

from kg.config import Settings
from kg.lexicon import Lexicon
from kg.model import Document, Section
from kg.nlp.components import workbench
from kg.nlp.layout import Layout, lay_out
from kg.nlp.pipeline import Pipeline
from kg.nlp.recognizer.features import encode_document
from kg.nlp.recognizer.hints import piece_range
from kg.nlp.recognizer.labels import LABELS, TYPES, begin, inside
from kg.nlp.recognizer.pieces import open_tokenizer
from kg.nlp.recognizer.windows import window_ranges
from kg.nlp.resolve import resolve_overlaps
from kg.nlp.sentences import TEXT
from kg.nlp.workbench import KEY, Workbench

IGNORED = 0  # a mask without a bit: no loss


def workbench_of(pipeline: Pipeline, layout: Layout, until: str = "kg_mentions") -> Workbench:
    """Run the pipeline's components up to the choice of mentions, or to another one; with its recognizer, if it has one."""
    doc = pipeline.language.make_doc(layout.text)
    doc.user_data[KEY], doc.user_data[TEXT] = Workbench(layout, pipeline.lexicon, pipeline.recognizer), layout.text
    for name, component in pipeline.language.pipeline:
        if name == until:
            break
        doc = component(doc)
    return workbench(doc)


def place(layout: Layout, name: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where a span of a section's text as read lies in the layout's text; None where it is not read, as markup or a citation."""
    part = next((p for p in layout.parts if p.section.name == name), None)
    if part is None:
        return None
    start, end = part.view.view_span(start, end)
    return (part.start + start, part.start + end) if start < end else None


def label_masks(example: Example, bench: Workbench, pieces: object) -> np.ndarray:
    """Return for every piece a mask of allowed labels; only the first piece of a word teaches."""
    free = [t for t in TYPES if t not in ANNOTATED[example.corpus]]
    nothing = 1 | sum(1 << begin(t) | 1 << inside(t) for t in free)
    masks = np.full(len(pieces.ids), nothing, np.int64)
    for start, end, types in example.spans:
        name, offset = ("title", 0) if start < len(example.title) else ("abstract", len(example.title) + 1)
        span = place(bench.layout, name, start - offset, end - offset)
        if span is None:
            continue
        first, last = piece_range(pieces, *span)
        if not types:
            masks[first:last] = (1 << len(LABELS)) - 1
            continue
        masks[first : first + 1] = sum(1 << begin(t) for t in types)
        masks[first + 1 : last] = sum(1 << inside(t) for t in types)
    masks[1:][pieces.words[1:] == pieces.words[:-1]] = IGNORED
    return masks


def silver(example: Example, bench: Workbench) -> Example:
    """Return the example with what our rules find as its spans, offsets as a corpus counts them."""
    spans = []
    for m in resolve_overlaps(bench.drafts):
        if m.start >= bench.layout.part_at(m.start).end:  # it begins in the blank line between two sections
            continue
        section, *span = bench.layout.locate(m.start, m.end)
        shift = 0 if section.name == "title" else len(example.title) + 1
        start, end = (shift + at for at in span)
        if m.type in ANNOTATED["silver"] and not any(s[0] <= start < s[1] for s in spans):
            spans.append((start, end, (m.type,)))
    return Example(example.id, "silver", example.title, example.abstract, tuple(spans))


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--corpora", type=Path, required=True), args.add_argument("--pubmed", type=Path, required=True)
    args.add_argument("--base", type=Path, required=True), args.add_argument("--held-out", type=Path, nargs="+", required=True)
    args.add_argument("--silver", type=int, default=900), args.add_argument("--out", type=Path, required=True)
    args.add_argument("--every", type=int, default=0, help="take each so-many-th abstract of PubMed at large too, unlabelled (for `narrow.py`)")
    a = args.parse_args()
    held_out = frozenset(pmid for path in a.held_out for pmid in path.read_text().split())
    examples = list(read_corpora(a.corpora, held_out))
    kinase, large = (list(read_silver([a.pubmed / f"{name}_abstracts.jsonl.gz"], held_out)) for name in ("kinase", "bulk"))
    examples += [e for e in kinase + large if is_oncology(e)][: a.silver]
    examples += [replace(e, corpus="plain") for e in large[:: a.every]] if a.every else []
    dev = [e for n in ("biored", "bc5cdr", "ncbi-disease") for e in read_pubtator(a.corpora / n / "dev.pubtator.gz", n)]
    assert not {e.id for e in examples} & held_out, "a held-out document is among the training documents"
    pipeline, tokenizer = Pipeline(Settings(profile="fast"), Lexicon.open()), open_tokenizer(a.base / "tokenizer.json")
    rows: dict[str, list[np.ndarray]] = {k: [] for k in ("pieces", "shapes", "hints", "masks")}
    lengths, corpus, split = [], [], []
    for example, kind in [(e, "train") for e in examples] + [(e, "dev") for e in dev]:
        layout = lay_out(Document(example.id, (Section("title", example.title), Section("abstract", example.abstract))))
        bench = workbench_of(pipeline, layout)
        if example.corpus == "silver":
            example = silver(example, bench)
        pieces, hints = encode_document(tokenizer, bench, resolve_overlaps(bench.drafts))
        masks = np.full(len(pieces.ids), IGNORED, np.int64) if example.corpus == "plain" else label_masks(example, bench, pieces)
        for first, last in window_ranges(pieces, bench.sentences):
            for key, value in (("pieces", pieces.ids), ("shapes", pieces.shapes), ("hints", hints), ("masks", masks)):
                rows[key].append(value[first:last])
            lengths.append(last - first), corpus.append(example.corpus), split.append(kind)
    np.savez_compressed(
        a.out, lengths=np.array(lengths), corpus=np.array(corpus), split=np.array(split), **{k: np.concatenate(v) for k, v in rows.items()}
    )
    print(Counter(zip(split, corpus, strict=True)), sum(lengths), "pieces")


def is_oncology(example: Example) -> bool:
    """Whether a text is about what a tumour's lesion means for its therapy."""
    text = f"{example.title} {example.abstract}".lower()
    return ("inhibitor" in text or "tinib" in text) and any(
        w in text for w in ("cancer", "tumor", "tumour", "leukemia", "carcinoma", "lymphoma", "melanoma")
    )


if __name__ == "__main__":
    main()
