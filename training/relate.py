"""Teach the relator.

    python training/relate.py --data pairs.npz --trunk trunk.npy --model recognizer.safetensors --out relator.safetensors --minutes 45

The relator's layers start as the recognizer's own upper layers. Every head is taught by the corpora that answer its question; where
several answers are allowed, the loss is minus the log of the sum of their probabilities. The learning rate follows the clock; weights
are averaged over the last part of the run. Seeded; resumable: the state is kept beside `--out`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

sys.path.insert(0, str(Path(__file__).parent))
from relator import Relator

from kg.nlp.relator.heads import HEADS
from kg.nlp.relator.marks import mark
from kg.nlp.relator.model import WINDOWS

BATCH = 2048
LONGEST = 640  # pieces of a document that are read; pairs beyond are not taught
SHARE = {"nary": 0.04, "drugprot": 0.25, "civic": 1.0, "cancermine": 0.2, "civicmine": 0.5, "bc5cdr": 0.7, "biored": 1.0}
WEIGHT = {"effect": 1.5, "outcome": 0.5, "association": 1.0, "adverse": 0.6, "action": 1.0}
REACH = 70  # pieces between two mentions that a sentence may hold; farther pairs are not asked the question of DrugProt
HEAD_NAMES = list(HEADS)


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

    def batch(self, numbers: np.ndarray) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return vectors, marks, window numbers and attention mask of some documents, padded to the longest."""
        n, longest = len(numbers), int(self.lengths[numbers].max())
        vectors, marks = np.zeros((n, longest, self.vectors.shape[1]), np.float32), np.zeros((n, longest), np.int64)
        windows, there = np.zeros((n, longest), np.int64), np.zeros((n, longest), bool)
        for row, number in enumerate(numbers):
            at, length = self.starts[number], self.lengths[number]
            vectors[row, :length] = self.vectors[at : at + length]
            there[row, :length] = True
            for count, (_, first, last) in enumerate(self.windows[number].tolist()):
                windows[row, first:last] = min(count, WINDOWS - 1)
            for _, first, last, type_, _ in self.mentions[number].tolist():
                marks[row, first] = mark(type_, False)
                marks[row, first + 1 : last] = mark(type_, True)
        return torch.from_numpy(vectors), torch.from_numpy(marks), torch.from_numpy(windows), torch.from_numpy(there)[:, None, None, :]

    def batches(self, numbers: np.ndarray, generator: np.random.Generator | None) -> list[np.ndarray]:
        """Cut documents into batches of about BATCH pieces, of like lengths; in random order if there is a generator."""
        noise = generator.normal(0, 12, len(numbers)) if generator else 0
        ordered = numbers[np.argsort(self.lengths[numbers] + noise, kind="stable")]
        out, at = [], 0
        while at < len(ordered):
            count, longest = 1, int(self.lengths[ordered[at]])
            while at + count < len(ordered):
                longest = max(longest, int(self.lengths[ordered[at + count]]))
                if (count + 1) * longest > BATCH:
                    break
                count += 1
            out.append(ordered[at : at + count])
            at += count
        return [out[i] for i in generator.permutation(len(out))] if generator else out

    def epoch(self, number: int) -> Iterator[np.ndarray]:
        """Yield the batches of one epoch."""
        generator = np.random.default_rng([5, number])
        share = np.array([SHARE.get(c, 1.0) for c in self.corpus[self.train]])
        yield from self.batches(np.repeat(self.train, np.floor(share + generator.random(len(share))).astype(int)), generator)


def grouped(table: np.ndarray, count: int) -> list[np.ndarray]:
    """Return the rows of a table by their first column."""
    order = np.argsort(table[:, 0], kind="stable")
    return np.split(table[order], np.searchsorted(table[order, 0], np.arange(1, count)))


def answer(model: Relator, documents: Documents, numbers: np.ndarray) -> Iterator[tuple[str, Tensor, np.ndarray, np.ndarray]]:
    """Yield (head, logits, rows of the pair table, number of the document) for each document and head of a batch."""
    vectors, marks, windows, mask = documents.batch(numbers)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x, seen = model.encode(vectors, marks, windows, mask)
    for row, number in enumerate(numbers):
        mentions, pairs = documents.mentions[number], documents.pairs[number]
        belongs = torch.zeros(len(mentions), int(mentions[:, 4].max()) + 1)
        belongs[torch.arange(len(mentions)), torch.from_numpy(mentions[:, 4])] = 1
        ends = torch.from_numpy(pairs[:, 2:4])
        represented = model.pairs(x[row], seen[row], torch.from_numpy(mentions[:, 1]), belongs, ends)
        for head in np.unique(pairs[:, 1]):
            chosen = np.flatnonzero(pairs[:, 1] == head)
            name = HEAD_NAMES[head]
            yield name, model.heads[name](represented[torch.from_numpy(chosen)]), pairs[chosen], number


