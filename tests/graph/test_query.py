# ruff: noqa: E501 (tables of cases)
from __future__ import annotations

import contextlib
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.graph import Graph, named_queries, write_graph
from kg.graph.guard import check_sparql
from kg.graph.query import bind, parse_query
from kg.model import Argument, Context, Entity, Statement

#: query, parameters, the columns that are looked at, the rows they must have, in order
ANSWERS: list[tuple[str, dict[str, object], tuple[str, ...], list[tuple[Any, ...]]]] = [
    (
        "drugs-targeting-gene", {"gene": "alk"}, ("therapy", "relation", "through", "source"),
        [
            ("ALK inhibitor", "targets", None, "lexicon"), ("crizotinib", "targets", None, "DrugBank"), ("alectinib", "inhibits", None, "text"),
            ("crizotinib", "targets", "ALK inhibitor", "lexicon"), ("lorlatinib", "targets", "ALK inhibitor", "lexicon"),
        ],
    ),
    ("resistance-variants-of-drug", {"drug": "XALKORI"}, ("lesion", "n_for", "n_against"), [("ALK G1202R", 2, 1)]),
    ("resistance-variants-of-drug", {"drug": "crizotinib", "disease": "lung cancer"}, ("lesion", "in_disease"), [("ALK G1202R", "non-small cell lung carcinoma")]),
    ("resistance-variants-of-drug", {"drug": "crizotinib", "disease": "melanoma"}, ("lesion",), []),
    ("drugs-active-against-variant", {"variant": "ALK G1202R"}, ("therapy", "also_resistance"), [("lorlatinib", True)]),
    ("mechanisms-of-resistance", {"drug": "crizotinib"}, ("mechanism", "lesion", "gene"), [("on target", "ALK G1202R", "ALK")]),
    ("mechanisms-of-resistance", {"drug": "osimertinib"}, ("mechanism", "lesion"), [("unknown", "EGFR T790M + C797S"), ("unknown", "MET amplification")]),
    ("therapies-for-lesion", {"lesion": "ALK G1202R"}, ("therapy", "effect"), [("lorlatinib", "sensitive"), ("lorlatinib", "resistant"), ("crizotinib", "resistant")]),
    ("therapies-for-lesion", {"lesion": "EGFR"}, ("therapy", "about"), [("osimertinib", "EGFR T790M"), ("osimertinib", "EGFR T790M + C797S")]),
    ("therapies-for-lesion", {"lesion": "EGFR T790M"}, ("therapy", "effect", "scope", "about"), [("osimertinib", "sensitive", "this lesion", "EGFR T790M"), ("osimertinib", "resistant", "more specific", "EGFR T790M + C797S")]),
    ("therapies-for-lesion", {"lesion": "MET amplification"}, ("therapy", "n_for", "n_against"), [("osimertinib", 1, 0), ("alectinib", 0, 0), ("lorlatinib", 0, 1)]),
    ("resistance-variants-of-drug", {"drug": "ALK TKI"}, ("lesion", "scope", "about"), [("ALK G1202R", "member", "lorlatinib"), ("ALK G1202R", "member", "crizotinib"), ("MET amplification", "member", "lorlatinib")]),
    ("still-active-after-resistance", {"drug": "crizotinib"}, ("lesion", "therapy", "n_for"), [("ALK G1202R", "lorlatinib", 1)]),
    ("what-limits-drug", {"drug": "crizotinib"}, ("limit", "about"), [("acquired resistance", "ALK inhibitor")]),
    ("next-line-after-drug", {"drug": "crizotinib", "disease": "NSCLC"}, ("first", "next"), [("crizotinib", "lorlatinib")]),
    ("cross-resistance-matrix", {"gene": "ALK"}, ("lesion", "therapy", "call"), [("ALK G1202R", "crizotinib", "resistant"), ("ALK G1202R", "lorlatinib", "contradictory")]),
    ("contradictions", {}, ("subject", "object", "against", "model_system"), [("ALK G1202R", "crizotinib", "same statement", None), ("ALK G1202R", "lorlatinib", "confers_resistance_to", None)]),
    ("contradictions", {"entity": "ALK G1202R"}, ("object", "differs"), [("crizotinib", ""), ("lorlatinib", "model_system ")]),
    ("exceptions", {}, ("subject", "predicate", "object", "general_subject", "general_predicate"), [("EGFR T790M + C797S", "confers_resistance_to", "osimertinib", "EGFR T790M", "confers_sensitivity_to")]),
    ("exceptions", {"entity": "ALK"}, ("subject",), []),
    ("contradictions", {"entity": "lorlatinib"}, ("object",), [("lorlatinib",)]),
    ("documents-of-entity", {"entity": "lorlatinib"}, ("document", "statements"), [("PMID:105", 2), ("PMID:103", 1), ("PMID:101", 1)]),
    ("new-since-year", {"year": 2024, "entity": "crizotinib"}, ("predicate", "first_year"), [("superior_to", 2024), ("followed_by", 2024)]),
    ("adverse-events", {"drug": "PF-02341066"}, ("event",), [("diarrhea",)]),
    (
        "what-limits-drugs-of-gene", {"gene": "CD246"}, ("therapy", "limit_kind", "limit", "document"),
        [
            ("ALK inhibitor", "limited by", "acquired resistance", "PMID:103"), ("alectinib", None, None, None), ("crizotinib", "adverse event", "diarrhea", "PMID:103"),
            ("crizotinib", "resistance", "ALK G1202R", "PMID:101"),
            ("crizotinib", "resistance", "ALK G1202R", "PMID:102"), ("lorlatinib", "resistance", "ALK G1202R", "PMID:105"),
        ],
    ),
    ("drivers-of-disease", {"disease": "lung cancer"}, ("driver",), [("ALK fusion",), ("EML4::ALK fusion",)]),
    ("treatments-of-disease", {"disease": "DOID:3908"}, ("therapy", "line"), [("alectinib", None), ("crizotinib", "first-line")]),
    ("compare-drugs", {"drug": "crizotinib"}, ("better", "worse", "outcome"), [("alectinib", "crizotinib", "PFS")]),
    ("combinations-with-drug", {"drug": "alectinib"}, ("first", "second", "n_for"), [("crizotinib", "alectinib", 2)]),
    ("statements-of-entity", {"entity": "diarrhea"}, ("subject", "predicate"), [("crizotinib", "causes_adverse_event")]),
    ("find-entity", {"text": "LUNG"}, ("entity",), [("MONDO:0005233",), ("MONDO:0008903",)]),
    ("retracted-support", {}, ("subject", "object", "n_for"), [("MET amplification", "alectinib", 0)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "params", "columns", "expected"), ANSWERS, ids=[f"{a[0]}-{n}" for n, a in enumerate(ANSWERS)])
def test_named_queries_answer(graph: Graph, name: str, params: dict[str, object], columns: tuple[str, ...], expected: list[tuple[Any, ...]]) -> None:
    assert [tuple(row[c] for c in columns) for row in graph.query(name, params).dicts()] == expected


def test_every_named_query_is_tested_and_described() -> None:
    assert set(named_queries()) == {a[0] for a in ANSWERS} | {"evidence-of-statement", "summary"}
    assert len(named_queries()) >= 12
    for query in named_queries().values():
        assert query.description.endswith(".") and len(query.description) > 30, query.name


def test_named_queries_run_as_they_stand(graph: Graph) -> None:
    for query in named_queries().values():
        graph.query(sparql=query.text)


def test_evidence_of_statement_gives_the_sentences(graph: Graph) -> None:
    statement = next(s for s in graph.statements.values() if s.n_for and s.n_against)
    rows = graph.query("evidence-of-statement", {"statement": statement.id}).dicts()
    assert [(r["document"], r["polarity"]) for r in rows] == [("PMID:101", "positive"), ("PMID:102", "positive"), ("PMID:103", "negative")]
    assert rows[2]["sentence"] == "G1202R did not confer resistance to crizotinib in NSCLC."


def test_summary_counts_every_statement(graph: Graph) -> None:
    assert sum(r["statements"] for r in graph.query("summary").dicts()) == len(graph.statements)


@pytest.mark.parametrize(
    ("name", "params", "says"),
    [
        ("drugs", {}, "no query named 'drugs'; known are adverse-events"),
        ("adverse-events", {}, "needs --param drug=..."),
        ("adverse-events", {"gene": "ALK"}, "no parameter 'gene'; it takes drug"),
        ("new-since-year", {"year": "last"}, "takes integer, not 'last'"),
    ],
)
def test_wrong_calls_say_what_is_wrong(graph: Graph, name: str, params: dict[str, object], says: str) -> None:
    with pytest.raises(QueryError) as caught:
        graph.query(name, params)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "value", ['" } ?s ?p ?o . { "', "\\", '"', "'''", "\n}", "} UNION { ?a ?b ?c }", "\\u0022 }", "alk\x00", "\ud800", "?gene", "{{}}", r"\1\g<0>"]
)
def test_a_parameter_is_a_value_and_nothing_else(graph: Graph, value: str) -> None:
    assert graph.query("adverse-events", {"drug": value}).rows == ()


