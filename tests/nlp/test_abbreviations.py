"""Abbreviations: which pairs a text defines, where the short forms stand again, and a figure on MED1250."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from scispacy.custom_tokenizer import combined_rule_tokenizer

from kg.nlp.abbreviations import Abbreviation, abbreviations_in, find_abbreviations, find_short_forms
from kg.nlp.sentences import find_boundaries

CASES = Path(__file__).parents[1] / "cases" / "abbreviations.tsv"


def _cases() -> list[tuple[str, ...]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def _in(text: str) -> list[Abbreviation]:
    return abbreviations_in(text, [0, *find_boundaries(text)])


@pytest.mark.parametrize(("text", "short", "long"), _cases())
def test_pairs(text: str, short: str, long: str) -> None:
    assert [(a.short, a.long) for a in _in(text)] == ([] if short == "-" else [(short, long)])


def test_short_forms_stand_again() -> None:
    text = "TKIs work. A tyrosine kinase inhibitor (TKI) helps. TKIs, an EGFR-TKI and TKI-naive patients, not TKIX or tki."
    (pair,) = _in(text)
    assert [text[a:b] for a, b in pair.occurrences] == ["TKIs", "TKIs", "TKI", "TKI"]
    assert text[pair.short_start : pair.short_end] == "TKI"


def test_plural_definition_finds_the_singular() -> None:
    text = "Brain metastases (BMs) are common. A BM was seen. BMs grew."
    assert [text[a:b] for a, b in _in(text)[0].occurrences] == ["BM", "BMs"]


def test_a_short_form_belongs_to_its_latest_definition() -> None:
    text = "AR works. Androgen receptor (AR) is one. AR it is. Adverse reactions (AR) are another. AR they are."
    one, two = _in(text)
    assert [a for a, _ in one.occurrences] == [text.index("AR"), text.index("AR it")]
    assert [a for a, _ in two.occurrences] == [text.index("AR they")]


def test_short_forms_of_another_section() -> None:
    assert find_short_forms("ALK and ALKi in EML4-ALK", "ALK") == [(0, 3), (21, 24)]
    assert find_short_forms("anything", "") == []


def test_works_on_a_tokenized_document() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    nlp.add_pipe("kg_sentences")
    text = "Resistance came. Anaplastic lymphoma kinase (ALK) is a driver. ALK was mutated."
    (pair,) = find_abbreviations(nlp(text))
    assert (pair.long, pair.short, len(pair.occurrences)) == ("Anaplastic lymphoma kinase", "ALK", 1)


PIECES = ["(", ")", "[", "]", "ALK", "anaplastic lymphoma kinase", " ", ". ", ", ", "; ", "-", "β", "İ", "TKIs", "1", "A", "+", "also known as "]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_offsets_fit_the_text(text: str) -> None:
    for pair in _in(text):
        assert text[pair.short_start : pair.short_end] == pair.short
        assert text[pair.long_start : pair.long_end] == pair.long
        assert pair.long_end <= pair.short_start or pair.short_end <= pair.long_start
        assert all(0 <= a < b <= len(text) for a, b in pair.occurrences)


def test_hostile_brackets_take_no_time() -> None:
    for piece in ("(", "(A", "a (A) ", "[a ", "aaaaaaaa (aaaaaaaa) "):
        assert isinstance(_in(piece * 100), list)


def test_med1250(shared: Path) -> None:
    corpus = shared / "corpora" / "ab3p" / "MED1250_labeled.gz"
    if not corpus.exists():
        pytest.skip("needs the MED1250 abbreviations")
    right = found = gold = 0
    with gzip.open(corpus, "rt", encoding="cp1252", errors="replace") as stream:
        blocks = stream.read().split("\n\n")
    for block in blocks:
        lines = [line for line in block.split("\n") if line.strip()]
        pairs = Counter({tuple(" ".join(x.lower().split()) for x in line.strip().split("|")[:2]) for line in lines if line.startswith("  ")})
        text = " ".join(line for line in lines[1:] if not line.startswith("  "))
        guess = Counter({(" ".join(a.short.lower().split()), " ".join(a.long.lower().split())) for a in _in(text)})
        right, found, gold = right + (pairs & guess).total(), found + guess.total(), gold + pairs.total()
    assert right / found >= 0.96
    assert right / gold >= 0.83
