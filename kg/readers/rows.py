"""One record with named fields, from a table or from JSON, as a document: fields are found by name, text is kept verbatim.

Rule: names are compared in lower case without blanks, dashes and underscores; the first name of each list that has a value wins. A PMID
comes only from a field that says so (``pmid``, ``citation_id`` of a PubMed source, "PMID: ..." in identifiers), never from a bare ``id``.
One exception to verbatim: an abstract field that holds a whole entry of PubMed's text export gives only its abstract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kg.model import Document, Failure, Section
from kg.readers.abstract_text import is_entry, parse_entry
from kg.readers.citation import parse_citation
from kg.readers.dates import parse_date
from kg.readers.documents import bare_doi, bare_pmid, checked, doi_id, failure, numbered, unique

ID = ("evidenceid", "id", "documentid", "docid", "uid", "pmid", "pubmedid", "citationid", "pmcid", "doi", "name", "key")
PMID = ("pmid", "pubmedid", "pubmed", "articlepmid", "citationid")
TITLE = ("title", "articletitle", "headingtitle", "papertitle", "documenttitle")
ABSTRACT = ("abstract", "abstracttext", "articleabstract", "abstractclean")
TEXT = (
    "text",
    "evidencestatement",
    "statement",
    "sentence",
    "sentences",
    "evidencetext",
    "description",
    "summary",
    "fulltext",
    "body",
    "content",
    "passage",
)
JOURNAL = ("journal", "journaltitle", "journalname")
CITATION = ("citation", "articlecitation", "reference")
DATE = ("date", "pubdate", "publicationdate", "pubyear", "publicationyear", "year", "dp")
AUTHORS = ("authors", "author", "authorlist")
KEYWORDS = ("keywords", "keywordlist")
DOI = ("doi", "articledoi")
PMCID = ("pmcid", "pmc")
_PRINTED = ("identifiers",)
TEXT_FIELDS = frozenset({*TITLE, *ABSTRACT, *TEXT})
KNOWN_FIELDS = frozenset({*ID, *PMID, *TEXT_FIELDS, *JOURNAL, *CITATION, *DATE, *AUTHORS, *KEYWORDS, *DOI, *PMCID, *_PRINTED})


def field_name(name: object) -> str:
    """Return a column's or key's name in the form in which names are compared."""
    return re.sub(r"[\s_\-.]+", "", str(name).lstrip("\ufeff")).lower()


def row_document(row: Mapping[str, Any], source: str, stem: str, number: int) -> Document | Failure:
    """Return the document of a record; ``number`` names the record, and the document if no field does."""
    fields = {field_name(k): v for k, v in reversed(list(row.items()))}  # of two equal names the first wins
    record = _first(fields, ID) or f"{stem}#{number}"
    for name in (*ID, *TEXT_FIELDS):
        if isinstance(fields.get(name), (dict, list)) and name not in {"sentences"}:
            return failure(source, f"field '{name}' is not text", "give a string", record)
    title, abstract, text = (_first_text(fields, names) for names in (TITLE, ABSTRACT, TEXT))
    if not (title or abstract or text):
        problem = "no text: none of the fields title, abstract, text has a value (found: " + (", ".join(map(str, row))[:200] or "no field") + ")"
        return failure(source, problem, "name the field with the text 'text' or 'abstract'", record)
    printed = _first(fields, _PRINTED)
    doi = bare_doi(_first(fields, DOI)) or bare_doi(printed)
    pmid = _pmid(fields, printed)
    keywords = _list(fields, KEYWORDS)
    sections = [Section("title", title)] if title else []
    if is_entry(abstract):  # a whole export entry stored as the abstract: its metadata is not text
        sections += numbered("abstract", parse_entry(abstract.replace("\r\n", "\n")).abstract)
    elif abstract:
        sections.append(Section("abstract", abstract))
    if text:
        sections.append(Section("text", text))
    if keywords:
        sections.append(Section("keywords", "; ".join(keywords)))
    document = Document(
        id=_identifier(fields) or pmid or (doi_id(doi) if doi else "") or f"{stem}#{number}",
        sections=tuple(sections),
        source=source,
        pmid=pmid,
        doi=doi,
        pmcid=_first(fields, PMCID) or _find(r"\bPMC\d+", printed),
        journal=_first(fields, JOURNAL) or parse_citation(_first(fields, CITATION)[:1000]).journal,
        citation=_first(fields, CITATION),
        date=parse_date(_first(fields, DATE)) or parse_date(_first(fields, CITATION)),
        authors=_list(fields, AUTHORS),
        keywords=keywords,
        language=_first(fields, ("language", "lang")),
        retracted=fields.get("retracted") is True or _first(fields, ("retracted",)).lower() in {"true", "yes", "1"},
    )
    return checked(document, document.id)


def _scalar(value: object) -> str:
    if value is None or isinstance(value, (bool, dict, list)):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _first(fields: Mapping[str, Any], names: Iterable[str]) -> str:
    return next((v for n in names if (v := _scalar(fields.get(n)).strip())), "")


def _first_text(fields: Mapping[str, Any], names: Iterable[str]) -> str:
    for name in names:
        value = fields.get(name)
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            value = " ".join(value)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value).strip():
            return str(value)  # verbatim, blanks at the ends too: offsets count them
    return ""


def _identifier(fields: Mapping[str, Any]) -> str:
    """The identifier as given; one that only a DOI field gives takes the form of DOI ids."""
    for name in ID:
        if value := _scalar(fields.get(name)).strip():
            return doi_id(bare_doi(value)) if name == "doi" and bare_doi(value) else value
    return ""


def _pmid(fields: Mapping[str, Any], printed: str) -> str:
    for name in PMID:
        value = _scalar(fields.get(name))
        if name == "citationid" and _scalar(fields.get("sourcetype")).strip().lower() not in {"", "pubmed"}:
            continue  # CIViC gives ASCO and ASH abstracts numbers of their own
        if pmid := bare_pmid(value):
            return pmid
    given = _scalar(fields.get("id"))
    return (bare_pmid(given) if given.strip().upper().startswith("PMID") else "") or _find(r"\bPMID:?\s*(\d{1,9})", printed)


def _find(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match[match.re.groups] if match else ""


def _list(fields: Mapping[str, Any], names: Iterable[str]) -> tuple[str, ...]:
    for name in names:
        value = fields.get(name)
        if isinstance(value, list):
            return unique(str(v).strip() for v in value if isinstance(v, (str, int)))
        if isinstance(value, str) and value.strip():
            separator = ";" if ";" in value else "|" if "|" in value else ","
            return unique(v.strip() for v in value.split(separator))
    return ()
