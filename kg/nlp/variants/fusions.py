"""Fusions with two named partners: "EML4-ALK", "NPM/ALK", "BCR::ABL1", "EZR exon 10-ROS1 exon 34 rearrangement".

Rule: two genes joined by "::" or followed by a word of fusion are a fusion; joined by a bare hyphen or slash they are one only if the
pair is a known fusion ("AXL-MYC", "MEK/ERK", "PD-1/PD-L1" are not). The 5' partner comes first in the name, also where
the text has the old reversed order of a known pair. Sources of the known pairs: CIViC variant names (CC0) and the fusions
listed in WHO tumour classifications.
"""

# ruff: noqa: E501 -- a row of a table of patterns stays on one line
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.nlp.variants.masking import G, MaskedText

#: genes whose "-positive", "+", "rearranged" mean a fusion, with the kinase as the 3' partner (FGFRs 5')
FUSION_GENES = frozenset(
    ["ALK", "ROS1", "RET", "NTRK1", "NTRK2", "NTRK3", "NTRK", "NRG1", "FGFR2", "FGFR3", "FGFR1", "ABL1", "PDGFRB", "PDGFRA", "JAK2", "KMT2A", "TFE3"]
)
POSITIVE_IS_FUSION = frozenset(["ALK", "ROS1", "RET", "NTRK1", "NTRK2", "NTRK3", "NTRK", "NRG1"])

#: names of partners as fusions are written, where they differ from today's symbol
PARTNER_ALIASES = {
    "NPM": "NPM1", "BCR": "BCR", "ABL": "ABL1", "ABL1": "ABL1", "TEL": "ETV6", "AML1": "RUNX1", "ETO": "RUNX1T1", "MLL": "KMT2A", "AF9": "MLLT3",
    "AF4": "AFF1", "AF6": "AFDN", "AF10": "MLLT10", "ENL": "MLLT1", "E2A": "TCF3", "PBX": "PBX1", "EWS": "EWSR1", "FLI": "FLI1", "PML": "PML", "RARA": "RARA",
    "RARα": "RARA", "RARalpha": "RARA", "FIG": "GOPC", "CBFβ": "CBFB", "CBFbeta": "CBFB", "PDGFRα": "PDGFRA", "PDGFRβ": "PDGFRB", "ZNF198": "ZMYM2", "EML4": "EML4",
    "KIF5B": "KIF5B", "CD74": "CD74", "SDC4": "SDC4", "CCDC6": "CCDC6", "NCOA4": "NCOA4", "TPM3": "TPM3", "LMNA": "LMNA", "ETV6": "ETV6", "TRKA": "NTRK1",
    "TRKB": "NTRK2", "TRKC": "NTRK3", "SYT": "SS18", "SSX": "SSX1", "IGH": "IGH", "MYH11": "MYH11", "EZR": "EZR", "SLC34A2": "SLC34A2", "STRN": "STRN", "HIP1": "HIP1",
    "FIP1L1": "FIP1L1", "TACC3": "TACC3", "BICC1": "BICC1", "BRD4": "BRD4", "NUT": "NUTM1", "KIAA1549": "KIAA1549", "TMPRSS2": "TMPRSS2", "RANBP2": "RANBP2",
}  # fmt: skip

