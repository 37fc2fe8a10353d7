"""What extraction must not fall below, on the development gold standards: two points under what docs/accuracy.md says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.build import annotate_lines
from kg.config import Settings
from kg.evaluate import gold_documents, score_task
from kg.model import Failure

SHARED = Path(__file__).parents[2].parent / "shared"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not SHARED.is_dir(), reason="the gold standards in ../shared are not here")]


@pytest.mark.parametrize(
    ("task", "gold", "label", "floor"),
    [
        ("mentions", "corpora/biored/dev.pubtator.gz", "micro", 0.83),
        ("groundings", "corpora/biored/dev.pubtator.gz", "micro", 0.72),
        ("mentions", "corpora/ncbi-disease/dev.pubtator.gz", "micro", 0.825),
        ("mentions", "gold/dev.jsonl", "Variant", 0.97),
        ("mentions", "gold/dev.jsonl", "Drug", 0.95),
        ("relations", "gold/dev.jsonl", "all", 0.72),
    ],
)
def test_f1_stays_above(task: str, gold: str, label: str, floor: float) -> None:
    rows = {}
    for item in annotate_lines(gold_documents(task, SHARED / gold), Settings(workers=2)):
        assert not isinstance(item, Failure)
        row = json.loads(item)
        rows[str(row["id"])] = row
    [score] = [s for s in score_task(task, SHARED / gold, rows).scores if s.label == label]
    assert score.f1 >= floor
