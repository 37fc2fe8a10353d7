"""The relator's network: own layers on the recognizer's vectors, marked mentions, one representation a pair, one linear answer a head.

Mentions of an entity are pooled by logsumexp, and a pair looks at the text through the product of the attention of its two ends
(localized context pooling, Zhou et al. 2021, ATLOP, doi:10.1609/aaai.v35i16.17717), so that all pairs of a document are answered in one
pass. Answers come from a grouped bilinear form.
"""

from __future__ import annotations

import torch
from encoder import HEADS as ATTENTION_HEADS
from encoder import WIDTH, Layer
from torch import Tensor, nn
from torch.nn import functional

from kg.nlp.relator.heads import HEADS
from kg.nlp.relator.marks import MARKS
from kg.nlp.relator.model import WINDOWS

GROUPS = 12


class OpenLayer(Layer):
    """The encoder's layer, which can also return its attention."""

    def forward(self, x: Tensor, mask: Tensor, attention: bool = False) -> tuple[Tensor, Tensor | None]:
        """Map (batch, pieces, width) to the same shape; with ``attention`` also return (batch, heads, pieces, pieces)."""
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).permute(2, 0, 3, 1, 4)
        seen = None
        if attention:
            scores = (q @ k.transpose(-1, -2)).float() * (WIDTH // ATTENTION_HEADS) ** -0.5
            seen = scores.masked_fill(~mask, -1e4).softmax(-1)
            a = seen.to(v.dtype) @ v
        else:
            a = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = a.transpose(1, 2).reshape(b, n, WIDTH)
        x = self.norm1(x + functional.dropout(self.out(a), self.dropout, self.training))
        x = self.norm2(x + functional.dropout(self.down(functional.gelu(self.up(x))), self.dropout, self.training))
        return x, seen


class Relator(nn.Module):
    """Own layers, pair representation, heads."""

    def __init__(self, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.marks = nn.Embedding(MARKS, WIDTH)
        self.windows = nn.Embedding(WINDOWS, WIDTH)
        nn.init.normal_(self.marks.weight, std=0.02)
        nn.init.zeros_(self.windows.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(OpenLayer(dropout) for _ in range(layers))
        self.first = nn.Linear(2 * WIDTH, WIDTH)
        self.second = nn.Linear(2 * WIDTH, WIDTH)
        self.dropout = nn.Dropout(dropout)
        size = WIDTH // GROUPS
        self.heads = nn.ModuleDict({name: nn.Linear(GROUPS * size * size, len(answers)) for name, answers in HEADS.items()})

    def encode(self, vectors: Tensor, marks: Tensor, windows: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return (batch, pieces, width) and the attention of the last layer."""
        x = self.norm(vectors + self.marks(marks) + self.windows(windows))
        x = self.dropout(x)
        for layer in self.layers[:-1]:
            x, _ = layer(x, mask)
        x, seen = self.layers[-1](x, mask, attention=True)
        return x, seen

    def pairs(self, x: Tensor, seen: Tensor, mentions: Tensor, belongs: Tensor, ends: Tensor) -> Tensor:
        """Return (pairs, bilinear) representations in one document.

        x (pieces, width), seen (heads, pieces, pieces), mentions (m,) first pieces, belongs (m, clusters) of 0 and 1, ends (pairs, 2) clusters.
        """
        at = x[mentions].float()
        high = at.max(0).values.detach()
        # logsumexp over the mentions of a cluster, by exponentials shifted to stay finite
        entity = torch.log(belongs.T @ torch.exp(at - high) + 1e-9) + high
        share = belongs / belongs.sum(0, keepdim=True).clamp(min=1)
        look = torch.einsum("mc,hmn->chn", share, seen[:, mentions])
        a, b = ends[:, 0], ends[:, 1]
        both = (look[a] * look[b]).sum(1)
        both = both / (both.sum(-1, keepdim=True) + 1e-9)
        context = both @ x.float()
        left = torch.tanh(self.first(torch.cat([entity[a], context], -1)))
        right = torch.tanh(self.second(torch.cat([entity[b], context], -1)))
        size = WIDTH // GROUPS
        left, right = left.view(-1, GROUPS, size, 1), right.view(-1, GROUPS, 1, size)
        return self.dropout((left * right).reshape(len(ends), -1))
