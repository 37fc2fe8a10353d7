"""The learned recognizer of mentions: a small encoder over word pieces that reads, beside the text, what dictionary and grammars found."""

from __future__ import annotations

from pathlib import Path

from kg.nlp.recognizer.model import MANIFEST, Reading, Recognizer

__all__ = ["MANIFEST", "WEIGHTS", "Reading", "Recognizer", "open_recognizer"]

WEIGHTS = Path(__file__).parent / "weights"
"""The shipped model: the network, the tokenizer, and a manifest with their checksums (docs/models.md)."""


def open_recognizer(folder: Path = WEIGHTS) -> Recognizer:
    """Open the shipped recognizer, or the one of a folder; `ModelError` if a file is missing or damaged."""
    return Recognizer(folder)
