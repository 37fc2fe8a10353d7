"""Take attention heads and inner units out of a transformer layer.

Those go whose loss can best be made up for by the ones that are left: one by one by the optimal brain surgeon's measure (Hassibi and Stork
1992; for groups of weights Kurtic et al. 2023, ZipLM, doi:10.48550/arXiv.2302.04089); then the rest is fitted anew by least squares.
"""

from __future__ import annotations

import torch
from encoder import HEAD, WIDTH, Layer
from torch import Tensor
from torch.nn import functional


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
