"""A gold standard in BioC, XML or JSON, scores as the same gold standard in PubTator does."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.evaluate import score_task

TITLE, ABSTRACT = "Crizotinib in NSCLC.", "ALK G1202R resists it."
MENTIONS = [(0, 10, "Crizotinib", "Chemical", "MESH:D000077547"), (14, 19, "NSCLC", "Disease", "MESH:D002289"), (21, 24, "ALK", "Gene", "238")]


def pubtator(path: Path) -> Path:
    lines = [f"1|t|{TITLE}", f"1|a|{ABSTRACT}", *("\t".join(["1", str(s), str(e), t, k, i]) for s, e, t, k, i in MENTIONS)]
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return path


def bioc_json(path: Path) -> Path:
    passages = []
    for kind, offset, text in (("title", 0, TITLE), ("abstract", 21, ABSTRACT)):
        marks = [
            {"infons": {"type": k, "identifier": i}, "text": t, "locations": [{"offset": s, "length": e - s}]}
            for s, e, t, k, i in MENTIONS
            if offset <= s < offset + len(text)
        ]
        passages.append({"infons": {"type": kind}, "offset": offset, "text": text, "annotations": marks})
    path.write_text(json.dumps({"documents": [{"id": "1", "passages": passages}]}, indent=1), encoding="utf-8")
    return path


def bioc_xml(path: Path) -> Path:
    parts = []
    for kind, offset, text in (("title", 0, TITLE), ("abstract", 21, ABSTRACT)):
        marks = "".join(
            f'<annotation id="{n}"><infon key="type">{k}</infon><infon key="identifier">{i}</infon><location offset="{s}" length="{e - s}"/><text>{t}</text></annotation>'  # noqa: E501
            for n, (s, e, t, k, i) in enumerate(MENTIONS)
            if offset <= s < offset + len(text)
        )
        parts.append(f'<passage><infon key="type">{kind}</infon><offset>{offset}</offset><text>{text}</text>{marks}</passage>')
    body = f"<?xml version='1.0'?><collection><document><id>1</id>{''.join(parts)}</document></collection>"
    path.write_bytes(gzip.compress(body.encode()))
    return path


PREDICTED = {
    "1": {
        "id": "1",
        "mentions": [
            {"section": "title", "start": 0, "end": 10, "text": "Crizotinib", "type": "Drug", "id": "DRUGBANK:DB08865", "xrefs": ["MESH:D000077547"]},
            {"section": "abstract", "start": 0, "end": 3, "text": "ALK", "type": "Gene", "id": "HGNC:427", "xrefs": ["NCBIGene:238"]},
        ],
        "evidence": [],
    }
}


@pytest.mark.parametrize("task", ["mentions", "groundings"])
def test_bioc_scores_as_pubtator(tmp_path: Path, task: str) -> None:
    reports = [
        score_task(task, make(tmp_path / name), PREDICTED)
        for make, name in ((pubtator, "gold.txt"), (bioc_json, "gold.json"), (bioc_xml, "gold.xml.gz"))
    ]
    assert reports[0].scores == reports[1].scores == reports[2].scores
    assert {s.label: s.recall for s in reports[0].scores}["micro"] == pytest.approx(2 / 3)


def test_an_annotation_outside_its_passage_is_named(tmp_path: Path) -> None:
    path = bioc_json(tmp_path / "gold.json")
    path.write_text(path.read_text(encoding="utf-8").replace('"offset": 14', '"offset": 19'), encoding="utf-8")
    with pytest.raises(ReadError, match=r"record 1: the annotation 'NSCLC' lies outside its passage"):
        score_task("mentions", path, PREDICTED)
