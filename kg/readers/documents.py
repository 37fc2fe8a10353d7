"""The gate every read document passes: a sound id, text without characters that no store can hold.

Rule: a record is either a sound `Document` or a `Failure` that names source, record, cause and remedy; nothing is repaired here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.errors import ReadError
from kg.model import Document, Failure, Section

MAX_ID = 200
_BAD_ID = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BAD_TEXT = re.compile("[\x00\ud800-\udfff]")
_SPACE = re.compile(r"[ \t\r\n]+")
_BREAK = re.compile(r"[\r\n]+")


def failure(source: str, problem: str, remedy: str = "", record: str = "") -> Failure:
    """Return the named failure of a record (or of the whole source when ``record`` is empty)."""
    return Failure(_printable(record) or source, "read", problem + (f"; {remedy}" if remedy else ""), source)


def failure_of(error: ReadError, record: str = "") -> Failure:
    """Return a `ReadError` as the record that travels beside the documents."""
    return failure(error.source, error.problem, error.remedy, record or error.record)


def checked(document: Document, record: str = "") -> Document | Failure:
    """Return the document if it is sound, else the failure; ``record`` says where it stands in its source."""
    where = record or document.id
    if not document.id.strip():
        return failure(document.source, "the document has no identifier", "give it an id", where)
    if len(document.id) > MAX_ID:
        return failure(document.source, f"its identifier has {len(document.id)} characters", f"use one of at most {MAX_ID}", where)
    if _BAD_ID.search(document.id):
        return failure(document.source, "its identifier holds control characters", "use a plain identifier", where)
    values = [document.journal, document.citation, document.doi, *document.authors, *document.keywords]
    for name, text in [*((s.name, s.text) for s in document.sections), *(("metadata", v) for v in values)]:
        if (bad := _BAD_TEXT.search(text)) is not None:
            return failure(document.source, f"{name} holds {_describe(bad[0])} at character {bad.start()}", "mend that record", where)
    return document


def _describe(char: str) -> str:
    code = ord(char)
    if code == 0:
        return "a NUL character"
    if 0xDC80 <= code <= 0xDCFF:
        return f"byte 0x{code - 0xDC00:02X}, which is not valid UTF-8,"
    return f"the lone surrogate U+{code:04X}"


def _printable(text: str) -> str:
    return _BAD_ID.sub("\ufffd", text)[:MAX_ID]


def collapse(text: str) -> str:
    """Return text with runs of blanks, tabs and line ends as one blank and none at the ends (for metadata)."""
    return _SPACE.sub(" ", text).strip(" ")


def unwrap(text: str) -> str:
    """Return text with line breaks and the indentation around them as one blank, other blanks as they are."""
    if "\n" not in text and "\r" not in text:
        return text.strip(" \t")
    return " ".join(part for line in _BREAK.split(text) if (part := line.strip(" \t")))


def text_sections(title: str, abstract: Iterable[tuple[str, str]], keywords: Sequence[str] = ()) -> tuple[Section, ...]:
    """Return title, abstract parts given as (label, text), and keywords as sections; empty ones are left out."""
    parts = [(label, text) for label, text in abstract if text]
    sections = [Section("title", title)] if title else []
    sections += numbered("abstract", parts)
    if keywords:
        sections.append(Section("keywords", "; ".join(keywords)))
    return tuple(sections)


def numbered(name: str, parts: Iterable[tuple[str, str]]) -> list[Section]:
    """Return parts given as (label, text) as sections ``name``, ``name.2``, ``name.3`` and so on."""
    return [Section(name if n == 1 else f"{name}.{n}", text, label) for n, (label, text) in enumerate(parts, 1)]


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values that are not empty, each once, in order."""
    return tuple(dict.fromkeys(v for v in values if v))


def bare_pmid(text: str) -> str:
    """Return the digits of a PMID written ``123``, ``PMID:123`` or ``PMID: 123``, else empty."""
    match = re.fullmatch(r"(?:PMID:?\s*)?0*([1-9]\d{0,8})(?:\.0)?", text.strip(), re.IGNORECASE | re.ASCII)
    return match[1] if match else ""


def bare_doi(text: str) -> str:
    """Return a DOI without ``doi:``, resolver and closing punctuation, else empty."""
    match = re.search(r"\b10\.\d{4,9}/[^\s\"<>]+", text)
    return match[0].rstrip(".,;)]") if match and not re.search(r"\([^)]*\)$", match[0]) else (match[0].rstrip(".,;]") if match else "")


def unbracket(title: str) -> str:
    """Return a title without the brackets that PubMed puts around a translated one; its full stop stays."""
    match = re.fullmatch(r"\[(.*)\](\.?)", title, re.DOTALL)
    if match is None or not _balanced(match[1]):
        return title
    return match[1] + ("" if match[1].endswith((".", "?", "!")) else match[2])


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            return False
    return depth == 0


def doi_id(doi: str) -> str:
    """Return the document id of a DOI, in lower case since DOIs do not tell cases apart."""
    return "doi:" + doi.lower()
