"""Drug classes that name no target: "chemotherapy", "immune checkpoint inhibitors", "taxanes", "ADC".

Rule: one table, one row per class: its canonical name and how texts write it. Ways of giving a treatment (adjuvant, first-line,
combination, targeted therapy) are Concepts, not classes, and stay outside; "platinum-doublet" and "platinum-based" make a class
of their own. Abbreviations in capitals match only as written.
"""

# ruff: noqa: E501 -- a row of a table of patterns stays on one line
from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon.heads import find_from_heads
from kg.nlp.drugclasses.records import DrugClassMatch

#: (canonical name, phrases in any case, abbreviations as written)
_HEADS: tuple[tuple[str, str, str], ...] = (
    ("immune checkpoint inhibitor", r"(?:immune[\s-])?checkpoint[\s-](?:inhibitors?|inhibition|blockade|blockers?|inhibitor\s(?:therapy|immunotherapy))", r"ICIs?"),
    ("antibody-drug conjugate", r"antibody[\s-]*drug[\s-]conjugates?", r"ADCs?"),
    ("bispecific antibody", r"bispecific\s(?:monoclonal\s)?antibod(?:y|ies)", ""),
    ("monoclonal antibody", r"monoclonal\santibod(?:y|ies)(?!\s(?:against|to|clone|specific|raised))", ""),
    ("multikinase inhibitor", r"multi-?\s?(?:targeted\s)?kinase\sinhibitors?|multi-?\s?target(?:ed|ing)?\s(?:receptor\s)?(?:tyrosine\s)?kinase\sinhibitors?", r"MKIs"),
    ("platinum-doublet chemotherapy", r"platinum[\s-](?:based[\s-])?doublet(?:[\s-](?:based[\s-])?chemotherap(?:y|ies))?", ""),
    ("platinum-based chemotherapy", r"platinum[\s-](?:based|containing)[\s-](?:(?:combination|cytotoxic|systemic)\s)?(?:chemotherap(?:y|ies)|regimens?|therap(?:y|ies)|treatments?)|platinum\schemotherapy", ""),
    ("chemoimmunotherapy", r"chemo-?\s?immunotherap(?:y|ies)|immuno-?chemotherap(?:y|ies)", ""),
    ("chemoradiotherapy", r"chemo-?radio-?therapy|chemo-?radiation(?:\stherapy)?|radio-?chemotherapy", ""),
    ("chemotherapy", r"(?:cytotoxic\s)?chemotherap(?:y|ies)|chemotherapeutics?(?:\s(?:agents?|drugs?|regimens?))?|cytotoxic\s(?:regimens?|agents?|drugs?|therapy|therapies|treatment)|cytotoxics", ""),
    ("immunotherapy", r"immunotherap(?:y|ies)|immunotherapeutics?|immuno-oncology\s(?:agents?|drugs?)", ""),
    ("antineoplastic agent", r"(?:anti-?\s?(?:cancer|tumou?r|neoplastic)|oncology)[\s-](?:agents?|drugs?|therapeutics|compounds?|medicines?)|antineoplastics?", ""),
    ("endocrine therapy", r"(?:endocrine|hormon(?:e|al)|anti-?hormonal|anti-?o?estrogen)[\s-](?:therap(?:y|ies)|treatments?)|anti-?o?estrogens?", ""),
    ("androgen deprivation therapy", r"androgen[\s-]deprivation(?:\stherapy)?", ""),
    ("aromatase inhibitor", r"aromatase\sinhibitors?", ""),
    ("proteasome inhibitor", r"proteasome\sinhibitors?", ""),
    ("histone deacetylase inhibitor", r"(?:histone\sdeacetylase|HDAC)[\s-]inhibitors?", r"HDACis?"),
    ("topoisomerase inhibitor", r"topoisomerase(?:[\s-](?:I|II|1|2)(?:α)?)?[\s-](?:inhibitors?|poisons?)", ""),
    ("angiogenesis inhibitor", r"anti-?angiogenic(?:\s(?:agents?|drugs?|therap(?:y|ies)|treatments?|antibod(?:y|ies)))?(?![A-Za-z])|(?:angiogenesis|angiogenic)\sinhibitors?|anti-?angiogenics?", ""),
    ("gamma-secretase inhibitor", r"(?:gamma|γ)-secretase\sinhibitors?", ""),
    ("hypomethylating agent", r"hypomethylating\sagents?|demethylating\sagents?|DNMT\sinhibitors?", ""),
    ("taxane", r"taxanes?", ""),
    ("anthracycline", r"anthracyclines?", ""),
    ("vinca alkaloid", r"vinca\salkaloids?", ""),
    ("fluoropyrimidine", r"fluoropyrimidines?", ""),
    ("alkylating agent", r"alkylating\s(?:agents?|drugs?)|alkylators?", ""),
    ("antimetabolite", r"antimetabolites?|antifolates?", ""),
    ("platinum agent", r"platinum[\s-](?:agents?|compounds?|salts?|drugs?|derivatives?)|platinums", ""),
    ("selective estrogen receptor degrader", r"selective\so?estrogen\sreceptor\sdegraders?", r"SERDs?"),
    ("selective estrogen receptor modulator", r"selective\so?estrogen\sreceptor\smodulators?", r"SERMs?"),
    ("proteolysis-targeting chimera", r"proteolysis[\s-]targeting\schimeras?", r"PROTACs?"),
    ("corticosteroid", r"(?:gluco)?corticosteroids?|glucocorticoids?", ""),
    ("bisphosphonate", r"bisphosphonates?", ""),
    ("statin", r"statins", ""),
    ("immunomodulatory drug", r"immunomodulatory\s(?:drugs?|agents?)", r"IMiDs?"),
    ("CAR-T cell therapy", r"(?:chimeric\santigen\sreceptor\s(?:\(CAR\)[\s-]?)?|CAR[\s-]?)T[\s-](?:cells?|lymphocytes?)(?:\s(?:therap(?:y|ies)))?", ""),
    ("cancer vaccine", r"(?:cancer|tumou?r)\svaccines?", ""),
    ("proton pump inhibitor", r"proton[\s-]pump\sinhibitors?", r"PPIs"),
    ("small-molecule inhibitor", r"small[\s-]molecule\s(?:inhibitors?)", ""),
)  # fmt: skip


