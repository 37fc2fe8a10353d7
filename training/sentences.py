"""Sentences that teach the classifier: cut out of the corpora's texts, or invented for this project (`invented.jsonl`).

A line of the table of invented sentences holds a text, its mentions with their types, and the effects that it tells: lesion, R or S, therapy,
and + (asserted), ~ (suggested), - (denied) or ? (left open). A lesion and a therapy without an entry have no effect on each other there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from effects import HEDGED
from pairs import PairExample, whole_clusters

from kg.nlp.classifier.reading import LESIONS
from kg.nlp.relator.heads import answers
from kg.nlp.relator.marks import MARKED
from kg.nlp.relator.reading import THERAPIES
from kg.nlp.sentences import sentence_spans

INVENTED = Path(__file__).parent / "invented.jsonl"
EFFECTS = {"R": "resistant", "S": "sensitive"}


def cut(example: PairExample, head: str) -> Iterator[PairExample]:
    """Yield the sentences of an example in which both ends of a pair of this head stand; of a pair that never meets, the whole text."""
    text = " ".join(part for _, part in example.sections)
    spans = sentence_spans(text)
    places: dict[int, list[tuple[int, int]]] = {}
    for start, end, _, cluster in example.mentions:
        places.setdefault(cluster, []).append((start, end))
    units: dict[tuple[int, int], list[tuple[str, int, int, int, float]]] = {}
    for name, a, b, mask, weight in example.pairs:
        if name == head:
            both = [(s, e) for s, e in spans if all(any(s <= x and y <= e for x, y in places.get(c, ())) for c in (a, b))]
            apart = [(0, len(text))] if head == "effect" else []
            for span in both or apart:
                # said once, but nobody knows in which of the sentences
                units.setdefault(span, []).append((name, a, b, mask, weight if mask & 1 else weight / max(1, len(both)) ** 0.5))
    for (start, end), pairs in sorted(units.items()):
        inside = [(s - start, e - start, type_, c) for s, e, type_, c in example.mentions if start <= s and e <= end]
        yield PairExample(example.id, example.corpus, (("text", text[start:end]),), inside, pairs)


def read_invented(path: Path = INVENTED) -> Iterator[PairExample]:
    """Yield the invented sentences."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        example = PairExample(f"invented:{number}", "invented", (("text", row["text"]),))
        types = dict(row["marks"])
        numbers = {surface: cluster for cluster, surface in enumerate(sorted(types, key=len, reverse=True))}
        for surface, cluster in numbers.items():
            for found in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(surface)}(?![A-Za-z0-9])", row["text"]):
                same = any(s <= found.start() and found.end() <= e and t == types[surface] for s, e, t, _ in example.mentions)
                if not same and types[surface] in MARKED:
                    example.mentions.append((*found.span(), types[surface], cluster))
        example.pairs.extend(_invented_pairs(row["effects"], types, numbers, example))
        if example.pairs:
            yield example


def _invented_pairs(
    effects: list[tuple[str, str, str, str]], types: dict[str, str], numbers: dict[str, int], example: PairExample
) -> Iterator[tuple[str, int, int, int, float]]:
    said: dict[tuple[str, str], tuple[int, float]] = {}
    for lesion, effect, therapy, polarity in effects:
        answer = 0 if polarity == "?" else answers("effect", "refuted" if polarity == "-" else EFFECTS[effect])
        known = said.get((lesion, therapy), (answer, 0.0))[0]
        said[lesion, therapy] = (answer if answer == known else 0, HEDGED if polarity == "~" else 1.0)
    whole = whole_clusters(example)
    for lesion in (x for x in types if types[x] in LESIONS and numbers[x] in whole):
        for therapy in (x for x in types if types[x] in THERAPIES and any(c == numbers[x] for *_, c in example.mentions)):
            answer, weight = said.get((lesion, therapy), (answers("effect", "none"), 1.0))
            if answer:
                yield "effect", numbers[lesion], numbers[therapy], answer, weight
