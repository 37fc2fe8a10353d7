"""Text to what the encoder reads: word pieces, the shape of each piece's word, and the piece's offsets.

Training and running both go through here, so the two can not drift apart. The tokenizer is BERT's uncased word-piece
tokenizer (`tokenizers`); what lower-casing throws away comes back as a shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

SHAPES = 12  # six kinds of case, with and without a space before the word
LOWER, INITIAL, UPPER, MIXED, LETTERLESS, SINGLE = range(6)


@lru_cache(maxsize=65536)
def word_case(word: str) -> int:
    """Return the case of a word: lower, Initial, UPPER, mIxed, letterless, or a single capital letter."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return LETTERLESS
    capitals = sum(c.isupper() for c in letters)
    if not capitals:
        return LOWER
    if len(word) == 1:
        return SINGLE
    if capitals == len(letters):
        return UPPER
    return INITIAL if capitals == 1 and letters[0].isupper() else MIXED


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one text: ids, shapes and offsets (code points, half-open), each of length n; no special pieces."""

    ids: NDArray[np.int32]
    shapes: NDArray[np.uint8]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    words: NDArray[np.int32]  # which word a piece belongs to

    def firsts(self) -> NDArray[np.bool_]:
        """Return for every piece whether it is the first of its word."""
        firsts: NDArray[np.bool_] = np.diff(self.words, prepend=-2) != 0
        return firsts


def open_tokenizer(path: Path) -> Tokenizer:
    """Open a `tokenizer.json` with neither truncation nor padding."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode(tokenizer: Tokenizer, texts: list[str]) -> list[Pieces]:
    """Encode texts into pieces, in order."""
    out = []
    for text in texts:
        encoding = tokenizer.encode(text, add_special_tokens=False)  # `encode_batch` of one text costs a seventh more
        spans = np.fromiter(chain.from_iterable(encoding.offsets), np.int32).reshape(-1, 2)
        words = np.array([w if w is not None else -1 for w in encoding.word_ids], np.int32)
        out.append(Pieces(np.array(encoding.ids, np.int32), _shapes(text, spans, words), spans[:, 0], spans[:, 1], words))
    return out


def _shapes(text: str, spans: NDArray[np.int32], words: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Return the shape of every piece's word: twice its case, plus one if a space stands before it."""
    firsts = np.flatnonzero(np.diff(words, prepend=-2))
    starts, lasts = spans[firsts, 0].tolist(), np.append(firsts, len(words))[1:] - 1
    by_word = [
        2 * word_case(text[start:end]) + (start == 0 or text[start - 1].isspace())
        for start, end in zip(starts, spans[lasts, 1].tolist(), strict=True)
    ]
    return np.repeat(np.array(by_word, np.uint8), np.diff(firsts, append=len(words)))
