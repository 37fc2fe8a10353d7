"""Who carries what, and what they are treated with, as a case or a trial tells it: the thread that an outcome sentence picks up.

Rule: a sentence hands on its own carriers and its own therapy, else those handed to it; what failed before, what is only compared, and
what is said to be missing are never handed on.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re

from kg.nlp.relations.coded import Coded, Item
from kg.nlp.relations.found import compared

#: substances that are found in tumours, or that laboratories stain and count cells with, rather than given against them
NO_THERAPY = re.compile(
    r"\b(?:d|r|cf|ct|mi|m|lnc|pi|si|circ)?[RD]NAs?\b|microrna|^(?:antigen|tyrosine|serine|agar|water|glucose|oxygen|atp|formazans?|sepharose|polyacrylamide.*"
    r"|(?:deoxy)?ribonucleic acids?|atp-binding cassette transporters?|5-ethynyl-2'-deoxyuridine|broxuridine|hematoxylin|eosin|gentian violet cation|propidium iodide)$",
    re.IGNORECASE,
)
#: what cells live on, are stimulated or harmed with is no therapy that they resist ("a dependency on glutamine"), though other things are told of it
NUTRIENT = re.compile(
    r"^(?:l-)?(?:glutamine|glutamate|glycine|cyst(?:e)?ine|(?:iso)?leucine|valine|lysine|alanine|proline|histidine|threonine|phenylalanine|lact(?:ate|ic acid)|pyruvate|cholesterol|lipids?|oligosaccharides?|(?:omega-3 )?fatty acids?|glutathione|calcium|sodium|potassium|magnesium|iron|copper|nickel|cadmium|hydrogen peroxide|h|antioxidants?"
    r"|(?:o?estr|andr)ogens?|o?estradiol|(?:dihydro)?testosterone|insulin|lipopolysaccharides?|dextran(?: sulfate)?(?: sodium)?|ethanol|alcohol|nicotine|asbestos|matrigel|collagen|neopterin|tilactase|.*nitros(?:o\w*|amine)|azoxymethane"
    r"|biotin|thymidine|puromycin|tetradecanoylphorbol acetate)$",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:treat(?:ed|ment|ing)|therapy|therapies|receiv(?:ed|ing|e)|given|administ\w+|started|began|begun|beginning|enrolled|initiat\w+|assign\w+|allocat\w+|randomi[sz]ed|switched|placed|put|exposed|underwent|assessed|evaluat\w+|studied|test(?:ed|s|ing)|efficacy|effects?|trial|study|activity|response|adding|addition|combin\w+|dos(?:e|es|ing)|on|taking)\b"
    r"(?: (?!after\b|following\b|compared\b|than\b|versus\b|vs\b|prior\b|previous\w*|despite\b)[\w%./+-]+| [(),:]| ‹[^DC›]\d+›){0,9}? (?P<drug>‹[DC]\d+›)"
    r"|(?P<subject>‹[DC]\d+›)(?: [-()]| (?!resistan|refractor|naive|inhib|fail|pretreat)[\w-]+){0,3}? (?:treatment|therapy|monotherapy|(?:was|were) (?:then |subsequently )?(?:initiated|started|given|administered|added|begun|commenced)|group|arm|cohort|exposure|showed|led|resulted|produced|induced|(?:-|–) treated|treated)"
)
_PAST = re.compile(
    r"\b(?:prior|previous\w*|after|following|failed|failure|refractory|resistan\w*|progress\w*|pre-?treated|relapsed|despite|history of|discontinu\w+|withdr[ae]wn?|stopped|na[iï]ve|without|no)\b(?: [\w-]+| ‹[^›]+›| ,){0,5} $"
)
_TRAIT = re.compile(r" - (?:‹K\d+›|sensitive|resistant|refractory|na[iï]ve|insensitive|intolerant|pretreated|exposed|ineligible|experienced)")
_WITHOUT = re.compile(
    r"\b(?:without|lacking|lacked|absence of|no|non|negative for|(?:do|does|did|not) (?:not )?(?:carry|harbou?r|have|bear|express))\b(?: - )? ?(?:[\w-]+ ){0,2}$|\b(?:amplification|overexpression|loss|gain|disappearance|clearance) of (?:the )?(?:(?:wild-type|mutant|mutated|secondary|acquired) )?$"
)
_NEGATIVE = re.compile(
    r"^ (?:- |– )?(?:(?:mutation|variant|fusion|rearrangement)s?(?: - |-| – | ))?negative\b|^ (?:[\w-]+ ){0,3}(?:was|were) (?:excluded|ineligible|not (?:detected|found|identified|observed)|absent|ruled out)\b"
)
_PARTNER = re.compile(
    r"^ (?:[\w.]+ (?:mg|mg/kg|mg/m2|μm|um|nm) )?(?:(?:treatment|therapy|monotherapy|was|when|given|administered) ){0,2}(?:- |– |plus |\+ |and |with |/ |in combination with |combined with |together with |in addition to |alongside |along with ){1,2}(?:the |a |an )?(?:[\w-]+ ){0,2}?(‹[DC]\d+›)"
)
_BACK_PARTNER = re.compile(
    r"(‹[DC]\d+›) (?:[\w-]+ ){0,3}?(?:- |– |plus |\+ |and |with |/ |in combination with |combined with |together with |in addition to |alongside |along with ){1,2}(?:the |a |an )?(?:[\w-]+ ){0,1}?$"
)


def carriers_of(coded: Coded) -> tuple[Item, ...]:
    """Return the changes that the patients or cells of a sentence carry, as far as it names any."""
    found: dict[str, Item] = {}
    out = compared(coded)
    for at, token in coded.groups("V"):
        if at not in out and not is_absent(coded.text, at):
            found.update({i.key: i for i in token.items if i.letter == "V" and not i.name.endswith(" wild type")})
    return tuple(found.values())


def is_absent(text: str, at: int) -> bool:
    """Whether the lesion at this position is said to be missing ("EGFR mutation-negative", "without MET amplification")."""
    after = text[text.find("›", at) + 1 :]
    return bool(_NEGATIVE.match(after) or _WITHOUT.search(text[max(0, at - 40) : at]))


def is_past(text: str, at: int) -> bool:
    """Whether the drug at this position was given before what the text tells of ("who had progressed on")."""
    return bool(_PAST.search(text[max(0, at - 60) : at]))


def therapy_of(coded: Coded) -> tuple[Item, ...]:
    """Return the drugs that a sentence says are given, with their partners; where it has names, its classes are left out."""
    out = compared(coded)
    found: dict[str, Item] = {}
    for m in _GIVEN.finditer(coded.text):
        at = m.start("drug" if m["drug"] else "subject")
        if at not in out and not is_past(coded.text, at) and not is_trait(coded.text, at):
            found.update({i.key: i for i in with_partners(coded, at, coded.token_at(at).items)})
    named = {key: i for key, i in found.items() if i.letter == "D"}
    return tuple((named or found).values())


def drugs_of(coded: Coded) -> tuple[Item, ...]:
    """Return the drugs that a sentence names, but for those that only failed before, are compared, or describe who is treated."""
    out = compared(coded)
    kept = [t.items for at, t in coded.groups("DC") if at not in out and not is_past(coded.text, at) and not is_trait(coded.text, at)]
    return tuple({i.key: i for items in kept for i in items if i.type == "Drug"}.values())


def is_trait(text: str, at: int) -> bool:
    """Whether the drug at this position only describes who is treated ("platinum-sensitive ovarian cancer", "cisplatin-naive")."""
    return bool(_TRAIT.match(text, text.find("›", at) + 1))


def with_partners(coded: Coded, at: int, items: list[Item]) -> list[Item]:
    """Return the drugs of the group at ``at`` and those it is given together with ("alpelisib–fulvestrant", "in combination with")."""
    found = {i.key: i for i in items if i.letter in "DC"}
    text = coded.text
    after = _PARTNER.match(text, text.find("›", at) + 1)
    before = _BACK_PARTNER.search(text[max(0, at - 90) : at])
    for m in (after, before):
        if m:
            found.update({i.key: i for i in coded.group(m[1]) if i.letter in "DC"})
    return list(found.values())
