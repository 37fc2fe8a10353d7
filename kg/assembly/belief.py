"""Belief of a statement over all its evidence, for and against.

Rule: sentences of one publication are one witness (the strongest counts), publications are independent witnesses, a retracted
one is no witness. What the learned relator alone sees is one witness however many publications it sees it in: it errs in the same way each
time. How far an extractor is trusted is fitted (``reliability.tsv``, made by ``benchmarks/fit_belief.py``), never set by hand.

Form: noisy-or over documents, as in INDRA's belief model (Gyori et al., 2017, doi:10.15252/msb.20177651), for and against
apart; the belief is the share of the weight that speaks for, times the noisy-or of what speaks for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

from kg.resources import checked
from kg.vocab import Certainty, Polarity

#: extractors that no development data judges, by the beginning of their name: as the rules were trusted before they were fitted; curators.
UNFITTED: dict[str, float] = {"model": 0.80, "rules+model": 0.90, "curated": 0.98}
#: how the names of learned extractors begin.
LEARNED = "model/"
#: what an extractor that is in neither table is taken to be worth.
UNKNOWN_RELIABILITY = 0.70
#: no single document is a surer witness than this: of the surest evidence, 0.8 to 0.9 was right by one source and 0.75 by the other.
MOST_SURE = 0.85
#: what a speculated sentence ("may confer") is worth beside an asserted one.
SPECULATION = 0.40


class Witness(Protocol):
    """What belief looks at in an evidence; `kg.model.Evidence` is one."""

    @property
    def document(self) -> str:
        """Where it stands."""

    @property
    def polarity(self) -> str:
        """Positive or negative."""

    @property
    def certainty(self) -> str:
        """Asserted or speculated."""

    @property
    def confidence(self) -> float:
        """How sure the extractor is (0 to 1)."""

    @property
    def extractor(self) -> str:
        """Which extractor read it."""


@cache
def fitted_reliability() -> dict[str, float]:
    """Return the fitted table: beginning of an extractor's name to its reliability."""
    lines = checked(Path(__file__).resolve().with_name("reliability.tsv")).read_text(encoding="utf-8").splitlines()
    header, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[0]: float(row[header.index("reliability")]) for row in rows}


@cache
def reliability(extractor: str) -> float:
    """Return how far an extractor is trusted, by the longest beginning of its name (``rules/effect/res``) that is known.

    Times its confidence, this is the chance that what it read is right; above 1 for one that is right more often than it says.
    """
    name, fitted = extractor.partition("@")[0].partition(":")[0], fitted_reliability()
    while name:
        if name in fitted or name in UNFITTED:
            return fitted.get(name, UNFITTED.get(name, UNKNOWN_RELIABILITY))
        name = name.rpartition("/")[0]
    return UNKNOWN_RELIABILITY


def weight(evidence: Witness) -> float:
    """Return the chance (0 to 1) that one evidence says what it is read to say."""
    certain = SPECULATION if evidence.certainty == Certainty.SPECULATED else 1.0
    return min(max(evidence.confidence, 0.0) * reliability(evidence.extractor), MOST_SURE) * certain


def believe(evidence: Iterable[Witness], retracted: Collection[str] = (), works: Mapping[str, str] | None = None) -> float:
    """Return the belief (0 to 1, six decimals) of the statement that all this evidence is about.

    ``works`` maps documents to the publications they are of, where several are of one (a page and the record of one PMID).
    """
    works = works or {}
    told = [one for one in evidence if one.document not in retracted]
    read = {works.get(one.document, one.document) for one in told if not one.extractor.startswith(LEARNED)}
    strongest: dict[tuple[bool, str], float] = {}
    for one in told:
        work = works.get(one.document, one.document)
        key = (one.polarity == Polarity.POSITIVE, work if work in read else LEARNED)
        strongest[key] = max(strongest.get(key, 0.0), weight(one))
    speaking_for = sorted(w for (positive, _), w in strongest.items() if positive)
    against = sorted(w for (positive, _), w in strongest.items() if not positive)
    if not sum(speaking_for):
        return 0.0
    share = sum(speaking_for) / (sum(speaking_for) + sum(against))
    return round(share * _noisy_or(speaking_for), 6)


def _noisy_or(weights: list[float]) -> float:
    doubt = 1.0
    for w in weights:
        doubt *= 1.0 - w
    return 1.0 - doubt
