"""The words that open a frame of resistance or sensitivity in a clause.

Rule: a cue is a stretch of coded text with a kind; what it is a cue for is decided by what stands around it (`effects`).
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicon.heads import find_from, places_of
from kg.nlp.relations.coded import Coded

_CUE = re.compile(
    r"(?P<res>\bcross - resistan\w+|\b(?:multidrug |drug )?resistan(?:ce|t)\b|\b\w+-resistan(?:ce|t)\b|\bresist(?:s|ed|ing)?\b|\brefractor(?:y|iness)\b|\binsensitiv\w+"
    r"|\bunresponsive\w*|\bnon-?respon\w+|\bnon - respon\w+|\bprogressive disease\b|\bineffective\w*|\bfold higher concentrations?\b|\brapid(?:ly)? (?:disease )?progress\w+"
    r"|\b(?:higher|increased?|elevated|greater|rais\w+|rise|\d+ ?- ?fold)\b (?:[\w-]+ |‹[DC]\d+› ){0,4}?(?:ic ?50|‹K\d+›)(?= |$)|\bic ?50s?\b (?:[\w-]+ ){0,3}(?:increas\w+|higher|rose|elevated)"
    r"|\b(?:shorter|worse|inferior|poor|poorer|unfavou?rable|reduced|decreased|lower)\b (?:[\w-]+ |‹K\d+› (?:, |and |or )?){0,4}?(?:survival|pfs|os|ttf|time to (?:progression|treatment failure)|response rates?|‹K\d+›))"
    r"|(?P<sens>\b(?:hyper|chemo)?-?sensitiv\w+|\bre-?sensiti[sz]\w+|\bsensiti[sz](?:e[sd]?|ing|ation)\b|\brespon(?:d|ds|ded|ding|se|ses|sive|siveness|der|ders)\b|\bbenefit(?:s|ed|ted|ting)?\b"
    r"|\beffective(?:ness|ly(?! b[io]u?nd))?\b|\befficac(?:y|ious)\b(?! (?:analys|population|set\b|endpoint|end point|assess|evaluat|data\b|results?\b))|\b(?:anti-?\w+|clinical|intracranial|systemic|cns|potent|robust|promising|meaningful|durable|superior|preclinical|therapeutic|strong|modest|limited|single-agent|encouraging|initial|significant|marked|no|some|little) (?:[\w-]+ ){0,2}activity\b|\bactivity (?=against|in patients|‹V)|\bactive (?=against|in )|\bsuscepti\w+|\bvulnerab\w+|\bregress(?:ion|ed|ions)\b|\bshrinkage\b|\bremissions?\b|\bdisease control\b|\bstable disease\b"
    r"|\b(?:improved?|longer|prolonged|better|superior|improvements? in|increased?|extended)\b (?:[\w-]+ |‹K\d+› (?:, |and |or )?){0,4}?(?:survival|pfs|os|progression-free|outcomes?|efs|dfs|time to (?:progression|treatment failure)|response rates?|‹K\d+›)(?= |$)"
    r"|‹K\d+› (?:was|were) (?:significantly )?(?:longer|improved|prolonged|higher|better)\b|\bcytotoxic\w*|\binhibitory (?:effects?|activity)\b|\b(?:considerable|marked|dramatic|significant|clinical|symptomatic|radiographic|radiologic\w*) improvement\b|\b(?:decrease|reduction) in (?:the )?(?:[\w-]+ ){0,3}(?:disease|tumou?r|lesions?) ?(?:burden|size|volume)?\b|\bdisease-free\b"
    r"|\b(?:reduc\w+|decreas\w+|inhibit\w+|suppress\w+|abrogat\w+|diminish\w+|impair\w+|inhibit)\b (?:[\w-]+ |‹[XLOV]\d+› (?:- )?){0,4}?(?:viability|proliferation|growth|phosphorylation|colony formation|tumou?r (?:size|volume|burden|growth)|cell survival)\b"
    r"|\b\d+ ?% (?:reduction|decrease|inhibition)\b|\b(?:reduction|decrease) (?:in size )?of \d+ ?%|\b(?:low|lower|reduced|decreased)\b (?:[\w-]+ |‹[DC]\d+› ){0,3}ic ?50\b|\breduction (?:of|in) (?:[\w-]+ ){0,4}ic ?50\b"
    r"|\bgrowth(?: -|-| )(?:inhibit\w+|arrest)|\bcell death\b|\bapoptosis\b|\bdurable\b"
    r"|\b(?:reduc\w+|decreas\w+|inhibit\w+|suppress\w+|lower\w*|diminish\w*)\b (?:[\w-]+ ){0,3}?(?:phospho|p) - |\bphosphorylation (?:was|were) (?:[\w-]+ )?(?:inhibited|reduced|decreased|suppressed|abolished|abrogated)|\bpotent(?:ly)? inhibit\w+"
    r"|(?:\b(?:tumou?r|size|lesions?|burden|volume|disease|mass|metastas[ei]s)|‹[XH]\d+›) (?:[\w-]+ )?(?:reduction|shrinkage|shrank|regress\w+|disappear\w*|resolved|resolution|stabili[sz]ation)|\b(?:reduc(?:ed|tion)|decreas(?:e|ed)|shrinkage|resolution|disappearance|clearance|improvement) (?:in size )?(?:of|in|on) (?:the |all |his |her |most )?(?:[\w-]+ ){0,3}(?:(?:tumou?rs?|mass|nodules?|lesions?|metastas[ei]s|disease|size|volume|burden|symptoms?|ct|scans?|pain|blasts?|effusions?|adenopathy)\b|‹[XH]\d+›)"
    r"|\bdelay\w* (?:[\w-]+ ){0,3}?(?:‹K\d+›|progression|growth|‹P\d+›)|\breduced (?:tumou?r|‹X\d+› (?:size|volume|burden|growth))|(?:\b(?:tumou?r|lesions?|nodules?|symptoms?|metastas[ei]s|mass|patient|condition)s?|‹[XHP]\d+›) (?:had |have |has |was |were )?(?:[\w-]+ )?(?:shrank|shrunk|disappeared|resolved|improved|regressed|vanished|normali[sz]ed|decreased)\b|\b(?:complete|near -|near-|near|almost complete|partial|total) ?(?:complete )?resolution\b"
    r"|\b(?:clinical|symptom\w*|subjective|neurologic\w*|rapid|marked|showed|shows|showing|notable|performance status) (?:[\w-]+ )?improvement\b|\bclinically beneficial\b|\bbeneficial\b|\basymptomatic\b|\b(?:remain\w*|is|was|been|alive) (?:[\w-]+ )?(?:\w+-free|on therapy|on treatment|progression - free|disease - free)\b|\bno (?:evidence|signs?) of (?:[\w-]+ )?(?:disease|tumou?r|progression|recurrence|relapse)\b|\bwithout (?:signs of |evidence of )?(?:disease )?progression\b|\breturn\w* to normal\b|\bnormali[sz]ation of\b"
    r"|(?<=had )(?:a )?(?:confirmed |unconfirmed )?(?:pr|cr|sd)s?\b|\b(?:achieved|showed|shows|confirmed|experienced|a|\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:a )?(?:confirmed )?(?:pr|cr)s?\b(?! (?:-|negative|positive|interval))|\b(?:orr|dcr|objective response|or rate|dc rate)\b)"
)

#: what the cues begin with; the others begin with a number, or with the word that resists
_CUE_HEADS = (
    "cross - ", "multidrug", "drug ", "resist", "refractor", "insensitiv", "unrespon", "non", "progressive d", "ineffective", "fold h", "rapid",
    "higher", "increas", "elevated", "greater", "rais", "rise", "ic", "shorter", "worse", "inferior", "poor", "unfavo", "reduc", "decreas", "lower", "hyper",
    "chemo", "sensiti", "-sensiti", "re-sens", "resens", "respon", "benefit", "effective", "efficac", "anti", "clinical", "intracranial", "systemic",
    "cns", "potent", "robust", "promising", "meaningful", "durable", "superior", "preclinical", "therapeutic", "strong", "modest", "limited",
    "single-agent", "encouraging", "initial", "significant", "marked", "no ", "some", "little", "activ", "suscepti", "vulnerab", "regress", "shrinkage",
    "remission", "disease", "stable d", "improve", "longer", "prolonged", "better", "extended", "‹K", "cytotoxic", "inhibit", "considerable",
    "dramatic", "symptom", "radio", "phosphorylation", "tumo", "size", "lesion", "burden", "volume", "mass", "metasta", "reduc", "resolution",
    "disappear", "clearance", "nodule", "patient", "condition", "complete", "near", "almost", "partial", "total", "subjective", "neurologic", "show",
    "notable", "performance", "benefici", "asymptomatic", "‹X", "‹H", "‹P", "delay", "remain", "is ", "was ", "been ", "alive", "without", "return", "normali", "pr", "cr", "sd",
    "a ", "confirmed", "unconfirmed", "achieved", "experienced", "one ", "two ", "three ", "four ", "five ", "six ", "seven ", "eight ", "nine ",
    "ten ", "orr", "dcr", "objective", "or rate", "dc rate", "suppress", "abrogat", "diminish", "impair", "low", "growth", "cell d", "apoptosis",
)  # fmt: skip
_NUMBER = re.compile(r"\d+")
_RESISTS = re.compile(r"\w+-resistan")

#: an entity of type Concept hides the word it was read from; these names act as cues
_CONCEPT_CUE = {
    "res": re.compile(r"resistan|refractor|insensitiv|non-?respon"),
    "sens": re.compile(r"respons|sensitiv|benefit|regression|shrinkage|disease control|stable disease|remission|efficacy"),
}

#: "the IC50 of ‹D› was higher"
_POTENCY = re.compile(
    r"(\bic ?50s?|‹K\d+›)(?: values?)? (?:of|for) (?:the )?‹[DC]\d+› (?:was|were|rose|is) (?:[\w-]+ ){0,2}?(higher|increased|elevated|greater|lower|reduced|decreased)\b"
)
_PROCESS_CUE = re.compile(
    r"\b(?:reduc\w+|decreas\w+|inhibit\w*|suppress\w*|abrogat\w+|diminish\w*|impair\w*|block\w*)\b(?: [\w-]+| ‹[XGV]\d+›){0,4}? (‹P\d+›)"
)
_DEATH_CUE = re.compile(
    r"\b(?:show\w*|induc\w+|under\w+|promot\w+|caus\w+|increas\w+|activat\w+|trigger\w+|enhanc\w+|led to|resulted in|marked|significant|synergistic)\b(?: (?!inhibit|reduc|decreas|block|less)[\w-]+| ‹[XGVK]\d+›){0,4}? (‹P\d+›)"
)
_DEATH = re.compile(r"apopto|cell death|arrest|senescence|differentiation|pyroptosis|ferroptosis")

#: progression as the outcome of a therapy, not its end after a response
_PROGRESSIVE = re.compile(r"progressive disease|disease progression|pd$|progression$")
_HAD = re.compile(
    r"\b(?:had|have|showed|displayed|exhibited|experienced|primary|rapid(?:ly)?|early|immediate|with) (?:a |an |rapid |early |primary |only )?$"
)
_GOES_WITH = re.compile(r"\b(?:associat|correlat|increas|express|decreas|chang)\w*(?: [\w-]+){0,3} with (?:[\w-]+ )?$")
_GROWTH = re.compile(r"growth|proliferation|viability|survival|phosphorylation")

_OUTCOME = re.compile(
    r"(?:shorter|worse|inferior|poor|poorer|unfavou?rable|reduced|decreased|lower)\b(?!.*ic ?50)(?!.*(?:viability|proliferation|growth|phosphorylation|formation|size|volume|burden|mass|tumou?r|lesion|metasta|nodule|‹X|phospho|symptom|p - ))"
)

_OUTCOME_NAME = re.compile(r"survival|response|time to|disease control|benefit|outcome")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its kind and its place in the coded text."""

    kind: str
    """res, sens, or short: an outcome that is worse, which is resistance only under a therapy."""
    start: int
    end: int


