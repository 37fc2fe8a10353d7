"""Text made to be slow is read in bounded work, about as its length grows."""

from __future__ import annotations

import pytest

from kg.clock import time_limit
from kg.config import Settings
from kg.lexicon import Lexicon
from kg.model import Document, Section
from kg.nlp import Pipeline

RUNS = [
    *("(", ")", "[", "-", "1", "a", "A", "/", "'", '"', "+", ".", "=>", "\u0301", "\u202e", "ALK ", "ALK-", "EGFR/", "G1202R ", "T790M + ", "p."),
    *("c.1_2del ", "exon 19 ", "EML4-ALK ", "not ", "EGFR and ALK and ", "anaplastic lymphoma kinase (ALK) ", "erlotinib, gefitinib, "),
]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(Settings(profile="fast"), Lexicon.open())


@pytest.mark.parametrize("size", [3000, pytest.param(20_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("run", RUNS)
def test_one_thing_again_and_again(pipeline: Pipeline, run: str, size: int) -> None:
    text = (run * (size // len(run) + 1))[:size]
    with time_limit(2.0 if size == 3000 else 30.0, work=True):
        pipeline.annotate_one(Document("1", (Section("text", text),)))
