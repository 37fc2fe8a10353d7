"""What the learned relator thinks of pairs, brought together with what the rules found.

Rule: in a sentence, a rule's finding is one more vote: its confidence times `VOTE` is added to the relator's log odds. The surest of
sensitive, resistant and refuted stands, unless "none" has `FALLS` of the odds. What no rule found is added from `ADDED` on, in a
sentence that tells an outcome: in aims and methods the relator takes who is treated with what for who responds to what. Loose
associations (from `ASSOCIATED` on) are added only to a document that tells of no lesion and therapy: where it does, they would bury what
it says. The numbers are measured on development data (docs/models.md); which answer means which predicate stands in `MEANS`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.nlp.relations.coded import Item
from kg.nlp.relations.effects import RESISTANCE, SENSITIVITY
from kg.nlp.relations.found import Assertion, Found

VOTE, FALLS, ADDED, ASSOCIATED = 10.0, 0.98, 0.8, 0.4
_OUTCOME = re.compile(
    r"respon[ds]|resist|sensitiv|surviv|remission|regress|shr[iau]nk|\b(?:PFS|ORR|OS|IC\(?50\)?)\b|efficac|benefit|refractor|progress|effective|viabil"
    r"|apoptos|stable disease|antitumou?r|cytotox|relaps|recur|outcome|activity against"
    r"|(?:inhibit|suppress|reduc|decreas|abolish|impair|block)\w* (?:[\w-]+ ){0,4}(?:growth|prolifer\w+|colony|coloni\w+|activity|signal\w*)",
    re.IGNORECASE,
)
#: what a therapy does to the cell, where it is named after the therapy: measured, not carried
_MEASURED = re.compile(r" (?:overexpression|low expression|loss of expression)$")
NONE, SENSITIVE, RESISTANT, REFUTED = range(4)
WHOLE = -1

#: types of the two ends, genes and families alike -> answer of the association head -> predicate; what is missing has none of ours
MEANS: dict[tuple[str, str], dict[str, str]] = {
    ("Gene", "Disease"): dict.fromkeys(("Association", "Positive_Correlation", "Negative_Correlation"), "associated_with"),
    ("Variant", "Disease"): dict.fromkeys(("Association", "Positive_Correlation", "Negative_Correlation"), "associated_with"),
    ("Drug", "Disease"): {"Association": "studied_for", "Positive_Correlation": "causes_adverse_event", "Negative_Correlation": "treats"},
    ("Gene", "Drug"): {"Positive_Correlation": "activates", "Negative_Correlation": "inhibits", "Bind": "targets"},
    ("Gene", "Gene"): {"Association": "interacts_with", "Bind": "binds", "Positive_Correlation": "activates", "Negative_Correlation": "inhibits"},
    ("Drug", "Drug"): {"Cotreatment": "combined_with", "Drug_Interaction": "combined_with", "Association": "combined_with"},
}
_TURNED = {("Gene", "Drug")}  # asked about as lesion and therapy, told of as what the therapy does to the gene
_FOLD = {"GeneFamily": "Gene", "Phenotype": "Disease", "DrugClass": "Drug"}


@dataclass(frozen=True, slots=True)
class Opinion:
    """The relator's view of one pair, in one sentence or in the whole text: probabilities of answers, by head."""

    subject: Item
    object: Item
    sentence: int
    """The sentence's number, or `WHOLE`."""
    effect: tuple[float, ...] = ()
    """none, sensitive, resistant, refuted; empty unless the pair is a lesion and a therapy."""
    association: Mapping[str, float] = field(default_factory=dict)


Key = tuple[str, str]


