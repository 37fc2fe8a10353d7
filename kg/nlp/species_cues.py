"""What a text tells about the species its genes are of: organism words, cell lines, models of human disease, spelling of symbols.

Rule: this module only finds and counts; what a count means is learned (`kg.nlp.species_weights`). A mouse that carries a human tumour
or stands in for a patient ("xenograft", "nude mice", "mouse model", "in vivo") is a model, not a cue that genes are of the mouse; nor
are Ba/F3 cells, which carry human kinases.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log1p

SPECIES = ("human", "mouse", "rat", "other")
_WORDS = {
    "human": r"humans?|Homo sapiens|H\. sapiens|patients?|wom[ae]n|m[ae]n|child(?:ren)?|infants?|volunteers?|cohorts?|proband\w*|pedigrees?"
    r"|individuals|subjects|year-old|families|Caucasians?|polymorphisms?|clinical\w*|trials?",
    "mouse": r"mouse|mice|murine|Mus musculus|C57BL/?6\w?|BALB/?c|FVB|C3H(?:/\w+)?|DBA/[12]\w?|129/?Sv\w*|MEFs?|BMD[CM]s?",
    "rat": r"rats?|Sprague[- ]Dawley|Wistar|Long[- ]Evans|Rattus norvegicus|R\. norvegicus|NRVMs?",
    "other": r"Drosophila|D\. melanogaster|fruit fl(?:y|ies)|zebrafish|Danio rerio|Xenopus|yeast(?! (?:two|2)-hybrid)|Saccharomyces|S\. cerevisiae"
    r"|S\. pombe|Caenorhabditis|C\. elegans|nematodes?|Arabidopsis|plants?|E\. coli|Escherichia|bacteri(?:a|um|al)|chick(?:en)?s?|avian|bovine|cattle"
    r"|porcine|pigs?|sheep|ovine|rabbits?|canine|dogs?|hamsters?|CHO|guinea pigs?|monkeys?|macaques?",
    "human_line": r"HeLa|HEK[- ]?293T?|293T?|MCF[- ]?7|MDA[- ]MB[- ]\d+|HepG2|Hep3B|A549|H1299|Jurkat|U2OS|K562|HL-?60|THP-?1|LNCaP|PC-?3|HCT[- ]?116"
    r"|HT-?29|Caco-?2|SH-SY5Y|U937|HUVECs?|SW480|A431|Saos-?2|U87\w*|HT-?1080|BEAS-?2B|HaCaT|T-?47D|DU-?145|Huh-?7|NB4|PANC-?1|SK-?OV-?3|ARPE-?19",
    "mouse_line": r"(?:NIH[- /]?)?3T3(?:-L1)?|RAW ?264\.7|C2C12|MC3T3\w*|P19|N2a|Neuro-?2a|4T1|J774\w*|EL-?4|L929|MIN6|F9"
    r"|B16(?:[-./]?F\d+)?|Lewis lung|MC-?38|CT-?26|ATDC5|BV-?2|HL-1|Hepa-?1-6|MLE-?12|NSC-?34",
    "animal": r"(?:embryonic stem|ES) cells?|m?ESCs?|blastocysts?|embryos?|embryonic days?|E\d{1,2}\.5|knock-?outs?|knock-?ins?|transgenic"
    r"|littermates?|floxed|pups?|neonates|intraperitoneal(?:ly)?|i\.p\.|sacrificed|euthani[sz]ed|animals?|rodents?",
    "rat_line": r"PC-?12|H9c2|INS-?1E?|GH[34]|RBL-2H3|NRK|IEC-?(?:6|18)|L6|AR42J|A7r5|FRTL-?5|UMR-?106|RIN-?m5F",
}
_CUE = re.compile("(?<![A-Za-z0-9])(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS.items()) + ")(?![A-Za-z0-9])", re.IGNORECASE)
_MODEL = re.compile(
    r"\b(?:(?:nude|SCID|NOD/?\w*|athymic|immunodeficient|tumou?r-bearing|xenograft\w*)[- ](?:\w+ )?(?:mice|mouse)"
    r"|(?:mouse|murine|mice) (?:[\w-]+ ){0,2}(?:xenografts?|tumou?rs?|models?|\w*carcinomas?|melanomas?|lymphomas?)|xenograft\w*|in vivo)\b",
    re.IGNORECASE,
)
_TUMOUR = re.compile(
    r"\b(?:cancers?|tumou?rs?|\w*carcinomas?|leuk[ae]mias?|lymphomas?|gliom\w+|sarcomas?|melanomas?|metasta\w+|oncogen\w+|malignan\w+)\b",
    re.IGNORECASE,
)
#: a mutant animal: "Pten-/-", "Pten null"
_KNOCKOUT = re.compile(r"[-−–] ?/ ?[-−–]|(?:Tg|flox|null)\b|\b(?:double|conditional) (?:knock-?out|mutant)")
#: the species in the name of a gene, which is not that of the text: "homolog (Saccharomyces cerevisiae)"
_HOMOLOG = re.compile(r"\bhomolog\w*,? \([^()]*\)", re.IGNORECASE)
_BETWEEN = re.compile(r"[ -]{1,2}(?:\w+ )?")
_CAPITALS = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z0-9/-]+")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that tells a species: where it stands and which kind of cue it is."""

    start: int
    end: int
    kind: str


