"""A disease in other words: adjectives, word order, synonyms of its parts, without course and cause.

Rule: as of `rewriting`; words are swapped only for words that disease vocabularies use for the same thing.
"""

# ruff: noqa: E501  # a table is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.nlp.recognizer.rewriting import rewritings, without_brackets

_COURSE = re.compile(
    r"^(?:acute|advanced|aggressive|chronic|metastatic|recurrent|refractory|relapsed|severe|mild|moderate|primary|secondary|early|late|"
    r"progressive|human|sporadic|familial|hereditary|untreated|unresectable|newly diagnosed|treatment-naive|locally advanced|stage [IV]+[AB]?|"
    r"bilateral|unilateral|persistent|transient|acquired|induced|early-stage|end-stage|symptomatic|asymptomatic|inherited|congenital|generalized|"
    r"idiopathic|massive|fatal|partial|complete|reversible|irreversible|subacute|subclinical|spontaneous|postoperative|perioperative|neonatal|"
    r"maternal|isolated|diffuse|focal|multiple|experimental|clinical|new-onset|early-onset|late-onset|adult-onset|juvenile|non-?syndromic|"
    r"life-threatening|mild-to-moderate|moderate-to-severe|classical|classic|typical|atypical|toxic|sustained|marked|profound|"
    r"autosomal (?:recessive|dominant)|X-linked(?: recessive| dominant)?|recessive|dominant|"
    r"[\w+()-]+[- ](?:induced|associated|related|mediated|dependent|type|like|resistant|sensitive|linked|positive|negative))[ -]+",
    re.IGNORECASE,
)
_OF = re.compile(r"^(?P<what>[\w -]+?) (?:of|in) (?:the )?(?P<where>[\w -]+)$", re.IGNORECASE)
_DROPPED = re.compile(
    r"^(?:the|an?) |(?: (?:attacks?|episodes?|events?|symptoms?|signs?|phenotypes?|patients?|lesions?|complications?|like))$|['’\"]+$", re.I
)

