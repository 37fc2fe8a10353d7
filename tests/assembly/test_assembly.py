from __future__ import annotations

import csv
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.assembly import (
    MOST_SURE,
    SPECULATION,
    assemble_statements,
    background_statements,
    belief,
    believe,
    find_contradictions,
    find_refinements,
    reliability,
    statement_id,
    variant_genes,
    variant_statements,
)
from kg.assembly.background import known_statement
from kg.assembly.belief import UNFITTED, fitted_reliability
from kg.assembly.generality import more_general
from kg.model import Argument, Context, Document, Entity, Evidence
from kg.vocab import variant_id

R = min(reliability("rules/1"), MOST_SURE)


def said(document: str, subject: str = "KGV:A", predicate: str = "confers_resistance_to", object: str = "DRUGBANK:1", **rest: object) -> Evidence:
    ends = Argument(subject, "Variant", subject, (), ((0, 1),)), Argument(object, "Drug", object, (), ((2, 3),))
    return Evidence(document, "abstract", 0, 3, "A B", ends[0], predicate, ends[1], **{"extractor": "rules/1", **rest})  # type: ignore[arg-type]


AGAINST = {"polarity": "negative"}
MAYBE = {"certainty": "speculated"}
LOOSE = {"extractor": "model/association"}
M = min(reliability("model/association"), MOST_SURE)


@pytest.mark.parametrize(
    ("evidence", "retracted", "belief"),
    [
        ([said("1")], (), R),
        ([said("1"), said("1", confidence=0.5)], (), R),  # one document is one witness
        ([said("1"), said("2")], (), 1 - (1 - R) ** 2),
        ([said("1", confidence=0.5)], (), 0.5 * reliability("rules/1")),
        ([said("1", **MAYBE)], (), SPECULATION * R),
        ([said("1", **AGAINST)], (), 0.0),
        ([said("1"), said("2", **AGAINST)], (), R / 2),
        ([said("1"), said("2")], {"2"}, R),
        ([said("1")], {"1"}, 0.0),
        ([], (), 0.0),
        ([said("1", extractor="never heard of")], (), 0.7),
        # what the relator alone sees is one witness, wherever it sees it
        ([said("1", **LOOSE), said("2", **LOOSE), said("3", **LOOSE)], (), M),
        ([said("1"), said("2", **LOOSE), said("3", **LOOSE)], (), 1 - (1 - R) * (1 - M)),
    ],
)
def test_belief_counts_documents_not_sentences(evidence: list[Evidence], retracted: set[str], belief: float) -> None:
    assert believe(evidence, retracted) == pytest.approx(belief, abs=1e-6)


@pytest.mark.parametrize(
    ("extractor", "known_as"),
    [
        ("rules/effect/res/cause", "rules/effect/res/cause"),
        ("rules/effect/res/a rule of next year", "rules/effect/res"),
        ("rules/7", "rules"),
        ("rules@2", "rules"),
        ("curated", "curated"),
        ("model/pairs:3", "model"),
    ],
)
def test_an_extractor_is_trusted_as_the_longest_beginning_of_its_name(extractor: str, known_as: str) -> None:
    assert reliability(extractor) == {**UNFITTED, **fitted_reliability()}[known_as]


def test_the_fitted_table_says_what_it_was_fitted_on_and_holds_its_own_arithmetic() -> None:
    lines = (Path(belief.__file__).parent / "reliability.tsv").read_text(encoding="utf-8").splitlines()
    head = "\n".join(line for line in lines if line.startswith("#"))
    assert "benchmarks/fit_belief.py" in head and "CC0" in head
    for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
        assert 0 <= int(row["civic_right"]) <= int(row["civic_judged"]) and 0 <= int(row["gold_right"]) <= int(row["gold_judged"])
        assert 0 < float(row["share"]) < 1
        assert float(row["reliability"]) == pytest.approx(min(float(row["share"]) / float(row["confidence"]), 1.5), abs=2e-3)


@given(st.lists(st.tuples(st.integers(1, 6), st.booleans(), st.floats(0, 1)), max_size=12))
def test_belief_stays_in_bounds_and_one_more_witness_for_it_never_lowers_it(rows: list[tuple[int, bool, float]]) -> None:
    evidence = [said(str(d), polarity="positive" if p else "negative", confidence=c) for d, p, c in rows]
    before = believe(evidence)
    assert 0 <= before <= 1
    assert believe([*evidence, said("new")]) >= before - 1e-6
    assert believe([*evidence, said("new", **AGAINST)]) <= before + 1e-6


