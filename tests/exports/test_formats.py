"""CX2, nanopublications and SSSOM beside what they hold: the rules of their specifications, by their own tools where these are installed."""

from __future__ import annotations

import csv
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
import rdflib
from readers import expected
from test_round_trip import HOSTILE, hostile_graph

from kg.exports import export_graph
from kg.exports.nanopub import nanopub_iri
from kg.exports.sssom import COLUMNS
from kg.exports.turtle import sentence
from kg.exports.view import nodes
from kg.graph import Graph
from kg.vocab import iri

NP = rdflib.Namespace("http://www.nanopub.org/nschema#")


@pytest.mark.parametrize("hostile", [False, True])
def test_cx2_has_the_aspects_in_order_and_declares_every_attribute(graph: Graph, tmp_path: Path, hostile: bool) -> None:
    graph = hostile_graph(tmp_path / "g", HOSTILE) if hostile else graph
    (path,) = export_graph(graph, "cx2", tmp_path / "graph.cx2")
    head, *fragments = json.loads(path.read_text(encoding="utf-8"))
    assert head == {"CXVersion": "2.0", "hasFragments": False}
    assert [name for one in fragments for name in one] == ["attributeDeclarations", "networkAttributes", "nodes", "edges", "metaData", "status"]
    aspects = {name: value for one in fragments for name, value in one.items()}
    assert {m["name"]: m["elementCount"] for m in aspects["metaData"]} == {k: len(v) for k, v in aspects.items() if k not in ("metaData", "status")}
    kinds = {"string": str, "list_of_string": list, "integer": int, "double": float, "boolean": bool}
    for name in ("nodes", "edges"):
        declared = aspects["attributeDeclarations"][0][name]
        assert [one["id"] for one in aspects[name]] == list(range(len(aspects[name])))
        for one in aspects[name]:
            assert all(type(value) is kinds[declared[key]["d"]] and value not in ("", []) for key, value in one["v"].items())


def read_nanopubs(path: Path) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(path, format="trig")
    return dataset


def test_each_statement_is_a_nanopublication_of_four_graphs(graph: Graph, tmp_path: Path) -> None:
    (path,) = export_graph(graph, "nanopub", tmp_path / "np.trig")
    found = read_nanopubs(path)
    heads = {str(s): g for s, _, _, g in found.quads((None, rdflib.RDF.type, NP.Nanopublication, None))}
    assert set(heads) == {nanopub_iri(one[0]) for one in expected(graph)[1]}
    graphs = {str(g.identifier): len(g) for g in found.graphs()}
    for name, head in heads.items():
        parts = {str(p): str(o) for _, p, o in found.graph(head).triples((rdflib.URIRef(name), None, None)) if p != rdflib.RDF.type}
        links = {"hasAssertion": "assertion", "hasProvenance": "provenance", "hasPublicationInfo": "pubinfo"}
        assert parts == {str(NP[link]): f"{name}#{part}" for link, part in links.items()}
        assert all(graphs[part] for part in parts.values())
        assert (rdflib.URIRef(name + "#assertion"), None, None) in found.graph(name + "#provenance")
        assert (rdflib.URIRef(name), None, None) in found.graph(name + "#pubinfo")


def test_a_refuted_statement_is_no_plain_triple_in_its_nanopublication(graph: Graph, tmp_path: Path) -> None:
    (path,) = export_graph(graph, "nanopub", tmp_path / "np.trig")
    found = read_nanopubs(path)
    for statement in graph.read_statements():
        assertion = found.graph(nanopub_iri(statement.id) + "#assertion")
        plain = (None, rdflib.URIRef(iri("kg:" + statement.predicate)), None)
        negated = (rdflib.URIRef(iri(statement.id)), rdflib.URIRef(iri("biolink:negated")), rdflib.Literal(True))
        assert (plain in assertion, negated in assertion) == (statement.asserted, not statement.asserted)


def test_the_sentences_stand_in_the_provenance(graph: Graph, tmp_path: Path) -> None:
    (path,) = export_graph(graph, "nanopub", tmp_path / "np.trig")
    found = read_nanopubs(path)
    for statement in graph.read_statements():
        provenance = found.graph(nanopub_iri(statement.id) + "#provenance")
        told = {(str(s), str(o)) for s, o in provenance.subject_objects(rdflib.URIRef(iri("biolink:supporting_text")))}
        assert told == {(iri(key), graph.evidence[key].sentence) for key in statement.evidence}


def test_the_nanopub_library_takes_each(graph: Graph, tmp_path: Path) -> None:
    nanopub = pytest.importorskip("nanopub", reason="needs the library: pip install 'pubmed-kg[test-formats]'")
    (path,) = export_graph(graph, "nanopub", tmp_path / "np.trig")
    prefixes, *blocks = re.split(r"(?m)^(?=<\S+#Head> \{)", path.read_text(encoding="utf-8"))
    for block in blocks[:5] + blocks[-5:]:
        (tmp_path / "one.trig").write_text(prefixes + block, encoding="utf-8")
        assert nanopub.Nanopub(rdf=tmp_path / "one.trig").is_valid


def read_sssom(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    head = [line[1:] for line in lines if line.startswith("#")]
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle.readlines()[len(head) :], delimiter="\t"))
    return head, rows


@pytest.mark.parametrize("hostile", [False, True])
def test_sssom_holds_the_exact_matches_and_their_prefixes(graph: Graph, tmp_path: Path, hostile: bool) -> None:
    graph = hostile_graph(tmp_path / "g", HOSTILE) if hostile else graph
    (path,) = export_graph(graph, "sssom", tmp_path / "matches.sssom.tsv")
    head, rows = read_sssom(path)
    matches = [(row["id"], match) for row in nodes(graph) for match in row["xrefs"]]
    assert len(rows) == len(matches) and (hostile or [(r["subject_id"], r["object_id"]) for r in rows] == matches)
    assert all(tuple(r) == COLUMNS and r["predicate_id"] == "skos:exactMatch" for r in rows)
    known = {json.loads(line.strip().partition(": ")[0]): json.loads(line.strip().partition(": ")[2]) for line in head if line.startswith("  ")}
    used = {r[column].partition(":")[0] for r in rows for column in ("subject_id", "object_id", "predicate_id", "mapping_justification")}
    assert set(known) == used | {"biolink", "skos", "semapv"}
    assert all(iri(r["subject_id"]).startswith(known[r["subject_id"].partition(":")[0]]) for r in rows)


@pytest.mark.parametrize("hostile", [False, True])
def test_turtle_says_each_statement_in_names(graph: Graph, tmp_path: Path, hostile: bool) -> None:
    graph = hostile_graph(tmp_path / "g", HOSTILE) if hostile else graph
    (path,) = export_graph(graph, "turtle", tmp_path / "graph.ttl")
    lines = path.read_text(encoding="utf-8").split("\n")
    above = {line.partition(" ")[0]: before for before, line in pairwise(lines) if line.startswith("KGS:") and "kg:rank" not in line}
    assert above == {s.id: "# " + sentence(s) for s in graph.read_statements()}
    if not hostile:
        assert "# ALK G1202R confers resistance to crizotinib, in non-small cell lung carcinoma" in lines
        assert "# MET amplification confers resistance to lorlatinib (not asserted)" in lines
