"""The two pages the project starts from: every field, and nothing of the page's furniture."""

from __future__ import annotations

import pytest
from reading import PROJECT

from kg.model import Document
from kg.readers import Format, detect_format, read_file

SEEDS = PROJECT / "data" / "seeds"
OLD, NEW = SEEDS / "000_b043236559cb0c9a.txt", SEEDS / "004_2d2e9b373527a439.txt"
KEYWORDS = ("ALK TKI", "NSCLC", "acquired resistance", "alectinib", "brigatinib", "ceritinib", "crizotinib", "lorlatinib")
REFERENCES = [
    (
        "doi:10.1016/s0140-6736(16)00004-0",
        ("Barlesi F", "Mazieres J", "Merlio JP", "Biomarkers France contributors"),
        "Routine molecular profiling of patients with advanced non-small-cell lung cancer: results of a 1-year nationwide programme of the French"
        " Cooperative Thoracic Intergroup (IFCT)",
        "Lancet",
        "2016",
        "Lancet. 2016;387:1415–26.",
    ),
    (
        "doi:10.1001/jama.2014.3741",
        ("Kris MG", "Johnson BE", "Berry LD"),
        "Using multiplexed assays of oncogenic drivers in lung cancers to select targeted drugs",
        "JAMA",
        "2014",
        "JAMA. 2014;311:1998–2006.",
    ),
    (
        "doi:10.1126/science.8122112",
        ("Morris SW", "Kirstein MN", "Valentine MB"),
        "Fusion of a kinase gene, ALK, to a nucleolar protein gene, NPM, in non-Hodgkin’s lymphoma",
        "Science",
        "1994",
        "Science. 1994;263:1281–4.",
    ),
    (
        "doi:10.3389/fonc.2012.00192",
        ("Wellstein A",),
        "ALK receptor activation, ligands and therapeutic targeting in glioblastoma and in other cancers",
        "Front Oncol",
        "2012",
        "Front Oncol. 2012;2:192.",
    ),
    (
        "doi:10.1186/s12943-018-0782-4",
        ("Du Z", "Lovly CM"),
        "Mechanisms of receptor tyrosine kinase activation in cancer",
        "Mol Cancer",
        "2018",
        "Mol Cancer. 2018;17:58.",
    ),
]


def _read(path) -> list[Document]:
    found = list(read_file(path))
    assert all(isinstance(d, Document) for d in found)
    return found


def test_both_are_told_to_be_pages() -> None:
    assert [detect_format(p.read_bytes()) for p in (OLD, NEW)] == [Format.TEXT_PAGE] * 2


def test_the_old_layout_gives_every_field() -> None:
    lines = OLD.read_text(encoding="utf-8").split("\n")
    (page,) = _read(OLD)
    assert [s.name for s in page.sections] == ["title", "abstract"]
    assert page.title == "Personalized cancer therapy with selective kinase inhibitors: an emerging paradigm in medical oncology."
    assert page.section("abstract").text == next(line for line in lines if line.startswith("Selective kinase inhibitors have"))
    assert (page.id, page.doi, page.pmid, page.pmcid) == ("doi:10.1200/jco.2009.22.9054", "10.1200/JCO.2009.22.9054", "", "")
    assert (page.journal, page.date, page.citation) == ("J Clin Oncol", "2009-11-20", "J Clin Oncol. 2009 Nov 20;27(33):5650-9.")
    assert (page.authors, page.keywords, page.cites, page.kind, page.retracted) == ((), (), (), "article", False)


def test_the_new_layout_gives_every_field() -> None:
    lines = NEW.read_text(encoding="utf-8").split("\n")
    page = _read(NEW)[0]
    assert [s.name for s in page.sections] == ["title", "abstract", "keywords"]
    assert page.title == "ALK inhibitors in cancer: mechanisms of resistance and therapeutic management strategies"
    assert page.section("abstract").text == next(line for line in lines if line.startswith("Anaplastic lymphoma kinase"))
    assert page.section("keywords").text == "; ".join(KEYWORDS)
    assert (page.id, page.doi, page.pmid) == ("doi:10.20517/cdr.2024.25", "10.20517/cdr.2024.25", "")
    assert (page.journal, page.date, page.citation) == ("Cancer Drug Resist", "2024-05-23", "Cancer Drug Resist. 2024 May 23:7:20.")
    assert (page.authors, page.keywords, page.publication_types) == (("Darin Poei",), KEYWORDS, ("Review",))
    assert page.cites == tuple(r[0] for r in REFERENCES)


def test_each_reference_is_a_document_of_its_own() -> None:
    found = [(d.id, d.authors, d.title, d.journal, d.date, d.citation) for d in _read(NEW)[1:]]
    assert found == REFERENCES
    assert {(d.kind, d.pmid, len(d.sections)) for d in _read(NEW)[1:]} == {("reference", "", 1)}


@pytest.mark.parametrize(
    "word", ["honoraria", "Takeda", "official website", "BioRender", "Supplemental", "Charlestown", "Commons", "Loading", "Skip to"]
)
def test_furniture_disclosures_legends_and_addresses_are_not_text(word: str) -> None:
    assert not [s.text for p in (OLD, NEW) for d in _read(p) for s in d.sections if word in s.text]
