"""The graph view: a picture by script, and the same as a list for everyone else.

Rule: the list is the page; the picture is made from the same choice, asked for as JSON from the same address.
"""

from __future__ import annotations

from typing import Any

from kg.serve import links
from kg.serve.edges import KINDS
from kg.serve.index import Index
from kg.serve.layout import Page, belief, entity_field, spoken, table
from kg.serve.links import link
from kg.serve.markup import Child, Html, el, join
from kg.serve.neighbourhood import SIZES, Link, Picture, View, picture

#: rows of the list; the picture has all.
LISTED = 200
_STEPS = (1, 2, 3)
#: what the shapes of the picture are; drawn by ``graph.js`` in the same way.
TYPES = ("Gene", "Variant", "Drug", "DrugClass", "Disease", "Process", "other")


def address(view: View, page: str = "/graph") -> str:
    """Return the permalink of a view."""
    fields: list[tuple[str, object]] = [("with" if n else "entity", key) for n, key in enumerate(view.centres)]
    normal = View()
    fields += [("most", view.most)] if view.most != normal.most else []
    fields += [("steps", view.steps)] if view.steps != normal.steps else []
    fields += [("kind", kind) for kind in view.kinds] if view.kinds != normal.kinds else []
    fields += [("known", 1)] if view.known else []
    return links.with_many(page, fields)


def graph_page(index: Index, view: View) -> Page:
    """Return the page of a view."""
    found = picture(index, view)
    centres = [index.entities[key] for key in view.centres if key in index.entities]
    name = centres[0].name if centres else "what is said most"
    title = el("h1", "Graph of ", links.entity(centres[0].id, name) if centres else name)
    return Page(
        f"Graph of {name}",
        join(title, _controls(view, name if centres else ""), _stage(view, name), _list(index, view, found)),
        wide=True,
        scripts=("graph.js",),
    )


def graph_data(index: Index, view: View) -> dict[str, Any]:
    """Return the nodes and links of a view as plain values."""
    found = picture(index, view)
    centres = set(view.centres)
    nodes = ((key, index.entities.get(key)) for key in found.nodes)
    return {
        "nodes": [
            {"id": key, "name": one.name if one else key, "type": one.type if one else "", "count": index.count(key), "centre": key in centres}
            for key, one in nodes
        ],
        "links": [_plain(one) for one in found.links],
        "left_out": found.left_out,
    }


def _plain(one: Link) -> dict[str, Any]:
    says = ", ".join(map(spoken, one.predicates))
    return {
        "subject": one.subject,
        "object": one.object,
        "kind": one.kind,
        "says": says,
        "for": one.n_for,
        "against": one.n_against,
        "belief": round(one.belief, 3),
        "read": one.read,
    }


def _controls(view: View, name: str) -> Html:
    kinds = (_tick("kind", kind, kind, kind in view.kinds, el("span", class_=f"swatch k-{kind}")) for kind in KINDS)
    return el(
        "form",
        entity_field("entity", "Around", name, "ALK"),
        _select("most", "Entities at most", SIZES, view.most),
        _select("steps", "Steps away", _STEPS, view.steps),
        el("button", "Show", type="submit"),
        el("fieldset", el("legend", "Edges of"), kinds, _tick("known", "1", "also known beforehand", view.known)),
        (el("input", type="hidden", name="with", value=key) for key in view.centres[1:]),
        action="/graph",
        class_="inline-form graph-form",
    )


def _select(name: str, label: str, values: tuple[int, ...], chosen: int) -> Html:
    options = (el("option", f"{value:,}", value=value, selected=value == chosen) for value in values)
    return el("p", el("label", label, for_=f"g-{name}"), el("select", options, id=f"g-{name}", name=name))


def _tick(name: str, value: str, label: str, checked: bool, mark: Html | None = None) -> Html:
    field = f"g-{name}-{value}"
    box = el("input", type="checkbox", id=field, name=name, value=value, checked=checked)
    return el("span", box, el("label", mark, label, for_=field), class_="tick")


def _stage(view: View, name: str) -> Html:
    """The place of the picture: hidden until the script has drawn it."""
    keys = "Arrow keys go from entity to entity, Enter opens one, plus and minus zoom, 0 shows all."
    canvas = el("div", id="graph", data_source=address(view, "/graph.json"), tabindex=0, role="application", aria_label=f"Graph of {name}. {keys}")
    tools = (("+", "in", "Zoom in"), ("−", "out", "Zoom out"), ("⤢", "fit", "Show all"))
    buttons = (el("button", sign, type="button", data_do=do, aria_label=label, title=label) for sign, do, label in tools)
    loading = el("p", "Loading …", id="graph-status", role="status", class_="quiet")
    details = join(el("h2", "Details"), el("p", "Click an entity or an edge. ", keys, class_="quiet"))
    shapes = (el("li", el("span", class_=f"shape t-{kind}", aria_hidden="true"), kind) for kind in TYPES)
    return el(
        "div",
        el("div", canvas, el("div", buttons, class_="tools"), loading, class_="picture"),
        el("aside", details, id="details", tabindex=0, aria_label="Details"),
        el("ul", shapes, class_="shapes", aria_label="Shapes"),
        class_="stage",
        hidden=True,
    )


def _list(index: Index, view: View, found: Picture) -> Html:
    if not found.links:
        return el("p", "Nothing of this kind is said here. Choose other kinds of edges, or more steps.")
    rows = (_row(index, one) for one in found.links[:LISTED])
    caption = f"{len(found.nodes):,} entities, {len(found.links):,} edges" + (f", the first {LISTED} listed" if len(found.links) > LISTED else "")
    more = el("p", f"{found.left_out:,} more neighbours are left out; ask for more entities to see them.", class_="quiet") if found.left_out else None
    return el("section", el("h2", "The same as a list"), more, table(caption, ("edge", "belief", "for", "against", "read"), rows, (2, 3)))


def _row(index: Index, one: Link) -> tuple[Child, ...]:
    subject, object = _name(index, one.subject), _name(index, one.object)
    says = el("em", ", ".join(map(spoken, one.predicates)))
    label = join("Sentences" if one.read else "Details", el("span", f" on {subject} and {object}", class_="hidden"))
    return (
        join(links.entity(one.subject, subject), " ", says, " ", links.entity(one.object, object)),
        belief(one.belief),
        f"{one.n_for:,}" if one.read else "known",
        f"{one.n_against:,}" if one.n_against else "",
        link(links.with_fields("/between", {"a": one.subject, "b": one.object}), label),
    )


def _name(index: Index, key: str) -> str:
    entity = index.entities.get(key)
    return entity.name if entity else key