def test_same_ends_and_context_are_one_statement_whatever_the_order() -> None:
    nsclc = Context(disease=Argument("MONDO:1", "Disease", "NSCLC", (), ((4, 9),)))
    evidence = [said("1"), said("2", **AGAINST), said("3", **MAYBE), said("1", context=nsclc), said("1", object="DRUGBANK:2")]
    expected = assemble_statements(evidence)
    assert len(expected) == 3
    for seed in range(5):
        random.Random(seed).shuffle(evidence)
        assert assemble_statements(iter(evidence)) == expected
    one = next(s for s in expected if s.id == said("1").statement_id)
    assert (one.n_for, one.n_against, one.n_speculated, one.documents) == (2, 1, 1, ("1", "2", "3"))
    assert one.subject.spans == () and len(one.evidence) == 3
    assert next(s for s in expected if s.context.disease).context.disease == Argument("MONDO:1", "Disease", "NSCLC")
    assert statement_id("KGV:A", "confers_resistance_to", "DRUGBANK:1") == one.id


def test_ends_of_a_symmetric_predicate_are_sorted() -> None:
    statements = assemble_statements([said("1", "DRUGBANK:2", "combined_with", "DRUGBANK:1"), said("2", "DRUGBANK:1", "combined_with", "DRUGBANK:2")])
    assert [(s.subject.id, s.object.id, s.n_for) for s in statements] == [("DRUGBANK:1", "DRUGBANK:2", 2)]


def test_retracted_documents_stay_listed_but_do_not_count() -> None:
    documents = {d: Document(d, (), retracted=d == "2") for d in ("1", "2")}
    (one,) = assemble_statements([said("1"), said("2")], documents)
    assert (one.n_for, one.documents, len(one.evidence)) == (1, ("1", "2"), 2)
    (gone,) = assemble_statements([said("2")], documents)
    assert (gone.n_for, gone.belief, gone.asserted, gone.documents) == (0, 0.0, False, ("2",))


def test_the_same_evidence_twice_counts_once() -> None:
    (one,) = assemble_statements([said("1"), said("1")])
    assert (one.n_for, len(one.evidence)) == (1, 1)


@pytest.mark.parametrize(
    ("name", "genes"),
    [
        ("ALK G1202R", ("ALK",)),
        ("EML4::ALK fusion", ("EML4", "ALK")),
        ("NPM1::ALK fusion", ("NPM1", "ALK")),
        ("ALK fusion", ("ALK",)),
        ("EGFR T790M + C797S", ("EGFR",)),
        ("HLA-A loss of expression", ("HLA-A",)),
        ("rs121434569", ()),
        ("", ()),
    ],
)
def test_genes_are_read_from_the_canonical_name(name: str, genes: tuple[str, ...]) -> None:
    assert variant_genes(name) == genes


KINASE = (("is_kinase", "true"),)
GENES = {
    "ALK": Entity("HGNC:427", "Gene", "ALK", attributes=KINASE),
    "EML4": Entity("HGNC:1316", "Gene", "EML4"),
    "FGFR3": Entity("HGNC:3690", "Gene", "FGFR3", attributes=KINASE),
    "TACC3": Entity("HGNC:11524", "Gene", "TACC3"),
}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["ALK G1202R"], {("ALK G1202R", "variant_of", "ALK")}),
        (["EML4::ALK fusion"], {("EML4::ALK fusion", "variant_of", "ALK"), ("EML4::ALK fusion", "has_partner", "EML4")}),
        (["FGFR3::TACC3 fusion"], {("FGFR3::TACC3 fusion", "variant_of", "FGFR3"), ("FGFR3::TACC3 fusion", "has_partner", "TACC3")}),
        (
            ["ALK G1202R", "ALK mutation", "ALK amplification"],
            {(n, "variant_of", "ALK") for n in ("ALK G1202R", "ALK mutation", "ALK amplification")} | {("ALK G1202R", "subclass_of", "ALK mutation")},
        ),
        (
            ["EML4::ALK fusion", "ALK fusion"],
            {
                ("EML4::ALK fusion", "variant_of", "ALK"),
                ("EML4::ALK fusion", "has_partner", "EML4"),
                ("EML4::ALK fusion", "subclass_of", "ALK fusion"),
                ("ALK fusion", "variant_of", "ALK"),
            },
        ),
        (
            ["ALK C1156Y", "ALK C1156Y + L1198F"],
            {(n, "variant_of", "ALK") for n in ("ALK C1156Y", "ALK C1156Y + L1198F")} | {("ALK C1156Y + L1198F", "subclass_of", "ALK C1156Y")},
        ),
        (["XYZ9 V1A"], set()),
    ],
)
def test_variants_say_their_gene_partner_and_kind(names: list[str], expected: set[tuple[str, str, str]]) -> None:
    made = variant_statements([Entity(variant_id(n), "Variant", n) for n in names], GENES.get)
    assert {(s.subject.name, s.predicate, s.object.name) for s in made} == expected
    assert all(s.source == "construction" and s.belief == 1 and not s.evidence and s.asserted for s in made)


