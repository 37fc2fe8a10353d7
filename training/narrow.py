"""Make the recognizer narrower, so that it costs half, and teach it to say what the whole one says.

    python training/narrow.py --data prepared.npz --model recognizer.safetensors --half lower --out lower.safetensors --minutes 40
    python training/narrow.py --data prepared.npz --model recognizer.safetensors --half upper --start lower.safetensors --out narrow.safetensors

First every layer loses attention heads and inner units (`shrink.py`). Then it is taught on labelled windows and on abstracts without labels
(`prepare.py --every`): its vectors after each layer shall be those of the whole network, its labels likewise, and those of the corpora. The
lower half, which the relator stands on, is taught first and by itself, so that the upper half and a new relator can be taught on it at the
same time. Word and position embeddings stay. Seeded; resumable: the state is kept beside `--out`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).parent))
from export import EXIT
from recognize import SHARE, Recognizer, Windows, evaluate, loss_of, taught_before
from shrink import shrunk
from teach import Plan, teach

SIZES = ((8, 384), (8, 512), (8, 512), (9, 640), (9, 640), (9, 640))
"""Attention heads and inner units that each layer keeps; the lower three read every piece, the upper ones a fifth."""
SAMPLE = 400  # windows by which units are chosen
FAITHFUL = (0.5, 0.5, 2.0, 0.5, 0.5, 1.0)
"""Weight of each layer's vectors in the loss; the relator starts from the third's."""
LIKE_LABELS, LIKE_GOLD = 2.0, 1.0
PLAIN = {"lower": 1.0, "upper": 0.35}
"""How much of the unlabelled abstracts is read in an epoch."""


@torch.no_grad()
def narrowed(whole: Recognizer, sizes: Sequence[tuple[int, int]], data: Windows) -> Recognizer:
    """Return a recognizer of narrower layers; each was fitted to what the whole one's layer makes of the whole one's vectors."""
    out = Recognizer(whole.encoder.words.num_embeddings, 0.0, sizes)
    below = {k: v for k, v in whole.state_dict().items() if ".layers." not in k}
    out.load_state_dict(below, strict=False)
    numbers = np.random.default_rng(0).permutation(data.chosen)[:SAMPLE]
    inputs = [whole.encoder.reach(*data.batch(np.array([number]))[:3], None)[:-1] for number in numbers]
    for i, (heads, inner) in enumerate(sizes):
        out.encoder.layers[i] = shrunk(whole.encoder.layers[i], heads, inner, [x[i] for x in inputs])
    return out


def unlike(these: list[Tensor], those: list[Tensor], there: Tensor) -> Tensor:
    """Return how far the vectors after each layer are from the whole network's, as weighted shares of their variance, over pieces that are there.

    The lists begin with what goes into the first layer, and may end before the last.
    """
    total = torch.zeros(())
    for weight, x, y in zip(FAITHFUL, these[1:], those[1:], strict=False):
        x, y = x[there].float(), y[there].float()
        total = total + weight * (x - y).square().mean() / (y - y.mean(0)).square().mean()
    return total


@torch.no_grad()
def faithful(model: Recognizer, whole: Recognizer, data: Windows, numbers: np.ndarray) -> str:
    """Return which share of the variance of the whole network's vectors after each layer the narrow one explains."""
    model.eval()
    rest, all_ = np.zeros(len(SIZES)), np.zeros(len(SIZES))
    for number in numbers:
        given = data.batch(np.array([number]))[:3]
        for i, (x, y) in enumerate(zip(model.encoder.reach(*given, None)[1:], whole.encoder.reach(*given, None)[1:], strict=True)):
            rest[i] += (x - y).square().sum().item()
            all_[i] += (y - y.mean((0, 1))).square().sum().item()
    model.train()
    return "layers " + " ".join(f"{s:.3f}" for s in 1 - rest / all_)


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--model", "--out"):
        args.add_argument(name, type=Path, required=True)
    args.add_argument("--half", choices=sorted(PLAIN), required=True, help="which layers to teach; the upper on lower ones taught before")
    args.add_argument("--start", type=Path, help="what `--half lower` wrote; needed for the upper half")
    args.add_argument("--minutes", type=float, default=50)
    args.add_argument("--rate", type=float, default=4e-4)
    a = args.parse_args()
    if (a.half == "upper") != bool(a.start):
        args.error("--start goes with --half upper")
    torch.manual_seed(1)
    train, dev = Windows(a.data, "train", SHARE | {"plain": PLAIN[a.half]}), Windows(a.data, "dev")
    whole = taught_before(load_file(str(a.model)), 0.0)
    whole.eval().requires_grad_(False)
    model = taught_before(load_file(str(a.start)), 0.0) if a.start else narrowed(whole, SIZES, train)
    model.train().requires_grad_(False)
    encoder = model.encoder
    lower = [encoder.kind, *encoder.shapes.parameters(), *encoder.hints.parameters(), *encoder.norm.parameters(), *encoder.layers[:EXIT].parameters()]
    taught_now = lower if a.half == "lower" else [*encoder.layers[EXIT:].parameters(), *model.labels.parameters()]
    for parameter in taught_now:
        parameter.requires_grad_(True)
    looked = dev.chosen[:: max(1, len(dev.chosen) // 60)]

    def said() -> str:
        return f"{faithful(model, whole, dev, looked)}  {evaluate(model, dev) if a.half == 'upper' else ''}"

    print(said(), flush=True)

    def loss(batch: tuple[np.ndarray, np.ndarray], _step: int) -> tuple[Tensor, int]:
        pieces, shapes, hints, mask, masks = train.batch(*batch)
        there, reached = mask[:, 0, 0], EXIT if a.half == "lower" else None
        with torch.autocast("cpu", dtype=torch.bfloat16):
            those = whole.encoder.reach(pieces, shapes, hints, mask, reached)
            these = encoder.reach(pieces, shapes, hints, mask, reached)
            far = unlike(these, those, there)
            if a.half == "lower":
                return far, pieces.numel()
            theirs, logits = whole.labels(those[-1])[there].float().log_softmax(-1), model.labels(these[-1])
        like = functional.kl_div(logits[there].float().log_softmax(-1), theirs, log_target=True, reduction="batchmean")
        gold = loss_of(logits, masks) if (masks > 0).any() else torch.zeros(())
        return far + LIKE_LABELS * like + LIKE_GOLD * gold, pieces.numel()

    groups = [{"params": taught_now, "scale": 1.0}]
    teach(model, groups, train.epoch, loss, said, Plan(a.minutes, a.rate, rising=0.03, averaged=0.8, every=10, report=600), a.out)


if __name__ == "__main__":
    main()
