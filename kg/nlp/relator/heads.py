"""The questions that the learned relator answers about a pair of entities, and the answers it chooses from.

Rule: every corpus teaches the one head that asks what it annotates; what an answer means in our predicates is decided in one
place (`predicates.py`), not here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

HEADS: dict[str, tuple[str, ...]] = {
    # lesion and therapy: CIViC, CIViCmine (direction left open), drug-gene-mutation passages
    "effect": ("none", "sensitive", "resistant", "refuted"),
    # lesion and disease: CIViC, CIViCmine, CancerMine
    "outcome": ("none", "diagnostic", "predisposes", "poor", "better", "drives", "suppresses", "refuted"),
    # any two of gene, disease, chemical, variant, over a whole abstract: BioRED
    "association": (
        "none", "Association", "Positive_Correlation", "Negative_Correlation", "Bind", "Cotreatment", "Comparison", "Drug_Interaction", "Conversion",
    ),
    # chemical and disease, over a whole abstract: BC5CDR
    "adverse": ("none", "induces"),
    # chemical and gene, within a sentence: DrugProt
    "action": (
        "none", "ACTIVATOR", "AGONIST", "AGONIST-ACTIVATOR", "AGONIST-INHIBITOR", "ANTAGONIST", "DIRECT-REGULATOR", "INDIRECT-DOWNREGULATOR",
        "INDIRECT-UPREGULATOR", "INHIBITOR", "PART-OF", "PRODUCT-OF", "SUBSTRATE", "SUBSTRATE_PRODUCT-OF",
    ),
}  # fmt: skip


def answers(head: str, *labels: str) -> int:
    """Return a bit mask over the answers of a head."""
    return sum(1 << HEADS[head].index(label) for label in dict.fromkeys(labels))


def odds_by_head(logits: NDArray[np.float32], heads: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """Return for every head the probabilities of its answers, one row a pair; ``logits`` (pairs, answers) has them side by side."""
    out, first = {}, 0
    for head in heads:
        own = logits[:, first : first + len(HEADS[head])]
        odds = np.exp(own - own.max(axis=1, keepdims=True))
        out[head] = odds / odds.sum(axis=1, keepdims=True)
        first += len(HEADS[head])
    return out
