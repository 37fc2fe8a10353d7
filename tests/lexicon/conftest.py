"""Fixtures: the shipped compiled vocabulary, opened once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.lexicon import Lexicon

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def lexicon() -> Iterator[Lexicon]:
    with Lexicon.open() as opened:
        yield opened
