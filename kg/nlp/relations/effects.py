"""Resistance and sensitivity: which lesion makes tumours resist or respond to which drug.

Rule: a cue word ("resistant", "response", "IC50 rose") opens a frame in its clause; the drug and the lesion are looked for in
the places where English puts them, right before the places where they merely stand near. What reverses the cue ("overcame
resistance", "did not respond", "reduced sensitivity") is read with it. See schema rules 1, 2, 6 and 9.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.nlp.relations.coded import Coded, Item
from kg.nlp.relations.effect_cues import Cue, find_cues
from kg.nlp.relations.found import Found, Sentence, clauses, compared

RESISTANCE, SENSITIVITY = "confers_resistance_to", "confers_sensitivity_to"

_LESS = (
    r"(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|loss of|lost|lack(?:ed|ing|s)? (?:of )?|lack|no|not|without|poor(?:er|ly)?|less|lower|limit(?:ed|s)?|minimal|modest"
    r"|failed to|fail to|fails to|failure to|unable to|never|nor|neither|absence of|absent|weak(?:er)?|inferior|low|did n't|cannot|worse|shorter|inverse(?:ly)?|negatively|little|rarely|unlikely to)"
)
_LESS_BEFORE = re.compile(
    r"\b"
    + _LESS
    + r"(?: [\w%.,-]+| ‹[^DC]\d+›){0,4} ?$|\b(?:no|not|lack of|failed to|neither)\b(?: [\w%.-]+| ,| ‹[^DC]\d+›){0,9} ?$|\b0 (?:of|/|out of|%) ?\d*(?: [\w-]+){0,5} ?$"
)
_NO_SUCCESS = re.compile(r"^ (?:[\w-]+ ){0,4}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)")
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked )?(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:significantly |statistically )?(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+)|as sensitive|no more)\b"
)
_UNDONE_BEFORE = re.compile(
    r"\b(?:overc[oa]m\w*|revers\w+|circumvent\w*|abrogat\w+|prevent\w*|delay\w*|suppress\w*|eliminat\w+|counteract\w*|bypass(?:es|ed|ing)?|mitigat\w+|attenuat\w+|reduc\w+|decreas\w+|diminish\w*|alleviat\w+|combat\w*"
    r"|tackl\w+|address\w*|loss of|lost|no|(?<!but )not|without|never|absence of|lack of|rather than|nor|defeat\w*|restor\w+|inhibit\w+|ameliorat\w+)(?: [\w,-]+| ‹[^›]+›){0,6} ?$"
)
_TO_DRUG = re.compile(r"^[^;›]{0,25}?(?:‹[^DC›]\d+›[^;›]{0,25}?){0,3} ?\b(?:to|toward|towards|against)\b [^‹›;,]{0,50}(‹[DC]\d+›)")
_OF_DRUG = re.compile(
    r"^(?: [\w-]+){0,3} (?:with|on|from|upon|after|following|for|under|of|by|in response to|when treated with|treated with|using)\b [^‹›;,]{0,40}(‹[DC]\d+›)"
)
_LEFT_DRUG = re.compile(r"(‹[DC]\d+›) (?:- )?(?:(?!and\b|or\b|but\b)[\w-]+ |‹K\d+› ){0,2}$")
_ATTRIBUTE = re.compile(r"with|harbou?r|carry|bearing|express|from")
#: what parts a cue from carriers that are not its own ("imatinib-resistant patients, patients with V299L")
_ANOTHER = re.compile(r",|‹K|resistan")
_NO_AGENT = r"(?!inhibit|target|suppress|block|overc|treat|regulat|modulat|inducing|activating|promoting|affecting|enhancing)"
_BY_LESION = re.compile(
    rf"\b(?:(?:due to|caused by|mediated by|mediated through|through|via|driven by|conferred by|by|because of|attribut\w+ to|owing to|resulting from|result of|secondary to|associated with|linked to|involv\w+|such as|includ\w+|particularly|conferring|like|e\.g)\b (?:{_NO_AGENT}[^‹›;]){{0,60}}?"
    rf"|(?:with|harbou?r\w*|carry\w*|bearing|express\w+|from)\b (?:{_NO_AGENT}[^‹›;,]){{0,40}}?)(‹[VGP]\d+›)"
)
_LESION_MEDIATED = re.compile(
    r"(‹[VGP]\d+›) ?(?:- )?(?:mediated|driven|induced|dependent|associated|related|conferred|based|positive|mutant|mutated)?(?: [\w-]+| ‹[DCKX]\d+›(?: -)?){0,2} ?$"
)
_IN_LESION = re.compile(r"\b(?:in|for|against|among|of|with|harbou?ring|carrying|bearing|having|expressing|to)\b [^;]{0,60}?(‹V\d+›)")
_LINK = re.compile(
    r"\b(?:is|are|was|were|be|as|represents?|confer\w*|mediat\w+|caus\w+|contribut\w+|driv\w+|lead\w*|led|play\w*|promot\w+|induc\w+|resist\w*|showed|exhibit\w*|render\w*|mak\w+|enhanc\w+|increas\w+|attenuat\w+|protect\w*|linked|associated|correlat\w+)\b"
)
_POPULATION = re.compile(
    r"(‹V\d+›)(?= (?:- )?(?:positive |variant \d |expressing |containing |harbou?ring )*(?:[\w-]+ ){0,2}(?:‹[XL]\d+›|patients?\b|cells?\b|tumou?rs?\b|cohorts?\b|models?\b))|(?:‹X\d+›|patients?|cells?|tumou?rs?|cases?) (?:\([^)]*\) )?(?:\w+ ){0,2}(?:with|harbou?ring|carrying|bearing|having|whose tumou?rs (?:harbor|carry)) [^‹›;]{0,40}(‹V\d+›)"
)
_ACQUIRED = re.compile(
    r"\b(?:produc\w+|generat\w+|establish\w+|inducing|increasing|acquir\w+|develop\w*|emerg\w+|eventual\w*|inevitabl\w+|secondary)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
_STRONG = re.compile(r"respon|regress|shrink|remission|efficacy|benefit|effective|stable disease|disease control|‹K")
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition) (?:to|by|of) [^;]{0,40}induced $"
)
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact) $"
)
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_MEASURED = re.compile(
    r"^(?: to [^;.]{0,40})? (?:was|were) (?:determined|assessed|tested|measured|evaluated|examined|defined|categori[sz]ed|investigated|studied)\b"
)
_EMERGED = re.compile(
    r"(?<!\bthe )\b(?:reveal\w*|identif\w+|detect\w*|acquir\w+|emerg\w+|develop\w*|found|show(?:ed|n|ing)|discover\w+|confirm\w*|gain\w*)\b[^;‹]{0,60}(‹V\d+›)|(‹V\d+›)[^;‹]{0,60}\b(?:was|were|been) (?:\w+ )?(?:identified|detected|found|acquired|observed|discovered|present)\b"
)
_ACQUIRED_THEN = re.compile(r"\b(?:acquir\w+|emerg\w+|resistan\w+|newly|new|secondary|gain\w*)\b|‹K")
_PROGRESSED = re.compile(
    r"\b(?:progress\w*(?!-free)|relaps\w*|resistan\w*|recurren\w*|post-?treatment|metastas[ei]s (?:presented|developed)|failure)\b"
)
_CASE = re.compile(
    r"\b(?:patients?|cases?|cohorts?|subgroups?|subset|carriers?|he|she|her|his|(?:complete|partial|objective|major|overall) (?:[\w-]+ )?respon\w+|respond\w*|tumou?rs?|lesions?|cells?|lines?|mice|xenografts?|nodules?|treated|treatment with)\b|‹[LXOK]"
)
#: in an abstract, unlike in a curator's short statement, the lesion of an earlier sentence is meant only where the text points back
_ANAPHOR = re.compile(
    r"\b(?:th(?:is|ese|ose)|such)\b (?:[\w-]+ ){0,3}(?:subset|subgroup|patients?|mutations?|mutants?|variants?|alterations?|population|case|tumou?rs?|cells|lesions?|molecular)\b|\bthe patients?\b|^ ?(?:he|she)\b|\b(?:he|she|patient) (?:then )?(?:achieved|showed|had|experienced)\b|\bwas (?:initiated|started|administered|given)\b"
)
#: a concept that stands for lesions in general (schema rule 2: class-level claims may have a concept as subject)
_LESION_CONCEPT = re.compile(r"^(?:activating|sensitizing|driver|resistance|actionable) mutation$|^genomic lesion$")
_SET_APART = re.compile(r"\b(?:but not|and not|rather than|not|in addition to|along with|alongside|besides|on top of) (?:[\w-]+ ){0,1}$")
_LISTING = re.compile(r"such as|includ|particularly|like|e\.g|involv|with|from|express")
_AS_SHOWN = re.compile(r"\b(?:indicated|evidenced|measured|shown|determined|assessed|demonstrated|reported|confirmed|judged|reflected|seen) by\b")
_RELATED = re.compile(r"^ ?(?:- )?(?:related|associated) ?(?:‹|pathways?|genes?|proteins?|signatures?)?")
_MARKER = re.compile(
    r"\b(?:predict\w*|biomarkers?|markers?|correlat\w+|associat\w+|express\w+|deplet\w+|deficien\w+|overexpress\w+|status|levels?|knock\w*|confer\w*|mediat\w+|restor\w+|sensiti[sz]\w+|carriers?|resistan\w+|activation|caus\w+|driv\w+|contribut\w+|factor)\b"
)
_BUT_NOT = re.compile(r"\bbut not\b[^‹›;]{0,30}?(?:to )?(‹[DC]\d+›)")


def find_effects(sentence: Sentence) -> Iterator[Found]:
    """Yield `confers_resistance_to` and `confers_sensitivity_to` of one sentence."""
    for clause in clauses(sentence.coded):
        resisted: list[Found] = []
        for cue in sorted(find_cues(clause), key=lambda c: (c.kind, c.start)):
            for found in _frame(sentence, clause, cue):
                if cue.kind == "res":
                    resisted.append(found)
                elif any(r.subject.key == found.subject.key and r.object.key == found.object.key for r in resisted):
                    continue  # "resistance to selumetinib-induced growth inhibition" is no sensitivity
                yield found
        yield from _emerged(sentence, clause)


def _emerged(sentence: Sentence, clause: Coded) -> Iterator[Found]:
    """A specific change first seen when the tumour progressed on a drug is taken for the cause (schema rules 2 and 9)."""
    m = _EMERGED.search(clause.text)
    if not m or _AIM.search(clause.text):
        return
    here = _PROGRESSED.search(clause.text) or any("progress" in i.name or "resist" in i.name for _, t in clause.groups("K") for i in t.items)
    if not here and not sentence.focus.progressed:
        return
    drugs = [t.items for at, t in clause.groups("DC") if at < m.start(m.lastindex or 0)]
    source = clause.source(m.start(), m.end())
    if sentence.assertion.negated(*source) or sentence.assertion.certainty(*source) == "hypothesis":
        return
    for drug in drugs[-1] if drugs else sentence.focus.last[-1:]:
        for lesion in clause.group(m[1] or m[2]):
            if not (_shared_gene(lesion, drug) or _ACQUIRED_THEN.search(clause.text)):
                continue  # a change of another gene, seen at progression, may have been there before
            if not _aimed_at(lesion, drug) and not lesion.name.endswith((" fusion", " mutation", " wild type")):
                yield Found(lesion, RESISTANCE, drug, source, "effect/emerged", 0.55)


def _frame(sentence: Sentence, clause: Coded, cue: Cue) -> Iterator[Found]:
    left, right = clause.text[: cue.start], clause.text[cue.end :]
    drugs, tight = _drugs(sentence, clause, cue, left, right)
    if not drugs:
        return
    lesions, how = _lesions(sentence, clause, cue, left, right)
    if not lesions or (cue.kind == "sens" and _SELF_DENYING.search(clause.text[max(0, cue.start - 45) : cue.start])):
        return
    lesions = _aimed(lesions, drugs) if how == "focus" else lesions
    if how != "mediated" and (_AIM.search(left) or _MEASURING.search(left) or _MEASURED.match(right)):
        return
    source = clause.source(cue.start, cue.end)
    predicate, polarity, undone = _direction(cue, left, right, how)
    if (undone and how == "in") or (how == "focus" and predicate == RESISTANCE):
        return
    certainty = sentence.assertion.certainty(*source)
    if certainty == "hypothesis" and how not in ("mediated", "cause"):
        return
    confidence = {"mediated": 0.9, "cause": 0.85, "subject": 0.8, "in": 0.75, "focus": 0.5}[how] * (1.0 if tight else 0.8)
    spared = {clause.group(m[1])[0].key for m in _BUT_NOT.finditer(clause.text)}
    certain = "asserted" if (how in ("mediated", "cause") and undone) or certainty == "hypothesis" else certainty
    for lesion, drug in _pairs(clause.text, lesions, drugs):
        if (
            predicate == RESISTANCE
            and (how in ("in", "cause") or _generic(drug) or (how == "subject" and _ACQUIRED.search(left[-60:])))
            and _aimed_at(lesion, drug)
        ):
            continue
        if lesion.key == drug.key or (drug.type == "DrugClass" and lesion.start >= drug.start and lesion.end <= drug.end):
            continue
        turned = polarity if drug.key not in spared else ("negative" if polarity == "positive" else "positive")
        yield Found(lesion, predicate, drug, source, f"effect/{cue.kind}/{how}", confidence, turned, certain)


def _generic(drug: Item) -> bool:
    """Whether the class names no target ("TKI"), so that it is aimed at whatever kinase the text is about."""
    return drug.type == "DrugClass" and not drug.genes and "kinase inhibitor" in drug.name


def _aimed_at(lesion: Item, drug: Item) -> bool:
    """Whether the drug is aimed at this lesion, which then marks who is treated and is not what makes them resist."""
    return bool(_BROAD.search(lesion.name)) and (_generic(drug) or _shared_gene(lesion, drug))


def _shared_gene(lesion: Item, drug: Item) -> bool:
    return bool({name for _, name, _ in lesion.genes} & {name for _, name, _ in drug.genes})


def _pairs(text: str, lesions: list[Item], drugs: list[Item]) -> Iterator[tuple[Item, Item]]:
    """Yield every lesion with every drug, or one to one where the clause says "respectively"."""
    if "respectively" in text and len(lesions) == len(drugs) > 1:
        yield from zip(lesions, drugs, strict=True)
        return
    for lesion in lesions:
        for drug in drugs:
            yield lesion, drug


def _drugs(sentence: Sentence, clause: Coded, cue: Cue, left: str, right: str) -> tuple[list[Item], bool]:
    """Return the drugs of the cue, and whether grammar ties them to it."""
    for pattern, text in ((_TO_DRUG, right), (_LEFT_DRUG, left), (_OF_DRUG, right)):
        m = pattern.search(text)
        if m:
            found = list(clause.group(m[1]))
            spared = _BUT_NOT.search(right)
            return found + (clause.group(spared[1]) if spared and spared[1] != m[1] else []), True
    if cue.kind == "short":
        here = [t.items for _, t in sentence.coded.groups("DC")]
        return (list(here[0]) if here else list(sentence.focus.treated)), False
    if cue.kind == "res" and (sentence.focus.resisted or _UNDONE_BEFORE.search(left)):
        return list(sentence.focus.resisted), False
    out = compared(clause)
    near = [(abs(at - cue.start), at, t) for at, t in clause.groups("DC") if at not in out]
    if near:
        return list(min(near, key=lambda x: x[:2])[2].items), False
    if sentence.section != "text" and not (_STRONG.search(clause.text[cue.start : cue.end]) and _CASE.search(clause.text)):
        return [], False  # "sensitive" in an abstract without a drug in sight is not about the drug of the sentence before
    return list(sentence.focus.drugs), False


def _lesions(sentence: Sentence, clause: Coded, cue: Cue, left: str, right: str) -> tuple[list[Item], str]:
    """Return the lesions of the cue and how they are tied to it: mediated, cause, subject, in, focus."""
    if cue.kind == "res":
        found, how = _cause(clause, cue, left, right)
        if found:
            return found, how
    after = _carried(clause, cue, right)
    if cue.kind == "sens" and after and any(at < cue.start for at, _ in clause.groups("DC")):
        return after, "in"
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
    return bool(_ACQUIRED.search(left[-60:] + right[:40])) or any("acquired" in i.name for i in named)


def _cause(clause: Coded, cue: Cue, left: str, right: str) -> tuple[list[Item], str]:
    """Return what the text names as the cause of a resistance: "T790M-mediated", "due to", "cells harboring"."""
    m = _LESION_MEDIATED.search(left)
    if m and re.search(r"(?:mediated|driven|induced|conferred|associated|dependent)", m.group()):
        return clause.group(m[1]), "mediated"
    m = None if _RELATED.match(right) else _BY_LESION.search(right)
    if m is None or _AS_SHOWN.search(right[: m.end()]) or cue.end + m.start(1) in compared(clause):
        return [], ""
    if m[1][1] == "G" and _LISTING.match(m.group()):  # "pathways including" names genes, not causes
        return [], ""
    if _ATTRIBUTE.match(m.group()) and _ANOTHER.search(right[: m.start()]):
        return [], ""
    return clause.group(m[1]), "cause"


def _carried(clause: Coded, cue: Cue, right: str) -> list[Item]:
    """Return the variants that those who resist or respond carry, named behind the cue ("in patients with ‹V›")."""
    m = _IN_LESION.search(right)
    if m is None or (cue.kind == "res" and _ANOTHER.search(right[: m.start()])):
        return []
    at = cue.end + m.start(1)
    return [] if _absent(clause.text, at) or at in compared(clause) else clause.group(m[1])


def _before(clause: Coded, cue: Cue, letters: str, acquired: bool) -> list[Item]:
    """Return the lesion that stands before the cue as its subject; a gene only where the clause says what it does."""
    out = compared(clause)
    population = {g for m in _POPULATION.finditer(clause.text) for g in m.groups() if g} if acquired else set()
    for at, token in reversed(clause.groups(letters)):
        if at >= cue.start or at in out or _SET_APART.search(clause.text[:at]) or _absent(clause.text, at):
            continue
        if clause.text[at : clause.text.find("›", at) + 1] in population:
            continue
        linked = _LINK.search(clause.text[at : cue.start]) and not _undermined(clause.text, at) and _MARKER.search(clause.text)
        if letters == "V" or linked:
            return list(token.items)
    return []


def _from_elsewhere(sentence: Sentence, clause: Coded, cue: Cue) -> tuple[list[Item], str]:
    """Return a lesion in general ("an activating mutation"), else what the document is about where the text points back to it."""
    general = [t for _, t in clause.groups("K") if _LESION_CONCEPT.search(t.items[-1].name)]
    if general and cue.kind == "sens":
        return [general[-1].items[-1]], "in"
    if cue.kind != "sens" or clause.groups("V") or not _STRONG.search(clause.text[cue.start : cue.end]) or not _CASE.search(clause.text):
        return [], "focus"
    if sentence.section != "text" and not _ANAPHOR.search(clause.text):
        return [], "focus"
    return list(sentence.focus.lesions), "focus"


def _absent(text: str, at: int) -> bool:
    """Whether the lesion at this position is said to be missing ("EGFR mutation-negative", "without MET amplification")."""
    after = text[text.find("›", at) + 1 :]
    return bool(
        re.match(r"^ (?:- )?(?:mutation )?negative\b", after)
        or re.search(r"\b(?:without|lacking|lacked|absence of|no|non) (?:- )?(?:[\w-]+ ){0,2}$", text[max(0, at - 40) : at])
    )


def _aimed(lesions: list[Item], drugs: list[Item]) -> list[Item]:
    """Of lesions taken from the document, return those the drugs are aimed at; all of them if none is."""
    return [x for x in lesions if any(_shared_gene(x, d) for d in drugs)] or lesions


def _undermined(text: str, at: int) -> bool:
    """Whether the gene at this position is only what is inhibited or targeted there."""
    return bool(
        re.search(
            r"\b(?:inhibit\w+|blockade|blocking|blocks?|target\w*|suppress\w+|knock\w*|silencing|loss|deplet\w+|down-?regulat\w+)\b(?: [\w-]+| ‹[^›]+›| \(){0,4} $",
            text[max(0, at - 50) : at],
        )
    )


def _direction(cue: Cue, left: str, right: str, how: str) -> tuple[str, str, bool]:
    """Return (predicate, polarity, whether something undoes the cue)."""
    if cue.kind == "short":
        return (
            (RESISTANCE, "negative", False)
            if _SAME.search(left[-60:]) or re.search(r"\bnot (?:[\w-]+ ){0,3}$", left)
            else (RESISTANCE, "positive", False)
        )
    if cue.kind == "res":
        if _SAME.search(left[-60:]):
            return RESISTANCE, "negative", False
        undone = _UNDONE_BEFORE.search(left)
        if not undone or how in ("mediated", "cause"):
            return RESISTANCE, "positive", bool(undone)
        if re.search(r"\b(?:no|not|without|never|absence of|lack of|nor|rather than)\b", undone.group()):
            return RESISTANCE, "negative", True
        return SENSITIVITY, "positive", True
    if _SAME.search(left[-90:] + " " + right[:60]):
        return RESISTANCE, "negative", False
    lessened = (
        _LESS_BEFORE.search(left)
        or re.match(r"^ (?:was|were|is|are) (?:not|lost|reduced|decreased|limited|poor|lower|impaired|minimal)\b", right)
        or _NO_SUCCESS.match(right)
    )
    return (RESISTANCE, "positive", False) if lessened else (SENSITIVITY, "positive", False)