@pytest.mark.parametrize(
    ("symbol", "change", "general", "not_general"),
    [
        ("ALK", "G1202R", {"ALK mutation", "ALK alteration", "ALK G1202"}, {"ALK fusion", "ALK amplification"}),
        ("BRAF", "V600E", {"BRAF V600", "BRAF V600 mutation", "BRAF codon 600 mutation"}, {"BRAF V600K"}),
        ("EGFR", "L858R", {"EGFR exon 21 mutation", "EGFR mutation"}, {"EGFR exon 19 deletion"}),
        ("EGFR", "E746_A750del", {"EGFR exon 19 deletion", "EGFR exon 19 mutation"}, {"EGFR exon 19 insertion"}),
        ("EGFR", "D770_N771insSVD", {"EGFR exon 20 insertion"}, {"EGFR exon 20 deletion"}),
        ("EGFR", "L747_A750delinsP", {"EGFR exon 19 mutation"}, {"EGFR exon 19 deletion", "EGFR exon 19 insertion"}),
        ("EGFR", "L858R + T790M + C797S", {"EGFR T790M", "EGFR T790M + C797S", "EGFR mutation"}, {"EGFR L858R + T790M + C797S"}),
        ("KIT", "exon 11 deletion", {"KIT exon 11 mutation"}, set()),
        ("KRAS", "mutation", {"RAS mutation", "KRAS alteration"}, {"KRAS mutation"}),
        ("KRAS", "G12C", {"RAS mutation", "KRAS codon 12 mutation"}, {"RAS G12C"}),
        ("KRAS", "wild type", set(), {"KRAS mutation", "KRAS alteration", "RAS wild type"}),
        ("MET", "amplification", {"MET alteration"}, {"MET mutation"}),
        ("PTEN", "deletion", {"PTEN alteration"}, {"PTEN mutation"}),
        ("ERBB2", "overexpression", set(), {"ERBB2 mutation", "ERBB2 alteration"}),
    ],
)
def test_what_a_change_is_a_kind_of(symbol: str, change: str, general: set[str], not_general: set[str]) -> None:
    found = set(more_general(symbol, change, ["RAS"] if symbol == "KRAS" else []))
    assert general <= found and not found & not_general


def test_a_change_of_a_gene_is_one_of_its_family() -> None:
    made = variant_statements([Entity(variant_id(n), "Variant", n) for n in ("ALK G1202R", "RTK mutation")], GENES.get, lambda _: ["RTK"])
    assert ("ALK G1202R", "subclass_of", "RTK mutation") in {(s.subject.name, s.predicate, s.object.name) for s in made}


@dataclass(frozen=True)
class Edge:
    subject: str
    predicate: str
    object: str
    source: str


EDGES = [
    Edge("D:1", "subclass_of", "D:2", "MONDO"),
    Edge("D:2", "subclass_of", "D:3", "MONDO"),
    Edge("D:3", "subclass_of", "D:1", "MONDO"),  # a circle must not hang
    Edge("D:9", "subclass_of", "D:2", "MONDO"),  # a sibling below stays outside
    Edge("D:1", "subclass_of", "D:2", "DOID"),
    Edge("DRUG:1", "targets", "G:1", "DrugBank"),
    Edge("G:1", "subclass_of", "G:2", "X"),
    Edge("D:1", "subclass_of", "D:unknown", "MONDO"),
]


def test_background_goes_up_from_the_entities_of_the_graph_and_never_down() -> None:
    def entity(curie: str) -> Entity | None:
        return None if curie == "D:unknown" else Entity(curie, "Disease", curie)

    made = background_statements(EDGES, ["D:1", "DRUG:1"], entity)
    assert {(s.subject.id, s.object.id, s.source) for s in made} == {
        ("D:1", "D:2", "DOID; MONDO"),
        ("D:2", "D:3", "MONDO"),
        ("D:3", "D:1", "MONDO"),
        ("DRUG:1", "G:1", "DrugBank"),
    }
    assert made == background_statements(list(reversed(EDGES)), ["DRUG:1", "D:1"], entity)
    assert len(background_statements(EDGES, ["D:1"], entity, max_depth=0)) == 1


