"""More general variants of a variant, by name: ALK G1202R is an ALK mutation, EGFR L858R + T790M carries EGFR T790M.

Rule: only canonical names are read, and only kinds that hold for every carrier: whatever is said of all carriers of the
general variant was meant to include those of the specific one, so a statement on the specific refines one on the general.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

_RESIDUE = re.compile(r"^(?P<residue>[A-Z](?P<position>\d+))(?P<rest>\S+)$")
_EXON_KIND = re.compile(r"^exon (?P<exon>\d+) (?!mutation)")
#: changes that are not a kind of "GENE mutation": dosage, expression, methylation, rearrangement, the normal sequence.
_NOT_MUTATION = re.compile(r"amplification|copy|gain|loss|expression|methylation|fusion|rearrangement|wild[ -]?type|alteration|deficien|::", re.I)
#: and not even an alteration of the gene itself.
_NOT_ALTERATION = re.compile(r"expression|wild[ -]?type|polymorphism", re.I)
_GENE_DELETION = re.compile(r"^(homozygous )?deletion$", re.I)
#: parts of a compound change up to which its smaller compounds are named: two to the power of it.
_MOST_PARTS = 6
#: kinds of change that a family has when a member has them.
_FAMILY_KINDS = ("mutation", "fusion", "amplification", "alteration")
#: gene -> exon -> its first and last codon (NM_005228), for the exons that trials name instead of the change.
_EXONS = {"EGFR": {18: (688, 728), 19: (729, 761), 20: (762, 823), 21: (824, 875)}}


def more_general(symbol: str, change: str, families: Sequence[str] = ()) -> list[str]:
    """Return the canonical names of the variants that ``symbol change`` is a kind of, without repeats; no fusions of two genes.

    ``families`` are the names of the gene's families.

    >>> more_general("EGFR", "L858R")
    ['EGFR L858', 'EGFR L858 mutation', 'EGFR codon 858 mutation', 'EGFR exon 21 mutation', 'EGFR mutation', 'EGFR alteration']
    """
    kinds = [*_parts(change), *_places(symbol, change)]
    if not _NOT_MUTATION.search(change) and not _GENE_DELETION.match(change):
        kinds.append("mutation")
    if not _NOT_ALTERATION.search(change):
        kinds.append("alteration")
    names = [f"{symbol} {kind}" for kind in kinds]
    names += [f"{family} {kind}" for family in families for kind in (change, *kinds) if kind in _FAMILY_KINDS]
    return [name for name in dict.fromkeys(names) if name != f"{symbol} {change}"]


def _parts(change: str) -> list[str]:
    """The single changes of a compound one, and the smaller compounds of them."""
    parts = change.split(" + ")
    if not 1 < len(parts) <= _MOST_PARTS:
        return []
    return [" + ".join(some) for size in range(1, len(parts)) for some in combinations(parts, size)]


def _places(symbol: str, change: str) -> list[str]:
    """The residue, codon and exon that are hit."""
    exon = _EXON_KIND.match(change)
    if exon:
        return [f"exon {exon['exon']} mutation"]
    residue = _RESIDUE.match(change)
    if not residue:
        return []
    places = []
    if residue["rest"].isalpha() and residue["rest"].isupper():  # one residue for another, not a stretch of them
        places = [residue["residue"], f"{residue['residue']} mutation", f"codon {residue['position']} mutation"]
    for number, (first, last) in _EXONS.get(symbol, {}).items():
        if first <= int(residue["position"]) <= last:
            kinds = [kind for kind, word in (("deletion", "del"), ("insertion", "ins"), ("insertion", "dup")) if word in residue["rest"]]
            places += [f"exon {number} {kind}" for kind in kinds[:1] if "delins" not in residue["rest"]] + [f"exon {number} mutation"]
    return places
