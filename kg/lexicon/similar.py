"""Names spelled much like a given one: one edit away, or continuing it, ranked by likeness.

Rule: cheap and deterministic; a bounded number of trie look-ups, no scan of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def neighbours(trie: Any, folded: str) -> Iterator[str]:
    """Yield the keys at most one edit away from a folded name, and the first few that continue it."""
    if len(folded) < 4 or len(folded) > 60:
        return
    seen: set[str] = set()
    for key in _edits(folded):
        if key not in seen and key in trie:
            seen.add(key)
            yield key
    for key in islice(trie.iterkeys(folded), 20):
        if key not in seen:
            seen.add(key)
            yield key


def _edits(word: str) -> Iterator[str]:
    yield word
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def rank(folded: str, keys: Iterable[str]) -> list[tuple[str, float]]:
    """Return keys with their likeness (0 to 1) to a folded name, best first; unlike ones are dropped."""
    scored = [(key, SequenceMatcher(None, folded, key, autojunk=False).ratio()) for key in keys]
    return sorted(((k, round(s, 4)) for k, s in scored if s >= 0.75), key=lambda pair: (-pair[1], pair[0]))
