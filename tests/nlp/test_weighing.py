"""How rules and the learned classifier are brought together: a table of what a rule reads, the classifier's odds, and what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from kg.nlp.relations import Item
from kg.nlp.relations.effect_direction import RESISTANCE, SENSITIVITY
from kg.nlp.relations.found import Found
from kg.nlp.relations.weighing import Odds, weigh

TEXT = "A response to one was seen, and inhibition of the other."
LESION = Item(0, 10, "Variant", "ALK G1202R", "KGV:1", genes=(("Gene", "ALK", "HGNC:427"),))
DRUG = Item(30, 40, "Drug", "crizotinib", "DRUGBANK:DB08865")
OTHER = Item(45, 52, "Drug", "imatinib", "DRUGBANK:DB00619")
GENE = Item(60, 63, "Gene", "MET", "HGNC:7029")


@dataclass
class Said:
    """Scopes of a sentence: where it denies, and how sure it is at a place."""

    denied: range = range(0)
    certainties: tuple[tuple[int, str], ...] = ()

    def negated(self, start: int, end: int) -> bool:
        return start in self.denied

    def certainty(self, start: int, end: int) -> str:
        return dict(self.certainties).get(start, "asserted")


def rule(predicate: str, drug: Item = DRUG, polarity: str = "positive") -> Found:
    return Found(LESION, predicate, drug, (11, 20), "effect/res/subject", 0.8, polarity)


@pytest.mark.parametrize(
    ("found", "own", "stands"),
    [
        # odds of none, sensitive, resistant, refuted
        (rule(RESISTANCE), (0.1, 0.1, 0.8, 0.0), True),
        (rule(RESISTANCE), (0.9, 0.04, 0.05, 0.01), True),  # in doubt for the rule
        (rule(SENSITIVITY), (0.99, 0.005, 0.005, 0.0), False),  # it sees nothing of it
        (rule(SENSITIVITY), (0.01, 0.005, 0.985, 0.0), False),  # it reads the other direction
        (rule(SENSITIVITY, polarity="negative"), (1.0, 0.0, 0.0, 0.0), True),  # denials are the rules' alone
        (rule(SENSITIVITY, OTHER), (1.0, 0.0, 0.0, 0.0), True),  # an end that stands elsewhere
        (rule("treats"), (1.0, 0.0, 0.0, 0.0), True),
    ],
)
def test_what_stands(found: Found, own: tuple[float, ...], stands: bool) -> None:
    assert weigh(TEXT, 0, [found], [LESION, DRUG, OTHER], Said(), lambda: Odds({(LESION.key, DRUG.key): own})) == [found] * stands


def test_a_sentence_without_lesions_therapies_and_a_word_of_what_happened_is_not_asked_about() -> None:
    def ask() -> Odds:
        raise AssertionError

    assert weigh(TEXT, 0, [rule("treats")], [DRUG, OTHER], Said(), ask) == [rule("treats")]
    assert weigh("Both were measured.", 0, [rule("treats")], [LESION, GENE, DRUG], Said(), ask) == [rule("treats")]


@pytest.mark.parametrize(
    ("own", "said", "found", "added"),
    [
        ((0.03, 0.95, 0.02, 0.0), Said(), [], (SENSITIVITY, "asserted")),
        ((0.03, 0.02, 0.95, 0.0), Said(), [], (RESISTANCE, "asserted")),
        ((0.4, 0.6, 0.0, 0.0), Said(), [], None),  # not sure enough
        ((0.0, 0.0, 0.0, 1.0), Said(), [], None),  # denials are the rules' alone
        ((0.0, 1.0, 0.0, 0.0), Said(), [rule(RESISTANCE)], None),  # it contradicts the rule, which is dropped
        ((0.0, 1.0, 0.0, 0.0), Said(denied=range(30, 40)), [], None),
        ((0.0, 0.0, 1.0, 0.0), Said(denied=range(30, 40)), [], (RESISTANCE, "asserted")),  # "did not respond to"
        ((0.0, 1.0, 0.0, 0.0), Said(certainties=((30, "hypothesis"),)), [], None),  # an aim asserts nothing
        ((0.0, 1.0, 0.0, 0.0), Said(certainties=((30, "speculated"),)), [], (SENSITIVITY, "speculated")),
    ],
)
def test_which_effects_are_added(own: tuple[float, ...], said: Said, found: list[Found], added: tuple[str, str] | None) -> None:
    stands = weigh(TEXT, 0, found, [LESION, DRUG], said, lambda: Odds({(LESION.key, DRUG.key): own}))
    assert [(f.subject, f.predicate, f.object, f.certainty) for f in stands] == ([(LESION, added[0], DRUG, added[1])] if added else [])


@pytest.mark.parametrize(
    "text",
    [
        "The role of ALK G1202R in resistance to crizotinib remains to be elucidated.",
        "We asked whether ALK G1202R changes the response to crizotinib.",
        "The function and mechanism of ALK G1202R on crizotinib resistance.",
        "ALK G1202R may modulate apoptosis and sensitivity to crizotinib.",
        "ALK G1202R as a biomarker for predicting crizotinib efficacy.",
    ],
)
def test_no_effect_is_added_where_its_direction_is_left_open(text: str) -> None:
    assert weigh(text, 0, [], [LESION, DRUG], Said(), lambda: Odds({(LESION.key, DRUG.key): (0.0, 0.0, 1.0, 0.0)})) == []


def test_no_effect_is_added_beside_what_rules_read_of_the_gene() -> None:
    gene = Item(60, 63, "Gene", "ALK", "HGNC:427")
    stands = weigh(TEXT, 0, [rule(RESISTANCE)], [LESION, DRUG, gene], Said(), lambda: Odds({(gene.key, DRUG.key): (0.0, 1.0, 0.0, 0.0)}))
    assert stands == [rule(RESISTANCE)]


READ = Found(DRUG, "binds", GENE, (41, 50), "target/binds", 0.6)


@pytest.mark.parametrize(
    ("own", "said", "found", "added"),
    [
        ({"none": 0.1, "INHIBITOR": 0.9}, Said(), [], ("inhibits", "asserted")),
        ({"none": 0.1, "INHIBITOR": 0.5, "INDIRECT-DOWNREGULATOR": 0.4}, Said(), [], ("inhibits", "asserted")),  # both lower it
        ({"none": 0.1, "AGONIST": 0.9}, Said(), [], ("activates", "asserted")),
        ({"none": 0.1, "DIRECT-REGULATOR": 0.9}, Said(), [], ("targets", "asserted")),
        ({"none": 0.0, "SUBSTRATE": 1.0}, Said(), [], None),  # no predicate of ours
        ({"none": 0.5, "INHIBITOR": 0.5}, Said(), [], None),  # not sure enough
        ({"none": 0.1, "INHIBITOR": 0.45, "ACTIVATOR": 0.45}, Said(), [], None),  # which way is not known
        ({"none": 0.0, "INHIBITOR": 1.0}, Said(denied=range(60, 63)), [], None),
        ({"none": 0.0, "INHIBITOR": 1.0}, Said(certainties=((30, "hypothesis"),)), [], None),  # an aim asserts nothing
        ({"none": 0.0, "INHIBITOR": 1.0}, Said(certainties=((60, "speculated"),)), [], ("inhibits", "speculated")),
        ({"none": 0.0, "INHIBITOR": 1.0}, Said(), [READ], None),  # rules have spoken of the two
    ],
)
def test_which_actions_are_added(own: Mapping[str, float], said: Said, found: list[Found], added: tuple[str, str] | None) -> None:
    stands = weigh(TEXT, 0, found, [DRUG, GENE], said, lambda: Odds(actions={(GENE.key, DRUG.key): own}))
    assert stands[: len(found)] == found
    assert [(f.subject, f.predicate, f.object, f.certainty) for f in stands[len(found) :]] == ([(DRUG, added[0], GENE, added[1])] if added else [])
