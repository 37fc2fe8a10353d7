"""Plain text: the whole input is one document named after its file.

Rule: line ends become line feeds and nothing else changes; what is no text (binary data, archives) fails by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Document, Failure, Section
from kg.readers.documents import checked, failure
from kg.readers.source import Source

MAX_PLAIN = 16 * 1024 * 1024


def read_plain(source: Source) -> Iterator[Document | Failure]:
    """Yield the one document of a plain text."""
    text = source.text(MAX_PLAIN).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        yield failure(source.name, "the file has no text", "remove it or fill it")
    else:
        yield checked(Document(source.stem, (Section("text", text),), source=source.name), source.stem)
