"""What a document is about: the disease, lesions and drugs that a sentence leaves unsaid.

Rule: computed from mentions alone, before any relation; a sentence's own words always win over the focus.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.nlp.relations.coded import Coded, Item
from kg.nlp.relations.course import carriers_of, drugs_of, therapy_of
from kg.nlp.relations.folds import Reading
from kg.nlp.relations.found import Focus

#: too general to be what a document is about when something more specific is named
GENERAL = {
    "cancer",
    "neoplasm",
    "solid tumor",
    "carcinoma",
    "metastatic neoplasm",
    "disease",
    "malignant tumor",
    "syndrome",
    "tumor",
    "metastasis",
    "brain metastasis",
}
_RESISTED = (
    re.compile(r"(‹[DC]\d+›) (?:- )?(?:[\w-]+ ){0,1}(?:resistan\w+|‹K\d+›)"),
    re.compile(r"(?:resistan\w+|‹K\d+›|refractory) (?:to|against) [^‹›;,]{0,40}(‹[DC]\d+›)"),
    re.compile(r"(?:progress\w+|‹K\d+›) (?:on|after|during|following) [^‹›;,]{0,40}(‹[DC]\d+›)"),
)


_TREATED = re.compile(r"\b(?:treat(?:ed|ment|ing)|received|receiving|given|administered|therapy|randomi[sz]ed)\b")


def main_disease(items: Sequence[Item], title_end: int) -> Item | None:
    """Return the disease named most, a mention in the title counting thrice, the general ones only where nothing else is."""
    counts: Counter[str] = Counter()
    first: dict[str, Item] = {}
    for item in items:
        if item.type == "Disease":
            counts[item.key] += 3 if item.start < title_end else 1
            first.setdefault(item.key, item)
    if not counts:
        return None
    best = max(counts, key=lambda k: (first[k].name.lower() not in GENERAL, counts[k], -first[k].start))
    return first[best]


def main_drug(items: Sequence[Item], title_end: int) -> Item | None:
    """Return the drug the title names first, else the one named most."""
    drugs = [i for i in items if i.type == "Drug"]
    for item in drugs:
        if item.start < title_end:
            return item
    counts = Counter(i.key for i in drugs)
    return max(drugs, key=lambda i: (counts[i.key], -i.start)) if drugs else None


def resisted_drugs(sentences: Sequence[Coded]) -> tuple[Item, ...]:
    """Return the drug, or class, that the document most often calls resisted."""
    counts: Counter[str] = Counter()
    first: dict[str, Item] = {}
    for coded in sentences:
        for pattern in _RESISTED if coded.groups("DC") else ():
            for m in pattern.finditer(coded.text):
                if "‹K" in m.group() and not _about_resistance(coded, m.group()):
                    continue
                for item in coded.group(m[1]):
                    counts[item.key] += 1
                    first.setdefault(item.key, item)
    if not counts:
        return ()
    best = max(counts, key=lambda k: (counts[k], -first[k].start))
    return (first[best],)


_PROGRESSING = ("progress", "relaps", "resist", "recurren", "non-respon", "no respon", "refractor", "not respon")
_PROGRESS = re.compile(
    r"(?<!no evidence of )\b(?:progress\w*(?!-free)|relaps\w*|resistan\w*|recurren\w*|refractory|non-?respon\w+|no respon\w+|not respon\w+)\b"
)


def _told_progress(coded: Coded) -> bool:
    words = _PROGRESS.search(coded.text)
    return bool(words) or any(re.search("progress|resist|relapse|non-respon|refractor", i.name) for _, t in coded.groups("K") for i in t.items)


def _about_resistance(coded: Coded, text: str) -> bool:
    return any("resist" in i.name or i.name == "progression" for p in re.findall(r"‹K\d+›", text) for i in coded.group(p))


def lesions_of(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the last-named variants of a stretch, else its genes; those of one coordination stay together."""
    variants = [i for i in items if i.type == "Variant"]
    # "EML4-ALK G1202R": the change within the fusion is what is told of next
    variants = [i for i in variants if not (i.name.endswith(" fusion") and any(0 <= v.start - i.end <= 1 for v in variants))]
    if variants:
        keys = dict.fromkeys(i.key for i in variants)
        return tuple(next(i for i in variants if i.key == k) for k in list(keys)[-3:])
    return ()


