"""The one write path of the exports, and what keeps a value from breaking its file.

Rule: a file appears under its name only when whole; text is UTF-8 with ``\\n`` line ends; nothing here knows a format.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from kg.errors import ExportError

_SURROGATE = re.compile("[\ud800-\udfff]")
_XML_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: what a spreadsheet would run: a leading sign with a call, a pipe (DDE) or a sheet reference behind it; = and @ always.
_FORMULA = re.compile(r"^'*(?:[=@]|[\t\r]|[+\-].*[(|!])", re.DOTALL)


@contextmanager
def open_text(path: Path) -> Iterator[IO[str]]:
    """Open a text file for writing; it takes its name when the block ends well, and vanishes when it does not."""
    with put_in_place(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as handle:
        yield handle


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """Open a binary file for writing, like `open_text`."""
    with put_in_place(path) as temporary, temporary.open("wb") as handle:
        yield handle


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """Give a temporary path beside a file's own, which takes its name when the block ends well and vanishes when it does not."""
    if path.is_dir():
        raise ExportError(f"{path} is a folder; this format is one file, so name a file")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def make_folder(path: Path) -> Path:
    """Return the folder for a format of several files, made if need be; `ExportError` if a file is in the way."""
    if path.exists() and not path.is_dir():
        raise ExportError(f"{path} is a file; this format is several files, so name a folder")
    path.mkdir(parents=True, exist_ok=True)
    return path


def clean(text: str) -> str:
    """Return text without lone surrogates, which no UTF-8 file can hold; each becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """Return text fit for XML content and attributes; characters that XML 1.0 forbids become U+FFFD.

    Line ends and tabs become character references, because a parser would turn them into spaces in attributes.
    """
    text = _XML_ILLEGAL.sub("\ufffd", text)
    for char, reference in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;"), ("\n", "&#10;"), ("\t", "&#9;")):
        text = text.replace(char, reference)
    return text


def guard(cell: str) -> str:
    """Return a table cell that no spreadsheet runs as a formula: such a one gets a leading ``'``; `unguard` takes it off."""
    return "'" + cell if _FORMULA.match(cell) else cell


def write_csv(handle: Writable, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table as CSV with line feeds, fit for a spreadsheet: no cell is a formula, nor can one begin a row of its own."""
    writer = csv.writer(_LineFeeds(handle), lineterminator="\r\n")  # so that both characters are quoted inside a cell
    writer.writerow(columns)
    writer.writerows([guard(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)


class Writable(Protocol):
    """What text can be written to."""

    def write(self, text: str, /) -> object:
        """Take some text."""


class _LineFeeds:
    def __init__(self, handle: Writable) -> None:
        self._handle = handle

    def write(self, row: str) -> None:
        self._handle.write(row.removesuffix("\r\n") + "\n")


def unguard(cell: str) -> str:
    """Return the cell that `guard` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def join(values: tuple[str, ...] | list[str], delimiter: str) -> str:
    """Return values joined for a cell that holds a list; a delimiter inside a value becomes its full-width twin."""
    return delimiter.join(v.replace(delimiter, twin(delimiter)) for v in values)


def twin(delimiter: str) -> str:
    """Return the full-width form of an ASCII character: it looks the same and delimits nothing."""
    return chr(ord(delimiter) + 0xFEE0)
