"""What the classifier is asked about a sentence, and what it answers: its lesions with its therapies, its genes and families with its drugs.

Rule: only grounded mentions are asked about, because no other can stand in a statement, and a gene within a change is not asked for itself
(schema rule 6). A sentence of more than `LONGEST` pieces is read from a little before its first mention on.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from kg.nlp.classifier.model import Classifier, Marked, Span
from kg.nlp.recognizer.hints import piece_range
from kg.nlp.recognizer.pieces import Pieces
from kg.nlp.relations.weighing import Odds, Pair
from kg.nlp.relator.heads import HEADS
from kg.nlp.relator.marks import MARKED
from kg.nlp.relator.reading import LESIONS as CHANGED
from kg.nlp.relator.reading import THERAPIES
from kg.nlp.workbench import Draft

LONGEST, BEFORE = 250, 30
LESIONS = (*CHANGED, "Process")
GENES, DRUGS = ("Gene", "GeneFamily"), ("Drug",)
"""What an action is of, and whose."""
Numbered = list[tuple[Draft, int]]
"""Mentions, each with the number of its cluster: one an entity."""
Clusters = dict[tuple[str, str], int]
"""By type and key."""


def odds_in(classifier: Classifier, pieces: Pieces, mentions: Sequence[Draft], start: int, end: int) -> Odds:
    """Return the odds of the pairs of the sentence from ``start`` to ``end``; ``mentions`` are the document's."""
    inside, clusters = clustered(mentions, start, end)
    pairs = pairs_of(inside, clusters, LESIONS, THERAPIES)
    if not pairs:
        return Odds()
    first, last = (int(np.searchsorted(pieces.ends, start, side="right")), int(np.searchsorted(pieces.starts, end, side="left")))
    spans = [(*piece_range(pieces, m.start, m.end), MARKED.index(m.type), number) for m, number in inside]
    first, last, spans = within(first, last, spans)
    there = {number for *_, number in spans}
    pairs = [(a, b) for a, b in pairs if a in there and b in there]
    if not pairs:
        return Odds()
    odds = classifier.answer(Marked(pieces.ids[first:last], pieces.shapes[first:last], spans), pairs)
    names = {number: name for name, number in clusters.items()}
    effects: dict[Pair, tuple[float, ...]] = {}
    actions: dict[Pair, dict[str, float]] = {}
    for (a, b), effect, action in zip(pairs, odds["effect"].tolist(), odds["action"].tolist(), strict=True):
        (one, lesion), (other, therapy) = names[a], names[b]
        effects[lesion, therapy] = tuple(effect)
        if one in GENES and other in DRUGS:
            actions[lesion, therapy] = dict(zip(HEADS["action"], action, strict=True))
    return Odds(effects, actions)


def within(first: int, last: int, spans: Sequence[Span]) -> tuple[int, int, list[Span]]:
    """Return which pieces of a sentence from ``first`` to ``last`` are read, and the mentions there, counted from the first that is read."""
    if last - first > LONGEST and spans:
        first = max(first, min(span[0] for span in spans) - BEFORE)
        last = min(last, first + LONGEST)
    return first, last, [(a - first, b - first, type_, cluster) for a, b, type_, cluster in spans if b <= last and a < b]


def clustered(mentions: Sequence[Draft], start: int, end: int) -> tuple[Numbered, Clusters]:
    """Return the grounded mentions of a sentence that the classifier is told of, and their clusters."""
    clusters: Clusters = {}
    inside = [m for m in mentions if start <= m.start and m.end <= end and m.entity is not None and m.type in MARKED]
    return [(m, clusters.setdefault((m.type, m.key), len(clusters))) for m in inside], clusters


def pairs_of(mentions: Numbered, clusters: Clusters, first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """Return the clusters of some types with those of others; what stands only within changes ("EML4" in "EML4-ALK") is none."""
    variants = [m for m, _ in mentions if m.type == "Variant"]
    whole = {number for m, number in mentions if m.type == "Variant" or not any(v.contains(m) for v in variants)}
    one, other = ([number for (type_, _), number in clusters.items() if type_ in types and number in whole] for types in (first, second))
    return list(product(one, other))
