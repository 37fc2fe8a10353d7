"""From mentions and sentences to relations: run every rule family and keep what the schema lets stand.

Rule: one relation per subject, predicate, object and polarity of a sentence, the surest; the change stands instead of its gene
(schema rule 6); a therapy that a sentence calls resisted does not treat in that sentence; what is said outright of a
lesion and a therapy beats what was carried over from another sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kg.nlp.relations.anaphora import REACH, find_antecedents
from kg.nlp.relations.coded import Item, outermost
from kg.nlp.relations.course import NO_THERAPY, NUTRIENT
from kg.nlp.relations.diseases import find_diseases
from kg.nlp.relations.effect_direction import RESISTANCE, SENSITIVITY
from kg.nlp.relations.effects import find_effects, is_broad
from kg.nlp.relations.focus import Thread
from kg.nlp.relations.folds import Reading
from kg.nlp.relations.found import Assertion, Focus, Found, Sentence
from kg.nlp.relations.opinions import COMBINED, OUTCOME, Opinions, genes_of, locate, only_listed, places_of
from kg.nlp.relations.regimens import find_regimens
from kg.nlp.relations.targets import find_targets
from kg.nlp.relations.therapies import HAPPENED, find_therapies
from kg.nlp.relations.weighing import Odds, weigh
from kg.vocab import PREDICATES

RULES = (find_effects, find_therapies, find_regimens, find_targets, find_diseases)

_OF_THERAPIES = (RESISTANCE, SENSITIVITY, "sensitizes_to", "treats", "studied_for")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence's place in the document's text and the kind of its section."""

    start: int
    end: int
    section: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation with the place and mentions of the sentence it was read in, and the focus that filled what that left unsaid."""

    found: Found
    start: int
    end: int
    items: tuple[Item, ...]
    focus: Focus


def find_relations(
    text: str,
    stretches: Sequence[Stretch],
    items: Sequence[Item],
    assertion: Callable[[int, int], Assertion],
    opinions: Callable[[], Opinions] | None = None,
    odds: Callable[[int, int], Odds] | None = None,
) -> list[Relation]:
    """Return the relations of a document in text order.

    ``items`` are its mentions with offsets into ``text``, nested ones too; ``assertion(start, end)`` gives a sentence's scopes;
    ``odds(start, end)`` is what a learned classifier makes of the pairs in a sentence of an abstract, and ``opinions()`` what a learned relator
    thinks of the pairs of the document; both are called only where they may speak.
    """
    outer = outermost(items)
    per_sentence = [[i for i in outer if s.start <= i.start and i.end <= s.end] for s in stretches]
    readings: list[Reading] = []
    for number, stretch in enumerate(stretches):
        nested = [i for i in items if stretch.start <= i.start and i.end <= stretch.end]
        before = [r for r in readings[max(0, number - REACH) :] if r.names("DCV")]
        read = [[i for _, token in r.coded.groups("DCV") for i in token.items] for r in before]
        pointers = find_antecedents(text, stretch.start, stretch.end, nested, read)
        readings.append(Reading(text, stretch.start, stretch.end, [*nested, *pointers]))
    title_end = max((s.end for s in stretches if s.section == "title"), default=0)
    thread = Thread(per_sentence, readings, outer, title_end, all(s.section == "text" for s in stretches))
    out: list[Relation] = []
    for index, stretch in enumerate(stretches):
        inside, reading = per_sentence[index], readings[index]
        if stretch.section == "keywords" or (stretch.section != "text" and not (reading.names("DCGV") or _tells_harm(thread, reading, title_end))):
            continue
        focus = thread.focus_at(index)
        sentence = Sentence(reading.coded, tuple(reading.appositions), tuple(inside), assertion(stretch.start, stretch.end), focus, stretch.section)
        found = [f for rule in RULES for f in rule(sentence) if _admitted(f)]
        if odds and stretch.section != "text":
            told, ask = text[stretch.start : stretch.end], partial(odds, stretch.start, stretch.end)
            found = list(filter(_admitted, weigh(told, stretch.start, found, inside, sentence.assertion, ask)))
        out.extend(Relation(f, stretch.start, stretch.end, tuple(inside), focus) for f in _settle(found))
    out = list(_ungainsaid(out))
    effects = [r.found for r in out if r.found.predicate in (RESISTANCE, SENSITIVITY)]
    wanted = not effects or any(s.section == "text" for s in stretches)
    thinks = opinions() if opinions and wanted else Opinions()
    for index, stretch in enumerate(stretches):
        if stretch.section == "text":
            told, scopes = text[stretch.start : stretch.end], assertion(stretch.start, stretch.end)
            added = thinks.effects(index, told, effects, scopes, stretch.start)
            for f in _settle([*filter(_admitted, added)]):
                at = _outcome_of(f, index, text, stretches, per_sentence)
                if not any(r.start == stretches[at].start and _says(r.found) == _says(f) for r in out):
                    out.append(Relation(f, stretches[at].start, stretches[at].end, tuple(per_sentence[at]), thread.focus_at(at)))
    if not any(r.found.predicate in (RESISTANCE, SENSITIVITY) for r in out):
        out.extend(_associations(text, thinks, stretches, per_sentence, thread, out))
    treated = {(r.found.subject.key, r.found.object.key) for r in out if r.found.predicate == "treats"}
    return [r for r in out if r.found.predicate != "studied_for" or (r.found.subject.key, r.found.object.key) not in treated]


def _says(found: Found) -> tuple[str, str, str]:
    return found.subject.key, found.predicate, found.object.key


def _outcome_of(found: Found, index: int, text: str, stretches: Sequence[Stretch], per_sentence: Sequence[Sequence[Item]]) -> int:
    """Return the sentence that tells the outcome of an effect whose ends stand in sentence ``index``.

    That one, else the nearest that names one of the ends, else the next; where none of these tells an outcome, sentence ``index``.
    """
    telling = [k for k, s in enumerate(stretches) if s.section == "text" and OUTCOME.search(text[s.start : s.end])]
    if index in telling:
        return index
    ends = {found.subject.key, found.object.key}
    naming = [k for k in telling if not ends.isdisjoint(i.key for i in per_sentence[k])]
    return min(naming, key=lambda k: (abs(k - index), k < index), default=index + 1 if index + 1 in telling else index)


def _ungainsaid(relations: Sequence[Relation]) -> Iterator[Relation]:
    """Yield the relations but for responses whose lesion was only carried over, where another sentence says that it failed or made no difference."""
    denied = {
        (r.found.object.key, gene)
        for r in relations
        if (r.found.predicate, r.found.polarity) == (SENSITIVITY, "negative")
        or (r.found.predicate == RESISTANCE and r.found.rule.startswith("effect/sens"))  # no response, or none that differs
        for gene in genes_of(r.found.subject)
    }
    for r in relations:
        f = r.found
        carried = f.rule == "effect/sens/focus" and (f.predicate, f.polarity) == (SENSITIVITY, "positive")
        if not (carried and any((f.object.key, gene) in denied for gene in genes_of(f.subject))):
            yield r


def _tells_harm(thread: Thread, reading: Reading, title_end: int) -> bool:
    """Whether a sentence without a therapy counts who came to harm under the one that the title names."""
    return thread.subject is not None and thread.subject.start < title_end and reading.names("XH") and reading.has_any(HAPPENED)


def _associations(
    text: str, opinions: Opinions, stretches: Sequence[Stretch], per_sentence: Sequence[Sequence[Item]], thread: Thread, told: Sequence[Relation]
) -> Iterator[Relation]:
    """Yield the loose associations of a document between entities that no rule relates."""
    known = {frozenset((r.found.subject.key, r.found.object.key)) for r in told}
    places = places_of(per_sentence)
    for opinion, predicate, sure in opinions.associations():
        if frozenset((opinion.subject.key, opinion.object.key)) in known:
            continue
        place = locate(opinion, places, sure)
        if place and stretches[place[0]].section != "keywords":
            number, subject, obj = place
            stretch = stretches[number]
            said = text[stretch.start : stretch.end]
            if (predicate == "combined_with" and not COMBINED.search(said)) or (
                predicate == "interacts_with" and only_listed(said, stretch.start, subject, obj, per_sentence[number])
            ):
                continue
            found = Found(subject, predicate, obj, (obj.start, obj.end), "model/association", sure)
            if _admitted(found):
                yield Relation(found, stretches[number].start, stretches[number].end, tuple(per_sentence[number]), thread.focus_at(number))


def _admitted(found: Found) -> bool:
    if any(end.type == "Drug" and NO_THERAPY.search(end.name) for end in (found.subject, found.object)):
        return False
    if found.predicate in _OF_THERAPIES and any(end.type == "Drug" and NUTRIENT.search(end.name) for end in (found.subject, found.object)):
        return False
    predicate = PREDICATES[found.predicate]
    return found.subject.type in predicate.subjects and found.object.type in predicate.objects and found.subject.key != found.object.key


def _settle(found: Sequence[Found]) -> Iterator[Found]:
    """Yield the surest of those that say the same; what has no direction keeps the order of the text."""
    best: dict[tuple[str, str, str], Found] = {}
    for f in found:
        ends = (f.subject.key, f.object.key)
        if PREDICATES[f.predicate].symmetric:
            if f.object.start < f.subject.start:
                f = replace(f, subject=f.object, object=f.subject)
            ends = (min(ends), max(ends))
        key = (ends[0], f.predicate, ends[1])
        if key not in best or best[key].confidence < f.confidence:
            best[key] = f
    for key, f in best.items():
        if not _outdone(f, key, best):
            yield f


def _more_specific(one: Item, other: Item) -> bool:
    """Whether one change is a named one of the gene that the other only calls changed (schema rule 6)."""
    return one.type == other.type == "Variant" and not is_broad(one) and bool({n for _, n, _ in one.genes} & {n for _, n, _ in other.genes})


def _outdone(f: Found, key: tuple[str, str, str], best: dict[tuple[str, str, str], Found]) -> bool:
    subject, predicate, obj = key
    if predicate in (RESISTANCE, SENSITIVITY):
        other = best.get((subject, SENSITIVITY if predicate == RESISTANCE else RESISTANCE, obj))
        if other and (other.confidence, other.predicate == RESISTANCE) > (f.confidence, f.predicate == RESISTANCE) and f.polarity == other.polarity:
            return True
    if (
        predicate in (RESISTANCE, SENSITIVITY)
        and is_broad(f.subject)
        and any(p in (RESISTANCE, SENSITIVITY) and o == obj and _more_specific(g.subject, f.subject) for (_, p, o), g in best.items())
    ):
        return True
    if f.subject.type in ("Gene", "GeneFamily"):
        for (_, p, o), g in best.items():
            if (
                p == predicate
                and o == obj
                and g.subject.type == "Variant"
                and any(identifier == f.subject.id or name == f.subject.name for _, name, identifier in g.subject.genes)
            ):
                return True
    if predicate in ("treats", "studied_for"):
        if f.polarity == "positive" and any(p == RESISTANCE and o == subject and g.polarity == "positive" for (_, p, o), g in best.items()):
            return True
        return predicate == "studied_for" and (subject, "treats", obj) in best
    if predicate == "targets":
        return (subject, "inhibits", obj) in best
    if predicate == "associated_with":
        return any(
            (subject, p, obj) in best for p in ("drives", "predisposes_to", "diagnostic_of", "predicts_poor_outcome_in", "predicts_better_outcome_in")
        )
    return False
