"""The graph that is being served: opened, exchanged when it is built again, written to where that was asked for.

Rule: a request sees one graph from its first byte to its last. A graph built anew is opened beside the old one, and takes its
place when it can answer; the old one ends with its last query.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import sys
from pathlib import Path

from starlette.applications import Starlette

from kg.errors import KgError
from kg.graph import Graph
from kg.graph.folder import MANIFEST, STORE
from kg.serve.index import Index
from kg.serve.notes import Notes
from kg.serve.pool import OutOfTime, Pool, Reply
from kg.serve.settings import Settings

#: how the process of an update ends (`updater`) -> the HTTP status that says so.
_STATUS = {0: 204, 3: 400, 4: 403, 5: 500}
_log = logging.getLogger("kg.serve")


class Live:
    """Keeps ``index`` and ``pool`` of an application's state at the graph as it is on disk; use it as an async context."""

    def __init__(self, app: Starlette, graph: Graph, settings: Settings) -> None:
        self._app, self._graph, self._settings = app, graph, settings
        self._notes = Notes(graph.folder) if settings.writable else None
        self._store = graph.data / STORE
        self._pool = Pool(self._store, settings)
        self._writing = asyncio.Lock()  # a copy of the store is not exchanged under an update
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Live:
        try:
            self._store, self._pool = await self._open(self._graph)
        except BaseException:
            if self._notes:
                self._notes.close()
            raise
        self._app.state.pool = self._pool
        self._start(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._pool.close()
        if self._notes:
            self._notes.close()

    def _start(self, work: object) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)  # type: ignore[arg-type]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _open(self, graph: Graph) -> tuple[Path, Pool]:
        store = await asyncio.to_thread(self._notes.copy, graph) if self._notes else graph.data / STORE
        return store, await Pool(store, self._settings).__aenter__()

    # ---- a graph built again

    async def _watch(self) -> None:
        seen = _stamp(self._graph.folder)
        while True:
            await asyncio.sleep(self._settings.watch)
            now = _stamp(self._graph.folder)
            if now is None or now == seen:
                continue
            try:
                await self._exchange()
                seen = now
            except KgError as error:  # being written, or damaged: the old graph is answered from, and we look again
                _log.warning("the graph was built again and cannot be opened yet: %s", error)

    async def _exchange(self) -> None:
        graph = Graph.open(self._graph.folder)
        if graph.data == self._graph.data:  # the same content under a new manifest
            return
        index = await asyncio.to_thread(Index, graph)
        async with self._writing:
            store, pool = await self._open(graph)
            old_store, old = self._store, self._pool
            self._graph, self._store, self._pool = graph, store, pool
            self._app.state.index, self._app.state.pool = index, pool
        self._start(self._end(old, old_store))
        _log.warning("the graph was built again; pages and queries now show the new one")

    async def _end(self, pool: Pool, store: Path) -> None:
        await pool.retire()
        if self._notes:
            await asyncio.to_thread(shutil.rmtree, store, True)

    # ---- updates

    async def update(self, text: str) -> Reply:
        """Run an update of the notes while nothing else runs; raises `OutOfTime` or `Busy`, after which nothing has changed."""
        assert self._notes is not None
        async with self._writing:
            return await self._pool.alone(lambda: self._run(self._store, self._pool, text))

    async def _run(self, store: Path, pool: Pool, text: str) -> Reply:
        assert self._notes is not None
        pipe, quiet = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        command = (sys.executable, "-W", "ignore", "-m", "kg.serve.updater", str(store), str(self._notes.file), str(self._settings.max_memory))
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=quiet)
        try:
            async with asyncio.timeout(self._settings.timeout):
                said, _ = await process.communicate(text.encode())
        except BaseException as error:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            await self._renew(pool)
            if isinstance(error, TimeoutError):
                raise OutOfTime(f"the update was stopped after {self._settings.timeout:g} s, the time limit of this server") from error
            raise
        if process.returncode not in (0, 3, 4):
            await self._renew(pool)
        status = _STATUS.get(process.returncode or 0, 503)
        return Reply(
            status, "text/plain; charset=utf-8", b"" if status == 204 else said or b"the update's process ended: most likely out of memory\n"
        )

    async def _renew(self, pool: Pool) -> None:
        """Make the copy anew from the graph and the notes: an update that was cut off may have reached one and not the other."""
        assert self._notes is not None
        old = self._store
        self._store = await asyncio.to_thread(self._notes.copy, self._graph)
        pool.move(self._store)
        await asyncio.to_thread(shutil.rmtree, old, True)


def _stamp(folder: Path) -> tuple[int, int, int] | None:
    try:
        found = (folder / MANIFEST).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