class Opinions:
    """All opinions on a document, found by the keys of their ends."""

    def __init__(self, opinions: Sequence[Opinion] = ()) -> None:
        self.whole: dict[Key, Opinion] = {}
        self._inside: dict[int, dict[Key, Opinion]] = {}
        for opinion in opinions:
            key = (opinion.subject.key, opinion.object.key)
            if opinion.sentence == WHOLE:
                self.whole[key] = opinion
            else:
                self._inside.setdefault(opinion.sentence, {})[key] = opinion

    def __bool__(self) -> bool:
        return bool(self.whole or self._inside)

    def weigh(self, number: int, text: str, found: Sequence[Found], assertion: Assertion) -> Iterator[Found]:
        """Yield the findings of a sentence (its ``text``): effects as rules and relator see them together, all others as they are."""
        inside = self._inside.get(number, {})
        votes: dict[Key, list[Found]] = {}
        for f in found:
            key = (f.subject.key, f.object.key)
            if f.predicate in (RESISTANCE, SENSITIVITY) and (key in inside or key in self.whole):
                votes.setdefault(key, []).append(f)
            else:
                yield f
        for key, some in votes.items():
            yield from _together((inside.get(key) or self.whole[key]).effect, some)
        if _OUTCOME.search(text):
            for key, opinion in inside.items():
                if key not in votes:
                    yield from _added(opinion, assertion)

    def associations(self) -> Iterator[tuple[Opinion, str, float]]:
        """Yield (opinion, predicate, probability) of the loose associations in the whole text."""
        for opinion in self.whole.values():
            kinds = (_FOLD.get(opinion.subject.type, opinion.subject.type), _FOLD.get(opinion.object.type, opinion.object.type))
            means = MEANS.get(kinds)
            sure = 1.0 - opinion.association.get("none", 1.0)
            if means and sure >= ASSOCIATED:
                label = max((p, name) for name, p in opinion.association.items() if name != "none")[1]
                if label in means:
                    ends = (opinion.object, opinion.subject) if kinds in _TURNED else (opinion.subject, opinion.object)
                    yield replace(opinion, subject=ends[0], object=ends[1]), means[label], sure


def _together(odds: tuple[float, ...], some: Sequence[Found]) -> Iterator[Found]:
    """Yield what stands of the rules' findings on one pair once the relator has voted."""
    if not odds:
        yield from some
        return
    scores = [math.log(max(p, 1e-4)) for p in odds]
    for f in some:
        answer = REFUTED if f.polarity == "negative" else SENSITIVE if f.predicate == SENSITIVITY else RESISTANT
        scores[answer] += VOTE * f.confidence
    total = sum(map(math.exp, scores))
    best = max((SENSITIVE, RESISTANT, REFUTED), key=lambda answer: scores[answer])
    if math.exp(scores[NONE]) > FALLS * total:
        return
    sure = math.exp(scores[best]) / total
    first = max(some, key=lambda f: f.confidence)
    if best == REFUTED:
        yield next((f for f in some if f.polarity == "negative"), replace(first, polarity="negative"))
    else:
        yield replace(first, predicate=SENSITIVITY if best == SENSITIVE else RESISTANCE, polarity="positive", confidence=sure)


def _added(opinion: Opinion, assertion: Assertion) -> Iterator[Found]:
    """Yield the effect of an opinion that is sure enough."""
    answer = max((SENSITIVE, RESISTANT), key=lambda a: opinion.effect[a])
    if opinion.effect[answer] < ADDED or (_MEASURED.search(opinion.subject.name) and opinion.subject.start > opinion.object.start):
        return
    place = (opinion.object.start, opinion.object.end)
    certainty = assertion.certainty(*place)
    if certainty == "hypothesis":
        return
    predicate = SENSITIVITY if answer == SENSITIVE else RESISTANCE
    yield Found(opinion.subject, predicate, opinion.object, place, "model/effect", opinion.effect[answer], certainty=certainty)


def locate(opinion: Opinion, items: Sequence[Sequence[Item]], distance: Callable[[Item, Item], int]) -> tuple[int, Item, Item] | None:
    """Return the sentence that tells of a pair, with its ends there: the first with both, else that of the object nearest to the subject."""
    best: tuple[int, int, Item, Item] | None = None
    for number, here in enumerate(items):
        for other in (i for i in here if i.key == opinion.object.key):
            for row in items:
                for one in (i for i in row if i.key == opinion.subject.key):
                    rank = (0 if row is here else distance(one, other), number, one, other)
                    if best is None or rank[:2] < best[:2]:
                        best = rank
    return best[1:] if best else None