@given(st.text(max_size=40))
def test_any_text_binds_to_a_query_that_parses(value: str) -> None:
    import pyoxigraph as ox

    from kg.graph.query import answer

    text = bind(named_queries()["find-entity"], {"text": value or "x"})
    assert answer(ox.Store(), text).rows == ()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "PREFIX : <http://a/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "PREFIX SERVICE: <http://a/> SELECT * { SERVICE SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s <http://x/\\u0041#> ?o SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p "a\\"#" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
        "SELECT * { ?s ?p ''' ' ''' . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { # comment\n SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused(graph: Graph, text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        graph.query(sparql=text)


@pytest.mark.parametrize(
    "text", ["INSERT DATA { <http://a> <http://b> 1 }", "LOAD <file:///etc/passwd>", "DROP ALL", "# c\nDELETE WHERE { ?s ?p ?o }"]
)
def test_updates_are_refused(graph: Graph, text: str) -> None:
    with pytest.raises(QueryError, match="read-only"):
        graph.query(sparql=text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service rdfs:label 'SERVICE <http://x> {' } LIMIT 1",
        "# call no SERVICE here\nSELECT * { ?s ?p ?o } LIMIT 1",
        "ASK { <http://x/SERVICE> ?p ?o }",
        "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o } LIMIT 2",
        "DESCRIBE HGNC:427",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT (1 < 2 AS ?x) {}",
    ],
)
def test_harmless_queries_run(graph: Graph, text: str) -> None:
    graph.query(sparql=text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SELECT",
        "SELECT * {",
        "\x00",
        "nonsense",
        "SELECT * { ?s ?p ?o } garbage",
        "SELECT * " + "{" * 5000,
        "SELECT (" + "!" * 5000 + "1 AS ?x) {}",
        "x" * 300_000,
    ],
)
def test_what_is_no_query_is_an_error_and_no_crash(graph: Graph, text: str) -> None:
    with pytest.raises(QueryError):
        graph.query(sparql=text)


