"""Publication dates as sources print them, turned into ISO 8601 as far as they are known.

Rule: what is not printed is not guessed: a season or a quarter leaves only the year.
"""

from __future__ import annotations

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
SEASON = r"(?:Spring|Summer|Fall|Autumn|Winter)"
PRINTED_DATE = rf"(?:1[5-9]|20)\d{{2}}(?:(?:(?: ?- ?| ){MONTH}[a-z]*){{1,2}}(?:\s+\d{{1,2}}(?:-\d{{1,2}})?)?| {SEASON}(?:-{SEASON})?)?"

_ISO = re.compile(r"((?:1[5-9]|20)\d{2})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?!\d)")
_US = re.compile(r"(\d{1,2})/(\d{1,2})/((?:1[5-9]|20)\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d{2})(?!\d)")
_NAMED = re.compile(rf"((?:1[5-9]|20)\d{{2}})[ -]*({MONTH})[a-z]*(?:[ -]+(\d{{1,2}})(?!\d))?", re.IGNORECASE)


def to_date(year: str, month: str = "", day: str = "") -> str:
    """Return ISO 8601 from parts as PubMed gives them ("2009", "Nov" or "11", "20"); empty without a year."""
    if not re.fullmatch(r"\d{4}", year.strip()):
        return ""
    m = month.strip().lower()
    number = int(m) if m.isdecimal() else MONTHS.index(m[:3]) + 1 if m[:3] in MONTHS else 0
    if not 1 <= number <= 12:
        return year.strip()
    d = day.strip()
    return f"{year.strip()}-{number:02d}" + (f"-{int(d):02d}" if d.isdecimal() and 1 <= int(d) <= 31 else "")


def parse_date(text: str) -> str:
    """Return the first date of a text such as "2009 Nov 20", "2024-05-23", "05/23/2024" or "1998 Dec-1999 Jan"."""
    if match := _NAMED.search(text):
        return to_date(match[1], match[2], match[3] or "")
    if match := _ISO.search(text):
        return to_date(match[1], match[2], match[3] or "")
    if match := _US.search(text):
        return to_date(match[3], match[1], match[2])
    match = _YEAR.search(text)
    return match[1] if match else ""