def find_cues(text: str) -> list[Cue]:
    """Return the species words and cell lines of a text in order; those inside the name of a model are of the kind ``model``."""
    models = [m.span() for m in _MODEL.finditer(text)]
    names = [m.span() for m in _HOMOLOG.finditer(text)]
    cues = []
    for match in _CUE.finditer(text):
        if any(start <= match.start() and match.end() <= end for start, end in names):
            continue
        inside = any(start <= match.start() and match.end() <= end for start, end in models)
        cues.append(Cue(match.start(), match.end(), "model" if inside else match.lastgroup or ""))
    return cues


def document_features(text: str, title_end: int, cues: Sequence[Cue], styles: Iterable[str]) -> dict[str, float]:
    """Return what holds for all genes of a document: counts of cues (log1p), cues in its title, how its gene symbols are written."""
    counts = Counter(c.kind for c in cues)
    found = {"n_" + kind: log1p(counts[kind]) for kind in _WORDS}
    found.update({"title_" + c.kind: 1.0 for c in cues if c.end <= title_end and c.kind in SPECIES})
    found["none"] = float(not any(counts[s] for s in SPECIES))
    found["model"] = log1p(len(_MODEL.findall(text)))
    found["knockout"] = log1p(len(_KNOCKOUT.findall(text)))
    found["tumour"] = log1p(len(_TUMOUR.findall(text)))
    written = Counter(styles)
    found.update({"doc_" + style: count / written.total() for style, count in written.items() if style})
    return found


def gene_features(
    text: str, sentences: Sequence[tuple[int, int]], cues: Sequence[Cue], spans: Sequence[tuple[int, int]], symbol: str
) -> dict[str, float]:
    """Return what holds for one gene, given its mentions: the nearest cue in their sentences, the last one before, their spelling.

    Values are shares of the mentions, 0 to 1; ``symbol`` is the symbol of the mouse gene, empty where there is none.
    """
    found: Counter[str] = Counter()
    for start, end in spans:
        if near := _nearest(sentences, cues, start, end):
            found["near_" + near] += 1
        if last := _last(cues, start):
            found["prev_" + last] += 1
        if style := style_of(text[start:end], symbol):
            found["style_" + style] += 1
    shares = {name: count / len(spans) for name, count in found.items()}
    shares.update({"adj_" + kind: 1.0 for start, _ in spans if (kind := modifier(text, cues, start))})
    return shares


def _nearest(sentences: Sequence[tuple[int, int]], cues: Sequence[Cue], start: int, end: int) -> str:
    first, last = sentences[max(0, bisect_right(sentences, (start, 10**9)) - 1)] if sentences else (0, 10**9)
    inside = [c for c in cues if c.kind in SPECIES and first < c.end and c.start < last and (c.end <= start or end <= c.start)]
    if not inside:
        return ""
    return min(inside, key=lambda c: (start - c.end if c.end <= start else 1.5 * (c.start - end), c.start)).kind


def _last(cues: Sequence[Cue], start: int) -> str:
    """Return the species that was named last before a place, in whichever sentence."""
    return next((cue.kind for cue in reversed(cues) if cue.end <= start and cue.kind in SPECIES), "")


def modifier(text: str, cues: Sequence[Cue], start: int) -> str:
    """Return the species that stands before a mention, one word between them at most, empty if none does."""
    for cue in reversed(cues):
        if cue.end <= start and cue.kind in SPECIES:
            return cue.kind if start - cue.end <= 20 and _BETWEEN.fullmatch(text, cue.end, start) else ""
    return ""


def owner(text: str, cues: Sequence[Cue], start: int) -> str:
    """Return the species whose gene a mention is by the word right before it ("mouse Egfr", not "patients EGFR"), empty if none."""
    for cue in reversed(cues):
        if cue.end == start - 1 and text[cue.end] == " " and cue.kind in SPECIES:
            return cue.kind if cue.kind != "human" or text[cue.start : cue.end].lower() == "human" else ""
    return ""


def style_of(surface: str, symbol: str) -> str:
    """Return how a gene is written: ``mouse_symbol`` as the mouse nomenclature does, ``upper`` in capitals, else empty."""
    if surface == symbol and not surface.isupper() and len(surface) > 1:
        return "mouse_symbol"
    return "upper" if _CAPITALS.fullmatch(surface) else ""
