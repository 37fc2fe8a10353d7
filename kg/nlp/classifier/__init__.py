"""The learned classifier: a small encoder that reads one sentence with its mentions marked and says what each pair of them is told to do."""

from __future__ import annotations

from pathlib import Path

from kg.nlp.classifier.model import Classifier

__all__ = ["WEIGHTS", "Classifier", "open_classifier"]

WEIGHTS = Path(__file__).parent / "weights"
"""The shipped model: the network, and a manifest with its checksum (docs/classifier.md)."""


def open_classifier(folder: Path = WEIGHTS) -> Classifier:
    """Open the shipped classifier, or the one of a folder; `ModelError` if a file is missing or damaged."""
    return Classifier(folder)
