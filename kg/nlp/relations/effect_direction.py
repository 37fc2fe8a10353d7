"""Which way a cue points: whether what stands around it denies it, turns it round, or finds no difference.

Rule: given a cue and the words on both sides, one answer: a predicate, a polarity, and whether the cue is undone ("overcame resistance").
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re

from kg.nlp.relations.effect_arguments import UNDONE_BEFORE
from kg.nlp.relations.effect_cues import Cue

RESISTANCE, SENSITIVITY = "confers_resistance_to", "confers_sensitivity_to"

_LESS = (
    r"(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|compromis\w+|revers(?:e[sd]?|ing)|attenuat\w+|abrogat\w+|abolish\w*|loss of|lost|lack(?:ed|ing|s)? (?:of )?|lack|no|not(?! only\b)|without|poor(?:er|ly)?|less|lower|limit(?:ed|s)?|minimal|modest|insufficient|inadequate|suboptimal"
    r"|failed to|fail to|fails to|failure to|unable to|never(?!-| smok)|nor|neither|absence of|absent|weak(?:er)?|inferior|low(?! (?:[\w-]+ )?(?:\w*molar|nm\b|doses?|concentrations?|ic ?\d|gi ?\d))|did n't|cannot|worse|shorter|inverse(?:ly)?|negatively|little|rarely|unlikely to)"
)
_LESS_BEFORE = re.compile(
    r"\b"
    + _LESS
    + r"(?: (?!followed\b|size\b|volume\b|burden\b|tumou?rs?\b)[\w%.,-]+| ‹[^DC]\d+›){0,4} ?$|\b(?:no|not(?! only\b)|lack of|failed to|neither)\b(?: [\w%.'’-]+| ,| ‹[^DC]\d+›){0,9} ?$|\b0 (?:of|/|out of|%) ?\d*(?: [\w-]+){0,5} ?$"
    + r"|\b(?:0|zero|none)(?: ,(?: and)? \d+| and \d+)* (?:patients? )?(?:achieved|had|showed|experienced)(?: [\w-]+){0,3} $"
    + r"|\b(?:lower|less|reduced|decreased) (?:[\w-]+ )?in (?:the )?(?:‹[DC]\d+› (?:- )?)$"
)
_WAS_LESS = re.compile(
    r"^(?: (?:effects?|activity))?(?: (?:of|to|by|with) (?:the )?‹[DC]\d+›)? (?:was|were|is|are) (?:\w+ly )?"
    r"(?:not|lost|reduced|decreased|limited|poor|lower|impaired|minimal|attenuated|abolished|abrogated|diminished|blunted|blocked|reversed|weak\w*|compromised)\b"
)
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_POORLY = re.compile(r" (?:(?:very|more|only|rather) )?(?:poorly|less|weakly|badly|minimally|worse|inadequately|slowly)\b")
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: what a finding holds beside, and does not deny it ("comparable to cells with T790M", "regardless of KRAS status")
_BESIDES = re.compile(
    r"(?:, |\( )?\b(?:(?:comparable|similar(?:ly)?|equivalent|identical) to|regardless of|irrespective of|independent(?:ly)? of)\b.*"
)
#: what the cue itself denies
_FEW = re.compile(r"^ (?:rates? )?(?:\( [^()]* \) )?(?:(?:to|with|of|for|on) (?:the )?‹[DC]\d+› )?(?:was|were|of|:) (?:only )?[0-5](?:\.\d+)? ?%")
_ONLY_FEW = re.compile(r"\bonly (?:one|two|1|2) (?:\( \d ?% \) )?(?:of|out of|/|in) (?:the )?\d\d+ (?:\([^()]*\)|[^;(]){0,100}$")
_LIST_OF_EFFECTS = re.compile(r"^(?:reduc|decreas|diminish|impair|attenuat|abrogat|abolish|less|lower).*(?: and| ,) $")
_DENIED = re.compile(r"^(?:no|little|limited|modest|minimal)\b")
#: a result that was not significant is none
_INSIGNIFICANT = re.compile(
    r"\b(?:non(?: -|-)? ?significant(?:ly)?|insignificant(?:ly)?|not (?:statistically )?significant(?:ly)?|trends?|tendency)\b(?: [\w%.-]+){0,6} $"
)
_PROVED_NOT = re.compile(r"^[^;]{0,60}?\b(?:(?:was|were|did) not (?:reach )?(?:statistically )?significan\w+|but (?:this )?(?:was )?not significant)")
#: "suppressed BIM and promoted resistance": the first verb is not about the resistance
_AND_DONE = re.compile(
    r" (?:and|but|thereby|thus|hence|,) (?:[\w-]+ )?(?:promot|increas|enhanc|induc|confer|caus|contribut|led|lead|drove|driv|mediat|trigger|result|develop|rais|acquir)\w*"
)
_NEITHER = re.compile(
    r"\b(?:neither|nor|none of) ‹[VGP]\d+› (?:\w+ )?(?:conferred|confers?|mediated|mediates?|induced|induces?|caused|causes?|drove|drives?) $"
)
_JUST_DENIED = re.compile(r"\b(?:no|not|never) (?:[\w-]+ ){0,2}$")
#: none of those treated
_NONE = re.compile(r"\bnone (?:of|had|showed|achieved)\b[^;]*$|\bno (?:patients?|responders?|case)\b[^;,]*$")


def direction_of(cue: Cue, said: str, left: str, right: str, how: str) -> tuple[str, str, bool]:
    """Return (predicate, polarity, whether something undoes the cue)."""
    if cue.kind == "short":
        return (
            (RESISTANCE, "negative", False)
            if _SAME.search(_own(left)[-60:]) or re.search(r"\bnot (?:[\w-]+ ){0,3}$", left) or _INSIGNIFICANT.search(left[-80:])
            else (RESISTANCE, "positive", False)
        )
    if cue.kind == "res":
        if _SAME.search(_own(left)[-60:]):
            return RESISTANCE, "negative", False
        undone = UNDONE_BEFORE.search(left)
        if undone and _AND_DONE.search(undone.group()):
            undone = None
        if (how == "cause" and _JUST_DENIED.search(left)) or _NEITHER.search(left):
            return RESISTANCE, "negative", True
        if not undone or how in ("mediated", "cause"):
            return RESISTANCE, "positive", bool(undone)
        if re.search(r"\b(?:no|not|without|never|absence of|lack of|nor|neither|fail\w*|unable|rather than)\b", undone.group()):
            return RESISTANCE, "negative", True
        return SENSITIVITY, "positive", True
    behind = _own_right(right)[:60] if how == "in" else _BESIDES.sub("", _own_right(right))[:60]
    if _SAME.search(_own(left)[-90:] + " " + behind):
        return RESISTANCE, "negative", False
    if _INSIGNIFICANT.search(left[-80:]) or _PROVED_NOT.match(right):
        return SENSITIVITY, "negative", False
    if _FEW.match(right) or _ONLY_FEW.search(left[-150:]) or _BUT_NOT_THE.search(left[-60:]):
        return SENSITIVITY, "negative", False
    lessened = (
        _lessened(said, left)
        or _LESS_INDUCED.search(left[-120:])
        or _DENIED.match(said)
        or _NONE.search(left)
        or re.search(r"\bnon ?-? ?$|\brescue\w* (?:[\w-]+ )?from [^;]{0,40}$", left)
        or _WAS_LESS.match(right)
        or (said.startswith("respond") and _POORLY.match(right))
        or (how == "in" and _REDUCED_IN.search(right.partition("‹V")[0]))
        or _NO_SUCCESS.match(right)
    )
    return (RESISTANCE, "positive", False) if lessened else (SENSITIVITY, "positive", False)


def _lessened(said: str, left: str) -> bool:
    """Whether a word of less before the cue is about it; in "reduced growth and reduced size" the first is about the first."""
    less = _LESS_BEFORE.search(left)
    return less is not None and not (_LIST_OF_EFFECTS.search(less.group()) and re.match(r"reduc|decreas|diminish|impair|inhibit|suppress", said))


def _own(left: str) -> str:
    """Return what stands before a cue, from where the last part of a list of findings begins."""
    cuts = [m.end() for m in _CUT.finditer(left)]
    return left[cuts[-1] :] if cuts else left


def _own_right(right: str) -> str:
    """Return what stands behind a cue, up to where the next finding of a list begins."""
    m = _CUT.search(right)
    return right[: m.start()] if m else right
