"""A document: its record, what was read in it, and what it names.

Rule: its text is shown as it was read; statements stand at the sentences that they come from.
"""

from __future__ import annotations

from collections import defaultdict

from kg.model import Document, Evidence
from kg.serve import links
from kg.serve.index import Index
from kg.serve.layout import Page, argument, badge, context_cell, facts, paging, problem, spoken
from kg.serve.links import link
from kg.serve.markup import Html, el, join
from kg.serve.pages import evidence as parts

SHOWN, MOST_AUTHORS = 50, 12


def document_page(index: Index, key: str, page: int = 1) -> Page:
    """Return the page of a document, named by its id or CURIE."""
    document = index.document(key)
    if document is None:
        return problem(404, "No such document", "The graph has no document ", el("code", links.name(key)), ".")
    title = document.title or document.citation or document.id
    warning = el("p", badge("retracted", "retracted"), " This document was retracted; what it says counts nothing.") if document.retracted else None
    head = el("h1", links.name(title), dir="auto")
    return Page(title, join(head, warning, _record(index, document), _text(document), _read(index, document, page), _named(index, document)))


def _record(index: Index, document: Document) -> Html:
    authors = ", ".join(document.authors[:MOST_AUTHORS]) + (" and others" if len(document.authors) > MOST_AUTHORS else "")
    outside = links.identifiers(document)
    others = [link(links.path("document", key), links.name(key)) for key in index.parts(document.curie) if key != document.id]
    return facts(
        (
            ("authors", links.name(authors) if authors else None),
            ("journal", links.name(document.journal) if document.journal else None),
            ("date", document.date),
            ("kind", document.kind),
            ("read it at", join(*((" · " if n else None, one) for n, one in enumerate(outside))) if outside else None),
            ("identifier", el("code", links.name(document.id))),
            ("same work", el("ul", (el("li", one) for one in others), class_="inline") if others else None),
        )
    )


def _text(document: Document) -> Html | None:
    sections = [s for s in document.sections if s.kind != "title" and s.text]
    if not sections:
        return None
    body = ((el("h3", s.label) if s.label else None, el("p", s.text, dir="auto")) for s in sections)
    return el("section", el("h2", "Text"), *body)


def _read(index: Index, document: Document, page: int) -> Html:
    found = index.evidence_of_document(document.id)
    if not found:
        return join(el("h2", "What was read in it"), el("p", "No statement was read in it."))
    pages = -(-len(found) // SHOWN)
    page = min(page, pages)
    shown = found[(page - 1) * SHOWN : page * SHOWN]
    turn = paging(links.path("document", document.id), {}, page, pages)
    return join(el("h2", "What was read in it"), parts.legend(), (_item(*pair) for pair in shown), turn)


def _item(statement: str, one: Evidence) -> Html:
    says = (argument(one.subject), " ", el("em", spoken(one.predicate)), " ", argument(one.object), " ", context_cell(one.context))
    return el(
        "article",
        el("h3", *says),
        el("blockquote", el("p", parts.marked(one), dir="auto")),
        el("p", parts.worth(one), " ", link(links.path("statement", statement), el("code", statement)), class_="quiet"),
        id=one.id,
        class_="evidence against" if one.polarity != "positive" else "evidence",
    )


def _named(index: Index, document: Document) -> Html | None:
    by_type: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for curie in index.named(document.id):
        entity = index.entity(curie)
        if entity is not None:
            by_type[entity.type].append((entity.name, curie))
    if not by_type:
        return None
    rows = (
        (kind, el("ul", (el("li", links.entity(curie, name)) for name, curie in sorted(found)), class_="inline"))
        for kind, found in sorted(by_type.items())
    )
    return el("section", el("h2", "What it names"), facts(rows))
