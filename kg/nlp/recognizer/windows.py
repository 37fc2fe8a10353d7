"""Windows: runs of whole sentences that the encoder reads at once.

A window holds as many sentences in a row as fit in `LENGTH` pieces; a longer sentence is cut at a word. Every piece is in
exactly one window. Training and running cut in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from kg.nlp.recognizer.pieces import Pieces

LENGTH = 190
CLS, SEP = 101, 102


def window_ranges(pieces: Pieces, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return half-open ranges of pieces, in order, that cover all pieces."""
    total = len(pieces.ids)
    bounds = sorted({int(np.searchsorted(pieces.starts, start, side="left")) for start, _ in sentences} | {0, total})
    out: list[tuple[int, int]] = []
    at = 0
    for here, after in pairwise(bounds):
        if after - at > LENGTH and here > at:
            out.append((at, here))
            at = here
        while after - at > LENGTH:
            cut = at + LENGTH
            while cut > at + 1 and pieces.words[cut] == pieces.words[cut - 1]:
                cut -= 1
            cut = cut if cut > at + 1 else at + LENGTH
            out.append((at, cut))
            at = cut
    if at < total:
        out.append((at, total))
    return out
