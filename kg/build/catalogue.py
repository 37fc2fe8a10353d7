"""Which documents a graph is made of, and which of two records of one document counts.

Rule, for records with the same id: a record of the work itself beats a mere reference to it; then the higher version wins; then
the one read later (this build's over a former build's). A record of kind ``deleted`` takes the document out. Documents of former
builds stay until they are replaced or deleted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.model import Document, content_id
from kg.records import dumps, put_in_place

DELETED = "deleted"
REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue keeps of a document: the hash of its record, its kind and version."""

    digest: str
    kind: str
    version: int


def entry_of(document: Document) -> Entry:
    """Return the entry of a document; where it was read from is not part of what it is."""
    return Entry(content_id(dumps(replace(document, source=""))), document.kind, document.version)


class Catalogue:
    """The current documents by id."""

    def __init__(self, entries: Iterable[tuple[str, Entry]] = ()) -> None:
        self.entries: dict[str, Entry] = dict(entries)
        self.replaced = self.deleted = 0

    def offer(self, document: Document) -> Entry | None:
        """Take a document in if it counts; return its entry if it now is the current one."""
        old = self.entries.get(document.id)
        if document.kind == DELETED:
            self.deleted += self.entries.pop(document.id, None) is not None
            return None
        new = entry_of(document)
        if old is not None and (_rank(new) < _rank(old)):
            return None
        self.replaced += old is not None and old.digest != new.digest
        self.entries[document.id] = new
        return new


def _rank(entry: Entry) -> tuple[bool, int]:
    return entry.kind != REFERENCE, entry.version


def read_settings(path: Path) -> dict[str, Any]:
    """Return the settings that a former build kept; nothing where there was none."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")).get("settings", {}))
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, TypeError) as error:
        raise _damaged(path, error) from error


def read_catalogue(path: Path) -> tuple[str, list[tuple[str, Entry]]]:
    """Return the version that a former build extracted with and its documents; nothing where there was none."""
    if not path.exists():
        return "", []
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return row["version"], [(key, Entry(digest, kind, version)) for key, digest, kind, version in row["documents"]]
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> GraphError:
    return GraphError(f"{path}: not a list of documents ({error}); remove the graph folder and build again")


def write_catalogue(path: Path, version: str, settings: Mapping[str, Any], entries: Iterable[tuple[str, Entry]]) -> None:
    """Write the list of documents, with what they were extracted with, through a temporary file."""
    rows = [[key, entry.digest, entry.kind, entry.version] for key, entry in entries]
    with put_in_place(path) as handle:
        handle.write((dumps({"version": version, "settings": dict(settings), "documents": rows}) + "\n").encode())