#: what the phrases begin with, in lower case
_BEGINNINGS = (
    "immun", "checkpoint", "ici", "antib", "adc", "bispecific", "monoclonal", "multi", "mki", "platinum", "chemo", "radio", "cytotoxic", "anti",
    "oncology", "endocrine", "hormon", "androgen", "aromatase", "proteasome", "histone", "hdac", "topoisomerase", "angiogen", "gamma", "γ",
    "hypomethylating", "demethylating", "dnmt", "taxane", "anthracycline", "vinca", "fluoropyrimidine", "alkylat", "selective", "serd", "serm",
    "proteolysis", "protac", "glucocorticoid", "gluco", "cortico", "bisphosphonate", "statins", "imid", "chimeric", "car", "t cell", "t-cell",
    "t lymph", "t-lymph", "cancer", "tumo", "proton", "ppi", "small",
)  # fmt: skip


def _pattern() -> re.Pattern[str]:
    rows = [f"(?P<c{i}>(?i:{phrases}){'|' + short if short else ''})" for i, (_, phrases, short) in enumerate(_HEADS)]
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(rows)})(?![A-Za-z0-9])")


_GENERAL = _pattern()
_STEM = r"(?:[a-z]+(?:mab|nib|platin|taxel|rexed|tabine|rubicin|ciclib|lisib|parib|tecan|bine|poside|fosfamide|zomib|sertib|limus|cetaxel)|[a-z-]*(?:5-fluorouracil|fluorouracil|leucovorin|methotrexate|prednisone|vincristine|dexamethasone))"
#: what the last drug before the bracket ends in
_ENDINGS = (
    "mab", "nib", "platin", "taxel", "rexed", "tabine", "rubicin", "ciclib", "lisib", "parib", "tecan", "bine", "poside", "fosfamide", "zomib",
    "sertib", "limus", "uracil", "leucovorin", "methotrexate", "prednisone", "vincristine", "dexamethasone",
)  # fmt: skip
_SHORT = re.compile(r"\s\((?P<short>[A-Z]{2,7})\)")
_DRUGS = re.compile(rf"(?P<drugs>{_STEM}(?:(?:,\s(?:and\s)?|\s(?:and|plus)\s|\s?[+/]\s?){_STEM}){{1,6}})$", re.IGNORECASE)
_DRUG = re.compile(_STEM, re.IGNORECASE)


def find_general(text: str) -> Iterator[DrugClassMatch]:
    """Yield the classes without target, the longest at each place."""
    for match in find_from_heads(_GENERAL, text, _BEGINNINGS):
        name = _HEADS[int(str(match.lastgroup)[1:])][0]
        yield DrugClassMatch(match.start(), match.end(), name, head=name)


def find_regimens(text: str) -> Iterator[DrugClassMatch]:
    """Yield regimens named by the initials of their drugs: "atezolizumab, bevacizumab, carboplatin, and paclitaxel (ABCP)"."""
    for bracket in _SHORT.finditer(text):
        short = bracket["short"]
        if not text[max(0, bracket.start() - 20) : bracket.start()].rstrip().lower().endswith(_ENDINGS):
            continue
        match = _DRUGS.search(text, max(0, bracket.start() - 30 * len(short)), bracket.start())
        drugs = _DRUG.findall(match["drugs"])[-len(short) :] if match else []
        if len(drugs) != len(short) or any(d[0].upper() != c for d, c in zip(drugs, short, strict=True)):
            continue
        name = " + ".join(d.lower() for d in drugs)
        for place in re.finditer(rf"(?<![A-Za-z0-9-]){short}(?![A-Za-z0-9-])", text):
            yield DrugClassMatch(place.start(), place.end(), name, head="regimen")
