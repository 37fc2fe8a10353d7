"""What annotators mean by names that the vocabulary lacks ("renal dysfunction"), as learned from training documents.

Rule: read once, never written at run time; the table (``ontologies/usage.tsv``) is made by training/learn_names.py.
"""

from __future__ import annotations

from functools import lru_cache

from kg.errors import LexiconError
from kg.lexicon.folding import fold
from kg.resources import resource


def usage_key(text: str) -> str:
    """Return the key of a name: letters and digits in small letters, but short names in capitals as they are."""
    short = len(text) <= 5 and not any(c.islower() for c in text[1:])
    return text if short else fold(text)


def usage(type_: str, text: str) -> str:
    """Return the identifier that annotators give a name of a type (Gene, Disease or Drug), empty if they gave none or several."""
    return _table().get((type_, usage_key(text)), "")


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], str]:
    path = resource("ontologies/usage.tsv")
    try:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    except OSError as error:
        raise LexiconError(f"{path}: the table of names cannot be read ({error}); install the package again") from error
    return {(row[0], row[1]): row[2] for row in rows[1:] if len(row) == 4}
