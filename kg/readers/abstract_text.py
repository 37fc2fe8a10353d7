"""PubMed's "Abstract" text export: numbered entries of blocks apart by blank lines, ending with DOI, PMCID and PMID lines.

Rule: citation, title and authors are the first blocks; author information, collaborators, comments, conflicts, copyright and languages
are known by how they open; what remains is the abstract, unwrapped, its labels moved to `Section.label`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Document, Failure
from kg.readers.citation import parse_citation
from kg.readers.documents import bare_doi, checked, failure, text_sections, unbracket, unique, unwrap
from kg.readers.labels import split_lines
from kg.readers.source import MAX_LINE, TOO_LONG, Source

ENTRY = re.compile(r"\s{0,2}(\d{1,6}): ?\S|\s{0,2}(\d{1,6})\. \S")
ID_LINE = re.compile(r"(?:PMID|DOI|PMCID): ?\S")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}\b")
_MARKS = re.compile(r"\s?\([^()]{1,6}\)")
_INITIALS = re.compile(r" [A-Z][A-Za-z]?[A-Z-]{0,4}(?: (?:Jr|Sr|2nd|3rd|4th|I{2,3}))?$")
_GROUP = re.compile(r"group|consortium|network|committee|team|investigators|collaborat|society|project|initiative|association", re.IGNORECASE)
_NOT_TEXT = re.compile(
    r"Author information:|Collaborators:|Comment (?:in|on)\b|Erratum (?:in|for)\b|Update (?:in|of)\b|Retraction (?:in|of)\b"
    r"|Republished (?:in|from)\b|Corrected and republished|Expression of concern|Original report in|Summary for patients|Reprint (?:in|of)|Dataset"
    r"|Partial retraction|Publisher: Abstract available"
    r"|\[(?:Article|Indexed|Abstract available|No authors?|In process)\b|Free (?:PMC|full)|\(#\)|\(\*\)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"Copyright|©|\([cC]\) ?\d{4}|Crown Copyright|Published by|This article is protected by copyright|All rights reserved"
    r"|The Authors?\(?s?\)?\. Published|\d{4} (?:©|The Author)|U\.?S\.? Government work|This is a U\.S\. government"
)
_CONFLICT = re.compile(
    r"(?:Conflicts? of interest(?: statement)?|Competing interests?|Disclosures?|Declaration of (?:competing )?interests?)\b[^.\n]{0,40}:",
    re.IGNORECASE,
)
_LANGUAGES = {
    "chinese": "chi",
    "german": "ger",
    "french": "fre",
    "spanish": "spa",
    "russian": "rus",
    "japanese": "jpn",
    "italian": "ita",
    "portuguese": "por",
}
_CLAUSE = re.compile(r" (?:is|are|was|were|has|of) ")


def read_abstract_text(source: Source) -> Iterator[Document | Failure]:
    """Yield the documents of a text export; an entry starts at its number after a blank line, in sequence."""
    block: list[str] = []
    start, number = 1, 0
    for line_number, line in source.lines():
        if block and _starts(line, block, number):
            yield _document(block, source, number, start)
            block = []
        if not block:
            if not line.strip():
                continue
            number, start = _number(line), line_number
        block.append(line)
    if block:
        yield _document(block, source, number, start)


def _number(line: str) -> int:
    match = ENTRY.match(line)
    return int(match[1] or match[2]) if match else 0


def _starts(line: str, block: list[str], number: int) -> bool:
    """An entry starts after a blank line, with the next number, or with 1 once the last entry has its ids (exports put together)."""
    if block[-1].strip() or not ENTRY.match(line):
        return False
    done = any(ID_LINE.match(b) for b in block[-8:])
    return (done and _number(line) in (number + 1, 1)) or (_number(line) == number + 1 and bool(_YEAR.search(line)) and ". " in line[4:])


def _document(lines: list[str], source: Source, number: int, start: int) -> Document | Failure:
    if TOO_LONG in lines:
        return failure(source.name, f"a line is longer than {MAX_LINE // 1024**2} MB", "export it again", f"entry {number}, line {start}")
    if not number:
        return failure(source.name, "text before the first numbered entry", "export it again", f"line {start}")
    entry = parse_entry("\n".join(lines))
    identifier = entry.pmid or (f"doi:{entry.doi.lower()}" if entry.doi else f"{source.stem}#{number}")
    document = Document(
        id=identifier,
        sections=text_sections(entry.title, entry.abstract),
        source=source.name,
        kind="correction"
        if re.match(r"(?:Retraction|Erratum|Correction|Corrigendum|Expression of concern)\b.{0,20}?[:.]", entry.title)
        else "article",
        pmid=entry.pmid,
        doi=entry.doi,
        pmcid=entry.pmcid,
        journal=entry.journal,
        citation=entry.citation,
        date=entry.date,
        authors=entry.authors,
        language=entry.language,
        retracted=entry.retracted,
    )
    return checked(document, identifier)


@dataclass(slots=True)
class Entry:
    """The parts of one entry of the export."""

    journal: str = ""
    citation: str = ""
    date: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: tuple[tuple[str, str], ...] = ()
    language: str = ""
    retracted: bool = False
    pmid: str = ""
    doi: str = ""
    pmcid: str = ""


def is_entry(text: str) -> bool:
    """Whether a text is one whole entry of the export, from its number to its PMID (some programs store it as the abstract)."""
    return bool(re.match(r"\s*\d+\. [^\n]+?(?:1[5-9]|20)\d{2}", text) and re.search(r"\nPMID: \d+[^\n]*\s*\Z", text))


def parse_entry(text: str) -> Entry:
    """Return the parts of one entry."""
    entry, lines = Entry(), _take_ids(text.strip().split("\n"))
    _ids(entry, "\n".join(lines[1]))
    blocks = [b.strip("\n") for b in re.split(r"\n[ \t]*(?:\n[ \t]*)+", "\n".join(lines[0]).strip())]
    cited = parse_citation(re.sub(r"^\s*\d+[.:] ", "", unwrap(blocks[0]))[:2000])
    entry.journal, entry.citation, entry.date, entry.doi = cited.journal, cited.citation, cited.date, cited.doi or entry.doi
    body: list[str] = []
    conflict = translated = False
    for block in blocks[1:]:
        flat = unwrap(block)
        if _NOT_TEXT.match(flat):
            entry.retracted |= flat.lower().startswith("retraction in")
            entry.language = entry.language or _language(flat)
            translated |= "bstract available in" in flat
        elif _CONFLICT.match(flat):
            conflict = True
        elif not entry.title:
            entry.title = flat
        elif conflict or (_COPYRIGHT.match(flat) and len(flat) < 600):
            continue
        elif not entry.authors and not body and _is_authors(flat):
            entry.authors = _authors(flat)
        else:
            body.append(block)
    if translated and len(body) > 1:
        body = [b for b in body if _is_english(b)] or body
    if entry.language or entry.title.endswith("]."):
        entry.title = unbracket(entry.title)
    entry.abstract = tuple((label, unwrap(part)) for label, part in split_lines("\n".join(body)))
    return entry


def _take_ids(lines: list[str]) -> tuple[list[str], list[str]]:
    """Split off the run of DOI, PMCID and PMID lines; some exports put no blank line before it, or conflicts of interest after it."""
    last = max((i for i, line in enumerate(lines) if line.startswith(("PMID:", "PMCID:"))), default=-1)
    if last < 0:
        last = max((i for i, line in enumerate(lines) if i and line.startswith("DOI:")), default=-1)
    if last < 0:
        return lines, []
    first = last
    while first > 1 and ID_LINE.match(lines[first - 1]):
        first -= 1
    return [*lines[:first], "", *lines[last + 1 :]], lines[first : last + 1]


def _ids(entry: Entry, flat: str) -> None:
    if match := re.search(r"\bPMID: ?(\d{1,9})", flat):
        entry.pmid = match[1]
    if match := re.search(r"\bPMCID: ?(PMC\d+)", flat):
        entry.pmcid = match[1]
    if match := re.search(r"\bDOI: ?(\S+)", flat):
        entry.doi = bare_doi(match[1]) or entry.doi


def _is_english(text: str) -> bool:
    """Whether a paragraph has the share of English function words that only English has (for entries that carry a second abstract)."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(w in {"the", "of", "and", "to", "with", "for", "by", "were", "was"} for w in words) > 0.08 * len(words)


def _language(flat: str) -> str:
    match = re.match(r"\[Article in ([A-Z][a-z]+(?: [a-z]+)?)", flat)
    return _LANGUAGES.get(match[1].lower(), match[1].lower()) if match else ""


def _is_authors(flat: str) -> bool:
    """Whether a block is a list of names: most of them with initials at the end, none a clause."""
    if not flat.endswith("."):
        return False
    names = _authors(flat)
    if not names or any(len(n) > 160 or re.search(r"[:?!]|\. [A-Z][a-z]", n) for n in names):
        return False
    named = sum(bool(_INITIALS.search(n)) for n in names)
    group = bool(_GROUP.search(flat)) or "(1)" in flat or (len(flat) < 60 and not _CLAUSE.search(flat))
    return named >= 0.6 * len(names) or (len(flat) < 200 and group)


def _authors(flat: str) -> tuple[str, ...]:
    plain = _MARKS.sub("", flat).rstrip(".")
    return unique(a.strip() for a in re.split(r"[,;]", plain) if a.strip() not in {"et al", ""})
