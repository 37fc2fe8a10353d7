"""The circumstances a sentence tells: line of therapy and model system.

Rule: closed lists of plain values, read from the sentence's own words, empty where it does not say.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LINES = (
    ("first-line", re.compile(r"\b(?:first|1st|front|upfront)[- ]?lines?\b|\btreatment[- ]na[iï]ve\b|\bpreviously untreated\b", re.I)),
    ("second-line", re.compile(r"\b(?:second|2nd)[- ]?lines?\b", re.I)),
    ("third-line", re.compile(r"\b(?:third|3rd)[- ]?lines?\b", re.I)),
    ("later-line", re.compile(r"\b(?:fourth|fifth|later|subsequent)[- ]?lines?\b|\bheavily pre-?treated\b", re.I)),
    ("adjuvant", re.compile(r"(?<!neo)\badjuvant\b", re.I)),
    ("neoadjuvant", re.compile(r"\bneo-?adjuvant\b", re.I)),
    ("maintenance", re.compile(r"\bmaintenance\b", re.I)),
)
_MODELS = (
    ("in silico", re.compile(r"\b(?:in silico|molecular dynamics|docking|molecular model\w+)\b", re.I)),
    ("xenograft", re.compile(r"\b(?:xenografts?|xenografted|PDX|mouse models?|murine|mice|in vivo|transgenic)\b", re.I)),
    ("cell line", re.compile(r"\b(?:cell lines?|cells|in vitro|Ba/?F3|organoids?|IC50|transfect\w+)\b", re.I)),
    ("patients", re.compile(r"\b(?:patients?|cohorts?|cases?|phase (?:[123I]+)|trials?|clinical(?:ly)?|real-world|man|woman|year-old)\b", re.I)),
)


@lru_cache(maxsize=64)
def find_line(sentence: str) -> str:
    """Return the line of therapy a sentence names, empty if none or several."""
    found = [name for name, pattern in _LINES if pattern.search(sentence)]
    return found[0] if len(found) == 1 else ""


@lru_cache(maxsize=64)
def find_model_system(sentence: str) -> str:
    """Return the model system of a sentence: in silico, xenograft, cell line or patients; empty if it does not say."""
    return next((name for name, pattern in _MODELS if pattern.search(sentence)), "")
