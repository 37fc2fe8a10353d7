"""The web application: routes, headers and what happens to errors.

Rule: pages are made in threads from the index, queries in processes of their own; the event loop only hands things on.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KgError, QueryError
from kg.graph import Graph, named_queries
from kg.graph.query import MAX_ROWS, bind_limited
from kg.serve import explorer, links, pages
from kg.serve.explorer import field
from kg.serve.index import Index
from kg.serve.layout import Page, problem
from kg.serve.live import Live
from kg.serve.pages.query import csv_bytes
from kg.serve.pool import Busy
from kg.serve.protocol import RETRY, ask, sparql
from kg.serve.settings import Settings
from kg.serve.worker import TABLE

STATIC = Path(__file__).with_name("static")
_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class SecurityHeaders:
    """Puts the same guarding headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to what comes back."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)


def create_app(graph: Graph, settings: Settings | None = None) -> Starlette:
    """Return the application over an opened graph; its query processes start and end with its lifespan."""
    limits = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with Live(app, graph, limits) as live:
            app.state.live = live
            yield

    routes = [
        Route("/sparql", _Protocol()),
        Route("/", _page(lambda index, request: pages.home_page(index))),
        Route("/queries", _page(lambda index, request: pages.queries_page(index))),
        Route("/search", _search),
        Route("/suggest", explorer.suggest),
        Route("/graph", explorer.graph),
        Route("/graph.json", explorer.graph_json),
        Route("/heatmap", explorer.heatmap),
        Route("/between", explorer.between),
        Route("/entity/{key:path}", _page(_entity)),
        Route("/statement/{key:path}", _statement),
        Route("/document/{key:path}", _page(lambda index, request: pages.document_page(index, request.path_params["key"], _number(request)))),
        Route("/query/{name}", _named),
        Route("/sparql-editor", _editor),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    handlers: dict[Any, Any] = {HTTPException: _http_problem, KgError: _kg_problem, ClientDisconnect: _gone}
    app = Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)], exception_handlers=handlers, lifespan=lifespan)
    app.state.index, app.state.settings = Index(graph), limits
    return app


class _Protocol:
    """The endpoint as an application of its own, so that every method reaches it and it answers for what it refuses."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await sparql(Request(scope, receive))
        await response(scope, receive, send)


def _html(page: Page, headers: dict[str, str] | None = None) -> Response:
    return HTMLResponse(page.html(), page.status, headers)


def _page(make: Callable[[Index, Request], Page]) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return _html(make(request.app.state.index, request))

    return endpoint


def _number(request: Request) -> int:
    given = field(request, "page")
    return max(1, int(given)) if re.fullmatch(r"[0-9]{1,6}", given) else 1


def _entity(index: Index, request: Request) -> Page:
    return pages.entity_page(index, request.path_params["key"], field(request, "predicate"), field(request, "role"), _number(request))


def _statement(request: Request) -> Response:
    """A statement's page; the beginning of an id leads to the whole one, which is the permalink."""
    index: Index = request.app.state.index
    key = request.path_params["key"]
    found = index.statements(key, 2)
    if len(found) == 1 and found[0].id != key:
        return RedirectResponse("/statement/" + found[0].id, 302)
    return _html(pages.statement_page(index, key, _number(request)))


def _search(request: Request) -> Response:
    """Search results; an identifier in full leads to its page at once."""
    index: Index = request.app.state.index
    text = field(request, "q").strip()
    if text.startswith("KGS:"):
        return RedirectResponse(links.path("statement", text), 302)
    if text in index.entities:
        return RedirectResponse(links.path("entity", text), 302)
    if text.startswith(("PMID:", "DOI:", "KGDOC:")) and index.document(text):
        return RedirectResponse(links.path("document", text), 302)
    return _html(pages.search_page(index, text, _number(request)))


async def _named(request: Request) -> Response:
    """The form of a named query, and its answer once its parameters are given."""
    index: Index = request.app.state.index
    query = named_queries().get(request.path_params["name"])
    if query is None:
        return _html(problem(404, "No such question", "The list of questions is at the start."))
    given = {p.name: field(request, p.name) for p in query.parameters}
    if query.parameters and not any(p.name in request.query_params for p in query.parameters):
        return _html(await run_in_threadpool(pages.answer_page, index, query, given, None))
    for needed in (p for p in query.parameters if p.required and not given[p.name].strip()):
        missing = f"'{needed.name}' is needed. {needed.about} For example: {needed.example}"
        return _html(await run_in_threadpool(pages.answer_page, index, query, given, None, missing, 400))
    try:
        text, most = bind_limited(query, given)
    except QueryError as error:
        return _html(await run_in_threadpool(pages.answer_page, index, query, given, None, str(error), 400))
    return await _asked(request, text, query.name, lambda *rest: pages.answer_page(index, query, given, *rest), most)


async def _editor(request: Request) -> Response:
    """The editor, and the answer to the query of the address."""
    index: Index = request.app.state.index
    text = request.query_params.get("query", "")
    if not text.strip():
        return _html(await run_in_threadpool(pages.editor_page, index, "", None))
    return await _asked(request, text, "answer", lambda *rest: pages.editor_page(index, text, *rest))


async def _asked(request: Request, text: str, name: str, make: Callable[..., Page], most: int = MAX_ROWS) -> Response:
    """Run a query and show its answer or what went wrong on its page, or give it as CSV."""
    settings: Settings = request.app.state.settings
    question = {"text": text, "accept": TABLE, "max_rows": min(most, settings.max_rows), "max_answer": settings.max_answer}
    try:
        reply = await ask(request, question)
    except Busy as error:
        return _html(await run_in_threadpool(make, None, str(error), 503), {"Retry-After": RETRY})
    except KgError as error:
        return _html(await run_in_threadpool(make, None, str(error), 503))
    if reply.status != 200:
        return _html(await run_in_threadpool(make, None, reply.body.decode("utf-8", "replace"), reply.status))
    return await run_in_threadpool(_written, request, reply.body, name, make)


def _written(request: Request, body: bytes, name: str, make: Callable[..., Page]) -> Response:
    answer = json.loads(body)
    if field(request, "format") != "csv":
        return _html(make(answer))
    return Response(csv_bytes(answer), 200, {"Content-Disposition": f'attachment; filename="{name}.csv"'}, "text/csv; charset=utf-8")


def _http_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    titles = {404: "No such page", 405: "Not allowed"}
    page = problem(error.status_code, titles.get(error.status_code, "Something is wrong"), str(error.detail) + ".")
    return _html(page, dict(error.headers or {}))


def _kg_problem(request: Request, error: Exception) -> Response:
    return _html(problem(500, "Something is wrong", str(error)))


def _gone(request: Request, error: Exception) -> Response:
    return Response(status_code=400)
