"""Questions with a form and a table as their answer, and the SPARQL editor.

Rule: the address holds the whole question, so that it can be kept, sent and asked again.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, TypeAlias

from kg.exports.writing import write_csv
from kg.graph import NamedQuery, named_queries
from kg.graph.terms import GRAPHS
from kg.serve import links
from kg.serve.index import Index
from kg.serve.layout import Page, short, spoken, table
from kg.serve.links import link
from kg.serve.markup import Child, Html, el, join

#: columns, rows and truncated, as a query process gives them.
Answer: TypeAlias = dict[str, Any]
#: most rows of a table on a page; the CSV has all.
SHOWN = 1000
EXAMPLE = """# The variants that make ALK-positive tumours resist a drug, the most believed first
SELECT ?variant ?drug ?belief ?statement WHERE {
  ?statement rdf:predicate kg:confers_resistance_to ;
             rdf:subject/rdfs:label ?variant ;
             rdf:object/rdfs:label ?drug ;
             kg:belief ?belief .
  FILTER(STRSTARTS(?variant, "ALK "))
}
ORDER BY DESC(?belief) ?variant ?drug
LIMIT 50
"""


def answer_page(index: Index, query: NamedQuery, given: Mapping[str, str], answer: Answer | None, problem: str = "", status: int = 200) -> Page:
    """Return the form of a named query, with its answer or with what went wrong."""
    address = links.path("query", query.name)
    example = {p.name: p.example for p in query.parameters if p.kind != "limit"}
    tried = el("p", "For example: ", link(links.with_fields(address, example), ", ".join(example.values()))) if example and not answer else None
    form = el(
        "form",
        (_field(p.name, p.about, p.example, given.get(p.name, ""), p.kind, p.required) for p in query.parameters),
        el("p", el("button", "Ask", type="submit"), " ", link(links.with_fields("/sparql-editor", {"query": query.text}), "As SPARQL")),
        action=address,
        class_="ask",
    )
    result = _problem(problem) if problem else _answer(index, answer, links.with_fields(address, {**given, "format": "csv"}))
    title = spoken(query.name.replace("-", " "))
    return Page(title, join(el("h1", title.capitalize()), el("p", query.description, class_="lead"), form, tried, result), status)


def _field(name: str, about: str, example: str, value: str, kind: str, required: bool) -> Html:
    number = kind in ("integer", "number")
    box = el(
        "input",
        type="number" if number else "search" if kind == "entity" else "text",
        step="any" if kind == "number" else None,
        id=f"p-{name}",
        name=name,
        value=value,
        required=required,
        aria_describedby=f"p-{name}-about",
        placeholder=example,
        dir="auto",
        data_suggest="name" if kind == "entity" else None,
        autocomplete="off",
    )
    label = el("label", name, None if required else el("span", " (optional)", class_="quiet"), for_=f"p-{name}")
    return el("p", label, box, el("span", about, id=f"p-{name}-about", class_="quiet about"))


def editor_page(index: Index, text: str, answer: Answer | None, problem: str = "", status: int = 200) -> Page:
    """Return the editor with a query, and its answer if it was run."""
    form = el(
        "form",
        el("label", "Query", for_="query"),
        el("textarea", text or EXAMPLE, id="query", name="query", rows=14, spellcheck="false", autocapitalize="off", dir="ltr", required=True),
        el("p", el("button", "Run", type="submit"), " ", el("span", "Ctrl+Enter runs it, too.", class_="quiet", data_script=True, hidden=True)),
        action="/sparql-editor",
        class_="editor",
    )
    about = el(
        "p",
        "Our prefixes need not be declared. The default graph is the union of ",
        *((", " if n else None, el("code", f"kg:{name}")) for n, name in enumerate(GRAPHS)),
        ".",
        class_="quiet",
    )
    starts = (el("li", link(links.with_fields("/sparql-editor", {"query": q.text}), q.name.replace("-", " "))) for q in named_queries().values())
    named = el("details", el("summary", "Start from a question"), el("ul", starts, class_="inline"))
    result = _problem(problem) if problem else _answer(index, answer, links.with_fields("/sparql-editor", {"query": text, "format": "csv"}))
    return Page("SPARQL", join(el("h1", "SPARQL"), about, named, form, result), status)


def _problem(text: str) -> Html:
    return el("section", el("h2", "No answer"), el("pre", text, class_="problem"), role="alert")


def _answer(index: Index, answer: Answer | None, csv_address: str) -> Html | None:
    if answer is None:
        return None
    columns, rows = answer["columns"], answer["rows"]
    if not rows:
        return el("section", el("h2", "Answer"), el("p", "Nothing in the graph answers this."), aria_live="polite")
    numeric = [n for n in range(len(columns)) if all(_is_number(row[n]) for row in rows[:SHOWN])]
    cells = ([_cell(index, value) for value in row] for row in rows[:SHOWN])
    count = f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}"
    cut = f", the first {SHOWN:,} shown" if len(rows) > SHOWN else ""
    cut += "; there are more, cut at the limit" if answer["truncated"] else ""
    get = el("p", el("a", "Download as CSV", href=csv_address, download=True))
    return el("section", el("h2", "Answer"), get, table(count + cut, [spoken(c) for c in columns], cells, numeric))


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _cell(index: Index, value: Any) -> Child:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.2f}"
    address = links.of_cell(value, index.entities)
    if address.startswith("/statement/"):
        return link(address, short(value))
    return link(address, el("code", links.name(value))) if address else links.name(str(value))


def csv_bytes(answer: Answer) -> bytes:
    """Return an answer as CSV, as ``kg query --format csv`` prints it: no cell is a formula."""
    out = io.StringIO()
    write_csv(out, answer["columns"], answer["rows"])
    return out.getvalue().encode("utf-8", "replace")
