"""Names of diseases at their full length: with heredity, type and place, and all members of an enumeration.

Rule: what says which disease it is belongs to its name ("sporadic", "X-linked", "type 2A", "of the kidney"), what says how it stands
("advanced", "metastatic", "severe") does not. In "breast and ovarian cancer" each member runs to the shared head (schema rule 12), and
stands only if the vocabulary knows it by head and all ("breast cancer").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.lexicon import Candidate, Lexicon
from kg.nlp.workbench import Draft

TYPES = ("Disease", "Phenotype")
COORDINATION = "coordination"
#: how sure the vocabulary must be of a name that was put together
_SURE = 0.8
_REACH = 80
#: of 194 words of heredity before a disease's name, annotators of the training splits of NCBI Disease and BioRED draw 129 as part of it; of
#: "type II" 62 of 63, of "idiopathic" 11 of 11, of "congenital" 50 of 59, of "nonsyndromic" 18 of 20
_WHICH = re.compile(
    r"(?<![\w-])(?:(?:(?i:autosomal|X-linked|recessive|dominant|familial|hereditary|inherited|sporadic|idiopathic|congenital|(?:non-?)?syndromic)|"
    r"[Tt]ypes? (?:[IVX]+|\d{1,2})[A-Z]?)[ -])+$"
)
_TYPE_FIRST = re.compile(r"([Tt]ypes? (?:[IVX]+|\d{1,2})[A-Z]?) (.+)")
_HEREDITARY = re.compile(r"(?:familial|hereditary|inherited) ", re.IGNORECASE)
_TYPE = re.compile(r" types? (?:[IVX]+|\d{1,2})[A-Z]?(?![\w-])(?! (?:susceptibility|errors?|gene|protein|receptor))")
_PLACE = re.compile(r" of the (?P<where>[a-z]+(?: [a-z]+)?)(?! cells?\b)")
_AND = re.compile(r"(?:,? (?:and|or|and/or) | ?/ ?)$")
_COMMA = re.compile(r", $")
_LAST_AND = re.compile(r"(?:,? (?:and|or|and/or) |/)(?=[^,/]*$)")
_BOTH = re.compile(r" (?:and|or) ")
#: lack of a gene product, as a noun: "C7-deficient" is said of cells and mice too
_LACK = re.compile(r"deficienc(?:y|ies)$|^deficienc(?:y|ies) of ", re.IGNORECASE)
#: but of those who are ill: annotators draw 9 of 12 ("G6PD-deficient patients")
_LACKING = re.compile(r"[ -]deficient$", re.IGNORECASE)
_ILL = re.compile(
    r" (?:patients?|subjects?|individuals?|cases?|famil(?:y|ies)|child(?:ren)?|persons?|donors?|infants?|wom[ae]n|m[ae]n|(?:fe)?males?)\b"
)
_SHORT_FORM = re.compile(r" \([A-Za-z0-9-]+\)$")
_WORDS = re.compile(r"(?<![\w-])(?:[A-Za-z][\w'’-]* ){0,2}[A-Za-z][\w'’-]*$")


def widen_diseases(drafts: Iterable[Draft], text: str, lexicon: Lexicon) -> Iterator[Draft]:
    """Yield the drafts, those of diseases at their full length, and for each enumeration of diseases its members."""
    drafts = list(drafts)
    named = {d.entity.id for d in drafts if d.type in TYPES and d.entity}
    lacks = {id(d): lack for d in drafts if d.type == "Variant" and (lack := _deficiency(d, text, lexicon, named))}
    lost = {d.name: lacks[id(d)] for d in drafts if id(d) in lacks}
    for draft in drafts:
        if draft.type not in TYPES:
            lack = lacks.get(id(draft)) or (lost.get(draft.name) if draft.method == "abbreviation" else None)
            if lack is None:
                yield draft
            elif id(draft) in lacks:
                yield _widened(lack, text, lexicon)
            else:  # "C7D", for "C7 deficiency"
                yield replace(lack, start=draft.start, end=draft.end, method=draft.method)
            continue
        if parts := _apart(draft, text, lexicon):
            yield from parts
            continue
        yield _widened(draft, text, lexicon)
        yield from _members(draft, text, lexicon)


def _deficiency(draft: Draft, text: str, lexicon: Lexicon, named: set[str]) -> Draft | None:
    """Return the disease that the lack of a gene product is: "G6PD deficiency", not "STAT3 deficiency" unless the document names its syndrome."""
    words = text[draft.start : draft.end]
    ill = bool(_LACKING.search(words) and _ILL.match(text, draft.end))
    if not draft.name.endswith(" loss") or not (ill or _LACK.search(_SHORT_FORM.sub("", words))):
        return None
    gene, end = draft.name.removesuffix(" loss"), draft.end
    if words.endswith(")") and (short := _SHORT_FORM.search(words)):  # "deficiency of aspartoacylase (ASPA)"
        words, end = words[: short.start()], draft.start + short.start()
    found = _named(words, lexicon) or _named(f"{gene} deficiency", lexicon)
    if found is None or ("deficiency" not in found.name and found.entity_id not in named):
        return None
    return Draft(draft.start, end, found.type, found.name, lexicon.entity(found.entity_id), found.score, "deficiency", "grammar")


def _apart(draft: Draft, text: str, lexicon: Lexicon) -> list[Draft]:
    """Return the two diseases that one name holds ("nausea and vomiting"), none where its parts need each other."""
    joint = _BOTH.search(text, draft.start, draft.end)
    if joint is None or draft.method == COORDINATION:
        return []
    halves = [(draft.start, joint.start()), (joint.end(), draft.end)]
    found = [_named(text[start:end], lexicon) for start, end in halves]
    return [
        Draft(start, end, one.type, one.name, lexicon.entity(one.entity_id), one.score, one.kind, "dictionary")
        for (start, end), one in zip(halves, found, strict=True)
        if one is not None and None not in found
    ]


def _widened(draft: Draft, text: str, lexicon: Lexicon) -> Draft:
    """Return a disease with the words of heredity before it, and its type or place behind it."""
    carried = text.startswith((" suppressor", "-suppressor"), draft.end)  # the gene is inherited, not the tumor
    before = None if carried else _WHICH.search(text, max(0, draft.start - _REACH), draft.start)
    start, end = before.start() if before else draft.start, draft.end
    found = None
    if kind := _TYPE.match(text, end):
        end = kind.end()
    elif (place := _PLACE.match(text, end)) and (known := _place(place["where"], text[draft.start : end], lexicon)):
        where, found = known
        end = place.start("where") + len(where)
    if (start, end) == (draft.start, draft.end):
        return draft
    found = _named(text[start:end], lexicon) or _type_last(text[start:end], lexicon) or found
    if found is None:
        return replace(draft, start=start, end=end)
    return replace(draft, start=start, end=end, type=found.type, name=found.name, entity=lexicon.entity(found.entity_id))


def _type_last(name: str, lexicon: Lexicon) -> Candidate | None:
    """Return what the vocabulary calls "von Willebrand disease type 2B" of "type 2B von Willebrand disease"."""
    typed = _TYPE_FIRST.fullmatch(name)
    return _named(f"{typed[2]} {typed[1]}", lexicon) if typed else None


def _place(where: str, what: str, lexicon: Lexicon) -> tuple[str, Candidate] | None:
    """Return the words of a place with which the vocabulary knows a disease, and as what: "kidney" of "tumours of the kidney"."""
    words = where.split(" ")
    for n in range(len(words), 0, -1):
        name = " ".join(words[:n])
        if found := _named(f"{name} {what}", lexicon):
            return name, found
    return None


def _members(draft: Draft, text: str, lexicon: Lexicon) -> Iterator[Draft]:
    """Yield the members of an enumeration that a disease's name ends: "breast and ovarian cancer", and "ovarian cancer" where it was lost."""
    last = draft
    if (joint := _LAST_AND.search(text, draft.start, draft.end)) and not _HEREDITARY.match(text, draft.start, draft.end):
        found = _named(text[joint.end() : draft.end], lexicon)
        if found is None:
            return
        last = Draft(joint.end(), draft.end, found.type, found.name, lexicon.entity(found.entity_id), found.score, COORDINATION, "grammar")
    words = text[last.start : last.end].split(" ")
    start = last.start
    while len(words) > 1 and (joint := (_AND if start == last.start else _COMMA).search(text, max(0, start - 10), start)):
        member = _member(text, joint.start(), words, lexicon)
        if member is None:
            break
        start, found = member
        yield Draft(start, last.end, found.type, found.name, lexicon.entity(found.entity_id), found.score, COORDINATION, "grammar")
    if start < last.start and last is not draft:
        yield last


def _member(text: str, end: int, words: list[str], lexicon: Lexicon) -> tuple[int, Candidate] | None:
    """Return start and meaning of the member that ends before a joint, as the vocabulary knows it with the last words of the enumeration."""
    before = _WORDS.search(text, max(0, end - _REACH), end)
    if before is None or _named(before[0].rsplit(" ", 1)[-1], lexicon):  # a disease of its own
        return None
    firsts = before[0].split(" ")
    for n in range(len(firsts)):
        for k in range(1, len(words)):
            if found := _named(" ".join([*firsts[n:], *words[k:]]), lexicon):
                return end - len(" ".join(firsts[n:])), found
    return None


def _named(name: str, lexicon: Lexicon) -> Candidate | None:
    """Return what the vocabulary surely means by a name of a disease."""
    found = lexicon.candidates(name, TYPES)
    return found[0] if found and found[0].score >= _SURE else None
