"""One sentence of evidence: its text with the arguments marked, where it stands, and what it is worth.

Rule: a mark is told by colour, by line and by a word for those who hear the page.
"""

from __future__ import annotations

from kg.graph import Piece, mark_sentence
from kg.model import Document, Evidence
from kg.serve import links
from kg.serve.layout import badge, context
from kg.serve.links import link
from kg.serve.markup import Child, Html, el, join


def marked(evidence: Evidence) -> Html:
    """Return the sentence of an evidence with its marks."""
    return join(*map(_piece, mark_sentence(evidence)))


def _piece(piece: Piece) -> Child:
    if not piece.roles:
        return piece.text
    spoken = " and ".join(piece.roles)
    return el("mark", piece.text, el("span", f" ({spoken})", class_="hidden"), class_=piece.roles[0], title=spoken)


def legend() -> Html:
    """Return what the marks mean."""
    roles = ("subject", "object", "disease", "biomarker", "therapy", "cue")
    return el("p", "Marked: ", *((el("mark", role, class_=role), " ") for role in roles), class_="legend", aria_hidden="true")


def worth(evidence: Evidence) -> Html:
    """Return polarity, certainty, confidence and extractor of an evidence."""
    against = evidence.polarity != "positive"
    return join(
        badge("against" if against else "for", "speaks against" if against else "speaks for"),
        " ",
        badge("speculated", "speculated") if evidence.certainty != "asserted" else badge("plain", "asserted"),
        f" confidence {evidence.confidence:.2f}, ",
        el("code", links.name(evidence.extractor)),
    )


def source(evidence: Evidence, document: Document | None) -> Html:
    """Return title, year, journal and identifiers of the document of an evidence."""
    if document is None:
        return el("p", el("code", links.name(evidence.document)), " (its record is not in the graph)")
    title = link(links.path("document", document.id), links.name(document.title or document.citation or document.id))
    year = f" ({document.year})" if document.year else ""
    journal = (" ", el("cite", links.name(document.journal))) if document.journal else None
    outside = ((" · ", one) for one in links.identifiers(document))
    return el(
        "p", title, year, journal, *outside, " ", badge("retracted", "retracted: counts nothing") if document.retracted else None, class_="source"
    )


def item(evidence: Evidence, document: Document | None) -> Html:
    """Return an evidence as an article of a statement's page."""
    place = f"{evidence.section}, characters {evidence.start} to {evidence.end}"
    return el(
        "article",
        el("blockquote", el("p", marked(evidence), dir="auto")),
        source(evidence, document),
        el("p", worth(evidence), class_="quiet"),
        el("p", place, *((", ", label, " ", value) for label, value in context(evidence.context)), class_="quiet"),
        id=evidence.id,
        class_="evidence against" if evidence.polarity != "positive" else "evidence",
    )
