"""Spelling variants of names: British and American, plurals that a trailing s does not make, possessives, microRNA arms.

Rule: whole-name rewriting by a table of patterns, both ways, so that a text in either spelling is found.
"""

from __future__ import annotations

import re

_BRITISH = [
    (r"\btumor", "tumour"),
    (r"leukemi", "leukaemi"),
    (r"\banemi", "anaemi"),
    (r"(?<=[b-z])emia\b", "aemia"),
    (r"(?<=[b-z])emic\b", "aemic"),
    (r"\bhem(?=at|or|o|an)", "haem"),
    (r"esophag", "oesophag"),
    (r"\bedema", "oedema"),
    (r"diarrhea", "diarrhoea"),
    (r"pediatric", "paediatric"),
    (r"\bestr(?=ogen|adiol|one\b|iol)", "oestr"),
    (r"\bgynec", "gynaec"),
    (r"\bfetal", "foetal"),
    (r"signaling", "signalling"),
    (r"behavior", "behaviour"),
    (r"\bsulf", "sulph"),
    (r"dyspnea", "dyspnoea"),
    (r"\bceli(?=ac)", "coeli"),
    (r"\bcecal", "caecal"),
    (r"ization\b", "isation"),
    (r"izing\b", "ising"),
    (r"ized\b", "ised"),
    (r"anesthe", "anaesthe"),
    (r"ischemi", "ischaemi"),
    (r"\bhemophil", "haemophil"),
    (r"\bfiber", "fibre"),
    (r"\bcolor", "colour"),
    (r"orrhea\b", "orrhoea"),
    (r"\bcentimeter", "centimetre"),
]
_TO_BRITISH = [(re.compile(a, re.I), b) for a, b in _BRITISH]
_TO_AMERICAN = [
    (re.compile(b, re.I), a)
    for a, b in (
        ("tumor", "tumour"), ("leukemi", "leukaemi"), ("anemi", "anaemi"), ("emia", r"(?<=[a-z])aemia\b"), ("emic", r"(?<=[a-z])aemic\b"),
        ("hem", r"\bhaem"), ("esophag", "oesophag"), ("edema", r"\boedema"), ("diarrhea", "diarrhoea"), ("pediatric", "paediatric"),
        ("estr", r"\boestr"), ("signaling", "signalling"), ("behavior", "behaviour"), ("sulf", r"\bsulph"), ("dyspnea", "dyspnoea"),
        ("celiac", "coeliac"), ("ischemi", "ischaemi"), ("anesthe", "anaesthe"),
    )
]  # fmt: skip
_ENDINGS = [
    (re.compile(r"(?<=[a-z])sis$"), "ses"), (re.compile(r"(?<=[a-z])oma$"), "omata"), (re.compile(r"(?<=[^aeiou\W])y$"), "ies"),
    (re.compile(r"(?<=[a-z])itis$"), "itides"), (re.compile(r"(?<=[a-z])xis$"), "xes"), (re.compile(r"(?<=[a-z])us$"), "i"),
]  # fmt: skip
_SINGULARS = [
    (re.compile(r"(?<=[a-z])ies$"), "y"), (re.compile(r"(?<=sta)ses$"), "sis"), (re.compile(r"(?<=[a-rt-z])s$"), ""),
]  # fmt: skip
_INFLECTED = frozenset({"Disease", "Phenotype", "Concept", "DrugClass", "Process", "Drug", "GeneFamily"})


def spellings(name: str, type_: str) -> list[str]:
    """Return other spellings of a name; the name itself is not among them."""
    forms = [name]
    if type_ in _INFLECTED and any(c.islower() for c in name):
        forms += _number(name, type_)
    if "'s " in name or "’s " in name:
        forms += [re.sub(r"['’]s ", " ", f) for f in forms]
    forms += [_apply(_TO_BRITISH, f) for f in forms] + [_apply(_TO_AMERICAN, f) for f in forms]
    return [f for f in dict.fromkeys(forms) if f != name]


def _number(name: str, type_: str) -> list[str]:
    if type_ in ("Disease", "Phenotype", "Concept"):
        found = [p.sub(r, name) for p, r in _ENDINGS[:3] if p.search(name)]
    else:
        found = [p.sub(r, name) for p, r in _ENDINGS[2:3] if p.search(name) and " " in name]
    last = name.rsplit(" ", 1)[-1]
    if type_ != "Concept" and len(last) > 4 and not last.endswith(("sis", "us", "ss", "is", "itis", "tes", "ous", "ics")):
        single = next((p.sub(r, name) for p, r in _SINGULARS if p.search(name)), "")
        if single:
            found.append(single)
    return found


def _apply(patterns: list[tuple[re.Pattern[str], str]], name: str) -> str:
    for pattern, replacement in patterns:
        name = pattern.sub(replacement, name)
    return name
