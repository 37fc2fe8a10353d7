"""The edges of docs/edges.md, read again from the sentences in data/ that they lead back to."""

from __future__ import annotations

import csv
import gzip
import re
from pathlib import Path

import pytest

from kg.config import Settings
from kg.lexicon import Lexicon
from kg.model import Document, Section
from kg.nlp import Pipeline

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"\| (?P<subject>[^|]+?) `(?P<predicate>\w+)` (?P<object>[^|]+?) \| (?P<sentence>[^|]+?) \| PMID:(?P<pmid>\d+) \|")
EDGES = [m.groupdict() for m in ROW.finditer((ROOT / "docs" / "edges.md").read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def texts() -> list[dict[str, str]]:
    with gzip.open(ROOT / "data" / "civic_evidence.tsv.gz", "rt", encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(Settings(), Lexicon.open())


def test_at_least_ten_edges_are_listed() -> None:
    assert len(EDGES) >= 10


@pytest.mark.parametrize("edge", EDGES, ids=[f"{e['subject']} {e['predicate']} {e['object']}" for e in EDGES])
def test_edge_leads_back_to_its_sentence(texts: list[dict[str, str]], pipeline: Pipeline, edge: dict[str, str]) -> None:
    rows = [row for row in texts if row["pmid"] == edge["pmid"] and edge["sentence"] in row["text"]]
    assert rows, "the sentence is not in data/"
    found = pipeline.annotate_one(Document(rows[0]["id"], (Section("text", rows[0]["text"]),))).evidence
    wanted = (edge["subject"], edge["predicate"], edge["object"], "positive", edge["sentence"])
    assert wanted in [(e.subject.name, e.predicate, e.object.name, e.polarity, e.sentence) for e in found]
