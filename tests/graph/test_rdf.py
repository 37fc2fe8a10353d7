from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from invented_world import ENTITIES

from kg.assembly import MOST_SURE
from kg.graph import Graph
from kg.graph.rdf import document_curie, entity_quads
from kg.graph.terms import ALL_PREFIXES, literal, name_key, node, shorten
from kg.model import Entity
from kg.vocab import iri

ROOT = Path(__file__).parents[2]


def triples(graph: Graph, name: str) -> set[tuple[str, str, str]]:
    return set(graph.query(sparql=f"SELECT ?s ?p ?o {{ GRAPH kg:{name} {{ ?s ?p ?o }} }}").rows)  # type: ignore[arg-type]


def test_every_named_graph_is_there(graph: Graph) -> None:
    rows = graph.query(sparql="SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g").rows
    assert [r[0] for r in rows] == ["kg:" + n for n in ("assertions", "documents", "entities", "evidence", "index", "ontology", "statements")]


@pytest.mark.parametrize(
    ("subject", "predicate", "object", "asserted"),
    [
        ("ALK G1202R", "confers_resistance_to", "crizotinib", True),  # for and against
        ("MET amplification", "confers_resistance_to", "osimertinib", True),  # speculated only
        ("MET amplification", "confers_resistance_to", "lorlatinib", False),  # negated only
        ("MET amplification", "confers_resistance_to", "alectinib", False),  # retracted only
        ("crizotinib", "targets", "ALK", True),  # background
        ("ALK G1202R", "variant_of", "ALK", True),  # by construction
        ("alectinib", "combined_with", "crizotinib", False),  # a symmetric predicate is written once, in the order of ids
        ("crizotinib", "combined_with", "alectinib", True),
    ],
)
def test_only_what_has_evidence_for_it_is_asserted(graph: Graph, subject: str, predicate: str, object: str, asserted: bool) -> None:
    triple = (ENTITIES[subject].id, "kg:" + predicate, ENTITIES[object].id)
    assert (triple in triples(graph, "assertions")) == asserted


def test_assertions_and_statements_agree(graph: Graph) -> None:
    from kg.graph.terms import node_id

    expected = {(node_id(s.subject), "kg:" + s.predicate, node_id(s.object)) for s in graph.statements.values() if s.asserted}
    assert triples(graph, "assertions") == expected
    count = graph.query(sparql="SELECT (COUNT(*) AS ?n) { GRAPH kg:statements { ?s a biolink:Association, kg:Statement } }")
    assert count.rows == ((len(graph.statements),),)


def test_evidence_quotes_its_sentence_at_its_place(graph: Graph) -> None:
    rows = graph.query(
        sparql="""SELECT ?e ?text ?start ?end ?doc { GRAPH kg:evidence { ?e a prov:Entity ; prov:wasDerivedFrom ?doc ; oa:hasSelector ?q, ?p .
        ?q a oa:TextQuoteSelector ; oa:exact ?text . ?p a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end } }"""
    ).rows
    assert {r[0] for r in rows} == set(graph.evidence)
    for key, text, start, end, document in rows:
        evidence = graph.evidence[key]
        assert (text, start, end, document) == (evidence.sentence, evidence.start, evidence.end, graph.document_curie(evidence.document))


def test_retraction_citation_and_dates_are_in_documents(graph: Graph) -> None:
    found = triples(graph, "documents")
    assert ("PMID:104", "kg:retracted", True) in found and ("PMID:103", "bibo:cites", "PMID:101") in found
    assert ("PMID:102", "dcterms:date", "2021-03") in found and ("PMID:102", "kg:year", 2021) in found
    assert ("DOI:10.1/x(1)<y>", "bibo:doi", "10.1/x(1)<y>") in found
    assert ("KGDOC:odd file name é.txt", "dcterms:identifier", "odd file name é.txt") in found
    assert ("PMID:101", "biolink:mentions", "HGNC:427") in found