KNOWN = frozenset(
    [
        "EML4::ALK",
        "KIF5B::ALK",
        "KLC1::ALK",
        "TFG::ALK",
        "NPM1::ALK",
        "CLTC::ALK",
        "STRN::ALK",
        "HIP1::ALK",
        "RANBP2::ALK",
        "CAD::ALK",
        "TPM3::ALK",
        "TPM4::ALK",
        "CARS1::ALK",
        "ATIC::ALK",
        "SEC31A::ALK",
        "DCTN1::ALK",
        "KANK4::ALK",
        "SQSTM1::ALK",
        "FN1::ALK",
        "CD74::ROS1",
        "EZR::ROS1",
        "SLC34A2::ROS1",
        "SDC4::ROS1",
        "TPM3::ROS1",
        "GOPC::ROS1",
        "LRIG3::ROS1",
        "CCDC6::ROS1",
        "TFG::ROS1",
        "SLC4A4::ROS1",
        "KIF5B::RET",
        "CCDC6::RET",
        "NCOA4::RET",
        "TRIM33::RET",
        "KIAA1468::RET",
        "PRKAR1A::RET",
        "ETV6::NTRK3",
        "ETV6::NTRK2",
        "ETV6::NTRK1",
        "TPM3::NTRK1",
        "LMNA::NTRK1",
        "TPR::NTRK1",
        "SQSTM1::NTRK1",
        "MPRIP::NTRK1",
        "CD74::NTRK1",
        "EML4::NTRK3",
        "STRN::NTRK2",
        "VCL::NTRK2",
        "QKI::NTRK2",
        "BCR::ABL1",
        "BCR::ABL",
        "ETV6::ABL1",
        "NUP214::ABL1",
        "ZMIZ1::ABL1",
        "SFPQ::ABL1",
        "RANBP2::ABL1",
        "BCR::JAK2",
        "PCM1::JAK2",
        "ETV6::JAK2",
        "PAX5::JAK2",
        "SSBP2::JAK2",
        "BCR::PDGFRA",
        "BCR::FGFR1",
        "FIP1L1::PDGFRA",
        "ETV6::PDGFRB",
        "EBF1::PDGFRB",
        "FGFR3::TACC3",
        "FGFR1::TACC1",
        "FGFR2::BICC1",
        "FGFR2::TACC3",
        "FGFR2::AHCYL1",
        "FGFR3::BAIAP2L1",
        "ZMYM2::FGFR1",
        "CNTRL::FGFR1",
        "CD74::NRG1",
        "SLC3A2::NRG1",
        "SDC4::NRG1",
        "ATP1B1::NRG1",
        "KIAA1549::BRAF",
        "AGK::BRAF",
        "TRIM24::BRAF",
        "SND1::BRAF",
        "QKI::RAF1",
        "SRGAP3::RAF1",
        "TMPRSS2::ERG",
        "TMPRSS2::ETV1",
        "PML::RARA",
        "PLZF::RARA",
        "ZBTB16::RARA",
        "RUNX1::RUNX1T1",
        "ETV6::RUNX1",
        "CBFB::MYH11",
        "KMT2A::MLLT3",
        "KMT2A::AFF1",
        "KMT2A::MLLT1",
        "KMT2A::AFDN",
        "KMT2A::MLLT10",
        "TCF3::PBX1",
        "TCF3::HLF",
        "DEK::NUP214",
        "NUP98::NSD1",
        "NUP98::HOXA9",
        "KAT6A::CREBBP",
        "RBM15::MRTFA",
        "PICALM::MLLT10",
        "STIL::TAL1",
        "EWSR1::FLI1",
        "EWSR1::ERG",
        "EWSR1::WT1",
        "EWSR1::ATF1",
        "EWSR1::CREB1",
        "EWSR1::NR4A3",
        "EWSR1::DDIT3",
        "FUS::DDIT3",
        "FUS::CREB3L2",
        "SS18::SSX1",
        "SS18::SSX2",
        "SS18::SSX4",
        "SS18::SSX",
        "PAX3::FOXO1",
        "PAX7::FOXO1",
        "PAX8::PPARG",
        "ASPSCR1::TFE3",
        "COL1A1::PDGFB",
        "NAB2::STAT6",
        "CRTC1::MAML2",
        "MYB::NFIB",
        "BRD4::NUTM1",
        "BRD3::NUTM1",
        "DNAJB1::PRKACA",
        "CIC::DUX4",
        "BCOR::CCNB3",
        "YAP1::TFE3",
        "WWTR1::CAMTA1",
        "HEY1::NCOA2",
        "ZFTA::RELA",
        "IGH::BCL2",
        "IGH::MYC",
        "IGH::CCND1",
        "BIRC3::MALT1",
        "P2RY8::CRLF2",
        "IGH::CRLF2",
        "MEF2D::CSF1R",
        "EGFR::SEPTIN14",
        "EGFR::RAD51",
        "CLIP1::LTK",
        "TPM3::ROS1",
        "HLA-DRB1::MET",
        "KIF5B::MET",
        "TFG::MET",
        "PTPRZ1::MET",
        "CAPZA2::MET",
    ]
)

