"""Settings: one frozen, typed object, passed as an argument; unknown keys are rejected.

Rule: nothing reads the environment or a file behind the caller's back; `fingerprint` names exactly what changes extraction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from kg.errors import UsageError
from kg.model import content_id


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may vary.

    ``model``: name or path of an installed spaCy model whose entities join ours; ``workers``: extraction processes;
    ``batch_size``: documents per work unit; ``keep_ungrounded``: let mentions without identifier take part in statements;
    ``max_document_chars``: a longer document is a named failure; ``lexicon``: a compiled vocabulary other than the shipped one.
    """

    model: str = ""
    workers: int = 1
    batch_size: int = 64
    keep_ungrounded: bool = False
    max_document_chars: int = 500_000
    lexicon: str = ""

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> Settings:
        """Build settings from plain values; raise `UsageError` naming an unknown key or a value of the wrong type."""
        known = {f.name: type(getattr(cls(), f.name)) for f in fields(cls)}
        for key, value in values.items():
            if key not in known:
                raise UsageError(f"unknown setting '{key}'; known are {', '.join(sorted(known))}")
            if not isinstance(value, known[key]):
                raise UsageError(f"setting '{key}' takes {known[key].__name__}, not {value!r}")
        return cls(**values)  # type: ignore[arg-type]

    @property
    def fingerprint(self) -> str:
        """Hash of the settings that change what is extracted (not of workers or batch size)."""
        return content_id(self.model, self.keep_ungrounded, self.max_document_chars, self.lexicon)
