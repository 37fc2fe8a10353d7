"""The compiled vocabulary on disk: packed arrays and tries, memory-mapped, with a manifest that is checked on opening.

Rule: a folder is written whole or not at all, the same content gives the same bytes, and a folder that is damaged or of
another format is refused with a `LexiconError` that says what to do.

Files: ``terms.marisa`` (folded names), ``spans.u32`` (first candidate of each name), ``candidates.bin`` (8 bytes each:
entity u32 with kind in the high byte's place, see `pack_candidate`), ``surfaces.txt`` with ``surfaces.u32``, ``entities.txt``
with ``entities.u32``, ``ids.marisa`` with ``ids.u32`` (identifiers to entities), tables as UTF-8 TSV, ``manifest.json``.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import sys
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import LexiconError

FORMAT = 1
REMEDY = "compile it again with 'kg vocab build', or install the package again"


def write_manifest(folder: Path, version: str, counts: Mapping[str, int], licences: Mapping[str, str]) -> None:
    """Write ``manifest.json``: format, version, counts, and size, SHA-256 and licence of every file beside it."""
    files = {
        path.name: {"size": path.stat().st_size, "sha256": sha256(path), "licence": licences.get(path.name, "see SOURCES.md")}
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != "manifest.json"
    }
    body = {"format": FORMAT, "version": version, "counts": dict(sorted(counts.items())), "files": files}
    (folder / "manifest.json").write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest after checking format, presence and size of every file; `LexiconError` otherwise."""
    path = folder / "manifest.json"
    try:
        body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        files = body["files"]
        sizes = {name: int(entry["size"]) for name, entry in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"{path}: not a compiled vocabulary ({error}); {REMEDY}") from error
    if body.get("format") != FORMAT:
        raise LexiconError(f"{path}: format {body.get('format')!r}, this version reads {FORMAT}; {REMEDY}")
    for name, size in sizes.items():
        part = folder / name
        if Path(name).name != name or not part.is_file():
            raise LexiconError(f"{part}: missing from the compiled vocabulary; {REMEDY}")
        if part.stat().st_size != size:
            raise LexiconError(f"{part}: {part.stat().st_size} bytes where the manifest says {size}; {REMEDY}")
    return body


def write_u32(path: Path, values: Iterable[int]) -> None:
    """Write unsigned 32-bit little-endian integers."""
    data = array("I", values)
    if sys.byteorder == "big":
        data.byteswap()
    path.write_bytes(data.tobytes())


class Mapped:
    """A memory-mapped file as bytes or as 32-bit integers."""

    __slots__ = ("_file", "data")

    def __init__(self, path: Path) -> None:
        with path.open("rb") as handle:
            size = path.stat().st_size
            self._file = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) if size else None
        self.data = memoryview(self._file) if self._file is not None else memoryview(b"")

    def u32(self) -> memoryview[int]:
        """Return the content as unsigned 32-bit integers."""
        if sys.byteorder == "big":
            values = array("I", self.data.tobytes())
            values.byteswap()
            return memoryview(values)
        return self.data.cast("I")

    def close(self) -> None:
        """Release the mapping; views handed out must no longer be used."""
        self.data.release()
        if self._file is not None:
            self._file.close()


class Lines:
    """A text blob with an index of line starts: line ``i`` in constant time without reading the rest."""

    __slots__ = ("_blob", "_index", "_maps")

    def __init__(self, blob: Path, index: Path) -> None:
        self._maps = (Mapped(blob), Mapped(index))
        self._blob, self._index = self._maps[0].data, self._maps[1].u32()

    def __len__(self) -> int:
        return max(len(self._index) - 1, 0)

    def __getitem__(self, number: int) -> str:
        return str(self._blob[self._index[number] : self._index[number + 1] - 1], "utf-8")

    def close(self) -> None:
        """Release the mappings."""
        self._index.release()
        for part in self._maps:
            part.close()


def write_lines(blob: Path, index: Path, lines: Iterable[str]) -> None:
    """Write lines (none may hold a line end) and the index of their starts."""
    starts = [0]
    with blob.open("wb") as handle:
        for line in lines:
            row = line.encode("utf-8") + b"\n"
            if row.count(b"\n") != 1:
                raise LexiconError(f"a vocabulary record holds a line end: {line[:80]!r}")
            handle.write(row)
            starts.append(starts[-1] + len(row))
    write_u32(index, starts)
