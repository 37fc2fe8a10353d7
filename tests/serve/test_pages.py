"""The explorer's pages: what they say, where they lead, and that no name can break out of them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from hostile_world import HOSTILE, QUOTES, RTL, SCRIPT
from starlette.testclient import TestClient

from kg.graph import Graph, named_queries
from kg.vocab import drug_class_id

VOID = {"br", "hr", "img", "input", "link", "meta"}


class Outline(HTMLParser):
    """Reads a page; fails on unbalanced elements, two equal ids, scripts and styles of its own, and fields without label."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.labels: set[str] = set()
        self.fields: set[str] = set()
        self.text = ""
        self.feed(text)
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))
        assert self.fields <= self.labels
        assert self.headings.count(1) == 1
        assert all(deeper - higher <= 1 for higher, deeper in zip(self.headings, self.headings[1:], strict=False)), self.headings

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert not any(name.startswith("on") or name == "style" for name in given), (tag, given)
        assert tag != "style" and (tag != "script" or given["src"] in ("/static/script.js", "/static/graph.js"))
        if "id" in given:
            self.ids.append(given["id"] or "")
        if tag == "a":
            self.links.append(given["href"] or "")
        if tag == "label":
            self.labels.add(given["for"] or "")
        if tag in ("input", "textarea") and given.get("type") != "hidden":
            self.fields.add(given["id"] or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(client: TestClient, address: str, status: int = 200) -> Outline:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code, answer.text[:500])
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.startswith('<!DOCTYPE html>\n<html lang="en">')
    return Outline(answer.text)


def test_every_link_of_the_site_leads_to_a_page_and_every_page_is_sound(client: TestClient) -> None:
    seen, left = {"/"}, ["/"]
    while left and len(seen) < 150:
        here = left.pop()
        answer = client.get(here)
        assert answer.status_code in (200, 302, 303), here
        if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        for link in Outline(answer.text).links:
            if link.startswith(("http://", "https://")):
                continue
            target = urljoin(here, link).partition("#")[0]
            assert urlsplit(target).netloc == ""
            if target not in seen:
                seen.add(target)
                left.append(target)
    assert {urlsplit(a).path.split("/")[1] for a in seen} >= {"entity", "statement", "document", "query", "sparql-editor", "queries"}


def test_the_start_says_what_there_is(client: TestClient, graph: Graph) -> None:
    found = page(client, "/")
    assert f"{graph.manifest['counts']['statements']:,}" in found.text and "crizotinib" in found.text
    assert {f"/query/{name}" for name in named_queries()} <= set(found.links)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("crizotinib", "DRUGBANK:DB08865"),
        ("xalkori", "DRUGBANK:DB08865"),
        ("  XALKORI ", "DRUGBANK:DB08865"),
        ("nsclc", "MONDO:0005233"),
        ("NCBIGene:238", "HGNC:427"),
        ("g1202", "KGV:ALK_G1202R"),
        ("lymphoma kin", "HGNC:427"),
        ("ALK", "HGNC:427"),
    ],
)
def test_search_finds_names_synonyms_and_identifiers(client: TestClient, text: str, first: str) -> None:
    found = page(client, f"/search?q={quote(text)}")
    entities = [unquote(link.removeprefix("/entity/")) for link in found.links if link.startswith("/entity/")]
    assert entities[0] == first
    assert client.get("/suggest", params={"q": text}).json()[0]["id"] == first


@pytest.mark.parametrize("text", ["", " ", "nothing is called this", "\n", "a" * 5000, "\u0000", SCRIPT + "no"])
def test_search_for_nothing_is_a_page_too(client: TestClient, text: str) -> None:
    Outline(client.get("/search", params={"q": text}).text)
    assert client.get("/suggest", params={"q": text}).json() == []