@pytest.mark.parametrize(
    ("sparql", "columns", "rows"),
    [
        ("ASK { HGNC:427 rdfs:label 'ALK' }", ("answer",), ((True,),)),
        ("SELECT ?n ?x { HGNC:427 rdfs:label ?n }", ("n", "x"), (("ALK", None),)),
        (
            "CONSTRUCT { ?s rdfs:label ?l } WHERE { VALUES ?s { HGNC:427 } ?s rdfs:label ?l }",
            ("subject", "predicate", "object"),
            (("HGNC:427", "rdfs:label", "ALK"),),
        ),
        (
            'SELECT ?a ?b ?c ?d { BIND(1 AS ?a) BIND(1.5 AS ?b) BIND(true AS ?c) BIND("x"^^xsd:integer AS ?d) }',
            ("a", "b", "c", "d"),
            ((1, 1.5, True, "x"),),
        ),
    ],
)
def test_answers_are_plain_values(graph: Graph, sparql: str, columns: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> None:
    table = graph.query(sparql=sparql)
    assert (table.columns, table.rows, table.truncated) == (columns, rows, False)


def test_a_row_limit_cuts_and_says_so(graph: Graph) -> None:
    table = graph.query(sparql="SELECT * { ?s ?p ?o }", limit=7)
    assert len(table) == 7 and table.truncated


@pytest.mark.parametrize(
    ("params", "limit", "rows", "cut"), [({}, None, 2, False), ({"limit": 1}, None, 1, True), ({"limit": "all"}, None, 2, False), ({}, 1, 1, True)]
)
def test_a_named_query_takes_a_limit_and_says_whether_there_is_more(
    graph: Graph, params: dict[str, object], limit: int | None, rows: int, cut: bool
) -> None:
    table = graph.query("contradictions", params, limit=limit)
    assert (len(table), table.truncated) == (rows, cut)


@pytest.mark.parametrize("value", ["0", "-1", "many", "1 } #"])
def test_a_limit_is_a_number_of_rows_or_all(graph: Graph, value: str) -> None:
    with pytest.raises(QueryError, match="takes a number of rows or 'all'"):
        graph.query("contradictions", {"limit": value})


def test_a_runaway_query_is_stopped(graph: Graph) -> None:
    start = time.monotonic()
    with pytest.raises(QueryError, match="stopped after 1 s"):
        graph.query(sparql="SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=1)
    assert time.monotonic() - start < 5


def test_a_query_within_its_time_answers_the_same(graph: Graph) -> None:
    assert graph.query("summary", timeout=30) == graph.query("summary")


MARKED = """# Answers # if asked.
# param x (entity): What. Example: y. Optional.
SELECT * {
  ?a kg:key ?k
  VALUES ?x { "" } # if x
  FILTER(?x = "" || ?k = ?x)   # if x
  FILTER(?k != "#") # unless x
}
"""


@pytest.mark.parametrize(
    ("params", "lines"),
    [
        ({}, ['FILTER(?k != "#")']),
        ({"x": ""}, ['FILTER(?k != "#")']),
        ({"x": None}, ['FILTER(?k != "#")']),
        ({"x": "ALK"}, ['VALUES ?x { "alk" }', 'FILTER(?x = "" || ?k = ?x)']),
        ({"x": "a # unless x\n} # if x"}, ['VALUES ?x { "a # unless x } # if x" }', 'FILTER(?x = "" || ?k = ?x)']),
    ],
)
def test_marked_lines_stand_only_where_they_are_needed(params: dict[str, object], lines: list[str]) -> None:
    text = bind(parse_query("q", MARKED), params)
    assert [line.strip() for line in text.splitlines()[4:-1]] == lines
    assert text.startswith("# Answers # if asked.")


def test_without_a_disease_none_is_looked_up() -> None:
    for query in named_queries().values():
        optional = {p.name for p in query.parameters if p.name == "disease" and not p.required}
        text = bind(query, {p.name: p.example for p in query.parameters if p.required})
        assert not any(f"?{name} " in text for name in optional), query.name


def test_statements_without_a_disease_take_no_place_of_those_with_the_one_asked_for(tmp_path: Path) -> None:
    drug, variant = Argument("DRUGBANK:DB1", "Drug", "adrug"), Argument("KGV:A_V1F", "Variant", "A V1F")
    lung, cancer, other = (Entity(f"MONDO:{n}", "Disease", n) for n in ("lung cancer", "cancer", "asthma"))
    one = Statement("KGS:1", variant, "confers_resistance_to", drug, Context(), source="text", n_for=1, belief=0.5)
    read = [replace(one, id=f"KGS:a{n}", n_for=2, belief=0.9) for n in range(3)]
    in_disease = Context(disease=Argument(lung.id, "Disease", lung.name))
    kind = Statement(
        "KGS:k", Argument(lung.id, "Disease", lung.name), "subclass_of", Argument(cancer.id, "Disease", cancer.name), Context(), source="invented"
    )
    statements = [*read, replace(one, id="KGS:b", context=in_disease), kind]
    write_graph(tmp_path, documents=[], mentions={}, evidence=[], statements=statements, entities=[lung, cancer, other])
    graph = Graph.open(tmp_path)
    for disease, found in (("lung cancer", ["KGS:b"]), ("cancer", ["KGS:b"]), ("asthma", []), ("not known", [])):
        for limit in ("1", "200", "all"):
            for name, params in (("resistance-variants-of-drug", {"drug": "adrug"}), ("therapies-for-lesion", {"lesion": "A V1F"})):
                table = graph.query(name, {**params, "disease": disease, "limit": limit})
                assert [row["statement"] for row in table.dicts()] == found, (name, disease, limit)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("resistance-variants-of-drug", {"drug": "crizotinib"}),
        ("therapies-for-lesion", {"lesion": "ALK G1202R"}),
        ("therapies-for-lesion", {"lesion": "ALK"}),
        ("drugs-active-against-variant", {"variant": "ALK G1202R"}),
        ("next-line-after-drug", {"drug": "crizotinib"}),
    ],
)
def test_lines_left_out_change_no_answer(graph: Graph, name: str, params: dict[str, str]) -> None:
    whole = bind(replace(named_queries()[name], text=named_queries()[name].text.replace("# if disease", "")), params)
    assert graph.query(sparql=whole).rows == graph.query(name, params).rows


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * {}", "no description"),
        ("# Answers.\n# param x: what\nSELECT * {}", "cannot read the header line"),
        ("# Answers.\n# param x (entity): What. Example: y.\nSELECT * {}", "no line 'VALUES ?x { ... }'"),
        ("# Answers.\nSELECT * {\n?a ?b ?c  # if x\n}", "'# if x' names no optional parameter"),
        (MARKED.replace(" Optional.", ""), "'# if x' names no optional parameter"),
        (MARKED + "LIMIT 9 # unless limit\n# param limit (limit): Most. Example: 9. Optional.", "'# unless limit' names no optional parameter"),
    ],
)
def test_a_query_file_without_header_is_refused(text: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query("q", text)
    assert says in str(caught.value)


@given(st.text(alphabet="SERVIC evic<>{}#'\"\\:?x1.\n", max_size=60))
def test_checking_never_fails_but_with_a_query_error(text: str) -> None:
    with contextlib.suppress(QueryError):
        check_sparql(text)


def test_the_reference_of_the_queries_is_current() -> None:
    from kg.graph.reference import queries_markdown

    assert (Path(__file__).parents[2] / "docs/queries.md").read_text(encoding="utf-8") == queries_markdown()
