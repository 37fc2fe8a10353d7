"""Therapies and diseases: what treats or is studied for which, what limits a therapy, and what harm it does.

Rule: benefit told or standard of care is `treats`; use or trial without a result is `studied_for`; a therapy's failure without a
named cause is `limited_by` (schema rules 2 and 8). Missing ends are taken from the document's focus, at lower confidence.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.nlp.relations.coded import Coded, Item, Token
from kg.nlp.relations.focus import GENERAL
from kg.nlp.relations.found import Found, Sentence, clauses, compared
from kg.nlp.relations.regimens import AFTER, biomarker_of

_STANDARD = re.compile(
    r"\b(?:standard[- ]of[- ]care|standards?\b(?! dose)|approv(?:ed|al|als)|indicated|recommended|mainstay|cornerstone|first-line|frontline|preferred|treatment of choice|revolutioni[sz]ed|transformed|paradigm"
    r"|dramatically improved|therapeutic option|treatment option|effective (?:treatment|therap\w+|option)|authori[sz]ed|received .{0,20}approval)\b"
)
_BENEFIT = re.compile(
    r"\b(?:efficac\w+|effective\w*|activity|benefit\w*|respon(?:se|ses|ded|d|ders)|responsive|regress\w+|shrinkage|remissions?|suppress(?:es|ed)?(?! (?:‹[GV]\d+›|[\w-]+ ‹[GV]\d+›))|improv(?:ed?|es|ing)|prolong\w*|longer(?! (?:‹[DC]\d+› )?(?:[\w-]+ )?exposures?)|superior\w*|extended"
    r"|tumou?r growth inhibition|inhibit(?:s|ed) (?:tumou?r )?(?:growth|proliferation)|antitumou?r|anti-tumou?r|antiproliferative|promising|durable|success\w*|disease control|clinical outcomes?|outcomes|therapeutic strategy|therapeutic agent)\b|‹K\d+›"
)
_GOOD_CONCEPT = re.compile(r"response|benefit|regression|shrinkage|disease control|stable disease|remission|survival|efficacy")
_CLINICAL = re.compile(
    r"standard|approv|indicated|recommend|mainstay|cornerstone|line|preferred|revolution|transform|paradigm|option|authori|efficac|benefit|regress|shrink|remission|anti-?tumou?r|disease control|outcome|surviv|prolong|tumou?r growth"
    r"|therapeutic|improv|durable|suppress|longer|extended"
)
#: what comes before a response that is none to a therapy
_NO_OUTCOME = re.compile(
    r"\b(?:in|immune|inflammatory|signall?ing|stress|dose|antibody|ige|igg|humoral|cellular|hypoxia|damage|transcriptional|autophag\w+)(?: -)? $"
)
_STANDARD_CONCEPT = re.compile(r"standard of care|first-line therapy|approv")
_ADVERSE_CONCEPT = re.compile(r"adverse event|toxicity|side effect")
_NO_BENEFIT = re.compile(
    r"\blimited ‹K\d+›|\b(?:ineffective\w*|inefficac\w+|limited (?:benefit|efficacy|activity)|no (?:[\w-]+ ){0,3}(?:benefit|efficacy|activity|respon\w+)|lack of (?:efficacy|activity|benefit|respons\w+)|not (?:[\w-]+ ){0,2}(?:effective|active|benefi\w+)"
    r"|did not (?:[\w-]+ ){0,2}(?:improve|respond|benefit|prolong)|failed to|disappointing|minimal (?:activity|benefit))\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|correlation between|relationship between|predict\w*|guid\w+|to improve|aim\w*|studied|could be|lagged|detect\w+)\b"
)
#: what is measured, or what a trial is made to measure, has no outcome yet
_MEASURED_BEFORE = re.compile(
    r"\b(?:evaluat|assess|investigat|examin|determin|measur)(?:e|es|ed|ing)\b(?: (?!show|demonstrat|found|reveal|with\b|which\b|that\b|and\b|had\b)[\w/-]+| ,| ‹[DC]\d+›){0,5} $"
    r"|\b(?:evidence|data|information) (?:regarding|on|about|concerning) (?:the )?(?:[\w-]+ )?$"
    r"|\btrial\b[^;]{0,40}\b(?:evaluat|assess|compar|investigat|examin|test)(?:ing|es)\b[^;]*$"
)
_MEASURED_AFTER = re.compile(
    r"[^;]{0,120}\b(?:was|were|is|are|being) (?:\w+ly )?(?:evaluated|assessed|examined|investigated|determined|measured|tested|compared|studied)\b"
    r"|[^;]{0,60}\b(?:is|are|remains?) (?:still |largely |currently |yet )?(?:incomplete\w*|unclear|unknown|elusive|controversial|undefined|to be (?:determined|elucidated|established))\b"
)
#: approved for one disease, and thought of for another
_REPURPOSED = re.compile(r"\brepurpos")
#: what is still to be made treats nobody
_TO_BE_MADE = re.compile(
    r"\b(?:support\w*|warrant\w*|towards?|for|further|facilitat\w*|guid\w*|enabl\w*) (?:the |an? )?(?:[\w-]+ )?(?:development|design|search|discovery) (?:of|for) (?:[\w-]+ ){0,3}$"
)
#: what stands first in a trial is compared there, and no standard yet
_COMPARISON = re.compile(r"\b(?:versus|vs\.?)(?= )|\b(?:randomi[sz]ed|phase (?:i|ii|iii|1|2|3)\w*)\b[^;]* trial\b")
_FIRST = ("first-line", "frontline")
_USE = re.compile(
    r"\b(?:treated with|received|receiving|treatment with|therapy with|administ\w+|trials?|phase (?:i|ii|iii|1|2|3)\w*|evaluat\w+|investigat\w+|(?<!this )(?<!present )(?<!our )(?<!current )stud(?:y|ied|ies)|tested|assess\w+|enrolled|randomi[sz]ed|under development|in development|initiated|underwent)\b"
)
_ADVERSE = re.compile(
    r"\b(?:adverse (?:events?|effects?|reactions?)|side effects?|toxicit\w+|toxic|induced|causes?|caused|causing|developed|occurred|experienced|complicat\w+)\b"
)
_ADVERSE_STRONG = re.compile(
    r"\b(?:adverse (?:events?|effects?|reactions?)|side effects?|toxicit\w+|traes?|teaes?|(?:drug|treatment|therapy)-related|(?:drug|treatment)-emergent)\b|‹[DC]\d+› - (?:induced|associated|related)|(?:induced|caused|provoked|precipitated) by"
)
HAPPENED = ("occurred in", "reported in", "observed in", "seen in", "noted in")
#: "pneumonitis occurred in 14 % of patients": in the report on a drug, what happened under it
_HAPPENED = re.compile(r"\b(?:occurred|(?:was|were) (?:reported|observed|seen|noted)) in (?:only )?(?:\d+ \( )?\d+(?:\.\d+)? ?%")
_INDUCED = re.compile(r"(‹[DC]\d+›) - (?:induced|associated|related|mediated) (?:(?!in\b|of\b|and\b|with\b)[\w-]+ ){0,3}(‹[XH]\d+›)")
_INDUCED_BY = re.compile(r"(‹[XH]\d+›) (?:[\w-]+ ){0,6}?(?:induced|caused|provoked|precipitated) by (?:[\w/%-]+ ){0,5}(‹[DC]\d+›)")
_DEVELOPED = re.compile(r"\b(?:develop\w*|severe|fatal|occurred)\b")
_TUMOUR = re.compile(r"cancer|carcinoma|tumou?r|neoplas|lymphoma|leuk|melanoma|sarcoma|metasta|glioma|myeloma|blastoma|malignan", re.I)
_LIMIT = re.compile(
    r"\b(?:inevitabl\w+|limit(?:s|ed|ing|ation)?|hamper\w*|challeng\w*|develop\w*|emerg\w+|occurs?|arises?|acquir\w+|eventual\w*|ultimately|remains?|hinder\w*|compromis\w+|obstacle|persist\w*|unfortunately|invariabl\w+|major|relapse\w*)\b"
)
_TOLERABLE = re.compile(r"\b(?:favou?rable|acceptable|manageable|tolerable|mild|low|minimal|reduced|less|no|without|limited) (?:[\w-]+ ){0,2}$")
_CONCEPT = re.compile(r"‹K\d+›")
_RESISTED_DRUG = re.compile(r"(‹[DC]\d+›) (?:- )?(?:resistan\w+|refractory|failure|pretreated|naive|‹K\d+›)")
_RESISTANT_TO = re.compile(r"(?:\b(?:resistan\w+|refractor\w+|insensitive)|‹K\d+›) to [^‹›;]{0,40}(‹[DC]\d+›)")
_CAUSE_NAMED = re.compile(r"\b(?:mediated|caused by|due to|conferred?s?|via|through)\b")
_LIMIT_NAME = re.compile(r"resistance|toxicit|subset benefit|relapse|progression$|adverse|narrow")


def find_therapies(sentence: Sentence) -> Iterator[Found]:
    """Yield every relation of a therapy to a disease, a concept or a phenotype in one sentence."""
    for clause in clauses(sentence.coded):
        yield from _treats(sentence, clause)
        yield from _limited(sentence, clause)
        yield from _adverse(sentence, clause)


def _disease(sentence: Sentence, clause: Coded) -> tuple[Item | None, bool]:
    """Return the disease of the clause, else of the sentence, else of the document; and whether it was read here."""
    for coded in (clause, sentence.coded):
        found = coded.groups("X")
        if found:
            named = [i for _, t in found for i in t.items[:1]]
            return next((i for i in named if i.name not in GENERAL), named[0]), True
    return sentence.focus.disease, False


def _treats(sentence: Sentence, clause: Coded) -> Iterator[Found]:
    text = clause.text
    disease, here = _disease(sentence, clause)
    drugs = clause.groups("DC")
    if not drugs or disease is None:
        return
    out = compared(clause) | _spent(text)
    drugs = [(at, t) for at, t in drugs if at not in out]
    if not drugs:
        return
    biomarker = biomarker_of(sentence, clause)
    aim = _AIM.search(text)
    good, bad = _benefit_cues(clause, here)
    for at, token in drugs:
        cue, predicate, polarity = _verdict(clause, at, here, good, bad)
        if cue is None or (predicate == "treats" and aim and aim.start() < cue.start()):
            continue
        if predicate == "treats" and polarity == "positive" and _is_open(text, cue):
            predicate = "studied_for"
            if not here:
                continue
        if _TO_BE_MADE.search(text[max(0, at - 80) : at]) or (polarity == "negative" and _nearer(drugs, at, cue.start())):
            continue
        source = clause.source(cue.start(), cue.end())
        certainty = sentence.assertion.certainty(*source)
        if predicate == "treats" and polarity == "positive" and sentence.assertion.negated(*source):
            continue  # "no approved therapy" says nothing of the drugs that stand near
        if certainty == "hypothesis":
            if not here:
                continue
            predicate, polarity, certainty = "studied_for", "positive", "asserted"
        confidence = (0.75 if here else 0.55) if predicate == "treats" else 0.45
        for drug in token.items:
            yield Found(drug, predicate, disease, source, f"therapy/{predicate}", confidence, polarity, certainty, biomarker)


_Cues = list[re.Match[str]]


def _benefit_cues(clause: Coded, here: bool) -> tuple[_Cues, _Cues]:
    """Return the cues of benefit, and those of no benefit."""
    good = [*_STANDARD.finditer(clause.text), *_named(clause, _STANDARD_CONCEPT)]
    if _COMPARISON.search(clause.text):
        good = [m for m in good if not (clause.surface(m.group()) if m.group().startswith("‹") else m.group()).startswith(_FIRST)]
    good += _benefits(clause)
    bad = list(_NO_BENEFIT.finditer(clause.text))
    good = [m for m in good if not any(b.start() <= m.start() < b.end() for b in bad)]
    if not here:  # the disease is the document's: only words of therapy will do
        good = [m for m in good if _CLINICAL.search(m.group()) or m.group()[0] == "‹"]
    return good, bad


def _verdict(clause: Coded, at: int, here: bool, good: _Cues, bad: _Cues) -> tuple[re.Match[str] | None, str, str]:
    """Return the cue nearest to the drug at ``at``, the predicate it calls for, and the polarity."""
    ranked = sorted([(_distance(m, at), 1, m) for m in bad] + [(_distance(m, at), 0, m) for m in good], key=lambda r: r[:2])
    if ranked:
        return ranked[0][2], "treats", "negative" if ranked[0][1] else "positive"
    if not here:
        return None, "", ""
    return _USE.search(clause.text), "studied_for", "positive"


def _distance(m: re.Match[str], at: int) -> int:
    """Return how far a cue stands from a drug; a cue right before "of ‹drug›" is nearest."""
    return at - m.end() if m.start() < at else m.start() - at


def _benefits(clause: Coded) -> Iterator[re.Match[str]]:
    for m in _BENEFIT.finditer(clause.text):
        said = clause.surface(m.group()) if m.group().startswith("‹") else m.group()
        if said.startswith("respon") and _NO_OUTCOME.search(clause.text[: m.start()]):
            continue
        if not m.group().startswith("‹") or _GOOD_CONCEPT.search(clause.group(m.group())[0].name):
            yield m


def _named(clause: Coded, names: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield the places of concepts of these names; a concept hides the words it was read from."""
    for m in _CONCEPT.finditer(clause.text):
        if names.search(clause.group(m.group())[0].name):
            yield m


