"""PubMed pages copied from the browser as text, old layout and new: title, abstract, metadata, reference list.

Rule: a page is read by its headings. Only what stands under a known heading (or, in the old layout, between author information and
the indexing line) is text; everything unknown outside those places is navigation and left out. A PMID is taken only where it is printed as
the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.model import Document, Failure, Section
from kg.readers.citation import BARE_CITATION, CITATION, Citation, parse_citation, parse_reference
from kg.readers.documents import bare_doi, bare_pmid, checked, collapse, doi_id, failure, text_sections, unbracket, unique, unwrap
from kg.readers.headings import MARKS, STOPS, TYPES
from kg.readers.labels import split_lines
from kg.readers.source import Source

MAX_PAGE = 16 * 1024 * 1024
_STATUS = re.compile(
    r"\[(?:PubMed|Indexed|Epub ahead|Available)\b.*\]$|PubMed - |Icon for |Images? from this|Items? in |LinkOut|Conflict of interest statement"
    r"|Free (?:PMC|full text)|Full text",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:Copyright|©|\(c\) \d{4}|Crown Copyright|Published by|This article is protected by|.{0,40}©|\d{4} The Author)", re.IGNORECASE
)
_SHORT = re.compile(r"(?P<first>[^\W\d_][^,;:]{1,60}?)\s+et al\.\s+(?P<journal>[^.]{2,100})\.\s*(?P<date>[^.]*)\.?$")
_KEYWORDS = re.compile(r"(?:keywords|key words)\s*:\s*", re.IGNORECASE)
_LABEL_LINE = re.compile(r"^([A-Z][\w ,/&()'’-]{2,60}):[ \t]+\S", re.MULTILINE)


def heading(line: str) -> str:
    """Return a line in the form in which headings are compared: lower case, no colon, no count, no blanks around."""
    return re.sub(r"\s*\(\d[\d,]*\)$|\s*\d+$", "", collapse(line).rstrip(":").lower())


def is_page(lines: Sequence[str]) -> bool:
    """Whether lines are a page copied from PubMed: a citation or DOI or PMID line, and a heading only such a page has."""
    names = {heading(line) for line in lines if len(line) < 80}
    marks = names & MARKS
    if not marks or (marks == {"abstract"} and len(names) < 3):
        return False
    return any(_cited(line) or re.match(r"\s*(?:doi|PMID):\s*\S", line, re.IGNORECASE) for line in lines if len(line) < 400)


def _cited(line: str) -> bool:
    return bool(re.search(r"\d{4}[^.]*[;:]\s?[\w(]", line) and (BARE_CITATION.match(line.strip()) or CITATION.match(line.strip())))


@dataclass(slots=True)
class Page:
    """What was found on a page."""

    cited: Citation = field(default_factory=Citation)
    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: list[tuple[str, str]] = field(default_factory=list)
    keywords: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    pmid: str = ""
    pmcid: str = ""
    retracted: bool = False
    references: list[Citation] = field(default_factory=list)


def read_text_page(source: Source) -> Iterator[Document | Failure]:
    """Yield the document of a copied page and one for each listed reference."""
    lines = source.text(MAX_PAGE).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    yield from page_documents(parse_page(lines), source)


def page_documents(page: Page, source: Source) -> Iterator[Document | Failure]:
    """Yield the page's document, then its references in order."""
    if not page.title and not page.abstract:
        yield failure(source.name, "the page has neither title nor abstract that could be told from its navigation", "copy the whole page again")
        return
    doi = page.cited.doi
    identifier = page.pmid or (doi_id(doi) if doi else source.stem)
    references = [_reference(r, identifier, n, source.name) for n, r in enumerate(page.references, 1)]
    lower = {t.lower() for t in page.types}
    document = Document(
        id=identifier,
        sections=text_sections(page.title, page.abstract, page.keywords),
        source=source.name,
        kind="correction" if lower & {"published erratum", "retraction of publication"} else "article",
        pmid=page.pmid,
        doi=doi,
        pmcid=page.pmcid,
        journal=page.cited.journal,
        citation=page.cited.citation,
        date=page.cited.date,
        authors=page.authors,
        keywords=page.keywords,
        publication_types=page.types,
        retracted=page.retracted or "retracted publication" in lower,
        cites=unique(r.id for r in references if r.id != identifier),
    )
    yield checked(document, identifier)
    seen = {identifier}
    for reference in references:
        if reference.id not in seen:
            seen.add(reference.id)
            yield checked(reference, reference.id)


