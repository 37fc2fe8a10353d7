"""Settings: one frozen, typed object, passed as an argument.

Rule: nothing reads the environment or a file behind the caller's back; `fingerprint` names exactly what changes extraction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from kg.errors import UsageError
from kg.model import content_id

PROFILES = ("accurate", "fast")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may vary.

    ``model``: name or path of an installed spaCy model whose entities join ours; ``workers``: extraction processes;
    ``batch_size``: documents per work unit; ``keep_ungrounded``: let mentions without identifier take part in statements;
    ``profile``: "accurate", with the learned recognizer, or "fast", without it;
    ``max_document_chars``: a longer document is a named failure, and so is one that takes more than ``max_document_seconds``;
    ``lexicon``: a compiled vocabulary other than the shipped one;
    ``dask``: address of a Dask scheduler whose workers extract; ``shards``: where they put what they finish (a path or URL of fsspec).
    """

    model: str = ""
    workers: int = 1
    batch_size: int = 64
    keep_ungrounded: bool = False
    max_document_chars: int = 500_000
    lexicon: str = ""
    profile: str = "accurate"
    max_document_seconds: float = 120.0
    dask: str = ""
    shards: str = ""

    def __post_init__(self) -> None:
        if self.profile not in PROFILES:
            raise UsageError(f"unknown profile '{self.profile}'; known are {', '.join(PROFILES)}")
        if self.shards and not self.dask:
            raise UsageError("--shards says where the workers of a Dask cluster put their work; give --dask ADDRESS too")

    @property
    def fingerprint(self) -> str:
        """Hash of the settings that change what is extracted (not of workers, batch size or the time a document may take)."""
        return content_id(*self.kept.values())

    @property
    def kept(self) -> dict[str, Any]:
        """The settings that change what is extracted, by name, as a graph keeps them."""
        return {name: getattr(self, name) for name in KEPT}


KEPT = ("model", "keep_ungrounded", "max_document_chars", "lexicon", "profile")


def settings_of(kept: Mapping[str, Any], **more: Any) -> Settings:
    """Return the settings that a graph kept, with others that change nothing in it (``workers``); unknown names are left out."""
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in {**kept, **more}.items() if name in known})
