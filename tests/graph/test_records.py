"""Records as JSON lines: equal after reading back, defaults left out, and a row of another shape named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.errors import ReadError
from kg.graph import Graph
from kg.model import Argument, Context, Document, Entity, Evidence, Grounding, Mention, Section, Statement
from kg.records import dumps, from_dict, read_jsonl, to_dict, write_jsonl

ALK = Entity("HGNC:427", "Gene", "ALK", ("NCBIGene:238",), ("ALK1", "CD246"), (("is_kinase", "true"),))
GENE = Argument("HGNC:427", "Gene", "ALK", ("NCBIGene:238",), ((0, 3), (40, 43)))
DRUG = Argument("DRUGBANK:DB08865", "Drug", "crizotinib")
RECORDS = [
    ALK,
    Document("1", (Section("title", "ALK"), Section("abstract", "Crizotinib.", "RESULTS")), authors=("A. Example",), retracted=True, version=2),
    Mention("title", 0, 3, "ALK", "Gene", "ALK", Grounding(ALK, 0.9, "exact"), "dictionary"),
    Mention("title", 0, 3, "ALK", "Gene", "ALK"),
    Evidence("1", "abstract", 0, 11, "Crizotinib.", DRUG, "inhibits", GENE, Context(disease=GENE, line="first"), cues=((0, 4),), confidence=0.5),
    Statement("KGS:1", DRUG, "inhibits", GENE, Context(), ("KGE:1",), ("1",), 1, belief=0.25),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: type(r).__name__)
def test_reading_back_gives_an_equal_record(record: Any, tmp_path: Path) -> None:
    assert from_dict(type(record), to_dict(record)) == record
    assert write_jsonl(tmp_path / "records.jsonl", [record, record]) == 2
    assert list(read_jsonl(tmp_path / "records.jsonl", type(record))) == [record, record]


def test_defaults_and_omitted_fields_are_left_out() -> None:
    assert to_dict(DRUG) == {"id": "DRUGBANK:DB08865", "type": "Drug", "name": "crizotinib"}
    assert to_dict(RECORDS[2], "grounding", "recognizer") == {
        **dict.fromkeys(("text", "name"), "ALK"),
        "section": "title",
        "start": 0,
        "end": 3,
        "type": "Gene",
    }
    assert dumps(RECORDS[5]).endswith('"context":{},"evidence":["KGE:1"],"documents":["1"],"n_for":1,"belief":0.25}')


def test_plain_values_hold_no_tuples() -> None:
    row = to_dict(RECORDS[4])
    assert row["object"]["spans"] == [[0, 3], [40, 43]]
    assert row["cues"] == [[0, 4]]


def test_a_lone_surrogate_is_escaped() -> None:
    assert dumps(Entity("X:1", "Gene", "\ud800")) == '{"id":"X:1","type":"Gene","name":"\\ud800"}'
    assert dumps({"name": "β"}) == '{"name":"β"}'


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        "[1]",
        '"text"',
        "null",
        "{}",
        '{"id":"X:1","type":"Gene","name":"x","colour":"red"}',
        '{"id":"X:1","type":"Gene","name":"x","spans":[[1,2,3]]}',
        '{"id":"X:1","type":"Gene","name":"x","spans":3}',
    ],
)
def test_a_line_of_another_shape_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "arguments.jsonl"
    path.write_text(dumps(DRUG) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ReadError, match="2"):
        list(read_jsonl(path, Argument))


def test_named_gives_the_entities_of_the_mentions(graph: Graph) -> None:
    for document in graph.documents:
        assert graph.named(document) == {m.entity_id for m in graph.mentions(document)} - {""}
    assert graph.named("nowhere") == set()
