"""Make the recognizer narrower, so that it costs half, and teach it to say what the whole one says.

    python training/narrow.py --data prepared.npz --model recognizer.safetensors --out narrow.safetensors --minutes 100

First every layer loses attention heads and inner units, those whose loss can best be made up for by the ones that are left: one by one by
the optimal brain surgeon's measure (Hassibi and Stork 1992; for groups of weights Kurtic et al. 2023, ZipLM, doi:10.48550/arXiv.2302.04089),
after each the rest is fitted anew by least squares. Then it is taught on labelled windows and on abstracts without labels (`prepare.py
--every`): its vectors after each layer shall be those of the whole network, its labels likewise, and those of the corpora. Word and
position embeddings stay. Seeded; resumable: the state is kept beside `--out`.
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
from encoder import HEAD, WIDTH, Layer
from recognize import SHARE, Recognizer, Windows, evaluate, loss_of
from teach import Plan, teach

SIZES = ((8, 384), (8, 512), (8, 384), (9, 640), (9, 640), (9, 640))
"""Attention heads and inner units that each layer keeps; the lower three read every piece, the upper ones a fifth."""
SAMPLE = 400  # windows by which units are chosen
FAITHFUL = (0.5, 0.5, 2.0, 0.5, 0.5, 1.0)
"""Weight of each layer's vectors in the loss; the relator starts from the third's."""
LIKE_LABELS, LIKE_GOLD = 2.0, 1.0
SHARE["plain"] = 0.35


def shrunk(layer: Layer, heads: int, inner: int, inputs: list[Tensor]) -> Layer:
    """Return a layer of so many heads and inner units, as like the given one as choosing and least squares can make it, on these inputs."""
    out = Layer(layer.dropout, heads, inner)
    told, hidden = [], []
    for x in inputs:
        told.append(layer.attend(x, None)[0])
        hidden.append(functional.gelu(layer.up(layer.norm1(x + layer.out(told[-1]))))[0])
    kept, weight, bias = choose(torch.cat(told), layer.out.weight, layer.out.bias, heads * HEAD, HEAD)
    out.out.weight.data, out.out.bias.data = weight, bias
    out.qkv.weight.data = layer.qkv.weight.view(3, WIDTH, WIDTH)[:, kept].reshape(-1, WIDTH).clone()
    out.qkv.bias.data = layer.qkv.bias.view(3, WIDTH)[:, kept].reshape(-1).clone()
    kept, weight, bias = choose(torch.cat(hidden), layer.down.weight, layer.down.bias, inner, 1)
    out.down.weight.data, out.down.bias.data = weight, bias
    out.up.weight.data, out.up.bias.data = layer.up.weight[kept].clone(), layer.up.bias[kept].clone()
    out.norm1.load_state_dict(layer.norm1.state_dict()), out.norm2.load_state_dict(layer.norm2.state_dict())
    return out


def choose(units: Tensor, weight: Tensor, bias: Tensor, count: int, group: int) -> tuple[Tensor, Tensor, Tensor]:
    """Choose ``count`` of the units (n, m) that a linear map (width, m) takes in, in whole groups of neighbours, and fit the map to them.

    Returns the numbers of those kept, in order, and the fitted weight and bias.
    """
    units, w = units.double(), weight.double().T
    mean = units.mean(0)
    covariance = (units - mean).T @ (units - mean) / len(units)
    aim = covariance @ w
    covariance += 1e-4 * covariance.diag().mean() * torch.eye(len(covariance), dtype=torch.float64)
    kept = torch.arange(len(covariance))
    while len(kept) > count:
        inverse = torch.linalg.inv(covariance[kept][:, kept])
        fitted = inverse @ aim[kept]
        blocks = [slice(i, i + group) for i in range(0, len(kept), group)]
        cost = torch.stack([(fitted[b] * torch.linalg.solve(inverse[b, b], fitted[b])).sum() for b in blocks]) if group > 1 else (
            (fitted**2).sum(1) / inverse.diag())  # fmt: skip
        least = cost.argsort()[: min(32, len(kept) - count) if group == 1 else 1]
        lost = torch.isin(torch.arange(len(kept)) // group, least)
        kept = kept[~lost]
    fitted = torch.linalg.solve(covariance[kept][:, kept], aim[kept])
    left = 1 - ((units[:, kept] - mean[kept]) @ fitted - (units - mean) @ w).square().sum() / ((units - mean) @ w).square().sum()
    print(f"{count} of {units.shape[1]} kept: {left:.3f} of the variance", flush=True)
    return kept, fitted.T.float().contiguous(), (bias.double() + mean @ w - mean[kept] @ fitted).float()


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
    """Return how far the vectors after each layer are from the whole network's, as weighted shares of their variance, over pieces that are there."""
    total = torch.zeros(())
    for weight, x, y in zip(FAITHFUL, these[1:], those[1:], strict=True):
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
    args.add_argument("--minutes", type=float, default=100)
    args.add_argument("--rate", type=float, default=4e-4)
    a = args.parse_args()
    torch.manual_seed(1)
    train, dev = Windows(a.data, "train"), Windows(a.data, "dev")
    taught = load_file(str(a.model))
    whole = Recognizer(len(taught["encoder.words.weight"]), 0.0)
    whole.load_state_dict(taught)
    whole.eval().requires_grad_(False)
    model = narrowed(whole, SIZES, train).train()
    for fixed in (model.encoder.words, model.encoder.positions):
        fixed.requires_grad_(False)
    looked = dev.chosen[:: max(1, len(dev.chosen) // 60)]

    def said() -> str:
        return f"{faithful(model, whole, dev, looked)}  {evaluate(model, dev)}"

    print(said(), flush=True)

    def loss(batch: tuple[np.ndarray, np.ndarray], _step: int) -> tuple[Tensor, int]:
        pieces, shapes, hints, mask, masks = train.batch(*batch)
        there = mask[:, 0, 0]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            with torch.no_grad():
                those = whole.encoder.reach(pieces, shapes, hints, mask)
                theirs = whole.labels(those[-1])[there].float().log_softmax(-1)
            these = model.encoder.reach(pieces, shapes, hints, mask)
            logits = model.labels(these[-1])
        like = functional.kl_div(logits[there].float().log_softmax(-1), theirs, log_target=True, reduction="batchmean")
        gold = loss_of(logits, masks) if (masks > 0).any() else torch.zeros(())
        return unlike(these, those, there) + LIKE_LABELS * like + LIKE_GOLD * gold, pieces.numel()

    groups = [{"params": [p for p in model.parameters() if p.requires_grad], "scale": 1.0}]
    teach(model, groups, train.epoch, loss, said, Plan(a.minutes, a.rate, rising=0.03, averaged=0.8, every=10, report=600), a.out)


if __name__ == "__main__":
    main()
