"""What has been extracted already: chunk files under GRAPH/work/, from which a build resumes and to which the next one adds.

Rule: a chunk file is put in place whole or not at all, and is named by the hash of what is in it, so a build may be killed at
any moment. A row is found by its key: document, pipeline version, vocabulary version and settings that change extraction.

Layout of a chunk: one JSON line ``{"rows": [[key, length], ...]}``, then the rows, each zlib-compressed, so that
one document can be read without the rest.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg.errors import GraphError
from kg.model import content_id
from kg.records import put_in_place

SUFFIX = ".rows"


def pack_rows(rows: Sequence[tuple[str, str]]) -> tuple[str, bytes]:
    """Return the name and the bytes of the chunk file that holds (key, text) rows."""
    packed = [(key, zlib.compress(text.encode("utf-8"), 6)) for key, text in rows]
    head = json.dumps({"rows": [[key, len(data)] for key, data in packed]}).encode() + b"\n"
    return content_id(*(key for key, _ in rows)) + SUFFIX, b"".join([head, *(data for _, data in packed)])


class WorkStore:
    """The chunk files of one graph folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._places: dict[str, tuple[Path, int, int]] = {}
        for path in sorted(folder.glob("*" + SUFFIX)):
            self._index(path)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def _index(self, path: Path) -> None:
        try:
            with path.open("rb") as handle:
                rows = [(str(key), int(length)) for key, length in json.loads(handle.readline())["rows"]]
                offset = handle.tell()
        except (ValueError, KeyError, TypeError) as error:
            raise GraphError(f"{path}: not a file of finished work ({error}); remove it and build again") from error
        for key, length in rows:
            self._places.setdefault(key, (path, offset, length))
            offset += length

    def write(self, rows: Sequence[tuple[str, str]]) -> None:
        """Keep (key, text) rows as one chunk file."""
        name, data = pack_rows(rows)
        self._put(name, data)

    def adopt(self, name: str, data: Callable[[], bytes]) -> None:
        """Keep a chunk file that was made elsewhere, fetched only if it is not here yet; `GraphError` if it is none."""
        if Path(name).name != name or not name.endswith(SUFFIX):
            raise GraphError(f"'{name}' is not the name of a file of finished work")
        if not (self.folder / name).exists():
            self._put(name, data())

    def _put(self, name: str, data: bytes) -> None:
        path = self.folder / name
        with put_in_place(path) as handle:
            handle.write(data)
        self._index(path)

    def read(self, key: str) -> str:
        """Return the text of a row."""
        path, offset, length = self._places[key]
        try:
            with path.open("rb", buffering=0) as handle:
                handle.seek(offset)
                return zlib.decompress(handle.read(length)).decode("utf-8")
        except (OSError, ValueError, zlib.error) as error:
            raise GraphError(f"{path}: damaged ({error}); remove it and build again with the same inputs") from error

    def keep_only(self, keys: set[str]) -> None:
        """Remove the chunk files of which no row is wanted any more, and what killed builds left half written."""
        wanted = {self._places[key][0] for key in keys}
        for path in self._files():
            if path not in wanted:
                path.unlink()

    def _files(self) -> Iterator[Path]:
        yield from self.folder.glob("*" + SUFFIX)
        yield from self.folder.glob("*.part")
