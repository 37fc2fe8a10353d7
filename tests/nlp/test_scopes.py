"""Negation, speculation and hypothesis: who is in a scope and who is not."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.scopes import certainty_at, find_scopes, polarity_at

CASES = Path(__file__).parents[1] / "cases" / "scopes.tsv"


def _cases() -> list[tuple[str, ...]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("sentence", "target", "polarity", "certainty"), _cases())
def test_target_has_polarity_and_certainty(sentence: str, target: str, polarity: str, certainty: str) -> None:
    start = sentence.index(target)
    scopes = find_scopes(sentence)
    got = (polarity_at(scopes, start, start + len(target)), certainty_at(scopes, start, start + len(target)))
    assert got == (polarity, certainty), [(s.kind, sentence[s.cue_start : s.cue_end], sentence[s.start : s.end]) for s in scopes]


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "It works. G1202R did not confer resistance."
    scope = find_scopes(text, 10, len(text))[0]
    assert text[scope.cue_start : scope.cue_end] == "did not"
    assert text[scope.start : scope.end].strip() == "confer resistance"


def test_a_cue_that_the_span_holds_counts() -> None:
    text = "G1202R did not confer resistance."
    scopes = find_scopes(text)
    assert polarity_at(scopes, text.index("did"), text.index(" resistance")) == "negative"


def test_a_plain_sentence_has_no_scope() -> None:
    assert find_scopes("Crizotinib inhibits ALK.") == []
    assert find_scopes("") == []


WORDS = st.sampled_from(
    ["not", "may", "without", "but", ",", ";", ".", "(", ")", "]", "whether", "suggest that", "we", "ALK", "was", "inhibited", "?", "İ", "no"]
)


@given(st.lists(WORDS, max_size=40).map(" ".join), st.integers(0, 10))
def test_scopes_stay_within_the_sentence(sentence: str, before: int) -> None:
    text = "x" * before + sentence + " after"
    for scope in find_scopes(text, before, before + len(sentence)):
        assert before <= scope.cue_start < scope.cue_end <= before + len(sentence)
        assert before <= scope.start <= scope.end <= before + len(sentence)


def test_a_hostile_sentence_takes_no_time() -> None:
    for piece in ("not ", "not (", "may, ", "although not ", "suggest that "):
        assert find_scopes(piece * 500)


def _read_sentence(sentence: ElementTree.Element) -> tuple[str, list[tuple[int, int, int, int]]]:
    """The text of a BioScope sentence and, for each negation, cue and scope offsets."""
    text, cues, scopes = "", {}, {}

    def walk(node: ElementTree.Element) -> None:
        nonlocal text
        start = len(text)
        text += node.text or ""
        for child in node:
            walk(child)
            text += child.tail or ""
        if node.tag == "cue" and node.get("type") == "negation":
            cues[node.get("ref")] = (start, len(text))
        elif node.tag == "xcope":
            scopes[node.get("id")] = (start, len(text))

    walk(sentence)
    return text, [(*cue, *scopes[ref]) for ref, cue in cues.items() if ref in scopes]


def test_bioscope_negation(shared: Path) -> None:
    """Of the words of a sentence with a negation, 9 of 10 are rightly taken to be in or out of its scope (held-out third)."""
    corpus = shared / "corpora" / "bioscope" / "abstracts.xml.gz"
    if not corpus.exists():
        pytest.skip("needs the BioScope abstracts")
    with gzip.open(corpus) as stream:
        documents = list(ElementTree.parse(stream).getroot().iter("Document"))[2::3]
    agreed = words = 0
    for sentence in (s for document in documents for s in document.iter("sentence")):
        text, negations = _read_sentence(sentence)
        scopes = [s for s in find_scopes(text) if s.kind == "negated"] if negations else []
        for cue_start, cue_end, start, end in negations:
            ours = [s for s in scopes if s.cue_start < cue_end and cue_start < s.cue_end]
            for word in re.finditer(r"[\w/-]+", text):
                if not (cue_start < word.end() and word.start() < cue_end):
                    agreed += (start <= word.start() < end) == any(s.start <= word.start() < s.end for s in ours)
                    words += 1
    assert agreed / words >= 0.90
