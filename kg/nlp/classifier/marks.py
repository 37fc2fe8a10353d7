"""How the classifier is told of mentions and of the pair it is asked about.

Teaching and reading share this, so that the network sees at run time what it was taught on. Of nested mentions a piece carries the mark of
the longer one. For a pair, every piece says whether it is of the first end, of the
second, of another mention or of none, and how far it stands from either end, with direction.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.nlp.relator.marks import mark

NOTHING, FIRST, SECOND, OTHER = range(4)
FARTHEST = 9
DISTANCES = 2 * FARTHEST + 3
"""Classes of distance: powers of two, before and behind (the first and the last are never met)."""


def hints_of(size: int, spans: Sequence[tuple[int, int, int, int]]) -> NDArray[np.int64]:
    """Return the mark of each of ``size`` pieces; ``spans`` are (first piece, past the last, type, cluster)."""
    marks = np.zeros(size, np.int64)
    for first, last, type_, _ in sorted(spans, key=lambda span: span[1] - span[0]):
        marks[first:last] = mark(type_, True)
        marks[first] = mark(type_, False)
    return marks


Ends = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def ends_of(size: int, spans: Sequence[tuple[int, int, int, int]], first: int, second: int) -> Ends:
    """Return, for a pair of clusters, each over ``size`` pieces: shares of the two ends, roles, distances to the two ends."""
    roles = np.zeros(size, np.int64)
    for start, end, _, _ in spans:
        roles[start:end] = OTHER
    shares = []
    for cluster, role in ((first, FIRST), (second, SECOND)):
        share = np.zeros(size, np.float32)
        for start, end, _, owner in spans:
            if owner == cluster:
                share[start:end] = 1
                roles[start:end] = role
        shares.append(share)
    nears = [distance_classes(np.flatnonzero(share), size) for share in shares]
    return shares[0] / shares[0].sum(), shares[1] / shares[1].sum(), roles, nears[0], nears[1]


def distance_classes(places: NDArray[np.intp], size: int) -> NDArray[np.int64]:
    """Return the class of the distance of each of ``size`` pieces to the nearest of ``places``, negative before it."""
    every = np.arange(size)
    away = every - places[np.abs(every[:, None] - places).argmin(axis=1)]
    near = np.sign(away) * np.minimum(FARTHEST, np.ceil(np.log2(np.abs(away) + 1)))
    classes: NDArray[np.int64] = (near + FARTHEST + 1).astype(np.int64)
    return classes