class Thread:
    """What a document is about, sentence by sentence; what does not depend on the sentence is found once."""

    def __init__(
        self, per_sentence: Sequence[Sequence[Item]], readings: Sequence[Reading], items: Sequence[Item], title_end: int, bare: bool
    ) -> None:
        self._readings, self._bare = readings, bare
        self._lesions = [lesions_of(inside) for inside in per_sentence]
        self._therapies = [_unique([i for i in inside if i.letter in "DC"]) for inside in per_sentence]
        self._progressed: dict[int, bool] = {}
        self._given: dict[int, tuple[Item, ...]] = {}
        self._carried: dict[int, tuple[Item, ...]] = {}
        self._disease, self._resisted = main_disease(items, title_end), resisted_drugs([r.coded for r in readings if r.names("DC")])
        variants = _unique([i for i in items if i.type == "Variant"])
        genes = _unique([i for i in items if i.type == "Gene"])
        self._only_lesions: tuple[Item, ...] = ()
        if bare or len(per_sentence) < 8:
            self._only_lesions = variants if len(variants) == 1 else genes if not variants and len(genes) == 1 else ()
        every = _unique([i for i in items if i.type == "Drug"])
        self.subject = main_drug(items, title_end)
        self._only_drugs: tuple[Item, ...] = ()
        if self.subject:
            self._only_drugs = every if len(every) == 1 else (self.subject,) if self.subject.start < title_end else ()

    def focus_at(self, index: int) -> Focus:
        """Return the focus before sentence ``index``: what was read last, else what the whole document has only one of."""
        near = 8 if self._bare else 2  # in an abstract the thread is lost sooner than in a short statement
        lesions = self._before(self._lesions, index, near) or self._only_lesions
        given = next((k for k in range(index - 1, max(-1, index - 1 - near), -1) if self._therapy(k)), None)
        drugs = self._only_drugs if given is None else self._therapy(given)
        apart = given is not None and "respectively" in self._readings[given].coded.text
        reach = 3 if self._bare else 1
        last = next((self._last_named(k) for k in range(index - 1, max(-1, index - 1 - reach), -1) if self._therapies[k]), ())
        treated = next((self._therapies[k][:3] for k in range(index - 1, max(-1, index - 5), -1) if self._therapies[k] and self._treats(k)), ())
        told = any(self._told_progress(k) for k in range(max(0, index - reach), index))
        carriers = next((found for k in range(index - 1, max(-1, index - 1 - near), -1) if (found := self._carriers(k))), lesions)
        return Focus(self._disease, lesions, drugs, apart, self._resisted, last, treated, told, self.subject, carriers)

    def _last_named(self, index: int) -> tuple[Item, ...]:
        """Return the drugs, else the classes, of the last group of a sentence; of a long list only the last."""
        items = self._readings[index].coded.groups("DC")[-1:]
        named = _unique([i for _, token in items for i in token.items])
        drugs = tuple(i for i in named if i.type == "Drug") or named
        return drugs if len(drugs) <= 3 else drugs[-1:]

    def _carriers(self, index: int) -> tuple[Item, ...]:
        if index not in self._carried:
            self._carried[index] = carriers_of(self._readings[index].coded) if self._lesions[index] else ()
        return self._carried[index]

    def _therapy(self, index: int) -> tuple[Item, ...]:
        if index not in self._given:
            self._given[index] = _told_therapy(self._readings[index].coded) if self._therapies[index] else ()
        return self._given[index]

    @staticmethod
    def _before(found: Sequence[tuple[Item, ...]], index: int, reach: int) -> tuple[Item, ...]:
        """Return what the nearest of the sentences before has."""
        return next((found[k] for k in range(index - 1, max(-1, index - 1 - reach), -1) if found[k]), ())

    def _treats(self, index: int) -> bool:
        return _TREATED.search(self._readings[index].coded.text) is not None

    def _told_progress(self, index: int) -> bool:
        told = self._progressed.get(index)
        if told is None:
            reading = self._readings[index]
            told = self._progressed[index] = reading.has_any(_PROGRESSING) and _told_progress(reading.coded)
        return told


def _told_therapy(coded: Coded) -> tuple[Item, ...]:
    """Return what a sentence says is given, else the drugs it names, five at most: more are a list, not a therapy."""
    return (tuple(i for i in therapy_of(coded) if i.type == "Drug") or drugs_of(coded))[:5]


def _unique(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple({i.key: i for i in reversed(items)}[k] for k in dict.fromkeys(i.key for i in items))
