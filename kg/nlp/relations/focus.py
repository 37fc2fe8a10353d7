"""What a document is about: the disease, lesions and drugs that a sentence leaves unsaid.

Rule: computed from mentions alone, before any relation; a sentence's own words always win over the focus.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.nlp.relations.coded import Coded, Item
from kg.nlp.relations.found import Focus

#: too general to be what a document is about when something more specific is named
_GENERAL = {
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
    best = max(counts, key=lambda k: (first[k].name.lower() not in _GENERAL, counts[k], -first[k].start))
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
        for pattern in _RESISTED:
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


def _told_progress(coded: Coded) -> bool:
    words = re.search(r"(?<!no evidence of )\b(?:progress\w*(?!-free)|relaps\w*|resistan\w*|recurren\w*)\b", coded.text)
    return bool(words) or any(re.search("progress|resist|relapse", i.name) for _, t in coded.groups("K") for i in t.items)


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


def focus_at(index: int, per_sentence: Sequence[Sequence[Item]], coded: Sequence[Coded], items: Sequence[Item], title_end: int) -> Focus:
    """Return the focus before sentence ``index``: what was read last, else what the whole document has only one of."""
    lesions: tuple[Item, ...] = ()
    drugs: tuple[Item, ...] = ()
    for previous in range(index - 1, max(-1, index - 4), -1):
        if title_end and previous < index - 2:
            break  # in an abstract the thread is lost sooner than in a short statement
        lesions = lesions or lesions_of(per_sentence[previous])
        if not drugs:
            drugs = _unique([i for i in per_sentence[previous] if i.type == "Drug"])[:4]
    last: tuple[Item, ...] = ()
    for previous in range(index - 1, max(-1, index - 1 - (1 if title_end else 3)), -1):
        last = last or _unique([i for i in per_sentence[previous] if i.letter in "DC"])
    treated: tuple[Item, ...] = ()
    for previous in range(index - 1, max(-1, index - 5), -1):
        if not treated and _TREATED.search(coded[previous].text):
            treated = _unique([i for i in per_sentence[previous] if i.letter in "DC"])[:3]
    variants = _unique([i for i in items if i.type == "Variant"])
    genes = _unique([i for i in items if i.type == "Gene"])
    if not lesions and (not title_end or len(per_sentence) < 8):
        lesions = variants if len(variants) == 1 else genes if not variants and len(genes) == 1 else ()
    every = _unique([i for i in items if i.type == "Drug"])
    subject = main_drug(items, title_end)
    if not drugs and subject:
        drugs = every if len(every) == 1 else (subject,) if subject.start < title_end else ()
    reach = 1 if title_end else 3
    told = any(_told_progress(coded[k]) for k in range(max(0, index - reach), index))
    return Focus(main_disease(items, title_end), lesions, drugs, resisted_drugs(coded), last, treated, told, subject)


def _unique(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple({i.key: i for i in reversed(items)}[k] for k in dict.fromkeys(i.key for i in items))
