"""Laying the letters of a short form on a candidate long form: the best of all alignments, with its score.

Rule: a letter at the head of a word (or of a hyphenated part) earns 1, one inside a word whose head is taken less, one elsewhere a
loss; words passed over cost, idle ones ("of", "and") next to nothing. Cost is bounded for every input, however hostile.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

_PART_HEAD = re.compile(r"(?:(?<=^)|(?<=[\s\-/(\[,'\"“‘]))[^\W_]")
_PART = re.compile(r"[^\s\-/]+")
_IDLE = frozenset(["a", "an", "and", "as", "at", "by", "de", "for", "from", "in", "is", "its", "of", "on", "or"]) | frozenset(
    ["per", "that", "the", "their", "to", "via", "with", "within"]
)
_WORD_PASSED = 0.6
_IDLE_PASSED = 0.05
_TRAILING = 1.3  # words behind the last letter cost more than words between letters
_BESIDE = 0.75  # the letter right behind the one before
_SAME_WORD = 0.6
_ELSEWHERE = -0.6  # inside a word whose head is not taken
_IDLE_HEAD = 0.8  # price of a long form that begins with "of", "by" and the like
_NEAREST = 10  # places inside words that are tried for a letter; heads are all tried
_CAPITAL_LEFT_OUT = 0.9
_SMALL_LEFT_OUT = 0.5  # "T-DXd" has a letter that "trastuzumab deruxtecan" lacks


def best_alignment(letters: list[str], text: str, starts: frozenset[int] | None = None) -> tuple[float, int] | None:
    """Return (score per letter, offset in ``text`` where the long form begins), or None if the letters cannot be laid.

    ``letters`` keep their case, ``text`` is in lower case; ``starts`` limits where the long form may begin. Of equal scores the
    shortest long form wins.
    """
    small = [c.lower() for c in letters]
    heads = {m.start() for m in _PART_HEAD.finditer(text)}
    begins = [i for i in sorted(heads) if letters and text[i] == small[0] and (starts is None or i in starts)]
    if not begins:
        return None
    left_out = [_SMALL_LEFT_OUT if c.islower() else _CAPITAL_LEFT_OUT for c in letters]
    return _Aligner(small, text, heads, left_out).best(begins)


class _Aligner:
    """Dynamic programming over (letter, place), from the last letter to the first."""

    def __init__(self, letters: list[str], text: str, heads: set[int], left_out: list[float]) -> None:
        self.letters, self.heads, self.left_out = letters, heads, left_out
        self.places: dict[str, list[int]] = {}
        for i, char in enumerate(text):
            self.places.setdefault(char, []).append(i)
        words = list(_PART.finditer(text))
        self.idle = [w[0].strip("-,.;:'\"") in _IDLE for w in words]
        self.cost = [0.0]  # of passing all words before the nth
        for idle in self.idle:
            self.cost.append(self.cost[-1] + (_IDLE_PASSED if idle else _WORD_PASSED))
        edges = [*(w.start() for w in words), len(text)]
        self.word_of = [-1] * edges[0]
        for number, (begin, end) in enumerate(pairwise(edges)):
            self.word_of.extend([number] * (end - begin))
        # Per letter, the places it can take and the value of the rest from there: heads of words, and places inside.
        self.head_values: list[list[tuple[int, float]]] = [[] for _ in letters]
        self.inner_values: list[list[tuple[int, float]]] = [[] for _ in letters]

    def best(self, begins: list[int]) -> tuple[float, int] | None:
        """The best alignment that begins at one of these heads of words."""
        for k in reversed(range(1, len(self.letters))):
            for i in self.places.get(self.letters[k], ()):
                self._place(k, i)
        for i in begins:
            self._place(0, i)
        chosen: tuple[float, int] | None = None
        for i, value in self.head_values[0]:
            score = (value - (_IDLE_HEAD if self.idle[self.word_of[i]] else 0.0)) / len(self.letters)
            if chosen is None or score > chosen[0] - 1e-9:
                chosen = (score, i)
        return chosen

    def _place(self, k: int, i: int) -> None:
        """Record the value of letter ``k`` at place ``i`` with the best that can follow."""
        values = [self._tail(k, i), self._follow(k + 1, i)]
        skipped = self._follow(k + 2, i)
        if skipped is not None:
            values.append(skipped - self.left_out[k + 1])
        best = max((value for value in values if value is not None), default=None)
        if best is None:
            return
        if i in self.heads:
            self.head_values[k].append((i, best + 1.0))
        else:
            self.inner_values[k].append((i, best))

    def _follow(self, k: int, i: int) -> float | None:
        """The best value of letter ``k`` anywhere behind place ``i``."""
        if k >= len(self.letters):
            return None
        word, best = self.word_of[i], None
        for j, value in reversed(self.head_values[k]):
            if j <= i:
                break
            step = value - max(0.0, self.cost[self.word_of[j]] - self.cost[word + 1])
            best = step if best is None or step > best else best
        inner = self.inner_values[k]
        first = bisect_right(inner, (i, float("inf")))
        for j, value in inner[first : first + _NEAREST]:
            step = value + self._inside(word, i, j)
            best = step if best is None or step > best else best
        return best

    def _inside(self, word: int, i: int, j: int) -> float:
        """What a letter inside a word earns, after one at place ``i``."""
        if self.word_of[j] == word:
            return _BESIDE if j == i + 1 else _SAME_WORD
        return _ELSEWHERE - (self.cost[self.word_of[j]] - self.cost[word + 1])

    def _tail(self, k: int, i: int) -> float | None:
        """The value of ending at letter ``k``: none unless it is the last, or the one before it in a long short form."""
        left = len(self.letters) - 1 - k
        if left > 1 or (left == 1 and len(self.letters) < 4):
            return None
        return -(self.cost[-1] - self.cost[self.word_of[i] + 1]) * _TRAILING - (self.left_out[-1] if left else 0.0)
