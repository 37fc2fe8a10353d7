"""Changes named by residue, nucleotide, exon or class, found in masked text, without their gene.

Rule: a string that could be something else (cell line, antibody, drug code, grade, medium) is a change only where its neighbours say
so. In a list the members share what they leave out: "G12C/D/V" is G12C, G12D, G12V; "Class I, II, or III" is three,
each running from the shared head to its own end.
"""

# ruff: noqa: E501 -- a row of a table of patterns stays on one line
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.lexicon.heads import find_from, places_of
from kg.nlp.variants import notation
from kg.nlp.variants.masking import G, MaskedText
from kg.nlp.variants.notation import Change


@dataclass(frozen=True, slots=True)
class Named:
    """A change without gene: its span, the change, and the gene it implies."""

    start: int
    end: int
    change: Change
    implied: str = ""


_BOUND = r"(?<![A-Za-z0-9.])"
_PROTEIN = re.compile(_BOUND + notation.PROTEIN.pattern)
_PREFIXED = re.compile(_BOUND + notation.PREFIXED.pattern)
_SPACED = re.compile(_BOUND + "(?:" + notation.SPACED.pattern + ")")
_WORDS = re.compile(_BOUND + "(?:" + notation.WORDS.pattern + ")", re.IGNORECASE)
_DNA = re.compile(r"(?<![A-Za-z0-9])" + notation.DNA.pattern)
_DNA_WORDS = re.compile(_BOUND + notation.DNA_WORDS.pattern)
_ALTERNATIVES = re.compile(r"/(?:[ACDEFGHIKLMNPQRSTVWYX](?![A-Za-z0-9]))")
_CODON = re.compile(
    rf"(?P<head>(?:{G}[\s-]+)?(?:exon\s\d+\s)?codons?\s)(?P<list>\d{{1,4}}(?:(?:\s?[,/]\s?|,?\s(?:and|or)\s)\d{{1,4}})*)(?P<tail>\s+(?:mutations?|mutants?|mutated)(?![a-z]))?"
)
_SITE = re.compile(
    rf"(?P<gene>{G})[\s_-]?(?:p\.)?(?:(?P<res>[ACDEFGHIKLMNPQRVW])|(?P<phos>[STY]))(?P<pos>\d{{2,4}})(?![A-Za-z0-9_*>])(?!\.\d)(?!\s?[-/]\s?\d)(?P<mut>[\s-](?:mut|codon|substitution|hotspot))?"
)

# exons: "exon 19 deletion(s)", "Ex19del", "19del", "Del19", "deletions in exon 19", "exon 14 skipping", "exon 11 mutant"
_EX = r"(?:exons?|ex\.?)[\s-]?"
_EXON_OPS = (
    (r"(?:in-?frame\s+)?(?:deletions?/insertions?|deletion-insertions?|insertions?/deletions?|indels?|delins)", "deletion-insertion", "indel"),
    (r"(?:(?:in-?frame|microscopic|small|activating)\s+)?(?:deletions?|dels?|deleted)", "deletion", "deletion"),
    (r"(?:(?:in-?frame|activating)\s+)?(?:insertions?|ins)", "insertion", "insertion"),
    (r"(?:duplications?|dup)", "duplication", "duplication"),
    (r"(?:skipping|skipped|skip|splicing|splice[\s-]site)", "skipping", "exon_skipping"),
    (r"(?:(?:point|activating|missense|primary|secondary|kinase)\s+)?(?:mutations?|mutants?|mutated|mut|variants?)", "mutation", "exon_mutation"),
    (r"(?:alterations?|aberrations?|altered)", "alteration", "exon_mutation"),
)
_EXON_OP = "|".join(f"(?P<op{i}>{p})" for i, (p, _, _) in enumerate(_EXON_OPS))
_EXON = re.compile(
    rf"(?<![A-Za-z0-9-])(?:non-)?(?P<span>(?:Δ|\N{{INCREMENT}})?{_EX}(?P<n>\d{{1,2}}(?:\s?[–-]\s?\d{{1,2}})?)(?P<more>(?:\s?[,/]\s?(?:or\s|and\s)?|\s(?:and|or)\s)(?:exons?\s)?\d{{1,2}})*[\s-]*(?:{_EXON_OP})(?![A-Za-z]))",
    re.IGNORECASE,
)
_IN_EXON = re.compile(
    rf"(?<![A-Za-z-])(?P<span>(?:{_EXON_OP})(?:\s+mutations?)?\s+(?:in|of|within|at)\s+(?:the\s+)?(?:(?P<gene>{G})\s+)?{_EX}(?P<n>\d{{1,2}}))(?!\d)",
    re.IGNORECASE,
)
_EXON_GENE = re.compile(rf"(?<![A-Za-z0-9-])(?P<span>{_EX}(?P<n>\d{{1,2}})\s(?P<gene>{G})[\s-](?:{_EXON_OP}))(?![A-Za-z])", re.IGNORECASE)
_SHORT_DEL = re.compile(r"(?<![A-Za-z0-9-])(?P<span>(?:del|Del|DEL)[\s-]?19|[Ee]?19[\s-]?(?:del|DEL|Del)|E?20ins)(?![A-Za-z0-9])")
_BARE_EXON = re.compile(r"(?<![A-Za-z0-9])(?P<span>[Ee]xon\s(?P<n>\d{1,2}))(?![\d-])(?!\s?(?:of|to|skipping|sequenc|primers?|[–-]))")
_GLUED_EXON = re.compile(
    rf"(?P<gene>{G})[\s_-]?(?:Δ|\N{{INCREMENT}})?[eE]x(?:on)?[\s-]?(?P<n>14)(?![0-9])(?!\s?(?:skip|del|ins|mut|alter|splic))(?:\s?[Δ\N{{INCREMENT}}])?"
)

