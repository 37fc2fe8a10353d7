"""Queries that run away: stopped within their limit, while others are answered."""

from __future__ import annotations

import asyncio
import functools
import os
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.graph import Graph
from kg.graph.folder import STORE
from kg.serve import Settings, create_app
from kg.serve.pool import Busy, OutOfTime, Pool, Reply, WorkerDied

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
GOOD = "ASK { ?s ?p ?o }"


def in_a_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    @functools.wraps(test)
    def run(**fixtures: object) -> None:
        asyncio.run(test(**fixtures))

    return run


def question(text: str) -> dict[str, object]:
    return {"text": text, "accept": "", "max_rows": 1000, "max_answer": 10_000_000}


def running(pool: Pool) -> set[int]:
    return {worker._process.pid for worker in pool._all}


@in_a_loop
async def test_runaways_are_stopped(store: Path) -> None:
    async with Pool(store, Settings(timeout=8, workers=2)) as pool:
        both_started = await asyncio.gather(*(pool.ask(question(GOOD)) for _ in range(2)))
        assert {a.status for a in both_started} == {200}
        start = time.monotonic()
        runaway = asyncio.create_task(pool.ask(question(RUNAWAY)))
        await asyncio.sleep(0.3)
        answers = [await pool.ask(question(GOOD)) for _ in range(5)]
        assert not runaway.done() and {a.status for a in answers} == {200}
        its_own = running(pool) - {worker._process.pid for worker in pool._idle}
        with pytest.raises(OutOfTime, match="stopped after 8 s"):
            await runaway
        assert time.monotonic() - start < 12
        assert (await pool.ask(question(GOOD))).status == 200
        assert len(its_own) == 1 and not its_own & running(pool) and await ended(its_own)
        last = running(pool)
    assert await ended(last)


@in_a_loop
async def test_a_query_that_eats_memory_ends_alone(store: Path) -> None:
    async with Pool(store, Settings(timeout=20, workers=2, max_memory=200 * 2**20)) as pool:
        try:
            reply: Reply | None = await pool.ask(question(HUNGRY))
        except WorkerDied as error:
            assert "memory" in str(error)
            reply = None
        assert reply is None or (reply.status, b"memory" in reply.body) == (503, True)
        assert (await pool.ask(question(GOOD))).status == 200


@in_a_loop
async def test_when_all_processes_are_taken_others_wait_or_are_told_to_come_again(store: Path) -> None:
    async with Pool(store, Settings(timeout=0.8, workers=1, waiting=1)) as pool:
        first = asyncio.create_task(pool.ask(question(RUNAWAY)))
        await asyncio.sleep(0.2)
        second = asyncio.create_task(pool.ask(question(GOOD)))
        await asyncio.sleep(0.1)
        with pytest.raises(Busy, match="try again"):
            await pool.ask(question(GOOD))
        with pytest.raises(OutOfTime):
            await first
        assert (await second).status == 200


@in_a_loop
async def test_a_client_that_goes_away_stops_its_query(store: Path) -> None:
    async with Pool(store, Settings(timeout=30, workers=1)) as pool:
        [pid] = running(pool)
        task = asyncio.create_task(pool.ask(question(RUNAWAY)))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await pool.ask(question(GOOD))).status == 200
        assert await ended({pid})


@in_a_loop
async def test_a_graph_built_again_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkerDied, match="cannot be opened"):
        async with Pool(tmp_path / "gone", Settings()):
            pass


@in_a_loop
async def test_the_answers_of_a_server_in_trouble(graph: Graph) -> None:
    app = create_app(graph, Settings(timeout=0.7, workers=1, waiting=0))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            first = asyncio.create_task(client.get("/sparql", params={"query": RUNAWAY}))
            await asyncio.sleep(0.2)
            busy = await client.get("/sparql", params={"query": GOOD})
            assert busy.status_code == 503 and int(busy.headers["retry-after"]) > 0 and "try again" in busy.text
            page = await client.get("/sparql-editor", params={"query": GOOD})
            assert page.status_code == 503 and page.headers["retry-after"]
            assert (await client.get("/entity/HGNC:427")).status_code == 200
            stopped = await first
            assert stopped.status_code == 503 and "stopped after 0.7 s" in stopped.text and stopped.headers["access-control-allow-origin"] == "*"


async def ended(processes: set[int]) -> bool:
    for _ in range(30):
        if not any(map(alive, processes)):
            return True
        await asyncio.sleep(0.1)
    return False


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="session")
def store(graph: Graph) -> Path:
    return graph.data / STORE


def test_a_query_process_starts_without_what_only_updates_need() -> None:
    loads = "import sys, kg.serve.worker; sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", loads], check=False).returncode == 0