def _is_open(text: str, cue: re.Match[str]) -> bool:
    """Whether a cue of benefit only says what is measured or still unknown, or what is approved for something else."""
    if _MEASURED_BEFORE.search(text[max(0, cue.start() - 300) : cue.start()]) or _MEASURED_AFTER.match(text, cue.end()):
        return True
    return cue.group().startswith("approv") and _REPURPOSED.search(text, cue.end()) is not None


def _nearer(drugs: list[tuple[int, Token]], at: int, cue: int) -> bool:
    """Whether another drug stands between the one at ``at`` and a cue: "although ‹A› shows limited efficacy, it potentiates ‹B›" is on A."""
    low, high = sorted((at, cue))
    return any(low < other < high or other < cue < at for other, _ in drugs)


def _nearest(drugs: list[tuple[int, Token]], at: int) -> list[Item]:
    return list(min(drugs, key=lambda d: abs(d[0] - at))[1].items)


def _spent(text: str) -> set[int]:
    """Return positions of drugs that failed before or are resisted: they do not treat in this sentence."""
    spent = {m.start(1) for m in AFTER.finditer(text)}
    spent |= {m.start(1) for m in _RESISTED_DRUG.finditer(text)}
    if " to " in text:
        spent |= {m.start(1) for m in _RESISTANT_TO.finditer(text)}
    return spent


