"""What the graph view, the heat map and the search box ask for: their addresses read, their answers made.

Rule: an address that names an entity otherwise than by its identifier leads on to the one that does, which is the permalink.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from kg.graph.terms import name_key
from kg.model import Entity
from kg.serve import links, pages
from kg.serve.edges import KINDS
from kg.serve.index import Index
from kg.serve.neighbourhood import MOST_CENTRES, SIZES, View
from kg.serve.pages.graph import address
from kg.serve.pages.heatmap import find

SUGGESTIONS = 12
MAX_TEXT, MAX_STEPS = 500, 3


def suggest(request: Request) -> Response:
    """The entities that a beginning may mean, each with the name by which it was found if that is not its own."""
    index: Index = request.app.state.index
    text = field(request, "q")
    found = index.search(text, SUGGESTIONS)
    return JSONResponse([{"id": one.id, "name": one.name, "type": one.type, "also": _also(one, name_key(text))} for one in found])


def _also(entity: Entity, key: str) -> str:
    if key in name_key(entity.name):
        return ""
    return next((other for other in (*entity.synonyms, entity.id, *entity.xrefs) if key in name_key(other)), "")


def graph(request: Request) -> Response:
    """The page of the graph view."""
    index: Index = request.app.state.index
    named, view = field(request, "entity"), read_view(request)
    if not named.strip():
        return HTMLResponse(pages.graph_page(index, view).html())
    entity = find(index, named)
    if entity is None:
        return RedirectResponse(links.with_fields("/search", {"q": named}), 302)
    wanted = View((entity.id, *view.centres[1:]), view.most, view.steps, view.kinds, view.known)
    if entity.id != named:
        return RedirectResponse(address(wanted), 302)
    return HTMLResponse(pages.graph_page(index, wanted).html())


def graph_json(request: Request) -> Response:
    """The nodes and links of the graph view."""
    return JSONResponse(pages.graph_data(request.app.state.index, read_view(request)))


def heatmap(request: Request) -> Response:
    """The resistance heat map."""
    page = pages.heatmap_page(request.app.state.index, field(request, "of"), field(request, "all") == "1")
    return HTMLResponse(page.html(), page.status)


def between(request: Request) -> Response:
    """What is said of two entities."""
    page = pages.between_page(request.app.state.index, field(request, "a"), field(request, "b"), field(request, "kind"))
    return HTMLResponse(page.html(), page.status)


def read_view(request: Request) -> View:
    """Return the view that an address asks for; what is out of range is brought into it."""
    many = request.query_params.getlist
    centres = [text[:MAX_TEXT] for text in (*many("entity")[:1], *many("with")) if text.strip()][:MOST_CENTRES]
    kinds = tuple(kind for kind in KINDS if kind in many("kind")) or tuple(KINDS)
    most = min(SIZES, key=lambda size: abs(size - _number(request, "most", View().most)))
    steps = max(1, min(MAX_STEPS, _number(request, "steps", 1)))
    return View(tuple(centres), most, steps, kinds, field(request, "known") == "1")


def field(request: Request, name: str) -> str:
    """Return the value of a field of the address, cut where no name is longer."""
    return request.query_params.get(name, "")[:MAX_TEXT]


def _number(request: Request, name: str, default: int) -> int:
    given = field(request, name)
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else default
