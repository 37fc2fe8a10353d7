"""The format of an input, told from its first bytes, never from its name.

Rule: the tests go from the most to the least specific form and plain text comes last; binary data and containers that we do not open are
refused by name, so that nothing is read as something it is not.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum

from kg.errors import ReadError
from kg.readers.abstract_text import ENTRY, ID_LINE
from kg.readers.page import is_page
from kg.readers.pubmed_xml import ROOTS
from kg.readers.pubtator import TEXT_LINE
from kg.readers.source import decode_head
from kg.readers.table import header_delimiter
from kg.readers.xml_stream import root_tag


class Format(StrEnum):
    """What `detect_format` tells apart."""

    EMPTY = "empty"
    PUBMED_XML = "pubmed-xml"
    BIOC_XML = "bioc-xml"
    HTML_PAGE = "html-page"
    TEXT_PAGE = "text-page"
    MEDLINE = "medline"
    ABSTRACT_TEXT = "abstract-text"
    SUMMARY_TEXT = "summary-text"
    PUBTATOR = "pubtator"
    JSON = "json"
    JSONL = "jsonl"
    JSON_STRING = "json-string"
    TABLE = "table"
    BARE_TABLE = "table-without-header"
    PMID_LIST = "pmid-list"
    PLAIN = "plain"


_MAGIC = {
    b"PK\x03\x04": "a zip archive (or an Office file)",
    b"%PDF": "a PDF",
    b"BZh": "bzip2 data",
    b"\xfd7zXZ": "xz data",
    b"\x28\xb5\x2f\xfd": "zstandard data",
    b"7z\xbc\xaf": "a 7-zip archive",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"SQLite format 3": "a SQLite database",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "gzip data inside gzip data",
}
_VALUE = r'(?:"(?:[^"\\]|\\.){0,2000}"|[-\d.eE]+|null|true|false|\{[^{}]{0,4000}\}|\[\s*\])'
_CONTAINER = re.compile(rf'\s*\{{\s*(?:"[^"]{{1,40}}"\s*:\s*{_VALUE}\s*,\s*){{0,20}}"(?:documents|resultList|PubTator3)"\s*:')


def detect_format(head: bytes, name: str = "input") -> Format:
    """Return the format of an input from its first bytes (64 KB are enough); `ReadError` for what cannot be a text format."""
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            raise ReadError(name, f"is {what}, which is not read", "unpack or save it as text")
    text = decode_head(head)
    if not text.strip():
        return Format.EMPTY
    if _is_binary(text):
        raise ReadError(name, "is binary data, not a text format", "give PubMed XML, MEDLINE, JSON, a table or text")
    first = text.lstrip()
    if first.startswith("<"):
        return _markup(first, name)
    if first.startswith(("{", "[", '"<')):
        found = _json(first)
        if found is not None:
            return found
    return _lines(text)


def _is_binary(text: str) -> bool:
    """Whether more than one character in thirty is a control character that no text has (a stray NUL is a record's failure, not this)."""
    sample = text[:4096]
    return sum(c < " " and c not in "\t\n\r\f\v" for c in sample) > max(8, len(sample) / 30)


def _markup(text: str, name: str) -> Format:
    if re.match(r"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", text, re.IGNORECASE | re.DOTALL):
        return Format.HTML_PAGE
    if re.match(r"<(?:\?xml|!DOCTYPE|!--)", text) or re.match(r"<(?:collection|document|Pubmed\w+|MedlineCitation\w*|DeleteCitation)\b", text):
        root = root_tag(text, name)
        if root in ROOTS:
            return Format.PUBMED_XML
        if root.lower() == "html":
            return Format.HTML_PAGE
        if root in {"collection", "document"}:
            return Format.BIOC_XML
        raise ReadError(name, f"is XML with root <{root}>, which is not read", "give PubMed XML (efetch, rettype=xml) or BioC XML")
    if re.match(r"<(?:head|body|meta|div|main|article|section|table|title)\b", text, re.IGNORECASE):
        return Format.HTML_PAGE
    return Format.PLAIN


def _json(text: str) -> Format | None:
    if text.startswith('"<'):
        return Format.JSON_STRING if re.match(r'"<(?:\?xml|!DOCTYPE|Pubmed|collection)', text) else None
    if text.startswith("["):
        return Format.JSON if re.match(r"\[\s*(?:[{\]]|\Z)", text) else None
    if _CONTAINER.match(text):
        return Format.JSON
    line, newline, rest = text.partition("\n")
    line = line.strip()
    try:
        whole = isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        whole = False
    if whole or (re.match(r'\{\s*"', line) and (line.endswith("}") or not newline or rest.lstrip(" \t\r\n").startswith("{"))):
        return Format.JSONL
    return Format.JSON if re.match(r'\{\s*(?:"|\})', text) else None


def _lines(text: str) -> Format:
    lines = [line.rstrip("\r") for line in text.split("\n")]
    full = [line for line in lines if line.strip()]
    if re.match(r"PMID- ?\d", full[0]) or any(re.match(r"PMID- ?\d", line) for line in full[:3]):
        return Format.MEDLINE
    if (
        (match := TEXT_LINE.match(full[0]))
        and match[2] in "ta"
        and (len(full) == 1 or TEXT_LINE.match(full[1]) or "\t" in full[1] or match[2] == "t")
    ):
        return Format.PUBTATOR
    if all(re.fullmatch(r"\s*(?:PMID:?\s*)?\d{1,8}\s*", line, re.IGNORECASE) for line in full[:-1] or full) and re.match(r"\s*(?:PMID|\d)", full[-1]):
        return Format.PMID_LIST
    if header_delimiter(full[0]):
        return Format.TABLE
    if len(full) > 2 and all(re.match(r"\d{1,9}\t[^\t]+\t", line) for line in full[:-1][:20]):
        return Format.BARE_TABLE
    if ENTRY.match(full[0]) and re.search(r"\b(?:PMID|DOI|doi): ?\S", text):
        start = lines.index(full[0])
        blocks = any(ID_LINE.match(line) for line in lines) and any(not line.strip() for line in lines[start : start + 6])
        return Format.ABSTRACT_TEXT if blocks else Format.SUMMARY_TEXT
    return Format.TEXT_PAGE if is_page(lines) else Format.PLAIN
