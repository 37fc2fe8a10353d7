"""A substance without charge, state, way of giving or salt.

Rule: as of `rewriting`; salts fold into their substance, as in the vocabulary.
"""

# a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.nlp.recognizer.rewriting import rewritings, without_brackets

_CHARGE = re.compile(r"(?:\(?\d?[+-]\)?|\(?[+-]\d?\)?)$")
_STATE = re.compile(
    r"^(?:oral|intravenous|i\.v\.|topical|inhaled|intrathecal|exogenous|endogenous|free|total|liposomal|pegylated|conventional|low-dose|high-dose|plasma|"
    r"serum|urinary|extracellular|intracellular|generic|racemic|anhydrous|aqueous|inorganic|organic|[ldLD]|dl|DL|\(\+/?-?\)|\(-\))[ -]+"
    r"|[ -]+(?:sodium|hydrochloride|HCl|hydrobromide|chloride|sulfate|sulphate|acetate|mesylate|maleate|tartrate|citrate|fumarate|phosphate|"
    r"potassium|calcium|bromide|nitrate|ions?|derivatives?|compounds?|salts?|tablets?|injection|therapy|analogues?|analogs?|acid|esters?|drugs?|agents?)$",
    re.IGNORECASE,
)


def drug_spellings(text: str) -> Iterator[str]:
    """Yield a substance's name, then without charge, state, salt or the like."""
    return rewritings(text, (without_brackets, _without_charge, _without_state, _singular))


def _without_charge(text: str) -> Iterable[str]:
    return [_CHARGE.sub("", text)] if _CHARGE.search(text) else ()


def _without_state(text: str) -> Iterable[str]:
    return [_STATE.sub("", text, count=1)] if _STATE.search(text) else ()


def _singular(text: str) -> Iterable[str]:
    return [text[:-1]] if len(text) > 4 and text.endswith("s") and not text.endswith("ss") else [text + "s"] if len(text) > 4 else ()
