"""The learned relator: what the two ends of a pair have to do with each other, read from the recognizer's vectors."""

from __future__ import annotations

import json
from pathlib import Path

from kg.errors import ModelError
from kg.nlp.recognizer import WEIGHTS as RECOGNIZER
from kg.nlp.recognizer.model import MANIFEST, MODEL, REMEDY
from kg.nlp.relator.model import Relator

__all__ = ["WEIGHTS", "Relator", "open_relator"]

WEIGHTS = Path(__file__).parent / "weights"
"""The shipped model: the network, and a manifest with its checksum and that of the recognizer it stands on (docs/relator.md)."""


def open_relator(folder: Path = WEIGHTS, recognizer: Path = RECOGNIZER) -> Relator:
    """Open the shipped relator, or the one of a folder.

    `ModelError` if a file is missing or damaged, or if it was taught on another recognizer: its vectors would mean nothing.
    """
    relator = Relator(folder)
    manifests = [json.loads((path / MANIFEST).read_text(encoding="utf-8")) for path in (folder, recognizer)]
    if manifests[0].get("recognizer") != manifests[1]["files"][MODEL]:
        raise ModelError(f"{folder / MANIFEST}: the relator was taught on another recognizer than that of {recognizer}; {REMEDY}")
    return relator
