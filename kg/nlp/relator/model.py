"""The learned relator: an 8-bit network under ONNX Runtime that answers questions about pairs of entities.

Rule: one document at a time, one thread, no padding; it reads the vectors that the recognizer made of the same document, so that
the text goes through the lower layers once. The file is compared with its checksum when it is opened.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.nlp.recognizer.model import check_files
from kg.nlp.relator.heads import HEADS

MODEL = "relator.onnx"
WINDOWS = 16
"""Windows of a document that the network tells apart; later ones share the last number."""


class Relator:
    """An opened model; share it between documents, not between threads."""

    def __init__(self, folder: Path) -> None:
        check_files(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(folder / MODEL), options, providers=["CPUExecutionProvider"])

    def answer(
        self,
        vectors: NDArray[np.float32],
        marks: NDArray[np.int64],
        windows: NDArray[np.int64],
        mentions: NDArray[np.int64],
        belongs: NDArray[np.float32],
        pairs: NDArray[np.int64],
    ) -> dict[str, NDArray[np.float32]]:
        """Return for every head the probabilities of its answers, one row a pair.

        ``vectors`` (n, width), ``marks`` and ``windows`` (n,), ``mentions`` (m,) their first pieces, ``belongs`` (clusters, m) of 0
        and 1, ``pairs`` (p, 2) clusters.
        """
        given = {"vectors": vectors[None], "marks": marks[None], "windows": windows[None], "mentions": mentions, "belongs": belongs,
                 "first": pairs[:, 0].copy(), "second": pairs[:, 1].copy()}  # fmt: skip
        out = {}
        for head, logits in zip(HEADS, self._session.run(list(HEADS), given), strict=True):
            odds = np.exp(logits - logits.max(axis=1, keepdims=True))
            out[head] = odds / odds.sum(axis=1, keepdims=True)
        return out
