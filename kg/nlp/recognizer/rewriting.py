"""Other ways to write what was read, from the nearest to the furthest, for the vocabulary to be asked by.

Rule: a rewriting keeps the meaning (spelling, word order, one word for its synonym) or generalizes by leaving out a modifier; none adds
a word that changes what is named. Generated on demand for one mention, `LIMIT` at most; the vocabulary itself stays as its sources are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

#: most rewritings that are tried for one mention
LIMIT = 60
_BRACKET = re.compile(r" ?\([^()]*\)")

Step = Callable[[str], Iterable[str]]


def rewritings(text: str, steps: Iterable[Step]) -> Iterator[str]:
    """Yield a text and what one, two and more steps make of it, nearest first, each once, `LIMIT` in all."""
    seen = {text: None}
    queue = [text]
    for current in queue:
        for step in steps:
            for other in step(current):
                plain = " ".join(other.split())
                if len(plain) > 1 and plain not in seen and len(seen) < LIMIT:
                    seen[plain] = None
                    queue.append(plain)
    yield from seen


def without_brackets(text: str) -> Iterable[str]:
    """Return a text without what stands in brackets: "interleukin (IL)-6"."""
    return [_BRACKET.sub("", text)] if "(" in text else ()