def find_cues(clause: Coded) -> Iterator[Cue]:
    """Yield the cues of a clause, in no particular order."""
    for m in find_from(_CUE, clause.text, _cue_places(clause.text)):
        kind = "res" if m.group("res") else "sens"
        if re.search(r"‹[^XHP]\d+›$", m.group()) and not m.group().startswith("delay"):
            kind = _measured(m.group(), clause.group(m.group()[m.group().rindex("‹") :])[0].name) if m.group()[0] != "‹" else kind
        elif _OUTCOME.match(m.group()):
            kind = "short"
        if kind:
            yield Cue(kind, m.start(), m.end())
    for m in _POTENCY.finditer(clause.text):
        if not m[1].startswith("‹") or re.search(r"inhibitory concentration|ic50", clause.group(m[1])[0].name, re.IGNORECASE):
            yield Cue("sens" if re.match("low|reduc|decreas", m[2]) else "res", m.start(), m.end())
    for m in _PROCESS_CUE.finditer(clause.text) if clause.groups("P") else ():
        if _GROWTH.search(clause.group(m[1])[0].name):
            yield Cue("sens", m.start(), m.end())
    for m in _DEATH_CUE.finditer(clause.text) if clause.groups("P") else ():
        if _DEATH.search(clause.group(m[1])[0].name) and not clause.text.startswith((" resist", " - resist", " ‹K"), m.end()):
            yield Cue("sens", m.start(), m.end())
    for at, token in clause.groups("K"):
        if _PROGRESSIVE.match(token.surface) and _HAD.search(clause.text[:at]) and not _GOES_WITH.search(clause.text[:at]):
            yield Cue("res", at, clause.text.find("›", at) + 1)
        for kind, pattern in _CONCEPT_CUE.items():
            if pattern.search(token.items[0].name):
                yield Cue(kind, at, clause.text.find("›", at) + 1)


def said_by(clause: Coded, cue: Cue) -> str:
    """Return the words of a cue, those of the text where it is a concept."""
    coded = clause.text[cue.start : cue.end]
    return clause.surface(coded) if re.fullmatch(r"‹\w\d+›", coded) else coded


def _cue_places(text: str) -> set[int]:
    places = places_of(text, _CUE_HEADS)
    if "fold" in text or "%" in text or " pr" in text or " cr" in text:
        places.update(m.start() for m in _NUMBER.finditer(text))
    if "-resistan" in text:
        places.update(m.start() for m in _RESISTS.finditer(text))
    return places


def _measured(phrase: str, name: str) -> str:
    """Return the kind of cue that a measure and its direction make: "higher IC50" resists, "longer survival" benefits."""
    less = bool(re.match(r"short|worse|inferior|poor|unfav|reduc|decreas|lower|low\b", phrase))
    if re.search(r"inhibitory concentration|ic50", name, re.IGNORECASE):
        return "sens" if less else "res"
    if _OUTCOME_NAME.search(name):
        return "short" if less else "sens"
    return ""
