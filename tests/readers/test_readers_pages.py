"""Pages copied or saved from PubMed in their variants (all text invented), and entries of reference lists."""

from __future__ import annotations

import pytest
from reading import documents, sections

from kg.readers import Format, detect_format
from kg.readers.citation import parse_citation, parse_reference
from kg.readers.page import parse_names

NEW_TEXT = """Skip to main page content
An official website of the United States government
Log in
Search
Clinical Trial
J Tests
. 2021 Jan 5;12(3):100-110.
 doi: 10.1234/jt.2021.5. Epub 2020 Dec 1.
Loss of NF1 in melanoma: a trial
Jane A Doe 1 2, Ron O'Roe 3, Test Group
Affiliations

    1 Department of Tests, Testville.
    2 Elsewhere.

    PMID: 33333333 PMCID: PMC7777777 DOI: 10.1234/jt.2021.5

Abstract

Background: Why we did it.

Methods: We did it.

Results: It worked, mostly: seven of ten.

Trial registration: NCT0001.

Keywords: NF1; melanoma; MEK inhibitor.

Copyright © 2021. Nobody.
PubMed Disclaimer
Conflict of interest statement

JD was paid by Somebody.
Comment in

    A comment. Poe E. J Tests. 2021. PMID: 44444444 No abstract available.

Similar articles

    Another paper. Roe R. J Tests. 2020. PMID: 55555555

References

    1. Poe E. Is NF1 lost? N Engl J Med. 2010;1:2–3. - PubMed
    2. Someone else's report without a year

Publication types
MeSH terms
"""

OLD_TEXT = """Format
Send to
J Tests. 2011 Jul;30(7):1-9. doi: 10.1234/old. Epub 2011 May 1.
Loss of KIT in mastocytosis.
Doe JA1, Roe R2.
Author information

    1Department of Tests, Testville.
    2Elsewhere.

Abstract
BACKGROUND:
Why we did it.
RESULTS:
It worked.
Copyright © 2011 Nobody.
KEYWORDS:
KIT; mastocytosis
Comment in

    A comment. [J Tests. 2012]

PMID: 22222222 [PubMed - indexed for MEDLINE]
Publication Types, MeSH Terms, Substances
LinkOut - more resources
"""

NEW_HTML = """<!DOCTYPE html><html lang="en"><head><title>Loss - PubMed</title><meta name="citation_pmid" content="33333333"><script>var x = "evil";</script></head><body>
<div class="usa-banner">An official website</div><main id="article-details"><header class="heading" id="heading"><div class="full-view" id="full-view-heading">
<div class="publication-type">Review</div><div class="article-source"><button class="journal-actions-trigger trigger">J Tests</button><span class="period">. </span>
<span class="cit">2021 Jan 5;12(3):100-110.</span> <span class="citation-doi"> doi: 10.1234/jt.2021.5.</span></div><h1 class="heading-title"> Loss of <i>NF1</i> in
 10<sup>6</sup> cells </h1><div class="authors-list"><span class="authors-list-item"><a class="full-name" href="#">Jane A Doe</a><sup class="affiliation-links"><a>1</a></sup></span>,
<span><a class="full-name">Ron Roe</a></span></div><ul class="identifiers"><li><span class="identifier pubmed"><strong class="current-id">33333333</strong></span></li>
<li><span class="identifier pmc">PMCID: <a>PMC7777777</a></span></li></ul></div>
<div class="short-view"><h1 class="heading-title">Loss</h1></div></header>
<div class="abstract" id="abstract"><h2>Abstract</h2><div class="abstract-content selected" id="eng-abstract"><p><strong class="sub-title">Background: </strong> Why we did it.</p>
<p><strong class="sub-title"> Results: </strong>It worked (p &lt; 0.1).</p></div><p><strong class="sub-title"> Keywords: </strong> NF1; melanoma.</p><p class="copyright">© Nobody</p></div>
<div class="conflict-of-interest"><p>JD was paid.</p></div><div class="references" id="references"><ol class="references-list"><li> Poe E. On NF1. Science. 1999;1:2. doi: 10.1234/sci.
 - <a class="reference-link" href="https://doi.org/10.1234/sci">DOI</a> - <a class="reference-link" href="https://pubmed.ncbi.nlm.nih.gov/66666666/">PubMed</a></li></ol></div></main></body></html>"""  # noqa: E501

OLD_HTML = """<html><body><div>navigation</div><div class="rprt abstract"><div class="cit"><a href="#">J Tests.</a> 2011 Jul;30(7):1-9. doi: 10.1234/old.</div><h1>Loss of KIT.</h1>
<div class="auths"><a>Doe JA</a><sup>1</sup>, <a>Roe R</a>.</div><div class="afflist"><p>Testville</p></div><div class="abstr"><h3>Abstract</h3><div><h4>RESULTS: </h4><p>It worked.</p></div></div>
<div class="keywords"><h4>KEYWORDS: </h4><p>KIT; mastocytosis</p></div><dl class="rprtid"><dt>PMID:</dt><dd>22222222</dd></dl></div></body></html>"""  # noqa: E501


def test_the_new_layout_as_text() -> None:
    assert detect_format(NEW_TEXT.encode()) is Format.TEXT_PAGE
    page, cited, vague = documents(NEW_TEXT)
    assert sections(page) == [
        ("title", "", "Loss of NF1 in melanoma: a trial"),
        ("abstract", "Background", "Why we did it."),
        ("abstract.2", "Methods", "We did it."),
        ("abstract.3", "Results", "It worked, mostly: seven of ten."),
        ("abstract.4", "Trial registration", "NCT0001."),
        ("keywords", "", "NF1; melanoma; MEK inhibitor"),
    ]
    assert (page.id, page.pmid, page.pmcid, page.doi) == ("33333333", "33333333", "PMC7777777", "10.1234/jt.2021.5")
    assert (page.journal, page.date, page.citation) == ("J Tests", "2021-01-05", "J Tests. 2021 Jan 5;12(3):100-110.")
    assert (page.authors, page.publication_types) == (("Jane A Doe", "Ron O'Roe", "Test Group"), ("Clinical Trial",))
    assert (cited.title, cited.journal, cited.id) == ("Is NF1 lost?", "N Engl J Med", "33333333#ref-1")
    assert (vague.title, vague.journal, vague.kind) == ("Someone else's report without a year", "", "reference")


