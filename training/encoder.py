"""The small BERT encoder that recognition and relations share: word pieces and their shapes in, one vector a piece out.

Six layers of 384 units, the architecture of MiniLM (Wang et al. 2020, doi:10.48550/arXiv.2002.10957), loaded from a
`model.safetensors` of the Hugging Face layout. Two things are added to the sum of embeddings: the *shape* of a piece's
word (its case, and whether a space stands before it), which an uncased vocabulary throws away, and the *hints* that
the dictionary and the variant grammar give. Both tables start at zero, so that loading changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, INNER, POSITIONS = 384, 12, 6, 1536, 512
HEAD = WIDTH // HEADS


class Layer(nn.Module):
    """One transformer layer, normalized after each half (BERT); of as many attention heads and inner units as asked for."""

    def __init__(self, dropout: float, heads: int = HEADS, inner: int = INNER) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(WIDTH, 3 * heads * HEAD)
        self.out = nn.Linear(heads * HEAD, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, inner)
        self.down = nn.Linear(inner, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Map (batch, pieces, width) to the same shape; `mask` is (batch, 1, 1, pieces), true where a piece stands, or None."""
        x = self.norm1(x + functional.dropout(self.out(self.attend(x, mask)), self.dropout, self.training))
        return self.norm2(x + functional.dropout(self.down(functional.gelu(self.up(x))), self.dropout, self.training))

    def attend(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return what the heads tell every piece, side by side (batch, pieces, heads x HEAD)."""
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, HEAD).permute(2, 0, 3, 1, 4)
        scores = (q * HEAD**-0.5) @ k.transpose(-1, -2)  # in bfloat16 on a CPU PyTorch's fused attention takes four times as long
        a = (scores if mask is None else scores.masked_fill(~mask, -1e4)).softmax(-1).to(v.dtype) @ v
        return a.transpose(1, 2).reshape(b, n, self.heads * HEAD)


SIZES = ((HEADS, INNER),) * LAYERS
"""Attention heads and inner units of each layer."""


class Encoder(nn.Module):
    """Embeddings and layers. `hints` tables are summed: one row a bit."""

    def __init__(self, vocabulary: int, shapes: int, hints: int, dropout: float = 0.1, sizes: Sequence[tuple[int, int]] = SIZES) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.shapes = nn.Embedding(shapes, WIDTH)
        self.hints = nn.Linear(hints, WIDTH, bias=False)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.hints.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout, heads, inner) for heads, inner in sizes)
        self.dropout = dropout

    def forward(self, pieces: Tensor, shapes: Tensor, hints: Tensor | None, mask: Tensor | None) -> Tensor:
        """Return (batch, pieces, width). `pieces` and `shapes` are (batch, pieces) integers, `hints` (batch, pieces, bits) of 0 and 1."""
        return self.reach(pieces, shapes, hints, mask)[-1]

    def reach(self, pieces: Tensor, shapes: Tensor, hints: Tensor | None, mask: Tensor | None, layers: int | None = None) -> list[Tensor]:
        """Return the vectors (batch, pieces, width) that go into the first layer, and those that come out of each, or of so many."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(positions) + self.kind + self.shapes(shapes)
        if hints is not None:
            x = x + self.hints(hints)
        out = [functional.dropout(self.norm(x), self.dropout, self.training)]
        for layer in self.layers[:layers]:
            out.append(layer(out[-1], mask))
        return out

    def load_bert(self, tensors: dict[str, Tensor]) -> None:
        """Take the weights of a BERT of this size in the Hugging Face layout; a missing name is a KeyError."""
        t = {name.removeprefix("bert."): value.float() for name, value in tensors.items()}
        state = {
            "words.weight": t["embeddings.word_embeddings.weight"],
            "positions.weight": t["embeddings.position_embeddings.weight"],
            "kind": t["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": t["embeddings.LayerNorm.weight"],
            "norm.bias": t["embeddings.LayerNorm.bias"],
        }
        for i in range(LAYERS):
            old, new = f"encoder.layer.{i}.", f"layers.{i}."
            for kind in ("weight", "bias"):
                state[f"{new}qkv.{kind}"] = torch.cat([t[f"{old}attention.self.{part}.{kind}"] for part in ("query", "key", "value")])
                state[f"{new}out.{kind}"] = t[f"{old}attention.output.dense.{kind}"]
                state[f"{new}norm1.{kind}"] = t[f"{old}attention.output.LayerNorm.{kind}"]
                state[f"{new}up.{kind}"] = t[f"{old}intermediate.dense.{kind}"]
                state[f"{new}down.{kind}"] = t[f"{old}output.dense.{kind}"]
                state[f"{new}norm2.{kind}"] = t[f"{old}output.LayerNorm.{kind}"]
        missing = self.load_state_dict(state, strict=False).missing_keys
        if set(missing) != {"shapes.weight", "hints.weight"}:
            raise KeyError(f"the weights lack {missing}")
