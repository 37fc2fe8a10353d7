"""What Python shows of a graph: the same edges as the explorer, in every form, and no form runs anything."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hostile_world import HOSTILE, SCRIPT
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError, UsageError
from kg.graph import Graph, Table
from kg.model import Document, Entity, Grounding, Mention, Section
from kg.show import Reading, read_text
from kg.show.drawing import draw, place_nodes
from kg.show.places import Box, arrange

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {f"{SVG}{tag}" for tag in ("svg", "title", "rect", "g", "path", "text", "circle", "polygon")}


class Tags(HTMLParser):
    """The elements and attributes of a piece of HTML, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_picture_has_every_entity_and_edge_of_its_text(graph: Graph) -> None:
    shown = graph.show("ALK G1202R", "xalkori")
    assert [n["name"] for n in shown.nodes if n["centre"]] == ["ALK G1202R", "crizotinib"]
    picture = ElementTree.fromstring(shown.svg())
    groups = picture.findall(f".//{SVG}g")
    assert len([g for g in groups if "data-node" in g.attrib]) == len(shown.nodes) > 3
    assert len([g for g in groups if "data-link" in g.attrib]) == len(shown.links) > 3
    assert f"{len(shown.nodes)} entities, {len(shown.links)} edges" in str(shown)
    assert "ALK G1202R  confers resistance to  crizotinib  for 2  against 1" in str(shown)
    assert shown.svg() == graph.show("ALK G1202R", "xalkori").svg()


@pytest.mark.parametrize(
    ("entities", "options", "error", "says"),
    [
        (("no such thing",), {}, QueryError, "find-entity"),
        (("ALK G9999Q",), {}, QueryError, "ALK G1202R"),
        (("ALK",), {"kinds": ["nonsense"]}, UsageError, "resistance, sensitivity"),
        (("ALK",), {"most": 5000}, UsageError, "kg serve"),
    ],
)
def test_wrong_calls_say_what_helps(graph: Graph, entities: tuple[str, ...], options: dict[str, object], error: type, says: str) -> None:
    with pytest.raises(error, match=says):
        graph.show(*entities, **options)  # type: ignore[arg-type]


def test_kinds_and_steps_choose(graph: Graph) -> None:
    assert {one["kind"] for one in graph.show("ALK G1202R", kinds=["resistance"]).links} == {"resistance"}
    assert len(graph.show("ALK G1202R", steps=2).nodes) > len(graph.show("ALK G1202R").nodes)
    assert graph.show(most=6).title == "What is said most"


def test_hostile_names_are_text_in_every_form(graph: Graph) -> None:
    shown = graph.show("ALK G1202R", most=60)
    assert set(HOSTILE) & {node["name"] for node in shown.nodes}
    picture = ElementTree.fromstring(shown.svg())
    assert {one.tag for one in picture.iter()} <= DRAWN
    assert not [name for one in picture.iter() for name in one.attrib if name.startswith("on") or "href" in name]
    assert any(SCRIPT in "".join(one.itertext()) for one in picture.iter(f"{SVG}title"))
    assert "\u202e" not in str(shown) and "\x07" not in str(shown)


def test_the_picture_is_saved_as_svg_only(graph: Graph, tmp_path: Path) -> None:
    assert ElementTree.parse(graph.show("ALK").save(tmp_path / "alk.svg")).getroot().tag == f"{SVG}svg"
    with pytest.raises(UsageError, match="SVG"):
        graph.show("ALK").save(tmp_path / "alk.png")


def test_sentences_between_two_entities(graph: Graph) -> None:
    shown = graph.show("ALK G1202R")
    found = shown.sentences("KGV:ALK_G1202R", "DRUGBANK:DB08865")
    assert {row["verdict"] for row in found["rows"]} >= {"for", "against"}
    pieces = next(row["pieces"] for row in found["rows"] if row["pieces"])
    assert ["ALK G1202R", ["subject"]] in pieces
    assert all(row["href"] in ("",) or row["href"].startswith("https://pubmed.ncbi.nlm.nih.gov/") for row in found["rows"])


def test_without_a_kernel_there_is_a_picture_and_text_and_no_widget(graph: Graph) -> None:
    assert set(graph.show("ALK")._repr_mimebundle_()) == {"image/svg+xml", "text/plain"}


@settings(max_examples=12, deadline=None)
@given(st.lists(st.floats(20, 200), min_size=1, max_size=25), st.data())
def test_names_do_not_lie_on_each_other(widths: list[float], data: st.DataObject) -> None:
    boxes = [Box(width, 40) for width in widths]
    ends = st.integers(0, len(boxes) - 1)
    ties = data.draw(st.lists(st.tuples(ends, ends), max_size=40))
    places = arrange(boxes, ties)
    assert places == arrange(boxes, ties)
    for a in range(len(boxes)):
        for b in range(a):
            across = abs(places[a][0] - places[b][0]) - (boxes[a].width + boxes[b].width) / 2
            along = abs(places[a][1] - places[b][1]) - 40
            assert max(across, along) > -3, (places[a], places[b])


@settings(max_examples=40, deadline=None)
@given(st.text())
def test_any_name_gives_a_well_formed_picture(name: str) -> None:
    nodes = [
        {"id": "a", "name": name, "type": "Gene", "count": 3, "centre": True},
        {"id": name + "b", "name": "b", "type": name, "count": 0, "centre": False},
    ]
    links = [{"subject": "a", "object": name + "b", "kind": "resistance", "says": name, "for": 1, "against": 0, "belief": 0.5, "read": True}]
    place_nodes(nodes, links)
    assert {one.tag for one in ElementTree.fromstring(draw(name, nodes, links)).iter()} <= DRAWN


