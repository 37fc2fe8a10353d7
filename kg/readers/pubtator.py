"""PubTator: ``ID|t|title`` and ``ID|a|abstract`` lines, then tab-separated annotations, a blank line between documents.

Rule: title and abstract are verbatim, so offsets (title, one character, abstract) hold; annotations are not read. A line that is none of
these is a failure of its document, named by line. An id of digits is a PMID, as the format defines it.
Reference: https://www.ncbi.nlm.nih.gov/research/pubtator3/tutorial
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Failure, Section
from kg.readers.documents import bare_pmid, checked, failure
from kg.readers.source import MAX_LINE, TOO_LONG, Source

TEXT_LINE = re.compile(r"([^|\t]{1,200})\|([ta])\|(.*)", re.DOTALL)


def read_pubtator(source: Source) -> Iterator[Document | Failure]:
    """Yield the documents of a PubTator stream; the id changes or a blank line ends one."""
    block: list[tuple[int, str]] = []
    for number, line in source.lines():
        starts = TEXT_LINE.match(line)
        if block and (not line.strip() or (starts and starts[2] == "t")):
            yield _document(block, source)
            block = []
        if line.strip():
            block.append((number, line))
    if block:
        yield _document(block, source)


def _document(block: list[tuple[int, str]], source: Source) -> Document | Failure:
    identifier, texts = "", {}
    first = block[0][0]
    for number, line in block:
        if line == TOO_LONG:
            return failure(source.name, f"line {number} is longer than {MAX_LINE // 1024**2} MB", "split the document", identifier or f"line {first}")
        if match := TEXT_LINE.match(line):
            if identifier and match[1].strip() != identifier:
                problem = f"line {number} belongs to document '{match[1]}', inside document '{identifier}'"
                return failure(source.name, problem, "put a blank line between documents", identifier)
            identifier = match[1].strip()
            texts[match[2]] = match[3]
        elif "\t" not in line:
            return failure(source.name, f"line {number} is neither text nor annotation", "mend that line", identifier or f"line {first}")
    if not any(t.strip() for t in texts.values()):
        return failure(source.name, "the document has no title and no abstract line with text", "add 'ID|t|...'", identifier or f"line {first}")
    sections = tuple(Section(name, texts[key]) for key, name in (("t", "title"), ("a", "abstract")) if texts.get(key))
    pmid = bare_pmid(identifier) if identifier.isdigit() else ""
    return checked(Document(identifier, sections, source=source.name, pmid=pmid), identifier)