def loss_of(model: Relator, documents: Documents, numbers: np.ndarray) -> Tensor:
    """Return the weighted marginal loss of a batch: a mean within each head, summed over heads."""
    sums: dict[str, list[Tensor]] = {}
    for name, logits, pairs, _ in answer(model, documents, numbers):
        allowed = (torch.from_numpy(pairs[:, 4])[:, None] >> torch.arange(logits.shape[1])) & 1 > 0
        each = logits.logsumexp(-1) - logits.masked_fill(~allowed, -1e4).logsumexp(-1)
        weight = torch.from_numpy(pairs[:, 5]).float() / 100
        total = sums.setdefault(name, [torch.zeros(()), torch.zeros(())])
        total[0], total[1] = total[0] + (each * weight).sum(), total[1] + weight.sum()
    return sum((WEIGHT[name] * a / b.clamp(min=8.0) for name, (a, b) in sums.items()), torch.zeros(()))


@torch.no_grad()
def evaluate(model: Relator, documents: Documents) -> str:
    """Return F1 of the positive answers on each held-out corpus (of pairs related at all: `pairs`; of the answer: `exact`)."""
    model.eval()
    table: dict[str, list[int]] = {}
    for numbers in documents.batches(documents.dev, None):
        for name, logits, pairs, number in answer(model, documents, numbers):
            found = logits.argmax(-1).numpy()
            row = table.setdefault(f"{documents.corpus[number]}:{name}", [0, 0, 0, 0])
            for guess, mask in zip(found.tolist(), pairs[:, 4].tolist(), strict=True):
                positive = mask & 1 == 0
                row[0] += bool(guess) and positive
                row[1] += bool(guess and mask >> guess & 1)
                row[2] += bool(guess)
                row[3] += positive
    model.train()
    return "  ".join(f"{k} pairs {2 * p / max(1, f + g):.3f} exact {2 * e / max(1, f + g):.3f}" for k, (p, e, f, g) in sorted(table.items()))


def start_from(model: Relator, taught: dict[str, Tensor], below: int) -> None:
    """Give the relator's layers the weights of the recognizer's layers above the trunk of ``below`` layers."""
    for number, layer in enumerate(model.layers):
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
    model = Relator(a.layers)
    if a.start:
        model.load_state_dict(load_file(str(a.start)))
    else:
        start_from(model, load_file(str(a.model)), a.below)
    new = [p for n, p in model.named_parameters() if not n.startswith("layers.")]
    groups = [{"params": new, "scale": 2.0}, {"params": list(model.layers.parameters()), "scale": 1.0}]
    optimizer = torch.optim.AdamW(groups, lr=a.rate, weight_decay=0.01, fused=True)
    average: dict[str, Tensor] = {}
    averaged, spent, step, epoch, within = 0, 0.0, 0, 0, 0
    state_path = a.out.with_suffix(".state.pt")
    if state_path.exists():
        state = torch.load(state_path, weights_only=True)
        model.load_state_dict(state["model"]), optimizer.load_state_dict(state["optimizer"])
        average, averaged, spent, step, epoch, within = (state[k] for k in ("average", "averaged", "spent", "step", "epoch", "within"))
    total, began, told, losses, seen = a.minutes * 60, time.monotonic() - spent, time.monotonic(), [], 0
    while spent < total:
        for number, batch in enumerate(documents.epoch(epoch)):
            if number < within:
                continue
            within, spent = number + 1, time.monotonic() - began
            if spent >= total:
                break
            done = spent / total
            for group in optimizer.param_groups:
                group["lr"] = a.rate * group["scale"] * min(1.0, done / 0.05 + 0.01, max(0.0, 1 - done) / 0.95 + 0.02)
            loss = loss_of(model, documents, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step, seen = step + 1, seen + int(documents.lengths[batch].sum())
            losses.append(loss.item())
            if done > 0.7 and step % 5 == 0:
                averaged += 1
                for name, value in model.state_dict().items():
                    average[name] = value.clone() if name not in average else average[name].lerp_(value, 1 / averaged)
            if step % 25 == 0:
                print(
                    f"step {step}  {spent / 60:5.1f} min  epoch {epoch} +{number}  loss {sum(losses) / len(losses):.4f}  {seen / spent:.0f} pieces/s",
                    flush=True,
                )
                losses.clear()
            if time.monotonic() - told > 300:
                told = time.monotonic()
                print(evaluate(model, documents), flush=True)
                torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "average": average, "averaged": averaged,
                            "spent": spent, "step": step, "epoch": epoch, "within": within}, state_path)  # fmt: skip
        else:
            epoch, within = epoch + 1, 0
    print("last weights", evaluate(model, documents), flush=True)
    if average:
        model.load_state_dict(average)
        print("averaged weights", evaluate(model, documents), flush=True)
    save_file(model.state_dict(), str(a.out))


if __name__ == "__main__":
    main()
