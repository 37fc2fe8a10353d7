"""What CIViC (CC0) tells of variants: identifiers, dbSNP numbers, and wild-type residues of proteins.

Rule: a residue is kept only if every CIViC variant of the gene that names the position agrees on it.
"""

from __future__ import annotations

import re
from collections import defaultdict

from kg.lexicon.compiler.raw import Sources

AMINO = dict(
    zip(
        ["ALA", "ARG", "ASN", "ASP", "CYS", "GLN", "GLU", "GLY", "HIS", "ILE", "LEU", "LYS", "MET", "PHE", "PRO", "SER", "THR", "TRP", "TYR", "VAL"],
        "ARNDCQEGHILKMFPSTWYV",
        strict=True,
    )
)
_ONE = "ACDEFGHIKLMNPQRSTVWY"
_RESIDUE = re.compile(rf"(?<![A-Z0-9])([{_ONE}])([1-9]\d{{0,3}})(?=[{_ONE}X*_]|fs|del|ins|dup|\b)")
_HGVS = re.compile(r"p\.\(?([A-Z][a-z]{2})([1-9]\d{0,3})(?:_([A-Z][a-z]{2})([1-9]\d{0,3}))?")
_SUBSTITUTION = re.compile(rf"[{_ONE}]\d+[{_ONE}X*]")


def read_civic(sources: Sources, folder: str = "../civic/") -> tuple[dict[tuple[str, int], str], dict[str, set[str]]]:
    """Return residues by gene and position, and CURIEs by canonical variant name."""
    votes: dict[tuple[str, int], set[str]] = defaultdict(set)
    xrefs: dict[str, set[str]] = defaultdict(set)
    for row in sources.table(folder + "2024-08-01-VariantSummaries.tsv.gz", "\t"):
        gene, variant = row["gene"], row["variant"].strip()
        _vote(votes, gene, variant)
        for match in _HGVS.finditer(row["hgvs_descriptions"] or ""):
            for residue, position in ((match[1], match[2]), (match[3], match[4])):
                if residue and residue.upper() in AMINO and row["hgvs_descriptions"].count("NP_"):
                    votes[gene, int(position)].add(AMINO[residue.upper()])
        for name in _names(gene, variant):
            xrefs[name].add("CIVIC:" + row["variant_id"])
            xrefs[name].update("dbSNP:" + r.lower() for r in re.findall(r"\brs\d+\b", row["variant_aliases"] or "", re.I))
    for row in sources.table(folder + "2024-08-01-MolecularProfileSummaries.tsv.gz", "\t"):
        _profile(votes, row["name"] or "")
    for row in sources.table(folder + "evidence_dev.tsv.gz", "\t"):
        _profile(votes, row["molecular_profile"] or "")
    return {k: next(iter(v)) for k, v in votes.items() if len(v) == 1}, dict(xrefs)


def _profile(votes: dict[tuple[str, int], set[str]], name: str) -> None:
    for part in re.split(r" AND | OR |[()]", name.replace("NOT ", "")):
        gene, _, variant = part.strip().partition(" ")
        _vote(votes, gene, variant)


def _vote(votes: dict[tuple[str, int], set[str]], gene: str, variant: str) -> None:
    if "::" in gene or "::" in variant or "c." in variant.split("(")[0]:
        return
    for residue, position in _RESIDUE.findall(variant):
        votes[gene, int(position)].add(residue)


def _names(gene: str, variant: str) -> list[str]:
    """Return the canonical names under which we may know a CIViC variant."""
    low = variant.lower()
    bare = variant.split(" (")[0]
    if "::" in variant:
        left, right = variant.split(" ")[0].split("::")[:2]
        return [f"{right.upper()} fusion" if left == "v" else f"{left} fusion" if right == "v" else f"{left}::{right} fusion"]
    if _SUBSTITUTION.fullmatch(bare):
        return [f"{gene} {bare}"]
    exon = re.fullmatch(r"exon (\d+) (deletion|insertion|mutation|skipping mutation|frameshift|loss)", low)
    if exon:
        return [f"{gene} exon {exon[1]} {'skipping' if exon[2].startswith('skipping') else exon[2]}"]
    plain = {"amplification": "amplification", "mutation": "mutation", "overexpression": "overexpression", "loss": "loss", "deletion": "deletion",
             "wildtype": "wild type", "fusion": "fusion", "rearrangement": "fusion", "promoter methylation": "promoter methylation",
             "underexpression": "low expression", "loss-of-function": "loss of function", "expression": "expression"}  # fmt: skip
    return [f"{gene} {plain[low]}"] if low in plain else [f"{gene} {bare}"]
