"""What the dictionary and the grammars found, as bits that the recognizer reads beside each word piece.

A bit says what stands at a piece: the begin or the inside of a draft of some type (as overlaps resolve), a term that the
dictionary does not trust by itself, or a short form that the document defines. The recognizer learns how far to believe each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.nlp.recognizer.labels import TYPES
from kg.nlp.recognizer.pieces import Pieces

DOUBTED = ("Gene", "Drug", "Disease")
SETTLED = 2 * len(TYPES)
"""The first so many bits are of drafts that overlaps leave."""
HINTS = SETTLED + len(DOUBTED) + 1
_SHORT_FORM = HINTS - 1

Span = tuple[int, int, str]


def hint_bits(pieces: Pieces, settled: Iterable[Span], doubted: Iterable[Span], short_forms: Sequence[tuple[int, int]]) -> NDArray[np.uint8]:
    """Return (pieces, HINTS) bits from spans in the text that the pieces were made of."""
    bits = np.zeros((len(pieces.ids), HINTS), np.uint8)
    for start, end, type_ in settled:
        if type_ in TYPES:
            first, last = piece_range(pieces, start, end)
            column = 2 * TYPES.index(type_)
            bits[first : first + 1, column] = 1
            bits[first + 1 : last, column + 1] = 1
    for start, end, type_ in doubted:
        if type_ in DOUBTED:
            first, last = piece_range(pieces, start, end)
            bits[first:last, SETTLED + DOUBTED.index(type_)] = 1
    for start, end in short_forms:
        first, last = piece_range(pieces, start, end)
        bits[first:last, _SHORT_FORM] = 1
    return bits


def piece_range(pieces: Pieces, start: int, end: int) -> tuple[int, int]:
    """Return the half-open range of pieces that a span of characters touches."""
    first, last = int(pieces.ends.searchsorted(start, side="right")), int(pieces.starts.searchsorted(end, side="left"))
    return first, max(first, last)
