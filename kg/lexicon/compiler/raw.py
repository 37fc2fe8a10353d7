"""Read the raw vocabularies: gzipped TSV, CSV and JSON, each under the name and folder of its source.

Rule: every file that is read is remembered, so that the report and SOURCES.md can name its checksum; a missing or damaged one
is a `ReadError` that says where to get it.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import ReadError

REMEDY = "see ontologies/SOURCES.md for its public origin and the folder it belongs in"


class Sources:
    """The folder of raw vocabularies, with a record of what was read."""

    def __init__(self, folder: Path, own: Path) -> None:
        self.folder, self.own = folder, own
        self.used: set[Path] = set()

    def path(self, name: str) -> Path:
        """Return the path of a raw file; `ReadError` if it is not there."""
        path = self.folder / name
        if not path.is_file():
            raise ReadError(str(path), "raw vocabulary file is missing", REMEDY)
        self.used.add(path)
        return path

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of a gzipped text file without their ends."""
        path = self.path(name)
        try:
            with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as handle:
                for line in handle:
                    yield line.rstrip("\r\n")
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise ReadError(str(path), f"cannot be read ({error})", REMEDY) from error

    def tsv(self, name: str) -> Iterator[list[str]]:
        """Yield the cells of each line, header included."""
        for line in self.lines(name):
            yield line.split("\t")

    def table(self, name: str, delimiter: str = ",") -> Iterator[dict[str, str]]:
        """Yield the rows of a table with a header."""
        csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
        yield from csv.DictReader(self.lines(name), delimiter=delimiter)

    def rows(self, name: str) -> Iterator[list[str]]:
        """Yield the rows of a CSV file without a header."""
        yield from csv.reader(self.lines(name))

    def json(self, name: str) -> Any:
        """Return the content of a gzipped JSON file."""
        path = self.path(name)
        try:
            with gzip.open(path, "rt", encoding="utf-8") as handle:
                return json.load(handle)
        except (OSError, EOFError, ValueError) as error:
            raise ReadError(str(path), f"cannot be read ({error})", REMEDY) from error

    def curated(self, name: str) -> Iterator[dict[str, str]]:
        """Yield the rows of one of our own tables in ``ontologies/sources``; lines that start with ``#`` are comments."""
        path = self.own / name
        try:
            lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x.strip() and not x.startswith("#")]
        except OSError as error:
            raise ReadError(str(path), f"curated table cannot be read ({error})", "it is part of the source tree") from error
        self.used.add(path)
        header = lines[0].split("\t")
        for number, line in enumerate(lines[1:], 2):
            cells = line.split("\t")
            if len(cells) > len(header):
                raise ReadError(str(path), f"{len(cells)} cells where {len(header)} belong", "separate cells by one tab", str(number))
            yield dict(zip(header, (c.strip() for c in [*cells, *[""] * (len(header) - len(cells))]), strict=True))
