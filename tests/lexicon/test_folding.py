"""Folding keeps offsets, and two spellings of one key are told apart by their separators."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon import Lexicon
from kg.lexicon.folding import ANY, CAPITAL, EXACT, SYMBOL, SYMBOL_UPPER, case_score, fold, fold_runs, same_name


@pytest.mark.parametrize(
    ("surface", "text", "same"),
    [
        ("PD-L1", "PDL1", True),
        ("PD-L1", "PD L1", True),
        ("non-small cell lung cancer", "non-small-cell lung cancer", True),
        ("non-small cell lung cancer", "non small cell lung cancer", True),
        ("meta", "MET a", False),
        ("ALK", "A. LK", False),
        ("IFN-alpha", "IFN-α", True),
        ("lung cancer", "lungcancer", False),
        ("lung cancer", "lung, cancer", False),
        ("AMG 510", "AMG510", True),
        ("Crohn's disease", "Crohn’s disease", True),
    ],
)
def test_spellings_of_one_name(surface: str, text: str, same: bool) -> None:
    assert same_name(surface, text) is same


@pytest.mark.parametrize(
    ("rule", "surface", "text", "fits"),
    [
        (ANY, "cancer", "CANCER", True),
        (EXACT, "ALL", "all", False),
        (CAPITAL, "Advance", "advance", False),
        (CAPITAL, "Advance", "Advance", True),
        (SYMBOL, "EGFR", "Egfr", True),
        (SYMBOL, "KIT", "kit", False),
        (SYMBOL_UPPER, "MET", "Met", False),
        (SYMBOL, "HCCS", "HCCs", False),
        (SYMBOL, "CAMP", "cAMP", False),
        (SYMBOL_UPPER, "MET", "MET", True),
    ],
)
def test_case_rules(rule: int, surface: str, text: str, fits: bool) -> None:
    assert (case_score(rule, surface, text) > 0) is fits


@given(st.text(max_size=200))
def test_runs_are_the_stretches_between_characters_that_fold_to_nothing(text: str) -> None:
    folded, begins, ends = fold_runs(text)
    spans = list(zip(begins.values(), ends.values(), strict=True))
    assert folded == fold(text)
    assert [fold(text[a:b]) for a, b in spans] == [folded[a:b] for a, b in zip(begins, ends, strict=True)]
    assert all(fold(c) for a, b in spans for c in text[a:b])
    assert all(b < a for (_, b), (a, _) in pairwise(spans))


@settings(deadline=None)  # the first opening of the vocabulary may be slow on a busy machine
@given(st.text(alphabet=st.sampled_from("ALK EGFR-αβ'()\n\u0301ıß̈𝛼cancer S1,."), max_size=120))
def test_matches_lie_within_the_text_and_are_not_empty(text: str) -> None:
    with Lexicon.open() as lexicon:
        for match in lexicon.find_terms(text):
            assert 0 <= match.start < match.end <= len(text)
            assert match.candidates
            assert list(match.candidates) == sorted(match.candidates, key=lambda c: -c.score)
