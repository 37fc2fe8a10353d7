"""The shipped vocabulary and the pipeline over it, opened once for all NLP tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.config import Settings
from kg.lexicon import Lexicon
from kg.nlp import Pipeline


@pytest.fixture(scope="session")
def lexicon() -> Iterator[Lexicon]:
    with Lexicon.open() as opened:
        yield opened


@pytest.fixture(scope="session")
def pipeline(lexicon: Lexicon) -> Pipeline:
    return Pipeline(Settings(profile="fast"), lexicon)
