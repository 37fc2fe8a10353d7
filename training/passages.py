"""Effects that were read in passages of the drug-gene-mutation sets (Peng et al. 2017): `passages.tsv`, and the pairs that it teaches.

Each row is an effect that a sentence of a passage tells, or `none`: the passage's row in its set, the sentence's place among the passage's tokens
joined by blanks, the lesion and the therapy as they stand there, and whether it is asserted, hedged, negated, or inverse (it follows from the
loss of the lesion). The sets are tokens, lower-cased and lemmatised; the table holds no sentence, they are read from the sets beside it.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from effects import HEDGED
from pairs import PairExample, nary_rows, whole_clusters

from kg.nlp.relator.heads import answers

TABLE = Path(__file__).parent / "passages.tsv"
TYPES = {"V": "Variant", "G": "Gene", "P": "Process"}
_CLASS = re.compile(r"inhibitors?\b|\btkis?\b|therap|antibod|blocker|agents?\b|drugs?\b|chemo")
_STRAY = re.compile(r"^(?:to|or|and|of|by|with|in|the) ")
#: words of a change that is named in words
_PLAIN = re.compile(r"[a-z]{5,}|of|in|the|exon|and|or|loss|gain|low|high|wt")
Row = tuple[str, str, str, str, str]
"""Lesion, its type, effect, therapy, polarity."""


def passage_examples(folder: Path, table: Path = TABLE) -> Iterator[PairExample]:
    """Yield the sentences of the table, with the mentions that the sets mark and those that were read, and the labelled pairs."""
    read: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    with table.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            effects = read[row["passage"], int(row["start"]), int(row["end"])]
            if row["effect"]:
                effects.append((row["lesion"], row["type"], row["effect"], row["therapy"], row["polarity"]))
    texts, marked = _passages(folder, {passage for passage, _, _ in read})
    for (passage, start, end), effects in read.items():
        text = texts[passage]
        example = _example(f"{passage}:{start}", text[start:end], [(text[a:b], t) for a, b, t in marked[text] if start <= a and b <= end], effects)
        if example.pairs:
            yield example


def _passages(folder: Path, wanted: set[str]) -> tuple[dict[str, str], dict[str, set[tuple[int, int, str]]]]:
    """Return the texts of the passages that are wanted, and what any row marks in a text: (start, end, type)."""
    texts: dict[str, str] = {}
    marked: dict[str, set[tuple[int, int, str]]] = defaultdict(set)
    for passage, text, spans, _ in nary_rows(folder):
        if passage in wanted:
            texts[passage] = text
        marked[text].update(spans)
    return texts, marked


def _example(identifier: str, text: str, marked: list[tuple[str, str]], effects: list[Row]) -> PairExample:
    names = {_STRAY.sub("", name): type_ for name, type_ in sorted(marked)}
    for lesion, type_, _, therapy, _ in effects:
        names[lesion] = TYPES[type_]
        names[therapy] = "DrugClass" if _CLASS.search(therapy) else "Drug"
    example = PairExample(identifier, "passages", (("text", text),))
    numbers: dict[str, int] = {}
    for name in sorted(names):
        for found in re.finditer(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text):
            example.mentions.append((*found.span(), names[name], numbers.setdefault(name, len(numbers))))
    for start, end in _symbols(text, example.mentions):
        text = text[:start] + text[start:end].upper() + text[end:]
    example.sections = (("text", text),)
    whole = whole_clusters(example)
    for lesion in (n for n in numbers if names[n] in TYPES.values() and numbers[n] in whole):
        for therapy in (n for n in numbers if names[n] in ("Drug", "DrugClass")):
            if label := _answer(lesion, therapy, effects):
                example.pairs.append(("effect", numbers[lesion], numbers[therapy], *label))
    return example


def _symbols(text: str, mentions: list[tuple[int, int, str, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places of words of lesions that are written in capitals in a paper: "egfr", "t790m", not "amplification"."""
    for start, end, type_, _ in mentions:
        if type_ in ("Gene", "Variant"):
            for word in re.finditer(r"\S+", text[start:end]):
                if not _PLAIN.fullmatch(word.group()):
                    yield start + word.start(), start + word.end()


def _answer(lesion: str, therapy: str, effects: list[Row]) -> tuple[int, float] | None:
    """Return the allowed answers on a pair and their weight; nothing where the table leaves it open."""
    own = [(effect, polarity) for name, _, effect, drug, polarity in effects if (name, drug) == (lesion, therapy)]
    if own:
        labels = {"refuted" if polarity == "negated" else effect for effect, polarity in own}
        if len(labels) > 1 or any(polarity == "inverse" for _, polarity in own):
            return None
        return answers("effect", *labels), HEDGED if all(polarity == "hedged" for _, polarity in own) else 1.0
    if any((lesion in name or name in lesion) and (therapy in drug or drug in therapy) for name, _, _, drug, _ in effects):
        return None  # another name of the same
    return answers("effect", "none"), 1.0
