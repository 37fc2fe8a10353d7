"""What rules read of lesions and therapies in a sentence, weighed against what the learned classifier reads there.

Rule: the classifier only takes away. An effect of an abstract whose two ends stand in its sentence is dropped where the classifier gives its
direction less than `DOUBTED`: of those, one in eleven was right in abstracts that nobody had looked at (docs/classifier.md). Denied effects, ends
carried over from another sentence, and curators' statements are left to the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kg.nlp.relations.effect_direction import RESISTANCE, SENSITIVITY
from kg.nlp.relations.found import Found

DOUBTED = 0.02
ANSWER = {SENSITIVITY: 1, RESISTANCE: 2}
Odds = Mapping[tuple[str, str], Sequence[float]]
"""By the keys of lesion and therapy: probabilities of none, sensitive, resistant, refuted."""


def undoubted(found: Sequence[Found], ask: Callable[[], Odds]) -> Iterator[Found]:
    """Yield what rules read in a sentence but for the effects that the classifier doubts; ``ask()`` is what it reads there."""
    odds = ask() if any(f.predicate in ANSWER for f in found) else {}
    for f in found:
        own = odds.get((f.subject.key, f.object.key)) if f.predicate in ANSWER and f.polarity == "positive" else None
        if own is None or own[ANSWER[f.predicate]] >= DOUBTED:
            yield f
