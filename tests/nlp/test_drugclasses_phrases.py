"""The table of drug-class phrases, one test a line."""

from __future__ import annotations

import pytest

from kg.nlp.drugclasses import find_drug_classes
from tests.nlp.phrase_cases import PhraseCase, read_phrase_table

TABLE = read_phrase_table("drugclasses.txt")


@pytest.mark.parametrize("case", TABLE.cases, ids=lambda c: f"{c.line}-{c.text[:40]}")
def test_phrase_yields_its_classes(case: PhraseCase) -> None:
    found = find_drug_classes(case.text, TABLE.gene_spans(case.text), resolve_gene=TABLE.resolve)
    assert {(m.start, m.end, m.name) for m in found} == set(case.mentions), [(case.text[m.start : m.end], m.name) for m in found]
