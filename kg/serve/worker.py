"""A process that answers one SPARQL query after another, to be killed when one runs away.

Rule: it reads the store and nothing else. Oxigraph has no way to stop a running query from Python, so the limits that hold
are the system's: the parent kills it when time is up, an alarm ends it where the parent is gone, and its memory is bounded.

Request and reply are frames (`pool`): four bytes of length, a JSON head, and for a reply the body that the head announces.
"""

from __future__ import annotations

import json
import signal
import struct
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.guard import MAX_LENGTH, check_sparql, tokens
from kg.graph.query import plain
from kg.graph.terms import ALL_PREFIXES
from kg.serve.negotiation import Offer, choose
from kg.serve.results import TABLES, TRIPLES, TooLarge, limited, write_boolean, write_rows, write_triples

#: seconds past the parent's limit at which the process ends itself.
GRACE = 2.0
#: what a request asks for instead of an Accept header: plain values for a page, cut at the limit.
TABLE = "table"


class Refused(QueryError):
    """A query that is not run, with the HTTP status that says so."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def answer(store: ox.Store, request: dict[str, Any]) -> tuple[str, bytes]:
    """Return content type and bytes of the answer; raises `Refused`, `QueryError`, `TooLarge` or `MemoryError`."""
    text = _checked(request["text"])
    found = _evaluate(store, text, request.get("default_graphs"), request.get("named_graphs"))
    try:
        return _written(found, request)
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}") from error


def _checked(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise Refused(413, f"the query has {len(text):,} characters; at most {MAX_LENGTH:,} are taken")
    try:
        return check_sparql(text)
    except QueryError as error:  # the guard says "is refused" of what would write or reach out
        raise Refused(403 if " is refused" in str(error) else 400, str(error)) from error


def _evaluate(store: ox.Store, text: str, default: list[str] | None, named: list[str] | None) -> Any:
    dataset: dict[str, Any] = {}
    if default or named:  # the protocol's dataset stands above the query's own
        dataset = {"default_graph": _graphs(default or []), "named_graphs": _graphs(named or [])}
    elif not any(kind == "word" and token.upper() == "FROM" for kind, token in tokens(text)):  # Oxigraph's union would hide FROM
        dataset = {"use_default_graph_as_union": True}
    try:
        return store.query(text, prefixes=ALL_PREFIXES, **dataset)
    except (SyntaxError, ValueError) as error:
        raise Refused(400, f"not a valid SPARQL query: {error}") from error
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


def _graphs(names: list[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(name) for name in names]
    except ValueError as error:
        raise Refused(400, f"a graph's name is no absolute IRI: {error}") from error


def _written(found: Any, request: dict[str, Any]) -> tuple[str, bytes]:
    most, room = request["max_rows"], request["max_answer"]
    if request["accept"] == TABLE:
        return "application/json", _table(found, most)
    offer = _offer(request["accept"], TRIPLES if isinstance(found, ox.QueryTriples) else TABLES)
    if isinstance(found, ox.QueryBoolean):
        body = write_boolean(bool(found), offer)
    elif isinstance(found, ox.QueryTriples):
        body = write_triples(limited(found, most), offer, room)
    else:
        columns = [variable.value for variable in found.variables]
        body = write_rows(columns, limited(_rows(found, len(columns)), most), offer, room)
    return offer.content_type, body


def _offer(accept: str, offers: tuple[Offer, ...]) -> Offer:
    offer = choose(accept, offers)
    if offer is None:
        raise Refused(406, f"this query's answer is given as {', '.join(o.type for o in offers)}")
    return offer


def _rows(found: Any, width: int) -> Iterator[tuple[Any, ...]]:
    for solution in found:
        yield tuple(solution[i] for i in range(width))


def _table(found: Any, most: int) -> bytes:
    rows: Iterator[tuple[Any, ...]]
    if isinstance(found, ox.QueryBoolean):
        columns, rows = ["answer"], iter([(bool(found),)])
    elif isinstance(found, ox.QueryTriples):
        columns, rows = ["subject", "predicate", "object"], ((plain(t.subject), plain(t.predicate), plain(t.object)) for t in found)
    else:
        columns = [variable.value for variable in found.variables]
        rows = (tuple(map(plain, row)) for row in _rows(found, len(columns)))
    kept = list(islice(rows, most))
    return json.dumps({"columns": columns, "rows": kept, "truncated": next(rows, None) is not None}).encode()


def reply_to(store: ox.Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return head and body of the reply; every error of the query is a reply, not an end."""
    try:
        kind, body = answer(store, request)
        return {"status": 200, "type": kind}, body
    except Refused as error:
        return _failure(error.status, str(error))
    except TooLarge as error:
        return _failure(403, str(error))
    except QueryError as error:
        return _failure(500, str(error))
    except (MemoryError, RecursionError):
        return _failure(503, "the query needed more memory than this server gives; narrow it")


def _failure(status: int, text: str) -> tuple[dict[str, Any], bytes]:
    return {"status": status, "type": "text/plain; charset=utf-8"}, (text + "\n").encode("utf-8", "replace")


def read_frame(source: BinaryIO) -> dict[str, Any] | None:
    """Return the next request, None at the end of the stream."""
    size = source.read(4)
    if len(size) < 4:
        return None
    frame: dict[str, Any] = json.loads(source.read(struct.unpack(">I", size)[0]))
    return frame


def write_frame(target: BinaryIO, head: dict[str, Any], body: bytes) -> None:
    """Write a reply: its head says how long the body is."""
    packed = json.dumps({**head, "length": len(body)}).encode()
    target.write(struct.pack(">I", len(packed)) + packed + body)
    target.flush()


def bound_memory(most: int) -> None:
    """Bound the memory of this process, where the system can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    except (ImportError, ValueError, OSError):  # not every system has it; the time limit holds everywhere
        return


def _peak_memory() -> int:
    try:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    except ImportError:
        return 0


def main() -> None:
    """Answer frames from standard input on standard output until it ends; arguments: the store's folder, bytes of memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us in order
    bound_memory(int(sys.argv[2]))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    try:
        store = ox.Store.read_only(sys.argv[1])
    except OSError as error:
        write_frame(target, {"error": f"the graph's store cannot be opened ({error})"}, b"")
        return
    write_frame(target, {"ready": True}, b"")
    alarm = getattr(signal, "setitimer", None)
    while (request := read_frame(source)) is not None:
        if alarm:
            alarm(signal.ITIMER_REAL, request["timeout"] + GRACE)
        head, body = reply_to(store, request)
        if alarm:
            alarm(signal.ITIMER_REAL, 0)
        write_frame(target, {**head, "memory": _peak_memory()}, body)


if __name__ == "__main__":
    main()
