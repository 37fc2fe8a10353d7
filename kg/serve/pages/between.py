"""Two entities: every statement that joins them, each with its sentences.

Rule: what an edge of the picture or a cell of the heat map counts is read here, with the arguments marked; for before against.
"""

from __future__ import annotations

from kg.model import Evidence, Statement
from kg.serve import links
from kg.serve.edges import KINDS
from kg.serve.index import Index
from kg.serve.layout import Page, belief, context_cell, polarity, problem, sentence, short
from kg.serve.links import link
from kg.serve.markup import Html, el, join
from kg.serve.pages import evidence as parts

#: statements of a page, and sentences of each on either side.
SHOWN, SENTENCES = 20, 5


def between_page(index: Index, one: str, other: str, kind: str = "") -> Page:
    """Return the page of two entities; ``kind`` keeps one kind of edges (`kg.serve.edges.KINDS`)."""
    ends = [index.entity(one), index.entity(other)]
    if ends[0] is None or ends[1] is None:
        missing = one if ends[0] is None else other
        return problem(404, "No such entity", "The graph has no entity ", el("code", links.name(missing)), ".")
    edges = [edge for edge in index.between(ends[0].id, ends[1].id) if not kind or edge.kind == kind]
    title = join(links.entity(ends[0].id, ends[0].name), " and ", links.entity(ends[1].id, ends[1].name))
    whole = f"{ends[0].name} and {ends[1].name}"
    if not edges:
        return Page(whole, join(el("h1", title), el("p", "No statement joins the two.")))
    found = index.at(edge.row for edge in edges[:SHOWN])
    more = el("p", f"{len(edges) - SHOWN:,} more statements are on the pages of the two.", class_="quiet") if len(edges) > SHOWN else None
    every = f" of {kind}" if kind in KINDS else ""
    count = el("p", f"{len(edges):,} {'statement' if len(edges) == 1 else 'statements'}{every}, the most believed first.", class_="quiet")
    return Page(whole, join(el("h1", title), count, parts.legend(), (_statement(index, each) for each in found), more))


def _statement(index: Index, statement: Statement) -> Html:
    address = links.path("statement", statement.id)
    where = context_cell(statement.context)
    about = el("p", belief(statement.belief), " ", polarity(statement), (" ", where) if where else None, " ", link(address, short(statement.id)))
    sentences = index.evidence_of_statement(statement) if statement.source == "text" else []
    chosen = [e for e in sentences if e.polarity == "positive"][:SENTENCES] + [e for e in sentences if e.polarity != "positive"][:SENTENCES]
    rest = len(sentences) - len(chosen)
    more = el("p", link(address, f"{rest} more {'sentence' if rest == 1 else 'sentences'}"), class_="more") if rest else None
    return el("section", el("h2", sentence(statement)), about, (_sentence(index, one) for one in chosen), more)


def _sentence(index: Index, one: Evidence) -> Html:
    return el(
        "article",
        el("blockquote", el("p", parts.marked(one), dir="auto")),
        parts.source(one, index.document(one.document)),
        el("p", parts.worth(one), class_="quiet"),
        class_="evidence against" if one.polarity != "positive" else "evidence",
    )
