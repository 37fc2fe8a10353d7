"""What the relator is asked about a document, and what it answers: pairs of entities, in one sentence or over the whole text.

Rule: only grounded mentions are asked about, because no other can stand in a statement; a document without a pair to ask about costs
nothing. A document longer than `LONGEST` pieces is read in stretches of whole windows, and pairs are asked within a stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from kg.nlp.recognizer.hints import piece_range
from kg.nlp.recognizer.model import Vectors
from kg.nlp.relations import Item
from kg.nlp.relations.opinions import WHOLE, Opinion, meanings
from kg.nlp.relator.heads import HEADS
from kg.nlp.relator.marks import MARKED, mark, nearness, within_reach
from kg.nlp.relator.model import WINDOWS, Relator
from kg.nlp.workbench import Draft

LONGEST = 600
MOST_PAIRS = 600
"""Pairs asked about in a stretch; of more, those of its sentences and then the first."""
LESIONS, THERAPIES = ("Variant", "Gene", "GeneFamily"), ("Drug", "DrugClass")


@dataclass(frozen=True, slots=True)
class Answer:
    """The relator's answers on one pair: two mentions, the sentence they stand in (or `WHOLE`), probabilities by head."""

    first: Draft
    second: Draft
    sentence: int
    odds: dict[str, NDArray[np.float32]]


Numbered = tuple[int, int, int]
"""A sentence's number, start and end."""


def ask(relator: Relator, vectors: Vectors, mentions: Sequence[Draft], sentences: Sequence[Numbered]) -> list[Answer]:
    """Return the answers on all pairs of a document, in the order of the text; of ``sentences`` also those on their own lesions and therapies."""
    out: list[Answer] = []
    for windows in stretches(vectors):
        first, last = windows[0][0], windows[-1][1]
        start, end = int(vectors.pieces.starts[first]), int(vectors.pieces.ends[last - 1])
        inside = [m for m in mentions if start <= m.start and m.end <= end and m.entity is not None and m.type in MARKED]
        out.extend(_ask_stretch(relator, vectors, windows, inside, sentences))
    return out


def to_opinion(answer: Answer, item: Callable[[Draft], Item]) -> Opinion:
    """Return an answer as the relation rules take it; ``item`` makes a mention one of theirs."""
    effect = is_effect(answer.first.type, answer.second.type)
    return Opinion(
        item(answer.first),
        item(answer.second),
        answer.sentence,
        tuple(answer.odds["effect"].tolist()) if effect else (),
        dict(zip(HEADS["association"], answer.odds["association"].tolist(), strict=True)) if answer.sentence == WHOLE else {},
    )


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
    relator: Relator, vectors: Vectors, windows: list[tuple[int, int]], mentions: Sequence[Draft], sentences: Sequence[Numbered]
) -> list[Answer]:
    clusters, pairs = pairs_to_ask(mentions, sentences)
    if not pairs:
        return []
    base = windows[0][0]
    size = windows[-1][1] - base
    spans = [(first - base, last - base) for first, last in (piece_range(vectors.pieces, m.start, m.end) for m in mentions)]
    read = within_reach(size, spans)
    place = np.cumsum(read) - 1
    marks, numbers = np.zeros(int(place[-1]) + 1, np.int64), np.zeros(size, np.int64)
    for m, (first, last) in zip(mentions, spans, strict=True):
        marks[place[first]] = mark(MARKED.index(m.type), False)
        marks[place[first] + 1 : place[last - 1] + 1] = mark(MARKED.index(m.type), True)
    for count, (first, last) in enumerate(windows):
        numbers[first - base : last - base] = min(count, WINDOWS - 1)
    belongs = np.zeros((len(clusters), len(mentions)), np.float32)
    for number, members in enumerate(clusters):
        belongs[number, members] = 1
    starts = np.array([first for first, _ in spans])
    asked = np.array([(a, b) for a, b, _ in pairs], np.int64)
    near = np.array([nearness(starts, clusters[a], clusters[b]) for a, b, _ in pairs], np.int64)
    odds = relator.answer(vectors.values[base : base + size][read], marks, numbers[read], place[starts], belongs, asked, near)
    return [
        Answer(mentions[clusters[a][0]], mentions[clusters[b][0]], sentence, {head: table[row] for head, table in odds.items()})
        for row, (a, b, sentence) in enumerate(pairs)
    ]


def pairs_to_ask(mentions: Sequence[Draft], sentences: Sequence[Numbered]) -> tuple[list[list[int]], list[tuple[int, int, int]]]:
    """Return clusters of mentions and the pairs (cluster, cluster, sentence) to ask about.

    First each sentence's lesions with its therapies ("EML4" within "EML4-ALK" is no lesion), then those pairs of the whole text (`WHOLE`) of
    which an association would tell us something.
    """
    clusters: list[list[int]] = []
    pairs: list[tuple[int, int, int]] = []
    variants = [m for m in mentions if m.type == "Variant"]
    whole_names = [i for i, m in enumerate(mentions) if m.type == "Variant" or not any(v.contains(m) for v in variants)]
    for number, start, end in sentences:
        inside = [i for i in whole_names if start <= mentions[i].start and mentions[i].end <= end]
        if any(mentions[i].type in LESIONS for i in inside) and any(mentions[i].type in THERAPIES for i in inside):
            pairs.extend((a, b, number) for a, b in _gather(mentions, inside, clusters, is_effect))
    whole = [(a, b, WHOLE) for a, b in _gather(mentions, range(len(mentions)), clusters, is_association)]
    return clusters, pairs + whole[: max(0, MOST_PAIRS - len(pairs))]


def _gather(
    mentions: Sequence[Draft], chosen: Sequence[int], clusters: list[list[int]], wanted: Callable[[str, str], bool]
) -> Iterator[tuple[int, int]]:
    """Add the clusters of some mentions, one an entity, and yield the pairs of them whose types, in the order of `MARKED`, are wanted."""
    groups: dict[tuple[str, str], list[int]] = {}
    for i in chosen:
        groups.setdefault((mentions[i].type, mentions[i].key), []).append(i)
    first = len(clusters)
    clusters.extend(groups.values())
    for a, b in combinations(range(first, len(clusters)), 2):
        one, other = mentions[clusters[a][0]].type, mentions[clusters[b][0]].type
        if MARKED.index(one) > MARKED.index(other):
            one, other, a, b = other, one, b, a
        if wanted(one, other):
            yield a, b


def is_effect(one: str, other: str) -> bool:
    """Whether a pair of these types is a lesion and a therapy."""
    return one in LESIONS and other in THERAPIES


def is_association(one: str, other: str) -> bool:
    """Whether an association of these types, in the order of `MARKED`, is something that we tell."""
    return bool(meanings(one, other))
