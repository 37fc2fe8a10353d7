"""Two or more changes on one protein: "N771Y + L858R", "L858R/T790M/C797S", "G1202R and L1196M compound mutation".

Rule: "+" joins a compound; "/" does in kinases that collect changes under treatment, unless members are alternatives (same residue,
"X" for any residue, exon 19 deletion beside L858R) ; "and" only before "compound", "double" or "in cis". Members of the name stand in
order of position, so that every spelling of a compound has one name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.nlp.variants.records import VariantMatch

_PLUS = re.compile(r"\s?(?:\+|plus)\s?")
_SLASH = re.compile(r"\s?[/+]\s?")
_AND = re.compile(r"\s?(?:,|,?\sand|/|-)\s?")
_CUE_AFTER = re.compile(r"\s?-?(?:\s?\(?in\s(?:cis|trans)|\s?(?:compound|double|dual|triple|tertiary|cis)[\s-])", re.IGNORECASE)
_CUE_BEFORE = re.compile(
    r"(?:compound|double|dual|triple|cis)[\s-]+(?:mutations?|mutants?|mutated)?[\s,:(-]*(?:of\s|with\s|such\sas\s)?$", re.IGNORECASE
)
_SERIAL = frozenset(
    [
        "EGFR",
        "ALK",
        "ROS1",
        "RET",
        "NTRK1",
        "NTRK2",
        "NTRK3",
        "NTRK",
        "MET",
        "ABL1",
        "KIT",
        "PDGFRA",
        "FLT3",
        "BTK",
        "FGFR1",
        "FGFR2",
        "FGFR3",
        "ERBB2",
        "JAK2",
    ]
)
_KINDS = frozenset(["substitution", "nonsense", "deletion", "insertion", "duplication", "indel", "codon", "frameshift"])


def find_compounds(singles: Sequence[VariantMatch], text: str) -> list[VariantMatch]:
    """Return the compounds that neighbouring changes of one gene form."""
    items = [m for m in sorted(singles, key=lambda m: (m.start, m.end)) if m.kind in _KINDS and m.genes]
    found: list[VariantMatch] = []
    for joint in (_PLUS, _SLASH, _AND):
        found += _joined(items, joint, text, [(m.start, m.end) for m in found])
    return found


def _joined(items: Sequence[VariantMatch], joint: re.Pattern[str], text: str, taken: Sequence[tuple[int, int]]) -> list[VariantMatch]:
    found, i = [], 0
    while i < len(items):
        run = _run(items, i, joint, text)
        if len(run) > 1 and _is_compound(run, joint, text) and not any(s < run[-1].end and run[0].start < e for s, e in taken):
            found.append(_compound(run))
        i += max(1, len(run))
    return found


def _run(items: Sequence[VariantMatch], i: int, joint: re.Pattern[str], text: str) -> list[VariantMatch]:
    run = [items[i]]
    for item in items[i + 1 :]:
        gap = text[run[-1].end : max(run[-1].end, item.start)]
        if item.start < run[-1].end or item.genes != run[0].genes or not joint.fullmatch(gap):
            break
        run.append(item)
    return run


def _position(match: VariantMatch) -> int:
    number = re.search(r"\d+", match.change)
    value = int(number[0]) if number else 0
    return value - 10_000 if match.change.startswith("exon") else value  # lesions of an exon first


def _is_compound(run: Sequence[VariantMatch], joint: re.Pattern[str], text: str) -> bool:
    if len({_position(m) for m in run}) < len(run):
        return False
    if joint is _PLUS:
        return True
    if _CUE_AFTER.match(text, run[-1].end) or _CUE_BEFORE.search(text, max(0, run[0].start - 40), run[0].start):
        return True
    forms = {m.change for m in run}
    alternatives = any(f.endswith("X") for f in forms) or {"exon 19 deletion", "L858R"} == forms
    return joint is _SLASH and run[0].genes[0] in _SERIAL and not alternatives


def _compound(run: Sequence[VariantMatch]) -> VariantMatch:
    gene = run[0].genes[0]
    members = sorted(run, key=lambda m: (_position(m), m.change))
    change = " + ".join(m.change for m in members)
    score = min(m.score for m in run)
    return VariantMatch(run[0].start, run[-1].end, f"{gene} {change}", (gene,), "compound", change, tuple(m.name for m in members), score)
