"""How rules and the learned classifier are brought together: a table of what a rule reads, the classifier's odds, and whether it stands."""

from __future__ import annotations

import pytest

from kg.nlp.relations import Item
from kg.nlp.relations.effect_direction import RESISTANCE, SENSITIVITY
from kg.nlp.relations.found import Found
from kg.nlp.relations.weighing import Odds, undoubted

LESION = Item(0, 10, "Variant", "ALK G1202R", "KGV:1", genes=(("Gene", "ALK", "HGNC:427"),))
DRUG = Item(30, 40, "Drug", "crizotinib", "DRUGBANK:DB08865")
OTHER = Item(45, 52, "Drug", "imatinib", "DRUGBANK:DB00619")


def rule(predicate: str, drug: Item = DRUG, polarity: str = "positive") -> Found:
    return Found(LESION, predicate, drug, (11, 20), "effect/res/subject", 0.8, polarity)


@pytest.mark.parametrize(
    ("found", "own", "stands"),
    [
        # odds of none, sensitive, resistant, refuted
        (rule(RESISTANCE), (0.1, 0.1, 0.8, 0.0), True),
        (rule(RESISTANCE), (0.9, 0.04, 0.05, 0.01), True),  # in doubt for the rule
        (rule(SENSITIVITY), (0.99, 0.005, 0.005, 0.0), False),  # it sees nothing of it
        (rule(SENSITIVITY), (0.01, 0.01, 0.98, 0.0), False),  # it reads the other direction
        (rule(SENSITIVITY, polarity="negative"), (1.0, 0.0, 0.0, 0.0), True),  # denials are the rules' alone
        (rule(SENSITIVITY, OTHER), (1.0, 0.0, 0.0, 0.0), True),  # an end that stands elsewhere
        (rule("treats"), (1.0, 0.0, 0.0, 0.0), True),
    ],
)
def test_what_stands(found: Found, own: tuple[float, ...], stands: bool) -> None:
    assert list(undoubted([found], lambda: {(LESION.key, DRUG.key): own})) == [found] * stands


def test_a_sentence_without_effects_is_not_asked_about() -> None:
    def ask() -> Odds:
        raise AssertionError

    assert list(undoubted([rule("treats")], ask)) == [rule("treats")]