_ALIASES = {
    "NPM": "NPM1", "BCR": "BCR", "ABL": "ABL1", "ABL1": "ABL1", "TEL": "ETV6", "AML1": "RUNX1", "ETO": "RUNX1T1", "MLL": "KMT2A", "AF9": "MLLT3",
    "AF4": "AFF1", "AF6": "AFDN", "AF10": "MLLT10", "ENL": "MLLT1", "E2A": "TCF3", "PBX": "PBX1", "EWS": "EWSR1", "FLI": "FLI1", "PML": "PML", "RARA": "RARA",
    "RARα": "RARA", "RARalpha": "RARA", "FIG": "GOPC", "CBFβ": "CBFB", "CBFbeta": "CBFB", "PDGFRα": "PDGFRA", "PDGFRβ": "PDGFRB", "ZNF198": "ZMYM2", "EML4": "EML4",
    "KIF5B": "KIF5B", "CD74": "CD74", "SDC4": "SDC4", "CCDC6": "CCDC6", "NCOA4": "NCOA4", "TPM3": "TPM3", "LMNA": "LMNA", "ETV6": "ETV6", "TRKA": "NTRK1",
    "TRKB": "NTRK2", "TRKC": "NTRK3", "SYT": "SS18", "SSX": "SSX1", "IGH": "IGH", "MYH11": "MYH11", "EZR": "EZR", "SLC34A2": "SLC34A2", "STRN": "STRN", "HIP1": "HIP1",
    "FIP1L1": "FIP1L1", "TACC3": "TACC3", "BICC1": "BICC1", "BRD4": "BRD4", "NUT": "NUTM1", "KIAA1549": "KIAA1549", "TMPRSS2": "TMPRSS2", "RANBP2": "RANBP2",
}  # fmt: skip

KNOWN = frozenset(
    [
        "EML4::ALK",
        "KIF5B::ALK",
        "KLC1::ALK",
        "TFG::ALK",
        "NPM1::ALK",
        "CLTC::ALK",
        "STRN::ALK",
        "HIP1::ALK",
        "RANBP2::ALK",
        "CAD::ALK",
        "TPM3::ALK",
        "TPM4::ALK",
        "CARS1::ALK",
        "ATIC::ALK",
        "SEC31A::ALK",
        "DCTN1::ALK",
        "KANK4::ALK",
        "SQSTM1::ALK",
        "FN1::ALK",
        "CD74::ROS1",
        "EZR::ROS1",
        "SLC34A2::ROS1",
        "SDC4::ROS1",
        "TPM3::ROS1",
        "GOPC::ROS1",
        "LRIG3::ROS1",
        "CCDC6::ROS1",
        "TFG::ROS1",
        "SLC4A4::ROS1",
        "KIF5B::RET",
        "CCDC6::RET",
        "NCOA4::RET",
        "TRIM33::RET",
        "KIAA1468::RET",
        "PRKAR1A::RET",
        "ETV6::NTRK3",
        "ETV6::NTRK2",
        "ETV6::NTRK1",
        "TPM3::NTRK1",
        "LMNA::NTRK1",
        "TPR::NTRK1",
        "SQSTM1::NTRK1",
        "MPRIP::NTRK1",
        "CD74::NTRK1",
        "EML4::NTRK3",
        "STRN::NTRK2",
        "VCL::NTRK2",
        "QKI::NTRK2",
        "BCR::ABL1",
        "BCR::ABL",
        "ETV6::ABL1",
        "NUP214::ABL1",
        "ZMIZ1::ABL1",
        "SFPQ::ABL1",
        "RANBP2::ABL1",
        "BCR::JAK2",
        "PCM1::JAK2",
        "ETV6::JAK2",
        "PAX5::JAK2",
        "SSBP2::JAK2",
        "BCR::PDGFRA",
        "BCR::FGFR1",
        "FIP1L1::PDGFRA",
        "ETV6::PDGFRB",
        "EBF1::PDGFRB",
        "FGFR3::TACC3",
        "FGFR1::TACC1",
        "FGFR2::BICC1",
        "FGFR2::TACC3",
        "FGFR2::AHCYL1",
        "FGFR3::BAIAP2L1",
        "ZMYM2::FGFR1",
        "CNTRL::FGFR1",
        "CD74::NRG1",
        "SLC3A2::NRG1",
        "SDC4::NRG1",
        "ATP1B1::NRG1",
        "KIAA1549::BRAF",
        "AGK::BRAF",
        "TRIM24::BRAF",
        "SND1::BRAF",
        "QKI::RAF1",
        "SRGAP3::RAF1",
        "TMPRSS2::ERG",
        "TMPRSS2::ETV1",
        "PML::RARA",
        "PLZF::RARA",
        "ZBTB16::RARA",
        "RUNX1::RUNX1T1",
        "ETV6::RUNX1",
        "CBFB::MYH11",
        "KMT2A::MLLT3",
        "KMT2A::AFF1",
        "KMT2A::MLLT1",
        "KMT2A::AFDN",
        "KMT2A::MLLT10",
        "TCF3::PBX1",
        "TCF3::HLF",
        "DEK::NUP214",
        "NUP98::NSD1",
        "NUP98::HOXA9",
        "KAT6A::CREBBP",
        "RBM15::MRTFA",
        "PICALM::MLLT10",
        "STIL::TAL1",
        "EWSR1::FLI1",
        "EWSR1::ERG",
        "EWSR1::WT1",
        "EWSR1::ATF1",
        "EWSR1::CREB1",
        "EWSR1::NR4A3",
        "EWSR1::DDIT3",
        "FUS::DDIT3",
        "FUS::CREB3L2",
        "SS18::SSX1",
        "SS18::SSX2",
        "SS18::SSX4",
        "SS18::SSX",
        "PAX3::FOXO1",
        "PAX7::FOXO1",
        "PAX8::PPARG",
        "ASPSCR1::TFE3",
        "COL1A1::PDGFB",
        "NAB2::STAT6",
        "CRTC1::MAML2",
        "MYB::NFIB",
        "BRD4::NUTM1",
        "BRD3::NUTM1",
        "DNAJB1::PRKACA",
        "CIC::DUX4",
        "BCOR::CCNB3",
        "YAP1::TFE3",
        "WWTR1::CAMTA1",
        "HEY1::NCOA2",
        "ZFTA::RELA",
        "IGH::BCL2",
        "IGH::MYC",
        "IGH::CCND1",
        "BIRC3::MALT1",
        "P2RY8::CRLF2",
        "IGH::CRLF2",
        "MEF2D::CSF1R",
        "EGFR::SEPTIN14",
        "EGFR::RAD51",
        "CLIP1::LTK",
        "TPM3::ROS1",
        "HLA-DRB1::MET",
        "KIF5B::MET",
        "TFG::MET",
        "PTPRZ1::MET",
        "CAPZA2::MET",
    ]
)

