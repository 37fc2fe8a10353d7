"""What annotators mean by names that the vocabulary lacks ("renal dysfunction") or gives to several genes alike ("PAR2"), as learned.

Rule: read once, never written at run time; the table (``ontologies/usage.tsv``) is made by training/learn_names.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kg.errors import LexiconError
from kg.lexicon import Candidate
from kg.lexicon.folding import fold
from kg.resources import resource

#: what a candidate's score gains where annotators mean it and the vocabulary does not choose
_PREFERRED = 0.01


def usage_key(text: str) -> str:
    """Return the key of a name: letters and digits in small letters, but short names in capitals as they are."""
    short = len(text) <= 5 and not any(c.islower() for c in text[1:])
    return text if short else fold(text)


def usage(type_: str, text: str) -> str:
    """Return the identifier that annotators give a name of a type (Gene, Disease or Drug), empty if they gave none or several."""
    return _table().get((type_, usage_key(text)), "")


def tied(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Return the genes that share the best score of the genes among the candidates; none where one is best."""
    genes = [c for c in candidates if c.type == "Gene"]
    best = [c for c in genes if c.score == max(g.score for g in genes)]
    return best if len(best) > 1 else []


def preferred(candidates: Sequence[Candidate], text: str) -> list[Candidate]:
    """Return the candidates of a text, of several genes with one score the one first that annotators mean by it."""
    meant = usage("Gene", text) if tied(candidates) else ""
    if not any(c.entity_id == meant for c in tied(candidates)):
        return list(candidates)
    better = [replace(c, score=round(c.score + _PREFERRED, 4)) if c.entity_id == meant else c for c in candidates]
    return sorted(better, key=lambda c: c.entity_id != meant)


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], str]:
    path = resource("ontologies/usage.tsv")
    try:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    except OSError as error:
        raise LexiconError(f"{path}: the table of names cannot be read ({error}); install the package again") from error
    return {(row[0], row[1]): row[2] for row in rows[1:] if len(row) == 4}
