"""PubMed XML: efetch results, exports and baseline or update files, DTDs 2012 to 2026, streamed.

Rule: every PubmedArticle, PubmedBookArticle, bare MedlineCitation and every PMID of a DeleteCitation gives one record. Text is the
text content of title and abstract (markup dropped, no character lost); parts of a structured abstract keep their labels.
Reference: https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/index.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.model import Document, Failure
from kg.readers.dates import parse_date, to_date
from kg.readers.documents import bare_pmid, checked, failure, text_sections, unbracket, unique
from kg.readers.source import Source
from kg.readers.xml_stream import read_elements, text_of

ROOTS = frozenset(
    {"PubmedArticleSet", "PubmedArticle", "PubmedBookArticleSet", "PubmedBookArticle", "MedlineCitationSet", "MedlineCitation", "DeleteCitation"}
)
_RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "DeleteCitation", "DeleteDocument")
CORRECTIONS = frozenset(
    {"Published Erratum", "Retraction of Publication", "Retraction Notice", "Expression of Concern", "Expression of Concern Notice", "Correction"}
)
RETRACTED = "Retracted Publication"


def read_pubmed_xml(source: Source) -> Iterator[Document | Failure]:
    """Yield the documents of a PubMed XML stream in order; deletions come as documents of kind ``deleted`` without text."""
    for number, element in enumerate(read_elements(source, _RECORDS), 1):
        if element.tag == "MedlineCitation":
            yield _article(element, None, source, number)
        elif element.tag == "PubmedArticle":
            citation = element.find("MedlineCitation")
            if citation is None:
                yield failure(source.name, "PubmedArticle without MedlineCitation", "fetch the record again", str(number))
            else:
                yield _article(citation, element.find("PubmedData"), source, number)
        elif element.tag == "PubmedBookArticle":
            yield _book(element, source, number)
        else:
            yield from _deleted(element, source)


def _deleted(element: Any, source: Source) -> Iterator[Document]:
    for node in element.iter("PMID"):
        if pmid := bare_pmid(text_of(node)):
            yield Document(pmid, (), source=source.name, kind="deleted", pmid=pmid, version=_version(node))


def _article(citation: Any, data: Any, source: Source, number: int) -> Document | Failure:
    node = citation.find("PMID")
    pmid = bare_pmid(_text(citation, "PMID"))
    article = citation.find("Article")
    if not pmid or article is None:
        return failure(
            source.name, "the record has no PMID" if not pmid else "the record has no Article", "fetch the record again", pmid or str(number)
        )
    types = unique(text_of(p) for p in article.iterfind("PublicationTypeList/PublicationType"))
    languages = unique(text_of(n) for n in article.iterfind("Language"))
    keywords = unique(text_of(k) for k in citation.iterfind("KeywordList/Keyword"))
    ids = _ids(data, "ArticleIdList/ArticleId")
    document = Document(
        id=pmid,
        sections=text_sections(_title(article.find("ArticleTitle"), languages), _abstract(article, citation), keywords),
        source=source.name,
        kind="correction" if CORRECTIONS & set(types) else "article",
        pmid=pmid,
        doi=ids.get("doi", "") or _elocation(article),
        pmcid=ids.get("pmc", ""),
        journal=_text(citation, "MedlineJournalInfo/MedlineTA") or _text(article, "Journal/ISOAbbreviation") or _text(article, "Journal/Title"),
        citation=_citation(citation, article),
        date=_date(article.find("Journal/JournalIssue/PubDate")) or _date(article.find("ArticleDate")),
        authors=_authors(article.find("AuthorList")),
        keywords=keywords,
        publication_types=types,
        language=";".join(languages),
        retracted=RETRACTED in types or citation.find("CommentsCorrectionsList/CommentsCorrections[@RefType='RetractionIn']") is not None,
        cites=_cites(citation, data, pmid),
        version=_version(node),
    )
    return checked(document, pmid)


def _book(element: Any, source: Source, number: int) -> Document | Failure:
    book = element.find("BookDocument")
    pmid = bare_pmid(_text(book, "PMID")) if book is not None else ""
    if book is None or not pmid:
        return failure(source.name, "the book record has no PMID", "fetch the record again", str(number))
    types = unique(text_of(p) for p in book.iterfind("PublicationType"))
    keywords = unique(text_of(k) for k in book.iterfind("KeywordList/Keyword"))
    ids = _ids(book, "ArticleIdList/ArticleId") | _ids(element, "PubmedBookData/ArticleIdList/ArticleId")
    languages = unique(text_of(n) for n in book.iterfind("Language"))
    title = _title(book.find("ArticleTitle"), languages) or _title(book.find("Book/BookTitle"), languages)
    document = Document(
        id=pmid,
        sections=text_sections(title, _abstract(book, book), keywords),
        source=source.name,
        kind="book",
        pmid=pmid,
        doi=ids.get("doi", "") or _elocation(book.find("Book")),
        pmcid=ids.get("pmc", ""),
        journal=_text(book, "Book/BookTitle"),
        citation=". ".join(unique([_text(book, "Book/BookTitle"), _text(book, "Book/Publisher/PublisherName"), _text(book, "Book/PubDate/Year")])),
        date=_date(book.find("ContributionDate")) or _date(book.find("Book/PubDate")),
        authors=_authors(book.find("AuthorList")) or _authors(book.find("Book/AuthorList")),
        keywords=keywords,
        publication_types=types,
        language=";".join(languages),
        version=_version(book.find("PMID")),
    )
    return checked(document, pmid)


def _text(node: Any, path: str) -> str:
    found = node.find(path)
    return text_of(found) if found is not None else ""


def _version(node: Any) -> int:
    value = node.get("Version", "1") if node is not None else "1"
    return int(value) if re.fullmatch(r"\d{1,4}", value) else 1


def _title(node: Any, languages: tuple[str, ...]) -> str:
    """The title; the brackets that PubMed puts around a translated one are taken off, a placeholder is no title."""
    title = text_of(node) if node is not None else ""
    if languages != ("eng",) or title.endswith("]."):
        title = unbracket(title)
    return "" if re.fullmatch(r"\[?(Not Available|In Process Citation)\]?\.?", title, re.IGNORECASE) else title


def _abstract(article: Any, citation: Any) -> list[tuple[str, str]]:
    parts = _parts(article.find("Abstract"))
    if parts:
        return parts
    # An English abstract that the publisher gave apart is better than none; other languages are left out.
    others = (o for o in citation.iterfind("OtherAbstract") if o.get("Language", "eng") == "eng")
    return next((p for o in others if (p := _parts(o))), [])


def _parts(node: Any) -> list[tuple[str, str]]:
    if node is None:
        return []
    texts = ((_label(n), text_of(n)) for n in node.iterfind("AbstractText"))
    return [(label, text) for label, text in texts if text and text != "ABSTRACT TRUNCATED"]


def _label(node: Any) -> str:
    label = (node.get("Label") or "").strip()
    return "" if label.upper() == "UNLABELLED" else label


def _ids(node: Any, path: str) -> dict[str, str]:
    return {n.get("IdType", ""): text_of(n) for n in node.iterfind(path)} if node is not None else {}


def _elocation(node: Any) -> str:
    if node is None:
        return ""
    return next((text_of(n) for n in node.iterfind("ELocationID[@EIdType='doi']") if n.get("ValidYN", "Y") == "Y"), "")


def _date(node: Any) -> str:
    if node is None:
        return ""
    return to_date(_text(node, "Year"), _text(node, "Month"), _text(node, "Day")) or parse_date(_text(node, "MedlineDate"))


def _authors(node: Any) -> tuple[str, ...]:
    if node is None:
        return ()
    names = []
    for author in node.iterfind("Author"):
        if author.get("ValidYN", "Y") == "Y":
            initials = _text(author, "Initials") or _text(author, "ForeName")
            names.append(
                _text(author, "CollectiveName") or f"{_text(author, 'LastName')} {initials} {_text(author, 'Suffix')}".strip().replace("  ", " ")
            )
    return unique(names)


def _citation(citation: Any, article: Any) -> str:
    """The source line as PubMed prints it: ``J Clin Oncol. 2009 Nov 20;27(33):5650-9.``"""
    journal = _text(citation, "MedlineJournalInfo/MedlineTA") or _text(article, "Journal/Title")
    date = article.find("Journal/JournalIssue/PubDate")
    words = [text_of(n) for n in date] if date is not None else []
    volume, issue = _text(article, "Journal/JournalIssue/Volume"), _text(article, "Journal/JournalIssue/Issue")
    pages = _text(article, "Pagination/MedlinePgn") or _text(article, "Pagination/StartPage")
    where = (f";{volume}" if volume else "") + (f"({issue})" if issue else "") + (f":{pages}" if pages else "")
    return f"{journal}. {' '.join(words)}{where}." if journal else ""


def _cites(citation: Any, data: Any, pmid: str) -> tuple[str, ...]:
    found = [bare_pmid(_text(n, "PMID")) for n in citation.iterfind("CommentsCorrectionsList/CommentsCorrections[@RefType='Cites']")]
    if data is not None:
        for references in data.iterfind("ReferenceList"):
            found += [bare_pmid(text_of(n)) for n in references.iter("ArticleId") if n.get("IdType") == "pubmed"]
    return tuple(p for p in unique(found) if p != pmid)
