"""The table of variant phrases, one test a line."""

from __future__ import annotations

import pytest

from kg.nlp.variants import KINDS, find_variants
from tests.nlp.phrase_cases import PhraseCase, read_phrase_table

TABLE = read_phrase_table("variants.txt")


@pytest.mark.parametrize("case", TABLE.cases, ids=lambda c: f"{c.line}-{c.text[:40]}")
def test_phrase_yields_its_variants(case: PhraseCase) -> None:
    found = find_variants(case.text, TABLE.gene_spans(case.text), resolve_gene=TABLE.resolve, residue=TABLE.residue)
    assert {(m.start, m.end, m.name) for m in found} == set(case.mentions), [(case.text[m.start : m.end], m.name) for m in found]
    assert {m.kind for m in found} <= KINDS


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(TABLE.cases) >= 150
