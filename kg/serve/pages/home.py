"""The start, the search results and the list of questions.

Rule: the start says what the graph holds and offers every way in.
"""

from __future__ import annotations

from collections import Counter

from kg.graph import named_queries
from kg.model import Entity
from kg.serve import links
from kg.serve.heatmap import busiest
from kg.serve.index import Index
from kg.serve.layout import Page, badge, facts, paging, search_form, spoken, table
from kg.serve.links import link
from kg.serve.markup import Child, Html, el, join
from kg.vocab import PREDICATES

SHOWN, MOST = 50, 1000
INTRO = (
    "Which variant makes a tumour resist which drug, what still works against it, what is given next, and who says so: every fact with its sentence."
)
#: types that a reader asks about first, with the number of examples of each on the start page.
_EXAMPLES = {"Variant": 8, "Drug": 8, "Gene": 8, "Disease": 6}


def home_page(index: Index) -> Page:
    """Return the start page."""
    counts = index.graph.manifest["counts"]
    held = facts((name, f"{counts[name]:,}") for name in ("documents", "entities", "statements", "evidence"))
    return Page(
        "Start",
        join(
            el("h1", "What the papers say"),
            el("p", INTRO, class_="lead"),
            search_form("", "home"),
            _pictures(index),
            el("section", el("h2", "Much is said of"), _examples(index), aria_label="Examples"),
            el("section", el("h2", "Ask a question"), _question_list(), aria_label="Questions"),
            el("section", el("h2", "What the graph holds"), held, _predicates(index), aria_label="Content"),
            el("section", el("h2", "For programs"), _programs(), aria_label="For programs"),
        ),
        search=False,
    )


def _pictures(index: Index) -> Html | None:
    """The two pictures of the gene of which most is said."""
    gene = next(iter(busiest(index, ("Gene",), 1)), "")
    if not gene:
        return None
    name = links.name(index.entities[gene].name)
    shown = (
        el("a", "Graph of ", name, href=links.with_fields("/graph", {"entity": gene}), class_="action"),
        el("a", "Resistance heat map of ", name, href=links.with_fields("/heatmap", {"of": gene}), class_="action"),
    )
    return el("p", "Or look: ", ((one, " ") for one in shown), class_="asks")


def _examples(index: Index) -> Html:
    rows = []
    for kind, most in _EXAMPLES.items():
        keys = (key for key, one in index.entities.items() if one.type == kind)
        best = Counter({key: sum(len(g) for g in index.groups(key) if not g.background and g.role in ("subject", "object")) for key in keys})
        found = [(key, n) for key, n in sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:most] if n]
        if found:
            rows.append(el("div", el("dt", kind), el("dd", el("ul", (el("li", links.entity(key, index.entities[key].name)) for key, _ in found)))))
    return el("dl", rows, class_="examples")


def _predicates(index: Index) -> Html:
    rows = [
        (spoken(name), predicate.meaning, f"{index.tallies[name][0]:,}", f"{index.tallies[name][1]:,}")
        for name, predicate in PREDICATES.items()
        if name in index.tallies
    ]
    listed = table("Statements by predicate", ("predicate", "meaning", "from text", "known before"), rows, (2, 3))
    return el("details", el("summary", "Statements by predicate"), listed)


def _programs() -> Html:
    return el(
        "p",
        "SPARQL 1.1 at ",
        link("/sparql", el("code", "/sparql")),
        ", by hand in the ",
        link("/sparql-editor", "editor"),
        ". The answer of every question is there as CSV.",
    )


def _question_list() -> Html:
    queries = named_queries().values()
    items = ((el("dt", link(links.path("query", q.name), q.name.replace("-", " "))), el("dd", q.description)) for q in queries)
    return el("dl", (el("div", *pair) for pair in items), class_="questions")


def queries_page(index: Index) -> Page:
    """Return the list of the named queries."""
    return Page("Questions", join(el("h1", "Questions"), el("p", "Each has a form, a table as its answer, and a CSV file of it."), _question_list()))


def search_page(index: Index, text: str, page: int) -> Page:
    """Return the entities that a text finds, best first."""
    found = index.search(text, MOST)
    pages = max(1, -(-len(found) // SHOWN))
    page = min(page, pages)
    shown = found[(page - 1) * SHOWN : page * SHOWN]
    if not text.strip():
        body = el("p", "Type a name, a synonym or an identifier into the search box.")
    elif not found:
        body = el("p", "Nothing is called that. Try a part of the name, or another spelling; the graph holds only what its documents name.")
    else:
        more = f"More than {MOST:,} found, the best of them" if len(found) == MOST else f"{len(found):,} found"
        rows = (_row(index, one) for one in shown)
        body = join(table(more, ("name", "type", "identifier", "also called", "statements"), rows, (4,)), paging("/search", {"q": text}, page, pages))
    heading = el("h1", "Search", (": ", links.name(text)) if text.strip() else None)
    return Page(f"Search: {text}" if text.strip() else "Search", join(heading, body), query=text)


def _row(index: Index, one: Entity) -> tuple[Child, ...]:
    synonyms = one.synonyms and links.name(", ".join(one.synonyms[:4]) + (" …" if len(one.synonyms) > 4 else ""))
    return links.entity(one.id, one.name), badge("type", one.type), el("code", links.name(one.id)), synonyms, f"{index.count(one.id):,}"
