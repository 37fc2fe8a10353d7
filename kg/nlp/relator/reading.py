"""What the relator is asked about a document, and what it answers: pairs of entities, in one sentence or over the whole text.

Rule: only grounded mentions are asked about, because no other can stand in a statement; a document without a pair to ask about costs
nothing. A document longer than `LONGEST` pieces is read in stretches of whole windows, and pairs are asked within a stretch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.nlp.recognizer.hints import piece_range
from kg.nlp.recognizer.model import Vectors
from kg.nlp.relator.marks import MARKED, mark
from kg.nlp.relator.model import WINDOWS, Relator
from kg.nlp.workbench import Draft

LONGEST = 600
MOST_PAIRS = 600
"""Pairs asked about in a stretch; of more, those that stand nearest to each other."""
LESIONS, THERAPIES, DISEASES = ("Variant", "Gene", "GeneFamily"), ("Drug", "DrugClass"), ("Disease", "Phenotype")


@dataclass(frozen=True, slots=True)
class Answer:
    """The relator's answers on one pair: two mentions, the sentence they stand in (-1: not in one), probabilities by head."""

    first: Draft
    second: Draft
    sentence: int
    odds: dict[str, NDArray[np.float32]]


def ask(relator: Relator, vectors: Vectors, mentions: Sequence[Draft], sentences: Sequence[tuple[int, int]]) -> list[Answer]:
    """Return the answers on all pairs of a document, in the order of the text."""
    out: list[Answer] = []
    for windows in stretches(vectors):
        first, last = windows[0][0], windows[-1][1]
        start, end = int(vectors.pieces.starts[first]), int(vectors.pieces.ends[last - 1])
        inside = [m for m in mentions if start <= m.start and m.end <= end and m.entity is not None and m.type in MARKED]
        out.extend(_ask_stretch(relator, vectors, windows, inside, sentences))
    return out


def stretches(vectors: Vectors) -> Iterator[list[tuple[int, int]]]:
    """Yield runs of windows of at most `LONGEST` pieces in all (a single window may be longer)."""
    run: list[tuple[int, int]] = []
    for window in vectors.windows:
        if run and window[1] - run[0][0] > LONGEST:
            yield run
            run = []
        run.append(window)
    if run:
        yield run


def _ask_stretch(
    relator: Relator, vectors: Vectors, windows: list[tuple[int, int]], mentions: Sequence[Draft], sentences: Sequence[tuple[int, int]]
) -> list[Answer]:
    base = windows[0][0]
    size = windows[-1][1] - base
    marks, numbers = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for count, (first, last) in enumerate(windows):
        numbers[first - base : last - base] = min(count, WINDOWS - 1)
    places = []
    for m in mentions:
        first, last = piece_range(vectors.pieces, m.start, m.end)
        places.append(first - base)
        marks[first - base] = mark(MARKED.index(m.type), False)
        marks[first + 1 - base : last - base] = mark(MARKED.index(m.type), True)
    clusters, pairs = _pairs(mentions, sentences)
    if not pairs:
        return []
    belongs = np.zeros((len(clusters), len(mentions)), np.float32)
    for number, members in enumerate(clusters):
        belongs[number, members] = 1
    asked = np.array([(a, b) for a, b, _ in pairs], np.int64)
    odds = relator.answer(vectors.values[base : base + size], marks, numbers, np.array(places, np.int64), belongs, asked)
    return [
        Answer(mentions[clusters[a][0]], mentions[clusters[b][0]], sentence, {head: table[row] for head, table in odds.items()})
        for row, (a, b, sentence) in enumerate(pairs)
    ]


def _pairs(mentions: Sequence[Draft], sentences: Sequence[tuple[int, int]]) -> tuple[list[list[int]], list[tuple[int, int, int]]]:
    """Return clusters of mentions and the pairs (cluster, cluster, sentence) to ask about: each sentence's, then the document's."""
    clusters: list[list[int]] = []
    pairs: list[tuple[int, int, int]] = []
    rank = {type_: number for number, type_ in enumerate(MARKED)}

    def gather(chosen: Sequence[int], sentence: int) -> None:
        groups: dict[tuple[str, str], list[int]] = {}
        for i in chosen:
            groups.setdefault((mentions[i].type, mentions[i].key), []).append(i)
        first = len(clusters)
        clusters.extend(groups.values())
        for a in range(first, len(clusters)):
            for b in range(a + 1, len(clusters)):
                one, other = mentions[clusters[a][0]], mentions[clusters[b][0]]
                if askable(one.type, other.type):
                    pairs.append((a, b, sentence) if rank[one.type] <= rank[other.type] else (b, a, sentence))

    for number, (start, end) in enumerate(sentences):
        gather([i for i, m in enumerate(mentions) if start <= m.start and m.end <= end], number)
    gather(range(len(mentions)), -1)
    return clusters, pairs[-MOST_PAIRS:] if len(pairs) > MOST_PAIRS else pairs


def askable(one: str, other: str) -> bool:
    """Whether some head answers questions about a pair of these types."""
    types = {one, other}
    return len(types & {"Process"}) == 0 and not types <= {*DISEASES}
