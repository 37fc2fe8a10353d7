"""Teach the classifier.

    python training/classify.py --data sentences.jsonl.gz --base MINILM --tokenizer MINILM/tokenizer.json --out classifier.safetensors --minutes 45

It starts from MiniLM's own weights; the embeddings of words stay as they are. Where several answers are allowed, the loss is minus the log of
the sum of their probabilities. Names are hidden now and then, so that a sentence is read and a pair is not remembered. The learning rate
follows the clock; weights are averaged over the last part of the run. Seeded; resumable: the state is kept beside `--out`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

sys.path.insert(0, str(Path(__file__).parent))
from classifier import ANSWERS, Batch, Classifier
from relate import f1_of
from teach import Plan, by_length, teach

from kg.nlp.classifier.marks import ends_of, hints_of
from kg.nlp.classifier.model import QUESTIONS, Span
from kg.nlp.classifier.reading import within
from kg.nlp.recognizer.hints import piece_range
from kg.nlp.recognizer.pieces import encode, open_tokenizer
from kg.nlp.recognizer.windows import CLS, SEP
from kg.nlp.relator.heads import HEADS
from kg.nlp.relator.marks import MARKED, MARKS

BATCH = 1536
SHARE = {"civic": 0.5, "civicmine": 0.5, "invented": 0.8}
"""How often a sentence of a corpus is seen in an epoch, where not once."""
HIDDEN, LOST, MASK = 0.2, 0.03, 103
"""Shares of entities and of pieces that are hidden at each reading, and the piece that hides them."""
FIRST = {question: sum(len(HEADS[q]) for q in QUESTIONS[:number]) for number, question in enumerate(QUESTIONS)}


@dataclass(frozen=True)
class Sentence:
    """A prepared sentence: pieces between [CLS] and [SEP], mentions over them, labelled pairs (question, cluster, cluster, mask, weight)."""

    corpus: str
    pieces: np.ndarray
    shapes: np.ndarray
    spans: list[Span]
    pairs: list[tuple[str, int, int, int, float]]


def read_sentences(path: Path, tokenizer: Path) -> tuple[list[Sentence], np.ndarray]:
    """Return the sentences, and which of them are held out."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    sentences, held = [], []
    for row, pieces in zip(rows, encode(open_tokenizer(tokenizer), [row["text"] for row in rows]), strict=True):
        spans = [(*piece_range(pieces, s, e), MARKED.index(t), c) for s, e, t, c in row["mentions"] if t in MARKED]
        begin, end, kept = within(0, len(pieces.ids), spans)
        kept = [(a + 1, b + 1, t, c) for a, b, t, c in kept]  # behind [CLS]
        there = {c for *_, c in kept}
        pairs = [tuple(p) for p in row["pairs"] if p[0] in QUESTIONS and p[1] in there and p[2] in there]
        if pairs:
            ids, shapes = np.r_[CLS, pieces.ids[begin:end], SEP], np.r_[0, pieces.shapes[begin:end], 0]
            sentences.append(Sentence(row["corpus"], ids, shapes, kept, pairs))
            held.append(row["split"] == "dev")
    return sentences, np.array(held)


def batch_of(chosen: list[Sentence], generator: np.random.Generator | None) -> Batch:
    """Return sentences side by side, padded to the longest; with a generator, some names and pieces are hidden."""
    b, n = len(chosen), max(len(s.pieces) for s in chosen)
    pieces, shapes, there = np.zeros((b, n), np.int64), np.zeros((b, n), np.int64), np.zeros((b, n), bool)
    marks, numbers, ends = np.zeros((b, n, MARKS), np.float32), [], []
    for row, s in enumerate(chosen):
        size = len(s.pieces)
        pieces[row, :size], shapes[row, :size], there[row, :size] = s.pieces, s.shapes, True
        marks[row, np.arange(size), hints_of(size, s.spans)] = 1
        if generator:
            hidden = generator.random(1 + max(c for *_, c in s.spans)) < HIDDEN
            for first, last, _, cluster in s.spans:
                if hidden[cluster]:
                    pieces[row, first:last] = MASK
            pieces[row, 1 : size - 1][generator.random(size - 2) < LOST] = MASK
        for _, x, y, _, _ in s.pairs:
            ends.append([np.pad(column, (0, n - size)) for column in ends_of(size, s.spans, x, y)])
            numbers.append(row)
    marks[..., 0] = 0
    columns = [torch.from_numpy(np.stack(column)) for column in zip(*ends, strict=True)]
    return Batch(*map(torch.from_numpy, (pieces, shapes, marks, there)), torch.tensor(numbers), *columns)


