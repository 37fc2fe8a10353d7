from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from kg.graph import rdf as rdf_module
from kg.graph.terms import GRAPHS
from kg.vocab import CATEGORY, PREDICATES, EntityType, iri

ROOT = Path(__file__).parents[2]
MODEL = ROOT.parent / "shared/vocabularies/biolink/biolink-model-4.4.6.yaml.gz"


@pytest.fixture(scope="module")
def schema() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "ontologies/schema.ttl")


@pytest.fixture(scope="module")
def biolink() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml")
    if not MODEL.exists():
        pytest.skip("the Biolink model file lies outside the project and is not there")
    with gzip.open(MODEL) as handle:
        model: dict[str, Any] = yaml.load(handle, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return model


def test_schema_defines_every_type_predicate_and_named_graph(schema: rdflib.Graph) -> None:
    for name in (*EntityType, *PREDICATES, *GRAPHS):
        node = rdflib.URIRef(iri(f"kg:{name}"))
        assert (node, RDFS.label, None) in schema and (node, SKOS.definition, None) in schema, name
    for predicate in PREDICATES.values():
        assert (rdflib.URIRef(iri("kg:" + predicate.name)), RDF.type, OWL.ObjectProperty) in schema
        assert ((rdflib.URIRef(iri("kg:" + predicate.name)), RDF.type, OWL.SymmetricProperty) in schema) == predicate.symmetric


def test_schema_defines_every_property_that_is_written(schema: rdflib.Graph) -> None:
    written = set(re.findall(r'"kg:(\w+)"', Path(rdf_module.__file__).read_text()))
    undefined = {n for n in written if (rdflib.URIRef(iri("kg:" + n)), RDFS.label, None) not in schema}
    assert undefined == set()


def test_schema_has_no_blank_nodes(schema: rdflib.Graph) -> None:
    assert not [t for t in schema if any(isinstance(x, rdflib.BNode) for x in t)]


def test_every_biolink_name_we_use_is_in_the_model(schema: rdflib.Graph, biolink: dict[str, Any]) -> None:
    names = {c.partition(":")[2] for c in CATEGORY.values()} | {
        p.biolink.partition(":")[2] for p in PREDICATES.values() if p.biolink.startswith("biolink:")
    }
    root = iri("biolink:")
    names |= {str(x).removeprefix(root) for t in schema for x in t if str(x).startswith(root)}
    for path in ("kg/graph/rdf.py", "kg/exports/kgx.py", *(str(p.relative_to(ROOT)) for p in (ROOT / "kg/graph/queries").glob("*.rq"))):
        names |= set(re.findall(r"biolink:(\w+)", (ROOT / path).read_text()))
    known = {n.replace(" ", "_") for n in biolink["slots"]} | {re.sub(r"[ ]", "", n.title()) for n in biolink["classes"]}
    known |= {"".join(w[0].upper() + w[1:] for w in n.split()) for n in biolink["classes"]}
    assert names - known - {"biolink"} == set()


def test_no_predicate_maps_to_a_deprecated_slot(biolink: dict[str, Any]) -> None:
    slots = {p.biolink.partition(":")[2].replace("_", " ") for p in PREDICATES.values() if p.biolink.startswith("biolink:")}
    assert [s for s in slots if biolink["slots"][s].get("deprecated")] == []


def test_kgx_qualifiers_and_provenance_are_of_biolinks_enumerations(biolink: dict[str, Any]) -> None:
    from kg.exports import kgx

    def values(enum: str) -> set[str]:
        return set(biolink["enums"][enum]["permissible_values"])

    for aspect, direction in kgx.QUALIFIERS.values():
        assert aspect in values("GeneOrGeneProductOrChemicalEntityAspectEnum") and direction in values("DirectionQualifierEnum")
    for source in ("text", "construction", "MONDO"):
        level, agent = kgx._provenance(source)
        assert level in values("KnowledgeLevelEnum") and agent in values("AgentTypeEnum")
