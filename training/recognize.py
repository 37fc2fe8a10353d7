"""Teach the encoder to recognize mentions.

    python training/recognize.py --data prepared.npz --base MINILM --out recognizer.safetensors --minutes 80

One softmax over begin and inside of ten types. A corpus that does not annotate a type says nothing about it: the loss is
minus the log of the sum of the probabilities of all labels that the corpus allows at a piece (marginal likelihood, as in
Greenberg et al. 2018, doi:10.18653/v1/D18-1306). The learning rate follows the clock; weights are averaged over the last
part of the run. Seeded; resumable: the state is kept beside `--out` and taken up when the command is repeated.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parent))
from encoder import HEAD, SIZES, WIDTH, Encoder
from teach import Plan, by_length, teach

from kg.nlp.recognizer.hints import HINTS
from kg.nlp.recognizer.labels import LABELS, TYPES, begin, inside
from kg.nlp.recognizer.pieces import SHAPES
from kg.nlp.recognizer.windows import CLS, SEP

BATCH = 4096  # pieces an optimizer step
SHARE = {"biored": 2.0, "drugprot": 0.35, "ncbi-disease": 1.5, "silver": 0.3, "bionlp-cg": 0.7, "plain": 0.0}
"""How often a corpus is seen in an epoch, where not once; the plain abstracts have no labels and are for `narrow.py`."""
HINTLESS = 0.1  # windows whose hints are hidden, so that the text alone must do


class Recognizer(nn.Module):
    """The encoder and one linear layer over its vectors."""

    def __init__(self, vocabulary: int, dropout: float, sizes: Sequence[tuple[int, int]] = SIZES) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary, SHAPES, HINTS, dropout, sizes)
        self.dropout = nn.Dropout(dropout)
        self.labels = nn.Linear(WIDTH, len(LABELS))

    def forward(self, pieces: Tensor, shapes: Tensor, hints: Tensor, mask: Tensor | None) -> Tensor:
        """Return (batch, pieces, labels) logits."""
        return self.labels(self.dropout(self.encoder(pieces, shapes, hints, mask)))


def taught_before(weights: dict[str, Tensor], dropout: float) -> Recognizer:
    """Return a recognizer with these weights, as wide as they are."""
    count = len({name.split(".")[2] for name in weights if name.startswith("encoder.layers.")})
    wide = [(weights[f"encoder.layers.{i}.out.weight"].shape[1] // HEAD, len(weights[f"encoder.layers.{i}.up.weight"])) for i in range(count)]
    model = Recognizer(len(weights["encoder.words.weight"]), dropout, wide)
    model.load_state_dict(weights)
    return model


class Windows:
    """The prepared windows of one split."""

    def __init__(self, path: Path, split: str, share: Mapping[str, float] = SHARE, seed: int = 3) -> None:
        data = np.load(path)
        self.share, self.seed = share, seed
        ends = np.cumsum(data["lengths"])
        self.chosen = np.flatnonzero(data["split"] == split)
        self.starts, self.lengths, self.corpus = (ends - data["lengths"]), data["lengths"], data["corpus"]
        self.pieces, self.shapes, self.hints, self.masks = (data[k] for k in ("pieces", "shapes", "hints", "masks"))

    def batch(self, numbers: np.ndarray, hide: np.ndarray | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Return pieces, shapes, hints, attention mask and label masks of some windows, padded to the longest, CLS and SEP added."""
        n, longest = len(numbers), int(self.lengths[numbers].max()) + 2
        pieces, shapes = np.zeros((n, longest), np.int64), np.zeros((n, longest), np.int64)
        hints, masks, there = np.zeros((n, longest, HINTS), np.float32), np.zeros((n, longest), np.int64), np.zeros((n, longest), bool)
        for row, number in enumerate(numbers):
            at, length = self.starts[number], self.lengths[number]
            here, place = slice(at, at + length), slice(1, length + 1)
            pieces[row, 0], pieces[row, length + 1] = CLS, SEP
            pieces[row, place], shapes[row, place], masks[row, place] = self.pieces[here], self.shapes[here], self.masks[here]
            if hide is None or not hide[row]:
                hints[row, place] = self.hints[here]
            there[row, : length + 2] = True
        return (
            torch.from_numpy(pieces),
            torch.from_numpy(shapes),
            torch.from_numpy(hints),
            torch.from_numpy(there)[:, None, None, :],
            torch.from_numpy(masks),
        )

    def batches(self, numbers: np.ndarray, generator: np.random.Generator | None) -> list[np.ndarray]:
        """Cut windows into batches of about BATCH pieces, of like lengths; in random order if there is a generator."""
        return by_length(numbers, self.lengths + 2, BATCH, generator, noise=6)

    def epoch(self, number: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield the batches of one epoch, and which windows hide their hints."""
        generator = np.random.default_rng([self.seed, number])
        share = np.array([self.share.get(c, 1.0) for c in self.corpus[self.chosen]])
        times = np.floor(share + generator.random(len(share))).astype(int)
        for batch in self.batches(np.repeat(self.chosen, times), generator):
            yield batch, generator.random(len(batch)) < HINTLESS


def loss_of(logits: Tensor, masks: Tensor) -> Tensor:
    """Return the mean marginal loss over the pieces that teach (mask not 0)."""
    teaches = masks > 0
    logits, masks = logits[teaches].float(), masks[teaches]
    allowed = (masks[:, None] >> torch.arange(len(LABELS))) & 1 > 0
    return (logits.logsumexp(-1) - logits.masked_fill(~allowed, -1e4).logsumexp(-1)).mean()


def spans_of(tags: np.ndarray) -> set[tuple[int, int, int]]:
    """Return (first, last, type) of every mention in a row of labels; an inside without its begin opens one."""
    out, start, kind = set(), -1, -1
    for i, tag in enumerate([*tags.tolist(), 0]):
        place, type_ = (0, -1) if tag == 0 else (1 + (tag - 1) % 2, (tag - 1) // 2)
        if start >= 0 and (place != 2 or type_ != kind):
            out.add((start, i, kind))
            start = -1
        if start < 0 and place:
            start, kind = i, type_
    return out


FOLD = {"GeneFamily": "Gene", "Phenotype": "Disease", "DrugClass": "Drug"}


@torch.no_grad()
def evaluate(model: Recognizer, windows: Windows) -> str:
    """Return exact-span F1 on each dev corpus over the folded types it annotates, greedily decoded, windows apart."""
    model.eval()
    table: dict[str, list[int]] = {}
    annotated = {
        "biored": ("Gene", "Disease", "Drug", "Variant", "Organism", "CellLine"),
        "bc5cdr": ("Drug", "Disease"),
        "ncbi-disease": ("Disease",),
    }
    fold = np.array([TYPES.index(FOLD.get(t, t)) for t in TYPES])
    for numbers in windows.batches(windows.chosen, None):
        pieces, shapes, hints, there, masks = windows.batch(numbers)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            tags = model(pieces, shapes, hints, there).float().argmax(-1).numpy()
        for row, number in enumerate(numbers):
            kept = masks[row].numpy() > 0
            mask, tag = masks[row].numpy()[kept], tags[row][kept]
            gold_tags = np.zeros(len(mask), int)
            for t in range(len(TYPES)):
                gold_tags[(mask & 1 == 0) & (mask >> begin(TYPES[t]) & 1 == 1) & (gold_tags == 0)] = begin(TYPES[t])
                gold_tags[(mask & 1 == 0) & (mask >> inside(TYPES[t]) & 1 == 1) & (gold_tags == 0)] = inside(TYPES[t])
            corpus = str(windows.corpus[number])
            wanted = {TYPES.index(t) for t in annotated[corpus]}
            gold = {(s, e, fold[k]) for s, e, k in spans_of(gold_tags)}
            found = {(s, e, fold[k]) for s, e, k in spans_of(tag) if fold[k] in wanted}
            for key in (corpus, *({f"{corpus}:{t}" for t in annotated[corpus]} if corpus == "biored" else ())):
                part = {TYPES.index(key.split(":")[1])} if ":" in key else wanted
                g, f = {x for x in gold if x[2] in part}, {x for x in found if x[2] in part}
                row_ = table.setdefault(key, [0, 0, 0])
                row_[0] += len(g & f)
                row_[1] += len(f)
                row_[2] += len(g)
    model.train()
    return "  ".join(f"{k} {2 * a / max(1, b + c):.3f}" for k, (a, b, c) in sorted(table.items()))


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--data", type=Path, required=True), args.add_argument("--base", type=Path, required=True)
    (
        args.add_argument("--encoder", type=Path, help="start from what pretrain.py wrote"),
        args.add_argument("--start", type=Path, help="go on from a recognizer that was taught before, a narrower one too"),
        args.add_argument("--out", type=Path, required=True),
        args.add_argument("--minutes", type=float, default=80),
    )
    (
        args.add_argument("--rate", type=float, default=2.5e-4),
        args.add_argument("--seed", type=int, default=3, help="of the order of the windows; another one gives a network to blend with (`blend.py`)"),
        args.add_argument("--until", type=float, default=1e9, help="stop after so many minutes, the plan unchanged"),
    )
    a = args.parse_args()
    torch.manual_seed(1)
    train, dev = Windows(a.data, "train", seed=a.seed), Windows(a.data, "dev")
    if a.start:
        model = taught_before(load_file(str(a.start)), dropout=0.1)
    else:
        weights = load_file(str(a.base / "model.safetensors"))
        model = Recognizer(len(weights["embeddings.word_embeddings.weight"]), dropout=0.1)
        model.encoder.load_bert(weights)
    if a.encoder:
        model.encoder.load_state_dict(load_file(str(a.encoder)))
    below = [model.encoder.kind, model.encoder.words.weight, model.encoder.positions.weight, *model.encoder.norm.parameters()]
    new = [p for n, p in model.named_parameters() if n.startswith(("labels.", "encoder.hints.", "encoder.shapes."))]
    groups = [{"params": new, "scale": 1.0 if a.start else 3.0}]
    for i, layer in enumerate(model.encoder.layers):
        groups.append({"params": list(layer.parameters()), "scale": 0.9 ** (len(model.encoder.layers) - 1 - i)})
    groups.append({"params": below, "scale": 0.5})

    def loss(batch: tuple[np.ndarray, np.ndarray], _step: int) -> tuple[Tensor, int]:
        pieces, shapes, hints, there, masks = train.batch(*batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(pieces, shapes, hints, there)
        return loss_of(logits, masks), pieces.numel()

    plan = Plan(a.minutes, a.rate, a.until, rising=0.04, averaged=0.75, every=10, report=600)
    teach(model, groups, train.epoch, loss, lambda: evaluate(model, dev), plan, a.out)


if __name__ == "__main__":
    main()