def _limited(sentence: Sentence, clause: Coded) -> Iterator[Found]:
    """Resistance or toxicity with no named cause, tied to a therapy of the clause."""
    limits = [
        (at, t.items) for at, t in clause.groups("KH") if any(_LIMIT_NAME.search(i.name) for i in t.items) and not _TOLERABLE.search(clause.text[:at])
    ]
    if not limits or (clause.groups("V") and _CAUSE_NAMED.search(clause.text)):
        return
    cue = _LIMIT.search(clause.text)
    narrow = next((at for at, items in limits if items[0].name == "subset benefit"), None)
    drugs = clause.groups("DC") or sentence.coded.groups("DC")
    if (cue is None and narrow is None) or not drugs:
        return
    source = clause.source(cue.start(), cue.end()) if cue else clause.source(narrow or 0, (narrow or 0) + 1)
    certainty = sentence.assertion.certainty(*source)
    if certainty == "hypothesis":
        return
    for at, concepts in limits:
        token = min(drugs, key=lambda d: abs(d[0] - at))[1]
        for drug in token.items:
            for concept in concepts:
                yield Found(drug, "limited_by", concept, source, "therapy/limited_by", 0.65, "positive", certainty)


def _adverse(sentence: Sentence, clause: Coded) -> Iterator[Found]:
    text = clause.text
    effects = clause.groups("H")
    others = [(at, t) for at, t in clause.groups("X") if not _TUMOUR.search(t.items[0].name)]
    if not effects and not others:
        return
    strong = _ADVERSE_STRONG.search(text) or next(_named(clause, _ADVERSE_CONCEPT), None)
    drugs = [(at, t) for at, t in clause.groups("DC")] or ([] if not strong else [(0, t) for _, t in sentence.coded.groups("DC")])
    if strong or _DEVELOPED.search(text):
        effects = [*effects, *others]
    happened = _HAPPENED.search(text) if sentence.section != "text" and not drugs else None
    weak = strong or _ADVERSE.search(text) or happened
    if not effects or weak is None:
        return
    tied = [*_ties(clause)]
    if tied or (strong and strong.group().startswith("‹") and not strong.group().startswith("‹K")):
        yield from _induced(sentence, clause, tied)
        return
    subjects = _nearest(drugs, effects[0][0]) if drugs else ([sentence.focus.subject] if (strong or happened) and sentence.focus.subject else [])
    source = clause.source(weak.start(), weak.end())
    certainty = sentence.assertion.certainty(*source)
    polarity = "negative" if sentence.assertion.negated(*clause.source(effects[0][0], effects[0][0] + 1)) else "positive"
    if certainty == "hypothesis" or (polarity == "negative" and not strong):
        return
    for drug in subjects:
        for _, token in effects:
            for effect in token.items:
                yield Found(drug, "causes_adverse_event", effect, source, "therapy/adverse", 0.75 if strong and drugs else 0.5, polarity, certainty)


def _ties(clause: Coded) -> Iterator[tuple[str, str]]:
    """Yield (therapy, harm) where the text ties the two: "vincristine-induced neuropathy", "nephropathy caused by iohexol"."""
    if "induced" in clause.text or " by " in clause.text or " - " in clause.text:
        yield from ((m[1], m[2]) for m in _INDUCED.finditer(clause.text))
        yield from ((m[2], m[1]) for m in _INDUCED_BY.finditer(clause.text))


def _induced(sentence: Sentence, clause: Coded, tied: list[tuple[str, str]]) -> Iterator[Found]:
    for therapy, harm in tied:
        at = clause.text.find(harm)
        source = clause.source(at, at + len(harm))
        certainty = sentence.assertion.certainty(*source)
        items = [i for i in clause.group(harm) if not _TUMOUR.search(i.name)]
        if certainty == "hypothesis" or not items:
            continue
        polarity = (
            "negative" if re.search(r"\b(?:no|not|without|never)\b(?: [\w-]+){0,3} $", clause.text[: clause.text.find(therapy)]) else "positive"
        )
        for drug in clause.group(therapy):
            for item in items:
                yield Found(drug, "causes_adverse_event", item, source, "therapy/adverse/induced", 0.75, polarity, certainty)
