"""Shortcuts of the reader tests: bytes in, documents or failures out."""

from __future__ import annotations

import io
from pathlib import Path

from kg.model import Document, Failure
from kg.readers.inputs import read_stream

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"


def read(data: bytes | str, stem: str = "input") -> list[Document | Failure]:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return list(read_stream(io.BytesIO(raw), f"{stem}.txt", stem))


def documents(data: bytes | str, stem: str = "input") -> list[Document]:
    found = read(data, stem)
    assert all(isinstance(d, Document) for d in found), found
    return [d for d in found if isinstance(d, Document)]


def failures(data: bytes | str, stem: str = "input") -> list[Failure]:
    return [d for d in read(data, stem) if isinstance(d, Failure)]


def sections(document: Document) -> list[tuple[str, str, str]]:
    return [(s.name, s.label, s.text) for s in document.sections]
