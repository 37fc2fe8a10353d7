# ruff: noqa: E501  (records of the formats stand as they are)
"""One small invented record of every format, and what it must give."""

from __future__ import annotations

import gzip
import json

import pytest
from reading import documents, failures, read, sections

from kg.model import Document
from kg.readers import Format, detect_format

XML = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID Version="2">101</PMID><Article>
 <Journal><JournalIssue><Volume>7</Volume><Issue>2</Issue><PubDate><Year>2021</Year><Month>Mar</Month><Day>4</Day></PubDate></JournalIssue><Title>Journal of Tests</Title></Journal>
 <ArticleTitle>Loss of <i>NF1</i> at 10<sup>6</sup> cells &amp; H<sub>2</sub>O.</ArticleTitle>
 <ELocationID EIdType="doi" ValidYN="Y">10.1234/abc</ELocationID>
 <Abstract><AbstractText Label="METHODS" NlmCategory="METHODS">We used
     two lines.</AbstractText><AbstractText Label="UNLABELLED">It <b>worked</b> (p<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mo>=</mml:mo><mml:mn>0.1</mml:mn></mml:math>).</AbstractText>
 <CopyrightInformation>Copyright nobody.</CopyrightInformation></Abstract>
 <AuthorList><Author ValidYN="Y"><LastName>Doe</LastName><Initials>JA</Initials></Author><Author><CollectiveName>Test Group</CollectiveName></Author></AuthorList>
 <Language>eng</Language><PublicationTypeList><PublicationType>Retracted Publication</PublicationType></PublicationTypeList></Article>
 <MedlineJournalInfo><MedlineTA>J Tests</MedlineTA></MedlineJournalInfo><KeywordList><Keyword>NF1</Keyword><Keyword>cells</Keyword></KeywordList></MedlineCitation>
 <PubmedData><ArticleIdList><ArticleId IdType="pubmed">101</ArticleId><ArticleId IdType="pmc">PMC5</ArticleId></ArticleIdList>
  <ReferenceList><Reference><Citation>x</Citation><ArticleIdList><ArticleId IdType="pubmed">55</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>102</PMID><Article><Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue></Journal>
 <ArticleTitle>[Translated title].</ArticleTitle><Language>ger</Language></Article>
 <OtherAbstract Language="ger"><AbstractText>Deutsch.</AbstractText></OtherAbstract><OtherAbstract Language="eng"><AbstractText>English.</AbstractText></OtherAbstract></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>103</PMID><Article><Journal><JournalIssue><PubDate><Year>2020</Year><Season>Winter</Season></PubDate></JournalIssue></Journal>
 <ArticleTitle>Erratum: something.</ArticleTitle><PublicationTypeList><PublicationType>Published Erratum</PublicationType></PublicationTypeList></Article></MedlineCitation></PubmedArticle>
<PubmedBookArticle><BookDocument><PMID>104</PMID><Book><BookTitle>Big Book</BookTitle><PubDate><Year>2015</Year></PubDate></Book><ArticleTitle>Chapter</ArticleTitle>
 <Abstract><AbstractText>Text of the chapter.</AbstractText></Abstract></BookDocument></PubmedBookArticle>
<DeleteCitation><PMID Version="1">900</PMID><PMID>901</PMID></DeleteCitation>
</PubmedArticleSet>"""


def test_pubmed_xml() -> None:
    article, translated, erratum, book, deleted, deleted2 = documents(XML)
    assert sections(article) == [
        ("title", "", "Loss of NF1 at 106 cells & H2O."),
        ("abstract", "METHODS", "We used two lines."),
        ("abstract.2", "", "It worked (p=0.1)."),
        ("keywords", "", "NF1; cells"),
    ]
    assert (article.id, article.version, article.doi, article.pmcid, article.retracted) == ("101", 2, "10.1234/abc", "PMC5", True)
    assert (article.journal, article.date, article.citation) == ("J Tests", "2021-03-04", "J Tests. 2021 Mar 4;7(2).")
    assert (article.authors, article.cites, article.language) == (("Doe JA", "Test Group"), ("55",), "eng")
    assert sections(translated) == [("title", "", "Translated title."), ("abstract", "", "English.")]
    assert (translated.date, translated.language) == ("1998-12", "ger")
    assert (erratum.kind, erratum.date, len(erratum.sections)) == ("correction", "2020", 1)
    assert (book.kind, book.journal, book.date, book.title) == ("book", "Big Book", "2015", "Chapter")
    assert [(d.id, d.kind, d.sections) for d in (deleted, deleted2)] == [("900", "deleted", ()), ("901", "deleted", ())]


MEDLINE = """
PMID- 201
OWN - NLM
DP  - 2018 Oct 5
TI  - A title that runs
      over two lines.
LID - 10.1234/xyz [doi]
AB  - BACKGROUND: Why we did it. METHODS: How. RESULTS: Two results: one and
      two.
AU  - Doe J
AU  - Roe R
LA  - eng
PT  - Journal Article
TA  - J Tests
OT  - *ALK
PMC - PMC77
SO  - J Tests. 2018 Oct 5;1(1):1-2. doi: 10.1234/xyz.

