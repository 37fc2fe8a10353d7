"""The classifier's network: the encoder over one sentence with its mentions marked, and a small decoder that is asked pair by pair.

The sentence goes through the encoder once, however many pairs are asked about. A pair begins as the vectors of its two ends and of the
sentence, and then looks at the sentence twice, with attention that knows which piece belongs to which end and how far it stands from each.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from encoder import HEADS as ATTENTION_HEADS
from encoder import WIDTH, Encoder
from torch import Tensor, nn
from torch.nn import functional

from kg.nlp.classifier.marks import DISTANCES, OTHER
from kg.nlp.classifier.model import QUESTIONS
from kg.nlp.relator.heads import HEADS
from kg.nlp.relator.marks import MARKS

VOCABULARY, SHAPES = 30522, 12
LOOKS = 2
SIZE = WIDTH // ATTENTION_HEADS
ANSWERS = sum(len(HEADS[q]) for q in QUESTIONS)


@dataclass
class Batch:
    """Sentences side by side and the pairs asked about in them: b sentences of n pieces, p pairs."""

    pieces: Tensor
    """(b, n), as are `shapes` and `there`"""
    shapes: Tensor
    marks: Tensor
    """(b, n, MARKS) of 0 and 1"""
    there: Tensor
    sentence: Tensor
    """(p) the number of a pair's sentence"""
    first: Tensor
    """(p, n) shares of the first end, as is `second`"""
    second: Tensor
    roles: Tensor
    """(p, n), as are `to_first` and `to_second`"""
    to_first: Tensor
    to_second: Tensor


class Look(nn.Module):
    """A pair looks at its sentence."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.kv = nn.Linear(WIDTH, 2 * WIDTH)
        self.roles = nn.Embedding(OTHER + 1, WIDTH)
        self.to_first = nn.Embedding(DISTANCES, ATTENTION_HEADS)
        self.to_second = nn.Embedding(DISTANCES, ATTENTION_HEADS)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH)
        self.up = nn.Linear(WIDTH, 2 * WIDTH)
        self.down = nn.Linear(2 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH)
        self.dropout = dropout
        for table in (self.roles, self.to_first, self.to_second):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, pair: Tensor, x: Tensor, batch: Batch) -> Tensor:
        """Map pairs (p, width) over the sentences x (b, n, width) to the same shape."""
        p, n = len(pair), x.shape[1]
        q = self.query(pair).view(p, ATTENTION_HEADS, SIZE)
        k, v = (t[batch.sentence].view(p, n, ATTENTION_HEADS, SIZE) for t in self.kv(x).chunk(2, -1))
        by_role = torch.einsum("phd,rhd->phr", q, self.roles.weight.to(q.dtype).view(-1, ATTENTION_HEADS, SIZE))
        scores = torch.einsum("phd,pnhd->phn", q, k) + by_role.gather(2, batch.roles[:, None].expand(-1, ATTENTION_HEADS, -1))
        scores = scores.float() * SIZE**-0.5 + (self.to_first(batch.to_first) + self.to_second(batch.to_second)).permute(0, 2, 1).float()
        seen = scores.masked_fill(~batch.there[batch.sentence][:, None], -1e4).softmax(-1)
        told = torch.einsum("phn,pnhd->phd", seen.to(v.dtype), v).reshape(p, WIDTH)
        pair = self.norm1(pair + functional.dropout(self.out(told), self.dropout, self.training))
        return self.norm2(pair + functional.dropout(self.down(functional.gelu(self.up(pair))), self.dropout, self.training))


class Classifier(nn.Module):
    """Encoder, looks, one linear answer."""

    def __init__(self, dropout: float = 0.12) -> None:
        super().__init__()
        self.encoder = Encoder(VOCABULARY, SHAPES, MARKS, dropout)
        nn.init.normal_(self.encoder.hints.weight, std=0.03)
        self.pair = nn.Linear(3 * WIDTH, WIDTH)
        self.looks = nn.ModuleList(Look(dropout) for _ in range(LOOKS))
        self.heads = nn.Linear(2 * WIDTH, ANSWERS)
        self.dropout = nn.Dropout(dropout)

    def forward(self, batch: Batch) -> Tensor:
        """Return (p, answers of all questions) logits."""
        x = self.encoder(batch.pieces, batch.shapes, batch.marks, batch.there[:, None, None, :])
        ends = [torch.bmm(share.to(x.dtype)[:, None], x[batch.sentence])[:, 0] for share in (batch.first, batch.second)]
        told = pair = torch.tanh(self.pair(self.dropout(torch.cat([x[batch.sentence, 0], *ends], -1))))
        for look in self.looks:
            pair = look(pair, x, batch)
        return self.heads(self.dropout(torch.cat([told, pair], -1))).float()
