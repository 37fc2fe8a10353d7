"""MEDLINE/.nbib: ``PMID- 123`` and the tagged fields below it, continuation lines indented by six blanks.

Rule: a record starts at its PMID line; lines of one field join with one blank; inline upper-case labels of a structured abstract become
`Section.label`. A line outside any field fails its record by number. Reference: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Failure
from kg.readers.dates import parse_date
from kg.readers.documents import bare_pmid, checked, failure, text_sections, unbracket, unique
from kg.readers.labels import split_labels
from kg.readers.pubmed_xml import CORRECTIONS, RETRACTED
from kg.readers.source import MAX_LINE, TOO_LONG, Source

TAG_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)")
MAX_RECORD_LINES = 200_000
_Fields = dict[str, list[str]]


def read_medline(source: Source) -> Iterator[Document | Failure]:
    """Yield the documents of a MEDLINE stream."""
    block: list[tuple[int, str]] = []
    for number, line in source.lines():
        if line.startswith("PMID-") and block:
            yield _document(block, source)
            block = []
        if (line.strip() or block) and len(block) < MAX_RECORD_LINES:
            block.append((number, line))
    if block:
        yield _document(block, source)


def _document(block: list[tuple[int, str]], source: Source) -> Document | Failure:
    fields: _Fields = {}
    tag = ""
    pmid = bare_pmid(block[0][1].partition("-")[2]) if block[0][1].startswith("PMID-") else ""
    for number, line in block:
        if line == TOO_LONG or len(block) >= MAX_RECORD_LINES:
            return failure(
                source.name,
                f"line {number}: longer than {MAX_LINE // 1024**2} MB or a record without end",
                "split the file",
                pmid or f"line {number}",
            )
        if line.startswith(("      ", "\t")) and tag:
            fields[tag][-1] = f"{fields[tag][-1].rstrip(' ')} {line.strip()}".strip(" ")
        elif match := TAG_LINE.match(line):
            tag = match[1]
            fields.setdefault(tag, []).append(match[2].rstrip(" "))
        elif line.strip():
            problem = f"line {number} is no field of a MEDLINE record: {line.strip()[:60]!r}"
            return failure(source.name, problem, "mend that line", pmid or f"line {number}")
    if not pmid:
        return failure(source.name, "the record has no PMID line", "export it again", f"line {block[0][0]}")
    return checked(_medline(fields, pmid, source.name), pmid)


def _medline(fields: _Fields, pmid: str, source: str) -> Document:
    def one(tag: str) -> str:
        return fields.get(tag, [""])[0]

    types = unique(fields.get("PT", []))
    languages = unique(fields.get("LA", []))
    title = one("TI") or one("BTI")
    if languages != ("eng",):
        title = unbracket(title)
    keywords = unique(k.lstrip("*") for k in fields.get("OT", []))
    ids = [*fields.get("LID", []), *fields.get("AID", [])]
    authors = fields.get("AU") or fields.get("FAU") or fields.get("ED") or []
    return Document(
        id=pmid,
        sections=text_sections(title, split_labels(one("AB")), keywords),
        source=source,
        kind="book" if "BTI" in fields else "correction" if CORRECTIONS & set(types) else "article",
        pmid=pmid,
        doi=next((i.removesuffix("[doi]").strip() for i in ids if i.endswith("[doi]")), ""),
        pmcid=one("PMC"),
        journal=one("TA") or one("JT"),
        citation=re.split(r"\s+doi: ", one("SO"))[0],
        date=parse_date(one("DP")),
        authors=unique([*authors, *fields.get("CN", [])]),
        keywords=keywords,
        publication_types=types,
        language=";".join(languages),
        retracted=RETRACTED in types or "RIN" in fields,
    )
