"""Europe PMC search results (REST, ``format=json``, ``resultType=core``), one result a record.

Rule: Europe PMC puts HTML into title and abstract (``<h4>Methods</h4>``, ``<i>``); headings become labels of parts, other tags go, as
for PubMed XML. Id: the PMID, else the PMCID, else ``SOURCE:id``. Reference: https://europepmc.org/RestfulWebService
"""

from __future__ import annotations

import html
import re
from typing import Any

from kg.model import Document, Failure
from kg.readers.dates import parse_date
from kg.readers.documents import bare_pmid, checked, failure, text_sections, unique, unwrap

_H4 = re.compile(r"<h4>(.*?)</h4>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?(?:i|b|u|em|strong|sup|sub|p|br|span|h\d|italic|bold|sc|title|sec|ul|ol|li|a|font)\b[^<>]*>", re.IGNORECASE)


def is_europepmc(row: dict[str, Any]) -> bool:
    """Whether a JSON object is a Europe PMC result."""
    return "abstractText" in row or ("authorString" in row and "source" in row)


def europepmc_document(row: dict[str, Any], source: str, number: int) -> Document | Failure:
    """Return the document of one result."""
    pmid = bare_pmid(str(row.get("pmid", "")))
    pmcid = str(row.get("pmcid", "") or "")
    own = str(row.get("id", "") or "")
    identifier = pmid or pmcid or (f"{row.get('source', 'EPMC')}:{own}" if own else "")
    if not identifier:
        return failure(source, "the result has no id", "ask Europe PMC for resultType=core", str(number))
    info = row.get("journalInfo") if isinstance(row.get("journalInfo"), dict) else {}
    journal = info.get("journal") if isinstance(info.get("journal"), dict) else {}  # type: ignore[union-attr]
    types = tuple(map(str, _listed(row, "pubTypeList", "pubType")))
    keywords = unique(map(str, _listed(row, "keywordList", "keyword")))
    abbreviation = journal.get("medlineAbbreviation") or journal.get("title") or row.get("journalTitle") or ""  # type: ignore[union-attr]
    document = Document(
        id=identifier,
        sections=text_sections(_plain(str(row.get("title", "") or "")), _parts(str(row.get("abstractText", "") or "")), keywords),
        source=source,
        kind="correction" if {"published erratum", "retraction of publication"} & {t.lower() for t in types} else "article",
        pmid=pmid,
        doi=str(row.get("doi", "") or ""),
        pmcid=pmcid,
        journal=str(abbreviation),
        date=parse_date(str(row.get("firstPublicationDate") or info.get("printPublicationDate") or row.get("pubYear") or "")),  # type: ignore[union-attr]
        authors=unique(a.strip() for a in str(row.get("authorString", "") or "").rstrip(".").split(",")),
        keywords=keywords,
        publication_types=types,
        language=str(row.get("language", "") or ""),
        retracted="retracted publication" in {t.lower() for t in types},
    )
    return checked(document, identifier)


def _listed(row: dict[str, Any], outer: str, inner: str) -> list[Any]:
    holder = row.get(outer)
    value = holder.get(inner) if isinstance(holder, dict) else None
    return value if isinstance(value, list) else []


def _plain(text: str) -> str:
    return unwrap(html.unescape(_TAG.sub("", text)))


def _parts(text: str) -> list[tuple[str, str]]:
    pieces = _H4.split(text)
    parts = [("", _plain(pieces[0]))]
    parts += [(_plain(label).rstrip(":"), _plain(body)) for label, body in zip(pieces[1::2], pieces[2::2], strict=True)]
    return [(label, body) for label, body in parts if body]