_ROMAN = {"i": "I", "ii": "II", "iii": "III", "1": "I", "2": "II", "3": "III"}
_CLASS = re.compile(
    r"(?<![A-Za-z])(?<!MHC )(?<!HLA )(?P<head>[Cc]lass(?:es)?\s)(?P<list>(?:I{1,3}|[123])(?![A-Za-z0-9])(?:(?:\s?[,/]\s?(?:and\s|or\s)?|\s(?:and|or)\s)(?:[Cc]lass\s)?(?:I{1,3}|[123])(?![A-Za-z0-9]))*)"
)
_NON_V600 = re.compile(r"non-V600[EK]?(?![A-Za-z0-9])")
_MEMBER = re.compile(r"I{1,3}|\d+")

# what looks like a residue change and is not; the left-hand strings are cell lines, media, antibodies, isotopes, proteasomes
_LOOKALIKE = re.compile(
    r"(?:T47D|S100[A-Z]|F12K|C33A|T84[A-Z]?|V79[A-Z]?|H9C2|L929[A-Z]?|P19[A-Z]|T24[A-Z]|K562[A-Z]|A549[A-Z]|A375[A-Z]|A431[A-Z]|A498[A-Z]|A2780[A-Z]|A172[A-Z]"
    r"|H(?:23|358|441|460|520|522|727|1299|1650|1703|1792|1838|1975|1993|2009|2030|2122|2228|3122|3255)[A-Z]|D17S|D[0-9]+S|S35[A-Z]|P32[A-Z]|N1S1|W12[A-Z]|T98G|K1[0-9][A-Z]|N2A|C6[A-Z])$"
)
_CODE_AFTER = re.compile(r"(?:-\d|\s?(?:medium|media|agar|cell line|strain))")


#: what every text has that has a change of the kind; looking for it costs far less than looking for the change
_RESIDUE = re.compile(r"[A-Z](?<![A-Za-z0-9].)(?:[a-z]{2})?[1-9]", re.DOTALL)
_PREFIXED_GATE = re.compile(r"[lspaΔ][\s-]?\(?[A-Z](?:[a-z]{2})?[1-9]")
_DNA_GATE = re.compile(r"[cgmnr](?<![A-Za-z0-9].)\.", re.DOTALL)
_BARE_DNA_GATE = re.compile(r"[ACGT](?:\s?(?:-{0,3}>|→|=>)|\s?[–-]\d\d|/[ACGT](?![A-Za-z0-9/]))")
_BARE_INDEL_GATE = re.compile(r"(?:del|ins|dup)\s?[ACGT\d]|[1-9]\s?[A-Z]\s?-?ins\b")
_DNA_LETTER_GATE = re.compile(r"[ACGT](?<![A-Za-z0-9.].)(?:\s?-{0,2}>|\sto\s|-to-)", re.DOTALL)
_DNA_WORD_GATE = re.compile(r"ine(?:\s?-{0,2}>|\sto\s|-to-)")
_RSID_GATE = re.compile(r"[rR](?<![A-Za-z0-9].)[sS]\s?\d", re.DOTALL)
_SPACED_HEAD = re.compile(r"[A-Z][a-z]{2}\s?[\s(\[-]?[1-9]")
_ARROW_HEAD = re.compile(r"[A-Z](?<![A-Za-z].)[a-z]{2}\s?(?:-{0,3}>|→|=>)", re.DOTALL)
#: residues by which a change in words begins
_RESIDUE_WORDS = tuple(sorted(word for word in notation.AA_WORDS if word.endswith(("ine", "ate", "ic", "phan"))))
_CLASS_GATE = re.compile(r"lass(?:es)?\s[I123]")
_EXON_GATE = re.compile(r"ex(?:ons?|\.)?[\s-]?\d", re.IGNORECASE)
_SHORT_DEL_GATE = re.compile(r"19[\s-]?(?:del|DEL|Del)|20ins|(?:del|Del|DEL)[\s-]?19")


