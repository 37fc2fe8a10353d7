"""Which identifier a recognized mention gets: one row a way in which texts write what the vocabulary writes otherwise."""

from __future__ import annotations

import pytest

from kg.lexicon import Lexicon
from kg.nlp.abbreviations import Abbreviation
from kg.nlp.recognizer.disease_spellings import disease_spellings
from kg.nlp.recognizer.drug_spellings import drug_spellings
from kg.nlp.recognizer.gene_spellings import gene_spellings
from kg.nlp.recognizer.grounder import Grounder
from kg.nlp.recognizer.model import Labelled
from kg.nlp.recognizer.rewriting import LIMIT


def name_of(lexicon: Lexicon, text: str, type_: str, abbreviations: tuple[Abbreviation, ...] = ()) -> str:
    """Ground a whole text as a mention; return the entity's name, empty if it got none."""
    found = Grounder(lexicon, text, (), (), abbreviations)(Labelled(0, len(text), type_, 0.99))
    if found is None:
        return ""
    _, _, entity, score, _ = found
    assert (entity is None) == (score == 0)
    return entity.name if entity else ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # capitals
        ("Bax", "BAX"),
        ("cd63", "CD63"),
        ("S100b", "S100B"),
        # Greek letters that were lost
        ("b-catenin", "CTNNB1"),
        ("IkBa", "NFKBIA"),
        ("hypoxia-inducible factor (HIF)-1a", "HIF1A"),
        # words and letters around the name
        ("hOGG1", "OGG1"),
        ("EGFR gene", "EGFR"),
        ("ALK receptor", "ALK"),
        ("miRNA21", "MIR21"),
        # a receptor is not its ligand
        ("Epo receptor", "EPOR"),
        ("CRF1r", "CRHR1"),
        # of a list, the first
        ("SOCS-1 and -3", "SOCS1"),
        # a family is no one gene
        ("matrix metalloproteinase", ""),
        ("fibroblast growth", ""),
    ],
)
def test_genes(lexicon: Lexicon, text: str, name: str) -> None:
    assert name_of(lexicon, text, "Gene") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("metastatic breast cancer", "breast cancer"),
        ("cancer of the breast", "breast cancer"),
        ("hypertensive", "hypertensive disorder"),
        ("kidney insufficiency", "kidney failure"),
        # what annotators mean, in no vocabulary
        ("renal dysfunction", "kidney disorder"),
        # a description that names nothing
        ("unusual behaviour of the apparatus", ""),
    ],
)
def test_diseases(lexicon: Lexicon, text: str, name: str) -> None:
    assert name_of(lexicon, text, "Disease") == name


def test_what_caused_a_disease_is_left_out(lexicon: Lexicon) -> None:
    assert name_of(lexicon, "cyclosporine-induced hypertension", "Disease") == name_of(lexicon, "hypertension", "Disease") != ""


@pytest.mark.parametrize(("text", "name"), [("Ca2+", "calcium"), ("imatinib tablets", "imatinib"), ("oral gefitinib", "gefitinib")])
def test_drugs(lexicon: Lexicon, text: str, name: str) -> None:
    assert name_of(lexicon, text, "Drug") == name


def test_a_short_form_is_what_its_long_form_is(lexicon: Lexicon) -> None:
    defined = Abbreviation(10, 26, 0, 2, "RD", "renal dysfunction", ())
    assert name_of(lexicon, "RD", "Disease") != "kidney disorder"
    assert name_of(lexicon, "RD", "Disease", (defined,)) == "kidney disorder"


@pytest.mark.parametrize("spellings", [gene_spellings, disease_spellings, drug_spellings])
@pytest.mark.parametrize("text", ["", "a", "(", "a (b) c (d", "x/y/z" * 20, "acute " * 40, "\u0130 receptor", "tumor injury failure loss " * 5])
def test_rewritings_begin_with_the_text_and_come_to_an_end(spellings, text: str) -> None:  # type: ignore[no-untyped-def]
    found = list(spellings(text))
    assert found[0] == text and len(found) == len(set(found)) <= LIMIT
