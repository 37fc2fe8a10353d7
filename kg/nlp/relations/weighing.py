"""What rules read in a sentence of an abstract, weighed against what the learned classifier reads there.

Rule: an effect whose two ends stand in its sentence is dropped where the classifier gives its direction less than `DOUBTED`. Denied effects, ends
carried over from another sentence, and curators' statements are left to the rules. Where rules read nothing of a therapy and a lesion of the same
gene, or of a drug and a gene, what the classifier reads is added, from `EFFECT` and `ACTION` on. The numbers are measured on abstracts that
taught nothing (docs/classifier.md). Where the two disagree nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.nlp.relations.coded import Item
from kg.nlp.relations.effect_direction import RESISTANCE, SENSITIVITY
from kg.nlp.relations.found import Assertion, Found
from kg.nlp.relations.opinions import OUTCOME, Opinion, read_effects

DOUBTED, EFFECT, ACTION = 0.03, 0.93, 0.7
ANSWER = {SENSITIVITY: 1, RESISTANCE: 2}
#: words of what is done to a gene or its product: in a sentence without any, what a drug does to it is hardly told
ACTING = re.compile(
    r"inhib|activ|block|induc|agonis|suppress|regulat|target|bind|bound|affinit|creas|reduc|enhanc|stimul|express|level|phosphoryl|attenuat|elevat"
    r"|modulat|potentiat|abolish|prevent|releas|effect|abrogat|degrad|lower|interact|ligand|mimetic|sensitiz",
    re.IGNORECASE,
)
#: what is asked, or left open: an aim, a gap, a biomarker of either direction, an influence without one
OPEN = re.compile(
    r"\bremains? (?:(?:to be|largely|poorly|still|yet) )*(?:unclear|unknown|undefined|understood|elusive|elucidated|established|clarified)\b"
    r"|\b(?:whether|unclear|unknown)\b|\bto (?:investigate|explore|examine|assess|evaluate|determine|elucidate|study|predict)\b"
    r"|\bpredict(?:ing|ion of) (?:the )?(?:[\w-]+ )?(?:benefit|response|efficacy|outcome)"
    r"|\b(?:functions?|mechanisms?|effects?|impact|influence) (?:and \w+ )?of [^,;]{0,60} on\b"
    r"|\b(?:modulat|affect|influenc)\w*\b[^;]{0,60}\b(?:sensitivity|response|resistance|efficacy)",
    re.IGNORECASE,
)
GENES = {"Gene", "GeneFamily"}
LESIONS, THERAPIES = GENES | {"Variant", "Process"}, {"Drug", "DrugClass"}
#: what DrugProt's relations of a drug and a gene are in our predicates; what is missing ("substrate") has none of ours
MEANS = {
    "INHIBITOR": "inhibits", "ANTAGONIST": "inhibits", "AGONIST-INHIBITOR": "inhibits", "INDIRECT-DOWNREGULATOR": "inhibits",
    "ACTIVATOR": "activates", "AGONIST": "activates", "AGONIST-ACTIVATOR": "activates", "INDIRECT-UPREGULATOR": "activates",
    "DIRECT-REGULATOR": "targets",
}  # fmt: skip
Pair = tuple[str, str]
"""The keys of two ends, lesion or gene first."""


@dataclass(frozen=True, slots=True)
class Odds:
    """What the classifier makes of the pairs of a sentence."""

    effects: Mapping[Pair, Sequence[float]] = field(default_factory=dict)
    """Of a lesion and a therapy: probabilities of none, sensitive, resistant, refuted."""
    actions: Mapping[Pair, Mapping[str, float]] = field(default_factory=dict)
    """Of a gene and a drug: probabilities of DrugProt's relations, and "none"."""


def weigh(text: str, start: int, found: Sequence[Found], items: Sequence[Item], assertion: Assertion, ask: Callable[[], Odds]) -> list[Found]:
    """Return what stands of a sentence: what rules ``found`` there but for doubted effects, and what the classifier adds.

    The sentence is ``text``, which begins at ``start`` in the document, and ``items`` are its mentions; ``ask()`` is what the classifier makes of
    them, asked only where that may change something.
    """
    types = {item.type for item in items if item.id}
    told = types & LESIONS and types & THERAPIES and (OUTCOME.search(text) or any(f.predicate in ANSWER for f in found))
    acted = "Drug" in types and types & GENES and ACTING.search(text)
    if not (told or acted):
        return list(found)
    odds = ask()
    first: dict[str, Item] = {}
    for item in items:
        first.setdefault(item.key, item)
    kept = [f for f in found if not _is_doubted(f, odds)]
    return [*kept, *_effects(text, start, found, first, assertion, odds), *_actions(found, first, assertion, odds)]


def _is_doubted(f: Found, odds: Odds) -> bool:
    own = odds.effects.get((f.subject.key, f.object.key)) if f.predicate in ANSWER and f.polarity == "positive" else None
    return own is not None and own[ANSWER[f.predicate]] < DOUBTED


def _effects(text: str, start: int, found: Sequence[Found], first: Mapping[str, Item], assertion: Assertion, odds: Odds) -> Iterator[Found]:
    """Yield what lesions do to the response to therapies, each at its first mention, where rules read nothing of therapy and gene."""
    if OPEN.search(text):
        return
    pairs = [(first[a], first[b], own) for (a, b), own in odds.effects.items() if a in first and b in first]
    opinions = [Opinion(subject, obj, 0, tuple(own)) for subject, obj, own in pairs]
    effects = [f for f in found if f.predicate in ANSWER]
    yield from read_effects(opinions, effects, EFFECT, assertion, text, start, "model/effect/sentence")


def _actions(found: Sequence[Found], first: Mapping[str, Item], assertion: Assertion, odds: Odds) -> Iterator[Found]:
    """Yield what drugs do to genes, each at its first mention, where rules read nothing of the two.

    Aims, and what lies in the scope of a negation, tell nothing.
    """
    read = {frozenset((f.subject.key, f.object.key)) for f in found}
    for (gene, drug), own in odds.actions.items():
        if gene not in first or drug not in first or frozenset((gene, drug)) in read:
            continue
        sure = dict.fromkeys(MEANS.values(), 0.0)
        for label, probability in own.items():
            if label in MEANS:
                sure[MEANS[label]] += probability
        predicate = max(sure, key=lambda p: (sure[p], p))
        places = [(end.start, end.end) for end in (first[drug], first[gene])]
        certainties = {assertion.certainty(*place) for place in places}
        if sure[predicate] >= ACTION and "hypothesis" not in certainties and not any(assertion.negated(*place) for place in places):
            certainty = "speculated" if "speculated" in certainties else "asserted"
            yield Found(first[drug], predicate, first[gene], places[1], "model/action", sure[predicate], certainty=certainty)