def allowed_of(chosen: list[Sentence]) -> tuple[Tensor, Tensor, Tensor]:
    """Return, for every pair, which logits are of its question, which of those are right answers, and its weight."""
    pairs = [p for s in chosen for p in s.pairs]
    asked, right = torch.zeros(len(pairs), ANSWERS, dtype=torch.bool), torch.zeros(len(pairs), ANSWERS, dtype=torch.bool)
    for row, (question, _, _, mask, _) in enumerate(pairs):
        first = FIRST[question]
        asked[row, first : first + len(HEADS[question])] = True
        for answer in range(len(HEADS[question])):
            right[row, first + answer] = bool(mask >> answer & 1)
    return asked, right, torch.tensor([p[4] for p in pairs])


def loss_of(model: Classifier, chosen: list[Sentence], generator: np.random.Generator) -> Tensor:
    """Return the weighted mean of the marginal losses of a batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(batch_of(chosen, generator))
    asked, right, weight = allowed_of(chosen)
    logits = logits.masked_fill(~asked, -1e4)
    each = logits.logsumexp(-1) - logits.masked_fill(~right, -1e4).logsumexp(-1)
    return (each * weight).sum() / weight.sum()


@torch.no_grad()
def evaluate(model: Classifier, held: list[Sentence]) -> str:
    """Return F1 of the positive answers on each held-out corpus: pairs related at all, with the right answer, and at the best threshold."""
    model.eval()
    table: dict[str, list[tuple[float, bool, bool]]] = {}
    for chosen in (held[i : i + 16] for i in range(0, len(held), 16)):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(batch_of(chosen, None))
        pairs = [(s.corpus, *p) for s in chosen for p in s.pairs]
        for row, (corpus, question, _, _, mask, _) in zip(logits, pairs, strict=True):
            odds = row[FIRST[question] : FIRST[question] + len(HEADS[question])].softmax(-1)
            likeliest = int(odds.argmax())
            sure = float(1 - odds[0])
            table.setdefault(f"{corpus}:{question}", []).append((sure if likeliest else -sure, not mask & 1, bool(mask >> likeliest & 1)))
    model.train()
    return "  ".join(f"{k} pairs {p:.3f} exact {e:.3f} best {b:.3f}" for k, (p, e, b) in ((k, f1_of(v)) for k, v in sorted(table.items())))


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--base", "--tokenizer", "--out"):
        args.add_argument(name, type=Path, required=True)
    args.add_argument("--minutes", type=float, default=45)
    args.add_argument("--rate", type=float, default=1.5e-4)
    args.add_argument("--start", type=Path, help="go on from a classifier that was taught before")
    a = args.parse_args()
    torch.manual_seed(1), torch.set_num_threads(1)
    sentences, held = read_sentences(a.data, a.tokenizer)
    lengths = np.array([len(s.pieces) for s in sentences])
    train, share = np.flatnonzero(~held), np.array([SHARE.get(s.corpus, 1.0) for s in sentences])
    model = Classifier()
    model.encoder.load_bert(load_file(str(a.base / "model.safetensors"))) if not a.start else model.load_state_dict(load_file(str(a.start)))
    for table in (model.encoder.words, model.encoder.positions):
        table.requires_grad_(False)
    layers = list(model.encoder.layers.parameters())
    known = {id(p) for p in (*layers, *model.encoder.words.parameters(), *model.encoder.positions.parameters())}
    groups = [{"params": [p for p in model.parameters() if id(p) not in known], "scale": 3.0}, {"params": layers, "scale": 1.0}]

    def batches(epoch: int) -> Iterator[np.ndarray]:
        generator = np.random.default_rng([5, epoch])
        times = np.floor(share[train] + generator.random(len(train))).astype(int)
        yield from by_length(np.repeat(train, times), lengths, BATCH, generator, noise=2)

    def loss(batch: np.ndarray, step: int) -> tuple[Tensor, int]:
        return loss_of(model, [sentences[i] for i in batch], np.random.default_rng([7, step])), int(lengths[batch].sum())

    dev = [sentences[i] for i in np.flatnonzero(held)]
    teach(model, groups, batches, loss, lambda: evaluate(model, dev), Plan(a.minutes, a.rate), a.out)


if __name__ == "__main__":
    main()