def _reference(cited: Citation, citing: str, number: int, source: str) -> Document:
    return Document(
        id=cited.pmid or (doi_id(cited.doi) if cited.doi else f"{citing}#ref-{number}"),
        sections=(Section("title", cited.title),) if cited.title else (),
        source=source,
        kind="reference",
        pmid=cited.pmid,
        doi=cited.doi,
        journal=cited.journal,
        citation=cited.citation,
        date=cited.date,
        authors=cited.authors,
    )


def parse_page(lines: Sequence[str]) -> Page:
    """Return what the lines of a page say."""
    page = Page()
    rows = [line.strip().replace("\u200b", "") for line in lines]
    names = [heading(row) if len(row) < 80 else "" for row in rows]
    tail = next((i for i, n in enumerate(names) if n in {"references", "similar articles", "cited by"}), len(rows))
    start = _citation(page, rows, names, tail)
    title_at = _title(page, rows, names, start, tail)
    abstract_at = next((i for i, n in enumerate(names) if n == "abstract"), -1)
    head = abstract_at if abstract_at >= 0 else tail
    _authors(page, rows, names, title_at + 1, head)
    body = abstract_at + 1 if abstract_at >= 0 else _first_prose(rows, names, title_at + 1, tail)
    _abstract(page, rows, names, body)
    _ids(page, rows, tail)
    _references(page, rows, names)
    page.types = unique(row for row, name in zip(rows[:head], names[:head], strict=True) if name in TYPES)
    page.retracted = any(n.startswith("retraction in") or n == "retracted article" for n in names[:tail])
    return page


def _citation(page: Page, rows: list[str], names: list[str], tail: int) -> int:
    """Find the citation line; return the index of the line after it and the DOI lines that go with it."""
    at = next((i for i in range(tail) if len(rows[i]) < 400 and _cited(rows[i])), -1)
    if at < 0:
        at = next((i for i in range(tail) if re.match(r"doi:", rows[i], re.IGNORECASE)), -1)
        if at < 0:
            return 0
    page.cited = parse_citation(rows[at])
    if not page.cited.journal:
        before = next((i for i in range(at - 1, max(-1, at - 4), -1) if rows[i]), -1)
        short = next((m for r in rows[at + 1 : tail] if (m := _SHORT.match(r))), None)
        journal = short["journal"] if short else ""
        if not journal and before >= 0 and names[before] not in STOPS | TYPES and re.fullmatch(r"[A-Z][\w&(): -]{1,80}", rows[before]):
            journal = rows[before]
        page.cited = replace(page.cited, journal=journal, citation=f"{journal}. {page.cited.citation}" if journal else page.cited.citation)
    end = at + 1
    while end < tail and (
        not rows[end] or re.match(r"(?:doi:|epub\b|ecollection\b|online ahead|print \d{4}|collection \d{4})", rows[end], re.IGNORECASE)
    ):
        if not page.cited.doi:
            page.cited = replace(page.cited, doi=bare_doi(rows[end]))
        end += 1
    return end


def _title(page: Page, rows: list[str], names: list[str], start: int, tail: int) -> int:
    """The first line after the citation that is no heading; return its index."""
    for i in range(start, tail):
        if rows[i] and names[i] not in STOPS | TYPES and names[i] != "abstract" and not _STATUS.match(rows[i]):
            page.title = unbracket(rows[i])
            return i
        if names[i] == "abstract":
            break
    return start - 1


def _authors(page: Page, rows: list[str], names: list[str], start: int, end: int) -> None:
    """The name list right under the title, up to the first heading; else the first author of the short form."""
    for i in range(start, end):
        if not rows[i]:
            continue
        if names[i] in STOPS | TYPES or rows[i] == page.title or re.match(r"(?:PMID|PMCID|DOI|Author)", rows[i]) or len(rows[i]) > 5000:
            break
        if _SHORT.match(rows[i]) or not _is_names(rows[i]):
            break
        page.authors += parse_names(rows[i])
    if not page.authors and (short := next((m for r in rows[start:end] if (m := _SHORT.match(r.replace("\xa0", " ")))), None)):
        page.authors = (collapse(short["first"]),)
    page.authors = unique(page.authors)


def _is_names(row: str) -> bool:
    plain = re.sub(r"[\d#*†‡§]+|\(\d+\)", "", row).rstrip(". ")
    names = [n.strip() for n in plain.split(",") if n.strip()]
    return (
        bool(names)
        and all(re.fullmatch(r"[^\W\d_][^\d;:?!]{1,60}", n) and len(n.split()) <= 7 for n in names)
        and any(len(n.split()) > 1 for n in names)
    )


