"""Prefixes, entity types and predicates: the closed vocabulary of the schema, in one place.

Rule: every other module takes names of types, predicates, prefixes and IRIs from here; nothing is spelled twice.
Source: the project schema (`docs/schema.md`), Biolink 4.4.6, the OBO Relation Ontology, the Bioregistry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

BASE = "https://w3id.org/pubmed-kg/"
"""The one base IRI of everything that is ours."""

#: CURIE prefix -> IRI prefix. OBO PURLs and identifiers.org by Bioregistry prefix; ours under `BASE`.
PREFIXES: dict[str, str] = {
    "kg": BASE + "schema#",
    "KGC": BASE + "concept/",
    "KGD": BASE + "drugclass/",
    "KGV": BASE + "variant/",
    "KGE": BASE + "evidence/",
    "KGS": BASE + "statement/",
    "KGDOC": BASE + "document/",
    "KGT": BASE + "text/",
    "biolink": "https://w3id.org/biolink/vocab/",
    "HGNC": "https://identifiers.org/hgnc/",
    "NCBIGene": "https://identifiers.org/ncbigene/",
    "MGI": "https://identifiers.org/mgi/MGI:",
    "RGD": "https://identifiers.org/rgd/",
    "UniProt": "https://identifiers.org/uniprot/",
    "ENSEMBL": "https://identifiers.org/ensembl/",
    "FPLX": "https://identifiers.org/fplx/",
    "DRUGBANK": "https://identifiers.org/drugbank/",
    "CHEBI": "http://purl.obolibrary.org/obo/CHEBI_",
    "CHEMBL": "https://identifiers.org/chembl/",
    "MESH": "https://identifiers.org/mesh/",
    "NCIT": "http://purl.obolibrary.org/obo/NCIT_",
    "MONDO": "http://purl.obolibrary.org/obo/MONDO_",
    "DOID": "http://purl.obolibrary.org/obo/DOID_",
    "EFO": "http://www.ebi.ac.uk/efo/EFO_",
    "HP": "http://purl.obolibrary.org/obo/HP_",
    "GO": "http://purl.obolibrary.org/obo/GO_",
    "OMIM": "https://identifiers.org/omim/",
    "ONCOTREE": "https://identifiers.org/oncotree/",
    "SO": "http://purl.obolibrary.org/obo/SO_",
    "RO": "http://purl.obolibrary.org/obo/RO_",
    "CVCL": "https://identifiers.org/cellosaurus/CVCL_",
    "NCBITaxon": "http://purl.obolibrary.org/obo/NCBITaxon_",
    "dbSNP": "https://identifiers.org/dbsnp/",
    "CIVIC": "https://civicdb.org/links/variants/",
    "PMID": "https://identifiers.org/pubmed/",
    "PMC": "https://identifiers.org/pmc/",
    "DOI": "https://doi.org/",
    "UMLS": "https://identifiers.org/umls/",
}


class EntityType(StrEnum):
    """What a mention or an entity can be."""

    GENE = "Gene"
    GENE_FAMILY = "GeneFamily"
    VARIANT = "Variant"
    DRUG = "Drug"
    DRUG_CLASS = "DrugClass"
    DISEASE = "Disease"
    PHENOTYPE = "Phenotype"
    PROCESS = "Process"
    CONCEPT = "Concept"
    CELL_LINE = "CellLine"
    ORGANISM = "Organism"


#: entity type -> Biolink category
CATEGORY: dict[EntityType, str] = {
    EntityType.GENE: "biolink:Gene",
    EntityType.GENE_FAMILY: "biolink:GeneFamily",
    EntityType.VARIANT: "biolink:SequenceVariant",
    EntityType.DRUG: "biolink:Drug",
    EntityType.DRUG_CLASS: "biolink:ChemicalEntity",
    EntityType.DISEASE: "biolink:Disease",
    EntityType.PHENOTYPE: "biolink:PhenotypicFeature",
    EntityType.PROCESS: "biolink:BiologicalProcess",
    EntityType.CONCEPT: "biolink:InformationContentEntity",
    EntityType.CELL_LINE: "biolink:CellLine",
    EntityType.ORGANISM: "biolink:OrganismTaxon",
}


class Polarity(StrEnum):
    """Whether a sentence speaks for or against its statement."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Certainty(StrEnum):
    """Whether a sentence asserts its statement or only considers it."""

    ASSERTED = "asserted"
    SPECULATED = "speculated"


_LESION = frozenset({EntityType.VARIANT, EntityType.GENE, EntityType.GENE_FAMILY, EntityType.PROCESS, EntityType.CONCEPT})
_CARRIER = frozenset({EntityType.VARIANT, EntityType.GENE, EntityType.GENE_FAMILY})
_THERAPY = frozenset({EntityType.DRUG, EntityType.DRUG_CLASS})
_GENE = frozenset({EntityType.GENE, EntityType.GENE_FAMILY})
_DISEASE = frozenset({EntityType.DISEASE, EntityType.PHENOTYPE})
_ANY = frozenset(EntityType)


@dataclass(frozen=True, slots=True)
class Predicate:
    """One predicate of the schema: its name, the types of its ends, its Biolink or RO form and what it means."""

    name: str
    subjects: frozenset[EntityType]
    objects: frozenset[EntityType]
    biolink: str
    meaning: str
    symmetric: bool = False


