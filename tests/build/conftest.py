from __future__ import annotations

import sys

import pytest
import stand_in_pipeline

from kg.lexicon import Lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.open()


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, lexicon: Lexicon) -> None:
    """Extraction is done by the stand-in, here and in worker processes; the shipped vocabulary is opened once for all tests."""
    monkeypatch.setenv(stand_in_pipeline.SWITCH, "1")
    monkeypatch.setitem(sys.modules, "kg.nlp", stand_in_pipeline.module())
    opened = Lexicon.open

    def reuse(path: object = None) -> Lexicon:
        return opened(path) if path else lexicon  # type: ignore[arg-type]

    monkeypatch.setattr(Lexicon, "open", reuse)
    monkeypatch.setattr(Lexicon, "close", lambda self: None)
