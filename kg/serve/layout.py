"""The frame of every page and the parts that several share: statements, belief, badges, tables, paging.

Rule: a page reads in order without style or script; colour never says what no word says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.graph.terms import node_id
from kg.model import Argument, Context, Statement
from kg.serve import links
from kg.serve.links import link
from kg.serve.markup import Child, Html, el, join

BAR = 60


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title, the content of its main part, its HTTP status, what was searched for, and whether its head has the search box.

    A ``wide`` page uses the whole window; ``scripts`` are modules of ``static`` that it loads besides.
    """

    title: str
    body: Html
    status: int = 200
    query: str = ""
    search: bool = True
    wide: bool = False
    scripts: tuple[str, ...] = ()

    def html(self) -> str:
        """Return the whole document."""
        head = el(
            "head",
            el("meta", charset="utf-8"),
            el("meta", name="viewport", content="width=device-width, initial-scale=1"),
            el("meta", name="color-scheme", content="light dark"),
            el("title", f"{self.title} · pubmed-kg"),
            el("link", rel="stylesheet", href="/static/style.css"),
            el("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
            el("script", src="/static/script.js", defer=True),
            (el("script", src=f"/static/{name}", type="module") for name in self.scripts),
        )
        skip = el("a", "Skip to content", href="#content", class_="skip")
        main = el("main", self.body, id="content", tabindex="-1", class_="wide" if self.wide else None)
        return "<!DOCTYPE html>\n" + el("html", head, el("body", skip, _header(self.query if self.search else None), main, _footer()), lang="en")


def _header(query: str | None) -> Html:
    pages = (("/graph", "Graph"), ("/heatmap", "Heat map"), ("/queries", "Questions"), ("/sparql-editor", "SPARQL"))
    nav = el("nav", (link(address, label) for address, label in pages), aria_label="Main")
    return el("header", el("div", link("/", el("strong", "pubmed-kg")), search_form(query, "top") if query is not None else None, nav, class_="bar"))


def search_form(query: str, where: str) -> Html:
    """Return the search box; its suggestions come by script where there is one."""
    field = f"q-{where}"
    return el(
        "form",
        el("label", "Search names and identifiers", for_=field, class_="hidden" if where == "top" else None),
        el(
            "span",
            el(
                "input",
                type="search",
                id=field,
                name="q",
                value=query,
                placeholder="ALK G1202R, Xalkori, NSCLC",
                maxlength=200,
                autocomplete="off",
                dir="auto",
                data_suggest="page",
            ),
            el("button", "Search", type="submit"),
            class_="field",
        ),
        action="/search",
        role="search",
        class_=f"search {where}",
    )


def entity_field(name: str, label: str, value: str, example: str) -> Html:
    """Return a field for the name or identifier of an entity, with suggestions where there is script."""
    field = f"f-{name}"
    box = el("input", type="search", id=field, name=name, value=value, placeholder=example, autocomplete="off", dir="auto", data_suggest="id")
    return el("p", el("label", label, for_=field), box, class_="entity-field")


def _footer() -> Html:
    return el("footer", el("p", "What papers say, found and sorted by a program. A research tool; no advice on treatment."))


def spoken(predicate: str) -> str:
    """Return a predicate as words."""
    return predicate.replace("_", " ")


def belief(value: float) -> Html:
    """Return a belief as a number and a bar."""
    width = round(BAR * max(0.0, min(1.0, value)), 1)
    bar = el(
        "svg",
        el("rect", width=BAR, height=8, rx=4, class_="track"),
        el("rect", width=width, height=8, rx=4, class_="fill"),
        width=BAR,
        height=8,
        viewBox=f"0 0 {BAR} 8",
        aria_hidden="true",
    )
    return el("span", el("span", f"{value:.2f}", class_="number"), bar, class_="belief")


def badge(kind: str, *children: Child) -> Html:
    """Return a word set apart; the kind is its colour."""
    return el("span", *children, class_=f"badge {kind}")


def polarity(statement: Statement) -> Html:
    """Return what speaks for and against a statement, in words."""
    if statement.source != "text":
        return badge("background", f"known from {statement.source}" if statement.source != "construction" else "by its name")
    parts = []
    if statement.n_for:
        speculated = f", {statement.n_speculated} speculated" if statement.n_speculated else ""
        parts.append(badge("for", f"{statement.n_for} for{speculated}"))
    if statement.n_against:
        parts.append(badge("against", f"{statement.n_against} against"))
    if statement.n_for and statement.n_against:
        parts.append(badge("disputed", "disputed"))
    return join(*_spaced(parts or [badge("retracted", "counts nothing")]))


def _spaced(parts: Sequence[Html]) -> Iterable[Child]:
    for number, part in enumerate(parts):
        yield (" " if number else None, part)


def argument(end: Argument) -> Html:
    """Return an end of a statement, linked to its page."""
    return links.entity(node_id(end), end.name)


def context(found: Context) -> list[tuple[str, Html]]:
    """Return the qualifiers of a statement that are given, each with its name."""
    ends = (("disease", found.disease), ("biomarker", found.biomarker), ("under therapy", found.therapy))
    plain = (("line", found.line), ("model system", found.model_system), ("outcome", found.outcome))
    return [(label, argument(end)) for label, end in ends if end] + [(label, links.name(value)) for label, value in plain if value]


def context_cell(found: Context) -> Html:
    """Return the qualifiers in one line."""
    parts = context(found)
    return join(*((", " if number else None, el("span", label, class_="quiet"), " ", value) for number, (label, value) in enumerate(parts)))


def sentence(statement: Statement) -> Html:
    """Return a statement as words with linked ends."""
    return join(argument(statement.subject), " ", el("em", spoken(statement.predicate)), " ", argument(statement.object))


def table(caption: Child, columns: Sequence[str], rows: Iterable[Sequence[Child]], numeric: Iterable[int] = (), class_: str | None = None) -> Html:
    """Return a table that becomes a list of cards on a narrow screen; the caption says what it holds."""
    right = set(numeric)
    head = el("tr", (el("th", column, scope="col", class_="n" if number in right else _css(column)) for number, column in enumerate(columns)))
    body = (
        el(
            "tr",
            (el("td", cell, data_label=columns[number], class_="n" if number in right else None) for number, cell in enumerate(row)),
        )
        for row in rows
    )
    return el("table", el("caption", caption) if caption else None, el("thead", head), el("tbody", body), class_=class_)


def short(statement: str) -> Html:
    """Return a statement's id cut to what tells it apart on a page."""
    return el("code", statement[:12] + "…")


def _css(column: str) -> str | None:
    return f"c-{column}" if column in ("belief", "evidence", "statement", "context") else None


def statements(caption: Child, first: str, rows: Sequence[tuple[Child, Statement]]) -> Html:
    """Return a table of statements, the first cell of each as given; the context has a column where there is any."""
    contexts = [context_cell(one.context) for _, one in rows]
    shown = any(contexts)
    cells = (
        (
            cell,
            *((where,) if shown else ()),
            belief(one.belief),
            polarity(one),
            link(links.path("statement", one.id), short(one.id)),
        )
        for (cell, one), where in zip(rows, contexts, strict=True)
    )
    columns = (first, *(("context",) if shown else ()), "belief", "evidence", "statement")
    return table(caption, columns, cells, class_="statements")


def facts(pairs: Iterable[tuple[Child, Child]]) -> Html:
    """Return names with their values; a pair without value is left out."""
    return el("dl", (el("div", el("dt", label), el("dd", value)) for label, value in pairs if value not in (None, "")))


def paging(address: str, fields: Mapping[str, object], page: int, pages: int) -> Html | None:
    """Return links to the page before and after, if there is more than one."""
    if pages <= 1:
        return None
    before = el("a", "← Previous", href=links.with_fields(address, {**fields, "page": page - 1}), rel="prev") if page > 1 else None
    after = el("a", "Next →", href=links.with_fields(address, {**fields, "page": page + 1}), rel="next") if page < pages else None
    return el("nav", before, el("span", f"Page {page} of {pages}"), after, class_="paging", aria_label="Pages")


def problem(status: int, title: str, *text: Child) -> Page:
    """Return a page that says what is wrong."""
    return Page(title, join(el("h1", title), el("p", *text), el("p", link("/", "To the start"))), status)
