"""Where the drug and the lesion of a cue stand: the places that English gives them, then what merely stands near, then the document.

Rule: returns mentions, and how they are tied to the cue; what the cue says of them is decided in `effects`.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re

from kg.nlp.relations.coded import Coded, Item
from kg.nlp.relations.course import NO_THERAPY, carriers_of, is_absent, is_past, is_trait, therapy_of, with_partners
from kg.nlp.relations.effect_cues import Cue
from kg.nlp.relations.found import Sentence, compared

UNDONE_BEFORE = re.compile(
    r"\b(?:overc[oa]m\w*|revers\w+|circumvent\w*|abrogat\w+|prevent\w*|delay\w*|suppress\w*|eliminat\w+|counteract\w*|bypass(?:es|ed|ing)?|mitigat\w+|attenuat\w+|reduc\w+|decreas\w+|diminish\w*|alleviat\w+|combat\w*"
    r"|tackl\w+|address\w*|loss of|lost|no|(?<!but )not|without|never|absence of|lack of|rather than|nor|defeat\w*|abolish\w*|neither|fail(?:s|ed|ing)?|unable|restor\w+|inhibit\w+|ameliorat\w+)(?: [\w,-]+| ‹[^›]+›){0,6} ?$|\b(?:less|lower) (?:[\w-]+ ){0,1}$"
)

_TO_DRUG = re.compile(
    r"^(?:(?!compar|relative|due |owing|prior |contrast)[^;›]){0,25}?(?:‹[^DC›]\d+›(?:(?!compar|relative|due |owing|prior |contrast)[^;›]){0,25}?){0,3} ?\b(?:to|toward|towards|against)\b (?:(?!compared|relative|than)[^‹›;,]){0,50}(‹[DC]\d+›)"
)

_OF_DRUG = re.compile(
    r"^(?: [\w-]+){0,3} (?:with|on|from|upon|after|following|for|under|of|by|in response to|when treated with|treated with|using)\b [^‹›;,]{0,40}(‹[DC]\d+›)"
)

#: "crizotinib resistance", which is to nothing that stands further on
OWN_DRUG = re.compile(r"(‹[DC]\d+›) (?:- )?$")

_LEFT_DRUG = re.compile(r"(‹[DC]\d+›) (?:- )?(?:(?!and\b|or\b|but\b)[\w-]+ |‹K\d+› ){0,2}$")

_ATTRIBUTE = re.compile(r"with|harbou?r|carr|bore|bearing|express|from")

#: what parts a cue from carriers that are not its own ("imatinib-resistant patients, patients with V299L")
_ANOTHER = re.compile(r",|‹K|resistan")

_NO_AGENT = r"(?!inhibit|target|suppress|block|overc|treat|regulat|modulat|inducing|activating|promoting|affecting|enhancing|functioning|acting|sponging|binding)"

_BY_LESION = re.compile(
    rf"\b(?:(?:due to|caused by|mediated by|mediated through|through|via|driven by|conferred by|by|because of|attribut\w+ to|owing to|resulting from|result of|secondary to|associated with|linked to|involv\w+|such as|includ\w+|particularly|conferring|like|e\.g)\b (?:{_NO_AGENT}[^‹›;]){{0,60}}?"
    rf"|(?:with|harbou?r\w*|carr(?:y|ied|ies)\w*|bearing|bore|express\w+|from|upon)\b (?:{_NO_AGENT}[^‹›;,]){{0,40}}?)(‹[VGP]\d+›)"
)

_LESION_MEDIATED = re.compile(
    r"(‹[VGP]\d+›) ?(?:- )?(?:mediated|driven|induced|dependent|associated|related|conferred|based|positive|mutant|mutated)?(?: [\w-]+| ‹[DCKX]\d+›(?: -)?){0,2} ?$"
)

_IN_LESION = re.compile(
    r"\b(?:in|for|on|against|among|of|with|had|harbou?r(?:ing|ed|s)?|carrying|bearing|having|express(?:ing|es|ed)?|exhibit(?:ing|ed|s)?|to)\b [^;]{0,60}?(‹V\d+›)"
)

_LINK = re.compile(
    r"\b(?:is|are|was|were|be|as|represents?|confer\w*|mediat\w+|caus\w+|contribut\w+|driv\w+|lead\w*|led|play\w*|promot\w+|induc\w+|resist\w*|showed|exhibit\w*|render\w*|mak\w+|enhanc\w+|increas\w+|attenuat\w+|restor\w+|rescu\w+|protect\w*|linked|associated|correlat\w+)\b"
)

_POPULATION = re.compile(
    r"(‹V\d+›)(?= (?:- )?(?:positive |variant \d |expressing |containing |harbou?ring )*(?:[\w-]+ ){0,2}(?:‹[XL]\d+›|patients?\b|cells?\b|tumou?rs?\b|cohorts?\b|models?\b))|(?:‹X\d+›|patients?|cells?|tumou?rs?|cases?) (?:\([^)]*\) )?(?:\w+ ){0,2}(?:with|harbou?ring|carrying|bearing|having|whose tumou?rs (?:harbor|carry)) [^‹›;]{0,40}(‹V\d+›)"
)

ACQUIRED = re.compile(
    r"\b(?:rendered|produc\w+|generat\w+|establish\w+|inducing|increasing|acquir\w+|develop\w*|emerg\w+|eventual\w*|inevitabl\w+|secondary)\b"
)

_STRONG = re.compile(r"respon|regress|shrink|remission|efficacy|benefit|effective|stable disease|disease control|‹K")

_CASE = re.compile(
    r"\b(?:patients?|cases?|cohorts?|subgroups?|subset|carriers?|he|she|her|his|(?:complete|partial|objective|major|overall) (?:[\w-]+ )?respon\w+|respond\w*|tumou?rs?|lesions?|cells?|lines?|mice|xenografts?|nodules?|treated|treatment with)\b|‹[LXOK]"
)

#: in an abstract, unlike in a curator's short statement, the lesion of an earlier sentence is meant only where the text points back
_ANAPHOR = re.compile(
    r"\b(?:th(?:is|ese|ose)|such)\b (?:[\w-]+ ){0,3}(?:subset|subgroup|patients?|mutations?|mutants?|variants?|alterations?|population|case|tumou?rs?|cells|lesions?|molecular)\b|\bthe patients?\b|^ ?(?:he|she)\b|\b(?:he|she|patient) (?:then )?(?:achieved|showed|had|experienced)\b|\bwas (?:initiated|started|administered|given)\b"
)

#: a concept that stands for lesions in general (schema rule 2: class-level claims may have a concept as subject)
_LESION_CONCEPT = re.compile(r"^(?:activating|sensitizing|driver|resistance|actionable) mutation$|^genomic lesion$")

_CONFERS = re.compile(r"\b(?:confer\w*|caus\w+|mediat\w+|induc\w+|produc\w+|leads? to|led to|result\w* in|associated with|drives?) (?:[\w-]+ ){0,3}$")

#: "the F317L mutation in the ABL1 domain of the BCR-ABL fusion": the change is meant, with the fusion it sits in
_WITHIN_GENE = re.compile(r"(‹V\d+›) (?:[\w-]+ ){0,2}(?:in|of|within|on) (?:the )?‹G\d+› (?:[\w-]+ ){0,3}of (?:the |an? )?(?:[\w-]+ )?$")

_SHARE_OF = re.compile(
    r"(?:%|\b(?:subset|fraction|proportion|minority|third|half)) of (?:all |the )?$"
    r"|\b(?:frequency|fraction|vaf|cvaf|burden|abundance|number|heterogeneity|clearance|clonality|for (?:the )?detection) of (?:the )?(?:[\w-]+ ){0,1}$"
)

_SET_APART = re.compile(r"\b(?:but not|and not|rather than|not|in addition to|along with|alongside|besides|on top of) (?:[\w-]+ ){0,1}$")

_LISTING = re.compile(r"such as|includ|particularly|like|e\.g|involv|with|from|express")

_AS_SHOWN = re.compile(r"\b(?:indicated|evidenced|measured|shown|determined|assessed|demonstrated|reported|confirmed|judged|reflected|seen) by\b")

_RELATED = re.compile(r"^ ?(?:- )?(?:related|associated) ?(?:‹|pathways?|genes?|proteins?|signatures?)?")

_MARKER = re.compile(
    r"\b(?:predict\w*|biomarkers?|markers?|correlat\w+|associat\w+|express\w+|deplet\w+|deficien\w+|overexpress\w+|status|levels?|knock\w*|confer\w*|mediat\w+|restor\w+|sensiti[sz]\w+|carriers?|resistan\w+|activation|caus\w+|driv\w+|contribut\w+|factor)\b"
)

#: what was found once a response had ended did not make it
_BY_WAY_OF = re.compile(r"\b(?:through|via|by|involving)\b (?:[\w-]+ |, |‹[^DC›]\d+› ?(?:, |and |- )?){0,6}$")
_OVERCOME_BY = re.compile(
    r"\b(?:overc[oa]m\w*|revers\w+|abrogat\w*|abolish\w*|prevent\w*|block\w*|reduced|attenuated|suppress\w*|inhibit\w*|counteract\w*|rescued) (?:\w+ )?by (?:[\w-]+ ){0,3}$"
)
#: "the modest efficacy underscores the need for other therapies for V"
_NEED = re.compile(r"\b(?:needs?|warrant\w*|underscor\w+|rationale|development of)\b")
#: what is concluded is told of other things than what it is concluded from
_CONCLUDES = re.compile(r"\b(?:suggest|indicat|reveal|demonstrat|conclud|propos|imply|report|identif)\w* (?:[\w-]+ ){0,2}that\b")
_BESIDE = re.compile(r"\b(?:through|via|by|involving|associat\w+ with|accompan\w+ by|along with|together with|concomitant\w*|role of|effects? of)\b")
_THEREAFTER = re.compile(
    r"\b(?:after which|until|prompted|re-?biops\w+|repeat\w*|relapsed|progressed|(?:and|then|but) (?:[\w-]+ ){0,2}(?:reveal|detect|identif)\w+|sequencing)\b"
)

_RESPONDED = re.compile(r"[^;]{0,30}\b(?:was|were|are|is|remained|showed) (?:[\w-]+ ){0,2}(?:sensitiv|respons|susceptib|‹K)")

_TO = re.compile(r" (?:[\w-]+ )?(?:to|toward|towards|against)\b")

#: who a finding on everybody tells of is not who the sentence before told of
_EVERYBODY = re.compile(
    r"\bintent(?:ion)?(?: -|-| )to(?: -|-| )treat\b|\b(?:overall|entire|whole|unselected|total|full) (?:study |patient )?(?:population|cohort|sample)\b|\ball (?:treated |evaluable )?patients\b|\bresponse rate in the study\b"
)

_PRETREATED = re.compile(r" - (?:pre-?treated|exposed|experienced|na[iï]ve|refractory|intolerant|ineligible)")

_THEN = re.compile(r"\b(?:following|prior to|before) (?:[\w-]+ )?(?:‹[DC]\d+› )?(?:- )?$")

BUT_NOT = re.compile(r"\bbut not\b[^‹›;]{0,30}?(?:to )?(‹[DC]\d+›)")


def find_drugs(sentence: Sentence, clause: Coded, cue: Cue, left: str, right: str) -> tuple[list[Item], bool]:
    """Return the drugs of the cue, and whether grammar ties them to it."""
    own = _LEFT_DRUG if OWN_DRUG.search(left) and not _TO.match(right) else _TO_DRUG
    for pattern, text in ((own, left if own is _LEFT_DRUG else right), (_LEFT_DRUG, left), (_OF_DRUG, right)):
        m = pattern.search(text)
        if m:
            found = with_partners(clause, clause.text.find(m[1]), clause.group(m[1]))
            spared = BUT_NOT.search(right)
            return found + (clause.group(spared[1]) if spared and spared[1] != m[1] else []), True
    if cue.kind == "short":
        here = [t.items for _, t in sentence.coded.groups("DC")]
        return list(therapy_of(sentence.coded)) or (list(here[0]) if here else list(sentence.focus.treated)), False
    if cue.kind == "res" and (sentence.focus.resisted or UNDONE_BEFORE.search(left)):
        return list(sentence.focus.resisted), False
    out = compared(clause)
    near = [
        (is_past(clause.text, at) or is_trait(clause.text, at), abs(at - cue.start), at, t)
        for at, t in clause.groups("DC")
        if at not in out
        and not NO_THERAPY.search(t.items[0].name)
        and not (cue.kind == "sens" and _PRETREATED.match(clause.text, clause.text.find("›", at) + 1))
    ]
    if near:
        _, _, at, token = min(near, key=lambda x: x[:3])
        return with_partners(clause, at, token.items), False
    if sentence.section != "text" and not (_STRONG.search(clause.text[cue.start : cue.end]) and _CASE.search(clause.text)):
        return [], False  # "sensitive" in an abstract without a drug in sight is not about the drug of the sentence before
    if clause.text.lower().startswith("as a whole "):
        return [], False  # all of a study were not given what the patient of the sentence before was given
    return list(therapy_of(sentence.coded) or sentence.focus.drugs), False


def find_lesions(sentence: Sentence, clause: Coded, cue: Cue, left: str, right: str) -> tuple[list[Item], str]:
    """Return the lesions of the cue and how they are tied to it: mediated, cause, subject, in, focus."""
    if cue.kind == "res":
        found, how = _cause(clause, cue, left, right)
        if found:
            return found, how
    after = _carried(clause, cue, right)
    if cue.kind == "sens" and after and any(at < cue.start for at, _ in clause.groups("DC")):
        return after, "in"
    if cue.kind == "res" and _THEN.search(left):
        return [], ""  # "detected following crizotinib resistance" tells when, not why
    acquired = cue.kind == "res" and _is_acquired(clause, cue, left, right)
    for letters in ("V", "G", "P") if cue.kind == "res" else ("V", "G"):
        before = _before(clause, cue, letters, acquired)
        if before:
            return before, "subject"
        if letters == "V" and after:
            return after, "in"
    return _from_elsewhere(sentence, clause, cue)


def _is_acquired(clause: Coded, cue: Cue, left: str, right: str) -> bool:
    """Whether the resistance came in time, so that who is treated does not carry its cause from the start."""
    named = [i for p in re.findall(r"‹K\d+›", clause.text[cue.start : cue.end]) for i in clause.group(p)]
    return bool(ACQUIRED.search(left[-60:] + right[:40])) or any("acquired" in i.name for i in named)


def _cause(clause: Coded, cue: Cue, left: str, right: str) -> tuple[list[Item], str]:
    """Return what the text names as the cause of a resistance: "T790M-mediated", "due to", "cells harboring"."""
    m = _LESION_MEDIATED.search(left)
    if m and re.search(r"(?:mediated|driven|induced|conferred|associated|dependent)", m.group()):
        return clause.group(m[1]), "mediated"
    m = None if _RELATED.match(right) else _BY_LESION.search(right)
    if m is None or _AS_SHOWN.search(right[: m.end()]) or cue.end + m.start(1) in compared(clause):
        return [], ""
    if _OVERCOME_BY.search(right[: m.start(1)]):
        return [], ""
    if m[1][1] == "G" and _LISTING.match(m.group()):  # "pathways including" names genes, not causes
        return [], ""
    if _ATTRIBUTE.match(m.group()) and _CONFERS.search(left) and any(at < cue.start for at, _ in clause.groups("V")):
        return [], ""  # "L755S confers resistance in cells transduced with mutant ERBB2"
    if _ATTRIBUTE.match(m.group()) and _ANOTHER.search(right[: m.start()]):
        return [], ""
    if _ATTRIBUTE.match(m.group()) and _RESPONDED.match(right[m.end() :]):
        return [], ""  # "chemotherapy-resistant lines harbouring V were sensitive to afatinib"
    return clause.group(m[1]), "cause"


def _carried(clause: Coded, cue: Cue, right: str) -> list[Item]:
    """Return the variants that those who resist or respond carry, named behind the cue ("in patients with ‹V›")."""
    m = _IN_LESION.search(right)
    if m is None or (cue.kind == "res" and _ANOTHER.search(right[: m.start()])):
        return []
    if cue.kind == "res" and _RESPONDED.match(right[m.end() :]):
        return []  # "chemotherapy-resistant lines harbouring V were sensitive to afatinib"
    if re.search(r"\( (?:none|no|not)\b[^)]*$", right[: m.start(1)]):
        return []
    if cue.kind == "sens" and (_THEREAFTER.search(right[: m.start(1)]) or _BY_WAY_OF.search(right[: m.start(1)])):
        return []
    if cue.kind == "sens" and _BESIDE.search(right[: m.start(1)]) and all(i.name.endswith("expression") for i in clause.group(m[1])):
        return []  # a change of expression that comes with the response is what the drug does
    if cue.kind == "sens" and _NEED.search(right[: m.start(1)]):
        return []
    at = cue.end + m.start(1)
    return [] if is_absent(clause.text, at) or at in compared(clause) else clause.group(m[1])


def _before(clause: Coded, cue: Cue, letters: str, acquired: bool) -> list[Item]:
    """Return the lesion that stands before the cue as its subject; a gene only where the clause says what it does."""
    out = compared(clause)
    population = {g for m in _POPULATION.finditer(clause.text) for g in m.groups() if g} if acquired else set()
    for at, token in reversed(clause.groups(letters)):
        if at >= cue.start or at in out or _SET_APART.search(clause.text[:at]) or is_absent(clause.text, at):
            continue
        if clause.text[at : clause.text.find("›", at) + 1] in population:
            continue
        if _SHARE_OF.search(clause.text[:at]):
            continue  # "exon 20 insertions account for 5 % of EGFR-mutated cancers and are resistant"
        if letters == "V" and (inner := _WITHIN_GENE.search(clause.text[:at])):
            return [*clause.group(inner[1]), *token.items]
        linked = _LINK.search(clause.text[at : cue.start]) and not _undermined(clause.text, at) and _MARKER.search(clause.text)
        if letters != "V" and _CONCLUDES.search(clause.text[at : cue.start]):
            continue
        if letters == "V" or linked:
            return list(token.items)
    return []


def _from_elsewhere(sentence: Sentence, clause: Coded, cue: Cue) -> tuple[list[Item], str]:
    """Return a lesion in general ("an activating mutation"), else what the document is about where the text points back to it."""
    general = [t for _, t in clause.groups("K") if _LESION_CONCEPT.search(t.items[-1].name)]
    if general and cue.kind == "sens":
        return [general[-1].items[-1]], "in"
    if cue.kind != "sens" or clause.groups("V") or _EVERYBODY.search(clause.text):
        return [], "focus"
    if sentence.section != "text" and not (
        _STRONG.search(clause.text[cue.start : cue.end]) and _CASE.search(clause.text) and _ANAPHOR.search(clause.text)
    ):
        return [], "focus"
    here = {i.key for at, t in clause.groups("GV") if not is_absent(clause.text, at) for i in t.items}
    missing = {i.key for at, t in clause.groups("GV") if is_absent(clause.text, at) for i in t.items} - here
    lesions = [i for i in carriers_of(sentence.coded) or sentence.focus.carriers if i.key not in missing]
    together = [i for i in lesions if " + " in i.name] if re.search(r"\b(?:double|compound)\b", clause.text) else []
    return together or lesions, "focus"


def _undermined(text: str, at: int) -> bool:
    """Whether the gene at this position is only what is inhibited or targeted there."""
    return bool(
        re.search(
            r"\b(?:inhibit\w+|blockade|blocking|blocks?|target\w*|suppress\w+|knock\w*|silencing|loss|deplet\w+|down-?regulat\w+)\b(?: [\w-]+| ‹[^›]+›| \(){0,4} $",
            text[max(0, at - 50) : at],
        )
    )