def test_a_whole_identifier_leads_to_its_page(client: TestClient, graph: Graph) -> None:
    statement = next(iter(graph.statements))
    for text, target in (("HGNC:427", "/entity/HGNC:427"), ("PMID:101", "/document/PMID:101"), (statement, f"/statement/{statement}")):
        assert client.get("/search", params={"q": text}).headers["location"] == target


def test_an_entity_shows_what_was_read_before_what_was_known(client: TestClient) -> None:
    found = page(client, "/entity/DRUGBANK:DB08865")
    assert "Xalkori" in found.text and "https://identifiers.org/mesh/D000077547" in found.links
    assert (
        found.text.index("Read in documents")
        < found.text.rindex("crizotinib treats")
        < found.text.index("Known beforehand")
        < found.text.rindex("member of")
    )
    assert "0.85" in found.text or "0.8" in found.text
    assert "known from DrugBank" in found.text and "1 against" in found.text and "disputed" in found.text


def test_the_best_believed_comes_first_and_long_groups_have_pages(client: TestClient) -> None:
    whole = page(client, "/entity/KGV:ALK_G1202R")
    assert any("predicate=confers_resistance_to" in link for link in whole.links)
    group = page(client, "/entity/KGV:ALK_G1202R?predicate=confers_resistance_to&role=subject")
    beliefs = [float(x) for x in re.findall(r"[01]\.\d\d", group.text)]
    assert len(beliefs) > 8 and beliefs == sorted(beliefs, reverse=True)
    for wrong in ("page=99999999999999999999", "page=-1", "page=x", "page=%00"):
        page(client, "/entity/KGV:ALK_G1202R?predicate=confers_resistance_to&role=subject&" + wrong)


def test_a_statement_shows_its_sentences_with_marks_that_can_be_heard(client: TestClient, graph: Graph) -> None:
    [statement] = [
        s for s in graph.statements.values() if (s.subject.name, s.object.name, s.predicate) == ("ALK G1202R", "crizotinib", "confers_resistance_to")
    ]
    answer = client.get(f"/statement/{statement.id}").text
    assert '<mark class="subject" title="subject">ALK G1202R<span class="hidden"> (subject)</span></mark>' in answer
    assert '<mark class="disease" title="disease">NSCLC<span class="hidden"> (disease)</span></mark>' in answer
    found = Outline(answer)
    assert found.text.index("speaks for") < found.text.index("speaks against")
    assert "https://pubmed.ncbi.nlm.nih.gov/101" in found.links and "(2019)" in found.text and "2 for" in found.text
    assert "On case 103" in found.text and "confidence 0.90" in found.text
    assert client.get(f"/statement/{statement.id[4:16].upper()}").headers["location"] == f"/statement/{statement.id}"


def test_contradictions_retractions_and_background_are_told(client: TestClient, graph: Graph) -> None:
    def address(subject: str, predicate: str, object: str) -> str:
        return next(
            f"/statement/{s.id}" for s in graph.statements.values() if (s.subject.name, s.predicate, s.object.name) == (subject, predicate, object)
        )

    assert "at odds with" in page(client, address("ALK G1202R", "confers_sensitivity_to", "lorlatinib")).text
    assert "retracted: counts nothing" in page(client, address("MET amplification", "confers_resistance_to", "alectinib")).text
    assert "known from DrugBank" in page(client, address("crizotinib", "targets", "ALK")).text
    assert "speculated" in page(client, address("MET amplification", "confers_resistance_to", "osimertinib")).text


