"""The SPARQL 1.1 Protocol: operations, formats, datasets, refusals."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from starlette.testclient import TestClient

from kg.graph.terms import GRAPHS

SELECT = "SELECT ?name WHERE { KGV:ALK_G1202R rdfs:label ?name }"
CONSTRUCT = "CONSTRUCT { ?s rdfs:label ?o } WHERE { VALUES ?s { KGV:ALK_G1202R } ?s rdfs:label ?o }"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def get(client: TestClient, query: str, accept: str = "", **fields: str) -> tuple[int, str, str]:
    answer = client.get("/sparql", params={"query": query, **fields}, headers={"Accept": accept})
    return answer.status_code, answer.headers["content-type"].partition(";")[0], answer.text


def number(client: TestClient, query: str, **fields: str | list[str]) -> int:
    answer = client.get("/sparql", params={"query": query, **fields})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_the_three_ways_to_ask_give_the_same(client: TestClient) -> None:
    answers = [
        client.get("/sparql", params={"query": SELECT}),
        client.post("/sparql", data={"query": SELECT}),
        client.post("/sparql", content=SELECT, headers={"Content-Type": DIRECT}),
        client.post("/sparql", content=SELECT, headers={"Content-Type": DIRECT + "; charset=UTF-8"}),
    ]
    assert {(a.status_code, a.text) for a in answers} == {(200, answers[0].text)}
    assert answers[0].json()["results"]["bindings"] == [{"name": {"type": "literal", "value": "ALK G1202R"}}]


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"])
def test_every_table_format_reads_back_as_the_database_writes_it(client: TestClient, graph: object, accept: str) -> None:
    query = "SELECT ?s ?p ?o ?nothing WHERE { GRAPH kg:entities { ?s ?p ?o } } ORDER BY ?s ?p ?o LIMIT 500"
    status, kind, text = get(client, query, accept)
    assert (status, kind) == (200, accept)
    native = graph.store.query(query, prefixes={"kg": "https://w3id.org/pubmed-kg/schema#"})  # type: ignore[attr-defined]
    if accept == "text/csv":
        assert list(csv.reader(io.StringIO(text))) == list(csv.reader(io.StringIO(native.serialize(format=ox.QueryResultsFormat.CSV).decode())))
        return
    rows = [[s["s"], s["p"], s["o"], s["nothing"]] for s in ox.parse_query_results(text, ox.QueryResultsFormat.from_media_type(accept))]
    expected = [[s["s"], s["p"], s["o"], s["nothing"]] for s in native]
    if "json" in accept or "tab" in accept:
        assert rows == expected
    else:  # XML has no way to write a control character
        assert [[str(t).replace("\\u0007", "\ufffd").replace("\x07", "\ufffd") for t in row] for row in expected] == [
            [str(t) for t in row] for row in rows
        ]
        assert ElementTree.fromstring(text) is not None


def test_languages_types_and_unbound_values(client: TestClient) -> None:
    query = 'SELECT * WHERE { VALUES (?a ?b ?c ?d) { ("x"@en 1 <urn:x> UNDEF) ("a\\t\\"b\\nc" true "2020"^^xsd:gYear 1.5e0) } }'
    for accept in ("application/sparql-results+json", "application/sparql-results+xml", "text/tab-separated-values"):
        _, kind, text = get(client, query, accept)
        rows = [[str(s[name]) for name in "abcd"] for s in ox.parse_query_results(text, ox.QueryResultsFormat.from_media_type(kind))]
        assert rows[0] == ['"x"@en', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>', "<urn:x>", "None"]
        assert rows[1][0] == '"a\\t\\"b\\nc"' and "gYear" in rows[1][2]


def test_ask(client: TestClient) -> None:
    assert json.loads(get(client, "ASK { ?s ?p ?o }")[2]) == {"head": {}, "boolean": True}
    assert "<boolean>false</boolean>" in get(client, "ASK { <urn:none> ?p ?o }", "application/sparql-results+xml")[2]


@pytest.mark.parametrize(
    ("accept", "format"),
    [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")],
)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE KGV:ALK_G1202R"])
def test_rdf_reads_back_with_another_library(client: TestClient, query: str, accept: str, format: str) -> None:
    status, kind, text = get(client, query, accept)
    assert (status, kind) == (200, accept)
    found = rdflib.Graph().parse(data=text, format=format)
    assert (rdflib.URIRef("https://w3id.org/pubmed-kg/variant/ALK_G1202R"), rdflib.RDFS.label, rdflib.Literal("ALK G1202R")) in found


def test_the_default_graph_is_the_union_and_a_dataset_narrows_it(client: TestClient) -> None:
    sizes = {name: number(client, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH kg:{name} {{ ?s ?p ?o }} }}") for name in GRAPHS}
    assert number(client, COUNT) >= max(sizes.values()) > 0
    assert number(client, COUNT, **{"default-graph-uri": GRAPHS["entities"]}) == sizes["entities"]
    assert number(client, COUNT.replace("WHERE", "FROM kg:evidence WHERE"), **{"default-graph-uri": GRAPHS["entities"]}) == sizes["entities"]
    assert number(client, COUNT.replace("WHERE", "FROM kg:evidence WHERE")) == sizes["evidence"]
    both = [GRAPHS["entities"], GRAPHS["evidence"]]
    assert number(client, COUNT, **{"default-graph-uri": both}) == sizes["entities"] + sizes["evidence"]
    inside = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert number(client, inside, **{"named-graph-uri": GRAPHS["documents"]}) == sizes["documents"]
    assert number(client, inside, **{"default-graph-uri": GRAPHS["documents"]}) == 0


def test_no_file_is_read(client: TestClient) -> None:
    assert number(client, "SELECT (COUNT(*) AS ?n) FROM <file:///etc/passwd> WHERE { ?s ?p ?o }") == 0
    assert number(client, COUNT, **{"default-graph-uri": "file:///etc/passwd"}) == 0


REFUSED = [
    pytest.param("GET", {"params": {"query": "SELECT * WHERE {"}}, 400, "not a valid SPARQL query: error at 1:17", id="the parser's message"),
    pytest.param("GET", {"params": {"query": ""}}, 400, "not a valid SPARQL query", id="empty query"),
    pytest.param("GET", {"params": [("query", SELECT), ("query", SELECT)]}, 400, "one 'query'", id="two queries"),
    pytest.param("GET", {"params": {"something": "else"}}, 400, "one 'query'", id="no query"),
    pytest.param("GET", {"params": {"query": SELECT, "default-graph-uri": "entities"}}, 400, "no absolute IRI", id="relative graph"),
    pytest.param("POST", {"content": b"\xff", "headers": {"Content-Type": DIRECT}}, 400, "not UTF-8", id="not UTF-8"),
    pytest.param("POST", {"content": b"query=%ff", "headers": {"Content-Type": FORM}}, 400, "cannot be read", id="form not UTF-8"),
    pytest.param("POST", {"content": b"", "headers": {"Content-Type": FORM}}, 400, "one 'query'", id="empty form"),
    pytest.param("POST", {"content": b"&".join([b"a=b"] * 1000), "headers": {"Content-Type": FORM}}, 400, "cannot be read", id="many fields"),
    pytest.param("GET", {"params": {"query": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"}}, 403, "SERVICE is refused", id="SERVICE"),
    pytest.param("GET", {"params": {"query": "LOAD <file:///etc/passwd>"}}, 403, "LOAD is refused", id="LOAD"),
    pytest.param("POST", {"data": {"query": "DROP ALL"}}, 403, "DROP is refused", id="update as query"),
    pytest.param("POST", {"data": {"update": "DROP ALL"}}, 403, "read-only", id="update by form"),
    pytest.param("POST", {"content": "DROP ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403, "read-only", id="update"),
    pytest.param("GET", {"params": {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"}}, 403, "more than 2,000 rows", id="too many rows"),
    pytest.param(
        "GET", {"params": {"query": "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"}}, 403, "more than 2,000 rows", id="too many triples"
    ),
    pytest.param("PUT", {"content": SELECT}, 405, "PUT is not allowed", id="PUT"),
    pytest.param("DELETE", {}, 405, "DELETE is not allowed", id="DELETE"),
    pytest.param("GET", {"params": {"query": SELECT}, "headers": {"Accept": "image/png"}}, 406, "text/csv", id="format of a table"),
    pytest.param("GET", {"params": {"query": CONSTRUCT}, "headers": {"Accept": "text/csv"}}, 406, "text/turtle", id="format of triples"),
    pytest.param("POST", {"data": {"query": SELECT + " " * 200_001}}, 413, "at most 200,000", id="long query"),
    pytest.param("POST", {"content": b"x" * 3_000_000, "headers": {"Content-Type": DIRECT}}, 413, "larger than", id="large body"),
    pytest.param("POST", {"content": SELECT, "headers": {"Content-Type": "text/plain"}}, 415, DIRECT, id="other body"),
    pytest.param("POST", {"content": SELECT, "headers": {"Content-Type": DIRECT + ";charset=latin1"}}, 415, "UTF-8", id="other charset"),
]


@pytest.mark.parametrize(("method", "request_", "status", "says"), REFUSED)
def test_what_is_refused_and_how(client: TestClient, method: str, request_: dict[str, object], status: int, says: str) -> None:
    answer = client.request(method, "/sparql", **request_)  # type: ignore[arg-type]
    assert (answer.status_code, says in answer.text) == (status, True), answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8" and answer.headers["access-control-allow-origin"] == "*"
    assert "Traceback" not in answer.text


def test_service_description(client: TestClient) -> None:
    for accept, format in (("", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld"), ("application/n-triples", "nt")):
        answer = client.get("/sparql", headers={"Accept": accept})
        found = rdflib.Graph().parse(data=answer.text, format=format)
        sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
        assert [str(o) for o in found.objects(None, sd.endpoint)] == ["http://testserver/sparql"]
        assert {str(o) for o in found.objects(None, sd.name)} == set(GRAPHS.values())
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/sparql", headers={"Accept": "text/html"}).headers["location"] == "/sparql-editor"
    assert client.get("/sparql", headers={"Host": 'x">y z', "Accept": "text/turtle"}).status_code == 200


def test_pages_of_other_origins_may_ask(client: TestClient) -> None:
    answer = client.options("/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 204 and answer.headers["access-control-allow-origin"] == "*"
    assert {"GET", "POST", "OPTIONS"} <= set(answer.headers["access-control-allow-methods"].split(", "))
    assert "Content-Type" in answer.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in answer.headers


def test_head_has_no_body(client: TestClient) -> None:
    answer = client.head("/sparql", params={"query": SELECT})
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("application/sparql-results+json")
