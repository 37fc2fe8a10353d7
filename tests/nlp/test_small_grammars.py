"""Concepts written apart, development codes, line of therapy and model system, phrases that point back."""

from __future__ import annotations

import pytest

from kg.lexicon import Lexicon
from kg.nlp.circumstances import find_line, find_model_system
from kg.nlp.codes import find_code_drafts
from kg.nlp.concepts import find_concept_drafts
from kg.nlp.relations.anaphora import find_antecedents
from kg.nlp.relations.coded import Item


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("as first-line therapy", "first-line"),
        ("in the frontline setting", "first-line"),
        ("second-line docetaxel", "second-line"),
        ("in heavily pretreated patients", "later-line"),
        ("adjuvant osimertinib", "adjuvant"),
        ("neoadjuvant imatinib", "neoadjuvant"),
        ("first-line and second-line settings", ""),
        ("a line of evidence", ""),
    ],
)
def test_line_of_therapy(text: str, line: str) -> None:
    assert find_line(text) == line


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("in Ba/F3 cells", "cell line"),
        ("in patients with NSCLC", "patients"),
        ("in xenografts of patients", "xenograft"),
        ("by molecular dynamics", "in silico"),
        ("the receptor was cloned", ""),
    ],
)
def test_model_system(text: str, system: str) -> None:
    assert find_model_system(text) == system


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("AX-0085, a multikinase inhibitor, was given; AX-0085 worked.", ["AX-0085", "AX-0085"]),
        ("They were treated with ZQ-4021 for a week.", ["ZQ-4021"]),
        ("The trial NCT05887492 was registered.", []),
        ("Samples GSE12345 were used.", []),
    ],
)
def test_codes_count_where_the_text_calls_them_drugs(text: str, codes: list[str]) -> None:
    assert [text[d.start : d.end] for d in find_code_drafts(text, [])] == codes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("intrinsic and acquired resistance", [("intrinsic and acquired resistance", "intrinsic resistance")]),
        ("benefit is limited to a subset of patients", [("limited to a subset", "subset benefit")]),
        ("acquired resistance", []),
    ],
)
def test_concepts_written_apart(lexicon: Lexicon, text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[d.start : d.end], d.name) for d in find_concept_drafts(text, lexicon)] == found


DRUG_A, DRUG_B, CHANGE = Item(0, 3, "Drug", "a", "X:1"), Item(5, 8, "Drug", "b", "X:2"), Item(9, 12, "Variant", "v", "X:3")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("These inhibitors were active.", ["a", "b"]),
        ("This drug was active.", ["b"]),
        ("Both agents were given.", ["a", "b"]),
        ("This mutation was rare.", ["v"]),
        ("Inhibitors were active.", []),
        ("The patient improved.", []),
    ],
)
def test_phrases_that_point_back(text: str, names: list[str]) -> None:
    assert [i.name for i in find_antecedents(text, 0, len(text), [], [[DRUG_A, DRUG_B, CHANGE]])] == names
