"""How rules and the learned relator are brought together: tables of a rule's finding, the relator's odds, and what stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest

from kg.nlp.assertion import SentenceScopes
from kg.nlp.relations import Item, Stretch, find_relations
from kg.nlp.relations.effect_direction import RESISTANCE, SENSITIVITY
from kg.nlp.relations.found import Found
from kg.nlp.relations.opinions import APART, WHOLE, Opinion, Opinions, locate, places_of

LESION = Item(0, 10, "Variant", "ALK G1202R", "KGV:1", genes=(("Gene", "ALK", "HGNC:427"),))
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


def rule(predicate: str, lesion: Item = LESION, drug: Item = DRUG) -> Found:
    return Found(lesion, predicate, drug, (11, 20), "effect/res/subject", 0.8)


FUSION = Item(12, 22, "Variant", "EML4::ALK fusion", "KGV:2", genes=(("Gene", "EML4", "HGNC:1316"), ("Gene", "ALK", "HGNC:427")))


@pytest.mark.parametrize(
    ("found", "lesion", "effect", "added"),
    [
        # odds of none, sensitive, resistant, refuted
        ([], LESION, (0.1, 0.02, 0.86, 0.02), RESISTANCE),
        ([], LESION, (0.05, 0.9, 0.03, 0.02), SENSITIVITY),
        ([], LESION, (0.4, 0.3, 0.2, 0.1), None),  # not sure enough
        ([], LESION, (0.0, 0.05, 0.05, 0.9), None),  # refuted: against what would it be evidence?
        ([rule(SENSITIVITY)], LESION, (0.0, 0.0, 1.0, 0.0), None),  # a rule has read the sentence for this therapy
        ([rule(RESISTANCE)], FUSION, (0.0, 1.0, 0.0, 0.0), None),  # and for a lesion of the same gene
        ([rule(RESISTANCE, drug=DISEASE)], LESION, (0.0, 0.0, 1.0, 0.0), RESISTANCE),  # for another therapy
        ([], FUSION, (0.0, 0.0, 1.0, 0.0), None),  # the drug is made for it
        ([], FUSION, (0.0, 1.0, 0.0, 0.0), SENSITIVITY),
    ],
)
def test_effects(found: list[Found], lesion: Item, effect: tuple[float, ...], added: str | None) -> None:
    new = list(Opinions([Opinion(lesion, DRUG, 3, effect)]).effects(3, TOLD, found, Plain()))
    assert [(f.predicate, f.rule) for f in new] == ([(added, "model/effect")] if added else [])


def test_hypotheses_and_other_sentences_are_left_out() -> None:
    sure = Opinions([Opinion(LESION, DRUG, 0, (0.0, 0.0, 1.0, 0.0))])
    assert [f.certainty for f in sure.effects(0, TOLD, [], Plain("speculated"))] == ["speculated"]
    assert list(sure.effects(0, TOLD, [], Plain("hypothesis"))) == []
    assert list(sure.effects(1, TOLD, [], Plain())) == []


@pytest.mark.parametrize(
    ("sentence", "added"),
    [
        ("Tumours with ALK G1202R did not respond to crizotinib.", True),
        ("Crizotinib reduced the growth of cells with ALK G1202R.", True),
        ("We enrolled patients with ALK G1202R, who were given crizotinib.", False),
        ("ALK G1202R and ROS1 G2032R responded to crizotinib and lorlatinib, respectively.", False),
    ],
)
def test_sentences_without_an_outcome_need_more(sentence: str, added: bool) -> None:
    likely = Opinions([Opinion(LESION, DRUG, 0, (0.1, 0.0, 0.9, 0.0))])
    assert bool(list(likely.effects(0, sentence, [], Plain()))) == added


@pytest.mark.parametrize(
    ("sentence", "sensitive", "resistant"),
    [
        ("Tumours with ALK G1202R responded to crizotinib.", True, True),
        ("Crizotinib-resistant lines with ALK G1202R responded.", False, True),
        ("The lines with ALK G1202R were resistant to crizotinib.", False, True),
        ("Lorlatinib had more activity in ALK G1202R than crizotinib.", False, True),
        ("ALK G1202R responded better compared to cells treated with crizotinib.", False, True),
        ("The response with ALK G1202R was better than without when treated with crizotinib.", True, True),
        ("Crizotinib failed to meet its primary endpoint of response in tumours with ALK G1202R.", False, True),
        ("Median survival of ALK G1202R carriers on crizotinib was not reached, and most responded.", True, True),
    ],
)
def test_who_resists_or_is_only_compared_is_not_called_sensitive(sentence: str, sensitive: bool, resistant: bool) -> None:
    at = sentence.lower().index("crizotinib")
    drug = replace(DRUG, start=100 + at, end=100 + at + len("crizotinib"))
    for odds, added in (((0.0, 1.0, 0.0, 0.0), sensitive), ((0.0, 0.0, 1.0, 0.0), resistant)):
        assert bool(list(Opinions([Opinion(LESION, drug, 0, odds)]).effects(0, sentence, [], Plain(), 100))) == added


@pytest.mark.parametrize(
    ("sentence", "added"),
    [
        ("Tumours with FANCC wild type responded to mitomycin.", True),
        ("The cells were more sensitive to mitomycin than those transduced with FANCC wild type.", False),
        ("Mitomycin led to regression in 8/11 xenografts compared to 2/9 of the CFPAC (FANCC wild type) line.", False),
    ],
)
def test_the_wild_type_that_others_are_compared_with_does_not_respond(sentence: str, added: bool) -> None:
    at = sentence.index("FANCC")
    wild = Item(at, at + 15, "Variant", "FANCC wild type", "KGV:3", genes=(("Gene", "FANCC", "HGNC:3584"),))
    assert bool(list(Opinions([Opinion(wild, DRUG, 0, (0.0, 1.0, 0.0, 0.0))]).effects(0, sentence, [], Plain()))) == added


@pytest.mark.parametrize(
    ("subject", "object_", "association", "told"),
    [
        (DRUG, DISEASE, {"none": 0.1, "Negative_Correlation": 0.8, "Association": 0.1}, ("crizotinib", "treats", "lung cancer")),
        (DRUG, DISEASE, {"none": 0.1, "Positive_Correlation": 0.9}, ("crizotinib", "causes_adverse_event", "lung cancer")),
        (GENE, DISEASE, {"none": 0.3, "Association": 0.7}, ("ALK", "associated_with", "lung cancer")),
        (GENE, DRUG, {"none": 0.1, "Negative_Correlation": 0.9}, None),  # seldom right
        (GENE, DRUG, {"none": 0.1, "Association": 0.9}, None),  # none of our predicates
        (GENE, DISEASE, {"none": 0.9, "Association": 0.1}, None),
    ],
)
def test_associations(subject: Item, object_: Item, association: dict[str, float], told: tuple[str, str, str] | None) -> None:
    found = list(Opinions([Opinion(subject, object_, WHOLE, (), association)]).associations())
    assert [(o.subject.name, predicate, o.object.name) for o, predicate, _ in found] == ([told] if told else [])


def test_a_pair_is_located_where_both_stand_or_if_it_is_sure_nearest() -> None:
    later = Item(100, 110, "Drug", "crizotinib", "DRUGBANK:DB08865")
    lesion = Item(90, 99, "Variant", "ALK G1202R", "KGV:1")
    pair = Opinion(LESION, DRUG, WHOLE)
    assert locate(pair, places_of([[LESION], [DRUG], [lesion, later]]), 0.6) == (2, lesion, later)
    assert locate(pair, places_of([[LESION], [DRUG], [later]]), APART) == (1, LESION, DRUG)
    assert locate(pair, places_of([[LESION], [DRUG], [later]]), 0.6) is None
    assert locate(pair, places_of([[LESION], []]), 1.0) is None


@pytest.mark.parametrize(
    ("before", "said", "after", "told_in"),
    [
        ("Methods. ", "ALK G1202R and crizotinib were put in one table of viability. ", "It was rare.", 1),
        ("Methods. ", "Cells with ALK G1202R were given crizotinib. ", "The IC50 of crizotinib was low.", 2),
        ("Viability was measured. ", "Cells with ALK G1202R were given crizotinib. ", "The result was clear.", 1),  # of something else
        ("Methods. ", "Cells with ALK G1202R were given crizotinib. ", "Viability fell.", 2),
        (
            "Methods. ",
            "Cells with ALK G1202R were given crizotinib. ",
            "Viability was measured. The IC50 of crizotinib was low.",
            3,
        ),  # it names the therapy
        ("Methods. ", "Cells with ALK G1202R were given crizotinib. ", "The result was clear.", 1),
    ],
)
def test_an_effect_stands_where_its_outcome_is_told(before: str, said: str, after: str, told_in: int) -> None:
    text = before + said + after
    cuts = [0, *(m.end() for m in re.finditer(r"\. (?=[A-Z])", text)), len(text)]
    stretches = [Stretch(a, b, "text") for a, b in pairwise(cuts)]
    named = [
        replace(end, start=m.start(), end=m.end()) for end, word in ((LESION, "ALK G1202R"), (DRUG, "crizotinib")) for m in re.finditer(word, text)
    ]
    effect = Opinion(named[0], next(i for i in named if i.type == "Drug"), 1, (0.0, 1.0, 0.0, 0.0))
    relations = find_relations(text, stretches, named, lambda a, b: SentenceScopes(text, a, b), lambda: Opinions([effect]))
    assert [stretches.index(Stretch(r.start, r.end, "text")) for r in relations if r.found.rule == "model/effect"] == [told_in]
