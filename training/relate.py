"""Teach the relator.

    python training/relate.py --data pairs.npz --trunk trunk.npy --model recognizer.safetensors --out relator.safetensors --minutes 45

The relator's layers start as the upper layers of a recognizer (`--model`, a whole one, not one that `narrow.py` made), or as those of a
relator that was taught before (`--start`); the one that reads every piece is made narrower (`shrink.py`) if it is not yet. Every head is
taught by the corpora that answer its question; where several answers are allowed, the loss is minus the log of the sum of their
probabilities. The learning rate follows the clock; weights are averaged over the last part of the run. Seeded; resumable: the state is kept
beside `--out`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

sys.path.insert(0, str(Path(__file__).parent))
from encoder import HEAD, INNER
from encoder import HEADS as ATTENTION_HEADS
from relator import OWN, Relator
from shrink import shrunk
from teach import Plan, by_length, teach

from kg.nlp.relator.heads import HEADS
from kg.nlp.relator.marks import mark, nearness, within_reach
from kg.nlp.relator.model import WINDOWS

BATCH = 2048
LONGEST = 640  # pieces of a document that are read; pairs beyond are not taught
SHARE = {"nary": 0.02, "passages": 0.3, "drugprot": 0.3, "civic": 0.35, "cancermine": 0.15, "civicmine": 0.2, "bc5cdr": 0.5, "biored": 1.0}
WEIGHT = {"effect": 1.5, "outcome": 0.3, "association": 1.0, "adverse": 0.6, "action": 1.0}
DROPPED = 0.15
"""Share of entities that a document is read without, at each reading: what is said of the others must not hang on them."""
REACH = 70  # pieces between two mentions that a sentence may hold; farther pairs are not asked the question of DrugProt
HEAD_NAMES = list(HEADS)
SAMPLE = 300  # documents by which units are chosen where a layer is made narrower


@dataclass
class Batch:
    """Documents side by side."""

    vectors: Tensor
    marks: Tensor
    windows: Tensor
    mask: Tensor
    places: Tensor
    mentions: list[np.ndarray]
    pairs: list[np.ndarray]


class Documents:
    """The prepared documents, with the trunk's vectors."""

    def __init__(self, data: Path, trunk: Path, everything: bool) -> None:
        d = np.load(data)
        self.lengths, dev = d["documents"][:, 0], d["documents"][:, 1] > 0
        self.starts = np.cumsum(self.lengths) - self.lengths
        self.corpus = d["corpus"]
        self.vectors = np.load(trunk, mmap_mode="r")
        self.windows = grouped(d["windows"], len(self.lengths))
        self.mentions = grouped(d["mentions"], len(self.lengths))
        self.pairs = [self._near(m, p) for m, p in zip(self.mentions, grouped(d["pairs"], len(self.lengths)), strict=True)]
        teaches = np.array([len(p) > 0 for p in self.pairs]) & (self.lengths <= LONGEST)
        self.train, self.dev = np.flatnonzero((~dev | ((self.corpus == "civic") & everything)) & teaches), np.flatnonzero(dev & teaches)

    @staticmethod
    def _near(mentions: np.ndarray, pairs: np.ndarray) -> np.ndarray:
        """Return the pairs without those of single mentions that stand too far apart for a sentence and are unrelated."""
        if not len(pairs) or (pairs[:, 1] != HEAD_NAMES.index("action")).all():
            return pairs
        place = dict(zip(mentions[:, 4].tolist(), mentions[:, 1].tolist(), strict=True))
        far = np.array([abs(place[a] - place[b]) > REACH for a, b in pairs[:, 2:4].tolist()])
        return pairs[~far | (pairs[:, 4] & 1 == 0)]

    def batch(self, numbers: np.ndarray, generator: np.random.Generator | None) -> Batch:
        """Return some documents, padded to the longest; with a generator, without a part of their entities (`DROPPED`)."""
        read = [self._read(number, generator) for number in numbers]
        longest, most = max(len(r[0]) for r in read), max(len(r[1]) for r in read)
        vectors, marks = np.zeros((len(read), longest, self.vectors.shape[1]), np.float32), np.zeros((len(read), longest), np.int64)
        windows, there, places = np.zeros_like(marks), np.zeros_like(marks, bool), np.zeros((len(read), most), np.int64)
        for row, (number, (kept, mentions, _)) in enumerate(zip(numbers, read, strict=True)):
            at = np.cumsum(kept_mask := np.isin(np.arange(self.lengths[number]), kept)) - 1
            n = len(kept)
            vectors[row, :n] = self.vectors[self.starts[number] + kept]
            there[row, :n] = True
            counts = np.zeros(len(kept_mask), np.int64)
            for count, (_, first, last) in enumerate(self.windows[number].tolist()):
                counts[first:last] = min(count, WINDOWS - 1)
            windows[row, :n] = counts[kept]
            for _, first, last, type_, _ in mentions.tolist():
                marks[row, at[first]] = mark(type_, False)
                marks[row, at[first] + 1 : at[last - 1] + 1] = mark(type_, True)
            places[row, : len(mentions)] = at[mentions[:, 1]]
        tensors = (torch.from_numpy(t) for t in (vectors, marks, windows, there[:, None, None, :], places))
        return Batch(*tensors, [r[1] for r in read], [r[2] for r in read])

    def _read(self, number: int, generator: np.random.Generator | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the pieces of a document that are read, its mentions and its pairs."""
        mentions, pairs = self.mentions[number], self.pairs[number]
        if generator and len(pairs) > 1:
            lost = generator.random(int(mentions[:, 4].max()) + 1) < DROPPED
            left = ~(lost[pairs[:, 2]] | lost[pairs[:, 3]])
            if left.any():
                mentions, pairs = mentions[~lost[mentions[:, 4]]], pairs[left]
        return np.flatnonzero(within_reach(int(self.lengths[number]), mentions[:, 1:3].tolist())), mentions, pairs

    def batches(self, numbers: np.ndarray, generator: np.random.Generator | None) -> list[np.ndarray]:
        """Cut documents into batches of about BATCH pieces, of like lengths; in random order if there is a generator."""
        return by_length(numbers, self.lengths, BATCH, generator, noise=12)

    def epoch(self, number: int) -> Iterator[np.ndarray]:
        """Yield the batches of one epoch."""
        generator = np.random.default_rng([5, number])
        share = np.array([SHARE.get(c, 1.0) for c in self.corpus[self.train]])
        yield from self.batches(np.repeat(self.train, np.floor(share + generator.random(len(share))).astype(int)), generator)


def grouped(table: np.ndarray, count: int) -> list[np.ndarray]:
    """Return the rows of a table by their first column."""
    order = np.argsort(table[:, 0], kind="stable")
    return np.split(table[order], np.searchsorted(table[order, 0], np.arange(1, count)))


def answer(
    model: Relator, documents: Documents, numbers: np.ndarray, generator: np.random.Generator | None = None
) -> Iterator[tuple[str, Tensor, np.ndarray, np.ndarray]]:
    """Yield (head, logits, rows of the pair table, number of the document) for each document and head of a batch."""
    batch = documents.batch(numbers, generator)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x, at, seen = model.encode(batch.vectors, batch.marks, batch.windows, batch.mask, batch.places)
        for row, number in enumerate(numbers):
            mentions, pairs = batch.mentions[row], batch.pairs[row]
            members = [np.flatnonzero(mentions[:, 4] == cluster) for cluster in range(int(mentions[:, 4].max()) + 1)]
            belongs = torch.zeros(len(members), len(mentions))
            belongs[torch.from_numpy(mentions[:, 4]), torch.arange(len(mentions))] = 1
            near = torch.tensor([nearness(mentions[:, 1], members[a], members[b]) for a, b in pairs[:, 2:4].tolist()])
            m = len(mentions)
            logits = model.pairs(x[row], at[row, :m], seen[row, :, :m], belongs, torch.from_numpy(pairs[:, 2:4]), near)
            for head in np.unique(pairs[:, 1]):
                chosen = np.flatnonzero(pairs[:, 1] == head)
                name = HEAD_NAMES[head]
                first = sum(len(HEADS[n]) for n in HEAD_NAMES[:head])
                yield name, logits[torch.from_numpy(chosen), first : first + len(HEADS[name])], pairs[chosen], number


def loss_of(model: Relator, documents: Documents, numbers: np.ndarray, generator: np.random.Generator) -> Tensor:
    """Return the weighted marginal loss of a batch: a mean within each head, summed over heads."""
    sums: dict[str, list[Tensor]] = {}
    for name, logits, pairs, _ in answer(model, documents, numbers, generator):
        allowed = (torch.from_numpy(pairs[:, 4])[:, None] >> torch.arange(logits.shape[1])) & 1 > 0
        each = logits.logsumexp(-1) - logits.masked_fill(~allowed, -1e4).logsumexp(-1)
        weight = torch.from_numpy(pairs[:, 5]).float() / 100
        total = sums.setdefault(name, [torch.zeros(()), torch.zeros(())])
        total[0], total[1] = total[0] + (each * weight).sum(), total[1] + weight.sum()
    return sum((WEIGHT[name] * a / b.clamp(min=8.0) for name, (a, b) in sums.items()), torch.zeros(()))


@torch.no_grad()
def evaluate(model: Relator, documents: Documents) -> str:
    """Return F1 of the positive answers on each held-out corpus.

    Of pairs related at all (`pairs`), of those with the right answer (`exact`), and of pairs at the best of all thresholds (`best`).
    """
    model.eval()
    table: dict[str, list[tuple[float, bool, bool]]] = {}  # how sure that they are related, whether they are, whether the likeliest answer is right
    for numbers in documents.batches(documents.dev, None):
        for name, logits, pairs, number in answer(model, documents, numbers):
            sure = 1 - logits.softmax(-1)[:, 0]
            masks = torch.from_numpy(pairs[:, 4])
            right = (masks >> logits.argmax(-1)) & 1 > 0
            row = table.setdefault(f"{documents.corpus[number]}:{name}", [])
            row += zip(torch.where(logits.argmax(-1) > 0, sure, -sure).tolist(), (masks & 1 == 0).tolist(), right.tolist(), strict=True)
    model.train()
    return "  ".join(f"{k} pairs {p:.3f} exact {e:.3f} best {b:.3f}" for k, (p, e, b) in ((k, f1_of(v)) for k, v in sorted(table.items())))


def f1_of(rows: list[tuple[float, bool, bool]]) -> tuple[float, float, float]:
    """Return the three F1 of `evaluate`; a negative sureness marks a pair whose likeliest answer is that it is unrelated."""
    positive, found = sum(r[1] for r in rows), [r for r in rows if r[0] > 0]
    pairs, exact = (2 * sum(r[k] and r[1] for r in found) / max(1, len(found) + positive) for k in (1, 2))
    best, hits = 0.0, 0
    for count, (_, related, _) in enumerate(sorted(rows, key=lambda r: -abs(r[0])), 1):
        hits += related
        best = max(best, 2 * hits / (count + positive))
    return pairs, exact, best


@torch.no_grad()
def narrow(model: Relator, documents: Documents) -> None:
    """Make the layers that read every piece as narrow as `OWN` says, fitted to what the wider ones make of some of the documents."""
    model.eval()
    batches = [documents.batch(np.array([number]), None) for number in np.random.default_rng(0).permutation(documents.train)[:SAMPLE]]
    inputs = [model.begin(b.vectors, b.marks, b.windows) for b in batches]
    for i, layer in enumerate(model.layers[:-1]):
        if (layer.heads, layer.up.out_features) != OWN:
            model.layers[i] = shrunk(layer, *OWN, inputs)
        inputs = [layer(x, None) for x in inputs]
    model.train()


def first_weights(layers: int, start: Path | None, recognizer: Path, below: int) -> Relator:
    """Return the relator that teaching starts from, as wide as the weights it is given."""
    if start is None:
        model = Relator(layers, own=(ATTENTION_HEADS, INNER))
        start_from(model, load_file(str(recognizer)), below)
        return model
    state = load_file(str(start))
    model = Relator(layers, own=(state["layers.0.out.weight"].shape[1] // HEAD, len(state["layers.0.up.weight"])))
    model.load_state_dict(state)
    return model


def start_from(model: Relator, taught: dict[str, Tensor], below: int) -> None:
    """Give the relator's layers the weights of the recognizer's layers above the trunk of ``below`` layers."""
    for number, layer in enumerate(model.layers):  # the last one reads the recognizer's next layer too, if only for the mentions
        prefix = f"encoder.layers.{below + number}."
        layer.load_state_dict({k.removeprefix(prefix): v for k, v in taught.items() if k.startswith(prefix)})
    for kind in ("weight", "bias"):
        getattr(model.norm, kind).data = taught[f"encoder.layers.{below - 1}.norm2.{kind}"].clone().float()


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--trunk", "--model", "--out"):
        args.add_argument(name, type=Path, required=True)
    args.add_argument("--below", type=int, default=3, help="layers of the trunk")
    args.add_argument("--layers", type=int, default=2)
    args.add_argument("--minutes", type=float, default=45)
    args.add_argument("--rate", type=float, default=3e-4)
    args.add_argument("--start", type=Path, help="go on from a relator that was taught before")
    args.add_argument("--share", default="", help="how often a corpus is seen in an epoch, where not as usual: drugprot=1,nary=0")
    args.add_argument("--everything", action="store_true", help="teach the held-out part of CIViC too")
    a = args.parse_args()
    torch.manual_seed(1)
    SHARE.update({name: float(share) for name, share in (part.split("=") for part in filter(None, a.share.split(",")))})
    documents = Documents(a.data, a.trunk, a.everything)
    model = first_weights(a.layers, a.start, a.model, a.below)
    narrow(model, documents)
    print(evaluate(model, documents), flush=True)
    new = [p for n, p in model.named_parameters() if not n.startswith("layers.")]
    groups = [{"params": new, "scale": 2.0}, {"params": list(model.layers.parameters()), "scale": 1.0}]

    def loss(batch: np.ndarray, step: int) -> tuple[Tensor, int]:
        return loss_of(model, documents, batch, np.random.default_rng([7, step])), int(documents.lengths[batch].sum())

    teach(model, groups, documents.epoch, loss, lambda: evaluate(model, documents), Plan(a.minutes, a.rate), a.out)


if __name__ == "__main__":
    main()