# ---- documents


def mention(start: int, end: int, text: str, type: str = "Gene", name: str = "") -> Mention:
    entity = Entity("HGNC:427", type, name or text[start:end])
    return Mention("text", start, end, text[start:end], type, entity.name, Grounding(entity, 0.9, "test"), "test")


def read(text: str, *spans: tuple[int, int, str]) -> Reading:
    return Reading(Document("d1", (Section("text", text),)), tuple(mention(a, b, text, kind) for a, b, kind in spans), ())


@pytest.mark.parametrize(
    ("spans", "plain"),
    [
        ([(0, 3, "Gene")], "[ALK](Gene) G1202R resists."),
        ([(0, 10, "Variant"), (0, 3, "Gene")], "[ALK G1202R](Variant) resists."),
        ([(0, 10, "Variant"), (4, 18, "Concept")], "[ALK G1202R](Variant) resists."),
        ([(0, 3, "Gene"), (4, 10, "Variant")], "[ALK](Gene) [G1202R](Variant) resists."),
        ([(0, 99, "Gene")], "ALK G1202R resists."),
    ],
)
def test_mentions_are_marked_and_the_text_stays(spans: list[tuple[int, int, str]], plain: str) -> None:
    text = "ALK G1202R resists."
    reading = read(text, *spans)
    assert str(reading).splitlines()[1] == plain
    labels = "|".join(kind for *_, kind in spans)
    assert re.sub(labels, "", Tags(reading.html()).text).strip() == f"KGDOC:d1 {text}"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_any_text_with_any_mentions_is_safe(text: str, spans: list[tuple[int, int]]) -> None:
    found = Tags(read(text, *((a, b, "Gene") for a, b in spans)).html())
    assert found.tags <= {"div", "p", "strong", "mark", "span", "a"}
    assert found.attributes <= {"style", "dir", "title", "href", "rel", "target"}
    assert all(link.startswith("https://identifiers.org/") for link in found.links)


def test_a_document_of_a_graph_by_each_of_its_names(graph: Graph) -> None:
    for key in ("102", "PMID:102", "pmid:102"):
        assert graph.document(key).document.id == "102"
    assert graph.document("102").show()._repr_html_().count("<li") == len(
        {str(e) for e in str(graph.document("102")).splitlines()[2:] if e.startswith("  ")}
    )
    with pytest.raises(QueryError, match="no document"):
        graph.document("nope")


def test_a_hostile_document_is_text(graph: Graph) -> None:
    reading = graph.document(SCRIPT)
    found = Tags(reading.html())
    assert "script" not in found.tags and SCRIPT in found.text
    assert "\u202e" not in str(reading)


def test_a_text_is_read_without_a_graph() -> None:
    reading = read_text("ALK G1202R confers resistance to crizotinib.", "fast")
    assert (
        str(reading)
        == "KGDOC:text\n[ALK G1202R](Variant) confers [resistance](Concept) to [crizotinib](Drug).\n  ALK G1202R confers resistance to crizotinib"
    )
    assert "lone \ufffd" in str(read_text("lone \ufffd", "fast"))


# ---- tables


def test_a_table_is_a_data_frame_even_without_rows(graph: Graph) -> None:
    frame = graph.query("cross-resistance-matrix", {"gene": "ALK"}).to_pandas()
    assert list(frame.columns)[:3] == ["lesion", "therapy", "call"] and len(frame) > 1
    assert list(graph.query("cross-resistance-matrix", {"gene": "nothing"}).to_pandas().columns) == list(frame.columns)


def test_a_table_shows_its_first_rows_escaped() -> None:
    shown = Table(("<b>", "n"), tuple((SCRIPT, 0.123456) for _ in range(60)))._repr_html_()
    assert Tags(shown).tags == {"table", "thead", "tbody", "tr", "th", "td", "p"}
    assert "0.1235" in shown and "60 rows of which 50 are shown" in shown


# ---- the widget, without a browser


def test_the_widget_answers_clicks_and_nothing_else(graph: Graph) -> None:
    pytest.importorskip("anywidget", reason="needs anywidget (pip install 'pubmed-kg[notebook]')")
    from kg.show.widget import widget_class

    shown = graph.show("ALK G1202R", kinds=["resistance"])
    widget, sent = widget_class()(shown), []
    widget.send = lambda content, *_: sent.append(content)
    for wrong in (
        {"ask": "sentences", "link": 9999},
        {"ask": "sentences", "link": -1},
        {"ask": "sentences", "link": "0"},
        {"ask": "open"},
        "text",
        None,
        {},
    ):
        widget._answer(widget, wrong, [])
    assert sent == [] and widget.svg == shown.svg()
    widget._answer(widget, {"ask": "sentences", "link": 0}, [])
    assert sent[0]["sentences"]["rows"] and sent[0]["sentences"]["a"] == shown.links[0]["subject"]
    before = len(widget.nodes)
    widget._answer(widget, {"ask": "widen", "node": [n["name"] for n in shown.nodes].index("crizotinib")}, [])
    assert len(widget.nodes) >= before and widget.svg == shown.svg()


def test_the_widget_fetches_nothing_and_writes_no_markup() -> None:
    code = (Path(__file__).parents[2] / "kg" / "show" / "widget.js").read_text(encoding="utf-8")
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(|\bimport\b", code)
    assert set(re.findall(r"https?://[^/\"`]*", code)) <= {"https://pubmed.ncbi.nlm.nih.gov"}
