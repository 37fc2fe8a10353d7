"""The graph view, the heat map, what joins two entities, and the names in the search box: as data and as pages."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hostile_world import HOSTILE, SCRIPT
from starlette.testclient import TestClient
from test_pages import page

from kg.graph import Graph
from kg.graph.terms import node_id
from kg.serve.edges import KIND_OF
from kg.serve.heatmap import matrix
from kg.serve.index import Index
from kg.serve.neighbourhood import View, picture
from kg.vocab import PREDICATES, drug_class_id

ALK, CRIZOTINIB, G1202R = "HGNC:427", "DRUGBANK:DB08865", "KGV:ALK_G1202R"


@pytest.fixture(scope="module")
def index(graph: Graph) -> Index:
    return Index(graph)


def test_every_predicate_has_a_kind_of_edge() -> None:
    assert set(KIND_OF) == set(PREDICATES)


@pytest.mark.parametrize("gene", ["ALK", "EGFR", "MET"])
def test_the_heat_map_is_the_named_query(graph: Graph, index: Index, gene: str) -> None:
    [key] = [e.id for e in graph.entities.values() if e.name == gene]
    cells = matrix(index, key).cells
    name = {e.id: e.name for e in graph.entities.values()}
    mine = {(name[a], name[b], c.call, c.resistant, c.sensitive) for (a, b), c in cells.items() if c.call != "denied"}
    asked = graph.query("cross-resistance-matrix", {"gene": gene}).rows
    assert mine == {tuple(row[:5]) for row in asked} and mine


def test_the_heat_map_as_a_page(client: TestClient) -> None:
    found = page(client, "/heatmap?of=xalkori")
    assert "crizotinib" in found.text and "ALK G1202R" in found.text
    cells = [link for link in found.links if link.startswith("/between?")]
    first = page(client, cells[0])
    assert "confers resistance to" in first.text or "confers sensitivity to" in first.text
    assert "/heatmap?of=HGNC%3A427" in page(client, "/heatmap").links
    page(client, "/heatmap?of=no+such+thing", 404)
    answer = client.get("/heatmap?of=ALK").text
    assert 'aria-label="ALK G1202R, crizotinib: resistant in 2, denied in 1"' in answer


def test_a_picture_of_everything_holds_every_statement_once(graph: Graph, index: Index) -> None:
    shown = picture(index, View((ALK,), 5000, 3, known=True))
    inside = set(shown.nodes)
    wanted: dict[tuple[str, str, str], int] = {}
    for one in graph.statements.values():
        ends = node_id(one.subject), node_id(one.object)
        if inside.issuperset(ends) and (one.source != "text" or one.n_for + one.n_against):
            wanted[(*ends, KIND_OF[one.predicate])] = wanted.get((*ends, KIND_OF[one.predicate]), 0) + one.n_for
    assert {(x.subject, x.object, x.kind): x.n_for for x in shown.links} == wanted
    assert len(inside) > 15 and shown.left_out == 0


def test_a_picture_opens_with_the_neighbours_of_which_most_is_said(index: Index) -> None:
    whole = picture(index, View((CRIZOTINIB,)))
    small = picture(index, View((CRIZOTINIB,), 3))
    assert small.nodes == whole.nodes[:3] and small.left_out == len(whole.nodes) - 3
    assert {x.kind for x in picture(index, View((CRIZOTINIB,), kinds=("resistance",))).links} == {"resistance"}
    assert picture(index, View((CRIZOTINIB,))) == whole
    assert picture(index, View()).links and picture(index, View(("no:such",))).nodes == picture(index, View()).nodes


def test_the_page_lists_what_the_picture_draws(client: TestClient) -> None:
    found = page(client, f"/graph?entity={CRIZOTINIB}")
    data = client.get(f"/graph.json?entity={CRIZOTINIB}").json()
    listed = {tuple(parse_qs(urlsplit(link).query)[end][0] for end in "ab") for link in found.links if link.startswith("/between?")}
    assert listed == {(one["subject"], one["object"]) for one in data["links"]}
    assert {one["id"] for one in data["nodes"] if one["centre"]} == {CRIZOTINIB}


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("entity=xalkori&most=100", f"/graph?entity={quote(CRIZOTINIB, safe='')}&most=100"),
        ("entity=ALK&kind=resistance", "/graph?entity=HGNC%3A427&kind=resistance"),
        ("entity=nothing+is+called+this", "/search?q=nothing+is+called+this"),
    ],
)
def test_a_name_leads_to_the_permalink(client: TestClient, asked: str, leads: str) -> None:
    answer = client.get("/graph?" + asked)
    assert (answer.status_code, answer.headers["location"]) == (302, leads)


@pytest.mark.parametrize(
    "fields", ["most=9999999999", "most=-1", "most=x", "steps=99", "steps=0", "kind=none", "with=a&with=b", "with=%00", "known=2", "most=٣"]
)
def test_odd_fields_of_a_view_are_brought_into_range(client: TestClient, fields: str) -> None:
    page(client, f"/graph?entity=HGNC:427&{fields}")
    assert client.get(f"/graph.json?entity=HGNC:427&{fields}").json()["nodes"]


def test_what_joins_two_entities_shows_its_sentences(client: TestClient) -> None:
    for fields in (f"a={G1202R}&b={CRIZOTINIB}", f"b={G1202R}&a={CRIZOTINIB}"):
        answer = client.get(f"/between?{fields}").text
        assert '<mark class="subject" title="subject">ALK G1202R' in answer
        assert answer.index("speaks for") < answer.index("speaks against") and "https://pubmed.ncbi.nlm.nih.gov/101" in answer
    assert "No statement joins" in page(client, f"/between?a={ALK}&b=HP:0002014").text
    assert "resistance" not in page(client, f"/between?a={G1202R}&b={CRIZOTINIB}&kind=kinship").text
    page(client, "/between?a=x&b=y", 404)
    page(client, "/between", 404)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_stay_text_in_every_view(client: TestClient, name: str) -> None:
    key = quote(drug_class_id(name), safe="")
    for address in (
        f"/graph?entity={key}",
        f"/heatmap?of={key}",
        f"/between?a={G1202R}&b={key}",
        f"/heatmap?of={quote(name)}no",
        f"/graph?with={quote(name)}",
    ):
        answer = client.get(address)
        assert answer.status_code in (200, 404) and SCRIPT not in answer.text and "<b>co" not in answer.text
    assert name in {one["name"] for one in client.get(f"/graph.json?entity={key}").json()["nodes"]}


@pytest.mark.parametrize(
    ("text", "name", "also"),
    [
        ("xalk", "crizotinib", "Xalkori"),
        ("criz", "crizotinib", ""),
        ("nscl", "non-small cell lung carcinoma", "NSCLC"),
        ("NCBIGene:238", "ALK", "NCBIGene:238"),
    ],
)
def test_completion_tells_by_which_name_it_found(client: TestClient, text: str, name: str, also: str) -> None:
    best = client.get("/suggest", params={"q": text}).json()[0]
    assert (best["name"], best["also"]) == (name, also)


def test_the_editor_offers_the_named_queries(client: TestClient) -> None:
    asked = [link for link in page(client, "/sparql-editor").links if link.startswith("/sparql-editor?query=")]
    assert len(asked) > 15 and page(client, asked[0]).text


def test_every_library_of_others_is_recorded_with_its_licence(root: Path) -> None:
    vendor = root / "kg" / "serve" / "static" / "vendor"
    record = (vendor / "LICENSES.md").read_text(encoding="utf-8")
    recorded = dict(re.findall(r"^\| `(.+?)` .*`([0-9a-f]{64})` \|$", record, re.MULTILINE))
    assert recorded == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in vendor.glob("*.js")}
