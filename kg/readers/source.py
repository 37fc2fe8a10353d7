"""Bytes of an input as a bounded stream: gzip undone, encoding found, lines and whole texts handed out.

Rule: one pass, constant memory, every limit has a named failure. Encoding: a byte order mark decides; else NULs in every second
byte mean UTF-16; else UTF-8, unless the first line with bytes above 127 is not UTF-8, which makes the input Windows-1252 (of
which Latin-1 text is a part). A later bad byte in UTF-8 input is kept as a lone surrogate, so that its record, and no other,
fails in `kg.readers.documents.checked`.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from kg.errors import ReadError

CHUNK = 1 << 16
HEAD = 1 << 16
MAX_LINE = 16 * 1024 * 1024  # characters; the longest real record (a BioC full text on one line) is under 2 MB
MAX_TEXT = 64 * 1024 * 1024  # characters, for formats that must be seen whole (a page, a plain text)
MAX_RATIO = 250  # baseline files unpack about 10:1, the most compressible real text about 50:1, a bomb 1000:1
RATIO_GRACE = 32 * 1024 * 1024
MAX_BYTES = 64 * 1024**3
GZIP_MAGIC = b"\x1f\x8b"

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPED = re.compile("[\udc80-\udcff]")


@dataclass(slots=True)
class Source:
    """One opened input: its name for messages, the stem that names unnamed documents, its first bytes and the rest."""

    name: str
    stem: str
    head: bytes
    rest: Iterator[bytes]
    path: Path | None = None
    offset: int = field(default=0)

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes once, keeping `offset` at the end of what was handed out."""
        for chunk in _chain(self.head, self.rest):
            self.offset += len(chunk)
            yield chunk

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield line numbers (from 1) and lines without their end; a line over the limit comes as `ReadError` at its place."""
        yield from _lines(self.chunks(), detect_encoding(self.head), self.name)

    def text(self, limit: int = MAX_TEXT) -> str:
        """Return the whole input as text with line ends as they are; `ReadError` above ``limit`` characters."""
        parts, size = [], 0
        for part in decoded(self.chunks(), detect_encoding(self.head), self.name):
            size += len(part)
            if size > limit:
                raise ReadError(self.name, f"is larger than {limit // 1024**2} MB of text", "split it into one document or record a file or line")
            parts.append(part)
        text = "".join(parts)
        return repair(text) if _ESCAPED.search(text) and not _has_utf8(text) else text


def open_source(name: str, stem: str, handle: BinaryIO, path: Path | None = None) -> Source:
    """Return a source over an open binary file, with gzip undone where the content says so."""
    stream = _read_chunks(handle)
    first = next(stream, b"")
    chunks = _chain(first, stream)
    if first.startswith(GZIP_MAGIC):
        chunks = _gunzip(chunks, name)
    head = b""
    try:
        while len(head) < HEAD and (chunk := next(chunks, b"")):
            head += chunk
    except ReadError as error:
        # What came before the break is still handed out; the break itself comes at its place.
        chunks = _raising(error)
    return Source(name, stem, head, chunks, path)


def detect_encoding(head: bytes) -> str:
    """Return the name of the encoding by byte order mark or NUL pattern, else ``utf-8``."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    sample = head[:4096]
    pairs = len(sample) // 2
    if pairs >= 2:
        even, odd = sample[0 : pairs * 2 : 2].count(0), sample[1 : pairs * 2 : 2].count(0)
        if odd > 0.4 * pairs and even < 0.05 * pairs:
            return "utf-16-le"
        if even > 0.4 * pairs and odd < 0.05 * pairs:
            return "utf-16-be"
    return "utf-8"


def decode_head(head: bytes) -> str:
    """Return the first bytes as text for looking at, a cut last character left out and bad bytes replaced."""
    decoder = codecs.getincrementaldecoder(detect_encoding(head))("replace")
    return decoder.decode(head, final=False).lstrip("\ufeff")


def repair(text: str) -> str:
    """Return text whose bytes were not UTF-8 decoded as Windows-1252 instead (undefined bytes as Latin-1)."""
    raw = text.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _raising(error: ReadError) -> Iterator[bytes]:
    yield b""
    raise error


def _read_chunks(handle: BinaryIO) -> Iterator[bytes]:
    while chunk := handle.read(CHUNK):
        yield chunk


def _gunzip(chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Undo gzip, any number of members, within the limits of ratio and size."""
    unzip, taken, given = zlib.decompressobj(31), 0, 0
    for packed in chunks:
        taken += len(packed)
        data = packed
        while data:
            if unzip.eof:
                data = data.lstrip(b"\0")  # padding after a member is allowed
                if not data:
                    break
                if not GZIP_MAGIC.startswith(data[:2]):
                    raise ReadError(name, f"has other bytes after its gzip data, before byte {taken}", "unpack it and look at what follows")
                unzip = zlib.decompressobj(31)
            try:
                plain = unzip.decompress(data, CHUNK)
            except zlib.error as error:
                raise ReadError(name, f"gzip data is damaged near byte {taken} ({error})", "fetch the file again") from error
            data = unzip.unused_data if unzip.eof else unzip.unconsumed_tail
            given += len(plain)
            if given > MAX_BYTES or (given > RATIO_GRACE and given > MAX_RATIO * taken):
                raise ReadError(
                    name, f"unpacks to more than {MAX_RATIO} times its size ({given} bytes so far): refused", "unpack it yourself if you trust it"
                )
            if plain:
                yield plain
    if not unzip.eof:
        raise ReadError(name, f"gzip data ends too early, after {given} unpacked bytes", "fetch the file again")


def decoded(chunks: Iterable[bytes], encoding: str, name: str) -> Iterator[str]:
    """Yield bytes as text; bad bytes of UTF-8 become lone surrogates, what breaks another encoding is a `ReadError`."""
    errors = "surrogateescape" if encoding.startswith("utf-8") else "surrogatepass"
    if encoding == "utf-32":
        errors = "strict"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    try:
        for chunk in chunks:
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ReadError(name, f"is not valid {encoding.upper()} ({error.reason})", "save it as UTF-8") from error


def _has_utf8(text: str) -> bool:
    """Whether any character beyond ASCII was decoded properly (which proves UTF-8)."""
    return any(c > "\x7f" and not _ESCAPED.match(c) for c in text)


def _lines(chunks: Iterable[bytes], encoding: str, name: str) -> Iterator[tuple[int, str]]:
    legacy: bool | None = None  # unknown until the first line beyond ASCII
    for number, line in enumerate(_split(decoded(chunks, encoding, name)), 1):
        text = line
        if not text.isascii():
            if legacy is None and encoding == "utf-8":
                legacy = bool(_ESCAPED.search(text)) and not _has_utf8(text)
            if legacy:
                text = repair(text)
        yield number, text.removesuffix("\r")


def _split(parts: Iterable[str]) -> Iterator[str]:
    """Split at line feeds; what exceeds the limit is dropped up to the next line feed and marked by one NUL character."""
    pending: list[str] = []
    size = 0
    for part in parts:
        pieces = part.split("\n")
        for piece in pieces[:-1]:
            yield _joined(pending, size, piece)
            pending, size = [], 0
        size += len(pieces[-1])
        if size <= MAX_LINE:
            pending.append(pieces[-1])
    if size:
        yield _joined(pending, size, "")


def _joined(pending: list[str], size: int, last: str) -> str:
    return TOO_LONG if size + len(last) > MAX_LINE else "".join(pending) + last


TOO_LONG = "\0too long\0"  # stands for a line over MAX_LINE; no text format allows NUL, so no real line equals it
