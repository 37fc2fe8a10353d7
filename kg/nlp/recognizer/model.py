"""The learned recognizer: an 8-bit encoder under ONNX Runtime that labels the first piece of every word.

Rule: one window at a time, one thread, no padding, so that what a document yields depends on that document alone; the
files of the model are compared with their checksums when they are opened.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.lexicon.store import sha256
from kg.nlp.recognizer.features import encode_document
from kg.nlp.recognizer.hints import SETTLED
from kg.nlp.recognizer.labels import LABELS, TYPES
from kg.nlp.recognizer.pieces import Pieces, open_tokenizer
from kg.nlp.recognizer.windows import CLS, SEP, window_ranges
from kg.nlp.workbench import Draft, Workbench

MODEL, TOKENIZER, MANIFEST = "recognizer.onnx", "tokenizer.json", "manifest.json"
REMEDY = "install the package again (pip install --force-reinstall pubmed-kg), or use --profile fast"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A stretch of the document's text that the recognizer takes for a mention, with the mean probability of its type."""

    start: int
    end: int
    type: str
    score: float


@dataclass(frozen=True, slots=True)
class Vectors:
    """What the network thought of a document half the way up: one vector a piece, for the relator to start from."""

    pieces: Pieces
    windows: tuple[tuple[int, int], ...]
    """Half-open ranges of pieces that were read at once."""
    values: NDArray[np.float32]
    """(pieces, width)"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the recognizer makes of a document: mentions, and for every word the probability of each type."""

    mentions: tuple[Labelled, ...]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    types: NDArray[np.float32]
    """(words, types) probabilities; what is missing to one is the probability of being outside."""

    def support(self, start: int, end: int, types: Sequence[str]) -> float:
        """Return the mean probability, over the words of a span, of being part of a mention of one of the types."""
        first = int(self.ends.searchsorted(start, side="right"))
        last = max(first + 1, int(self.starts.searchsorted(end, side="left")))
        if first >= len(self.starts):
            return 0.0
        words = self.types[first:last]
        return sum(float(words[:, TYPES.index(t)].sum()) for t in types) / len(words)


class Recognizer:
    """An opened model; share it between documents, not between threads."""

    def __init__(self, folder: Path) -> None:
        self._session = open_session(folder, MODEL)
        self._tokenizer = open_tokenizer(folder / TOKENIZER)

    def read(self, bench: Workbench, settled: Sequence[Draft]) -> tuple[Reading, Vectors | None]:
        """Label a document; ``settled`` are the drafts on its workbench that overlaps leave. Without text there are no vectors."""
        pieces, hints = encode_document(self._tokenizer, bench, settled)
        windows = tuple(window_ranges(pieces, bench.sentences))
        if not windows:
            empty = np.zeros(0, np.int32)
            return Reading((), empty, empty, np.zeros((0, len(TYPES)), np.float32)), None
        heads = heads_of(pieces, hints)
        labels, vectors = zip(*(self._run(pieces, heads, hints, first, last) for first, last in windows), strict=True)
        return decode(pieces, np.concatenate(labels)), Vectors(pieces, windows, np.concatenate(vectors))

    def _run(
        self, pieces: Pieces, heads: NDArray[np.int64], hints: NDArray[np.uint8], first: int, last: int
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return labels and vectors of a window's pieces; only of the first piece of a word does the label mean anything."""
        n = last - first + 2
        decides = np.zeros((1, n), np.int64)
        decides[0, 1:-1] = np.maximum(heads[first:last] - first + 1, 0)
        ids, shapes, bits = np.zeros((1, n), np.int64), np.zeros((1, n), np.int64), np.zeros((1, n, hints.shape[1]), np.float32)
        ids[0, 0], ids[0, -1] = CLS, SEP
        ids[0, 1:-1], shapes[0, 1:-1], bits[0, 1:-1] = pieces.ids[first:last], pieces.shapes[first:last], hints[first:last]
        labels, vectors = self._session.run(["labels", "vectors"], {"pieces": ids, "shapes": shapes, "hints": bits, "heads": decides})
        return labels[0, 1:-1], vectors[0, 1:-1]


def heads_of(pieces: Pieces, hints: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return for every piece the one that decides whether it goes through the upper layers, or -1 if it does not in any case.

    That is the first piece of its word, as only that one's label is read. The rest of a word goes with it where dictionary and grammars
    found nothing: a new name is known by its ending.
    """
    firsts = pieces.firsts()
    heads = np.flatnonzero(firsts)[np.cumsum(firsts) - 1]
    return np.where(firsts | ~hints[:, :SETTLED].any(axis=1), heads, -1)


def decode(pieces: Pieces, logits: NDArray[np.float32]) -> Reading:
    """Return the reading of labelled pieces; the first piece of a word speaks for it.

    A mention opens at a begin, or at an inside that nothing precedes, and goes on over insides; its type is the one with
    the greatest sum of probabilities over its words.
    """
    firsts = np.flatnonzero(pieces.firsts())
    lasts = np.append(firsts[1:], len(pieces.words)) - 1
    scores = logits[firsts]
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    types = odds[:, 1::2] + odds[:, 2::2]
    starts, ends = pieces.starts[firsts], pieces.ends[lasts]
    best = odds.argmax(axis=1)
    mentions = []
    word, n = 0, len(best)
    inside_of = [bool(label) and label % 2 == 0 for label in range(len(LABELS))]
    tags = best.tolist()
    while word < n:
        if not tags[word]:
            word += 1
            continue
        stop = word + 1
        while stop < n and inside_of[tags[stop]]:
            stop += 1
        mean = types[word:stop].mean(axis=0)
        number = int(mean.argmax())
        mentions.append(Labelled(int(starts[word]), int(ends[stop - 1]), TYPES[number], round(float(mean[number]), 4)))
        word = stop
    return Reading(tuple(mentions), starts, ends, types)


def open_session(folder: Path, name: str, fused: bool = True) -> onnxruntime.InferenceSession:
    """Open a network of a model's folder for one thread, its files compared with their checksums; `ModelError` as `check_files`.

    Unless ``fused``, sums and normalizations are not joined into one node: the joined node is ten times slower on a CPU.
    """
    check_files(folder)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if not fused:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])


def check_files(folder: Path) -> int:
    """Compare the model's files with the checksums of its manifest and return how many there are.

    `ModelError` names the first that is missing or differs.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder / MANIFEST}: the recognizer's manifest cannot be read ({error}); {REMEDY}") from error
    for name, digest in manifest["files"].items():
        try:
            found = sha256(folder / name)
        except OSError as error:
            raise ModelError(f"{folder / name}: the recognizer's file cannot be read ({error}); {REMEDY}") from error
        if found != digest:
            raise ModelError(f"{folder / name}: content differs from the manifest's checksum; {REMEDY}")
    return len(manifest["files"])
