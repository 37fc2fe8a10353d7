"""Sentence boundaries: cases, the component on scispaCy's tokenizer, and a figure on BioScope."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.etree import ElementTree

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language

from kg.nlp.sentences import find_boundaries, sentence_spans

CASES = Path(__file__).parents[1] / "cases" / "sentences.txt"


@pytest.fixture(scope="module")
def nlp() -> Language:
    language = spacy.blank("en")
    language.tokenizer = combined_rule_tokenizer(language)
    language.add_pipe("kg_sentences")
    return language


def _cases() -> list[str]:
    return [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("case", _cases())
def test_boundaries(case: str) -> None:
    text = case.replace("¦", "")
    got = text
    for at in reversed(find_boundaries(text)):
        got = got[:at] + "¦" + got[at:]
    assert got == case


@pytest.mark.parametrize("case", _cases())
def test_component_agrees_with_the_boundaries(case: str, nlp: Language) -> None:
    text = case.replace("¦", "")
    doc = nlp(text)
    assert doc.text == text
    assert [s.start_char for s in doc.sents] == [0, *find_boundaries(text)]


def test_newlines() -> None:
    assert find_boundaries("a line\nbroken here") == []
    assert find_boundaries("A title\n\nA text") == [9]
    assert find_boundaries("It is.\nNext one.") == [7]


def test_sentences_have_no_white_space_around() -> None:
    text = " It is.  It was. \n\n"
    assert [text[a:b] for a, b in sentence_spans(text)] == ["It is.", "It was."]
    assert sentence_spans(" \n") == []


PIECES = ["ALK", "resistance", ".", "?", " ", "\n", "\n\n", "(", ")", "The", "et al.", "1", "RESULTS:", "e.g.", "p53", "[2]", '"', "…", ","]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(TEXTS)
def test_boundaries_rise_and_sentences_cover_the_text(text: str) -> None:
    boundaries = find_boundaries(text)
    assert boundaries == sorted(set(boundaries))
    assert all(0 < b < len(text) and not text[b].isspace() for b in boundaries)
    assert "".join(text[a:b] for a, b in sentence_spans(text)).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")


@settings(deadline=None)
@given(TEXTS)
def test_component_keeps_the_text(text: str) -> None:
    language = _language()
    doc = language(text)
    assert doc.text == text
    assert all(token.is_sent_start is not None for token in doc)
    starts = {s.start_char for s in doc.sents}
    assert set(find_boundaries(text)) <= starts


_CACHE: list[Language] = []


def _language() -> Language:
    if not _CACHE:
        language = spacy.blank("en")
        language.tokenizer = combined_rule_tokenizer(language)
        language.add_pipe("kg_sentences")
        _CACHE.append(language)
    return _CACHE[0]


def test_hostile_text_takes_no_time() -> None:
    for piece in (". ", "(a. ", "1. ", "RESULTS: ", "\n\n", "x.The ", "(", "..."):
        assert isinstance(find_boundaries(piece * 3000), list)


def test_bioscope_boundaries(shared: Path) -> None:
    corpus = shared / "corpora" / "bioscope" / "abstracts.xml.gz"
    if not corpus.exists():
        pytest.skip("needs the BioScope abstracts")
    with gzip.open(corpus) as stream:
        documents = list(ElementTree.parse(stream).getroot().iter("Document"))[:400]
    right = found = gold = 0
    for document in documents:
        sentences = ["".join(s.itertext()).strip() for s in document.iter("sentence")]
        starts, text = set(), ""
        for sentence in sentences:
            if text:
                text += " "
                starts.add(len(text))
            text += sentence
        guess = set(find_boundaries(text))
        right, found, gold = right + len(guess & starts), found + len(guess), gold + len(starts)
    assert 2 * right / (found + gold) >= 0.985
