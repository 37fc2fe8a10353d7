"""A few warm query processes: reused after a good query, killed and replaced after a runaway one.

Rule: a query holds one process and nothing else; whatever it does, and whether its client waits or has gone, the process is
free again or dead when the time limit has passed.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import KgError
from kg.serve.settings import Settings

T = TypeVar("T")
#: seconds within which a query process must be ready.
START = 30.0
#: seconds that a killed process may take to be gone.
END = 3.0


class OutOfTime(KgError):
    """A query was stopped at the time limit."""


class Busy(KgError):
    """Too many queries are running and waiting."""


class WorkerDied(KgError):
    """A query process ended by itself: out of memory, or the store went away."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a query process answered: HTTP status, content type, bytes."""

    status: int
    type: str
    body: bytes

    def json(self) -> Any:
        """Return the body read as JSON."""
        return json.loads(self.body)


class Worker:
    """One query process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._ended = False
        self.memory = 0

    @classmethod
    async def start(cls, store: Path, memory: int) -> Worker:
        """Start a process on a store and wait until it is ready; `WorkerDied` if it is not."""
        command = (sys.executable, "-W", "ignore", "-m", "kg.serve.worker", str(store), str(memory))
        pipe, quiet = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        worker = cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=quiet))
        try:
            async with asyncio.timeout(START):
                head, _ = await worker._read()
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            await worker.end()
            raise WorkerDied("a query process does not start") from error
        except BaseException:
            worker.kill()
            raise
        if "error" in head:
            await worker.end()
            raise WorkerDied(f"{head['error']}")
        return worker

    async def ask(self, request: dict[str, Any]) -> Reply:
        """Return the reply to a request; `WorkerDied` if the process ends instead."""
        packed = json.dumps(request).encode()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(struct.pack(">I", len(packed)) + packed)
            await self._process.stdin.drain()
            head, body = await self._read()
        except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError) as error:
            self._ended = True
            raise WorkerDied("the query's process ended: most likely it needed more memory than this server gives; narrow it") from error
        self.memory = head["memory"]
        return Reply(head["status"], head["type"], body)

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        stream = self._process.stdout
        assert stream is not None
        size = struct.unpack(">I", await stream.readexactly(4))[0]
        head = json.loads(await stream.readexactly(size))
        return head, await stream.readexactly(head["length"])

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return not self._ended and self._process.returncode is None

    def kill(self) -> None:
        """End the process, whatever it is doing; once, as a second time asyncio would lose track of it."""
        if not self._ended:
            self._ended = True
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def end(self) -> None:
        """End the process and wait until it is gone and its pipes are closed."""
        self.kill()
        with contextlib.suppress(TimeoutError, BrokenPipeError, ConnectionResetError):
            async with asyncio.timeout(END):
                await self._process.communicate()


class Pool:
    """At most ``settings.workers`` queries at once; use it as an async context."""

    def __init__(self, store: Path, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._slots = asyncio.Semaphore(settings.workers)
        self._waiting = 0
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._one_alone = asyncio.Lock()

    async def __aenter__(self) -> Pool:
        self._idle.append(await self._start())  # one is enough to see that the store opens; others come when they are needed
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End every process; queries that run are told so, and none is taken any more."""
        if self._closed:
            return
        self._closed = True
        for worker in self._all:
            worker.kill()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(END):
                for _ in range(self._settings.workers):  # until the last answer is read
                    await self._slots.acquire()
                await asyncio.gather(*self._tasks)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, *(worker.end() for worker in self._all), return_exceptions=True)
        self._all.clear()

    async def ask(self, request: dict[str, Any]) -> Reply:
        """Answer a request of `worker`, within the time limit; raises `OutOfTime`, `Busy` or `WorkerDied`."""
        await self._enter()
        try:
            worker = await self._take()
            return await self._run(worker, {**request, "timeout": self._settings.timeout})
        finally:
            self._slots.release()

    async def alone(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do some work while no query runs and no process has the store open; `Busy` if queries do not end."""
        async with self._one_alone:
            taken = 0
            try:
                async with asyncio.timeout(self._settings.patience):
                    while taken < self._settings.workers:
                        await self._slots.acquire()
                        taken += 1
                await asyncio.gather(*self._tasks)
                await asyncio.gather(*(worker.end() for worker in self._all))
                self._all.clear()
                self._idle.clear()
                return await work()
            except TimeoutError as error:
                raise Busy(f"queries did not end within {self._settings.patience:g} s; try again in a moment") from error
            finally:
                for _ in range(taken):
                    self._slots.release()

    def move(self, store: Path) -> None:
        """Let the processes that start from now on open another store."""
        self._store = store

    async def retire(self) -> None:
        """Let the queries that run end, then close."""
        with contextlib.suppress(Busy):
            await self.alone(self.close_now)
        await self.close()

    async def close_now(self) -> None:
        """Take no query any more; nothing runs."""
        self._closed = True

    async def _enter(self) -> None:
        if self._slots.locked() and self._waiting >= self._settings.waiting:
            raise Busy(f"{self._settings.workers} queries run and {self._waiting} wait; try again in a moment")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.patience):
                await self._slots.acquire()
        except TimeoutError as error:
            raise Busy(f"no query ended within {self._settings.patience:g} s; try again in a moment") from error
        finally:
            self._waiting -= 1

    async def _take(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            self._replace(worker)
        return await self._start()

    async def _start(self) -> Worker:
        if self._closed:
            raise WorkerDied("the server is being stopped")
        worker = await Worker.start(self._store, self._settings.max_memory)
        self._all.add(worker)
        return worker

    async def _run(self, worker: Worker, request: dict[str, Any]) -> Reply:
        kept = False
        try:
            async with asyncio.timeout(self._settings.timeout):
                reply = await worker.ask(request)
            kept = worker.memory < self._settings.max_memory // 2  # a heap never shrinks: a fat process would fail the next query
            return reply
        except WorkerDied as error:
            if self._closed:
                raise WorkerDied("the server is being stopped") from error
            raise
        except TimeoutError as error:
            raise OutOfTime(f"the query was stopped after {self._settings.timeout:g} s, the time limit of this server; narrow it") from error
        finally:
            if kept:
                self._idle.append(worker)
            else:
                self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        worker.kill()
        self._all.discard(worker)
        task = asyncio.create_task(self._renew(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _renew(self, worker: Worker) -> None:
        await worker.end()
        with contextlib.suppress(WorkerDied):  # the next query will say so
            if len(self._all) < self._settings.workers and not self._closed:
                self._idle.append(await self._start())
