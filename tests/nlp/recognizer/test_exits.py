"""Pieces that leave the recognizer early: which they are, that the relator's vectors do not hang on it, and that nothing need stay."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from kg.nlp.recognizer import WEIGHTS
from kg.nlp.recognizer.hints import hint_bits
from kg.nlp.recognizer.labels import LABELS
from kg.nlp.recognizer.model import heads_of
from kg.nlp.recognizer.pieces import Pieces, encode, open_tokenizer
from kg.nlp.recognizer.windows import CLS, SEP


@pytest.fixture(scope="module")
def session() -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(str(WEIGHTS / "recognizer.onnx"), providers=["CPUExecutionProvider"])


def pieces_of(text: str) -> Pieces:
    [pieces] = encode(open_tokenizer(WEIGHTS / "tokenizer.json"), [text])
    return pieces


def run(
    session: onnxruntime.InferenceSession, pieces: Pieces, found: tuple[tuple[int, int, str], ...] = (), nobody: bool = False
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return labels and vectors of [CLS], the pieces and [SEP], with hints of what was found; nobody: every piece is told to leave."""
    n, hints = len(pieces.ids) + 2, hint_bits(pieces, found, (), ())
    ids, shapes, heads, bits = (
        np.zeros((1, n), np.int64),
        np.zeros((1, n), np.int64),
        np.zeros((1, n), np.int64),
        np.zeros((1, n, hints.shape[1]), np.float32),
    )
    ids[0, 0], ids[0, -1], ids[0, 1:-1], shapes[0, 1:-1], bits[0, 1:-1] = CLS, SEP, pieces.ids, pieces.shapes, hints
    heads[0, 1:-1] = 0 if nobody else heads_of(pieces, hints) + 1
    labels, vectors = session.run(["labels", "vectors"], {"pieces": ids, "shapes": shapes, "hints": bits, "heads": heads})
    return labels[0], vectors[0]


def left(labels: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which pieces of the text left early: those whose labels but the first are exactly 0."""
    return ~labels[1:-1, 1:].any(axis=1)


@pytest.mark.parametrize(
    ("text", "stay", "leave"),
    [
        ("The patients were treated with gefitinib for two weeks.", {"gefitinib"}, {"were", "with", "for", "weeks"}),
        ("Resistance to crizotinib was driven by EGFR in lung adenocarcinoma.", {"crizotinib", "EGFR", "lung", "adenocarcinoma"}, {"was", "by"}),
        ("Methods: we searched three databases up to the end of June.", set(), {"we", "searched", "three", "databases", "end"}),
    ],
)
def test_words_that_may_be_mentions_stay(session: onnxruntime.InferenceSession, text: str, stay: set[str], leave: set[str]) -> None:
    pieces = pieces_of(text)
    labels, _ = run(session, pieces)
    lasts = np.append(np.flatnonzero(pieces.firsts())[1:], len(pieces.ids)) - 1
    words = {text[pieces.starts[a] : pieces.ends[b]]: bool(left(labels)[a]) for a, b in zip(np.flatnonzero(pieces.firsts()), lasts, strict=True)}
    assert stay <= {word for word, gone in words.items() if not gone}
    assert leave <= {word for word, gone in words.items() if gone}


def test_the_rest_of_a_word_stays_where_nothing_was_found(session: onnxruntime.InferenceSession) -> None:
    pieces = pieces_of("Nelorafenib")
    assert len(pieces.ids) > 2
    assert left(run(session, pieces)[0]).tolist() == [False] * len(pieces.ids)
    known = run(session, pieces, ((0, len("Nelorafenib"), "Drug"),))[0]
    assert left(known).tolist() == [False] + [True] * (len(pieces.ids) - 1)
    assert LABELS[known[1].argmax()] == "B-Drug" and LABELS[known[2].argmax()] == "O"


@pytest.mark.parametrize("text", ["", "x", "and", "The results were as follows."])
def test_nothing_need_stay(session: onnxruntime.InferenceSession, text: str) -> None:
    pieces = pieces_of(text)
    labels, vectors = run(session, pieces, nobody=True)
    assert labels.shape == (len(pieces.ids) + 2, len(LABELS)) and len(vectors) == len(labels)
    assert left(labels).all() and (labels[1:-1].argmax(axis=1) == LABELS.index("O")).all()


def test_vectors_are_of_all_pieces_whatever_leaves(session: onnxruntime.InferenceSession) -> None:
    pieces = pieces_of("Acquired resistance to osimertinib was driven by MET amplification in lung cancer.")
    some, none = run(session, pieces)[1], run(session, pieces, nobody=True)[1]
    assert np.array_equal(some, none) and some.any(axis=1).all()