def test_a_document_has_its_statements_and_its_links(client: TestClient) -> None:
    for key in ("103", "PMID:103"):
        found = page(client, f"/document/{key}")
        assert "Ann Made Up" in found.text and "retains sensitivity" in found.text and "/entity/HGNC:427" in found.links
    assert "/document/part%202%20of%20101" in page(client, "/document/PMID:101").links
    assert "/document/101" in page(client, "/document/part%202%20of%20101").links
    assert "was retracted" in page(client, "/document/104").text
    assert "https://doi.org/10.1/x(1)%3Cy%3E" in page(client, "/document/" + quote("doi:10.1/x(1)<y>", safe="")).links
    page(client, "/document/" + quote("odd file name é.txt"))


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_stays_a_name(client: TestClient, name: str) -> None:
    curie = drug_class_id(name)
    address = "/entity/" + quote(curie, safe=":")
    shown = name.replace("\u0007", "\ufffd")
    for where in (address, f"/search?q={quote(name)}", f"/search?q={quote(name + 'no')}", "/document/101"):
        answer = client.get(where)
        assert SCRIPT not in answer.text and "<b>co" not in answer.text and "\u0007" not in answer.text
        if "no" not in where.partition("=")[2]:
            assert shown in Outline(answer.text).text, where
    if name == RTL:
        assert f"<bdi>{RTL}</bdi>" in client.get(address).text


@pytest.mark.parametrize("text", [SCRIPT, QUOTES, RTL, '"><img src=x onerror=alert(1)>', "</textarea><script>alert(1)</script>", "\u0000"])
def test_what_a_visitor_writes_stays_text(client: TestClient, text: str) -> None:
    for address, field in (("/search", "q"), ("/sparql-editor", "query"), ("/query/find-entity", "text"), ("/query/drugs-targeting-gene", "gene")):
        answer = client.get(address, params={field: text})
        assert answer.status_code in (200, 400)
        assert "<script>alert" not in answer.text and "<img" not in answer.text
        Outline(answer.text)
    for address in ("/entity/", "/statement/", "/document/", "/query/", "/"):
        answer = client.get(address + quote(text, safe=""))
        assert answer.status_code in (200, 404) and "<script>alert" not in answer.text and "<img" not in answer.text


@pytest.mark.parametrize("name", named_queries())
def test_every_named_query_has_a_form_an_answer_and_a_file(client: TestClient, name: str) -> None:
    query = named_queries()[name]
    empty = page(client, f"/query/{name}")
    assert {f"p-{p.name}" for p in query.parameters} <= empty.fields
    given = {p.name: p.example for p in query.parameters}
    answer = client.get(f"/query/{name}", params=given)
    assert answer.status_code == 200 and "<h2>Answer</h2>" in answer.text
    Outline(answer.text)
    table = client.get(f"/query/{name}", params={**given, "format": "csv"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8" and f"{name}.csv" in table.headers["content-disposition"]


def test_a_missing_parameter_and_an_unknown_query(client: TestClient) -> None:
    assert "needs --param" not in page(client, "/query/drugs-targeting-gene?gene=", 400).text
    page(client, "/query/no-such-query", 404)


def test_the_editor(client: TestClient) -> None:
    assert "SELECT ?variant" in page(client, "/sparql-editor").text
    found = page(client, "/sparql-editor?query=" + quote("SELECT ?s { ?s rdfs:label 'crizotinib' }"))
    assert "/entity/DRUGBANK:DB08865" in found.links and "1 row" in found.text
    assert "not a valid SPARQL query" in page(client, "/sparql-editor?query=SELECT", 400).text
    assert "SERVICE is refused" in page(client, "/sparql-editor?query=" + quote("ASK { SERVICE <x:y> {} }"), 403).text
    assert "cut at the limit" in page(client, "/sparql-editor?query=" + quote("SELECT * { ?a ?b ?c . ?d ?e ?f }")).text


@pytest.mark.parametrize("address", ["/", "/nothing", "/static/style.css", "/sparql", "/suggest?q=alk", "/query/summary?format=csv"])
def test_guarding_headers_stand_on_everything(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["content-security-policy"].startswith("default-src 'self';") and "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "address",
    ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/static/", "/manifest.json", "/static/%00"],
)
def test_only_files_of_the_package_are_served(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404 and "import" not in answer.text and "root:" not in answer.text


def test_pages_are_read_only(client: TestClient) -> None:
    for address in ("/", "/entity/HGNC:427", "/search?q=a", "/sparql-editor", "/query/summary"):
        assert client.post(address).status_code == 405
