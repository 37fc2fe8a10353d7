"""How dictionary, grammar and recognizer are brought together: one row a rule, readable without the code."""

from __future__ import annotations

import numpy as np
import pytest

from kg.nlp.recognizer.combine import NEW, combine, weigh
from kg.nlp.recognizer.labels import TYPES
from kg.nlp.recognizer.model import Labelled, Reading
from kg.nlp.workbench import Draft


def reading(text: str, *mentions: tuple[str, str, float]) -> Reading:
    """A reading in which just these stretches are mentions, each word with the probability given."""
    starts, ends, at = [], [], 0
    for word in text.split(" "):
        starts.append(at)
        ends.append(at + len(word))
        at += len(word) + 1
    types = np.zeros((len(starts), len(TYPES)), np.float32)
    found = []
    for surface, type_, score in mentions:
        start = text.index(surface)
        end = start + len(surface)
        found.append(Labelled(start, end, type_, score))
        for number, (s, e) in enumerate(zip(starts, ends, strict=True)):
            if s < end and start < e:
                types[number, TYPES.index(type_)] = score
    return Reading(tuple(found), np.array(starts, np.int32), np.array(ends, np.int32), types)


def draft(text: str, surface: str, type_: str, recognizer: str = "dictionary") -> Draft:
    start = text.index(surface)
    return Draft(start, start + len(surface), type_, surface, None, 0.9, "name", recognizer)


TEXT = "the cat gene was lost in metastatic breast cancer under drug X treatment"
CASES = [
    ("both see the same", [("breast cancer", "Disease")], [("breast cancer", "Disease", 0.9)], [("breast cancer", "Disease")]),
    ("only the dictionary sees it, the recognizer is sure that nothing is there", [("cat", "Organism")], [], []),
    ("only the recognizer sees it", [], [("drug X", "Drug", 0.8)], [("drug X", "Drug")]),
    ("only the recognizer sees it, and doubts", [], [("drug X", "Drug", 0.3)], []),
    ("it is surer of other borders", [("breast cancer", "Disease")], [("metastatic breast cancer", "Disease", 0.9)], [("metastatic breast cancer", "Disease")]),  # noqa: E501
    ("it doubts its other borders", [("breast cancer", "Disease")], [("metastatic breast cancer", "Disease", 0.4)], [("breast cancer", "Disease")]),
    ("it is surer of another type", [("cat", "Organism")], [("cat", "Gene", 0.95)], [("cat", "Gene")]),
    ("types of one group do not compete", [("cat", "GeneFamily")], [("cat", "Gene", 0.95)], [("cat", "GeneFamily")]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "dictionary", "learned", "expected"), CASES, ids=[c[0] for c in CASES])
def test_the_rule(why: str, dictionary: list[tuple[str, str]], learned: list[tuple[str, str, float]], expected: list[tuple[str, str]]) -> None:
    drafts = [draft(TEXT, *d) for d in dictionary]
    found = combine(drafts, drafts, reading(TEXT, *learned), lambda m: (m.type, TEXT[m.start : m.end], None, 0.0, "none"))
    assert sorted((TEXT[d.start : d.end], d.type) for d in found) == sorted(expected)


def test_what_a_grammar_found_stays() -> None:
    text = "EGFR T790M was found"
    variant = draft(text, "EGFR T790M", "Variant", "grammar")
    found = combine([variant], [variant], reading(text, ("EGFR T790M", "Gene", 0.99)), lambda m: (m.type, "", None, 0.0, "none"))
    assert found[0] == variant


def test_types_of_one_group_speak_for_one_mention() -> None:
    read = reading("the toxicity was mild", ("toxicity", "Phenotype", 0.5))
    read.types[1, TYPES.index("Disease")] = 0.45
    assert [round(m.score, 2) for m in weigh(read, "the toxicity was mild").mentions] == [0.95]


@pytest.mark.parametrize(
    ("text", "second", "sure"),
    [("given CSA and CSA again", 0.55, True), ("given CSA and CSA again", 0.3, False), ("given CSA and CSA-0085 again", 0.55, False)],
    ids=["what the document surely has elsewhere", "but not what it hardly sees", "nor half a code"],
)
def test_a_name_seen_again(text: str, second: float, sure: bool) -> None:
    first = reading(text, ("CSA", "Drug", 0.9))
    at = text.rindex("CSA")
    first.types[3, TYPES.index("Drug")] = second
    read = Reading((*first.mentions, Labelled(at, at + 3, "Drug", second)), first.starts, first.ends, first.types)
    assert (weigh(read, text).mentions[1].score >= NEW) is sure
