"""A statement: what it says, how much speaks for it, what contradicts it, and every sentence.

Rule: all evidence is shown, also what counts nothing, for before against.
"""

from __future__ import annotations

from kg.model import Statement
from kg.serve import links
from kg.serve.index import Index
from kg.serve.layout import Page, belief, context, facts, paging, polarity, problem, sentence, spoken
from kg.serve.links import link
from kg.serve.markup import Html, el, join
from kg.serve.pages import evidence as parts
from kg.vocab import PREDICATES

SHOWN = 25


def statement_page(index: Index, key: str, page: int = 1) -> Page:
    """Return the page of a statement, named by its id or enough of its beginning."""
    found = index.statements(key)
    if not found:
        return problem(404, "No such statement", "The graph has no statement ", el("code", links.name(key)), ".")
    if len(found) > 1:
        return _choice(key, found)
    statement = found[0]
    head = el("h1", sentence(statement))
    return Page(_title(statement), join(head, _facts(index, statement), _evidence(index, statement, page)))


def _title(statement: Statement) -> str:
    return f"{statement.subject.name} {spoken(statement.predicate)} {statement.object.name}"


def _choice(key: str, found: list[Statement]) -> Page:
    items = (el("li", link(links.path("statement", one.id), el("code", one.id)), " ", sentence(one)) for one in found)
    return Page("Which statement?", join(el("h1", "Which statement?"), el("p", "Several begin with ", el("code", key), "."), el("ul", items)), 300)


def _facts(index: Index, statement: Statement) -> Html:
    against = [one for other in index.contradicting(statement.id) for one in index.statements(other, 1)]
    at_odds = el("ul", (el("li", link(links.path("statement", one.id), _title(one)), " ", belief(one.belief)) for one in against))
    meaning = PREDICATES[statement.predicate].meaning if statement.predicate in PREDICATES else None
    return facts(
        (
            ("belief", belief(statement.belief)),
            ("evidence", polarity(statement)),
            *context(statement.context),
            ("meaning", meaning),
            ("at odds with", at_odds if against else None),
            ("permalink", link(links.path("statement", statement.id), el("code", statement.id))),
        )
    )


def _evidence(index: Index, statement: Statement, page: int) -> Html:
    if statement.source != "text":
        known = "its name says so by itself" if statement.source == "construction" else f"it is known from {statement.source}"
        return join(el("h2", "Source"), el("p", f"No sentence was read: {known}."))
    found = index.evidence_of_statement(statement)
    pages = max(1, -(-len(found) // SHOWN))
    page = min(page, pages)
    shown = found[(page - 1) * SHOWN : page * SHOWN]
    documents = len(set(statement.documents))
    count = f"{len(found):,} {'sentence' if len(found) == 1 else 'sentences'} of {documents:,} {'document' if documents == 1 else 'documents'}"
    items = (parts.item(one, index.document(one.document)) for one in shown)
    return join(el("h2", count), parts.legend(), items, paging(links.path("statement", statement.id), {}, page, pages))
