"""Fusions with two named partners: "EML4-ALK", "NPM/ALK", "BCR::ABL1", "EZR exon 10-ROS1 exon 34 rearrangement".

Rule: two genes joined by "::" or followed by a word of fusion are a fusion; joined by a bare hyphen or slash they are one only if the
pair is a known fusion ("AXL-MYC", "MEK/ERK", "PD-1/PD-L1" are not). The 5' partner comes first in the name, also where
the text has the old reversed order of a known pair.
"""

# ruff: noqa: E501 -- a row of a table of patterns stays on one line
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.nlp.variants.fusion_pairs import ALIASES, FUSION_GENES, KNOWN
from kg.nlp.variants.masking import G, MaskedText

HEAD = r"(?:(?:gene|oncogenic|oncogene|chimeric|transcript|in-frame)\s+)?(?:fusions?|rearrangements?|rearranged|translocations?|translocated|inversions?|chimera|fused)(?![a-z])"
_NAME = r"[A-Z][A-Za-z0-9αβ]{1,9}"
_BREAK = r"(?:\s?(?:exons?|introns?|e|E|ex)\s?\d{1,2})"
_PAIR = re.compile(
    rf"(?P<a>[\ue000A-Z](?<![A-Za-z0-9/:-].)(?:(?<=\ue000)\ue001*|(?<=[A-Z])[A-Za-z0-9αβ]{{1,9}}))(?P<ba>{_BREAK})?\s?(?P<join>::|[-–‑]|/|;\s?)\s?(?P<b>{G}|{_NAME})(?P<bb>{_BREAK})?(?![A-Za-z0-9:])"
    rf"(?P<head>[\s-]+{HEAD})?(?P<var>\s+(?:fusion\s+)?variants?\s?(?:\d[a-c]?|[Vv]\d)(?![A-Za-z0-9])(?:/[a-c])?)?"
)
#: what may stand before a partner's name: "the", "a nucleolar protein gene,"
_CALLED = r"(?:(?:the|an?)\s+)?(?:(?:[a-z-]+\s+){0,4}(?:gene|protein|kinase|receptor|locus),?\s+)?"
_OF_TWO = re.compile(
    rf"[Ff]us(?:ions?|ed)\s+(?:of|between|involving)\s+{_CALLED}(?P<a>{G})(?:\s+(?:gene|kinase|protein))?,?\s+(?:and|to|with)\s+{_CALLED}(?P<b>{G})"
)
_WHOLE = re.compile(r"(.+?)(?:::|-|/|–)(.+)")


@dataclass(frozen=True, slots=True)
class Fusion:
    """A named fusion: span, partners (5' first), and the transcript variant when given ("variant 3")."""

    start: int
    end: int
    partners: tuple[str, str]
    detail: str


def find_fusions(masked: MaskedText, resolve_gene: Callable[[str], str | None]) -> list[Fusion]:
    """Return the fusions with two named partners."""
    found = []
    for match in _PAIR.finditer(masked.text):
        if match["join"] != "::" and "\ue000" not in match[0] and (match["a"] not in ALIASES or match["b"] not in ALIASES):
            continue
        fusion = _fusion(match, masked, resolve_gene)
        if fusion:
            found.append(fusion)
    for match in _OF_TWO.finditer(masked.text):
        found.append(Fusion(match.start(), match.end(), _ordered(masked.gene(match.start("a")).symbol, masked.gene(match.start("b")).symbol), ""))
    found += _single_mentions(masked)
    return found


def _partner(text: str, start: int, masked: MaskedText, resolve_gene: Callable[[str], str | None]) -> str | None:
    if text[0] == "\ue000":
        written = masked.original[start : start + len(text)]
        return ALIASES.get(written) or masked.gene(start).symbol
    if text.upper() != text:
        return ALIASES.get(text)
    return ALIASES.get(text) or resolve_gene(text) or (text if "::" in masked.text[max(0, start - 2) : start + len(text) + 2] else None)


def _fusion(match: re.Match[str], masked: MaskedText, resolve_gene: Callable[[str], str | None]) -> Fusion | None:
    join = match["join"].strip()
    if join == ";" and not (match["ba"] and match["bb"]):
        return None
    a = _partner(match["a"], match.start("a"), masked, resolve_gene)
    b = _partner(match["b"], match.start("b"), masked, resolve_gene)
    if not a or not b or a == b:
        return None
    known = f"{a}::{b}" in KNOWN or f"{b}::{a}" in KNOWN
    listed = join == "/" and a in FUSION_GENES and b in FUSION_GENES  # "ROS1/NTRK fusions" are two
    if not (join == "::" or known or (match["head"] and not listed)):
        return None
    end = match.end("head") if match["head"] else match.end("bb") if match["bb"] else match.end("b")
    detail = " ".join((match["var"] or "").replace("fusion", "").split())
    return Fusion(match.start(), end, _ordered(a, b), detail)


def _ordered(a: str, b: str) -> tuple[str, str]:
    return (b, a) if f"{a}::{b}" not in KNOWN and f"{b}::{a}" in KNOWN else (a, b)


def _single_mentions(masked: MaskedText) -> list[Fusion]:
    """Fusions that the caller's dictionary took for one gene ("BCR-ABL", "PML-RARA")."""
    found = []
    for gene in masked.genes:
        whole = _WHOLE.fullmatch(masked.original[gene.start : gene.end])
        if whole:
            a, b = (ALIASES.get(x, x) for x in whole.groups())
            if f"{a}::{b}" in KNOWN or f"{b}::{a}" in KNOWN:
                head = re.match(rf"[\s-]+{HEAD}", masked.text[gene.end :])
                found.append(Fusion(gene.start, gene.end + (head.end() if head else 0), _ordered(a, b), ""))
    return found
