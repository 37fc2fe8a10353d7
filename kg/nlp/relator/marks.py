"""How the relator is told where the mentions are: one mark a piece, begin or inside of a type; which pieces it reads; how near two ends come.

Teaching and reading share this, so that the network sees at run time what it was taught on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MARKED = ("Variant", "Gene", "GeneFamily", "Process", "Drug", "DrugClass", "Disease", "Phenotype")
MARKS = 1 + 2 * len(MARKED)
REACH = 12
"""Pieces farther than this from every mention are not read."""
DISTANCES = 9
"""Classes of distance: below 1, 3, 7, ... pieces, and more."""


def mark(type_: int, inside: bool) -> int:
    """Return the number of a mark; 0 is none."""
    return 1 + 2 * type_ + inside


def within_reach(size: int, spans: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Return which of ``size`` pieces stand near one of the mentions at ``spans`` (first piece, past the last)."""
    edges = np.zeros(size + 1, np.int64)
    for first, last in spans:
        edges[max(0, first - REACH)] += 1
        edges[min(size, last + REACH)] -= 1
    near: NDArray[np.bool_] = np.cumsum(edges[:-1]) > 0
    return near


def nearness(places: NDArray[np.int64], one: Sequence[int], other: Sequence[int]) -> int:
    """Return the class of the least distance between two entities; ``places`` are first pieces, ``one`` and ``other`` their mentions."""
    least = int(np.abs(places[np.asarray(one)][:, None] - places[np.asarray(other)][None]).min())
    return min(DISTANCES - 1, (least + 1).bit_length() - 1)
