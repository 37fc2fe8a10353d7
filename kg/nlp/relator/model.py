"""The learned relator: an 8-bit network under ONNX Runtime that answers questions about pairs of entities.

Rule: one document at a time, one thread, no padding; it reads the vectors that the recognizer made of the same document, so that
the text goes through the lower layers once. The file is compared with its checksum when it is opened.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.nlp.recognizer.model import open_session
from kg.nlp.relator.heads import HEADS, odds_by_head

MODEL = "relator.onnx"
WINDOWS = 16
"""Windows of a document that the network tells apart; later ones share the last number."""


class Relator:
    """An opened model; share it between documents, not between threads."""

    def __init__(self, folder: Path) -> None:
        self._session = open_session(folder, MODEL, fused=False)

    def answer(
        self,
        vectors: NDArray[np.float32],
        marks: NDArray[np.int64],
        windows: NDArray[np.int64],
        mentions: NDArray[np.int64],
        belongs: NDArray[np.float32],
        pairs: NDArray[np.int64],
        near: NDArray[np.int64],
    ) -> dict[str, NDArray[np.float32]]:
        """Return for every head the probabilities of its answers, one row a pair.

        ``vectors`` (n, width), ``marks`` and ``windows`` (n,), ``mentions`` (m,) their first pieces, ``belongs`` (clusters, m) of 0
        and 1, ``pairs`` (p, 2) clusters, ``near`` (p,) how near they come (`marks.nearness`).
        """
        given = {"vectors": vectors[None], "marks": marks[None], "windows": windows[None], "mentions": mentions, "belongs": belongs,
                 "first": pairs[:, 0].copy(), "second": pairs[:, 1].copy(), "near": near}  # fmt: skip
        logits = self._session.run(["logits"], given)[0]
        return odds_by_head(logits, tuple(HEADS))
