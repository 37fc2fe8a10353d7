"""What an INPUT of the command line means: a file, a folder, a glob, ``-``, or PMIDs to fetch.

Rule: inputs are looked up before anything is read, so that a wrong one is a `UsageError` at once; files come in the order given, a folder's or a
glob's files sorted by path, each file once. In a folder these are not inputs: hidden files and folders, ``*.md``, ``*.rst``, checksums, and
files whose name starts with README, LICENSE, LICENCE, NOTICE, COPYING, CHANGELOG or MANIFEST, and CITATION.cff and SOURCES(.txt). A file named
directly is always read.
"""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kg.clock import OutOfTime, time_limit
from kg.errors import ReadError, UsageError
from kg.model import Document, Failure
from kg.readers.abstract_text import read_abstract_text
from kg.readers.bioc import read_bioc_xml
from kg.readers.detect import Format, detect_format
from kg.readers.documents import bare_pmid, failure, failure_of
from kg.readers.fetch import Fetcher
from kg.readers.json_stream import read_json, unquoted
from kg.readers.jsonl import read_jsonl_documents
from kg.readers.medline import read_medline
from kg.readers.page import read_text_page
from kg.readers.page_html import read_html_page
from kg.readers.plain import read_plain
from kg.readers.pubmed_xml import read_pubmed_xml
from kg.readers.pubtator import read_pubtator
from kg.readers.source import Source, open_source
from kg.readers.summary_text import read_summary_text
from kg.readers.table import read_table

Records = Iterator[Document | Failure]
READERS: dict[Format, Callable[[Source], Records]] = {
    Format.PUBMED_XML: read_pubmed_xml,
    Format.BIOC_XML: read_bioc_xml,
    Format.HTML_PAGE: read_html_page,
    Format.TEXT_PAGE: read_text_page,
    Format.MEDLINE: read_medline,
    Format.ABSTRACT_TEXT: read_abstract_text,
    Format.SUMMARY_TEXT: read_summary_text,
    Format.PUBTATOR: read_pubtator,
    Format.JSON: read_json,
    Format.JSONL: read_jsonl_documents,
    Format.TABLE: read_table,
    Format.PLAIN: read_plain,
}
#: seconds of work (waiting for input is none) that reading one record may take; the longest real one takes less than a hundredth of it
MAX_WORK = 60.0
_SKIPPED_STEM = re.compile(r"(?:README|LICEN[SC]E|NOTICE|COPYING|CHANGELOG|MANIFEST)\b|CITATION\.cff$|SOURCES(?:\.txt)?$", re.IGNORECASE)
_SKIPPED_SUFFIX = frozenset({".md", ".rst", ".sha256", ".md5", ".sha1", ".asc", ".sig"})
_SUFFIX = re.compile(r"(?:\.(?:gz|gzip|txt|xml|json|jsonl|ndjson|csv|tsv|tab|nbib|medline|pubtator|bioc|html?|text|mhtml))+$", re.IGNORECASE)


def read_documents(inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None, fetcher: Fetcher | None = None) -> Records:
    """Yield the documents and failures of all inputs in order; `UsageError` at the call for an input that is not there.

    ``stdin`` stands for standard input (``-``); ``fetcher`` fetches PMIDs (the default one asks NCBI, without key or cache).
    """
    return _read_all(find_inputs(inputs), stdin, fetcher)


def read_file(path: str | Path, *, fetcher: Fetcher | None = None) -> Records:
    """Yield the documents and failures of one file."""
    place = Path(path)
    try:
        handle = place.open("rb")
    except OSError as error:
        yield failure(str(path), f"cannot be opened ({error.strerror})", "check its name and permissions")
        return
    with handle:
        yield from read_stream(handle, str(path), document_stem(place), place, fetcher=fetcher)


def read_stream(handle: BinaryIO, name: str, stem: str, path: Path | None = None, *, fetcher: Fetcher | None = None) -> Records:
    """Yield the documents and failures of an open binary file; ``name`` is for messages, ``stem`` names unnamed documents."""
    try:
        yield from _in_time(_read(open_source(name, stem, handle, path), fetcher), name)
    except ReadError as error:
        yield failure_of(error)
    except OSError as error:
        yield failure(name, f"cannot be read ({error.strerror or error})", "check the file and its disk")


