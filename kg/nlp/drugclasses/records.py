"""What the drug-class grammar gives.

Rule: offsets are code points, half-open, into the plain text that was given; names are canonical ("third-generation EGFR inhibitor").
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DrugClassMatch:
    """A drug-class mention: canonical name, target genes (empty for a general class), generation and kind of head.

    ``head`` is "inhibitor", "antibody", "antibody-drug conjugate", "degrader", ... for targeted classes and the class's own name
    for general ones; ``generation`` is "third-generation" and the like, or empty.
    """

    start: int
    end: int
    name: str
    targets: tuple[str, ...] = ()
    generation: str = ""
    head: str = ""
