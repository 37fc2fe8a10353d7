"""The relator's network: own layers on the recognizer's vectors, marked mentions, one representation a pair, one linear answer a head.

The last layer is made for the mentions alone: they look at every piece, and nobody looks at the rest. Mentions of an entity are pooled by
logsumexp, and a pair looks at the text through the product of the attention of its two ends (localized context pooling, Zhou et al. 2021,
ATLOP, doi:10.1609/aaai.v35i16.17717), so that all pairs of a document are answered in one pass. Answers come from a grouped bilinear form,
which is also told how near to each other the two ends come.
"""

from __future__ import annotations

import torch
from encoder import HEADS as ATTENTION_HEADS
from encoder import WIDTH, Layer
from torch import Tensor, nn
from torch.nn import functional

from kg.nlp.relator.heads import HEADS
from kg.nlp.relator.marks import DISTANCES, MARKS
from kg.nlp.relator.model import WINDOWS

GROUPS = 12
OWN = (8, 512)
"""Attention heads and inner units of the layers that read every piece."""


class MentionLayer(Layer):
    """The encoder's layer, made for some of the pieces only."""

    def look(self, x: Tensor, at: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Map (batch, pieces, width) at ``at`` (batch, m) to (batch, m, width); return also what they look at (batch, heads, m, pieces)."""
        b, n, _ = x.shape
        m, size = at.shape[1], WIDTH // ATTENTION_HEADS
        here = x.gather(1, at[:, :, None].expand(-1, -1, WIDTH))
        weight, bias = self.qkv.weight, self.qkv.bias
        q = functional.linear(here, weight[:WIDTH], bias[:WIDTH]).view(b, m, ATTENTION_HEADS, size).transpose(1, 2)
        k, v = functional.linear(x, weight[WIDTH:], bias[WIDTH:]).view(b, n, 2, ATTENTION_HEADS, size).permute(2, 0, 3, 1, 4)
        seen = ((q @ k.transpose(-1, -2)).float() * size**-0.5).masked_fill(~mask, -1e4).softmax(-1)
        a = (seen.to(v.dtype) @ v).transpose(1, 2).reshape(b, m, WIDTH)
        y = self.norm1(here + functional.dropout(self.out(a), self.dropout, self.training))
        y = self.norm2(y + functional.dropout(self.down(functional.gelu(self.up(y))), self.dropout, self.training))
        return y, seen


class Relator(nn.Module):
    """Own layers, pair representation, heads."""

    def __init__(self, layers: int, dropout: float = 0.1, own: tuple[int, int] = OWN) -> None:
        super().__init__()
        self.marks = nn.Embedding(MARKS, WIDTH)
        self.windows = nn.Embedding(WINDOWS, WIDTH)
        self.near = nn.Embedding(DISTANCES, 2 * WIDTH)
        nn.init.normal_(self.marks.weight, std=0.02)
        nn.init.zeros_(self.windows.weight)
        nn.init.zeros_(self.near.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList([*(Layer(dropout, *own) for _ in range(layers - 1)), MentionLayer(dropout)])
        self.first = nn.Linear(2 * WIDTH, WIDTH)
        self.second = nn.Linear(2 * WIDTH, WIDTH)
        self.dropout = nn.Dropout(dropout)
        size = WIDTH // GROUPS
        self.heads = nn.Linear(GROUPS * size * size, sum(map(len, HEADS.values())))

    def begin(self, vectors: Tensor, marks: Tensor, windows: Tensor) -> Tensor:
        """Return what goes into the first layer (batch, pieces, width)."""
        return self.norm(vectors + self.marks(marks) + self.windows(windows))

    def encode(self, vectors: Tensor, marks: Tensor, windows: Tensor, mask: Tensor, mentions: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return all pieces (batch, pieces, width), the mentions (batch, m, width) and what these look at (batch, heads, m, pieces)."""
        x = self.dropout(self.begin(vectors, marks, windows))
        for layer in self.layers[:-1]:
            x = layer(x, mask)
        return x, *self.layers[-1].look(x, mentions, mask)

    def pairs(self, x: Tensor, at: Tensor, seen: Tensor, belongs: Tensor, ends: Tensor, near: Tensor) -> Tensor:
        """Return (pairs, answers of all heads) in one document.

        x (pieces, width), at (m, width), seen (heads, m, pieces), belongs (clusters, m) of 0 and 1, ends (pairs, 2) clusters, near (pairs).
        """
        at = at.float()
        high = at.max(0).values.detach()
        # logsumexp over the mentions of a cluster, by exponentials shifted to stay finite
        with torch.autocast("cpu", enabled=False):
            entity = torch.log(belongs @ torch.exp(at - high) + 1e-9) + high
        share = belongs / belongs.sum(1, keepdim=True).clamp(min=1)
        look = torch.matmul(share, seen)
        a, b = ends[:, 0], ends[:, 1]
        both = (look[:, a] * look[:, b]).sum(0).float()
        both = both / (both.sum(-1, keepdim=True) + 1e-9)
        context = both @ x
        left, right = self.near(near).chunk(2, -1)
        left = self.dropout(torch.tanh(self.first(torch.cat([entity[a], context], -1)) + left))
        right = self.dropout(torch.tanh(self.second(torch.cat([entity[b], context], -1)) + right))
        size = WIDTH // GROUPS
        left, right = left.view(-1, GROUPS, size, 1), right.view(-1, GROUPS, 1, size)
        kind = torch.bfloat16 if torch.is_autocast_enabled("cpu") else torch.float32  # the product is the widest thing here
        return self.heads((left.to(kind) * right.to(kind)).reshape(len(ends), -1)).float()
