"""Diseases at their full length, members of an enumeration, lacks that are diseases, residues that are no drugs: one row a case."""

from __future__ import annotations

import pytest

from kg.lexicon import Lexicon
from kg.model import Document, Section
from kg.nlp import Pipeline
from kg.nlp.diseases import widen_diseases
from kg.nlp.residues import is_residue
from kg.nlp.workbench import Draft


def draft(lexicon: Lexicon, text: str, surface: str, type_: str, name: str = "") -> Draft:
    start = text.index(surface)
    found = lexicon.candidates(surface, (type_,))
    entity = lexicon.entity(found[0].entity_id) if found else None
    return Draft(start, start + len(surface), type_, name or (entity.name if entity else surface), entity, 0.9, "name", "dictionary")


FULL = [
    # heredity says which disease it is
    ("sporadic aniridia was seen", "aniridia", "Disease", [("sporadic aniridia", "aniridia")]),
    ("familial breast cancer", "breast cancer", "Disease", [("familial breast cancer", "hereditary breast carcinoma")]),
    ("X-linked recessive ichthyosis", "ichthyosis", "Disease", [("X-linked recessive ichthyosis", "recessive X-linked ichthyosis")]),
    # but not what is said of a gene
    ("inherited tumour suppressor genes", "tumour", "Disease", [("tumour", "neoplasm")]),
    # so do a type and an origin before it, but no letter of a muscle fibre
    (
        "type IV Ehlers-Danlos syndrome",
        "Ehlers-Danlos syndrome",
        "Disease",
        [("type IV Ehlers-Danlos syndrome", "autosomal dominant Ehlers-Danlos syndrome, vascular type")],
    ),
    ("type IIb atrophy", "atrophy", "Phenotype", [("atrophy", "Atrophy")]),
    # how it stands does not
    ("metastatic melanoma", "melanoma", "Disease", [("melanoma", "melanoma")]),
    ("severe asthma", "asthma", "Disease", [("asthma", "asthma")]),
    # type and place
    ("tumours of the kidney were", "tumours", "Disease", [("tumours of the kidney", "kidney neoplasm")]),
    ("tumours of the patients were", "tumours", "Disease", [("tumours", "neoplasm")]),
    ("breast cancer type 1 susceptibility protein", "breast cancer", "Disease", [("breast cancer", "breast cancer")]),
    # each member of an enumeration runs to the shared head
    (
        "breast and ovarian cancer",
        "ovarian cancer",
        "Disease",
        [("breast and ovarian cancer", "breast cancer"), ("ovarian cancer", "ovarian cancer")],
    ),
    (
        "lung, breast and ovarian cancer",
        "ovarian cancer",
        "Disease",
        [("lung, breast and ovarian cancer", "lung cancer"), ("breast and ovarian cancer", "breast cancer"), ("ovarian cancer", "ovarian cancer")],
    ),
    ("breast/ovarian cancer", "ovarian cancer", "Disease", [("breast/ovarian cancer", "breast cancer"), ("ovarian cancer", "ovarian cancer")]),
    ("melanoma and lung cancer", "lung cancer", "Disease", [("lung cancer", "lung cancer")]),
    ("smoking and lung cancer", "lung cancer", "Disease", [("lung cancer", "lung cancer")]),
    # two whole names are two diseases
    ("nausea and vomiting", "nausea and vomiting", "Phenotype", [("nausea", "Nausea"), ("vomiting", "Vomiting")]),
]


@pytest.mark.parametrize(("text", "surface", "type_", "expected"), FULL, ids=[c[0] for c in FULL])
def test_full_length(lexicon: Lexicon, text: str, surface: str, type_: str, expected: list[tuple[str, str]]) -> None:
    found = widen_diseases([draft(lexicon, text, surface, type_)], text, lexicon)
    assert sorted((text[d.start : d.end], d.name) for d in found) == sorted(expected)


LACKS = [
    ("G6PD deficiency", "G6PD", "Disease", "G6PD deficiency"),
    ("deficiency of APRT", "APRT", "Disease", "adenine phosphoribosyltransferase deficiency"),
    # the syndrome is not what a tumour without the protein has
    ("STAT3 deficiency", "STAT3", "Variant", "STAT3 loss"),
    ("PTEN deficiency", "PTEN", "Variant", "PTEN loss"),
    # said of cells, mice and patients alike
    ("G6PD-deficient", "G6PD", "Variant", "G6PD loss"),
]


@pytest.mark.parametrize(("text", "gene", "type_", "name"), LACKS, ids=[c[0] for c in LACKS])
def test_lacks(lexicon: Lexicon, text: str, gene: str, type_: str, name: str) -> None:
    [found] = widen_diseases([Draft(0, len(text), "Variant", f"{gene} loss", None, 1.0, "loss", "grammar")], text, lexicon)
    assert (found.type, found.name) == (type_, name)


@pytest.mark.parametrize(
    ("text", "surface", "residue"),
    [
        ("changing the tyrosine codon 67", "tyrosine", True),
        ("a substitution of proline for arginine", "proline", True),
        ("a substitution of proline for arginine", "arginine", True),
        ("loss of histone H3 lysine 36 trimethylation", "lysine", True),
        ("replacing an arginine by a stop", "arginine", True),
        ("patients received arginine daily", "arginine", False),
        ("serum tyrosine was low", "tyrosine", False),
    ],
)
def test_residues_are_no_drugs(text: str, surface: str, residue: bool) -> None:
    start = text.index(surface)
    assert is_residue(Draft(start, start + len(surface), "Drug", surface, None, 0.98, "name", "dictionary"), text) is residue


@pytest.mark.parametrize(
    ("text", "short", "wrong"),
    [
        ("DCC (deleted in colorectal cancer) is lost. Loss of DCC protein was frequent.", "DCC", "Disease"),
        ("Cells were kept in high glucose (HG). HG raised the level.", "HG", "Drug"),
    ],
)
def test_a_long_form_that_says_something_else_lends_no_meaning(pipeline: Pipeline, text: str, short: str, wrong: str) -> None:
    mentions = pipeline.annotate_one(Document("1", (Section("abstract", text),))).mentions
    assert wrong not in {m.type for m in mentions if text[m.start : m.end] == short}


def test_both_members_stand_in_a_document(pipeline: Pipeline) -> None:
    text = "Olaparib is given for breast and ovarian cancer."
    mentions = pipeline.annotate_one(Document("1", (Section("abstract", text),))).mentions
    assert {m.name for m in mentions if m.type == "Disease"} == {"breast cancer", "ovarian cancer"}
