"""The learned classifier: an 8-bit encoder under ONNX Runtime that answers questions about pairs of mentions in a sentence.

Rule: one sentence at a time, one thread, no padding, so that what a sentence yields depends on that sentence alone. The file is compared
with its checksum when it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.nlp.classifier.marks import ends_of, hints_of
from kg.nlp.recognizer.model import open_session
from kg.nlp.recognizer.windows import CLS, SEP
from kg.nlp.relator.heads import odds_by_head

MODEL = "classifier.onnx"
QUESTIONS = ("effect", "action")
"""The heads that it answers, in the order of its output."""
Span = tuple[int, int, int, int]
"""A mention in a sentence: first piece, past the last, number of its type (`relator.marks.MARKED`), cluster."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with its mentions: ids and shapes of its pieces, each of length n, and mentions as spans over them."""

    ids: NDArray[np.int32]
    shapes: NDArray[np.uint8]
    spans: Sequence[Span]


class Classifier:
    """An opened model; share it between documents, not between threads."""

    def __init__(self, folder: Path) -> None:
        self._session = open_session(folder, MODEL, fused=False)

    def answer(self, sentence: Marked, pairs: Sequence[tuple[int, int]]) -> dict[str, NDArray[np.float32]]:
        """Return for every head the probabilities of its answers, one row a pair of clusters."""
        n = len(sentence.ids) + 2
        pieces, shapes = np.zeros((1, n), np.int64), np.zeros((1, n), np.int64)
        pieces[0, 0], pieces[0, -1] = CLS, SEP
        pieces[0, 1:-1], shapes[0, 1:-1] = sentence.ids, sentence.shapes
        spans = [(first + 1, last + 1, type_, cluster) for first, last, type_, cluster in sentence.spans]
        ends = [ends_of(n, spans, a, b) for a, b in pairs]
        given = {"pieces": pieces, "shapes": shapes, "marks": hints_of(n, spans)[None]}
        for name, columns in zip(("first", "second", "roles", "to_first", "to_second"), zip(*ends, strict=True), strict=True):
            given[name] = np.stack(columns)
        logits = self._session.run(["logits"], given)[0]
        return odds_by_head(logits, QUESTIONS)