PMID- 202
TI  - Second.
"""


def test_medline() -> None:
    first, second = documents(MEDLINE)
    assert sections(first) == [
        ("title", "", "A title that runs over two lines."),
        ("abstract", "BACKGROUND", "Why we did it."),
        ("abstract.2", "METHODS", "How."),
        ("abstract.3", "RESULTS", "Two results: one and two."),
        ("keywords", "", "ALK"),
    ]
    assert (first.doi, first.pmcid, first.journal, first.date) == ("10.1234/xyz", "PMC77", "J Tests", "2018-10-05")
    assert (first.citation, first.authors) == ("J Tests. 2018 Oct 5;1(1):1-2.", ("Doe J", "Roe R"))
    assert (second.id, second.title) == ("202", "Second.")


EXPORT = """1. J Tests. 2019 Mar;3(3):145-154. doi: 10.1234/495462. Epub 2019 Jan \n10.

Loss of NF1 in cells
of mice.

Doe J(1)(2), van der Roe R Jr(3), Test Group.

Author information:
(1)Department of Tests, Testville.
(2)Elsewhere.

Comment in
    J Tests. 2019;4:1.

BACKGROUND: Why
we did it.
RESULTS: It worked.

Copyright © 2019 Nobody.

DOI: 10.1234/495462
PMCID: PMC12 [Available on 2020-02-01]
PMID: 301
Conflict of interest statement: None of the tests has any.


2. Other J. 2020;5:7.

[A German title].

[Article in German; Abstract available in German from the publisher]

Doe J.

The result of the work was that the cells of the mice were well and lived for long.

Das Ergebnis der Arbeit war, dass es den Zellen gut ging.