def test_the_old_layout_as_text() -> None:
    (page,) = documents(OLD_TEXT)
    assert sections(page) == [
        ("title", "", "Loss of KIT in mastocytosis."),
        ("abstract", "BACKGROUND", "Why we did it."),
        ("abstract.2", "RESULTS", "It worked."),
        ("keywords", "", "KIT; mastocytosis"),
    ]
    assert (page.id, page.journal, page.date, page.authors) == ("22222222", "J Tests", "2011-07", ("Doe JA", "Roe R"))


def test_the_new_layout_as_html() -> None:
    page, cited = documents(NEW_HTML)
    assert sections(page) == [
        ("title", "", "Loss of NF1 in 106 cells"),
        ("abstract", "Background", "Why we did it."),
        ("abstract.2", "Results", "It worked (p < 0.1)."),
        ("keywords", "", "NF1; melanoma"),
    ]
    assert (page.id, page.pmcid, page.doi, page.authors) == ("33333333", "PMC7777777", "10.1234/jt.2021.5", ("Jane A Doe", "Ron Roe"))
    assert (page.journal, page.date, page.citation) == ("J Tests", "2021-01-05", "J Tests. 2021 Jan 5;12(3):100-110.")
    assert (page.publication_types, page.cites) == (("Review",), ("66666666",))
    assert (cited.id, cited.doi, cited.title, cited.journal, cited.date) == ("66666666", "10.1234/sci", "On NF1", "Science", "1999")


def test_the_old_layout_as_html() -> None:
    (page,) = documents(OLD_HTML)
    assert sections(page) == [("title", "", "Loss of KIT."), ("abstract", "RESULTS", "It worked."), ("keywords", "", "KIT; mastocytosis")]
    assert (page.id, page.journal, page.date, page.authors) == ("22222222", "J Tests", "2011-07", ("Doe JA", "Roe R"))


def test_a_saved_page_without_known_classes_is_read_by_its_text() -> None:
    body = "".join(f"<p>{line}</p>" for line in OLD_TEXT.split("\n"))
    (page,) = documents(f"<html><body><script>no text</script>{body}</body></html>")
    assert (page.id, page.title, len(page.sections)) == ("22222222", "Loss of KIT in mastocytosis.", 4)


REFERENCES = [
    (
        "1. Doe J, Roe R, et al. A title here. Lancet. 2016;387:1–2. doi: 10.1234/a. - DOI - PubMed",
        ("Doe J", "Roe R"),
        "A title here",
        "Lancet",
        "2016",
    ),
    ("Doe J. Is it? N Engl J Med 2010;1:2.", ("Doe J",), "Is it?", "N Engl J Med", "2010"),
    (
        "van der Doe JA Jr, O'Roe R. Targeting EGFR. J. Clin. Oncol. 2009;27:1.",
        ("van der Doe JA Jr", "O'Roe R"),
        "Targeting EGFR",
        "J. Clin. Oncol",
        "2009",
    ),
    ("Doe J. Title one. A phase 2 trial. Ann Oncol. 2018 Mar 1;29(3):1-9.", ("Doe J",), "Title one. A phase 2 trial", "Ann Oncol", "2018-03-01"),
    ("Test Study Group. Results of all. JAMA. 1999;2:3.", ("Test Study Group",), "Results of all", "JAMA", "1999"),
    ("A report without authors or year", (), "A report without authors or year", "", ""),
]


@pytest.mark.parametrize(("text", "authors", "title", "journal", "date"), REFERENCES)
def test_references(text: str, authors: tuple[str, ...], title: str, journal: str, date: str) -> None:
    found = parse_reference(text)
    assert (found.authors, found.title, found.journal, found.date) == (authors, title, journal, date)


CITATIONS = [
    ("J Tests. 2009 Nov 20;27(33):5650-9. doi: 10.1234/J.2009. Epub 2009 Oct 26.", "J Tests", "2009-11-20", "10.1234/J.2009"),
    ("3 Biotech. 2023 May;13(5):130.", "3 Biotech", "2023-05", ""),
    ("Function (Oxf). 2026 Feb 1;7(1):e01.", "Function (Oxf)", "2026-02-01", ""),
    ("Scand J Tests. 2018 Oct - Nov;53(10-11):1264.", "Scand J Tests", "2018-10", ""),
    ("J Tests. 2018 Winter;11(Suppl 1):S1-S3.", "J Tests", "2018", ""),
    ("J Tests. 2024;7:20.", "J Tests", "2024", ""),
]


@pytest.mark.parametrize(("text", "journal", "date", "doi"), CITATIONS)
def test_citation_lines(text: str, journal: str, date: str, doi: str) -> None:
    found = parse_citation(text)
    assert (found.journal, found.date, found.doi) == (journal, date, doi)


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("Doe JA1, Roe R2,3.", ("Doe JA", "Roe R")),
        ("Jane Doe\xa01\xa02, Ron Roe\xa0#\xa03", ("Jane Doe", "Ron Roe")),
        ("Darin Poei et al", ("Darin Poei et al",)),
    ],
)
def test_author_lines(row: str, names: tuple[str, ...]) -> None:
    assert parse_names(row) == names
