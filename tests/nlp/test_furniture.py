"""An abstract that was copied whole, with citation, authors, affiliations and identifiers: what of it is read (all names here are invented)."""

from __future__ import annotations

import time

import pytest

from kg.model import Document, Section
from kg.nlp.furniture import body
from kg.nlp.layout import lay_out

CITATION = "1. J Invent Oncol. 2024 Jan 6;25(2):738. doi: 10.9999/jio.25020738. Epub 2024 Jan 2. "
TITLE = "Crizotinib in lung cancer. "
ABSTRACT = "BACKGROUND: Crizotinib inhibits ALK. We saw resistance in 12 patients with NSCLC. © 2024 The Author(s)."
IDENTIFIERS = " DOI: 10.9999/jio.25020738 PMCID: PMC99999999 PMID: 99999999 [Indexed for MEDLINE]"


@pytest.mark.parametrize(
    "before",
    [
        CITATION
        + TITLE
        + "Doe J(1), Roe RK(2)(3). Author information: (1)Cancer Center, Springfield. (2)St. Mary's Hospital, Shelbyville, MA, USA. ",
        CITATION + TITLE + "Doe J. Author information: Department of Oncology, University of Springfield, USA. ",
        CITATION + TITLE + "Doe J(1). Author information: (1)Tumor Institute, Springfield. Electronic address: j.doe@example.org. ",
        CITATION + TITLE + "Doe J(#)(1), Roe R(#)(1). Author information: (1)ALK Laboratory, Springfield, USA. (#)Contributed equally ",
        CITATION + TITLE + "Doe J(1). Author information: (1)Springfield, USA. Erratum in J Invent Oncol. 2024;26:1. doi: 10.9999/jio.260001. ",
        CITATION + TITLE + "Doe J, Roe RK, Müller-Lüdenscheidt H. ",
        "1. J Invent Genet. 2024;103:23. " + TITLE + "Doe J(1), Roe R(1). Author information: (1)Department of EGFR Biology, Springfield. ",
    ],
)
@pytest.mark.parametrize("after", [IDENTIFIERS, IDENTIFIERS + " Conflict of interest statement: J. Doe was paid by Alectinib Inc.", ""])
def test_only_the_abstract_is_read(before: str, after: str) -> None:
    text = before + ABSTRACT + after
    start, end = body(text)
    assert text[start:end] == ABSTRACT


@pytest.mark.parametrize(
    "text",
    [
        ABSTRACT,
        "1. The effect of crizotinib was studied in 1999 in twelve patients. 2. No response was seen. 3. ALK was not mutated.",
        "1. Crizotinib was given. 2024 patients were seen; doi: was not given. They all did well in the end.",
        "Author information: nothing is known of the authors of this text on crizotinib.",
        "The reader is referred to PMID: 99999999 for the dose, which was given twice a day to all of the patients.",
        "PMID: 99999999",
        "",
    ],
)
def test_other_texts_are_read_whole(text: str) -> None:
    assert body(text) == (0, len(text))


def test_offsets_are_of_the_text_as_read() -> None:
    text = CITATION + "Doe J(1), Roe R(2). Author information: (1)Springfield.  (2)Shelbyville. " + ABSTRACT + IDENTIFIERS
    layout = lay_out(Document("1", (Section("title", "Crizotinib in lung cancer."), Section("abstract", text))))
    at = layout.text.index("ALK")
    section, start, end = layout.locate(at, at + 3)
    assert (section.name, section.text[start:end], start) == ("abstract", "ALK", text.index("ALK"))
    assert "Springfield" not in layout.text


@pytest.mark.parametrize("filler", ["A B, ", "(1)a", "x@y. ", "a. ", "PMID: 1 ", "Doe J ", " \n"])
def test_hostile_text_takes_no_time(filler: str) -> None:
    for text in (CITATION + filler * 20_000, CITATION + "Author information: " + filler * 20_000, filler * 20_000 + IDENTIFIERS):
        began = time.process_time()
        body(text)
        assert time.process_time() - began < 1
