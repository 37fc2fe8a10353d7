"""What the learned relator thinks of pairs, added to what the rules found.

Rule: rules speak first. The relator adds an effect, from `ADDED` on, only to a bare text such as the curators' statements that it was taught
on (`SURE`, where the sentence tells no outcome), where no rule read anything of that therapy and a lesion of the same gene: in aims and
methods the relator takes who is treated with what for who responds to what; in a curator's statement the outcome stands beside it, in an
abstract it may not (3 of 21 additions to the hand-labelled abstracts were right). Words right beside the therapy may deny that anything is
sensitive to it: it is what is resisted, or the yardstick of a comparison. Loose associations, from
`ASSOCIATED` on, are added only to a document that tells of no lesion and therapy: where it does, they would bury what it says. Ends that never
meet in a sentence need `APART`, since no sentence of the document shows a reader what is told of them. The numbers
are measured on development data (docs/relator.md); which answer means which predicate stands in `MEANS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.nlp.relations.coded import Item
from kg.nlp.relations.effect_direction import RESISTANCE, SENSITIVITY
from kg.nlp.relations.found import Assertion, Found

ADDED, SURE, ASSOCIATED, APART = 0.8, 0.9995, 0.55, 0.9
SENSITIVE, RESISTANT = 1, 2
#: words of an outcome: in a sentence without any, what a lesion does to a therapy is hardly told
OUTCOME = re.compile(
    r"respon[ds]|resist|sensiti|surviv|remission|regress|shr[iau]nk|\bm?(?:PFS|ORR|OS|IC\(?50\)?)\b|efficac|benefit|refractor|progress|effective|viabil"
    r"|apoptos|stable disease|antitumou?r|cytotox|relaps|recur|outcome|activity against"
    r"|(?:inhibit|suppress|reduc|decreas|abolish|impair|block)\w* (?:[\w-]+ ){0,4}"
    r"(?:growth|prolifer\w+|colony|coloni\w+|activity|activation|signal\w*)",
    re.IGNORECASE,
)
#: marks who is treated, and is not what makes them resist
_BROAD = re.compile(r"(?: mutation| fusion| alteration| wild type| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$")
#: words around a therapy's name that say it is the yardstick, or that what is told of resists it
_COMPARED = re.compile(
    r"\b(?:compared (?:to|with)|than|versus|vs\.?|relative to) (?:(?!when\b|non-?respon|respon|mutat)[\w-]+ ){0,6}$", re.IGNORECASE
)
#: words before a gene in its wild form that say so of it
_YARDSTICK = re.compile(r"\b(?:compared (?:to|with)|than|versus|vs\.?|relative to) (?:[\w/-]+ ){0,7}\(?$", re.IGNORECASE)
_RESISTED_BEFORE = re.compile(r"\b(?:resistan\w+|refractory|insensitive) to [^,;.]{0,40}$", re.IGNORECASE)
_RESISTED_AFTER = re.compile(r"^(?: |-)(?:resistan|refractor|insensitiv|na[iï]ve|pre-?treated)", re.IGNORECASE)
#: a trial that failed tells of no response, whatever rate it gives
_MISSED = re.compile(r"\b(?:(?:fail\w* to|(?:did|does|do) not) (?:meet|reach)|(?:was|were) not met)\b", re.IGNORECASE)
#: words that say that two drugs are given together; lists of drugs do not
COMBINED = re.compile(
    r"combin|together|along with|plus\b|\badd-?on|adjunct|concomitant|concurrent|simultaneous|synerg|\bco-?(?:treat|admin|deliver|therap|incub|appl)",
    re.IGNORECASE,
)
#: what joins the members of a list
_JOINTS = re.compile(r"(?:[\s,;/()+&-]|\band\b|\bor\b|\bas well as\b)*")
#: words that say that the members of a list act together
_TOGETHER = re.compile(r"complex|interact|dimer|co-?(?:precipit|locali|immuno|operat|express)|bind|bound|associat\w+ with each other", re.IGNORECASE)
WHOLE = -1

#: types of the two ends, genes and families alike -> answer of the association head -> predicate. What is missing has none of ours, or was
#: right too seldom: 4 of 21 effects of drugs on genes, 7 of 45 associations of variants
MEANS: dict[tuple[str, str], dict[str, str]] = {
    ("Gene", "Disease"): dict.fromkeys(("Association", "Positive_Correlation", "Negative_Correlation"), "associated_with"),
    ("Drug", "Disease"): {"Association": "studied_for", "Positive_Correlation": "causes_adverse_event", "Negative_Correlation": "treats"},
    ("Gene", "Gene"): {"Association": "interacts_with", "Bind": "binds", "Positive_Correlation": "activates", "Negative_Correlation": "inhibits"},
    ("Drug", "Drug"): {"Cotreatment": "combined_with", "Drug_Interaction": "combined_with", "Association": "combined_with"},
}
_FOLD = {"GeneFamily": "Gene", "Phenotype": "Disease", "DrugClass": "Drug"}


def meanings(one: str, other: str) -> Mapping[str, str]:
    """Return what associations of two types of mentions, in the order of `relator.marks.MARKED`, are in our predicates; empty if nothing."""
    return MEANS.get((_FOLD.get(one, one), _FOLD.get(other, other)), {})


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

    def effects(self, number: int, text: str, effects: Sequence[Found], assertion: Assertion, start: int = 0) -> Iterator[Found]:
        """Yield the effects of a sentence (its ``text``) between lesions and therapies of which rules read nothing; ``effects`` is what they read.

        ``start`` is where the text begins in the document.
        """
        if "respectively" in text:  # who goes with whom in two lists is more than the relator can tell
            return
        least = ADDED if OUTCOME.search(text) else SURE
        yield from read_effects(self._inside.get(number, {}).values(), effects, least, assertion, text, start, "model/effect")

    def associations(self) -> Iterator[tuple[Opinion, str, float]]:
        """Yield (opinion, predicate, probability) of the loose associations in the whole text."""
        for opinion in self.whole.values():
            means = meanings(opinion.subject.type, opinion.object.type)
            sure = 1.0 - opinion.association.get("none", 1.0)
            if means and sure >= ASSOCIATED:
                label = max((p, name) for name, p in opinion.association.items() if name != "none")[1]
                if label in means:
                    yield opinion, means[label], sure


def genes_of(lesion: Item) -> set[str]:
    """Return the names of the genes that a lesion is about, or is."""
    return {name for _, name, _ in lesion.genes} or {lesion.name}


def read_effects(
    opinions: Iterable[Opinion], effects: Sequence[Found], least: float, assertion: Assertion, text: str, start: int, extractor: str
) -> Iterator[Found]:
    """Yield the effects of which opinions are sure enough where rules read nothing (``effects``) of that therapy and a lesion of the same gene."""
    read = [(f.object.key, genes_of(f.subject)) for f in effects]
    for opinion in opinions:
        genes = genes_of(opinion.subject)
        if not any(therapy == opinion.object.key and genes & theirs for therapy, theirs in read):
            yield from _effect(opinion, least, assertion, text, start, extractor)


def _effect(opinion: Opinion, least: float, assertion: Assertion, text: str, start: int, extractor: str) -> Iterator[Found]:
    """Yield the effect of an opinion that is sure enough and that the words before and after its therapy in the ``text`` do not deny."""
    answer = max((SENSITIVE, RESISTANT), key=lambda a: opinion.effect[a])
    if opinion.effect[answer] < least or (answer == RESISTANT and _BROAD.search(opinion.subject.name)):
        return
    if opinion.subject.name.endswith(" wild type") and _YARDSTICK.search(_before(text, opinion.subject.start - start)):
        return
    place = (opinion.object.start, opinion.object.end)
    before, after = _before(text, place[0] - start), text[place[1] - start :][:20]
    if answer == SENSITIVE and (
        _COMPARED.search(before)
        or _RESISTED_BEFORE.search(before)
        or _RESISTED_AFTER.match(after)
        or _MISSED.search(text)
        or assertion.negated(*place)
    ):
        return
    certainty = assertion.certainty(*place)
    if certainty != "hypothesis":
        predicate = SENSITIVITY if answer == SENSITIVE else RESISTANCE
        yield Found(opinion.subject, predicate, opinion.object, place, extractor, opinion.effect[answer], certainty=certainty)


def _before(text: str, at: int) -> str:
    """Return the eighty characters before a place."""
    return text[max(0, at - 80) : max(0, at)]


def only_listed(text: str, start: int, one: Item, other: Item, items: Sequence[Item]) -> bool:
    """Whether two mentions of a sentence are but members of one list of three or more, and nothing says that these act together.

    ``text`` is the sentence, which begins at ``start`` in the document, and ``items`` are its mentions.
    """
    first, last = sorted((one, other), key=lambda i: i.start)
    at, rest, among = first.end, "", 0
    for item in sorted(items, key=lambda i: i.start):
        if at <= item.start and item.end <= last.start:
            rest, at, among = rest + text[at - start : item.start - start], item.end, among + 1
    rest += text[at - start : last.start - start]
    return bool(_JOINTS.fullmatch(rest)) and (among > 0 or "," in rest) and not _TOGETHER.search(text)


Places = Mapping[str, Sequence[tuple[int, Item]]]


def places_of(items: Sequence[Sequence[Item]]) -> Places:
    """Return by key where entities are named: (number of the sentence, item), in order."""
    out: dict[str, list[tuple[int, Item]]] = {}
    for number, here in enumerate(items):
        for item in here:
            out.setdefault(item.key, []).append((number, item))
    return out


def locate(opinion: Opinion, places: Places, sure: float) -> tuple[int, Item, Item] | None:
    """Return the sentence that tells of a pair, and its ends: the first with both; if `APART` sure, that of the object nearest to the subject."""
    best: tuple[int, int, Item, Item] | None = None
    for number, other in places.get(opinion.object.key, ()):
        for where, one in places.get(opinion.subject.key, ()):
            rank = (0 if where == number else abs(one.start - other.start), number)
            if (where == number or sure >= APART) and (best is None or rank < best[:2]):
                best = (*rank, one, other)
    return best[1:] if best else None