def parse_names(row: str) -> tuple[str, ...]:
    """Return the names of an author line, affiliation numbers and marks taken off."""
    plain = re.sub(r"\(\d+\)|[#*†‡§]|(?<=[^\s\d])\s*\d+(?=\s|,|\.|$|\d)|\s\d+\b", "", row.replace("\xa0", " "))
    return unique(collapse(n).rstrip(".").strip() for n in plain.split(",") if collapse(n).strip(" .") not in {"", "et al", "and"})


def _first_prose(rows: list[str], names: list[str], start: int, end: int) -> int:
    """Where the abstract starts on a page that gives it no heading: the first running text that is no affiliation."""
    for i in range(start, end):
        if re.match(r"\s*[•·]|\(?\d{1,3}\)?\s?[A-Z]", rows[i]):
            continue
        opens = re.match(r"(?:BACKGROUND|PURPOSE|OBJECTIVES?|INTRODUCTION|AIMS?|METHODS|CONTEXT)\b[A-Z /]*:", rows[i])
        prose = len(rows[i]) >= 200 and (len(re.findall(r"[a-z)\]]\. [A-Z]", rows[i])) >= 1 or len(rows[i]) >= 400)
        if opens or (prose and names[i] not in STOPS):
            return i
    return end


def _abstract(page: Page, rows: list[str], names: list[str], start: int) -> None:
    body: list[str] = []
    for i in range(start, len(rows)):
        row = rows[i]
        if keys := _KEYWORDS.match(row):
            listed = row[keys.end() :] or next((r for r in rows[i + 1 : i + 4] if r), "")
            page.keywords = unique(k.strip() for k in re.split(r";|(?<!\d),(?!\d)" if ";" not in listed else ";", listed.rstrip(". ")))
            break
        if (
            names[i] in STOPS | {"references"}
            or re.match(r"(?:PMID|PMCID|DOI):", row)
            or _STATUS.match(row)
            or (body and _COPYRIGHT.match(row) and len(row) < 600)
        ):
            if not body and names[i] in {"actions", "cite"}:
                continue
            break
        if row and not re.fullmatch(r"(?:in English|No abstract available|.{0,20}abstract available.{0,40})\.?", row, re.IGNORECASE):
            body.append(row)
    text = "\n".join(body)
    if len(marks := list(_LABEL_LINE.finditer(text))) >= 2 and marks[0].start() == 0:
        ends = [*(m.start() for m in marks[1:]), len(text)]
        page.abstract = [(m[1], unwrap(text[m.end(1) + 1 : end])) for m, end in zip(marks, ends, strict=True)]
    else:
        page.abstract = [(label, unwrap(part)) for label, part in split_lines(text)]
    if not page.keywords:
        _late_keywords(page, rows, names)


def _late_keywords(page: Page, rows: list[str], names: list[str]) -> None:
    end = next((i for i, n in enumerate(names) if n in {"references", "similar articles"}), len(rows))
    for i, row in enumerate(rows[:end]):
        if keys := _KEYWORDS.match(row):
            listed = row[keys.end() :] or next((r for r in rows[i + 1 : i + 4] if r), "")
            page.keywords = unique(k.strip() for k in listed.rstrip(". ").split(";"))
            return


def _ids(page: Page, rows: list[str], tail: int) -> None:
    """The page's own numbers: on a line that opens with PMID (or its value on the next line), before other papers are listed."""
    for i, row in enumerate(rows[:tail]):
        if not page.pmid and (match := re.match(r"PMID:?\s*(\d{1,9})\b", row)):
            page.pmid = bare_pmid(match[1])
        elif not page.pmid and re.fullmatch(r"PMID:?", row):
            page.pmid = bare_pmid(next((r for r in rows[i + 1 : i + 3] if r), ""))
        if not page.pmcid and (match := re.search(r"^(?:PMID:.*)?\bPMCID:?\s*(PMC\d+)", row)):
            page.pmcid = match[1]
        if not page.cited.doi and (match := re.search(r"^(?:PMID:.*|PMCID:.*)?\bDOI:\s*(\S+)", row)):
            page.cited = replace(page.cited, doi=bare_doi(match[1]))


def _references(page: Page, rows: list[str], names: list[str]) -> None:
    start = next((i for i, n in enumerate(names) if n == "references"), -1)
    if start < 0:
        return
    for i in range(start + 1, len(rows)):
        if names[i] in STOPS or _STATUS.match(rows[i]):
            break
        if re.match(r"show (?:all|more|less)|see all|\[\d+\]$|(?:-\s*)?(?:DOI|PMC|PubMed)\b", rows[i], re.IGNORECASE) or not rows[i]:
            continue
        if len(rows[i]) >= 20:
            page.references.append(parse_reference(rows[i]))
