"""Running the application until someone stops it.

Rule: the port is taken before anything is said, so that the address that is printed is the one that answers.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.errors import KgError, UsageError
from kg.graph import Graph
from kg.serve.app import create_app
from kg.serve.settings import Settings

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

BACKLOG = 256
#: connections at once; more are told to come again.
CONNECTIONS = 500
#: seconds that answers under way get when the server is stopped.
LAST_ANSWERS = 3


def serve(graph: Graph, host: str, port: int, settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve a graph until interrupted; ``announce`` is told the address. Port 0 takes a free one.

    Raises `UsageError` for a host that is none, `KgError` for a port that is taken.
    """
    import uvicorn

    from kg.serve.connection import connection_class

    with take_port(host, port) as taken:
        app = create_app(graph, settings)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="on",
            limit_concurrency=CONNECTIONS,
            timeout_graceful_shutdown=LAST_ANSWERS,
            ws="none",
            http=connection_class(settings.slow_request, settings.slow_reader),
        )
        announce(address(host, taken.getsockname()[1]))
        _server(config, app).run([taken])


def _server(config: uvicorn.Config, app: Starlette) -> uvicorn.Server:
    """A server that ends its queries before it waits for their answers."""
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            pool = getattr(app.state, "pool", None)
            if pool is not None:
                await pool.close()
            await super().shutdown(sockets)

    return Server(config)


def address(host: str, port: int) -> str:
    """Return the address to type into a browser; of a host that stands for all, the one of this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches a host."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def take_port(host: str, port: int) -> socket.socket:
    """Return a listening socket; `KgError` if the port is taken, `UsageError` if the host is none of this machine."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (socket.gaierror, UnicodeError, OverflowError) as error:
        raise UsageError(f"--host {host}: no such address ({error}); 127.0.0.1 is this machine only, 0.0.0.0 every network it is in") from error
    taken = socket.socket(family, kind, protocol)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(place)
        taken.listen(BACKLOG)
    except OSError as error:
        taken.close()
        raise KgError(f"cannot listen on {host} port {port} ({error.strerror or error}); choose another --port, 0 takes a free one") from error
    return taken