def test_background_and_text_of_the_same_claim_are_two_statements() -> None:
    edge = Edge("DRUGBANK:1", "targets", "HGNC:1", "DrugBank")
    (known,) = background_statements([edge], ["DRUGBANK:1"], lambda c: Entity(c, "Gene", c))
    assert known.id != statement_id("DRUGBANK:1", "targets", "HGNC:1")


def test_contradictions_name_what_differs() -> None:
    mice = Context(model_system="xenograft")
    evidence = [
        said("1"),
        said("2", predicate="confers_sensitivity_to", context=mice),
        said("3", subject="KGV:B"),
        said("4", subject="KGV:B", **AGAINST),
        said("5", subject="KGV:C"),
        said("6", subject="KGV:C", predicate="confers_sensitivity_to", **AGAINST),
        said("7", "D:1", "superior_to", "D:2"),
        said("8", "D:2", "superior_to", "D:1"),
    ]
    found = find_contradictions(assemble_statements(evidence))
    rows = {(frozenset((c.first.subject.id, c.second.subject.id)), c.divided, c.differs) for c in found}
    assert rows == {
        (frozenset({"KGV:A"}), False, ("model_system",)),
        (frozenset({"KGV:B"}), True, ()),
        (frozenset({"D:1", "D:2"}), False, ()),
    }


def kind(narrow: str, wide: str) -> Any:
    """A vocabulary's word that one thing is a kind of another."""
    ends = Argument(narrow, "Variant", narrow), Argument(wide, "Variant", wide)
    return known_statement(ends[0], "subclass_of", ends[1], "a vocabulary")


NSCLC, LUNG = (Context(disease=Argument(name, "Disease", name)) for name in ("NSCLC", "lung cancer"))
KINDS = [kind("KGV:G1202R", "KGV:mutation"), kind("DRUGBANK:lorlatinib", "KGD:ALKi"), kind("NSCLC", "lung cancer"), kind("KGV:loop", "KGV:loop")]
SENSITIVE = {"predicate": "confers_sensitivity_to"}


@pytest.mark.parametrize(
    ("specific", "general", "link"),
    [
        (said("1", "KGV:G1202R"), said("2", "KGV:mutation"), "refines"),
        (said("1", object="DRUGBANK:lorlatinib"), said("2", object="KGD:ALKi"), "refines"),
        (said("1", "KGV:G1202R", context=NSCLC), said("2", "KGV:mutation", context=LUNG), "refines"),
        (said("1", context=NSCLC), said("2"), "refines"),  # a context narrows
        (said("1", context=Context(line="second-line")), said("2"), "refines"),
        (said("1", "KGV:G1202R"), said("2", "KGV:mutation", **SENSITIVE), "exception"),
        (said("1", "KGV:G1202R", **SENSITIVE), said("2", "KGV:mutation"), "exception"),
        (said("1", "KGV:G1202R"), said("2", "KGV:mutation", context=NSCLC), ""),  # the general one is about less
        (said("1", "KGV:G1202R", context=LUNG), said("2", "KGV:mutation", context=NSCLC), ""),
        (said("1", "KGV:G1202R", context=Context(model_system="patients")), said("2", "KGV:mutation", context=Context(model_system="cell line")), ""),
        (said("1", context=NSCLC), said("2", **SENSITIVE), ""),  # the same ends: that is a contradiction
        (said("1", "KGV:G1202R"), said("2", "KGV:other"), ""),
        (said("1", "KGV:G1202R", **AGAINST), said("2", "KGV:mutation"), ""),  # only what is supported
        (said("1", "KGV:loop"), said("2", "KGV:loop"), ""),
    ],
)
def test_the_specific_refines_the_general(specific: Evidence, general: Evidence, link: str) -> None:
    found = find_refinements([*assemble_statements([specific, general]), *KINDS])
    expected = [(specific.statement_id, general.statement_id, link == "exception")] if link else []
    assert [(r.specific.id, r.general.id, r.exception) for r in found] == expected


def test_what_a_sentence_calls_a_kind_refines_nothing() -> None:
    evidence = [said("1", "KGV:a"), said("2", "KGV:b"), said("3", "KGV:a", "subclass_of", "KGV:b")]
    assert list(find_refinements(assemble_statements(evidence))) == []


def test_names_that_differ_between_documents_do_not_depend_on_their_order() -> None:
    first = said("1")
    other = replace(said("2"), subject=Argument("KGV:A", "Variant", "a name", ("X:1",), ()))
    assert assemble_statements([first, other]) == assemble_statements([other, first])
