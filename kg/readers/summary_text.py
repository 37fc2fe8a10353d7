"""PubMed's "Summary (text)" export: numbered one-paragraph citations, title and authors without abstract.

Rule: authors, title and citation are told as in a reference list; an entry is one paragraph that ends with its PMID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Failure
from kg.readers.citation import parse_reference
from kg.readers.documents import checked, doi_id, text_sections
from kg.readers.source import Source

_START = re.compile(r"(\d{1,6}): ?(?=\S)|(\d{1,6})\. (?=\S)")


def read_summary_text(source: Source) -> Iterator[Document | Failure]:
    """Yield the documents of a summary export."""
    entry: list[str] = []
    number = 0
    for _, line in source.lines():
        match = _START.match(line)
        if entry and (not line.strip() or (match and int(match[1] or match[2]) == number + 1)):
            yield _document(" ".join(entry), source, number)
            entry = []
        if line.strip():
            if not entry:
                number = int(match[1] or match[2]) if match else number + 1
            entry.append(line.strip())
    if entry:
        yield _document(" ".join(entry), source, number)


def _document(text: str, source: Source, number: int) -> Document | Failure:
    plain = _START.sub("", text, count=1)
    pmcid = re.search(r"\bPMC\d+", plain)
    cited = parse_reference(re.sub(r"\s*Epub \d{4}[^.;]*\.|;? ?PubMed (?=PMID)", "", plain))
    identifier = cited.pmid or (doi_id(cited.doi) if cited.doi else f"{source.stem}#{number}")
    document = Document(
        id=identifier,
        sections=text_sections(cited.title, []),
        source=source.name,
        pmid=cited.pmid,
        doi=cited.doi,
        pmcid=pmcid[0] if pmcid else "",
        journal=cited.journal,
        citation=cited.citation,
        date=cited.date,
        authors=cited.authors,
    )
    return checked(document, identifier)
