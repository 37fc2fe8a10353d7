"""What "these inhibitors" and "this mutation" stand for: the last mentions of their kind in the sentences before.

Rule: a phrase that points back becomes mentions of its antecedents at its own place, for relations only; it never becomes a mention
record. Singular takes the last one named, plural all that the nearest sentence names together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.nlp.relations.coded import Item

#: beginning with a letter, a pattern is tried at that letter only; at a mere word border it is tried everywhere
_THESE = r"[TtBbSs](?<!\w.)(?i:(?P<many>(?<=t)h[eo]se|(?<=b)oth|(?<=s)uch)|(?<=t)his"
_POINTERS = (
    (
        frozenset("DC"),
        re.compile(
            _THESE + r"|(?<=t)he) (?i:(?:newer |novel |targeted |selective |new |two |latter |class of )?"
            r"(?P<noun>agents?|drugs?|inhibitors?|tkis?|compounds?|antibod(?:y|ies)|medications?))\b",
        ),
    ),
    (
        frozenset("V"),
        re.compile(
            _THESE + r") (?i:(?:rare |novel |specific |activating |resistance |two |uncommon |common |secondary )?"
            r"(?P<noun>mutations?|variants?|alterations?|rearrangements?|fusions?|mutants?|amplifications?))\b",
        ),
    ),
)
#: how many sentences back an antecedent may stand
REACH = 3


def find_antecedents(text: str, start: int, end: int, inside: Sequence[Item], before: Sequence[Sequence[Item]]) -> Iterator[Item]:
    """Yield stand-ins for the phrases of ``text[start:end]`` that point back to ``before``, the mentions of the sentences read last."""
    for letters, pattern in _POINTERS:
        if not any(i.letter in letters for items in before for i in items):
            continue
        for m in pattern.finditer(text, start, end):
            if any(i.start < m.end() and m.start() < i.end for i in inside):
                continue
            if any(i.letter in letters and i.end <= m.start() for i in inside):
                continue  # what the sentence itself names before is found without help
            plural = bool(m["many"]) and m["noun"].lower().endswith("s")
            for item in _antecedents(letters, plural, before):
                yield replace(item, start=m.start(), end=m.end())


def _antecedents(letters: frozenset[str], plural: bool, before: Sequence[Sequence[Item]]) -> list[Item]:
    for items in reversed(before):
        found = list({i.key: i for i in items if i.letter in letters}.values())
        if found:
            return found if plural else found[-1:]
    return []
