"""Which species a gene is of: human unless the text clearly says otherwise, one species a gene and document."""

from __future__ import annotations

import pytest

from kg.lexicon import Lexicon
from kg.model import Document, Section
from kg.nlp import Pipeline
from kg.nlp.species_cues import find_cues, style_of

MOUSE_PAPER = (
    "Mice lacking the gene were born at the expected ratio. Newborn mice of the C57BL/6 strain were studied, and murine fibroblasts were grown. "
)
RAT_PAPER = "Male Sprague-Dawley rats were fed for two weeks. The hearts of the rats were taken, and rat aorta was stained. "
PATIENTS = "We studied 120 patients and 80 healthy volunteers. Human tissue came from women and men of the cohort. "
XENOGRAFT = "Patients with lung cancer often relapse. Tumors grew in nude mice, and a xenograft mouse model of lung carcinoma was treated in vivo. "
FLY_PAPER = "Drosophila larvae were used. In Drosophila wings and in other fruit flies the phenotype was seen, as in Drosophila eyes. "


def genes(pipeline: Pipeline, text: str, title: str = "") -> list[tuple[str, str, str]]:
    annotation = pipeline.annotate_one(Document("doc", (Section("title", title), Section("abstract", text))))
    return [(m.text, m.name, m.entity_id) for m in annotation.mentions if m.type == "Gene"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # nothing is said, or patients are: human
        ("EGFR was mutated.", ("EGFR", "EGFR", "HGNC:3236")),
        ("Egfr was mutated.", ("Egfr", "EGFR", "HGNC:3236")),
        (PATIENTS + "EGFR was expressed.", ("EGFR", "EGFR", "HGNC:3236")),
        # the paper is on mice or rats
        (MOUSE_PAPER + "Loss of Egfr in the skin of mice was lethal.", ("Egfr", "Egfr", "NCBIGene:13649")),
        (MOUSE_PAPER + "The expression of leptin fell in these mice.", ("leptin", "Lep", "NCBIGene:16846")),
        (RAT_PAPER + "Expression of Egfr rose in rats.", ("Egfr", "Egfr", "RGD:2543")),
        # a paper on tumours of mice
        (
            MOUSE_PAPER + "Melanomas of Cd200r-/- mice spread. B16 melanomas in them lost CD200.",
            ("CD200", "Cd200", "NCBIGene:17470"),
        ),
        # mice as models of human tumours
        (XENOGRAFT + "Gefitinib inhibited EGFR in the tumors.", ("EGFR", "EGFR", "HGNC:3236")),
        (PATIENTS + "Knock-down of MET slowed tumor growth in mice.", ("MET", "MET", "HGNC:7029")),
        # a species word right before the name overrules the document
        (MOUSE_PAPER + "They carried human EGFR.", ("EGFR", "EGFR", "HGNC:3236")),
        (PATIENTS + "The antibody also bound mouse EGFR.", ("EGFR", "Egfr", "NCBIGene:13649")),
        # a name that only the mouse gene has
        (MOUSE_PAPER + "Trp53 was deleted in the mice.", ("Trp53", "Trp53", "NCBIGene:22059")),
        (PATIENTS + "Trp53 was deleted.", ("Trp53", "TP53", "HGNC:11998")),
        # a species that the vocabulary has no genes of: no identifier rather than a wrong one
        (FLY_PAPER + "EGFR was needed in Drosophila.", ("EGFR", "EGFR", "")),
    ],
)
def test_species_of_a_gene(pipeline: Pipeline, text: str, found: tuple[str, str, str]) -> None:
    assert genes(pipeline, text)[-1] == found


def test_a_document_settles_each_gene_once(pipeline: Pipeline) -> None:
    text = MOUSE_PAPER + "Leptin was high. LEP was measured. In patients leptin differs. Lep was deleted in mice."
    assert {i for _, _, i in genes(pipeline, text)} == {"NCBIGene:16846"}


def test_a_gene_named_by_a_variant_stays_human(pipeline: Pipeline) -> None:
    text = MOUSE_PAPER + "Mice with EGFR L858R were treated. EGFR was inhibited in the mice."
    assert {i for _, _, i in genes(pipeline, text)} == {"HGNC:3236"}


@pytest.mark.parametrize(
    "sentence",
    ["A cat was seen.", "It was so.", "The rest met set criteria.", "Rest was advised.", "Cat owners and Kit buyers met.", "The impact of Was."],
)
def test_english_words_are_no_mouse_genes(pipeline: Pipeline, sentence: str) -> None:
    assert genes(pipeline, MOUSE_PAPER + sentence) == []


def test_an_ortholog_is_no_exact_match(lexicon: Lexicon) -> None:
    human, mouse, rat = (lexicon.entity(x) for x in ("HGNC:391", "NCBIGene:11651", "RGD:2081"))
    assert human is not None and mouse is not None and rat is not None
    assert (human.attribute("mouse_ortholog"), human.attribute("rat_ortholog")) == (mouse.id, rat.id)
    assert (mouse.name, mouse.attribute("species"), mouse.attribute("human_ortholog")) == ("Akt1", "NCBITaxon:10090", "HGNC:391")
    assert not {mouse.id, rat.id} & set(human.xrefs) and human.id not in mouse.xrefs
    assert "NCBIGene:24185" in rat.xrefs
    assert lexicon.resolve("MGI:87986") == mouse


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("nude mice", ["model"]),
        ("a mouse model of asthma", ["model"]),
        ("mouse lung adenocarcinomas in Ba/F3 studies", ["model"]),
        ("wild-type mice", ["mouse"]),
        ("a yeast two-hybrid screen", []),
        ("yeast cells and PC12 cells", ["other", "rat_line"]),
        ("women and NIH 3T3 fibroblasts", ["human", "mouse_line"]),
        ("strategies demonstrated", []),
        ("Paf1, homolog (Saccharomyces cerevisiae) of mice", ["mouse"]),
    ],
)
def test_cues(text: str, kinds: list[str]) -> None:
    assert [c.kind for c in find_cues(text)] == kinds


@pytest.mark.parametrize(("surface", "style"), [("Egfr", "mouse_symbol"), ("EGFR", "upper"), ("egfr", ""), ("HER-2", "upper"), ("leptin", "")])
def test_style(surface: str, style: str) -> None:
    assert style_of(surface, "Egfr") == style
