"""What holds for every text: offsets slice, order is fixed, parts are found, hostile text is survived."""

from __future__ import annotations

import time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.nlp.drugclasses import find_drug_classes
from kg.nlp.variants import KINDS, GeneSpan, find_variants, parse_hgvs
from tests.nlp.phrase_cases import PhraseTable, read_phrase_table

TABLE: PhraseTable = read_phrase_table("variants.txt")
PHRASES = [c.text for c in TABLE.cases]
SNIPPETS = st.sampled_from(
    [*PHRASES, " and ", ", ", " (", ") ", "/", " + ", "-", "\n", "α", "EGFR", "ALK", " inhibitors", "TKI", " mutations", "exon 19", "\ue000\ue001"]
)
TEXTS = st.lists(SNIPPETS, max_size=8).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_offsets_lie_in_the_text_and_order_is_fixed(text: str) -> None:
    spans = TABLE.gene_spans(text)
    found = find_variants(text, spans, resolve_gene=TABLE.resolve, residue=TABLE.residue)
    for match in found:
        assert 0 <= match.start < match.end <= len(text)
        piece = text[match.start : match.end]
        assert piece == piece.strip()
        assert match.kind in KINDS and match.name and 0 < match.score <= 1
    assert found == sorted(found, key=lambda m: (m.start, -m.end, m.name))
    assert found == find_variants(text, spans[::-1], resolve_gene=TABLE.resolve, residue=TABLE.residue)
    for match in find_drug_classes(text, spans, resolve_gene=TABLE.resolve):
        assert 0 <= match.start < match.end <= len(text) and match.name
        assert text[match.start : match.end].strip() == text[match.start : match.end]


@settings(max_examples=100, deadline=None)
@example("\ue000\ue001-overexpression of HGF")
@given(TEXTS)
def test_a_named_change_is_its_own_canonical_form_and_compounds_have_their_parts(text: str) -> None:
    found = find_variants(text, TABLE.gene_spans(text), resolve_gene=TABLE.resolve, residue=TABLE.residue)
    names = {m.name for m in found}
    for match in found:
        by_residue = match.kind in ("deletion", "insertion", "indel") and "exon" not in match.change
        if by_residue or match.kind in ("substitution", "nonsense", "frameshift", "dna", "rsid"):
            assert parse_hgvs(match.change) == match.change
        assert set(match.parts) <= names


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.lists(st.tuples(st.integers(-5, 200), st.integers(-5, 200)), max_size=5))
def test_any_text_and_any_gene_spans_are_survived(text: str, spans: list[tuple[int, int]]) -> None:
    genes = [GeneSpan(a, b, "EGFR") for a, b in spans]
    find_variants(text, genes)
    find_drug_classes(text, genes)


def test_long_runs_do_not_blow_up() -> None:
    hostile = [
        "EGFR " * 1000,
        "exon 19 " * 800,
        "G12C/" * 1000,
        "first-, second-, " * 500,
        "A" * 10000,
        "1" * 10000,
        "EGFR/" * 1000,
        "(" * 5000,
        "del " * 5000,
    ]
    started = time.perf_counter()
    for text in hostile:
        find_variants(text, TABLE.gene_spans(text), resolve_gene=TABLE.resolve)
        find_drug_classes(text, TABLE.gene_spans(text), variants=())
    assert time.perf_counter() - started < 30


def test_context_decides_the_gene_of_a_bare_change() -> None:
    text = "ALK was first. EGFR was later. G1202R appeared."
    sentences = [(0, 14), (15, 30), (31, 47)]
    found = find_variants(text, TABLE.gene_spans(text), sentence_spans=sentences, residue=TABLE.residue)
    assert [m.name for m in found] == ["ALK G1202R"]
    refuted = find_variants("EGFR and G1202R", [GeneSpan(0, 4, "EGFR")], residue=lambda _g, _p: "L")
    assert [(m.name, m.genes) for m in refuted] == [("G1202R", ())]
    document = find_variants("G1202R appeared.", [], document_genes=["ALK", "EGFR"], residue=TABLE.residue)
    assert [m.name for m in document] == ["ALK G1202R"]


def test_disease_decides_what_her2_positive_means() -> None:
    text = "HER2-positive disease"
    assert [m.name for m in find_variants(text, TABLE.gene_spans(text), disease_context="breast carcinoma")] == ["ERBB2 amplification"]
    assert [m.name for m in find_variants(text, TABLE.gene_spans(text), disease_context="lung adenocarcinoma")] == ["ERBB2 mutation"]