def _in_time(records: Records, name: str) -> Records:
    """Yield the records of an input; one that takes too much work ends it, by name, and the next input is read. No record is a failure too."""
    empty = True
    while True:
        try:
            with time_limit(MAX_WORK, work=True):
                record = next(records, None)
        except OutOfTime:
            yield failure(name, f"reading the next record took more than {MAX_WORK:g} s", "the records before it were read; take it out")
            return
        if record is None:
            break
        empty = False
        yield record
    if empty:
        yield failure(name, "holds no document", "remove it or fill it")


def _read(source: Source, fetcher: Fetcher | None) -> Records:
    found = detect_format(source.head, source.name)
    if found is Format.EMPTY:
        blank = not any(chunk.strip() for chunk in source.chunks())  # a break of the compressed data shows here
        yield failure(source.name, "the file is empty" if blank else "the file opens with more than 64 KB of blanks", "remove it or fill it")
    elif found is Format.BARE_TABLE:
        yield failure(source.name, "is a table without a header", "add a first line that names the columns, such as pmid, title, abstract")
    elif found is Format.PMID_LIST:
        text = source.text()
        yield from (fetcher or Fetcher()).read(p for line in text.split("\n") if (p := bare_pmid(line)))
    elif found is Format.JSON_STRING:
        yield from _read(unquoted(source), fetcher)
    else:
        yield from READERS[found](source)


def document_stem(path: Path) -> str:
    """Return the name by which a file's unnamed document goes: the file's name without the endings of formats."""
    return _SUFFIX.sub("", path.name) or path.name


def find_inputs(inputs: Iterable[str | Path]) -> list[Path | str]:
    """Return what is to be read, in order: paths, ``-``, and ``PMID:...``; `UsageError` for what is not there."""
    found: list[Path | str] = []
    for given in inputs:
        text = str(given)
        path = Path(given)
        if text == "-":
            found.append(text)
        elif path.is_dir():
            found += _folder(path)
        elif path.exists():
            found.append(path)
        elif pmids := [bare_pmid(p) for p in re.split(r"[,\s]+", re.sub(r"(?i)pmid:\s+", "PMID:", text.strip()))]:
            if all(pmids):
                found += [f"PMID:{p}" for p in pmids]
            else:
                found += _glob(text)
    if not found:
        raise UsageError("no input was given; name a file, a folder, a glob, '-' or a PMID")
    return _once(found)


def _glob(text: str) -> list[Path | str]:
    if not re.search(r"[*?\[]", text):
        raise UsageError(f"input '{text}' is not there; give a file, a folder, a glob, '-' or PMID:12345678")
    paths = sorted(Path(p) for p in glob.glob(text, recursive=True))  # noqa: PTH207 (an absolute pattern is allowed here)
    files: list[Path | str] = [p for p in paths if p.is_file() and not _skipped(p.name)]
    if not files:
        raise UsageError(f"no file matches '{text}'; check the pattern")
    return files


def _folder(path: Path) -> list[Path | str]:
    files: list[Path] = []
    for root, folders, names in os.walk(path):
        folders[:] = [f for f in folders if not f.startswith(".")]
        files += [Path(root) / n for n in names if not _skipped(n) and (Path(root) / n).is_file()]
    if not files:
        raise UsageError(f"folder '{path}' holds no input; hidden files, *.md, README, LICENSE and the like are not read")
    return [*sorted(files, key=lambda p: p.parts)]


def _skipped(name: str) -> bool:
    return name.startswith(".") or Path(name).suffix.lower() in _SKIPPED_SUFFIX or bool(_SKIPPED_STEM.match(name))


def _once(found: list[Path | str]) -> list[Path | str]:
    seen: dict[str, Path | str] = {}
    for item in found:
        seen.setdefault(str(item.resolve()) if isinstance(item, Path) else f"\0{item}", item)
    return list(seen.values())


def _read_all(items: list[Path | str], stdin: BinaryIO | None, fetcher: Fetcher | None) -> Records:
    pmids: list[str] = []
    for item in items:
        if isinstance(item, str) and item.startswith("PMID:"):
            pmids.append(item.removeprefix("PMID:"))
            continue
        if pmids:
            yield from (fetcher or Fetcher()).read(pmids)
            pmids = []
        if isinstance(item, Path):
            yield from read_file(item, fetcher=fetcher)
        else:
            yield from read_stream(stdin or sys.stdin.buffer, "<stdin>", "stdin", fetcher=fetcher)
    if pmids:
        yield from (fetcher or Fetcher()).read(pmids)
