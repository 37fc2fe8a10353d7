"""What stands around an abstract that was copied whole: citation, authors, affiliations before it, identifiers and declarations after it.

Rule: PubMed's text form, run together into one line ("1. Lung Cancer. 2024;190. doi: ... Author information: (1)Department ... Abstract"), is
known by how it opens and how it ends; what is not surely one of its parts belongs to the abstract. Nothing is cut from other texts.
"""

from __future__ import annotations

import re

_CITATION = re.compile(
    r"\s*\d{1,6}\. [A-Z][^.]{1,120}\. (?=.{4,60};\S{0,8}\d|.{4,60}doi:)(?:1[89]|20)\d{2}\b[^.]{0,60}(?:\.e?\d[^ ]{0,20})?\. "
    r"(?:(?:pii|doi): ?\S+ |Epub [^.]{4,20}\. |eCollection [^.]{4,20}\. |Print [^.]{4,20}\. )*"
)
_AUTHOR = r"(?:[^\W\d_][\w'’-]*\.? ){1,4}[A-Z][A-Za-z]?[A-Z]{0,2}(?: (?:Jr|Sr|2nd|3rd|4th|I{2,3}))?(?:\([#*\d]{1,3}\))*"
_AUTHORS = re.compile(rf"{_AUTHOR}(?:, {_AUTHOR})+(?:; [^.]{{3,100}})?\. ")
_INFORMATION = re.compile(r"Author information: ")
_MARK = re.compile(r"\((\d{1,3})\)(?=[^\W\d_])")
#: the end of an affiliation: not of an initial or "St.", and not within an address
_END = re.compile(r"(?<!\b[A-Z])(?<!\b(?:St|Dr|Mt|No|Av|Co))(?<!\b(?:Ave|Inc|Ltd|Str))(?<!\b(?:Univ|Dept|Prof))\.\s+(?=[^\W_]|\()")
_MORE = re.compile(
    r"\s*(?:Electronic address: ?)?[\w.+-]{1,64}@[\w.-]{1,100}\.?\s+(?=\S)"
    r"|\([#*‡†]\)(?:These authors )?[Cc]ontributed equally(?: [^.A-Z]{0,60})?\.?\s+"
    r"|(?:Erratum in|Update of|Comment in|Comment on|Update in|Republished in)\b.{5,160}?doi: ?\S+\s+(?=\S)|Collaborators: [^.]{0,4000}\.\s+",
    re.DOTALL,
)
_AFTER = re.compile(
    r"\s*(?:DOI: ?10\.\S+\s*)?(?:PMCID: ?PMC\d+\s*)?PMID: ?\d{1,9}\b(?:\s*\[[^\]]{3,40}\])?(?:\s*Conflict of interest statement:.*)?\s*$", re.DOTALL
)
_IDENTIFIERS = 200
"""Characters within which DOI and PMCID stand before the PMID."""
_FAR = 2000
"""Characters within which title and authors are over, where no affiliations follow."""
_LEAST = 40
"""Characters that an abstract has at least; where less would be left, nothing is cut."""


def body(text: str) -> tuple[int, int]:
    """Return the span of the abstract within a text: all of it, unless it was copied with what stands around it in PubMed."""
    end = len(text)
    at = text.rfind("PMID:")
    if at >= 0 and (after := _AFTER.search(text, max(0, at - _IDENTIFIERS))):
        end = after.start()
    opening = _CITATION.match(text)
    start = _behind_authors(text, opening.end()) if opening else 0
    return (start, end) if end - start >= _LEAST else (0, len(text))


def _behind_authors(text: str, at: int) -> int:
    """Return where the abstract begins, ``at`` being behind the citation: behind title, authors and affiliations."""
    information = _INFORMATION.search(text, at)
    if information is None:
        authors = _AUTHORS.search(text, at, at + _FAR)
        return authors.end() if authors else at
    at, number = information.end(), 0
    for mark in _MARK.finditer(text, at):
        if int(mark[1]) != number + 1:
            continue
        at, number = mark.end(), number + 1
    found = _END.search(text, at)
    at = found.end() if found else at
    while more := _MORE.match(text, at):
        at = more.end()
    return at
