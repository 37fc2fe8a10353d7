"""The HTTP connection, with limits on clients that are slow.

Rule: who neither finishes the head of a request nor takes an answer in time is cut off; nobody holds a connection for nothing.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol


def connection_class(slow_request: float, slow_reader: float) -> type[H11Protocol]:
    """Return the connection of a server in which the head of a request has so many seconds to arrive, and an answer to be taken."""

    class Connection(H11Protocol):
        _head: asyncio.TimerHandle | None = None
        _answer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._await_head()

        def data_received(self, data: bytes) -> None:
            if self._idle() and self._head is None:  # the first bytes of a further request
                self._await_head()
            super().data_received(data)
            if not self._idle():
                _cancel(self._head)
                self._head = None

        def _idle(self) -> bool:
            """Whether no request is being answered."""
            return self.cycle is None or self.cycle.response_complete

        def _await_head(self) -> None:
            self._head = self.loop.call_later(slow_request, self._cut_if_idle)

        def _cut_if_idle(self) -> None:
            self._head = None
            if self._idle():
                self.transport.abort()

        def pause_writing(self) -> None:
            super().pause_writing()
            self._await_reader()

        def _await_reader(self) -> None:
            _cancel(self._answer)
            left = self.transport.get_write_buffer_size()
            self._answer = self.loop.call_later(slow_reader, self._cut_if_stuck, left)

        def _cut_if_stuck(self, left: int) -> None:
            """Cut off a client that has taken nothing since; a slow one that takes a little goes on."""
            if self.transport.get_write_buffer_size() < left:
                self._await_reader()
            else:
                self.transport.abort()

        def resume_writing(self) -> None:
            super().resume_writing()
            _cancel(self._answer)

        def connection_lost(self, exc: Exception | None) -> None:
            _cancel(self._head)
            _cancel(self._answer)
            super().connection_lost(exc)

    return Connection


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
