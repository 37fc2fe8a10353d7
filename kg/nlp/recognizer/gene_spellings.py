"""A gene in other letters: capitals, Greek letters that were lost in ASCII, numbers, receptors, without the words around its name.

Rule: as of `rewriting`; never from a receptor to its ligand where the receptor has a name of its own.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.nlp.recognizer.rewriting import rewritings, without_brackets

_GREEK = {"a": "alpha", "b": "beta", "g": "gamma", "d": "delta", "e": "epsilon", "k": "kappa"}
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_GENE_HEAD = re.compile(
    r"^(?:human|mouse|murine|rat|soluble|recombinant|endogenous|mutant|mutated|wild-type|total|phosphorylated|phospho|phosphor|anti|circulating|"
    r"plasma|serum|activated|active|cleaved|pro|full-length|the|p)[ -]+",
    re.IGNORECASE,
)
_GENE_HEAD_LETTER = re.compile(r"^[hmrp](?=[A-Z][A-Za-z]*\d|[A-Z]{3})")
_GENE_TAIL = re.compile(
    r"[ -]+(?:proteins?|genes?|(?:tyrosine |protein |serine/threonine )?kinases?|oncoproteins?|mRNAs?|antigens?|(?:proto-)?oncogenes?|enzymes?|transcripts?|"
    r"promoter|polypeptide|peptide|precursor|isoforms?|subunits?|molecules?|homolog(?:ue)?|GTPases?|IR|c?DNA|transcription factors?|"
    r"immunoreactivity|locus|alleles?|homeobox)$",
    re.IGNORECASE,
)
_GREEK_END = re.compile(r"(?<=[A-Za-z0-9])([ -]?)([abgdek])$")
_GREEK_INSIDE = re.compile(r"(?<=[A-Za-z0-9])-([abgdek])(?=-?\d|[ -]|$)")
_GREEK_BEGIN = re.compile(r"^([abgdek])(-?)(?=[a-z]{4}|\d)")
_GREEK_DIGIT = re.compile(r"(?<=\d)([abgd])$|(?<=[A-Z])([abgd])(?=\d?$)|(?<=\d)([abgd])(?=-[a-z]{4})")
_ROMAN_END = re.compile(r"[ -](?:type[ -])?(I|II|III|IV|V)$")
_MICRORNA = re.compile(r"^mi(?:cro)?RNAs?[- ]?(?=\d)", re.IGNORECASE)
_TYPE_END = re.compile(r"[ -]type[ -](\d+)$", re.IGNORECASE)
_JOINT = re.compile(r"[/,]| (?:and|or|&) ")
_LIST = re.compile(r"^(?P<first>[\w -]*?[A-Za-z][\w-]*?\d*[A-Za-z]?)(?:(?:\s?/\s?|, ?| and | or | & )-?[\w/ ,-]+)$")


def gene_spellings(text: str) -> Iterator[str]:
    """Yield a gene's name, then the same in other letters, then without the words around it or the further numbers of a list."""
    return rewritings(text, (without_brackets, _as_symbol, _greek, _numbered, _receptor, _without_head, _without_tail, _first_of_list))


def _as_symbol(text: str) -> Iterable[str]:
    """Return a symbol in capitals: "Bax", "cd63", "b2m"."""
    symbol = text[:1].isupper() or any(c.isdigit() for c in text)
    return [text.upper()] if symbol and not text.isupper() and " " not in text and 3 <= len(text) <= 9 else ()


def _greek(text: str) -> Iterable[str]:
    """Return a text with Greek letters that were lost in ASCII: "IkBa", "b-catenin", "HIF-1a"."""
    out = []
    if found := _GREEK_END.search(text):
        out.append(text[: found.start()] + (found[1] or "-") + _GREEK[found[2]])
        out.append(text[: found.start()] + found[1] + _GREEK[found[2]])
    if found := _GREEK_BEGIN.match(text):
        out.append(_GREEK[found[1]] + "-" + text[found.end() :])
    if found := _GREEK_INSIDE.search(text):
        out.append(text[: found.start(1)] + _GREEK[found[1]] + text[found.end(1) :])
    if found := _GREEK_DIGIT.search(text):
        out.append(text[: found.start()] + "-" * bool(found[3]) + _GREEK[found[0]] + text[found.end() :])
    return out


def _numbered(text: str) -> Iterable[str]:
    """Return other writings of a number: "type II", "miRNA21"."""
    out = []
    if found := _ROMAN_END.search(text):
        out.append(text[: found.start()] + " " + _ROMAN[found[1]])
    if found := _TYPE_END.search(text):
        out.append(text[: found.start()] + " " + found[1])
    if found := _MICRORNA.match(text):
        out.append("miR-" + text[found.end() :])
    return out


def _receptor(text: str) -> Iterable[str]:
    """Return "EPOR" for "Epo receptor", "CRF1R" for "CRF1r", and "ALK" for "ALK receptor" only after that."""
    if found := re.fullmatch(r"([A-Za-z]{2,6}-?\d*[a-z]?)(?: receptors?|r|-R)", text):
        base = found[1]
        return [base + "R", base.upper() + "R", base + (" receptor" if text.endswith(("r", "R")) and " " not in text else "")]
    if found := re.fullmatch(r"(.+) receptors? ?-?(\d+|[a-z]+)", text):
        return [f"{found[1]}R{found[2]}"]
    return ()


def _without_head(text: str) -> Iterable[str]:
    found = _GENE_HEAD_LETTER.match(text) or _GENE_HEAD.match(text)
    return [text[found.end() :]] if found else ()


def _without_tail(text: str) -> Iterable[str]:
    return [_GENE_TAIL.sub("", text)] if _GENE_TAIL.search(text) else ()


def _first_of_list(text: str) -> Iterable[str]:
    """Return "Smad1" for "Smad1/5/8", "SOCS-1" for "SOCS-1 and -3": a mention carries one identifier."""
    found = _LIST.match(text) if _JOINT.search(text) else None  # the first would try every way to cut a plain name
    return [found["first"]] if found else ()
