"""An entity: what it is, what it is called elsewhere, and every statement about it by predicate and role.

Rule: what was read stands before what was known beforehand, and the most believed first; long groups have pages of their own.
"""

from __future__ import annotations

from kg.graph import named_queries
from kg.model import Entity, Statement
from kg.serve import links
from kg.serve.index import Group, Index
from kg.serve.layout import Page, argument, badge, facts, paging, problem, sentence, spoken, statements
from kg.serve.links import link
from kg.serve.markup import Child, Html, el, join
from kg.serve.pages import heatmap
from kg.vocab import PREDICATES, EntityType

FEW, SHOWN = 8, 50
#: parameter of the named queries -> types of entity that it is for.
_TAKES = {
    "gene": ("Gene", "GeneFamily"),
    "drug": ("Drug", "DrugClass"),
    "variant": ("Variant",),
    "lesion": ("Variant", "Gene"),
    "disease": ("Disease",),
    "entity": tuple(EntityType),
}


def entity_page(index: Index, curie: str, predicate: str = "", role: str = "", page: int = 1) -> Page:
    """Return the page of an entity, or of one group of its statements if predicate and role are given."""
    entity = index.entity(curie)
    if entity is None:
        return problem(404, "No such entity", "The graph has no entity ", el("code", links.name(curie)), ". ", _search_for(curie))
    groups = index.groups(entity.id)
    if predicate or role:
        return _group_page(index, entity, [g for g in groups if (g.predicate, g.role) == (predicate, role)], page)
    read, known = [g for g in groups if not g.background], [g for g in groups if g.background]
    body = join(
        _head(entity),
        _identity(entity),
        _questions(entity),
        _contents(entity, groups),
        _part(index, entity, "Read in documents", read),
        _part(index, entity, "Known beforehand", known),
        None if groups else el("p", "No statement is about it; documents only name it."),
    )
    return Page(entity.name, body)


def _search_for(text: str) -> Html:
    return link(links.with_fields("/search", {"q": text.partition(":")[2] or text}), "Search for it")


def _head(entity: Entity) -> Html:
    return join(el("h1", links.name(entity.name), " ", badge("type", entity.type)))


def _identity(entity: Entity) -> Html:
    flags = [_attribute(key, value) for key, value in entity.attributes]
    return facts(
        (
            ("identifier", links.identifier(entity.id)),
            ("also called", _listed([links.name(s) for s in entity.synonyms])),
            ("exact matches", _listed([links.identifier(x) for x in entity.xrefs])),
            ("properties", _listed(flags)),
        )
    )


def _attribute(key: str, value: str) -> Html:
    words = key.removeprefix("is_").replace("_", " ")
    if value == "true":
        return links.name(words)
    return join(el("span", words, class_="quiet"), " ", links.entity(value, value) if value.startswith("HGNC:") else links.name(value))


def _listed(items: list[Html]) -> Html | None:
    few = el("ul", (el("li", item) for item in items[:12]), class_="inline")
    if len(items) <= 12:
        return few if items else None
    rest = el("details", el("summary", f"{len(items) - 12} more"), el("ul", (el("li", item) for item in items[12:]), class_="inline"))
    return join(few, rest)


def _questions(entity: Entity) -> Html:
    """The pictures of it, and the named queries that take an entity of its type."""
    pictures = [(links.with_fields("/graph", {"entity": entity.id}), "Graph")]
    if entity.type in ("Gene", "GeneFamily", "Drug", "DrugClass"):
        pictures.append((heatmap.address(entity.id), "Heat map"))
    found = [el("li", el("a", label, href=address, class_="action")) for address, label in pictures]
    for query in named_queries().values():
        for parameter in query.parameters:
            if parameter.kind == "entity" and entity.type in _TAKES.get(parameter.name, ()) and parameter.required:
                address = links.with_fields(links.path("query", query.name), {parameter.name: entity.id})
                found.append(el("li", link(address, query.name.replace("-", " "))))
                break
    return el("section", el("h2", "Ask about it"), el("ul", found, class_="inline"), class_="asks")


def heading(group: Group, name: str) -> Html:
    """Return what a group of statements says, with the entity at its place."""
    it, words = links.name(name), el("em", spoken(group.predicate))
    if group.role == "subject":
        return join(it, " ", words, " …")
    return join("… ", words, " ", it) if group.role == "object" else join("… ", words, " …, where ", group.role, " is ", it)


def _anchor(group: Group) -> str:
    return f"{group.predicate}-{group.role}"


def _contents(entity: Entity, groups: list[Group]) -> Html | None:
    if len(groups) < 3:
        return None
    items = (el("li", link("#" + _anchor(g), heading(g, entity.name)), f" ({len(g):,})") for g in groups)
    return el(
        "nav", el("details", el("summary", f"{len(groups)} kinds of statements"), el("ul", items)), aria_label="On this page", class_="contents"
    )


def _part(index: Index, entity: Entity, title: str, groups: list[Group]) -> Html | None:
    if not groups:
        return None
    return join(el("h2", title), (_section(index, entity, group) for group in groups))


def _section(index: Index, entity: Entity, group: Group) -> Html:
    more = None
    if len(group) > FEW:
        more = el("p", link(_address(entity, group), f"All {len(group):,} statements"), class_="more")
    meaning = PREDICATES[group.predicate].meaning if group.predicate in PREDICATES else ""
    head = el("h3", heading(group, entity.name), " ", el("span", f"{len(group):,}", class_="count"))
    return el(
        "section",
        head,
        el("p", meaning, class_="quiet"),
        _rows(index.at(group.rows[:FEW]), group),
        more,
        id=_anchor(group),
    )


def _address(entity: Entity, group: Group) -> str:
    return links.with_fields(links.path("entity", entity.id), {"predicate": group.predicate, "role": group.role})


def _rows(found: list[Statement], group: Group) -> Html:
    first = {"subject": "object", "object": "subject"}.get(group.role, "what")
    return statements(None, first, [(_other(one, group.role), one) for one in found])


def _other(one: Statement, role: str) -> Child:
    if role in ("subject", "object"):
        end = one.object if role == "subject" else one.subject
        return argument(end), " ", badge("type", end.type)
    return sentence(one)


def _group_page(index: Index, entity: Entity, groups: list[Group], page: int) -> Page:
    back = el("p", link(links.path("entity", entity.id), "← All about ", links.name(entity.name)))
    if not groups:
        return problem(404, "No such statements", "There is no statement of that kind. ", back)
    group = groups[0]
    pages = -(-len(group) // SHOWN)
    page = min(page, pages)
    rows = index.at(group.rows[(page - 1) * SHOWN : page * SHOWN])
    fields = {"predicate": group.predicate, "role": group.role}
    turn = paging(links.path("entity", entity.id), fields, page, pages)
    body = join(back, el("h1", heading(group, entity.name)), el("p", f"{len(group):,} statements"), _rows(rows, group), turn)
    return Page(f"{entity.name}: {spoken(group.predicate)}", body)
