"""Lesions and diseases: what drives, is found with, predisposes to, diagnoses, or foretells the outcome of a disease.

Rule: the strongest claim that the clause makes is the only one said of a pair; frequency is weak (schema rule 10).
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon.heads import find_from_heads
from kg.nlp.relations.coded import Coded, Item, Token
from kg.nlp.relations.focus import GENERAL
from kg.nlp.relations.found import Found, Sentence, clauses, compared

_POOR = re.compile(
    r"\b(?:(?:poor|poorer|worse|worst|unfavou?rable|adverse|shorter|reduced|inferior|decreased|dismal)(?: [\w-]+| ‹K\d+›){0,4}? (?:prognos\w+|survival|outcomes?|(?:os|pfs|dfs|efs)\b|‹K\d+›)|survival (?:was|were) (?:significantly )?(?:shorter|worse|poorer|reduced)|poor prognos\w+|aggressive(?:ness)?|high(?:er)? risk of (?:relapse|recurrence|death))"
    r"|‹K\d+› (?:was|were) (?:significantly )?(?:shorter|worse|poorer|reduced)\b"
)
_POOR_HEADS = (
    "poor", "worse", "worst", "unfavo", "adverse", "shorter", "reduced", "inferior", "decreased", "dismal", "‹K", "survival", "aggressive", "high",
)  # fmt: skip
_BETTER_HEADS = ("favo", "better", "improved", "longer", "prolonged", "superior", "good", "‹K", "survival")
_CONCEPT = re.compile(r"‹K\d+›")
_BETTER = re.compile(
    r"\b(?:(?:favou?rable|better|improved|longer|prolonged|superior|good)(?: [\w-]+| ‹K\d+›){0,3}? (?:prognos\w+|survival|outcomes?|(?:os|pfs|dfs|efs)\b|‹K\d+›)|survival (?:was|were) (?:significantly )?(?:longer|better|improved))"
    r"|‹K\d+› (?:was|were) (?:significantly )?(?:longer|better|improved)\b"
)
_RISK = re.compile(
    r"\b(?:predispos\w+|germ-?line(?! (?:or|and|/) somatic)|susceptib\w+|inherited|hereditary|increased risk|risk factor|risk of|polymorphism\w*|familial)\b"
)
_DIAGNOSIS = re.compile(
    r"\b(?:diagnos(?:tic|e|es|ed by|is of)|differential diagnosis|distinguish\w*|hallmark|pathognomonic|marker for the diagnosis|defin(?:es|ing) feature)\b"
)
_DRIVES = re.compile(
    r"\b(?:oncogenic|onco-driver|drivers?|driven|drives?|caus(?:es|ed|ative)|tumou?rigen\w+|transform(?:s|ed|ing)|oncogene-addicted|responsible for|contributes? to)\b|‹K\d+›"
)
_WITH = re.compile(
    r"\b(?:associat\w+|found in|detected in|identified in|present in|occur\w* in|observed in|mutated|frequent\w*|prevalen\w+|common\w*|account\w* for|subset|subtype|subgroup|defin\w+|implicat\w+|express\w+ in|link\w+|correlat\w+|overexpress\w+|altered|role|involved|rate|relat\w+|biomarker|marker|driver)\b|%"
)


_WHOLE_OF = re.compile(r"% of (?:all |the )?$")
_ATTRIBUTIVE = re.compile(r"^‹[VG]\d+› (?:- )?(?:(?:mutated|mutant|positive|rearranged|altered|amplified|advanced|metastatic|common) )*$")
_COUNTED = re.compile(r"%|\b(?:found in|detected in|identified in|present in|account\w*|subset|subtype|subgroup|defin\w+|prevalen\w+|frequen\w+)\b")


def find_diseases(sentence: Sentence) -> Iterator[Found]:
    """Yield `drives`, `associated_with`, `predisposes_to`, `diagnostic_of` and outcome relations of one sentence."""
    for clause in clauses(sentence.coded):
        yield from _clause(sentence, clause)


def _clause(sentence: Sentence, clause: Coded) -> Iterator[Found]:
    lesions = clause.groups("VG")
    diseases = clause.groups("X")
    text = clause.text
    if not lesions:
        return
    outcome = _outcome(sentence, clause, diseases)
    if outcome:
        yield from outcome
        return
    if not diseases:
        return
    for at, token in lesions:
        if _WHOLE_OF.search(text[:at]):
            continue  # "insertions account for 5 % of EGFR-mutated cancers"
        disease_at, disease = min(diseases, key=lambda d: (abs(d[0] - at), d[0]))
        if sentence.section == "title" and _TITLE_IN.match(text[text.find("›", at) + 1 : disease_at]):
            yield from _named_together(clause, token.items, disease.items, at, disease_at)
            continue
        low, high = sorted((at, disease_at))
        window = text[max(0, low - 40) : high + 45]
        between = text[low:high]
        if len(between) > 160 or _SPONGED.search(text[max(0, at - 40) : at]):
            continue
        yield from _pair(sentence, clause, token.items, disease.items, window, between, low)


#: a title that sets a lesion in a disease tells that it is found there
_TITLE_IN = re.compile(r"^ (?:, )?in (?:[\w-]+ ){0,3}$")


def _named_together(clause: Coded, lesions: list[Item], diseases: list[Item], at: int, disease_at: int) -> Iterator[Found]:
    source = clause.source(at, disease_at + 1)
    for lesion in lesions:
        for disease in diseases:
            if lesion.type == "Variant":
                yield Found(lesion, "associated_with", disease, source, "disease/title", 0.5)


def _pair(sentence: Sentence, clause: Coded, lesions: list[Item], diseases: list[Item], window: str, between: str, low: int) -> Iterator[Found]:
    predicate, cue, confidence = "", None, 0.0
    for name, pattern, value in (
        ("predisposes_to", _RISK, 0.7),
        ("diagnostic_of", _DIAGNOSIS, 0.6),
        ("drives", _DRIVES, 0.6),
        ("associated_with", _WITH, 0.5),
    ):
        found = (m for m in pattern.finditer(window) if not m.group().startswith("‹") or _is_driver(clause, m.group()))
        ahead = min(40, low)  # what stands before the lesion may say that it is oncogenic, not that it causes something
        cue = next((m for m in found if name != "drives" or m.start() >= ahead or re.match("oncogenic|driver|‹", m.group())), None)
        if (
            cue
            and name in ("drives", "associated_with")
            and re.search(r"\b(?:resistan\w+|sensitivity|inhibit\w+|treat\w*|harbou?r\w*|with high|activity|evaluated)\b|‹[DC]", between)
        ):
            cue = cue if name == "drives" and re.search(r"\boncogenic\b|\bdrivers?\b|\bdriven ‹X|‹K", cue.group() + window[cue.end() :][:3]) else None
        if cue and name == "drives" and (_CONTRIBUTES.match(cue.group()) and "‹K" in window[cue.end() : cue.end() + 25]):
            cue = None  # "contributes to therapeutic resistance in ‹X›"
        if cue and name == "drives" and _of_another(clause, cue.group(), window[cue.end() :], lesions):
            cue = None
        if cue and name == "associated_with" and _ATTRIBUTIVE.search(between) and not _COUNTED.search(window):
            cue = None  # "EGFR-mutated lung cancer" names the patients, whatever else the sentence counts
        if cue and cue.group() == "%" and all(d.name in GENERAL for d in diseases):
            cue = None
        if cue:
            predicate, confidence = name, value
            break
    if cue is None:
        return
    base = max(0, low - 40)
    source = clause.source(base + cue.start(), base + cue.end())
    certainty = sentence.assertion.certainty(*source)
    if certainty == "hypothesis":
        return
    polarity = "negative" if sentence.assertion.negated(*source) else "positive"
    for lesion in lesions:
        for disease in diseases:
            yield Found(lesion, predicate, disease, source, f"disease/{predicate}", confidence, polarity, certainty)


def _is_outcome(clause: Coded, phrase: str) -> bool:
    """Whether the concepts in a phrase are outcomes of the disease: a better response is no better prognosis."""
    return all(re.search(r"surviv|prognos|outcome|relapse|recurren", clause.group(p)[0].name) for p in _CONCEPT.findall(phrase))


def _named_outcome(clause: Coded, predicate: str) -> re.Match[str] | None:
    words = "poor|unfavou?rable|worse|dismal" if predicate == "predicts_poor_outcome_in" else "(?:good|(?<!un)favou?rable|better) prognos"
    return next((m for m in _CONCEPT.finditer(clause.text) if re.search(words, clause.surface(m.group()) + clause.group(m.group())[0].name)), None)


def _is_driver(clause: Coded, placeholder: str) -> bool:
    try:
        return "driver" in clause.group(placeholder)[0].name
    except KeyError:
        return False


def _of_another(clause: Coded, said: str, behind: str, lesions: list[Item]) -> bool:
    """Whether another gene is called oncogenic: "oncogenic Kras and loss of Trp53"."""
    m = re.match(r" (?:[\w-]+ )?(‹[VG]\d+›)", behind) if said == "oncogenic" else None
    return m is not None and not {i.key for i in clause.group(m[1])} & {i.key for i in lesions}


#: what an RNA catches does not drive what the RNA drives
_SPONGED = re.compile(r"\b(?:cerna (?:for|of)|spong(?:e|es|ed|ing)(?: for| of)?|target genes?(?: of)?) $")
_CONTRIBUTES = re.compile(r"contribut|responsible|caus")
_INSIGNIFICANT = re.compile(r"\b(?:was|were|did) not (?:reach )?(?:statistically )?significan")
#: "common EGFR mutations" fare better than other ones, not than none
_AMONG = re.compile(r"\b(?:un)?common\b")


def _outcome(sentence: Sentence, clause: Coded, diseases: list[tuple[int, Token]]) -> list[Found]:
    text = clause.text
    for predicate, pattern, heads in (("predicts_poor_outcome_in", _POOR, _POOR_HEADS), ("predicts_better_outcome_in", _BETTER, _BETTER_HEADS)):
        m = next((x for x in find_from_heads(pattern, text, heads) if _is_outcome(clause, x.group())), None) or _named_outcome(clause, predicate)
        if not m or any(at < m.end() for at, _ in clause.groups("DC")) or _INSIGNIFICANT.search(sentence.coded.text, m.end()):
            continue
        disease = diseases[0][1].items[0] if diseases else sentence.focus.disease
        out = compared(clause)
        named = [(at, t) for at, t in clause.groups("VG") if at not in out]
        if not named:
            return []
        at, lesion = ([(at, t) for at, t in named if at < m.start()] or named)[-1]
        if _AMONG.search(text[max(0, at - 20) : at] + lesion.surface):
            return []
        source = clause.source(m.start(), m.end())
        certainty = sentence.assertion.certainty(*source)
        if disease is None or certainty == "hypothesis":
            return []
        polarity = "negative" if sentence.assertion.negated(*source) else "positive"
        return [Found(i, predicate, disease, source, "disease/outcome", 0.65, polarity, certainty) for i in lesion.items]
    return []