def find_named(masked: MaskedText) -> list[Named]:
    """Return the changes named in the text, longest reading first where two overlap, in order of place."""
    text = masked.text
    found = [*_hgvs(text), *_spelled(text), *_classes(text), *_codons(text), *_sites(text), *_exons(text)]
    kept: list[Named] = []
    reach = 0  # where the last of those kept ends: past it nothing overlaps, and ten thousand changes need not be compared with each other
    for item in sorted(found, key=lambda n: (n.start, -n.end)):
        if item.start >= reach or not any(k.start < item.end and item.start < k.end and not _shares_head(k, item) for k in kept):
            kept.append(item)
            reach = max(reach, item.end)
    return sorted(kept, key=lambda n: (n.start, n.end))


def _shares_head(a: Named, b: Named) -> bool:
    return a.start == b.start and a.end != b.end and a.change.kind == b.change.kind and a.change.kind not in ("dna",)


def _hgvs(text: str) -> Iterator[Named]:
    for match in _DNA.finditer(text) if _DNA_GATE.search(text) else ():
        yield Named(match.start(), match.end(), notation.dna_change(match))
    for match in _proteins(text):
        change = notation.protein_change(match)
        if not _plausible(match, change, text):
            continue
        start, end = _trim(match)
        yield Named(start, end, change)
        yield from _alternatives(text, start, end, change)
    for match in _PREFIXED.finditer(text) if _PREFIXED_GATE.search(text) else ():
        yield Named(match.start(), match.end(), notation.prefixed_change(match))
    for pattern, gates in ((notation.BARE_DNA, (_BARE_DNA_GATE, _BARE_INDEL_GATE)), (_DNA_WORDS, (_DNA_LETTER_GATE, _DNA_WORD_GATE))):
        for match in pattern.finditer(text) if any(gate.search(text) for gate in gates) else ():
            yield Named(match.start(), match.end(), notation.dna_change(match))
    for match in notation.RSID.finditer(text) if _RSID_GATE.search(text) else ():
        yield Named(match.start(), match.end(), Change(re.sub(r"\s", "", match[0]).lower(), "rsid"))


def _proteins(text: str) -> Iterator[re.Match[str]]:
    """The matches of `_PROTEIN`, which begin at a residue or at the "p. (" in front of it, or else at a reference sequence."""
    if "NM_" in text or "NP_" in text:
        return _PROTEIN.finditer(text)
    residues = (found.start() for found in _RESIDUE.finditer(text))
    return find_from(_PROTEIN, text, {place for at in residues for place in range(max(0, at - 4), at + 1)})


def _spelled(text: str) -> Iterator[Named]:
    for match in find_from(_SPACED, text, (head.start() for head in _SPACED_HEAD.finditer(text))):
        yield Named(match.start(), match.end(), notation.spelled_change(match))
    places = places_of(text.lower(), _RESIDUE_WORDS) if len(text.lower()) == len(text) else set(range(len(text)))
    places.update(head.start() for head in _ARROW_HEAD.finditer(text))
    for match in find_from(_WORDS, text, places):
        yield Named(match.start(), match.end(), notation.spelled_change(match))


def _trim(match: re.Match[str]) -> tuple[int, int]:
    """A bracket with nothing in front of it but the text's own parenthesis is outside."""
    if match["open"] and not match["p"]:
        return match.start() + match[0].index(match["open"]) + 1, match.end() - 1
    return match.span()


def _plausible(match: re.Match[str], change: Change, text: str) -> bool:
    if match["p"] or match[0][1:2].islower():
        return True
    if change.kind not in ("substitution", "nonsense"):
        return change.form not in ("E19del", "E20ins")  # exons, see `_SHORT_DEL`
    glued = text[match.start() - 1 : match.start()] in ("\ue000", "\ue001", "_")
    if change.position < 10 and not glued and not _ANCHOR_LEFT.search(text[max(0, match.start() - 24) : match.start()]):
        return False
    if change.form[-1:] == change.residue and not glued:
        return bool(_ANCHOR_LEFT.search(text[max(0, match.start() - 24) : match.start()]))
    return glued or not (_LOOKALIKE.match(match[0]) or _CODE_AFTER.match(text, match.end()))


