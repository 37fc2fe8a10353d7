"""The table of known gene fusions, and the names by which texts write their partners.

Rule: a pair stands here when it is a recurrent fusion of a tumour type; the grammar takes a bare "A-B" for a fusion only then. Sources: CIViC
variant names (CC0) and the fusions listed in WHO tumour classifications.
"""

from __future__ import annotations

#: genes whose "-positive", "+", "rearranged" mean a fusion, with the kinase as the 3' partner (FGFRs 5')
FUSION_GENES = frozenset(
    ["ALK", "ROS1", "RET", "NTRK1", "NTRK2", "NTRK3", "NTRK", "NRG1", "FGFR2", "FGFR3", "FGFR1", "ABL1", "PDGFRB", "PDGFRA", "JAK2", "KMT2A", "TFE3"]
)
POSITIVE_IS_FUSION = frozenset(["ALK", "ROS1", "RET", "NTRK1", "NTRK2", "NTRK3", "NTRK", "NRG1"])

#: names of partners as fusions are written, where they differ from today's symbol
PARTNER_ALIASES = {
    "NPM": "NPM1", "ABL": "ABL1", "TEL": "ETV6", "AML1": "RUNX1", "ETO": "RUNX1T1", "MLL": "KMT2A", "AF9": "MLLT3", "AF4": "AFF1", "AF6": "AFDN",
    "AF10": "MLLT10", "ENL": "MLLT1", "E2A": "TCF3", "PBX": "PBX1", "EWS": "EWSR1", "FLI": "FLI1", "RARα": "RARA", "RARalpha": "RARA",
    "FIG": "GOPC", "CBFβ": "CBFB", "CBFbeta": "CBFB", "PDGFRα": "PDGFRA", "PDGFRβ": "PDGFRB", "ZNF198": "ZMYM2", "TRKA": "NTRK1", "TRKB": "NTRK2",
    "TRKC": "NTRK3", "SYT": "SS18", "SSX": "SSX1", "NUT": "NUTM1",
}  # fmt: skip

#: 3' partner -> its recurrent 5' partners
_FIVE_PRIME = {
    "ALK": "EML4 KIF5B KLC1 TFG NPM1 CLTC STRN HIP1 RANBP2 CAD TPM3 TPM4 CARS1 ATIC SEC31A DCTN1 KANK4 SQSTM1 FN1",
    "ROS1": "CD74 EZR SLC34A2 SDC4 TPM3 GOPC LRIG3 CCDC6 TFG SLC4A4 TPM3", "RET": "KIF5B CCDC6 NCOA4 TRIM33 KIAA1468 PRKAR1A", "NTRK3": "ETV6 EML4",
    "NTRK2": "ETV6 STRN VCL QKI", "NTRK1": "ETV6 TPM3 LMNA TPR SQSTM1 MPRIP CD74", "ABL1": "BCR ETV6 NUP214 ZMIZ1 SFPQ RANBP2", "ABL": "BCR",
    "JAK2": "BCR PCM1 ETV6 PAX5 SSBP2", "PDGFRA": "BCR FIP1L1", "FGFR1": "BCR ZMYM2 CNTRL", "PDGFRB": "ETV6 EBF1", "TACC3": "FGFR3 FGFR2",
    "TACC1": "FGFR1", "BICC1": "FGFR2", "AHCYL1": "FGFR2", "BAIAP2L1": "FGFR3", "NRG1": "CD74 SLC3A2 SDC4 ATP1B1",
    "BRAF": "KIAA1549 AGK TRIM24 SND1", "RAF1": "QKI SRGAP3", "ERG": "TMPRSS2 EWSR1", "ETV1": "TMPRSS2", "RARA": "PML PLZF ZBTB16",
    "RUNX1T1": "RUNX1", "RUNX1": "ETV6", "MYH11": "CBFB", "MLLT3": "KMT2A", "AFF1": "KMT2A", "MLLT1": "KMT2A", "AFDN": "KMT2A",
    "MLLT10": "KMT2A PICALM", "PBX1": "TCF3", "HLF": "TCF3", "NUP214": "DEK", "NSD1": "NUP98", "HOXA9": "NUP98", "CREBBP": "KAT6A",
    "MRTFA": "RBM15", "TAL1": "STIL", "FLI1": "EWSR1", "WT1": "EWSR1", "ATF1": "EWSR1", "CREB1": "EWSR1", "NR4A3": "EWSR1", "DDIT3": "EWSR1 FUS",
    "CREB3L2": "FUS", "SSX1": "SS18", "SSX2": "SS18", "SSX4": "SS18", "SSX": "SS18", "FOXO1": "PAX3 PAX7", "PPARG": "PAX8", "TFE3": "ASPSCR1 YAP1",
    "PDGFB": "COL1A1", "STAT6": "NAB2", "MAML2": "CRTC1", "NFIB": "MYB", "NUTM1": "BRD4 BRD3", "PRKACA": "DNAJB1", "DUX4": "CIC", "CCNB3": "BCOR",
    "CAMTA1": "WWTR1", "NCOA2": "HEY1", "RELA": "ZFTA", "BCL2": "IGH", "MYC": "IGH", "CCND1": "IGH", "MALT1": "BIRC3", "CRLF2": "P2RY8 IGH",
    "CSF1R": "MEF2D", "SEPTIN14": "EGFR", "RAD51": "EGFR", "LTK": "CLIP1", "MET": "HLA-DRB1 KIF5B TFG PTPRZ1 CAPZA2",
}  # fmt: skip

#: "EML4::ALK" and the like, 5' partner first
KNOWN = frozenset(f"{five}::{three}" for three, partners in _FIVE_PRIME.items() for five in partners.split())

#: every way to write a partner -> its symbol
ALIASES = {g: g for pair in sorted(KNOWN) for g in pair.split("::")} | PARTNER_ALIASES