PMID: 302 [Indexed for MEDLINE]
"""


def test_abstract_text_export() -> None:
    first, second = documents(EXPORT)
    assert sections(first) == [
        ("title", "", "Loss of NF1 in cells of mice."),
        ("abstract", "BACKGROUND", "Why we did it."),
        ("abstract.2", "RESULTS", "It worked."),
    ]
    assert (first.id, first.doi, first.pmcid, first.journal, first.date) == ("301", "10.1234/495462", "PMC12", "J Tests", "2019-03")
    assert first.authors == ("Doe J", "van der Roe R Jr", "Test Group")
    assert (second.id, second.title, second.language) == ("302", "A German title.", "ger")
    assert [s.text[:10] for s in second.sections if s.kind == "abstract"] == ["The result"]


def test_summary_text_export() -> None:
    text = "1: Doe J, Roe R. A title of a paper. J Tests. 2019 Mar;3(3):145-154. doi: 10.1234/4. PMID: 401.\n\n2: Poe E. Another one. J Tests. 2018;1:1. PMID: 402.\n"
    assert [(d.id, d.title, d.journal, d.authors) for d in documents(text)] == [
        ("401", "A title of a paper", "J Tests", ("Doe J", "Roe R")),
        ("402", "Another one", "J Tests", ("Poe E",)),
    ]


def test_pubtator_is_verbatim() -> None:
    text = "11|t|KRAS<sup>G12C</sup> title \n11|a|Body  text.\n11\t0\t4\tKRAS\tGene\t3845\n\n12|t|Only a title\n12|a|\n"
    first, second = documents(text)
    assert sections(first) == [("title", "", "KRAS<sup>G12C</sup> title "), ("abstract", "", "Body  text.")]
    assert (first.id, first.pmid, sections(second)) == ("11", "11", [("title", "", "Only a title")])


BIOC_JSON = {
    "source": "PubTator",
    "documents": [
        {
            "id": "21",
            "infons": {},
            "passages": [
                {
                    "infons": {"type": "title", "authors": "Doe J, Roe R", "year": "2014", "journal": "J Tests; 2014; 1"},
                    "offset": 0,
                    "text": "A  title",
                },
                {"infons": {"type": "abstract_title_1", "section_type": "ABSTRACT"}, "offset": 9, "text": "Methods"},
                {"infons": {"type": "abstract", "section_type": "ABSTRACT"}, "offset": 17, "text": "How."},
                {"infons": {"type": "paragraph", "section_type": "COMP_INT"}, "offset": 30, "text": "None."},
                {"infons": {"type": "ref", "section_type": "REF", "pub-id_pmid": "99"}, "offset": 40, "text": "Ref title"},
            ],
        }
    ],
}
BIOC_XML = (
    "<collection><source>PubTator</source><date/><key/><document><id>21</id><passage><infon key='type'>title</infon><offset>0</offset><text>A  title</text></passage>"
    "<passage><infon key='type'>abstract</infon><offset>9</offset><text>p &lt; 0.1</text></passage></document><document><id/><passage><offset>0</offset><text>T</text></passage>"
    "</document></collection>"
)


@pytest.mark.parametrize(
    "text", [json.dumps(BIOC_JSON), json.dumps(BIOC_JSON, indent=1), json.dumps(BIOC_JSON["documents"][0] | {"source": "PubMed"})]
)
def test_bioc_json(text: str) -> None:
    (found,) = documents(text)
    assert sections(found) == [("title", "", "A  title"), ("abstract", "Methods", "How.")]
    assert (found.id, found.pmid, found.cites, found.authors, found.date) == ("21", "21", ("99",), ("Doe J", "Roe R"), "2014")


def test_bioc_xml() -> None:
    first, second = documents(BIOC_XML)
    assert (sections(first), first.pmid) == ([("title", "", "A  title"), ("abstract", "", "p < 0.1")], "21")
    assert (second.id, sections(second)) == ("input#2", [("text", "", "T")])


def test_europe_pmc_json() -> None:
    row = {
        "id": "31",
        "source": "MED",
        "pmid": "31",
        "doi": "10.1234/e",
        "title": "On <i>ALK</i>.",
        "authorString": "Doe J, Roe R.",
        "pubYear": "2020",
    }
    row["abstractText"] = "<h4>Background</h4>P &lt; 0.1 in H<sub>2</sub>O.<h4>Results</h4>Good."
    (found,) = documents(json.dumps({"version": "6", "hitCount": 1, "resultList": {"result": [row]}}))
    assert sections(found) == [("title", "", "On ALK."), ("abstract", "Background", "P < 0.1 in H2O."), ("abstract.2", "Results", "Good.")]
    assert (found.id, found.doi, found.date, found.authors) == ("31", "10.1234/e", "2020", ("Doe J", "Roe R"))


TABLES = [
    (
        'evidence_id\tcitation_id\tsource_type\tevidence_statement\n5\t77\tPubMed\tA "quoted" word.\n6\t77\tASCO\t<i>x</i>  y\n',
        [("5", "77", "text", 'A "quoted" word.'), ("6", "", "text", "<i>x</i>  y")],
    ),
    (
        'PMID,Article Title,Abstract\n8,"A, b","line one\nline ""two"""\n',
        [("8", "8", "title", "A, b"), ("8", "8", "abstract", 'line one\nline "two"')],
    ),
    ("id;sentence\r\nx1;Hello; world\r\n", []),
    ("\ufeffid,text\r\nx1,Hello\r\n", [("x1", "", "text", "Hello")]),
    ("title,text\nT,Hello\n", [("input#1", "", "title", "T"), ("input#1", "", "text", "Hello")]),
]


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_tables(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert detect_format(text.encode()) is Format.TABLE
    assert [(d.id, d.pmid, s.name, s.text) for d in read(text) if isinstance(d, Document) for s in d.sections] == expected


JSON_RECORDS = [
    ('{"id": 7, "text": "KRAS<sup>G12C</sup> "}\n', ("7", "", "text", "KRAS<sup>G12C</sup> ")),
    ('{"pmid": 7, "title": "T"}\n\n', ("7", "7", "title", "T")),
    ('{"id": "PMID:9", "abstract": "A"}', ("PMID:9", "9", "abstract", "A")),
    ('[{"PMID": 7, "Heading_title": "T", "Identifiers": "PMID: 7 PMCID: PMC9 DOI: 10.1234/x"}]', ("7", "7", "title", "T")),
    ('{\n "pmid": "7",\n "title": "T"\n}\n', ("7", "7", "title", "T")),
    ('[{"pmid": "7", "abstract": "1. J T. 2020;1:2.\\n\\nTitle.\\n\\nDoe J.\\n\\nThe text.\\n\\nPMID: 7"}]', ("7", "7", "abstract", "The text.")),
]


@pytest.mark.parametrize(("text", "expected"), JSON_RECORDS)
def test_json_records(text: str, expected: tuple[str, str, str, str]) -> None:
    (found,) = documents(text)
    assert (found.id, found.pmid, found.sections[0].name, found.sections[0].text) == expected


def test_xml_in_a_json_string() -> None:
    assert [d.id for d in documents(json.dumps(XML))] == ["101", "102", "103", "104", "900", "901"]


@pytest.mark.parametrize(
    "data",
    [
        "Über ALK.\n".encode(),
        b"\xef\xbb\xbf" + "Über ALK.\r\n".encode(),
        "Über ALK.\n".encode("latin-1"),
        "Über ALK.\n".encode("utf-16"),
        "Über ALK.\n".encode("utf-16-le"),
        gzip.compress(b"", mtime=0) + gzip.compress("Über ".encode(), mtime=0) + gzip.compress(b"ALK.\n", mtime=0),
    ],
)
def test_plain_text_in_any_encoding(data: bytes) -> None:
    (found,) = documents(data, "note")
    assert (found.id, sections(found)) == ("note", [("text", "", "Über ALK.\n")])


def test_a_broken_record_fails_alone() -> None:
    text = '{"id": "a", "text": "x"}\n{"id": "b", "text": \n[1]\n{"id": "c"}\n{"id": "d", "text": "y"}\n'
    assert [d.id for d in read(text) if isinstance(d, Document)] == ["a", "d"]
    assert [(f.document, f.error.split(" (")[0]) for f in failures(text)] == [
        ("line 2", "not valid JSON"),
        ("line 3", 'a JSON object was expected, not list; write {"id": ..., "text": ...}'),
        ("c", "no text: none of the fields title, abstract, text has a value"),
    ]
