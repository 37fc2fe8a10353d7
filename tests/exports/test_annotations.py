# ruff: noqa: E501 (tables of cases)
from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.exports.annotations import annotation_row, write_pubtator
from kg.model import Annotation, Argument, Context, Document, Entity, Evidence, Grounding, Mention, Section

ALK = Entity("HGNC:427", "Gene", "ALK", ("NCBIGene:238", "UniProt:Q9UM73"))
DRUG = Entity("DRUGBANK:DB08865", "Drug", "crizotinib", ("MESH:D000077547",))


def annotated() -> Annotation:
    document = Document(
        "7",
        (Section("title", "ALK again"), Section("abstract", "On ALK.", "AIM"), Section("abstract.2", "ALK binds crizotinib.", "RESULT")),
        pmid="7",
    )
    mentions = (
        Mention("title", 0, 3, "ALK", "Gene", "ALK", Grounding(ALK, 0.98123, "exact"), "lexicon"),
        Mention("abstract.2", 10, 20, "crizotinib", "Drug", "crizotinib", Grounding(DRUG, 1.0, "exact"), "lexicon"),
        Mention("abstract.2", 4, 9, "binds", "Concept", "binding", None, "lexicon"),
    )
    ends = Argument(DRUG.id, "Drug", "crizotinib", DRUG.xrefs, ((10, 20),)), Argument(ALK.id, "Gene", "ALK", ALK.xrefs, ((0, 3),))
    disease = Argument("MONDO:0005233", "Disease", "non-small cell lung carcinoma", ("DOID:3908",))
    evidence = Evidence(
        "7", "abstract.2", 0, 21, "ALK binds crizotinib.", ends[0], "targets", ends[1], Context(disease=disease, line="first-line"), confidence=0.91
    )
    return Annotation(document, mentions, (evidence,))


def test_the_row_has_exactly_the_shape_of_the_interface() -> None:
    row = annotation_row(annotated())
    assert json.loads(json.dumps(row)) == row
    assert row == {
        "id": "7",
        "mentions": [
            {"section": "title", "start": 0, "end": 3, "text": "ALK", "type": "Gene", "id": "HGNC:427", "name": "ALK", "score": 0.9812, "xrefs": ["NCBIGene:238", "UniProt:Q9UM73"]},
            {"section": "abstract", "start": 18, "end": 28, "text": "crizotinib", "type": "Drug", "id": "DRUGBANK:DB08865", "name": "crizotinib", "score": 1.0, "xrefs": ["MESH:D000077547"]},
            {"section": "abstract", "start": 12, "end": 17, "text": "binds", "type": "Concept", "id": None, "name": "binding", "score": 0.0, "xrefs": []},
        ],
        "evidence": [
            {
                "subject": {"id": "DRUGBANK:DB08865", "type": "Drug", "name": "crizotinib", "xrefs": ["MESH:D000077547"], "spans": [[18, 28]]},
                "predicate": "targets",
                "object": {"id": "HGNC:427", "type": "Gene", "name": "ALK", "xrefs": ["NCBIGene:238", "UniProt:Q9UM73"], "spans": [[8, 11]]},
                "context": {"disease": {"id": "MONDO:0005233", "type": "Disease", "name": "non-small cell lung carcinoma"}, "line": "first-line"},
                "polarity": "positive",
                "certainty": "asserted",
                "section": "abstract",
                "start": 8,
                "end": 29,
                "sentence": "ALK binds crizotinib.",
                "confidence": 0.91,
            }
        ],
    }  # fmt: skip


def test_offsets_count_into_the_joined_parts_of_a_structured_abstract() -> None:
    row = annotation_row(annotated())
    abstract = "On ALK. ALK binds crizotinib."
    for mention in row["mentions"]:
        assert {"title": "ALK again", "abstract": abstract}[mention["section"]][mention["start"] : mention["end"]] == mention["text"]


def test_pubtator_block() -> None:
    assert write_pubtator(annotated()) == (
        "7|t|ALK again\n7|a|On ALK. ALK binds crizotinib.\n7\t0\t3\tALK\tGene\t238\n7\t22\t27\tbinds\tConcept\t-\n"
        "7\t28\t38\tcrizotinib\tChemical\tD000077547\n7\ttargets\tD000077547\t238\n\n"
    )


@pytest.mark.parametrize(
    ("title", "abstract"), [("", "ALK"), ("A\nB", "x\tALK\r\n|a|"), ("KRAS<sup>G12C</sup>", "ALK \u2028\x85 ALK"), ("T", "🧬 ALK"), ("T|t|", "")]
)
def test_pubtator_offsets_hold_in_any_text(title: str, abstract: str) -> None:
    sections = (Section("title", title), Section("abstract", abstract))
    mentions = tuple(
        Mention("abstract", m.start(), m.end(), "ALK", "Gene", "ALK", Grounding(ALK, 1.0, "exact")) for m in re.finditer("ALK", abstract)
    )
    block = write_pubtator(Annotation(Document("a|b\tc", sections), mentions, ()))
    lines = block.removesuffix("\n\n").splitlines()
    assert len(lines) == 2 + len(mentions)
    text = lines[0].removeprefix("a_b c|t|") + " " + lines[1].removeprefix("a_b c|a|")
    assert len(text) == len(title) + 1 + len(abstract)
    for line in lines[2:]:
        _, start, end, mention, *_ = line.split("\t")
        assert text[int(start) : int(end)] == mention


def test_the_public_scorers_read_what_we_write(tmp_path: Path) -> None:
    scoring = Path(__file__).parents[3] / "shared/scoring"
    if not scoring.exists():
        pytest.skip("the scorers lie outside the project and are not there")
    (tmp_path / "gold.pubtator").write_text(write_pubtator(annotated()))
    (tmp_path / "pred.jsonl").write_text(json.dumps(annotation_row(annotated())) + "\n")
    for script in ("score_mentions.py", "score_relations.py"):
        done = subprocess.run(
            [sys.executable, str(scoring / script), str(tmp_path / "gold.pubtator"), str(tmp_path / "pred.jsonl")],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "1.0000" in done.stdout, done.stdout