def _p(
    name: str, subjects: frozenset[EntityType], objects: frozenset[EntityType], biolink: str, meaning: str, symmetric: bool = False
) -> tuple[str, Predicate]:
    return name, Predicate(name, subjects, objects, biolink, meaning, symmetric)


PREDICATES: dict[str, Predicate] = dict(
    [
        _p("confers_resistance_to", _LESION, _THERAPY, "biolink:associated_with_resistance_to", "the lesion makes tumour or cells resist the drug"),
        _p("confers_sensitivity_to", _LESION, _THERAPY, "biolink:associated_with_sensitivity_to", "carriers of the lesion respond to the drug"),
        _p("predicts_poor_outcome_in", _CARRIER, _DISEASE, "biolink:associated_with", "worse prognosis, independent of one drug"),
        _p("predicts_better_outcome_in", _CARRIER, _DISEASE, "biolink:associated_with", "better prognosis, independent of one drug"),
        _p("diagnostic_of", _CARRIER, _DISEASE, "biolink:biomarker_for", "tells the disease apart"),
        _p("predisposes_to", _CARRIER, _DISEASE, "biolink:contributes_to", "germline risk of the disease"),
        _p("drives", _CARRIER, _DISEASE, "biolink:contributes_to", "oncogenic driver of the disease"),
        _p("associated_with", _CARRIER, _DISEASE, "biolink:associated_with", "found with the disease, no stronger claim"),
        _p("treats", _THERAPY, _DISEASE, "biolink:treats", "given with benefit, approved, or standard"),
        _p("studied_for", _THERAPY, _DISEASE, "biolink:studied_to_treat", "tried or used, no result told"),
        _p("inhibits", _THERAPY | _CARRIER, _CARRIER | {EntityType.PROCESS}, "biolink:affects", "lowers activity or expression"),
        _p("activates", _THERAPY | _CARRIER, _CARRIER | {EntityType.PROCESS}, "biolink:affects", "raises activity or expression"),
        _p(
            "limited_by",
            _THERAPY,
            frozenset({EntityType.CONCEPT, EntityType.PHENOTYPE}),
            "kg:limited_by",
            "resistance, narrow benefit or toxicity limits the therapy",
        ),
        _p("targets", _THERAPY, _GENE, "biolink:affects", "names the target without effect"),
        _p("binds", _GENE, _GENE, "biolink:directly_physically_interacts_with", "binds, as read", True),
        _p("phosphorylates", _GENE, _GENE, "biolink:affects", "phosphorylates, as read"),
        _p("interacts_with", _GENE, _GENE, "biolink:interacts_with", "interacts, as read", True),
        _p("causes_adverse_event", _THERAPY, _DISEASE, "biolink:has_adverse_event", "toxicity attributed to the drug"),
        _p("combined_with", _THERAPY, _THERAPY, "kg:combined_with", "given together", True),
        _p("superior_to", _THERAPY, _THERAPY, "kg:superior_to", "better on an outcome, compared"),
        _p("followed_by", _THERAPY, _THERAPY, "kg:followed_by", "the second after progression on the first"),
        _p("sensitizes_to", _THERAPY, _THERAPY, "biolink:increases_sensitivity_to", "the first makes cells respond to the second"),
        _p("variant_of", frozenset({EntityType.VARIANT}), _GENE, "biolink:is_sequence_variant_of", "the changed gene, by construction"),
        _p("has_partner", frozenset({EntityType.VARIANT}), _GENE, "biolink:is_sequence_variant_of", "the fusion partner, by construction"),
        _p("member_of", _ANY, _ANY, "biolink:member_of", "member of a class or family"),
        _p("subclass_of", _ANY, _ANY, "biolink:subclass_of", "kind of"),
    ]
)


def slug(name: str) -> str:
    """Return a name as the local part of one of our CURIEs: spaces to ``_``, anything unsafe in an IRI percent-encoded."""
    return quote(re.sub(r"\s+", "_", name.strip()), safe="_.-+:*()", errors="surrogatepass")


def variant_id(name: str) -> str:
    """Return the CURIE of a variant from its canonical name, ``ALK G1202R`` -> ``KGV:ALK_G1202R``."""
    return "KGV:" + slug(name)


def drug_class_id(name: str) -> str:
    """Return the CURIE of a drug class from its canonical name, ``ALK inhibitor`` -> ``KGD:ALK_inhibitor``."""
    return "KGD:" + slug(name)


def concept_id(name: str) -> str:
    """Return the CURIE of a concept of our SKOS scheme, ``acquired resistance`` -> ``KGC:acquired_resistance``."""
    return "KGC:" + slug(name.lower())


def iri(curie: str) -> str:
    """Return the IRI of a CURIE; an unknown prefix goes under ``BASE`` so that a graph is never broken by one id."""
    prefix, _, local = curie.partition(":")
    root = PREFIXES.get(prefix)
    if root is None:
        return BASE + "id/" + quote(curie, safe="", errors="surrogatepass")
    if prefix in {"KGC", "KGD", "KGV", "KGT"}:  # made by `slug`, which has percent-encoded already
        return root + re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(local, safe="_.-+:*()%/", errors="surrogatepass"))
    safe = "_.-+:*()/" if prefix in {"DOI", "kg", "KGE", "KGS", "KGDOC", "biolink"} else "_.-"
    return root + quote(local, safe=safe, errors="surrogatepass")
