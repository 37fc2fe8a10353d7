"""The shipped classifier: what it is told of a sentence, what it answers, and that an answer depends on the sentence alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import Settings
from kg.errors import ModelError
from kg.lexicon import Lexicon
from kg.model import Document, Section
from kg.nlp import Pipeline
from kg.nlp.classifier import WEIGHTS, Classifier, open_classifier
from kg.nlp.classifier.marks import DISTANCES, FIRST, NOTHING, OTHER, SECOND, distance_classes, ends_of, hints_of
from kg.nlp.classifier.model import Marked
from kg.nlp.relations import extract
from kg.nlp.relator.heads import HEADS
from kg.nlp.relator.marks import MARKED, mark


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return open_classifier()


def test_marks_of_nested_mentions_are_those_of_the_longer() -> None:
    variant, gene, drug = MARKED.index("Variant"), MARKED.index("Gene"), MARKED.index("Drug")
    spans = [(1, 4, variant, 0), (1, 2, gene, 1), (6, 7, drug, 2)]
    assert hints_of(8, spans).tolist() == [0, mark(variant, False), mark(variant, True), mark(variant, True), 0, 0, mark(drug, False), 0]


def test_a_pair_is_told_apart_from_other_mentions() -> None:
    first, second, roles, to_first, to_second = ends_of(8, [(1, 3, 0, 0), (4, 5, 4, 1), (6, 7, 1, 2)], 0, 1)
    assert first.tolist() == [0, 0.5, 0.5, 0, 0, 0, 0, 0] and second.sum() == 1
    assert roles.tolist() == [NOTHING, FIRST, FIRST, NOTHING, SECOND, NOTHING, OTHER, NOTHING]
    assert to_first[1] == to_first[2] and to_first[0] < to_first[1] < to_first[3] and to_second[4] == to_first[1]


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1), min_size=1))))
def test_distance_classes_have_a_row_each_and_grow(case: tuple[int, set[int]]) -> None:
    size, places = case
    classes = distance_classes(np.array(sorted(places)), size)
    assert classes.min() >= 0 and classes.max() < DISTANCES
    assert all(classes[p] == classes[min(places)] for p in places)
    assert (np.diff(classes[max(places) :]) >= 0).all() and (np.diff(classes[: min(places) + 1]) >= 0).all()


def test_pairs_are_answered_alike_alone_and_together(classifier: Classifier) -> None:
    sentence = Marked(np.arange(2000, 2020, dtype=np.int32), np.zeros(20, np.uint8), [(2, 4, 0, 0), (8, 9, 4, 1), (12, 14, 4, 2)])
    both, one = classifier.answer(sentence, [(0, 1), (0, 2)]), classifier.answer(sentence, [(0, 2)])
    for head, odds in both.items():
        assert np.allclose(odds.sum(axis=1), 1, atol=1e-5)
        assert np.abs(odds[1] - one[head][0]).max() < 0.05  # one scale of 8 bits for all pairs of a sentence


@pytest.fixture(scope="module")
def accurate(lexicon: Lexicon) -> Pipeline:
    return Pipeline(Settings(profile="accurate"), lexicon)


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("Tumours with EGFR L858R responded to gefitinib.", "sensitive"),
        ("Knockdown of ABCB1 restored the sensitivity of the cells to paclitaxel.", "sensitive"),
        ("ALK G1202R conferred resistance to crizotinib in Ba/F3 cells.", "resistant"),
        ("Loss of NF1 blunted the killing of melanoma cells by vemurafenib.", "resistant"),
        ("Expression of EGFR was measured in tumours of patients who were given cisplatin.", "none"),
        ("The response to paclitaxel did not depend on the presence of a KRAS mutation.", "refuted"),
    ],
)
def test_what_it_reads_in_plain_sentences(accurate: Pipeline, monkeypatch: pytest.MonkeyPatch, sentence: str, answer: str) -> None:
    read: dict[tuple[str, str], tuple[float, ...]] = {}
    monkeypatch.setattr(extract, "weigh", lambda text, start, found, items, assertion, ask: read.update(ask().effects) or found)
    accurate.annotate_one(Document("1", (Section("title", "A report."), Section("abstract", sentence))))
    best = max(read.values(), key=lambda odds: max(odds[1:]))
    assert HEADS["effect"][int(np.argmax(best))] == answer


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("Erlotinib is a potent inhibitor of EGFR.", "INHIBITOR"),
        ("Curcumin lowered the expression of VEGFA in these cells.", "INDIRECT-DOWNREGULATOR"),
        ("Rifampicin induced the expression of CYP3A4 mRNA in hepatocytes.", "INDIRECT-UPREGULATOR"),
        ("Naloxone is an antagonist of the OPRM1 receptor.", "ANTAGONIST"),
        ("Expression of EGFR was measured in tumours of patients who were given cisplatin.", "none"),
    ],
)
def test_what_drugs_do_to_genes(accurate: Pipeline, monkeypatch: pytest.MonkeyPatch, sentence: str, answer: str) -> None:
    read: dict[tuple[str, str], dict[str, float]] = {}
    monkeypatch.setattr(extract, "weigh", lambda text, start, found, items, assertion, ask: read.update(ask().actions) or found)
    accurate.annotate_one(Document("1", (Section("title", "A report."), Section("abstract", sentence))))
    [own] = read.values()
    assert max(own, key=lambda label: own[label]) == answer


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "weights"
    shutil.copytree(WEIGHTS, copy)
    (copy / "classifier.onnx").write_bytes(b"no network")
    with pytest.raises(ModelError, match=r"classifier\.onnx: content differs"):
        open_classifier(copy)
