# ruff: noqa: E501 (tables of cases)
"""The two questions, asked of the invented world: who is meant, which rows, in which order, and what is marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from invented_world import EVIDENCE, invented_parts, read_marked

from kg.assembly import assemble_statements
from kg.errors import QueryError
from kg.graph import Graph, Table, write_graph
from kg.graph.answers import find_disease, find_lesion, find_therapy
from kg.graph.answers.sentences import evidence_level

Rows = list[tuple[Any, ...]]


def look(answer: Table, *columns: str) -> Rows:
    return [tuple(row[c] for c in columns) for row in answer.dicts()]


@pytest.mark.parametrize(
    ("lesion", "columns", "expected"),
    [
        ("ALK G1202R", ("therapy", "effect", "direction", "n_for", "n_against", "setting", "level", "note"), [
            ("lorlatinib", "sensitive", "Supports", 1, 0, "", "", "also resistant (1; preclinical 1)"),
            ("lorlatinib", "resistant", "Supports", 1, 0, "preclinical 1", "D", "also sensitive (1)"),
            ("crizotinib", "resistant", "Supports", 2, 1, "", "", ""),
        ]),
        ("EGFR T790M", ("therapy", "effect", "scope", "about"), [
            ("osimertinib", "sensitive", "this lesion", "EGFR T790M"), ("osimertinib", "resistant", "more specific", "EGFR T790M + C797S"),
        ]),
        ("KGV:EGFR_T790M_+_C797S", ("therapy", "effect", "scope", "note"), [
            ("osimertinib", "resistant", "this lesion", ""), ("osimertinib", "sensitive", "more general", "but EGFR T790M + C797S: resistant"),
        ]),
        ("MET amplification", ("therapy", "direction", "n_for", "n_against", "retracted", "note"), [
            ("osimertinib", "Supports", 1, 0, 0, ""), ("alectinib", "Does Not Support", 0, 0, 1, "1 retracted"), ("lorlatinib", "Does Not Support", 0, 1, 0, ""),
        ]),
        ("EGFR", ("about", "scope"), [("EGFR T790M", "more specific"), ("EGFR T790M + C797S", "more specific")]),
    ],
)  # fmt: skip
def test_therapies(graph: Graph, lesion: str, columns: tuple[str, ...], expected: Rows) -> None:
    assert look(graph.therapies(lesion), *columns) == expected


def test_a_row_carries_its_best_sentence_and_the_statements_it_joins(graph: Graph) -> None:
    row = graph.therapies("ALK G1202R").dicts()[2]
    assert (row["sentence"], row["document"], row["year"]) == ("Crizotinib failed through G1202R in NSCLC.", "PMID:102", 2021)
    assert row["significance"] == "Resistance" and row["diseases"] == "non-small cell lung carcinoma 1"
    assert all(one in graph.statements for one in row["statements"].split())


def test_a_disease_narrows_and_an_answer_may_be_empty(graph: Graph) -> None:
    assert look(graph.therapies("ALK G1202R", "lung cancer"), "therapy") == [("crizotinib",)]
    assert len(graph.therapies("ALK fusion")) == 0


@pytest.mark.parametrize(
    ("drug", "columns", "expected"),
    [
        ("Xalkori", ("lesion", "mechanism", "scope", "n_for", "n_against", "still_active"), [
            ("ALK G1202R", "on target", "this drug", 2, 1, "lorlatinib"), ("acquired resistance", "not named", "its class", 1, 0, ""),
        ]),
        ("ALK TKI", ("lesion", "about", "scope", "direction"), [
            ("acquired resistance", "ALK inhibitor", "this drug", "Supports"), ("ALK G1202R", "lorlatinib", "member", "Supports"),
            ("ALK G1202R", "crizotinib", "member", "Supports"), ("MET amplification", "lorlatinib", "member", "Does Not Support"),
        ]),
        ("alectinib", ("lesion", "direction", "retracted", "note"), [("MET amplification", "Does Not Support", 1, "1 retracted")]),
    ],
)  # fmt: skip
def test_resistance(graph: Graph, drug: str, columns: tuple[str, ...], expected: Rows) -> None:
    assert look(graph.resistance(drug), *columns) == expected


def test_the_answers_hold_the_statements_of_the_named_queries(graph: Graph) -> None:
    for answer, query in (
        (graph.therapies("ALK"), graph.query("therapies-for-lesion", {"lesion": "ALK"})),
        (graph.resistance("osimertinib"), graph.query("resistance-variants-of-drug", {"drug": "osimertinib"})),
    ):
        assert len(answer) and {s for row in answer.dicts() for s in row["statements"].split()} == {row["statement"] for row in query.dicts()}


@pytest.mark.parametrize(
    ("text", "name", "exact"),
    [
        ("alk g1202r", "ALK G1202R", True),
        ("ALK p.Gly1202Arg", "ALK G1202R", True),
        ("EML4-ALK", "EML4::ALK fusion", True),
        ("HGNC:427", "ALK", True),
        ("ALK L1196M", "ALK", False),
        ("KIF5B-ALK", "ALK fusion", False),
    ],
)
def test_a_lesion_may_be_spelled_as_in_a_paper_and_an_unknown_one_is_answered_more_generally(graph: Graph, text: str, name: str, exact: bool) -> None:
    found = find_lesion(graph, text)
    assert (found.name, found.exact) == (name, exact)


def test_what_is_not_known_of_a_change_is_answered_from_its_gene_and_marked(graph: Graph) -> None:
    assert {row[0] for row in look(graph.therapies("EGFR L858R"), "scope")} <= {"more general", "same gene"}


@pytest.mark.parametrize(
    ("find", "text", "near"),
    [(find_lesion, "NOSUCH1 amplification", "find-entity"), (find_therapy, "crizotinibb", "crizotinib"), (find_disease, "melanoma", "find-entity")],
)
def test_an_unknown_name_is_refused_with_what_is_near(graph: Graph, find: Any, text: str, near: str) -> None:
    with pytest.raises(QueryError, match=near):
        find(graph, text)


@pytest.mark.parametrize(
    ("model_system", "sentence", "level"),
    [
        ("patients", "A patient with an ALK fusion responded to crizotinib.", "C"),
        ("patients", "A 54-year-old woman with EGFR L858R responded to gefitinib.", "C"),
        ("patients", "This case report describes resistance to lorlatinib.", "C"),
        ("patients", "Of 114 patients with ALK rearrangement, 65 had a partial response to ceritinib.", "B"),
        ("cell line", "Ba/F3 cells expressing G1202R were resistant to crizotinib.", "D"),
        ("xenograft", "Mice bearing H3122 tumors responded to lorlatinib.", "D"),
        ("in silico", "Docking suggests that G1202R hinders crizotinib.", "E"),
        ("", "G1202R causes resistance to crizotinib.", ""),
    ],
)
def test_evidence_levels(model_system: str, sentence: str, level: str) -> None:
    assert evidence_level(model_system, sentence) == level


def test_a_hostile_name_is_only_a_name(graph: Graph) -> None:
    for text in ('"} UNION { ?s ?p ?o }', "' OR 1=1 --", "\\", "a\nb", "\ud800"):
        with pytest.raises(QueryError):
            graph.therapies(text)


def test_sentences_of_one_paper_are_one_witness_and_one_sentence_counts_once(tmp_path: Path) -> None:
    parts = invented_parts()
    more = [
        read_marked(
            "102", "{s:G1202R} {c:resists} {o:crizotinib} in mice.", "ALK G1202R", "confers_resistance_to", "crizotinib", model_system="xenograft"
        ),
        read_marked(
            "102", "{s:G1202R} {c:resists} {o:crizotinib} in cells.", "ALK G1202R", "confers_resistance_to", "crizotinib", model_system="cell line"
        ),
    ]
    evidence = [*EVIDENCE, *more]
    known = [s for s in parts["statements"] if s.source != "text"]  # type: ignore[attr-defined]
    parts |= {
        "evidence": sorted(evidence, key=lambda e: e.id),
        "statements": sorted([*assemble_statements(evidence, {"104"}), *known], key=lambda s: s.id),
    }
    write_graph(tmp_path / "g", **parts)  # type: ignore[arg-type]
    row = next(r for r in Graph.open(tmp_path / "g").therapies("ALK G1202R").dicts() if r["therapy"] == "crizotinib")
    assert (row["n_for"], row["n_against"], row["setting"]) == (2, 1, "preclinical 1")
    assert len(row["statements"].split()) == 3
