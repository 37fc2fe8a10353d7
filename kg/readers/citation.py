"""Citation lines and reference entries as PubMed prints them: journal, date, place, DOI, authors, title.

Rule: what cannot be told stays empty or stays in the title; nothing printed is dropped but numbering and link words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.dates import PRINTED_DATE, parse_date
from kg.readers.documents import bare_doi, bare_pmid, collapse

MAX_ENTRY = 5000  # characters; what a reference holds beyond is no reference
_DOI_START = r"\bdoi:\s*|https?://(?:dx\.)?doi\.org/"
_PLACE = r"[;:]\s?[^\s;:.][^\s]*?(?:\s(?:Suppl|Pt|Spec No)[^\s]*(?:\s[^\s.]*)?)?"
_CITED_DATE = rf"(?P<date>{PRINTED_DATE})(?:(?:{_PLACE})?\.(?=\s|$)|{_PLACE}(?=\s|$))"
CITATION = re.compile(rf"(?P<journal>(?:\d{{1,2}} )?[^\W\d_][^;]{{1,160}}?)\.?\s*(?P<rest>(?<![-\d]){_CITED_DATE})", re.DOTALL)
BARE_CITATION = re.compile(rf"\.?\s*(?P<rest>{_CITED_DATE})")
_LINKS = re.compile(r"(?:\s*(?:[-–•]\s*)?\b(?:DOI|PMC|PubMed|Free PMC article|Free article|Google Scholar|Crossref|CrossRef|Full Text))+\s*$")
_NUMBER = re.compile(r"^\s*(?:\d{1,4}[.)]|[•*-])\s+")
_WORD = r"[^\W\d_a-z][^\W\d_]*"
_NAME = rf"(?:(?:van|von|de|der|den|del|della|di|da|la|le|el|al|ten|ter|dos|du|bin)\s)*{_WORD}(?:[ '’-](?:van|von|de|der|den|del|la|el|{_WORD}))*"
_PERSON = rf"(?:{_NAME}\s[A-Z][A-Z-]{{0,4}}(?:,?\s(?:Jr|Sr|2nd|3rd|II|III))?)"
_PEOPLE = re.compile(rf"(?P<names>{_PERSON}(?:,\s{_PERSON})*)(?P<more>,?\s(?:et al|and others))?\.\s+")
_GROUP = re.compile(
    r"(?P<group>[^.?!]{3,120}?\b(?:contributors|groups?|consortium|investigators|committee|network|collaborators|collaboration|society|association|team|initiative|trialists"
    r"|intergroup|organization|members|program|programme))\.\s+",
    re.IGNORECASE,
)
_JOURNAL_WORD = r"(?:[A-Z][A-Za-z&'’()-]*|of|the|and|in|de|&|et|für|della)"


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation line or a reference entry says."""

    journal: str = ""
    citation: str = ""
    date: str = ""
    doi: str = ""
    pmid: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()


def parse_citation(line: str) -> Citation:
    """Return journal, citation, date and DOI of a line such as ``J Clin Oncol. 2009 Nov 20;27(33):5650-9. doi: 10.1200/x. Epub ...``."""
    flat = collapse(line)
    head = re.split(_DOI_START, flat, maxsplit=1, flags=re.IGNORECASE)[0]
    doi = bare_doi(flat)
    if match := CITATION.match(head):
        journal = match["journal"].strip().rstrip(".")
        return Citation(journal, f"{journal}. {match['rest'].rstrip('.')}.", parse_date(match["date"]), doi)
    if match := BARE_CITATION.match(head):
        return Citation("", f"{match['rest'].rstrip('.')}.", parse_date(match["date"]), doi)
    return Citation("", head.strip(), parse_date(head), doi)


def parse_reference(text: str) -> Citation:
    """Return the parts of one entry of a reference list, links and numbering taken off."""
    flat = _LINKS.sub("", _NUMBER.sub("", collapse(text)[:MAX_ENTRY])).rstrip(" -–")
    doi = bare_doi(flat)
    printed = re.search(r"\bPMID:?\s*(\d{1,9})", flat)
    flat = re.sub(r"\s*\bPMCID:?\s*PMC\d+\.?|\s*\bPMID:?\s*\d+\.?", "", flat)
    flat = re.split(_DOI_START, flat, maxsplit=1, flags=re.IGNORECASE)[0].strip()
    head, place, date = _place(flat)
    authors: list[str] = []
    if people := _PEOPLE.match(head):
        authors = re.split(r",\s(?!(?:Jr|Sr|2nd|3rd|II|III)\b)", people["names"])
        head = head[people.end() :]
    if (group := _GROUP.match(head)) and len(group["group"].split()) <= 9 and re.search(r"[a-z]", head[group.end() :]):
        authors.append(group["group"])
        head = head[group.end() :]
    title, journal = _journal(head) if place else (head.rstrip("."), "")
    citation = ". ".join(p for p in (journal, place) if p)
    return Citation(journal, citation + "." if citation else "", date, doi, bare_pmid(printed[1]) if printed else "", title, tuple(authors))


def _place(flat: str) -> tuple[str, str, str]:
    """Split off the last ``2016;387:1415–26.``; (everything, "", "") where there is none."""
    marks = list(
        re.finditer(rf"(?:(?<=[.?!])|(?<=[.?!,)]\s)|(?<=\s)|(?<=\())(?P<date>{PRINTED_DATE})\)?(?P<rest>(?:\s?[;:,.]\s?[^\s]+.*)?\.?)$", flat)
    )
    for mark in reversed(marks):
        head = flat[: mark.start()].rstrip(" (,")
        if head:
            return head, (mark["date"] + mark["rest"]).strip().rstrip("."), parse_date(mark["date"])
    marks = list(re.finditer(rf"[.?!)]\s(?P<date>{PRINTED_DATE})\s?[;:.]", flat))
    if marks:
        mark = marks[-1]
        return flat[: mark.start() + 1], flat[mark.start("date") :].strip().rstrip("."), parse_date(mark["date"])
    return flat, "", ""


def _journal(head: str) -> tuple[str, str]:
    """Split title and journal, the journal being what stands last: after a full stop, else after a bracket, else the last capitalised words."""
    text = head.strip().rstrip(".").strip()
    dotted = re.search(r"(?<=[.?!]\s)((?:[A-Z][A-Za-z]{0,7}\.\s?)+(?:[A-Z][A-Za-z]*)?)$", text + ".")
    if dotted and dotted[1].count(".") >= 2 and dotted.start() > 0:
        return _title(text[: dotted.start()]), dotted[1].strip().rstrip(".")
    cut = max((m.end() for m in re.finditer(r"[.?!]['\"”’)\]]*\s+", text)), default=0)
    last = text[cut:]
    if cut and len(last.split()) <= 9 and (last[:1].isupper() or last[:1].isdigit()):
        return _title(text[:cut]), last
    bracket = re.match(rf"(.*[)\]'\"”’])\s+({_JOURNAL_WORD}(?:\s{_JOURNAL_WORD})*)$", text)
    if bracket and bracket[2][:1].isupper():
        return _title(bracket[1]), bracket[2]
    words = text.split(" ")
    count = 0
    while count < min(5, len(words) - 1) and re.fullmatch(r"[A-Z][A-Za-z&-]*", words[-1 - count]):
        count += 1
    return (_title(" ".join(words[:-count])), " ".join(words[-count:])) if count else (_title(text), "")


def _title(text: str) -> str:
    return re.sub(r"(?<!\.)\.$", "", text.strip()).strip()
