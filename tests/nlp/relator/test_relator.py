"""The shipped relator: its files, what it answers, and that an answer depends on the document alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from kg.config import Settings
from kg.errors import ModelError
from kg.lexicon import Lexicon
from kg.model import Document, Evidence, Section
from kg.nlp import Pipeline
from kg.nlp.recognizer import WEIGHTS as RECOGNIZER
from kg.nlp.relator import WEIGHTS, open_relator
from kg.nlp.relator.heads import HEADS, answers
from kg.nlp.relator.marks import REACH, nearness, within_reach
from kg.nlp.relator.reading import is_association, is_effect


@pytest.fixture(scope="module")
def accurate(lexicon: Lexicon) -> Pipeline:
    return Pipeline(Settings(profile="accurate"), lexicon)


def read(pipeline: Pipeline, *sections: str) -> tuple[Evidence, ...]:
    names = ("title", "abstract") if len(sections) > 1 else ("text",)
    return pipeline.annotate_one(Document("1", tuple(Section(n, t) for n, t in zip(names, sections, strict=True)))).evidence


def told(evidence: tuple[Evidence, ...]) -> set[tuple[str, str, str]]:
    return {(e.subject.name, e.predicate, e.object.name) for e in evidence if e.polarity == "positive"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ba/F3 cells expressing ALK G1202R were resistant to crizotinib but remained sensitive to lorlatinib.",
            {("ALK G1202R", "confers_resistance_to", "crizotinib"), ("ALK G1202R", "confers_sensitivity_to", "lorlatinib")},
        ),
        (
            "In patients with BRAF V600E melanoma, vemurafenib led to an objective response rate of 53%.",
            {("BRAF V600E", "confers_sensitivity_to", "vemurafenib")},
        ),
    ],
)
def test_lesions_and_therapies(accurate: Pipeline, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= told(read(accurate, text))


def test_what_it_adds_names_it_and_stands_in_its_sentence(accurate: Pipeline) -> None:
    title = "Lithium and the thyroid."
    abstract = "Twelve patients on lithium carbonate developed hypothyroidism. Thyrotropin rose in rats that were given lithium. Goitre was rare."
    found = read(accurate, title, abstract)
    assert found == read(accurate, title, abstract)
    for e in found:
        section = title if e.section == "title" else abstract
        assert section[e.start : e.end] == e.sentence
        assert e.extractor.startswith(("rules/", "model/"))
        for start, end in (*e.subject.spans, *e.object.spans):
            assert e.start <= start < end <= e.end


def test_a_long_document_is_read_in_stretches(accurate: Pipeline) -> None:
    filler = "The weather was fine and nothing of note was seen on that day in the ward. " * 80
    told_late = "Cells expressing KIT T670I were resistant to imatinib."
    assert ("KIT T670I", "confers_resistance_to", "imatinib") in told(read(accurate, "Report.", filler + told_late))
    assert read(accurate, "Nothing to see here.") == ()


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [("Variant", "Drug", True), ("GeneFamily", "DrugClass", True), ("Gene", "Disease", False), ("Process", "Drug", False), ("Drug", "Drug", False)],
)
def test_of_which_pairs_an_effect_is_asked(one: str, other: str, asked: bool) -> None:
    assert is_effect(one, other) == asked


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("GeneFamily", "Phenotype", True),
        ("Gene", "Disease", True),
        ("Drug", "Drug", True),
        ("Disease", "Phenotype", False),
        ("Gene", "Process", False),
        ("Gene", "Drug", False),
        ("Variant", "Disease", False),
    ],
)
def test_of_which_pairs_an_association_is_asked(one: str, other: str, asked: bool) -> None:
    assert is_association(one, other) == asked


def test_pieces_far_from_every_mention_are_not_read() -> None:
    far = [*range(20 - REACH), *range(23 + REACH, 60 - REACH), *range(61 + REACH, 100)]
    assert np.flatnonzero(~within_reach(100, [(20, 23), (60, 61)])).tolist() == far
    assert within_reach(5, [(0, 1)]).all()
    assert not within_reach(5, []).any()


@pytest.mark.parametrize(("one", "other", "distance"), [([0], [1], 0), ([0], [2], 2), ([2, 4], [3], 3), ([0], [3], 4), ([0], [4], 8)])
def test_nearness_is_of_the_nearest_mentions(one: list[int], other: list[int], distance: int) -> None:
    assert nearness(np.array([3, 3, 7, 20, 900]), one, other) == distance


def test_answers_are_bits() -> None:
    assert answers("effect", "none") == 1
    assert answers("effect", "sensitive", "resistant") == 0b110
    assert all(names[0] == "none" for names in HEADS.values())


def test_a_relator_of_another_recognizer_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(RECOGNIZER, other)
    manifest = json.loads((other / "manifest.json").read_text())
    manifest["files"]["recognizer.onnx"] = "0" * 64
    (other / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match="taught on another recognizer"):
        open_relator(recognizer=other)


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_damaged_file_is_named(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    model = folder / "relator.onnx"
    if damage == "missing":
        model.unlink()
    else:
        model.write_bytes(model.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=r"relator\.onnx"):
        open_relator(folder)
