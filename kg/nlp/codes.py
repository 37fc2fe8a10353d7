"""Development codes of drugs that no vocabulary knows yet ("JIN-A02", "AX-0085").

Rule: a code counts only where the document somewhere says that it is a drug ("AX-0085, a multikinase inhibitor"); it then counts
everywhere in the document, as a drug without identifier.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.nlp.workbench import Draft

_CODE = re.compile(
    r"[A-Z](?<![\w-].)(?:[A-Z]{1,5}-?[A-Z]?\d{2,7}[A-Za-z]?|[A-Z]{1,4}-\d{1,3}-\d{2,4}|[A-Z]{1,4}-[A-Z]{1,2}\d{2,4})(?![\w-])", re.DOTALL
)
_NO_DRUG = re.compile(r"(?:IC|EC|GI|LD|ED|AC|GR)\d\d\b|(?:NCT|GSE|PMID|CTN|UMIN|ISRCTN|CVCL|COVID|SARS)-?\d")
_KIND = r"(?:inhibitor|TKI|antagonist|agonist|degrader|blocker|antibody|PROTAC|conjugate|compound|small molecule|drug|agent|tracer|derivative)"
_AFTER = re.compile(
    rf"^(?: ?\([^)]*\))? ?(?:,|is|was|\()? ?(?:an?|the|our) (?:[\w/-]+,? ){{0,8}}?{_KIND}|^ ?(?:monotherapy|treatment|therapy|\(?\d+ ?(?:mg|nM|µM|μM|mg/kg)|mg\b|plus |-treated)"
)
_BEFORE = re.compile(
    rf"(?:{_KIND}s?|treated with|treatment with|treatment of|combination with|efficacy of|administration of|named|termed|dose of),? \(?$"
)


def find_code_drafts(text: str, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a drug draft for every occurrence of a code that the text somewhere calls a drug and nothing else has claimed."""
    found: dict[str, list[tuple[int, int]]] = {}
    spoken: set[str] = set()
    for m in _CODE.finditer(text):
        if _NO_DRUG.match(m.group()) or any(d.start < m.end() and m.start() < d.end for d in drafts):
            continue
        found.setdefault(m.group(), []).append(m.span())
        if _AFTER.match(text[m.end() : m.end() + 120]) or _BEFORE.search(text[max(0, m.start() - 40) : m.start()]):
            spoken.add(m.group())
    for code in sorted(spoken):
        for start, end in found[code]:
            yield Draft(start, end, "Drug", code, None, 0.5, "code", "grammar")
