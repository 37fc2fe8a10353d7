"""A line between the driver and a Bolt server that can be cut: it hands bytes on both ways until so many have gone one way.

The cut is a reset of both sides, as when a cable is pulled or a server is killed; whoever connects next gets a whole line, or
none where the line stays dead.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock, Thread

_RESET = struct.pack("ii", 1, 0)


@dataclass
class Line:
    """Where to connect, which way and after how many bytes it is cut, how often it was."""

    host: str
    port: int
    after: int
    replies: bool
    dead: bool
    address: str = ""
    cuts: int = 0
    connections: int = 0
    passed: int = 0
    _lock: Lock = field(default_factory=Lock)

    def passes(self, count: int, reply: bool) -> int:
        """How many of the next bytes are handed on; fewer than asked for at the cut."""
        with self._lock:
            if reply is not self.replies or self.cuts:
                return count
            left = self.after - self.passed
            self.passed += count
            if count >= left:
                self.cuts += 1
                return left
            return count


def _reset(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def _hand_on(line: Line, source: socket.socket, target: socket.socket, reply: bool) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            passed = line.passes(len(data), reply)
            target.sendall(data[:passed])
            if passed < len(data):
                break
    _reset(source, target)


def _accept(line: Line, listener: socket.socket) -> None:
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            line.connections += 1
            if line.dead and line.cuts:
                _reset(client)
                continue
            server = socket.create_connection((line.host, line.port))
            for source, target, reply in ((client, server, False), (server, client, True)):
                Thread(target=_hand_on, args=(line, source, target, reply), daemon=True).start()


@contextmanager
def cut_line(host: str, port: int, after: int, *, replies: bool = False, dead: bool = False) -> Iterator[Line]:
    """A line to a server that is cut once, when ``after`` bytes of requests (or of replies) have gone over it."""
    line = Line(host, port, after, replies, dead)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        line.address = f"bolt://127.0.0.1:{listener.getsockname()[1]}"
        Thread(target=_accept, args=(line, listener), daemon=True).start()
        yield line
