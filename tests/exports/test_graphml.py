"""GraphML against the rules of its schema and of the readers that cannot run here (Gephi's and yEd's).

The rules are those of graphml.xsd 1.0 (order of elements, closed lists of values, unique ids; only that ids are our CURIEs where the schema
asks for NMTOKEN, which no known reader minds) and of Gephi's ``ImporterGraphML``: keys before the graph, nodes before the edges that
name them, each value parsed by its key's ``attr.type``, ``label`` shown beside nodes and edges. networkx and igraph are in `readers`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from test_round_trip import HOSTILE, hostile_graph

from kg.exports import export_graph
from kg.exports.view import EDGE_FIELDS, NODE_FIELDS, edges, nodes
from kg.graph import Graph

NS = "{http://graphml.graphdrawing.org/xmlns}"
BOOLEANS = {"true": True, "false": False}
PARSERS = {"string": str, "int": int, "double": float, "boolean": BOOLEANS.__getitem__}


@pytest.fixture(params=["invented", "hostile names"])
def exported(request: pytest.FixtureRequest, graph: Graph, tmp_path: Path) -> tuple[Graph, etree._Element]:
    used = hostile_graph(tmp_path / "g", HOSTILE) if request.param == "hostile names" else graph
    (path,) = export_graph(used, "graphml", tmp_path / "out.graphml")
    return used, etree.parse(path).getroot()


def test_elements_stand_in_the_order_that_readers_ask_for(exported: tuple[Graph, etree._Element]) -> None:
    _, root = exported
    assert root.tag == NS + "graphml"
    assert [child.tag for child in root] == [NS + "key"] * (len(root) - 1) + [NS + "graph"]
    graph = root[-1]
    assert dict(graph.attrib) == {"id": "G", "edgedefault": "directed"}
    kinds = [child.tag.removeprefix(NS) for child in graph]
    assert kinds == sorted(kinds, reverse=True) and set(kinds) == {"node", "edge"}
    assert all(data.tag == NS + "data" and len(data) == 0 for child in graph for data in child)


def test_keys_are_typed_and_declared_once(exported: tuple[Graph, etree._Element]) -> None:
    _, root = exported
    keys = root.findall(NS + "key")
    assert len({key.get("id") for key in keys}) == len(keys)
    for key in keys:
        assert set(key.attrib) == {"id", "for", "attr.name", "attr.type"} and key.get("for") in ("node", "edge") and key.get("attr.type") in PARSERS
    named = {scope: {key.get("attr.name") for key in keys if key.get("for") == scope} for scope in ("node", "edge")}
    assert named == {
        "node": {"label", "curie", *NODE_FIELDS} - {"id"},
        "edge": {"label", "statement", *EDGE_FIELDS} - {"id", "subject", "object"},
    }


def test_every_value_is_of_its_type_and_none_is_empty(exported: tuple[Graph, etree._Element]) -> None:
    _, root = exported
    keys = {key.get("id"): (key.get("for"), PARSERS[str(key.get("attr.type"))]) for key in root.findall(NS + "key")}
    for element in root[-1]:
        used = [data.get("key") for data in element]
        assert len(set(used)) == len(used)
        for data in element:
            scope, parse = keys[data.get("key")]
            assert NS + str(scope) == element.tag
            assert data.text and data.text not in ("None", "nan", "[]")
            parse(data.text)


def test_ids_are_there_once_and_edges_join_nodes(exported: tuple[Graph, etree._Element]) -> None:
    graph, root = exported
    found = [str(node.get("id")) for node in root[-1].findall(NS + "node")]
    assert found == [row["id"] for row in nodes(graph)] and len(set(found)) == len(found)
    joined = [(e.get("id"), e.get("source"), e.get("target")) for e in root[-1].findall(NS + "edge")]
    assert joined == [(row["id"], row["subject"], row["object"]) for row in edges(graph)]
    assert {end for _, *ends in joined for end in ends} <= set(found)


def test_labels_are_what_viewers_show(graph: Graph, tmp_path: Path) -> None:
    (path,) = export_graph(graph, "graphml", tmp_path / "out.graphml")
    root = etree.parse(path).getroot()
    shown = {e.get("id"): {d.get("key"): d.text for d in e} for e in root[-1]}
    assert shown["DRUGBANK:DB08865"]["n_label"] == "crizotinib"
    assert all(key == (shown[key].get("n_curie") or shown[key].get("e_statement")) for key in shown)
    assert {v["e_label"] for v in shown.values() if "e_label" in v} == {row["predicate"] for row in edges(graph)}
