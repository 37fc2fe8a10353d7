"""CSV and TSV with a header: columns are matched by name, each row is a document, text is verbatim.

Rule: tab, comma, semicolon or bar, told from the header. A cell wholly in quotes is unquoted as RFC 4180 says; a quote anywhere else is text.
A row with too few or too many cells fails by its line; several rows may share a PMID and stay apart by their id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Failure
from kg.readers.documents import failure
from kg.readers.rows import KNOWN_FIELDS, TEXT_FIELDS, field_name, row_document
from kg.readers.source import MAX_LINE, TOO_LONG, Source

DELIMITERS = ("\t", ",", ";", "|")
MAX_ROW_LINES = 200  # a quoted cell over more lines than this is a quote that somebody forgot to close
_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')


def header_delimiter(line: str) -> str:
    """Return the delimiter of a header line that names at least a text column and one more; empty if it is no header."""
    for delimiter in DELIMITERS:
        cells = [c.strip().strip('"') for c in line.lstrip("\ufeff").split(delimiter)]
        names = [field_name(c) for c in cells]
        known = sum(n in KNOWN_FIELDS for n in names)
        if len(cells) >= 2 and all(len(c) <= 64 for c in cells) and TEXT_FIELDS.intersection(names) and known >= 2 and len(set(names)) == len(names):
            return delimiter
    return ""


def read_table(source: Source) -> Iterator[Document | Failure]:
    """Yield one document or failure for each row below the header."""
    rows = _rows(source)
    _, header = next(rows)
    for number, (line, cells) in enumerate(rows, 1):
        where = f"line {line}"
        if isinstance(cells, str):
            yield failure(source.name, cells, "mend that row", where)
        elif len(cells) > len(header) or len(cells) < 2:
            yield failure(source.name, f"the row has {len(cells)} cells, the header {len(header)}", "mend that row", where)
        else:
            yield row_document(dict(zip(header, cells, strict=False)), source.name, source.stem, number)


def _rows(source: Source) -> Iterator[tuple[int, list[str] | str]]:
    """Yield (line number, cells), the header first; a row that cannot be split comes with its problem in place of the cells."""
    delimiter, width = "", 0
    pending: list[tuple[int, str]] = []
    for number, line in source.lines():
        if not line.strip() and not pending:
            continue
        if not delimiter:
            delimiter = header_delimiter(line)
            header = split_cells(line.lstrip("\ufeff"), delimiter)
            width = len(header)
            yield number, header
            continue
        pending.append((number, line))
        is_open = opens_quote(line, delimiter, len(pending) > 1)
        if is_open and len(pending) <= MAX_ROW_LINES and line != TOO_LONG:
            continue
        yield from _row(pending, delimiter, width, is_open)
        pending = []
    if pending:
        yield from _row(pending, delimiter, width, True)


def _row(lines: list[tuple[int, str]], delimiter: str, width: int, is_open: bool) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the row that these lines are; where a quote never closes, or its row does not fit the header, each line stands alone."""
    cells = split_cells("\n".join(line for _, line in lines), delimiter)
    if len(lines) > 1 and (is_open or len(cells) != width):
        for number, line in lines:
            yield from _row([(number, line)], delimiter, width, False)
    elif lines[0][1] == TOO_LONG:
        yield lines[0][0], f"the row is longer than {MAX_LINE // 1024**2} MB"
    elif lines[0][1].strip():
        yield lines[0][0], cells


def opens_quote(line: str, delimiter: str, is_open: bool) -> bool:
    """Whether a quoted cell is open at the end of the line, given whether one was at its start."""
    at = 0
    while True:
        if is_open:
            while (close := line.find('"', at)) >= 0 and line.startswith('""', close):
                at = close + 2
            if close < 0:
                return True
            at, is_open = close + 1, False
        elif line.startswith('"', at):
            at, is_open = at + 1, True
            continue
        end = line.find(delimiter, at)
        if end < 0:
            return False
        at = end + len(delimiter)


def split_cells(row: str, delimiter: str) -> list[str]:
    """Split a row; a cell wholly in quotes loses them and its doubled ones, any other cell is verbatim."""
    cells, at = [], 0
    while True:
        match = _QUOTED.match(row, at)
        if match and (match.end() == len(row) or row.startswith(delimiter, match.end())):
            cells.append(match[0][1:-1].replace('""', '"'))
            end = match.end()
        else:
            end = row.find(delimiter, at)
            end = len(row) if end < 0 else end
            cells.append(row[at:end])
        if end >= len(row):
            return cells
        at = end + len(delimiter)
