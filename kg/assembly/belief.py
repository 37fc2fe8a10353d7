"""Belief of a statement over all its evidence, for and against.

Rule: sentences of one publication are one witness (the strongest counts), publications are independent witnesses, a retracted
one is no witness. The reliabilities are the only tunable numbers and stand here, to be fitted on development data.

Form: noisy-or over documents, as in INDRA's belief model (Gyori et al., 2017, doi:10.15252/msb.20177651), for and against
apart; the belief is the share of the weight that speaks for, times the noisy-or of what speaks for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from kg.vocab import Certainty, Polarity

#: extractor family (the part of ``Evidence.extractor`` before ``/`` or ``@``) -> share of its evidence that is right.
RELIABILITY: dict[str, float] = {"rules": 0.80, "model": 0.80, "rules+model": 0.90, "curated": 0.98}
#: what an extractor that is not in the table is taken to be worth.
UNKNOWN_RELIABILITY = 0.70
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


def reliability(extractor: str) -> float:
    """Return how far an extractor is trusted (0 to 1), by its family name without version."""
    family = extractor.partition("/")[0].partition("@")[0]
    return RELIABILITY.get(family, RELIABILITY.get(family.partition(":")[0], UNKNOWN_RELIABILITY))


def weight(evidence: Witness) -> float:
    """Return the chance (0 to 1) that one evidence says what it is read to say."""
    certain = SPECULATION if evidence.certainty == Certainty.SPECULATED else 1.0
    return min(max(evidence.confidence, 0.0), 1.0) * reliability(evidence.extractor) * certain


def believe(evidence: Iterable[Witness], retracted: Collection[str] = (), works: Mapping[str, str] | None = None) -> float:
    """Return the belief (0 to 1, six decimals) of the statement that all this evidence is about.

    ``works`` maps documents to the publications they are of, where several are of one (a page and the record of one PMID).
    """
    works = works or {}
    strongest: dict[tuple[bool, str], float] = {}
    for one in evidence:
        if one.document not in retracted:
            key = (one.polarity == Polarity.POSITIVE, works.get(one.document, one.document))
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
