"""Dictionary, grammar and recognizer brought together.

The rule, for the types that the recognizer knows (`LEARNED`); all else is left to dictionary and grammar:

1. A dictionary draft stands unless the recognizer gives its words less than `DOUBT` of probability to be a mention of that
   group of types; a draft of a defined short form is held to its long form instead.
2. Where the two overlap within one group of types, the recognizer's borders stand if it is surer than `BORDERS`.
3. Where they overlap with different groups, the recognizer's reading stands if it is surer than `RETYPE`.
4. What only the recognizer sees is added if it is surer than `NEW`; what it lies inside of, or overlaps, from a grammar stays.

How sure it is of a mention is its probability of being of the group (`weigh`): "toxicity" that is half a disease and half a phenotype is
surely one. Of a name that the document has surely elsewhere, `AGAIN` is enough for 4.

Every mention of the recognizer is then grounded (`grounder.py`), or kept without identifier; what gets none and does not end like a disease
(`heads.py`) is no disease.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.model import Entity
from kg.nlp.recognizer.model import Labelled, Reading
from kg.nlp.workbench import NESTING, Draft

#: types that are one for the public corpora, and so for the recognizer
GROUPS = (("Gene", "GeneFamily"), ("Disease", "Phenotype"), ("Drug", "DrugClass"), ("Variant",), ("Organism",), ("CellLine",), ("Process",))
GROUP = {type_: group for group in GROUPS for type_ in group}
LEARNED = frozenset({"Gene", "GeneFamily", "Disease", "Phenotype", "Drug", "DrugClass", "Organism", "CellLine"})
DOUBT, DOUBT_SURE, SURE = 0.4, 0.08, 0.98
BORDERS, WITHIN, RETYPE, NEW, NEW_VARIANT = 0.85, 0.98, 0.8, 0.7, 0.9
#: what a name needs of which the document has another mention that is surely one
AGAIN = 0.5
#: what follows a mention that is half a code: "-0085" after "AX"
_PART_OF_CODE = re.compile(r"-[A-Z0-9]")

Grounded = tuple[str, str, Entity | None, float, str]
"""Type, name, entity if any, score, and how it was grounded."""


def weigh(reading: Reading, text: str) -> Reading:
    """Return the reading with its mentions weighed: by their group of types, and as sure as need be where the document has them surely elsewhere."""
    mentions = [_sure_of_group(mention, reading) for mention in reading.mentions]
    sure = {(text[m.start : m.end], GROUP[m.type]) for m in mentions if m.type in LEARNED and m.score >= NEW}

    def again(mention: Labelled) -> bool:
        whole = mention.end - mention.start > 1 and not _PART_OF_CODE.match(text, mention.end)
        return whole and AGAIN <= mention.score < NEW and (text[mention.start : mention.end], GROUP[mention.type]) in sure

    return replace(reading, mentions=tuple(replace(m, score=NEW) if again(m) else m for m in mentions))


def _sure_of_group(mention: Labelled, reading: Reading) -> Labelled:
    """Return a mention with the probability that it is of its group of types."""
    if mention.type not in LEARNED or mention.score >= WITHIN:  # no threshold is higher
        return mention
    return replace(mention, score=reading.support(mention.start, mention.end, GROUP[mention.type]))


def combine(drafts: Sequence[Draft], settled: Sequence[Draft], reading: Reading, ground: Callable[[Labelled], Grounded | None]) -> list[Draft]:
    """Return the drafts as dictionary, grammar and recognizer see them together; ``settled`` are the drafts that overlaps leave."""
    mentions = reading.mentions
    kept = [d for d in drafts if d.type not in LEARNED or d.recognizer != "dictionary"]
    fixed = [d for d in settled if d.type not in LEARNED or d.recognizer != "dictionary"]
    ours = [d for d in settled if d.type in LEARNED and d.recognizer == "dictionary"]
    taken: set[int] = set()
    for draft in ours:
        nested = any(f.contains(draft) and draft.type in NESTING.get(f.type, ()) for f in fixed)
        rival = _rival(draft, mentions)
        if not nested and rival is not None and _replaced(draft, mentions[rival]):
            continue
        if not nested and reading.support(draft.start, draft.end, GROUP[draft.type]) < _doubt(draft):
            continue
        kept.append(draft)
        taken.update(n for n, m in enumerate(mentions) if m.start < draft.end and draft.start < m.end)
    for number, mention in enumerate(mentions):
        if number in taken or not _is_new(mention):
            continue
        if any(_excludes(f, mention) for f in fixed):
            continue
        grounded = ground(mention)
        if grounded is None:
            continue
        type_, name, entity, score, method = grounded
        kept.append(Draft(mention.start, mention.end, type_, name, entity, score, method, "model"))
    return kept


def _doubt(draft: Draft) -> float:
    """Return the least support that a draft needs: none for a short form that the text defines, little for an approved or vouched-for name."""
    if draft.method == "abbreviation":
        return 0.0
    return DOUBT_SURE if draft.score >= SURE and draft.type in ("Gene", "Drug") else DOUBT


def _is_new(mention: Labelled) -> bool:
    """Whether the recognizer is sure enough of what nobody else saw."""
    return mention.score >= NEW if mention.type in LEARNED else mention.type == "Variant" and mention.score >= NEW_VARIANT


def _excludes(fixed: Draft, mention: Labelled) -> bool:
    """Whether a grammar's draft leaves no room for a mention: another variant that it overlaps, or what it lies within."""
    if fixed.type == mention.type == "Variant":
        return fixed.start < mention.end and mention.start < fixed.end
    within = fixed.start <= mention.start and mention.end <= fixed.end
    nested = mention.type in NESTING.get(fixed.type, ()) and (fixed.start, fixed.end) != (mention.start, mention.end)
    return within and fixed.type != "Concept" and not nested


def _rival(draft: Draft, mentions: Sequence[Labelled]) -> int | None:
    """Return the number of the mention that shares most characters with a draft."""
    best, share = None, 0
    for number, m in enumerate(mentions):
        if m.start >= draft.end:  # they are in the order of the text
            break
        common = min(m.end, draft.end) - max(m.start, draft.start)
        if common > share:
            best, share = number, common
    return best


def _replaced(draft: Draft, rival: Labelled) -> bool:
    """Whether the recognizer's mention takes a draft's place."""
    if rival.type not in LEARNED:
        return False
    if GROUP[rival.type] != GROUP[draft.type]:
        return rival.score > RETYPE
    if draft.start <= rival.start and rival.end <= draft.end:  # within it: a name of the vocabulary is seldom too long
        return (rival.start, rival.end) != (draft.start, draft.end) and rival.score > WITHIN
    return rival.score > BORDERS
