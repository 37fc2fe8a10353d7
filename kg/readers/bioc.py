"""BioC documents, XML and JSON (PubTator, PMC, annotated corpora): passages become sections, verbatim.

Rule: title passages give the title, abstract passages ``abstract``, ``abstract.2`` ..., headings become labels, everything else that is
prose gives ``text`` parts. Reference passages give cited PMIDs; author contributions, competing interests, funding and table bodies
are no text. A bare number is taken for a PMID only where the source says PubMed or PubTator and no PMC id equals it.
Reference: http://bioc.sourceforge.net
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.model import Document, Failure
from kg.readers.dates import parse_date
from kg.readers.documents import bare_pmid, checked, failure, numbered, text_sections, unique
from kg.readers.source import Source
from kg.readers.xml_stream import read_elements

_LEFT_OUT = frozenset({"COMP_INT", "ACK_FUND", "AUTH_CONT", "SUPPL", "REVIEW_INFO", "REF", "KEYWORD", "KEYWORDS"})


def is_bioc(row: dict[str, Any]) -> bool:
    """Whether a JSON object is a BioC document."""
    return isinstance(row.get("passages"), list)


def read_bioc_xml(source: Source) -> Iterator[Document | Failure]:
    """Yield the documents of a BioC XML stream."""
    collection, number = "", 0
    for element in read_elements(source, ("source", "document")):
        if element.tag == "source":
            collection = element.text or collection
            continue
        number += 1
        row = {"id": element.findtext("id") or "", "infons": _infons(element), "source": collection}
        passages = [{"infons": _infons(p), "text": _verbatim(p)} for p in element.iterfind("passage")]
        yield bioc_document({**row, "passages": passages}, source.name, source.stem, number)


def _verbatim(passage: Any) -> str:
    found = passage.find("text")
    if found is not None:
        return "".join(found.itertext())
    return " ".join("".join(t.itertext()) for t in passage.iterfind("sentence/text"))


def _infons(node: Any) -> dict[str, str]:
    return {i.get("key", ""): i.text or "" for i in node.iterfind("infon")}


def bioc_document(row: dict[str, Any], source: str, stem: str, number: int) -> Document | Failure:
    """Return the document of one BioC record given as its JSON form."""
    passages = [p for p in row["passages"] if isinstance(p, dict)]
    if len(passages) != len(row["passages"]):
        return failure(source, "a BioC passage is not an object", "mend that record", str(number))
    given = str(row.get("id") or row.get("_id") or "").strip()
    infons: dict[str, str] = {}
    for passage in reversed(passages):
        infons |= _plain(passage)
    infons |= _plain(row)
    pmid, pmcid = _identifiers(given, row, infons)
    identifier = f"PMC{given}" if given.isdigit() and pmcid == f"PMC{given}" else given
    title, abstract, text, keywords, cites = _sections(passages)
    sections = (*text_sections(title, abstract), *numbered("text", text), *text_sections("", (), keywords))
    identifier = identifier or pmid or pmcid or f"{stem}#{number}"
    if not sections:
        return failure(source, "the BioC document has no passage with text", "mend or remove that record", identifier)
    journal, _, rest = infons.get("journal", "").partition(";")
    document = Document(
        id=identifier,
        sections=sections,
        source=source,
        pmid=pmid,
        doi=infons.get("article-id_doi", "") or infons.get("doi", ""),
        pmcid=pmcid,
        journal=journal.strip(),
        citation=infons.get("journal", ""),
        date=parse_date(infons.get("date", "") or infons.get("year", "") or rest),
        authors=_authors(row, infons),
        keywords=keywords,
        cites=tuple(c for c in cites if c != pmid),
    )
    return checked(document, identifier)


def _plain(node: dict[str, Any]) -> dict[str, str]:
    infons = node.get("infons")
    return {str(k): str(v) for k, v in infons.items() if isinstance(v, (str, int))} if isinstance(infons, dict) else {}


def _identifiers(given: str, row: dict[str, Any], infons: dict[str, str]) -> tuple[str, str]:
    pmc = infons.get("article-id_pmc", "") or infons.get("pmcid", "") or str(row.get("pmcid") or "")
    pmcid = f"PMC{pmc.removeprefix('PMC')}" if pmc else (given if re.fullmatch(r"PMC\d+", given) else "")
    pmid = bare_pmid(infons.get("article-id_pmid", "") or infons.get("pmid", "") or str(row.get("pmid") or ""))
    if not pmid and pmcid != f"PMC{given}" and re.search("pubmed|pubtator|medline", str(row.get("source", "")), re.IGNORECASE):
        pmid = bare_pmid(given)
    return pmid, pmcid


def _authors(row: dict[str, Any], infons: dict[str, str]) -> tuple[str, ...]:
    if isinstance(row.get("authors"), list):
        return unique(str(a) for a in row["authors"])
    return unique(a.strip() for a in infons.get("authors", "").split(","))


_Parts = list[tuple[str, str]]


def _sections(passages: list[dict[str, Any]]) -> tuple[str, _Parts, _Parts, tuple[str, ...], tuple[str, ...]]:
    title, label = "", ""
    abstract: _Parts = []
    body: _Parts = []
    keywords: list[str] = []
    cites: list[str] = []
    for passage in passages:
        infons = _plain(passage)
        kind, area = infons.get("type", "").lower(), infons.get("section_type", "").upper()
        text = passage.get("text")
        text = text if isinstance(text, str) else " ".join(str(s.get("text", "")) for s in passage.get("sentences", []) if isinstance(s, dict))
        if area == "REF" or kind == "ref":
            cites.append(bare_pmid(infons.get("pub-id_pmid", "")))
        elif area in {"KEYWORD", "KEYWORDS"} or kind in {"kwd", "keyword", "keywords"}:
            keywords += (k.strip() for k in re.split("[;,]", text))
        elif area in _LEFT_OUT or kind in {"table", "ref"} or not text.strip():
            continue
        elif (kind in {"title", "front"} or area == "TITLE") and not title and not abstract and not body:
            title = text
        elif re.match(r"(abstract_)?title(_\d+)?$", kind) and kind not in {"title"}:
            label = text
        else:
            parts = abstract if kind.startswith("abstract") or area == "ABSTRACT" else body
            parts.append((label, text))
            label = ""
    return title, abstract, body, unique(keywords), unique(cites)
