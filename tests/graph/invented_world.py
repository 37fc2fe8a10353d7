# ruff: noqa: E501 (tables of cases)
"""An invented little world of ALK and EGFR inhibitors: seven documents, one of them retracted, two that disagree.

Sentences are marked up as ``{s:...}`` subject, ``{o:...}`` object, ``{d:...}`` disease, ``{c:...}`` cue. No text is from PubMed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.assembly import assemble_statements, background_statements, variant_statements
from kg.graph import write_graph
from kg.model import Argument, Context, Document, Entity, Evidence, Failure, Grounding, Mention, Section
from kg.vocab import concept_id, drug_class_id, variant_id

_MARK = re.compile(r"\{(\w):([^{}]*)\}")
ENTITIES = {
    e.name: e
    for e in [
        Entity("HGNC:427", "Gene", "ALK", ("NCBIGene:238",), ("anaplastic lymphoma kinase", "CD246"), (("is_kinase", "true"),)),
        Entity("HGNC:3236", "Gene", "EGFR", ("NCBIGene:1956",), ("ERBB1",), (("is_kinase", "true"),)),
        Entity("HGNC:7029", "Gene", "MET", ("NCBIGene:4233",), (), (("is_kinase", "true"),)),
        Entity("HGNC:1316", "Gene", "EML4", (), ()),
        Entity("FPLX:RTK", "GeneFamily", "RTK", (), ("receptor tyrosine kinase",)),
        Entity("DRUGBANK:DB08865", "Drug", "crizotinib", ("MESH:D000077547",), ("Xalkori", "PF-02341066")),
        Entity("DRUGBANK:DB12130", "Drug", "lorlatinib", (), ("PF-06463922",)),
        Entity("DRUGBANK:DB11363", "Drug", "alectinib", (), ("CH5424802",)),
        Entity("DRUGBANK:DB09330", "Drug", "osimertinib", (), ("AZD9291",)),
        Entity(drug_class_id("ALK inhibitor"), "DrugClass", "ALK inhibitor", (), ("ALK TKI",)),
        Entity("MONDO:0005233", "Disease", "non-small cell lung carcinoma", ("DOID:3908",), ("NSCLC",)),
        Entity("MONDO:0008903", "Disease", "lung cancer", (), ()),
        Entity("HP:0002014", "Phenotype", "diarrhea", (), ("Diarrhoea",)),
        Entity(concept_id("acquired resistance"), "Concept", "acquired resistance", (), ()),
        *(
            Entity(variant_id(n), "Variant", n)
            for n in ("ALK G1202R", "ALK mutation", "EML4::ALK fusion", "ALK fusion", "MET amplification", "EGFR T790M", "EGFR T790M + C797S")
        ),
    ]
}


@dataclass(frozen=True)
class Edge:
    """A vocabulary edge."""

    subject: str
    predicate: str
    object: str
    source: str


EDGES = [
    Edge("DRUGBANK:DB08865", "targets", "HGNC:427", "DrugBank"),
    Edge("DRUGBANK:DB08865", "member_of", drug_class_id("ALK inhibitor"), "lexicon"),
    Edge("DRUGBANK:DB12130", "member_of", drug_class_id("ALK inhibitor"), "lexicon"),
    Edge(drug_class_id("ALK inhibitor"), "targets", "HGNC:427", "lexicon"),
    Edge("MONDO:0005233", "subclass_of", "MONDO:0008903", "MONDO"),
    Edge("MONDO:0099999", "subclass_of", "MONDO:0008903", "MONDO"),
    Edge("HGNC:427", "member_of", "FPLX:RTK", "FamPlex"),
]


def _documents() -> Iterator[Document]:
    rows = [
        ("101", "2019", False, "J Invented Oncol"),
        ("102", "2021-03", False, "J Invented Oncol"),
        ("103", "2022-05-23", False, "Ann Made Up"),
        ("104", "2020", True, "Ann Made Up"),
        ("105", "2024", False, "Ann Made Up"),
        ("doi:10.1/x(1)<y>", "2018", False, ""),
        ("odd file name é.txt", "", False, ""),
    ]
    for key, date, retracted, journal in rows:
        pmid, doi = (key if key.isdigit() else ""), (key[4:] if key.startswith("doi:") else "")
        yield Document(
            key, (Section("title", f"On case {key}"),), pmid=pmid, doi=doi, date=date, journal=journal, authors=("Ada A", "Bo B"),
            retracted=retracted, cites=("101",) if key != "101" else (),
        )  # fmt: skip


def read_marked(document: str, text: str, subject: str, predicate: str, object: str, disease: str = "", **rest: object) -> Evidence:
    """Return the evidence of a marked-up sentence at offset 0 of the abstract."""
    spans: dict[str, list[tuple[int, int]]] = {}
    plain, last = "", 0
    for mark in _MARK.finditer(text):
        plain += text[last : mark.start()]
        spans.setdefault(mark[1], []).append((len(plain), len(plain) + len(mark[2])))
        plain, last = plain + mark[2], mark.end()
    plain += text[last:]

    def end(name: str, role: str) -> Argument:
        e = ENTITIES.get(name) or Entity("", "Gene", name)
        return Argument(e.id, e.type, e.name, e.xrefs, tuple(spans.get(role, ())))

    context = Context(disease=end(disease, "d") if disease else None, **{k: v for k, v in rest.items() if k in ("line", "model_system", "outcome")})  # type: ignore[arg-type]
    extra = {k: v for k, v in rest.items() if k in ("polarity", "certainty", "confidence")}
    return Evidence(
        document, "abstract", 0, len(plain), plain, end(subject, "s"), predicate, end(object, "o"), context,
        cues=tuple(spans.get("c", ())), extractor="rules/1", **{"confidence": 0.9, **extra},  # type: ignore[arg-type]
    )  # fmt: skip


NSCLC = "non-small cell lung carcinoma"
EVIDENCE = [
    read_marked("101", "{s:ALK G1202R} {c:confers resistance} to {o:crizotinib} in {d:NSCLC}.", "ALK G1202R", "confers_resistance_to", "crizotinib", NSCLC),
    read_marked("102", "{o:Crizotinib} failed through {s:G1202R} in {d:NSCLC}.", "ALK G1202R", "confers_resistance_to", "crizotinib", NSCLC),
    read_marked("103", "{s:G1202R} did {c:not} confer resistance to {o:crizotinib} in {d:NSCLC}.", "ALK G1202R", "confers_resistance_to", "crizotinib", NSCLC, polarity="negative"),
    read_marked("103", "{s:ALK G1202R} retains sensitivity to {o:lorlatinib}.", "ALK G1202R", "confers_sensitivity_to", "lorlatinib"),
    read_marked("105", "{s:ALK G1202R} resisted {o:lorlatinib} in mice.", "ALK G1202R", "confers_resistance_to", "lorlatinib", model_system="xenograft"),
    read_marked("104", "{s:MET amplification} causes resistance to {o:alectinib}.", "MET amplification", "confers_resistance_to", "alectinib"),
    read_marked("105", "{s:MET amplification} may cause resistance to {o:osimertinib}.", "MET amplification", "confers_resistance_to", "osimertinib", certainty="speculated"),
    read_marked("105", "{s:EGFR T790M} sensitizes to {o:osimertinib}.", "EGFR T790M", "confers_sensitivity_to", "osimertinib"),
    read_marked("102", "{s:EGFR T790M/C797S} resists {o:osimertinib}.", "EGFR T790M + C797S", "confers_resistance_to", "osimertinib"),
    read_marked("101", "{s:MET amplification} was {c:not} a cause of resistance to {o:lorlatinib}.", "MET amplification", "confers_resistance_to", "lorlatinib", polarity="negative"),
    read_marked("101", "{s:EML4-ALK} drives {o:NSCLC}.", "EML4::ALK fusion", "drives", NSCLC),
    read_marked("102", "{s:ALK rearrangement} drives {o:NSCLC}.", "ALK fusion", "drives", NSCLC),
    read_marked("101", "{s:Crizotinib} treats {o:NSCLC}.", "crizotinib", "treats", NSCLC, line="first-line"),
    read_marked("102", "{s:Alectinib} treats {o:NSCLC}.", "alectinib", "treats", NSCLC),
    read_marked("105", "{s:Alectinib} was better than {o:crizotinib}.", "alectinib", "superior_to", "crizotinib", NSCLC, outcome="PFS"),
    read_marked("105", "{o:Lorlatinib} after {s:crizotinib} in {d:NSCLC}.", "crizotinib", "followed_by", "lorlatinib", NSCLC),
    read_marked("102", "{s:Crizotinib} and {o:alectinib}.", "crizotinib", "combined_with", "alectinib"),
    read_marked("103", "{s:Alectinib} and {o:crizotinib}.", "alectinib", "combined_with", "crizotinib"),
    read_marked("103", "{s:ALK TKIs} are limited by {o:acquired resistance}.", "ALK inhibitor", "limited_by", "acquired resistance"),
    read_marked("103", "{s:Crizotinib} caused {o:diarrhoea}.", "crizotinib", "causes_adverse_event", "diarrhea"),
    read_marked("103", "{s:Alectinib} inhibits {o:ALK}.", "alectinib", "inhibits", "ALK"),
    read_marked("odd file name é.txt", "{s:Crizotinib} targets {o:MET}.", "crizotinib", "targets", "MET"),
    read_marked("doi:10.1/x(1)<y>", "{s:FOO\"1\\} binds {o:ALK}\n.", 'FOO"1\\', "binds", "ALK"),
]  # fmt: skip


def invented_parts() -> dict[str, object]:
    """Return what `write_graph` takes."""
    documents = list(_documents())
    retracted = {d.id for d in documents if d.retracted}
    by_id = {e.id: e for e in ENTITIES.values()}
    used = sorted({a.id for e in EVIDENCE for a in (e.subject, e.object) if a.id})
    entities = [by_id[i] for i in used]
    statements = assemble_statements(EVIDENCE, retracted)
    statements += variant_statements(entities, ENTITIES.get)
    statements += background_statements(EDGES, used, by_id.get)
    mention = Mention("title", 0, 2, "On", "Gene", "ALK", Grounding(ENTITIES["ALK"], 0.5, "invented"), "test")
    return {
        "documents": documents,
        "mentions": {d.id: [mention, Mention("title", 3, 7, "case", "Gene", "CASE")] for d in documents},
        "evidence": sorted(EVIDENCE, key=lambda e: e.id),
        "statements": sorted(statements, key=lambda s: s.id),
        "entities": entities,
        "failures": [Failure("106", "read", "cannot read it", "a.xml")],
        "manifest": {"lexicon": "invented 1"},
    }


def write_invented(folder: Path) -> Path:
    """Write the invented graph and return its folder."""
    write_graph(folder, **invented_parts())  # type: ignore[arg-type]
    return folder
