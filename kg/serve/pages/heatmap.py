"""The resistance heat map: lesions down, drugs across, each cell a link to its sentences.

Rule: a cell says its call by letter and number, the colour says it again; the whole is a table that can be heard.
"""

from __future__ import annotations

from kg.model import Entity
from kg.serve import links
from kg.serve.heatmap import Cell, Matrix, busiest, matrix
from kg.serve.index import Index
from kg.serve.layout import Page, entity_field, problem
from kg.serve.links import link
from kg.serve.markup import Child, Html, el, join

#: rows and columns of the heat map before all are asked for, and at most.
ROWS, COLUMNS, MOST_ROWS, MOST_COLUMNS = 40, 16, 400, 120
_GENES, _DRUGS = ("Gene", "GeneFamily"), ("Drug", "DrugClass")
_STRONG, _MIDDLING = 0.75, 0.55


def heatmap_page(index: Index, key: str, every: bool = False) -> Page:
    """Return the heat map of a gene or drug, named by its id or by any of its names; without one, the choice of them."""
    if not key.strip():
        return _choice(index)
    entity = find(index, key, _GENES + _DRUGS)
    if entity is None:
        missing = problem(404, "No such gene or drug", "No gene or drug of the graph is called ", el("code", links.name(key)), ".")
        return Page(missing.title, join(missing.body, _form("")), 404)
    found = matrix(index, entity.id)
    title = f"Resistance and sensitivity: {entity.name}"
    head = join(el("h1", "Resistance and sensitivity: ", links.entity(entity.id, entity.name)), _form(entity.name))
    if not found.cells:
        return Page(title, join(head, el("p", "No lesion is said to confer resistance or sensitivity here.")))
    if entity.id in found.drugs:  # the drug that was asked for stands first
        found.drugs.insert(0, found.drugs.pop(found.drugs.index(entity.id)))
    rows, columns = (MOST_ROWS, MOST_COLUMNS) if every else (ROWS, COLUMNS)
    return Page(title, join(head, _legend(), _table(index, found, entity.name, rows, columns), _rest(found, entity.id, rows, columns)), wide=True)


def find(index: Index, key: str, types: tuple[str, ...] = ()) -> Entity | None:
    """Return the entity of an id, else the best of those that the text names, of some types if given."""
    known = index.entity(key.strip())
    if known is not None:
        return known
    return next((one for one in index.search(key, 50) if not types or one.type in types), None)


def _choice(index: Index) -> Page:
    head = join(
        el("h1", "Resistance heat map"), el("p", "Which change of a gene resists which drug, and what still works.", class_="lead"), _form("")
    )
    rows = []
    for label, types in (("Genes", _GENES), ("Drugs", _DRUGS)):
        items = (el("li", link(address(key), links.name(index.entities[key].name))) for key in busiest(index, types, 16))
        rows.append(el("div", el("dt", label), el("dd", el("ul", items))))
    return Page("Resistance heat map", join(head, el("h2", "Most is said of"), el("dl", rows, class_="examples")))


def address(key: str) -> str:
    """Return the address of the heat map of a gene or drug."""
    return links.with_fields("/heatmap", {"of": key})


def _form(value: str) -> Html:
    return el("form", entity_field("of", "Gene or drug", value, "ALK"), el("button", "Show", type="submit"), action="/heatmap", class_="inline-form")


def _legend() -> Html:
    marks = (
        ("resistant r2", "R 3", "resistant, in so many documents"),
        ("sensitive s2", "S 2", "sensitive"),
        ("contradictory", "R 1 S 2", "contradictory"),
        ("denied", "N 1", "only denied"),
    )
    items = (el("li", el("span", sample, class_=f"cell {kind}", aria_hidden="true"), " ", meaning) for kind, sample, meaning in marks)
    return join(
        el("ul", items, class_="heat-legend"),
        el("p", "The stronger the colour, the greater the belief. A cell leads to its sentences.", class_="quiet"),
    )


def _table(index: Index, found: Matrix, name: str, rows: int, columns: int) -> Html:
    lesions, drugs = found.lesions[:rows], found.drugs[:columns]
    corner = el("th", "Lesion", scope="col")
    head = el("tr", corner, (el("th", el("div", links.entity(key, _name(index, key))), scope="col", class_="turned") for key in drugs))
    body = (
        el("tr", el("th", links.entity(key, _name(index, key)), scope="row"), (_cell(index, found, key, drug) for drug in drugs)) for key in lesions
    )
    caption = el("caption", f"{len(found.lesions):,} lesions by {len(found.drugs):,} drugs and classes of drugs, the most studied first")
    table = el("table", caption, el("thead", head), el("tbody", body), class_="heat")
    return el("div", table, class_="scroll", tabindex=0, role="region", aria_label=f"Heat map of {name}, scrolls sideways")


def _row(index: Index, found: Matrix, lesion: str, drugs: list[str]) -> Html:
    head = el("th", links.entity(lesion, _name(index, lesion)), scope="row")
    return el("tr", head, (_cell(index, found, lesion, drug) for drug in drugs))


def _name(index: Index, key: str) -> str:
    entity = index.entities.get(key)
    return entity.name if entity else key


def _cell(index: Index, found: Matrix, lesion: str, drug: str) -> Html:
    cell = found.cells.get((lesion, drug))
    if cell is None:
        return el("td")
    spoken = f"{_name(index, lesion)}, {_name(index, drug)}: {_words(cell)}"
    where = links.with_fields("/between", {"a": lesion, "b": drug})
    return el("td", el("a", _letters(cell), href=where, class_=f"cell {_css(cell)}", aria_label=spoken, title=spoken))


def _letters(cell: Cell) -> Child:
    parts = [f"{letter} {n}" for letter, n in (("R", cell.resistant), ("S", cell.sensitive)) if n]
    return " ".join(parts or [f"N {cell.denied}"])


def _words(cell: Cell) -> str:
    parts = [f"{word} in {n}" for word, n in (("resistant", cell.resistant), ("sensitive", cell.sensitive), ("denied", cell.denied)) if n]
    return f"{cell.call}; {', '.join(parts)}" if cell.call == "contradictory" else ", ".join(parts)


def _css(cell: Cell) -> str:
    strength = 3 if cell.belief >= _STRONG else 2 if cell.belief >= _MIDDLING else 1
    return cell.call + (f" {cell.call[0]}{strength}" if cell.call in ("resistant", "sensitive") else "")


def _rest(found: Matrix, key: str, rows: int, columns: int) -> Html | None:
    lesions, drugs = max(0, len(found.lesions) - rows), max(0, len(found.drugs) - columns)
    if not lesions and not drugs:
        return None
    left = " and ".join(f"{n:,} more {what}" for n, what in ((lesions, "lesions"), (drugs, "drugs")) if n)
    if rows == MOST_ROWS:
        return el("p", f"{left} are left out: a page holds {MOST_ROWS} by {MOST_COLUMNS}.")
    return el("p", f"{left} are not shown. ", link(links.with_fields("/heatmap", {"of": key, "all": 1}), "Show all"))
