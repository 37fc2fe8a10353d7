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
from kg.nlp.relations.effect_arguments import ACQUIRED, BUT_NOT, OWN_DRUG, find_drugs, find_lesions
from kg.nlp.relations.effect_cues import Cue, find_cues, said_by
from kg.nlp.relations.effect_direction import RESISTANCE, direction_of
from kg.nlp.relations.effect_reactions import is_made_by_drug, is_reaction, is_undirected
from kg.nlp.relations.found import Found, Sentence, clauses
from kg.nlp.relations.modulators import find_modulators

_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_TO_PROCESS = re.compile(r" to (?:the )?‹[PO]\d+›(?![^;]{0,40}‹[DC])")
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
#: "19 were sensitive and 9 resistant" says nothing of what they carry
_BOTH_COUNTED = re.compile(r"\b\d+ (?:[\w-]+ ){0,4}sensitive\b[^;]{0,40}\b\d+ (?:[\w-]+ ){0,4}(?:resistan|insensitiv|‹K)")
_PREDICTS = re.compile(r"\bpredict(?:s|ed)\b")
#: of patients whom only the document names: some responded, in which arm or cohort is told elsewhere; hardly any did; they were stable and then progressed
_COHORTS = re.compile(r"(?:%[^%]*){3}\brespectively\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_HARDLY = re.compile(r"\( (?:[0-9]|1[0-5])(?:\.\d+)? ?% \) (?:[\w-]+ ){0,3}$")
_STABLE = re.compile(r"stable disease")
_NOT_LONG = re.compile(
    r"(?:stable disease|‹K\d+›) (?:, )?(?:but|followed by|then|before) (?:[\w-]+ ){0,3}(?:progress\w*|‹K\d+›) (?:after|at|within|occurr\w+|\.)"
)
_LASTED = re.compile(r"\bduration of $")
#: another change goes with the response of those who carry this one; which way is told by figures
_GOES_WITH = re.compile(r"‹[VG]\d+› (?:[\w-]+ ){0,3}(?:was|were|is|are) (?:\w+ly )?associated with [^;]*$")
_DOWNSTREAM = re.compile(r"\b(?:downstream|upstream) of (?:[\w-]+ ){0,2}$")
#: a heading of what was measured, not its result
_HEADING = re.compile(r"^best (?:overall )?(?:[\w-]+ )?response$")
#: what is given back its sensitivity was resistant
_GIVEN_BACK = re.compile(r"\b(?:rescu|restor|regain|re-?establish|recover)\w* (?:[\w-]+ ){0,2}$")
_FAILED = re.compile(
    r"\b(?:ineffective|not effective|no (?:[\w-]+ )?(?:activity|effect|response|benefit|‹K\d+›)|(?:did|does|do) not (?:respond|inhibit|affect|reduce)|failed|unable)\b|‹K\d+› as"
)
#: who was counted and how, not what came of it
_COUNTED = re.compile(
    r"\b(?:(?:assess\w*|evaluat\w*|evaluable|eligible|analy[sz]ed|available|examined|monitored|followed|criteria) (?:\w+ )?(?:for|by)|(?:sorted|grouped|stratified|divided|classified|categori[sz]ed|selected|split|compared) (?:[\w-]+ ){0,3}(?:based on|by|according to|into|as|for)|(?:primary|secondary|main|co-primary|study) (?:end ?-?points?|outcomes?|objectives?)[^;]*|defined as|definition of|(?:rate|probability|chance|lack) of not|to achieve) (?:the |their |a |an |its )?(?:‹[DC]\d+› |[\w-]+ ){0,3}$"
)
#: "effective treatments for HER2 mutations remain lacking"
_WANTED = re.compile(
    r"^[^;,]{0,50}\b(?:is|are|remains?) (?:[\w-]+ )?(?:lacking|scarce|unavailable|needed|unmet|absent)\b"
    r"|^[^;]{0,120}\b(?:is|are|remains?) (?:still |largely |currently )?(?:unclear|unknown|uncertain|controversial|elusive|undefined|undetermined|debated|to be (?:determined|elucidated)"
    r"|poorly (?:understood|defined|known)|not (?:well |fully |yet )?(?:known|clear|established|understood|elucidated))\b"
)
_EVIDENCE_ON = re.compile(r"\b(?:evidence|data|information|reports?|stud(?:y|ies)) (?:regarding|on|about|concerning|for) (?:the )?(?:[\w-]+ )?$")
_SCARCE = re.compile(r"^[^;]{0,150}\b(?:is|are|remains?) (?:\w+ )?(?:limited|scarce|rare|sparse|lacking|insufficient|few|inconsistent)\b")
_NOT_IN = re.compile(r"\bnot in (?:any |all )?(?:of )?(?:the )?(?:[\w-]+ )?$")
_MEASURED = re.compile(
    r"^(?: to [^;.]{0,40})?(?: (?:and|or) (?:resistance|sensitivity|‹K\d+›))? (?:was|were) (?:determined|assessed|tested|measured|evaluated|examined|defined|categori[sz]ed|investigated|studied)\b"
)
_EMERGED = re.compile(
    r"(?<!\bthe )\b(?:reveal\w*|identif\w+|detect(?:s|ed|ing|able)?|acquir\w+|emerg\w+|develop\w*(?! (?:a |an |the )?(?:new|novel|drugs?|therap\w+|inhibitors?|compounds?|agents?|strateg\w+))|found|show(?:ed|n|ing)|discover\w+|confirm\w*|gain\w*)\b[^;‹]{0,60}(‹V\d+›)|(‹V\d+›)[^;‹]{0,60}?\b(?:was|were|been) (?:\w+ )?(?:identified|detected|found|acquired|observed|discovered|present)\b(?! to have)"
)
#: how many of all specimens have a change, told behind a sentence on progression
_AMONG = re.compile(r"\bamong (?:the |all )?\d+ |\bin \d+ (?:\( \d+(?:\.\d+)? ?% \) )?(?:of (?:the )?\d+ )?(?:specimens?|samples?|tumou?rs)\b")
_UNTREATED = re.compile(r"\bnone (?:of (?:whom|which|them|these) )?(?:had|have|was|were) (?:\w+ )?(?:received|treated|exposed)\b")
_SPREAD = re.compile(r"progress|resist|metasta|relapse|recurren")
_GONE = re.compile(
    r"\b(?:decreas|declin|clear|disappear|suppress|undetect|no longer)\w*\b"
    r"|(?P<new>\b(?:not|absent|undetect\w+|negative)(?: [\w-]+){0,4} )?\b(?:(?:prior to|before) (?:[\w-]+ ){0,2}(?:treatment|therapy|‹[DC])|at baseline|pre-?treatment)"
)
_ACQUIRED_THEN = re.compile(r"\b(?:acquir\w+|emerg\w+|resistan\w+|newly|new|secondary|gain\w*)\b|‹K")
_PROGRESSED = re.compile(
    r"\b(?:progress\w*(?!-free)|relaps\w*|(?<!castration-)(?<!castration - )resistan\w*|recurren(?!t (?:[\w-]+ ){0,2}(?:mutations?|variants?|fusions?|alterations?|rearrangements?))\w*|post-?treatment|(?:metastas[ei]s|lesions?) (?:\w+ )?(?:presented|developed|formed|occurr\w+|appeared|was noted|were noted|emerged)|new (?:[\w-]+ )?(?:metastas[ei]s|lesions?)|worsened|failure)\b"
)


def find_effects(sentence: Sentence) -> Iterator[Found]:
    """Yield `confers_resistance_to` and `confers_sensitivity_to` of one sentence."""
    told = list(find_modulators(sentence))
    yield from told
    read = {(f.subject.key, f.object.key) for f in told}
    for clause in clauses(sentence.coded):
        resisted: list[Found] = []
        cues = sorted(find_cues(clause), key=lambda c: (c.kind, c.start)) if _has_ends(sentence, clause) else []
        for cue in cues:
            for found in _frame(sentence, clause, cue):
                if (found.subject.key, found.object.key) in read:
                    continue  # how the parts of the sentence act on each other is read more closely there
                if cue.kind == "res":
                    resisted.append(found)
                elif any(r.subject.key == found.subject.key and r.object.key == found.object.key for r in resisted):
                    continue  # "resistance to selumetinib-induced growth inhibition" is no sensitivity
                yield found
        yield from _emerged(sentence, clause)


def _has_ends(sentence: Sentence, clause: Coded) -> bool:
    """Whether a drug and a lesion, or what may stand for them, are in reach of the clause at all."""
    focus = sentence.focus
    if not (sentence.coded.groups("DC") or focus.drugs or focus.treated or focus.resisted):
        return False
    return bool(focus.lesions or clause.groups("VGPK"))


def _emerged(sentence: Sentence, clause: Coded) -> Iterator[Found]:
    """A specific change first seen when the tumour progressed on a drug is taken for the cause (schema rules 2 and 9)."""
    m = _EMERGED.search(clause.text) if clause.groups("V") else None
    if not m or _AIM.search(clause.text):
        return
    if _UNTREATED.search(clause.text):
        return
    here = _PROGRESSED.search(clause.text) or any(_SPREAD.search(i.name) for _, t in clause.groups("KPX") for i in t.items)
    if not here and not sentence.focus.progressed:
        return
    if not here and _AMONG.search(clause.text):
        return
    gone = _GONE.search(clause.text)
    if gone and not gone["new"]:
        return
    drugs = [t.items for at, t in clause.groups("DC") if at < m.start(m.lastindex or 0)]
    source = clause.source(m.start(), m.end())
    if sentence.assertion.negated(*source) or sentence.assertion.certainty(*source) == "hypothesis":
        return
    for drug in drugs[-1] if drugs else _last_given(sentence):
        for lesion in clause.group(m[1] or m[2]):
            if not (sentence.section == "text" or _shared_gene(lesion, drug) or _ACQUIRED_THEN.search(clause.text)):
                continue  # a change of another gene, seen at progression, may have been there before
            if not _aimed_at(lesion, drug) and not lesion.name.endswith((" fusion", " mutation", " wild type", " loss of expression")):
                yield Found(lesion, RESISTANCE, drug, source, "effect/emerged", 0.55)


def _failed(sentence: Sentence, clause: Coded) -> bool:
    """Whether a short statement says outright that the therapy of those it tells of did nothing."""
    return sentence.section == "text" and _FAILED.search(clause.text) is not None


def _last_given(sentence: Sentence) -> tuple[Item, ...]:
    """Return what was given last: in a short statement what it calls treatment, else what the sentence before names last."""
    if sentence.section == "text" and sentence.focus.drugs:
        return sentence.focus.drugs
    return sentence.focus.last


def _frame(sentence: Sentence, clause: Coded, cue: Cue) -> Iterator[Found]:
    left, right = clause.text[: cue.start], clause.text[cue.end :]
    if _of_something_else(clause, clause.text[: clause.text.rfind(" ", 0, cue.end) + 1], left, right) or (
        cue.kind == "res" and _YARDSTICK.search(left[-60:])
    ):
        return
    drugs, tight = find_drugs(sentence, clause, cue, left, right)
    if not drugs:
        return
    if _NOT_ONLY.match(right) or (not tight and _MERE_NAME.match(clause.text[cue.start :])):
        return
    if (
        _WANTED.match(right)
        or _NEEDED.search(left[-120:])
        or (cue.kind == "res" and _acted_upon(left, right))
        or (not tight and (_TO_ELSE.match(right) or _TO_PROCESS.match(right) or (cue.kind == "res" and _MANNER.match(right))))
        or (_EVIDENCE_ON.search(left[-60:]) and _SCARCE.match(right))
        or _COUNTED.search(left[-120:])
        or _NOT_IN.search(left[-40:])
        or (cue.kind == "res" and _names_who(clause, cue, right, tight))
    ):
        return
    lesions, how = find_lesions(sentence, clause, cue, left, right)
    if how == "in" and (_foretold(clause, cue) or (cue.kind == "sens" and _GOES_WITH.search(left))):
        return
    lesions = _itself(clause, lesions)
    if cue.kind == "sens" and is_reaction(sentence, clause, cue, left, right, how):
        return
    if not lesions or (cue.kind == "sens" and _SELF_DENYING.search(clause.text[max(0, cue.start - 45) : cue.start])):
        return
    if cue.kind == "sens" and (_tells_little(said_by(clause, cue), left, sentence.coded.text) or (how == "focus" and _of_no_group(clause, left))):
        return
    if cue.kind == "sens" and (
        _HEADING.match(said_by(clause, cue)) or (_GIVEN_BACK.search(left) and clause.groups("DC")[:1] and _treated_first(clause, cue, drugs))
    ):
        return
    if sentence.section != "text" and how == "subject" and cue.kind != "res" and not sentence.coded.groups("DC"):
        return  # what an abstract calls sensitive, without a drug in the sentence, need not be so to the drug of the sentence before
    lesions = _aimed(lesions, drugs) if how == "focus" else lesions
    if sentence.section != "text" and not clause.groups("DC") and _SURVIVAL.search(said_by(clause, cue)):
        lesions = [
            x for x in lesions if x.type == "Variant" and not x.name.endswith("expression")
        ]  # who lives longer with a gene expressed may have been given anything
    if how != "mediated" and (_AIM.search(left) or _MEASURING.search(left) or _MEASURED.match(right)):
        return
    source = clause.source(cue.start, cue.end)
    predicate, polarity, undone = direction_of(cue, clause.text[cue.start : cue.end], left, right, how)
    if (
        (how == "focus" and _BOTH_COUNTED.search(clause.text))
        or (undone and how == "in")
        or (how == "focus" and predicate == RESISTANCE and not _failed(sentence, clause))
    ):
        return
    certainty = sentence.assertion.certainty(*source)
    if certainty == "hypothesis" and how not in ("mediated", "cause"):
        return
    confidence = {"mediated": 0.9, "cause": 0.85, "subject": 0.8, "in": 0.75, "focus": 0.5}[how] * (1.0 if tight else 0.8)
    spared = {clause.group(m[1])[0].key for m in BUT_NOT.finditer(clause.text)}
    certain = "asserted" if (how in ("mediated", "cause") and undone) or certainty == "hypothesis" else certainty
    for lesion, drug in _pairs(clause.text, lesions, drugs, not tight and sentence.focus.apart):
        if (
            predicate == RESISTANCE
            and (how in ("in", "cause") or _generic(drug) or (how == "subject" and ACQUIRED.search(left[-60:])))
            and _aimed_at(lesion, drug)
        ):
            continue
        if (
            sentence.section != "text"
            and predicate == RESISTANCE
            and how == "subject"
            and not tight
            and not clause.groups("DC")
            and is_broad(lesion)
            and cue.kind == "res"
        ):
            continue
        if predicate == RESISTANCE and how == "in" and not tight and is_broad(lesion):
            continue  # who is treated, in a sentence on a resistance whose drug it does not name
        if predicate == RESISTANCE and how == "subject" and _only_told_of(lesion, drug, left, right):
            continue
        if cue.kind == "sens" and sentence.section != "text" and lesion.type != "Variant" and (not tight or _on_the_gene(clause, cue)):
            continue  # a gene, and a response to no named drug: of 13 that were read one was right; or the gene is what the drug acts on
        if sentence.section != "text" and undone and not tight and is_broad(lesion):
            continue  # who is treated, where some resistance is overcome
        if lesion.type == "Process" and _ANY_PROCESS.match(lesion.name):
            continue
        if lesion.key == drug.key or (drug.type == "DrugClass" and lesion.start >= drug.start and lesion.end <= drug.end):
            continue
        if cue.kind == "sens" and sentence.section != "text" and (is_undirected(lesion, clause) or is_made_by_drug(lesion, clause)):
            continue
        turned = polarity if drug.key not in spared else ("negative" if polarity == "positive" else "positive")
        yield Found(lesion, predicate, drug, source, f"effect/{cue.kind}/{how}", confidence, turned, certain)


def _foretold(clause: Coded, cue: Cue) -> bool:
    """Whether an outcome foretells another ("long survival on A predicts response to B in V"): then no lesion makes either."""
    m = _PREDICTS.search(clause.text)
    return m is not None and not any(at < m.start() for at, _ in clause.groups("VG")) and any(c.start < m.start() for c in find_cues(clause))


def _itself(clause: Coded, lesions: list[Item]) -> list[Item]:
    """Return the lesions but for those that only say where something else happens ("signaling downstream of BRAF")."""
    beside = {i.key for at, t in clause.groups("GV") if _DOWNSTREAM.search(clause.text[max(0, at - 40) : at]) for i in t.items}
    return [i for i in lesions if i.key not in beside]


def _tells_little(said: str, left: str, text: str) -> bool:
    """Whether a disease that stayed stable says nothing of the drug: in the same sentence it progressed then, or only for how long is told."""
    return _STABLE.search(said) is not None and (_NOT_LONG.search(text) or _LASTED.search(left)) is not None


def _of_no_group(clause: Coded, left: str) -> bool:
    """Whether a rate is that of several groups in one list, or so low that it is no response of those whom the document is about."""
    return _COHORTS.search(_BRACKETS.sub("", clause.text)) is not None or _HARDLY.search(left) is not None


def _on_the_gene(clause: Coded, cue: Cue) -> bool:
    """Whether what is told is a lower phosphorylation: the gene is what the drug acts on."""
    coded = clause.text[cue.start : cue.end]
    return "phosph" in coded or any("phosph" in i.name for group in re.findall(r"‹P\d+›", coded) for i in clause.group(group))


def _treated_first(clause: Coded, cue: Cue, drugs: list[Item]) -> bool:
    """Whether a therapy stands before the cue that is not the one whose effect is told: it, and no lesion, gives the sensitivity back."""
    keys = {i.key for i in drugs}
    return any(i.key not in keys for at, t in clause.groups("DC") if at < cue.start for i in t.items)


def _of_something_else(clause: Coded, before: str, left: str, right: str) -> bool:
    """Whether what stands ``before`` the last word of a cue, or right of it, makes it "immune response" or "logistic regression"."""
    m = re.search(r"(‹G\d+›) $", left)
    if re.search(r"‹[PH]\d+› (?:- )?$", left) or re.match(
        r" (?:to|for) (?:the )?‹[XH]\d+›", right
    ):  # "ferroptosis resistance", "susceptibility to colitis"
        return True
    return bool(_OTHER_RESISTANCE.search(before) or _STATISTICS.match(right) or (m and clause.group(m[1])[-1].name in _HORMONES))


def _names_who(clause: Coded, cue: Cue, right: str, tight: bool) -> bool:
    """Whether a cue of resistance only says who is treated ("refractory AML", "chemo-resistant lung cancer") or how lines were made."""
    said = said_by(clause, cue)
    own = re.match(r"(\w+)-resistan", said)
    if own and own[1] not in ("drug", "multidrug", "tki", "inhibitor"):
        return True
    return not tight and bool(re.match(r"(?:relapsed|refractor)", said)) and not right.startswith(" to ")


def _acted_upon(left: str, right: str) -> bool:
    """Whether the resistance is that of cells something is done to: "knockdown sensitized tamoxifen-resistant cells"."""
    return OWN_DRUG.search(left) is not None and _CELLS.match(right) is not None and _ACTED.search(left) is not None


def _only_told_of(lesion: Item, drug: Item, left: str, right: str) -> bool:
    """Whether a resistance only says when or whom it is about: "after resistance", "pathways in cells with acquired resistance"."""
    return (_aimed_at(lesion, drug) and (_AFTER.search(left[-90:]) or _PRIOR.match(right)) is not None) or (
        lesion.type != "Variant" and _WHOSE.search(left[-60:]) is not None
    )


def _generic(drug: Item) -> bool:
    """Whether the class names no target ("TKI"), so that it is aimed at whatever kinase the text is about."""
    return drug.type == "DrugClass" and not drug.genes and "kinase inhibitor" in drug.name


def is_broad(lesion: Item) -> bool:
    """Whether a change is only called one ("EGFR mutation", "ALK fusion"), its form unsaid; a fusion with its partner is named."""
    return lesion.type == "Variant" and re.search(r"^[A-Z0-9]+ (?:mutation|fusion|alteration)$", lesion.name) is not None


def _aimed_at(lesion: Item, drug: Item) -> bool:
    """Whether the drug is aimed at this lesion, which then marks who is treated and is not what makes them resist."""
    return bool(_BROAD.search(lesion.name)) and (_generic(drug) or _shared_gene(lesion, drug))


def _shared_gene(lesion: Item, drug: Item) -> bool:
    return bool({name for _, name, _ in lesion.genes} & {name for _, name, _ in drug.genes})


def _pairs(text: str, lesions: list[Item], drugs: list[Item], apart: bool) -> Iterator[tuple[Item, Item]]:
    """Yield every lesion with every drug, or one to one where the clause says "respectively".

    Of drugs that went to different groups (``apart``) those aimed at the lesion, if any is.
    """
    if "respectively" in text and len(lesions) == len(drugs) > 1:
        yield from zip(lesions, drugs, strict=True)
        return
    for lesion in lesions:
        aimed = [drug for drug in drugs if _shared_gene(lesion, drug)] if apart else []
        for drug in aimed or drugs:
            yield lesion, drug


def _aimed(lesions: list[Item], drugs: list[Item]) -> list[Item]:
    """Of lesions taken from the document, return those the drugs are aimed at; all of them if none is."""
    return [x for x in lesions if any(_shared_gene(x, d) for d in drugs)] or lesions