#: words of which each may stand for the others in the name of a disease
_SAME = (
    ("renal", "kidney"), ("hepatic", "liver"), ("cardiac", "heart", "myocardial"), ("pulmonary", "lung"), ("cerebral", "brain"), ("gastric", "stomach"),
    ("mammary", "breast"), ("cutaneous", "skin"), ("ocular", "eye"), ("intestinal", "bowel"), ("neurological", "neurologic", "nervous system"),
    ("vascular", "blood vessel"), ("ovarian", "ovary"), ("prostatic", "prostate"), ("thyroidal", "thyroid"), ("muscular", "muscle"), ("psychiatric", "mental"),
    ("tumor", "neoplasm", "cancer"), ("tumors", "neoplasms", "cancer"), ("tumour", "neoplasm", "cancer"), ("tumours", "neoplasms", "cancer"),
    ("carcinoma", "cancer"), ("carcinomas", "cancer"), ("malignancy", "cancer"), ("malignancies", "cancer"), ("cancers", "cancer"),
    ("disease", "disorder"), ("diseases", "disorder"), ("disorders", "disease"), ("abnormality", "disorder"), ("abnormalities", "disorder"),
    ("dysfunction", "disease", "disorder"), ("impairment", "dysfunction", "disorder", "deficit"), ("deficits", "disorder", "impairment"),
    ("deficit", "disorder", "impairment"), ("disturbance", "disorder"), ("disturbances", "disorder"), ("failure", "insufficiency"),
    ("injury", "damage", "disease"), ("injuries", "injury"), ("damage", "injury", "disease"), ("toxicity", "injury", "disease"),
    ("hemorrhage", "bleeding"), ("haemorrhage", "bleeding"), ("bleeding", "hemorrhage"), ("infarct", "infarction"), ("infarcts", "infarction"),
    ("retardation", "disability"), ("deficient", "deficiency"), ("loss", "impairment"), ("defect", "disorder"), ("defects", "disorder"),
    ("mental retardation", "intellectual disability"), ("hearing loss", "deafness"), ("suppression", "depression", "failure"),
    ("elevated", "increased", "high"), ("reduced", "decreased", "low"), ("convulsions", "seizures"), ("convulsion", "seizure"),
    ("syndrome", "disease"), ("infections", "infection"), ("block", "conduction block"), ("failure", "dysfunction"),
)  # fmt: skip
_SWAPS = [(re.compile(rf"(?<![\w-]){words[0]}(?![\w-])", re.IGNORECASE), words[1:]) for words in _SAME] + [
    (re.compile(rf"(?<![\w-]){words[1]}(?![\w-])", re.IGNORECASE), words[:1]) for words in _SAME[:17]
]
#: adjectives and participles at the end of a mention, and the nouns they are of
_ADJECTIVES = (
    ("ischemic", "ischemia"), ("ischaemic", "ischemia"), ("anemic", "anemia"), ("leukemic", "leukemia"), ("uremic", "uremia"), ("emic", "emia"),
    ("epileptic", "epilepsy"), ("psychotic", "psychosis"), ("necrotic", "necrosis"), ("fibrotic", "fibrosis"), ("cirrhotic", "cirrhosis"),
    ("thrombotic", "thrombosis"), ("nephrotic", "nephrotic syndrome"), ("neurotic", "neurosis"), ("stenotic", "stenosis"), ("otic", "osis"),
    ("arthritic", "arthritis"), ("itic", "itis"), ("dystonic", "dystonia"), ("tonic", "tonia"), ("hypertensive", "hypertension"),
    ("hypotensive", "hypotension"), ("tensive", "tension"), ("diabetic", "diabetes mellitus"), ("obese", "obesity"), ("depressed", "depression"),
    ("depressive", "depression"), ("anxious", "anxiety"), ("asthmatic", "asthma"), ("autistic", "autism"), ("dyskinetic", "dyskinesia"),
    ("kinetic", "kinesia"), ("schizophrenic", "schizophrenia"), ("phrenic", "phrenia"), ("inflammatory", "inflammation"), ("metastatic", "metastasis"),
    ("infected", "infection"), ("hypertrophic", "hypertrophy"), ("trophic", "trophy"), ("dystrophic", "dystrophy"), ("hyperplastic", "hyperplasia"),
    ("dysplastic", "dysplasia"), ("plastic", "plasia"), ("arrhythmic", "arrhythmia"), ("manic", "mania"), ("parkinsonian", "parkinsonism"),
    ("allergic", "allergy"), ("toxic", "toxicity"), ("pathic", "pathy"), ("penic", "penia"), ("glycemic", "glycemia"), ("plegic", "plegia"),
    ("paretic", "paresis"), ("cytotic", "cytosis"), ("amnesic", "amnesia"), ("amnestic", "amnesia"), ("retarded", "retardation"),
    ("mentally retarded", "intellectual disability"), ("deaf", "deafness"), ("blind", "blindness"), ("convulsive", "convulsion"), ("deficient", "deficiency"),
    ("anginal", "angina"), ("comatose", "coma"), ("cataleptic", "catalepsy"), ("akinetic", "akinesia"), ("tumorigenesis", "tumor"),
)  # fmt: skip
_RANKED = sorted(_ADJECTIVES, key=lambda pair: -len(pair[0]))


def disease_spellings(text: str) -> Iterator[str]:
    """Yield a disease's name, then the same in other words, then without what its course or cause adds."""
    return rewritings(text, (without_brackets, _noun, _turned, _swapped, _without_frame, _without_course))


def _noun(text: str) -> Iterable[str]:
    """Return the noun of an adjective: "ischemic" is said of ischemia."""
    lower = text.lower()
    return [text[: len(text) - len(end)] + noun for end, noun in _RANKED if lower.endswith(end)][:1]


def _turned(text: str) -> Iterable[str]:
    """Return "liver tumor" for "tumor of the liver"."""
    found = _OF.match(text)
    return [f"{found['where']} {found['what']}"] if found else ()


def _swapped(text: str) -> Iterable[str]:
    return [pattern.sub(other, text, count=1) for pattern, others in _SWAPS if pattern.search(text) for other in others]


def _without_frame(text: str) -> Iterable[str]:
    return [_DROPPED.sub("", text)] if _DROPPED.search(text) else ()


def _without_course(text: str) -> Iterable[str]:
    found = _COURSE.match(text)
    return [text[found.end() :]] if found else ()
