"""Words of response that tell of no sensitivity: "upregulated in response to D", "a sensitive assay", "a D-sensitive flux".

Rule: looks only at a cue and what stands around it; whose response it would be is found elsewhere. What holds in abstracts alone, where
everything is told of, is not asked of a curator's statement.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re

from kg.nlp.relations.coded import Coded, Item
from kg.nlp.relations.effect_arguments import OWN_DRUG
from kg.nlp.relations.effect_cues import Cue, said_by
from kg.nlp.relations.found import Sentence

#: "upregulated in response to D"
_IN_RESPONSE = re.compile(r"\bin (?:the )?(?:[\w-]+ )?(?:response|‹K\d+›) to$")
_MIMICS = re.compile(r"\b(?:mimic|phenocop|recapitulat)\w* ")
#: "a rapid and sensitive method"
_METHOD = re.compile(
    r"sensitiv\w+ (?:(?:and|,|highly|[\w-]+ly|specific|selective|accurate|efficient|reliable|alternative|diagnostic|robust|quantitative|non-?invasive) ){0,6}(?:methods?|assays?|techniques?|technolog\w+|detection|detect|platforms?|tools?|tests?|biomarkers?|markers?|quantif\w+|bio-?\w+|sensors?|approach\w*|and specific|and specificity)\b"
)
_RESISTS = re.compile(r" (?:- )?(?:resistan|refractor|insensitiv|(?P<named>‹K\d+›))")
_NO_DIRECTION = re.compile(
    r"\b(?:affect|influenc|modulat|alter|regulat|govern|impact|dictat|stratif)\w* (?!by\b|in\b)(?:(?!and\b|or\b|by\b)[\w-]+ |‹[XDCK]\d+› (?:- )?){0,4}$"
)
_TOLD_WAY = re.compile(r"\b(?:increas|enhanc|improv|better|higher|great|reduc|decreas|lower|poor|worse|negative|positive|no|not)\w*\b")
_A_THING = re.compile(r" (?!to\b|and\b|or\b|in\b|but\b|than\b|when\b|as\b)[a-z]")
POLYMORPHISM = re.compile(r" polymorphism$|^rs\d+")
_MADE = re.compile(r" (?:low expression|overexpression|loss of expression|loss)$")
#: "D induced the down-regulation of X", "down-regulation of X by D"
_MADE_BEFORE = re.compile(
    r"‹[DC]\d+› (?:(?!cells?\b|tumou?rs?\b|patients?\b)[\w-]+ |- |‹K\d+› ){0,6}?(?:induc|trigger|caus|enhanc|increas|reduc|decreas|promot|mediat|result|attenuat|stimulat|elevat|lower)\w*[^;‹›]{0,60}$"
)
_MADE_AFTER = re.compile(r"^ (?:(?:[\w-]+ ){0,3}(?:induced|caused|triggered|produced) )?by (?:[\w-]+ ){0,3}‹[DC]\d+›")
_COPULA = re.compile(r"\b(?:is|are|was|were|be|remain\w*|became|become|more|highly|less)\b (?:[\w-]+ ){0,2}‹[DC]\d+› (?:- )?$")


def is_reaction(sentence: Sentence, clause: Coded, cue: Cue, left: str, right: str, how: str) -> bool:
    """Return whether a cue of sensitivity tells no direction: a mere reaction, a trait of what is told of, or a synergy of therapies.

    ``left`` and ``right`` is what stands around the cue in its clause; ``how`` is how its lesion is tied to it (`effect_arguments`).
    """
    said = said_by(clause, cue)
    if _IN_RESPONSE.search(left + clause.text[cue.start : cue.end] + right[:3]) or _resists(clause, right) or _MIMICS.search(left[-60:]):
        return True
    if _METHOD.match(said + right) or right.startswith(" element"):
        return True
    if _NO_DIRECTION.search(left) and not _TOLD_WAY.search(left[-60:]):
        return True
    if sentence.section == "text":  # a curator writes of nothing but therapies and what their carriers gain
        return False
    if how in ("subject", "focus") and OWN_DRUG.search(left) and said.startswith("sensitive") and _A_THING.match(right) and not _COPULA.search(left):
        return True
    if how == "subject" and OWN_DRUG.search(left) and "induced" in said:
        return True  # what a drug's killing is told with is what the drug does; what changes the killing is read by its verb
    return "synerg" in (left[-30:] + clause.text[cue.start : cue.end]) and sum(len(t.items) for _, t in clause.groups("DC")) > 1


def is_undirected(lesion: Item, clause: Coded) -> bool:
    """Whether a polymorphism is only tied to a response, and nothing says of which allele: "polymorphisms of X predict response to D"."""
    return POLYMORPHISM.search(lesion.name) is not None and not _TOLD_WAY.search(clause.text)


def is_made_by_drug(lesion: Item, clause: Coded) -> bool:
    """Whether a level of expression is what a drug of the sentence made of it, and not what its carriers bring."""
    if not _MADE.search(lesion.name):
        return False
    places = [at for at, token in clause.groups("V") if lesion in token.items]
    text = clause.text
    return any(_MADE_BEFORE.search(text[:at]) or _MADE_AFTER.match(text[text.find("›", at) + 1 :]) for at in places)


def _resists(clause: Coded, right: str) -> bool:
    """Whether a word of resistance follows, to which the cue belongs ("cytotoxic-resistant")."""
    m = _RESISTS.match(right)
    return m is not None and (not m["named"] or "resist" in clause.group(m["named"])[0].name)
