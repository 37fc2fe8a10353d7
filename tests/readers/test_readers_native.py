"""Every real file of the collection, read whole: counts, and no character of title or abstract lost."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ElementTree

import pytest
from reading import SHARED

from kg.model import Document
from kg.readers import read_file

NATIVE = SHARED / "pubmed" / "native"
pytestmark = pytest.mark.skipif(not NATIVE.is_dir(), reason="the collection of real files (../shared/pubmed/native) is not here")

#: file -> (records, how they are counted without our readers)
COUNTS = {
    "biopython_pubmed1.xml.gz": (2, "xml"),
    "biopython_pubmed2.xml.gz": (2, "xml"),
    "biopython_pubmed4.xml.gz": (1, "xml"),
    "biopython_pubmed5.xml.gz": (1, "xml"),
    "biopython_pubmed7.xml.gz": (1, "xml"),
    "biopython_pubmed_result1.txt.gz": (1, "medline"),
    "biopython_pubmed_result2.txt.gz": (4, "medline"),
    "biopython_pubmed_result3.txt.gz": (1, "medline"),
    "cytyds_ade.xml.gz": (5, "xml"),
    "dgidb_opentargets-citation-abstracts.txt.gz": (925, "export"),
    "dgidb_pharos-citation-abstracts.txt.gz": (260, "export"),
    "filiperigueiro_pubmed_result.xml.gz": (107, "xml"),
    "firbolg_pubmed.txt.gz": (89, "medline"),
    "greenelab_batch_1.xml.gz": (32, "bioc"),
    "greenelab_pubtator_1-sample-annotations.txt.gz": (132, "pubtator"),
    "hssling_epigenetics_raw.xml.gz": (29, "xml"),
    "hssling_pubmed_raw.json.gz": (616, "json"),
    "jmjamison_output.xml.gz": (20, "xml"),
    "lushl9301_pubmed_result.txt.gz": (2, "medline"),
    "mokztk_CPFE.xml.gz": (111, "xml"),
    "neel17_pubmed_result.xml.gz": (1, "xml"),
    "net-synergy_pubmed21n0001.xml.gz": (49, "xml"),
    "net-synergy_pubmed21n1000.xml.gz": (29, "xml"),
    "net-synergy_pubmed21n1001.xml.gz": (37, "xml"),
    "net-synergy_pubmed21n1002.xml.gz": (45, "xml"),
    "net-synergy_pubmed21n1004.xml.gz": (88, "xml"),
    "net-synergy_pubmed21n1005.xml.gz": (20, "xml"),
    "olivercardiff_pubmed_result.txt.gz": (1422, "export"),
    "omnicorp_examplesForTests.xml.gz": (5, "xml"),
    "pubmedportable_pancreatic_cancer.xml.gz": (100, "xml"),
    "solitude6060_pubmed_result.xml.gz": (214, "xml"),
    "titipata_pubmed-29768149.xml.gz": (1, "xml"),
    "trungkienz_hepatocellular.json.gz": (1110, "json"),
}
PATTERNS = {
    "xml": r"<Pubmed(?:Book)?Article>",
    "medline": r"(?m)^PMID- ",
    "export": r"(?m)^PMID: \d",
    "bioc": r"<document>",
    "pubtator": r"(?m)^[^|\n]+\|t\|",
    "json": r'(?im)^ +"pmid":',
}


def _raw(name: str) -> str:
    text = gzip.decompress((NATIVE / name).read_bytes()).decode("utf-8")
    return json.loads(text) if text.startswith('"') else text


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_table_names_every_file() -> None:
    assert sorted(COUNTS) == sorted(p.name for p in NATIVE.iterdir())


@pytest.mark.parametrize("name", COUNTS)
def test_every_record_is_read(name: str) -> None:
    expected, way = COUNTS[name]
    assert len(re.findall(PATTERNS[way], _raw(name))) == expected
    found = list(read_file(NATIVE / name))
    assert [d for d in found if not isinstance(d, Document)] == []
    assert len(found) == expected == len({d.id for d in found})
    assert all(d.title and d.pmid and d.date for d in found if way not in {"pubtator", "bioc"})


@pytest.mark.parametrize("name", [n for n, (_, way) in COUNTS.items() if way == "xml"])
def test_xml_loses_no_character_of_title_and_abstract(name: str) -> None:
    root = ElementTree.fromstring(_raw(name).encode())
    for record, document in zip(root, read_file(NATIVE / name), strict=True):
        part = next(e for e in (record.find("MedlineCitation/Article"), record.find("BookDocument")) if e is not None)
        title = "".join(part.find("ArticleTitle").itertext())
        assert _squeezed(document.title).strip("[].") == _squeezed(title).strip("[].")
        abstract = "".join("".join(t.itertext()) for t in part.iterfind("Abstract/AbstractText"))
        assert _squeezed("".join(s.text for s in document.sections if s.kind == "abstract")) == _squeezed(abstract)


@pytest.mark.parametrize("name", [n for n, (_, way) in COUNTS.items() if way == "medline"])
def test_medline_loses_no_character_of_title_and_abstract(name: str) -> None:
    records = re.split(r"(?m)^PMID- ", _raw(name).replace("\r\n", "\n"))[1:]
    for record, document in zip(records, read_file(NATIVE / name), strict=True):
        title, abstract = (re.search(rf"(?ms)^{tag}  - (.*?)^(?=\w)", record) for tag in ("TI", "AB"))
        assert _squeezed(document.title) == _squeezed(title[1])
        joined = "".join((s.label + ":" if s.label else "") + s.text for s in document.sections if s.kind == "abstract")
        assert _squeezed(joined) == (_squeezed(abstract[1]) if abstract else "")


def test_pubtator_text_is_verbatim() -> None:
    name = "greenelab_pubtator_1-sample-annotations.txt.gz"
    lines = dict(re.findall(r"(?m)^(\d+\|[ta])\|(.*)$", _raw(name)))
    found = {f"{d.id}|{s.name[0]}": s.text for d in read_file(NATIVE / name) for s in d.sections}
    assert found == {key: text for key, text in lines.items() if text}


@pytest.mark.parametrize("name", [n for n, (_, way) in COUNTS.items() if way == "export"])
def test_export_entries_leave_addresses_and_conflicts_out(name: str) -> None:
    texts = [s.text for d in read_file(NATIVE / name) for s in d.sections if s.kind == "abstract"]
    leaks = ("Author information:", "Conflict of interest statement", "PMID: ", "PMCID: ", "Collaborators:")
    assert [t[-100:] for t in texts if any(leak in t for leak in leaks)] == []
