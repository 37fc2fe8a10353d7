"""Entities, identifiers and background edges of the shipped vocabulary."""

from __future__ import annotations

import pytest

from kg.lexicon import Lexicon
from kg.vocab import PREFIXES, EntityType


@pytest.mark.parametrize(
    ("curie", "canonical", "name"),
    [
        ("NCBIGene:238", "HGNC:427", "ALK"),
        ("UniProt:Q9UM73", "HGNC:427", "ALK"),
        ("MESH:D000077547", "DRUGBANK:DB08865", "crizotinib"),
        ("CHEBI:64310", "DRUGBANK:DB08865", "crizotinib"),
        ("CHEMBL:CHEMBL601719", "DRUGBANK:DB08865", "crizotinib"),
        ("NCIT:C74061", "DRUGBANK:DB08865", "crizotinib"),
        ("MESH:D000068877", "DRUGBANK:DB00619", "imatinib"),
        ("DOID:3908", "MONDO:0005233", "non-small cell lung carcinoma"),
        ("MESH:D002289", "MONDO:0005233", "non-small cell lung carcinoma"),
        ("ONCOTREE:GIST", "MONDO:0011719", "gastrointestinal stromal tumor"),
        ("CHEBI:6643", "CHEBI:6643", "magnolol"),
        ("MESH:D004249", "MESH:D004249", "DNA Damage"),
    ],
)
def test_any_match_leads_to_the_canonical_entity(lexicon: Lexicon, curie: str, canonical: str, name: str) -> None:
    entity = lexicon.resolve(curie)
    assert entity is not None
    assert (entity.id, entity.name) == (canonical, name)
    assert lexicon.entity(canonical) == entity


def test_unknown_identifiers_are_none(lexicon: Lexicon) -> None:
    assert lexicon.resolve("HGNC:0") is None
    assert lexicon.entity("NCBIGene:238") is None


def test_kinases_carry_group_and_family(lexicon: Lexicon) -> None:
    alk = lexicon.gene("ALK")
    assert alk is not None
    assert (alk.attribute("is_kinase"), alk.attribute("kinase_group"), alk.attribute("kinase_family")) == ("true", "TK", "ALK")
    assert lexicon.gene("TP53").attribute("is_kinase") == ""  # type: ignore[union-attr]


@pytest.mark.parametrize(("alias", "symbol"), [("HER2", "ERBB2"), ("c-Met", "MET"), ("PD-L1", "CD274"), ("KRAS", "KRAS"), ("p53", "TP53")])
def test_genes_by_symbol_or_alias(lexicon: Lexicon, alias: str, symbol: str) -> None:
    gene = lexicon.gene(alias)
    assert gene is not None
    assert gene.name == symbol


@pytest.mark.parametrize(
    ("subject", "predicate", "object_"),
    [
        ("DRUGBANK:DB08865", "member_of", "KGD:ALK_inhibitor"),
        ("DRUGBANK:DB09330", "member_of", "KGD:third-generation_EGFR_inhibitor"),
        ("DRUGBANK:DB12130", "member_of", "KGD:third-generation_ALK_inhibitor"),
        ("KGD:third-generation_EGFR_inhibitor", "subclass_of", "KGD:EGFR_inhibitor"),
        ("HGNC:427", "member_of", "MESH:D020794"),
        ("HGNC:6407", "member_of", "FPLX:RAS"),
        ("MONDO:0005233", "subclass_of", "MONDO:0005138"),
        ("KGC:acquired_resistance", "subclass_of", "KGC:resistance"),
    ],
)
def test_background_edges(lexicon: Lexicon, subject: str, predicate: str, object_: str) -> None:
    assert any((e.predicate, e.object) == (predicate, object_) and e.source for e in lexicon.parents(subject))
    assert subject in lexicon.members(object_)


def test_primary_targets(lexicon: Lexicon) -> None:
    assert "HGNC:427" in lexicon.targets("DRUGBANK:DB08865")
    assert lexicon.targets("DRUGBANK:DB09330") == ("HGNC:3236",)
    assert "HGNC:427" in lexicon.targets("KGD:ALK_inhibitor")
    assert lexicon.targets("KGD:MEK_inhibitor") == ("FPLX:MEK",)


def test_share_alike_edges_are_named_by_their_source(lexicon: Lexicon) -> None:
    assert {e.source for e in lexicon.background()} >= {"MONDO", "FamPlex", "KinHub", "ChEMBL", "curated"}


@pytest.mark.parametrize(
    ("gene", "position", "residue"),
    [("ALK", 1202, "G"), ("EGFR", 790, "T"), ("EGFR", 858, "L"), ("KRAS", 12, "G"), ("BRAF", 600, "V"), ("ABL1", 315, "T"), ("ALK", 99999, "")],
)
def test_wild_type_residues(lexicon: Lexicon, gene: str, position: int, residue: str) -> None:
    assert lexicon.residue(gene, position) == residue


def test_variants_carry_civic_and_dbsnp(lexicon: Lexicon) -> None:
    xrefs = lexicon.variant_xrefs("BRAF V600E")
    assert "CIVIC:12" in xrefs
    assert "dbSNP:rs113488022" in xrefs
    assert lexicon.variant_xrefs("ALK Z9Z") == ()


def test_retractions(lexicon: Lexicon) -> None:
    assert lexicon.is_retracted("160560")
    assert not lexicon.is_retracted("1")
    assert not lexicon.is_retracted("not a pmid")


def test_every_entity_has_a_known_type_and_prefix(lexicon: Lexicon) -> None:
    types = {str(t) for t in EntityType}
    for number, entity in enumerate(lexicon.entities()):
        if number % 50 == 0:
            assert entity.type in types
            for curie in (entity.id, *entity.xrefs):
                assert curie.partition(":")[0] in PREFIXES, curie
            assert entity.name


def test_similar_names_are_offered(lexicon: Lexicon) -> None:
    assert lexicon.similar("crizotnib", ("Drug",))[0].name == "crizotinib"
    assert lexicon.similar("zzzzqqqq") == []


def test_candidates_can_be_limited_to_types(lexicon: Lexicon) -> None:
    assert {c.type for c in lexicon.candidates("EGFR", ("Gene",))} == {"Gene"}
    assert lexicon.candidates("") == []
