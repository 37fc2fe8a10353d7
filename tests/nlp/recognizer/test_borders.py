"""Borders of what the recognizer labelled, and what may be a disease's name: one row a case."""

from __future__ import annotations

import pytest

from kg.nlp.recognizer.borders import tidy
from kg.nlp.recognizer.heads import may_name_disease
from kg.nlp.recognizer.model import Labelled


@pytest.mark.parametrize(
    ("text", "labelled", "type_", "kept"),
    [
        ("cardiac and skeletal myopathies", ["and skeletal myopathies"], "Disease", ["skeletal myopathies"]),
        ("a myopathy of muscle", ["myopathy of"], "Disease", ["myopathy"]),
        ("acquired immune deficiency (AIDS)", ["acquired immune deficiency (AIDS"], "Disease", ["acquired immune deficiency"]),
        ("the ataxia-telangiectasia gene", ["ataxia-telangiectasia gene"], "Disease", ["ataxia-telangiectasia"]),
        ("Schwartz-Jampel syndrome", ["-Jampel syndrome"], "Disease", ["Schwartz-Jampel syndrome"]),
        ("impairment of which", ["of"], "Disease", []),
        ("exposed to CaCl(2) twice", ["CaCl", "2)"], "Drug", ["CaCl(2)"]),
        # names of genes may begin and end with anything
        ("the A gene", ["A gene"], "Gene", ["A gene"]),
        # but something of a name must be there
        ("TMB > 19", [">"], "Variant", []),
    ],
)
def test_borders(text: str, labelled: list[str], type_: str, kept: list[str]) -> None:
    mentions = [Labelled(text.index(part), text.index(part) + len(part), type_, 0.9) for part in labelled]
    assert [text[m.start : m.end] for m in tidy(mentions, text)] == kept


@pytest.mark.parametrize(
    ("text", "long", "may"),
    [
        ("pulmonary remodelling syndrome", "", True),
        ("developmental abnormalities of the eye", "", True),
        ("nelorafenopathy", "", True),
        ("hyperlactatemia type 2", "", True),
        ("sinus", "", False),
        ("upper gastrointestinal tract", "", False),
        ("disease-free", "", False),
        ("lesion", "", False),
        ("brain lesion", "", True),
        # a short form is what the document says it is
        ("DFS", "disease-free survival", False),
        ("DFS", "", False),
        ("NVD", "novel vascular disorder", True),
    ],
)
def test_what_may_name_a_disease(text: str, long: str, may: bool) -> None:
    assert may_name_disease(text, long) is may
