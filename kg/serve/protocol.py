"""The SPARQL 1.1 Protocol at ``/sparql``: query by GET and POST, and update by POST where the server is writable.

Rule: what a client sends is read up to a limit and within a time, checked here only for its form, and judged by a query
process. Every refusal is plain text that says what to do, open to pages of other origins like the answers.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from kg.errors import KgError
from kg.graph.guard import MAX_LENGTH
from kg.serve.description import describe_service
from kg.serve.live import Live
from kg.serve.negotiation import Offer, choose
from kg.serve.pool import Busy, Pool
from kg.serve.results import TRIPLES
from kg.serve.settings import Settings

T = TypeVar("T")
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_HTML = Offer("text/html", ("application/xhtml+xml",))
_METHODS = "GET, HEAD, POST, OPTIONS"
_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
_PREFLIGHT = {"Access-Control-Allow-Methods": _METHODS, "Access-Control-Allow-Headers": "Accept, Content-Type", "Access-Control-Max-Age": "86400"}
_NO_UPDATE = "updates are refused: this server is read-only; with kg serve --writable the graph kg:notes can be written"
_LOCAL = {"localhost", "127.0.0.1", "[::1]"}
#: seconds after which a client that found no free process may try again.
RETRY = "2"


class ProtocolError(KgError):
    """A request that is refused, with its HTTP status."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


async def sparql(request: Request) -> Response:
    """Answer a request of the SPARQL protocol."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={**_CORS, **_PREFLIGHT, "Allow": _METHODS})
    if request.method not in ("GET", "HEAD", "POST"):
        return refusal(405, f"{request.method} is not allowed; query by GET or POST", {"Allow": _METHODS})
    try:
        fields = await _fields(request)
        if not fields:
            return _description(request)
        if any(name == "update" for name, _ in fields):
            return await _update(request, fields)
        return await _answer(request, _operation(fields))
    except ProtocolError as error:
        return refusal(error.status, str(error))
    except ClientDisconnect:  # nobody reads this
        return refusal(400, "the client went away")


def refusal(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    """Return an error as plain text, readable from other origins."""
    return Response(text + "\n", status, {**_CORS, **(headers or {})}, "text/plain; charset=utf-8")


def _description(request: Request) -> Response:
    accept = request.headers.get("accept", "")
    offer = choose(accept, (*TRIPLES, _HTML))
    if offer is _HTML:
        return RedirectResponse("/sparql-editor", 303, _CORS)
    if offer is None:
        return refusal(406, f"the service description is given as {', '.join(o.type for o in TRIPLES)}")
    address = str(request.url.replace(query="", fragment=""))
    return Response(
        describe_service(address, offer, request.app.state.settings.writable), 200, {**_CORS, "Vary": "Accept", "Content-Type": offer.content_type}
    )


async def _fields(request: Request) -> list[tuple[str, str]]:
    """The fields of the request, from the address, a form or a query as the body."""
    if request.method != "POST":
        return _parse(request.scope.get("query_string", b""))
    kind, _, charset = request.headers.get("content-type", "").lower().partition(";")
    if kind.strip() not in (FORM, QUERY, UPDATE):
        raise ProtocolError(415, f"POST takes {FORM} or {QUERY}, not '{kind.strip()}'")
    if "charset" in charset and "utf-8" not in charset and "utf8" not in charset:
        raise ProtocolError(415, "the body must be UTF-8")
    if kind.strip() == UPDATE:
        _check_writer(request)
    body = await _body(request)
    if kind.strip() == FORM:
        return _parse(body) or [("", "")]
    try:
        name = "update" if kind.strip() == UPDATE else "query"
        return [(name, body.decode("utf-8")), *_parse(request.scope.get("query_string", b""))]
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"the query is not UTF-8: {error}") from error


async def _body(request: Request) -> bytes:
    settings: Settings = request.app.state.settings
    too_large = ProtocolError(413, f"the request is larger than {settings.max_request:,} bytes")
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > settings.max_request:
        raise too_large
    parts, size = [], 0
    try:
        async with asyncio.timeout(settings.slow_request):
            async for part in request.stream():
                size += len(part)
                if size > settings.max_request:
                    raise too_large
                parts.append(part)
    except TimeoutError as error:
        raise ProtocolError(408, f"the request did not arrive within {settings.slow_request:g} s") from error
    return b"".join(parts)


def _parse(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except (UnicodeDecodeError, ValueError) as error:
        raise ProtocolError(400, f"the fields of the request cannot be read: {error}") from error


def _operation(fields: list[tuple[str, str]]) -> dict[str, Any]:
    """The query and its dataset, from the fields; others than the protocol's are left alone, as clients send their own."""
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise ProtocolError(400, f"one 'query' is needed, {len(queries)} were given")
    if len(queries[0]) > MAX_LENGTH:
        raise ProtocolError(413, f"the query has {len(queries[0]):,} characters; at most {MAX_LENGTH:,} are taken")
    graphs = {key: [value for name, value in fields if name == f"{key}-graph-uri"] for key in ("default", "named")}
    return {"text": queries[0], "default_graphs": graphs["default"], "named_graphs": graphs["named"]}


def _check_writer(request: Request) -> None:
    """Refuse an update where none is taken, or that a page of another place sends by its visitor's browser."""
    settings: Settings = request.app.state.settings
    if not settings.writable:
        raise ProtocolError(403, _NO_UPDATE)
    host = request.headers.get("host", "")
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    origin = request.headers.get("origin")
    if name.lower() not in _LOCAL or origin not in (None, f"http://{host}"):
        raise ProtocolError(403, "updates are refused from other places: send them from this machine, to the address that was printed")


async def _update(request: Request, fields: list[tuple[str, str]]) -> Response:
    _check_writer(request)
    updates = [value for name, value in fields if name == "update"]
    if request.method != "POST" or len(fields) != len(updates) or len(updates) != 1:
        raise ProtocolError(400, "one 'update' by POST is needed, without query or dataset; name graphs by WITH, USING and GRAPH")
    live: Live = request.app.state.live
    try:
        reply = await live.update(updates[0])
    except Busy as error:
        return refusal(503, str(error), {"Retry-After": RETRY})
    except KgError as error:
        return refusal(503, str(error))
    return Response(reply.body, reply.status, {**_CORS, "Content-Type": reply.type} if reply.body else _CORS)


async def _answer(request: Request, operation: dict[str, Any]) -> Response:
    settings: Settings = request.app.state.settings
    limits = {"max_rows": settings.max_rows, "max_answer": settings.max_answer}
    accept = ", ".join(request.headers.getlist("accept"))
    try:
        reply = await ask(request, {**operation, **limits, "accept": accept})
    except Busy as error:
        return refusal(503, str(error), {"Retry-After": RETRY})
    except KgError as error:  # out of time, out of memory
        return refusal(503, str(error))
    return Response(reply.body, reply.status, {**_CORS, "Vary": "Accept", "Content-Type": reply.type})


async def ask(request: Request, question: dict[str, Any]) -> Any:
    """Ask the pool, and stop the query when its client goes away."""
    pool: Pool = request.app.state.pool
    return await _while_connected(request, pool.ask(question))


async def _while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    task, watch = asyncio.create_task(work), asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientDisconnect
        return task.result()
    finally:
        for one in (task, watch):
            one.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await one


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