_ANCHOR_LEFT = re.compile(rf"(?:{G}[\s(_-]*|[Mm]uta\w*\s\(?|[Vv]ariants?\s\(?|[Ss]ubstitutions?\s\(?|[Pp]olymorphisms?\s\(?)$")


def _alternatives(text: str, start: int, end: int, change: Change) -> Iterator[Named]:
    """ "G12C/D/V": each further letter is a change of the same residue; its span runs from the first."""
    if change.kind != "substitution":
        return
    match = _ALTERNATIVES.match(text, end)
    while match:
        form = f"{change.residue}{change.position}{match[0][1]}"
        yield Named(start, match.end(), replace(change, form=form))
        match = _ALTERNATIVES.match(text, match.end())


def _exon_op(match: re.Match[str]) -> tuple[str, str]:
    i = next(i for i in range(len(_EXON_OPS)) if match[f"op{i}"])
    return _EXON_OPS[i][1:]


def _exon_change(number: str, word: str, kind: str) -> Change:
    tidy = re.sub(r"\s", "", number).replace("–", "-")
    return Change(f"exon {tidy} {word}", kind)


def _exons(text: str) -> Iterator[Named]:
    named = _EXON_GATE.search(text) is not None
    for match in _EXON.finditer(text) if named else ():
        word, kind = _exon_op(match)
        yield Named(match.start("span"), match.end("span"), _exon_change(match["n"], word, kind))
        if match["more"]:
            tail = text[match.end("n") : match.end("span")]
            for more in re.finditer(r"(?:exons?\s)?(\d{1,2})", tail):
                yield Named(match.end("n") + more.start(), match.end("span"), _exon_change(more[1], word, kind))
    for match in (*_IN_EXON.finditer(text), *_EXON_GENE.finditer(text)) if named else ():
        yield Named(match.start("span"), match.end("span"), _exon_change(match["n"], *_exon_op(match)))
    for match in _SHORT_DEL.finditer(text) if _SHORT_DEL_GATE.search(text) else ():
        number, word = ("20", "insertion") if "20" in match[0] else ("19", "deletion")
        yield Named(match.start("span"), match.end("span"), _exon_change(number, word, word), implied="EGFR")
    for match in _GLUED_EXON.finditer(text) if named else ():
        yield Named(match.end("gene"), match.end(), _exon_change(match["n"], "skipping", "exon_skipping"))


def bare_exons(text: str) -> Iterator[Named]:
    """Yield exons named alone ("Exon 11 was seen in 25 patients"); a lesion only where the text counts mutations by exon."""
    for match in _BARE_EXON.finditer(text):
        yield Named(match.start("span"), match.end("span"), _exon_change(match["n"], "mutation", "exon_mutation"))


def _classes(text: str) -> Iterator[Named]:
    for match in _CLASS.finditer(text) if _CLASS_GATE.search(text) else ():
        for member in _MEMBER.finditer(match["list"]):
            change = Change(f"class {_ROMAN[member[0].lower()]} mutation", "class_mutation")
            yield Named(match.start(), match.start("list") + member.end(), change, implied="BRAF")
    for match in _NON_V600.finditer(text):
        yield Named(match.start(), match.end(), Change("non-V600 mutation", "class_mutation"), implied="BRAF")


def _codons(text: str) -> Iterator[Named]:
    for match in _CODON.finditer(text) if "codon" in text else ():
        if not (match["tail"] or "\ue000" in match["head"]):
            continue
        numbers = list(re.finditer(r"\d+", match["list"]))
        for i, number in enumerate(numbers):
            start = match.start("head") + match["head"].index("codon") if i == 0 else match.start("list") + number.start()
            yield Named(start, match.end(), Change(f"codon {number[0]} mutation", "codon"))


def _sites(text: str) -> Iterator[Named]:
    """ "KRAS G12", "BRAF V600-mutant"; serines, threonines and tyrosines are sites of phosphorylation unless said to be mutated."""
    for match in _SITE.finditer(text):
        residue = match["res"] or match["phos"]
        if match["res"] or match["mut"]:
            start = match.start("res") if match["res"] else match.start("phos")
            yield Named(start, match.end("pos"), Change(f"{residue}{match['pos']}", "codon", residue, int(match["pos"])))
