"""How rules and the learned relator are brought together: tables of a rule's finding, the relator's odds, and what stands."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kg.nlp.relations import Item
from kg.nlp.relations.effects import RESISTANCE, SENSITIVITY
from kg.nlp.relations.found import Found
from kg.nlp.relations.opinions import WHOLE, Opinion, Opinions, locate

LESION = Item(0, 10, "Variant", "ALK G1202R", "KGV:1")
DRUG = Item(30, 40, "Drug", "crizotinib", "DRUGBANK:DB08865")
DISEASE = Item(50, 55, "Disease", "lung cancer", "MONDO:1")
TOLD = "A sentence that tells a response."
GENE = Item(60, 63, "Gene", "ALK", "HGNC:427")


@dataclass(frozen=True)
class Plain:
    """A sentence that denies nothing and asserts what it is told to."""

    said: str = "asserted"

    def negated(self, start: int, end: int) -> bool:
        return False

    def certainty(self, start: int, end: int) -> str:
        return self.said


def rule(predicate: str, confidence: float = 0.8, polarity: str = "positive") -> Found:
    return Found(LESION, predicate, DRUG, (11, 20), "effect/res/subject", confidence, polarity)


@pytest.mark.parametrize(
    ("found", "effect", "stands"),
    [
        # odds of none, sensitive, resistant, refuted
        ([], (0.04, 0.03, 0.9, 0.03), [(RESISTANCE, "positive", "model/effect")]),
        ([], (0.05, 0.9, 0.03, 0.02), [(SENSITIVITY, "positive", "model/effect")]),
        ([], (0.4, 0.3, 0.2, 0.1), []),
        ([], (0.0, 0.05, 0.05, 0.9), []),  # against what would it be evidence?
        ([rule(RESISTANCE)], (0.2, 0.1, 0.6, 0.1), [(RESISTANCE, "positive", "effect/res/subject")]),
        ([rule(RESISTANCE)], (0.3, 0.3, 0.3, 0.1), [(RESISTANCE, "positive", "effect/res/subject")]),
        ([rule(RESISTANCE, 0.5)], (0.001, 0.99, 0.001, 0.008), [(SENSITIVITY, "positive", "effect/res/subject")]),
        ([rule(SENSITIVITY, 0.5)], (0.001, 0.003, 0.001, 0.995), [(SENSITIVITY, "negative", "effect/res/subject")]),
        ([rule(SENSITIVITY, 0.5)], (0.9999, 0.0000, 0.0001, 0.0000), []),
        ([rule(RESISTANCE, 0.8, "negative")], (0.2, 0.3, 0.2, 0.3), [(RESISTANCE, "negative", "effect/res/subject")]),
    ],
)
def test_effects(found: list[Found], effect: tuple[float, ...], stands: list[tuple[str, str, str]]) -> None:
    opinions = Opinions([Opinion(LESION, DRUG, 3, effect)])
    assert [(f.predicate, f.polarity, f.rule) for f in opinions.weigh(3, TOLD, found, Plain())] == stands


def test_other_findings_pass_and_hypotheses_do_not() -> None:
    treats = Found(DRUG, "treats", DISEASE, (0, 1), "therapy/treats", 0.7)
    sure = Opinions([Opinion(LESION, DRUG, 0, (0.0, 0.0, 1.0, 0.0))])
    assert [f.rule for f in sure.weigh(0, TOLD, [treats], Plain())] == ["therapy/treats", "model/effect"]
    assert [f.certainty for f in sure.weigh(0, TOLD, [], Plain("speculated"))] == ["speculated"]
    assert list(sure.weigh(0, TOLD, [], Plain("hypothesis"))) == []
    assert list(sure.weigh(1, TOLD, [], Plain())) == []


@pytest.mark.parametrize(
    ("sentence", "added"),
    [
        ("Tumours with ALK G1202R did not respond to crizotinib.", True),
        ("Crizotinib reduced the growth of cells with ALK G1202R.", True),
        ("We enrolled patients with ALK G1202R, who were given crizotinib.", False),
        ("Crizotinib is a drug for the treatment of patients with ALK fusion.", False),
    ],
)
def test_only_sentences_with_an_outcome_are_added_to(sentence: str, added: bool) -> None:
    opinions = Opinions([Opinion(LESION, DRUG, 0, (0.0, 0.0, 1.0, 0.0))])
    assert bool(list(opinions.weigh(0, sentence, [], Plain()))) == added


def test_expression_measured_after_treatment_is_no_lesion() -> None:
    measured = Item(60, 70, "Variant", "NCOA4 overexpression", "KGV:2")
    carried = Item(0, 10, "Variant", "NCOA4 overexpression", "KGV:2")
    for lesion, count in ((measured, 0), (carried, 1)):
        opinions = Opinions([Opinion(lesion, DRUG, 0, (0.0, 1.0, 0.0, 0.0))])
        assert len(list(opinions.weigh(0, TOLD, [], Plain()))) == count


@pytest.mark.parametrize(
    ("subject", "object_", "association", "told"),
    [
        (DRUG, DISEASE, {"none": 0.1, "Negative_Correlation": 0.8, "Association": 0.1}, ("crizotinib", "treats", "lung cancer")),
        (DRUG, DISEASE, {"none": 0.1, "Positive_Correlation": 0.9}, ("crizotinib", "causes_adverse_event", "lung cancer")),
        (GENE, DISEASE, {"none": 0.3, "Association": 0.7}, ("ALK", "associated_with", "lung cancer")),
        (GENE, DRUG, {"none": 0.1, "Negative_Correlation": 0.9}, ("crizotinib", "inhibits", "ALK")),  # the therapy acts on the gene
        (GENE, DRUG, {"none": 0.1, "Association": 0.9}, None),  # none of our predicates
        (GENE, DISEASE, {"none": 0.9, "Association": 0.1}, None),
    ],
)
def test_associations(subject: Item, object_: Item, association: dict[str, float], told: tuple[str, str, str] | None) -> None:
    found = list(Opinions([Opinion(subject, object_, WHOLE, (), association)]).associations())
    assert [(o.subject.name, predicate, o.object.name) for o, predicate, _ in found] == ([told] if told else [])


def test_a_pair_is_located_where_both_stand_or_nearest() -> None:
    later = Item(100, 110, "Drug", "crizotinib", "DRUGBANK:DB08865")
    lesion = Item(90, 99, "Variant", "ALK G1202R", "KGV:1")
    pair = Opinion(LESION, DRUG, WHOLE)
    assert locate(pair, [[LESION], [DRUG], [lesion, later]], lambda a, b: abs(a.start - b.start)) == (2, lesion, later)
    assert locate(pair, [[LESION], [DRUG], [later]], lambda a, b: abs(a.start - b.start)) == (1, LESION, DRUG)
    assert locate(pair, [[LESION], []], lambda a, b: 0) is None
