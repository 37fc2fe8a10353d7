"""Notation of single changes: one change has one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.variants import parse_change, parse_hgvs

SPELLINGS = {
    "G1202R": ["G1202R", "p.G1202R", "Gly1202Arg", "p.Gly1202Arg", "p.(Gly1202Arg)", "(p.Gly1202Arg)", "NP_004295.2:p.Gly1202Arg", "Gly 1202 Arg"],
    "C23S": ["Cys 23 Ser", "Cys23Ser", "cysteine 23 serine", "cysteine 23 to serine", "Cys(23)Ser"],
    "M404V": ["methionine-->valine substitution at codon 404", "methionine to valine at position 404", "M404V"],
    "R213*": ["R213*", "R213X", "p.R213X", "p.Arg213Ter", "Arg213Stop", "p.R213*"],
    "C797X": ["C797X"],
    "C797*": ["p.C797X", "p.Cys797Ter"],
    "E746_A750del": ["E746_A750del", "E746-A750del", "p.E746_A750del", "p.Glu746_Ala750del", "delE746-A750", "E746_A750delELREA"],
    "L747_P753delinsS": ["L747_P753delinsS", "p.Leu747_Pro753delinsSer", "L747-P753>S"],
    "A763_Y764insFQEA": ["A763_Y764insFQEA", "p.Ala763_Tyr764insPheGlnGluAla"],
    "T1151dup": ["T1151dup", "p.Thr1151dup"],
    "V560del": ["V560del", "p.Val560del"],
    "K267fs": ["K267fs", "p.Lys267fs"],
    "P152Rfs*18": ["P152Rfs*18", "p.Pro152ArgfsTer18", "p.Pro152ArgfsX18", "P152RfsX18"],
    "c.3604G>A": ["c.3604G>A", "NM_004304.5:c.3604G>A", "c.3604G->A", "c. 3604 G > A", "c.G3604A"],
    "c.2313_2324dup": ["c.2313_2324dup", "c.2313-2324dup"],
    "c.35del": ["c.35delG", "c.35del"],
    "c.1483-1G>C": ["c.1483-1G>C"],
    "-866G>A": ["-866G/A", "-866G>A", "G-866A"],
    "677C>T": ["677C>T", "677 C-->T", "C to T transition at nucleotide 677"],
    "IVS16+1G>A": ["IVS16+1G>A"],
    "rs121913229": ["rs121913229", "RS121913229"],
}  # fmt: skip


@pytest.mark.parametrize(("form", "spelling"), [(f, s) for f, many in SPELLINGS.items() for s in many])
def test_spellings_of_one_change_have_one_form(form: str, spelling: str) -> None:
    assert parse_hgvs(spelling) == form


@pytest.mark.parametrize("form", SPELLINGS)
def test_canonical_form_is_its_own_form(form: str) -> None:
    assert parse_hgvs(form) == form


@pytest.mark.parametrize("text", ["", "mutation", "T1N0M0", "HCC827", "C225", "PC-9", "2019", "p.", "c.", "G1202", "B600E", "G0R", "((("])
def test_what_is_no_change_gives_none(text: str) -> None:
    assert parse_hgvs(text) is None


ONE = "ACDEFGHIKLMNPQRSTVWY"
THREE = dict(
    zip(
        ONE,
        ["Ala", "Cys", "Asp", "Glu", "Phe", "Gly", "His", "Ile", "Lys", "Leu", "Met", "Asn", "Pro", "Gln", "Arg", "Ser", "Thr", "Val", "Trp", "Tyr"],
        strict=True,
    )
)


@given(st.sampled_from(ONE), st.integers(1, 9999), st.sampled_from(ONE))
def test_one_and_three_letters_agree(old: str, position: int, new: str) -> None:
    forms = {
        parse_hgvs(s.format(a=a, b=b, n=position))
        for a, b in ((old, new), (THREE[old], THREE[new]))
        for s in ("{a}{n}{b}", "p.{a}{n}{b}", "p.({a}{n}{b})")
    }
    assert forms == {f"{old}{position}{new}"}


@given(
    st.sampled_from(ONE),
    st.integers(1, 4000),
    st.sampled_from(ONE),
    st.integers(1, 9),
    st.sampled_from(["del", "dup", "ins", "delins"]),
    st.text(ONE, min_size=1, max_size=4),
)
def test_canonical_form_of_a_range_is_stable(a: str, start: int, b: str, length: int, op: str, inserted: str) -> None:
    written = f"p.{THREE[a]}{start}_{THREE[b]}{start + length}{op}" + ("".join(THREE[x] for x in inserted) if "ins" in op else "")
    form = parse_hgvs(written)
    assert form == f"{a}{start}_{b}{start + length}{op}" + (inserted if "ins" in op else "")
    assert parse_hgvs(form or "") == form


@given(st.text(max_size=60))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    change = parse_change(text)
    assert change is None or (change.form and change.position >= 0)