#: genes known to fuse
FUSED = FUSION_GENES | frozenset(g for pair in KNOWN for g in pair.split("::")) | {"MYC", "BCL6", "BCL2", "CCND1"}

_ALIASES = {g: g for pair in KNOWN for g in pair.split("::")} | PARTNER_ALIASES

HEAD = r"(?:(?:gene|oncogenic|oncogene|chimeric|transcript|in-frame)\s+)?(?:fusions?|rearrangements?|rearranged|translocations?|translocated|inversions?|chimera|fused)(?![a-z])"
_NAME = r"[A-Z][A-Za-z0-9αβ]{1,9}"
_BREAK = r"(?:\s?(?:exons?|introns?|e|E|ex)\s?\d{1,2})"
_PAIR = re.compile(
    rf"(?<![A-Za-z0-9/:-])(?P<a>{G}|{_NAME})(?P<ba>{_BREAK})?\s?(?P<join>::|[-–‑]|/|;\s?)\s?(?P<b>{G}|{_NAME})(?P<bb>{_BREAK})?(?![A-Za-z0-9:])"
    rf"(?P<head>[\s-]+{HEAD})?(?P<var>\s+(?:fusion\s+)?variants?\s?(?:\d[a-c]?|[Vv]\d)(?![A-Za-z0-9])(?:/[a-c])?)?"
)
_OF_TWO = re.compile(rf"fusions?\s+(?:of|between|involving)\s+(?:the\s+)?(?P<a>{G})\s+(?:and|to|with)\s+(?:the\s+)?(?P<b>{G})")
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
        if match["join"] != "::" and "\ue000" not in match[0] and (match["a"] not in _ALIASES or match["b"] not in _ALIASES):
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
        return _ALIASES.get(written) or masked.gene(start).symbol
    if text.upper() != text:
        return _ALIASES.get(text)
    return _ALIASES.get(text) or resolve_gene(text) or (text if "::" in masked.text[max(0, start - 2) : start + len(text) + 2] else None)


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
            a, b = (_ALIASES.get(x, x) for x in whole.groups())
            if f"{a}::{b}" in KNOWN or f"{b}::{a}" in KNOWN:
                head = re.match(rf"[\s-]+{HEAD}", masked.text[gene.end :])
                found.append(Fusion(gene.start, gene.end + (head.end() if head else 0), _ordered(a, b), ""))
    return found