def test_graphs_conform_to_the_shapes(graph: Graph) -> None:
    pyshacl = pytest.importorskip("pyshacl")
    import rdflib

    union = rdflib.Graph()
    for s, p, o, _ in graph.to_rdflib().quads():
        union.add((s, p, o))
    conforms, _, report = pyshacl.validate(union, shacl_graph=str(ROOT / "ontologies/shapes.ttl"))
    assert conforms, report
    belief = rdflib.URIRef(iri("kg:belief"))
    statement = next(union.subjects(belief, None))
    union.add((statement, belief, rdflib.Literal(2.0)))
    assert not pyshacl.validate(union, shacl_graph=str(ROOT / "ontologies/shapes.ttl"))[0]


def test_rdflib_holds_what_the_store_holds(graph: Graph) -> None:
    dataset = graph.to_rdflib()
    assert len(list(dataset.quads())) == len(graph.store)
    assert len(list(dataset.query("SELECT ?s { ?s kg:belief ?b }"))) == len(graph.statements)  # the union, our prefixes


@given(st.text(max_size=30))
def test_any_text_is_a_literal_that_reads_back(text: str) -> None:
    line = f"<http://a> <http://b> {literal(text)} <http://g> .\n"
    (quad,) = ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS)
    assert quad.object.value == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


@example("KGC", "%")
@given(st.sampled_from([*list(ALL_PREFIXES), "UNKNOWN", ""]), st.text(min_size=1, max_size=20))
def test_any_identifier_is_one_valid_iri(prefix: str, local: str) -> None:
    if prefix in ("rdf", "rdfs", "owl", "xsd", "skos", "prov", "oa", "dc", "dcterms", "bibo", "sh"):
        return  # written by us only
    line = f"{node(prefix + ':' + local)} <http://b> <http://c> .\n"
    (quad,) = ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS)  # strict: an invalid IRI raises
    if "\ufffd" not in local and not any("\ud800" <= c <= "\udfff" for c in local) and prefix not in ("KGC", "KGD", "KGV", "KGT", ""):
        assert shorten(quad.subject.value) == f"{prefix}:{local}"


@pytest.mark.parametrize(
    ("document", "curie"), [("38799000", "PMID:38799000"), ("doi:10.1/AbC", "DOI:10.1/abc"), ("a b.txt", "KGDOC:a b.txt"), ("²", "KGDOC:²")]
)
def test_document_ids_suggest_their_curie(document: str, curie: str) -> None:
    assert document_curie(document) == curie


@pytest.mark.parametrize(("name", "key"), [("  ALK  TKI ", "alk tki"), ("ﬁbrosis", "fibrosis"), ("STRASSE", "strasse"), ("Straße", "strasse")])
def test_names_are_compared_folded(name: str, key: str) -> None:
    assert name_key(name) == key


def test_an_attribute_never_becomes_one_of_our_predicates() -> None:
    lines = "".join(entity_quads(Entity("X:1", "Drug", "x", attributes=(("targets", "ALK"), ("is_kinase", "true")))))
    assert "schema#attribute_targets" in lines and "schema#is_kinase" in lines and "schema#targets>" not in lines


def test_networkx_view_has_every_statement(graph: Graph) -> None:
    network = graph.to_networkx()
    assert {key for _, _, key in network.edges(keys=True)} == set(graph.statements)
    assert network.nodes["HGNC:427"] == {"name": "ALK", "type": "Gene", "category": "biolink:Gene"}
    (edge,) = [d for _, _, d in network.edges(data=True) if d["predicate"] == "superior_to"]
    assert (edge["belief"], edge["n_for"], edge["pmids"], edge["outcome"], edge["disease"]) == (
        MOST_SURE,
        1,
        "105",
        "PFS",
        "non-small cell lung carcinoma",
    )
    assert all(value is not None for _, _, d in network.edges(data=True) for value in d.values())


def test_the_store_cannot_be_written(graph: Graph) -> None:
    with pytest.raises(RuntimeError):
        graph.store.add(ox.Quad(ox.NamedNode("http://a"), ox.NamedNode("http://b"), ox.NamedNode("http://c")))
