"""`kg serve` itself: a server in a process of its own, asked by the tools that people use."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
import rdflib
from hostile_world import HOSTILE
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, POST, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.vocab import drug_class_id

SELECT = "SELECT ?name WHERE { <https://w3id.org/pubmed-kg/variant/ALK_G1202R> rdfs:label ?name }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@contextmanager
def served(root: Path, folder: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-W", "ignore", "-m", "kg", "serve", str(folder), "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=folder)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.match(r"(http://127\.0\.0\.1:\d+)/", line)
        assert match, line + (process.stderr.read() if process.stderr else "")
        until(lambda: httpx.get(match[1] + "/queries", timeout=5).status_code == 200)
        yield match[1], process
    finally:
        process.kill()
        process.communicate()


def until(true: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if true():  # type: ignore[operator]
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")


@pytest.fixture(scope="module")
def server(root: Path, folder: Path) -> Iterator[str]:
    with served(root, folder, "--timeout", "1.5", "--max-rows", "5000") as (address, _):
        yield address


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(server: str, method: str) -> None:
    wrapper = SPARQLWrapper(server + "/sparql")
    wrapper.setMethod(method)
    wrapper.setQuery(SELECT)
    wrapper.setReturnFormat(JSON)
    assert wrapper.queryAndConvert()["results"]["bindings"][0]["name"]["value"] == "ALK G1202R"  # type: ignore[index,call-overload]
    wrapper.setReturnFormat(XML)
    assert "ALK G1202R" in wrapper.queryAndConvert().toxml()  # type: ignore[union-attr]
    for table in (CSV, TSV):
        wrapper.setReturnFormat(table)
        assert b"ALK G1202R" in wrapper.queryAndConvert()  # type: ignore[operator]
    wrapper.setQuery("CONSTRUCT WHERE { <https://w3id.org/pubmed-kg/variant/ALK_G1202R> rdfs:label ?name }")
    for rdf in (TURTLE, N3):
        wrapper.setReturnFormat(rdf)
        assert b"ALK G1202R" in wrapper.queryAndConvert()  # type: ignore[operator]
    wrapper.setReturnFormat(XML)
    assert len(wrapper.queryAndConvert()) == 1  # type: ignore[arg-type]
    wrapper.setQuery("SELECT WHERE")
    with pytest.raises(QueryBadFormed):
        wrapper.query()


def test_sparqlwrapper_posts_a_query_as_the_body(server: str) -> None:
    wrapper = SPARQLWrapper(server + "/sparql", returnFormat=JSON)
    wrapper.setMethod(POST)
    wrapper.setRequestMethod("postdirectly")
    wrapper.setQuery(SELECT)
    assert len(wrapper.queryAndConvert()["results"]["bindings"]) == 1  # type: ignore[index,call-overload]


def test_rdflib_store(server: str) -> None:
    graph = rdflib.Graph(SPARQLStore(server + "/sparql"))
    variant = rdflib.URIRef("https://w3id.org/pubmed-kg/variant/ALK_G1202R")
    assert list(graph.objects(variant, rdflib.RDFS.label)) == [rdflib.Literal("ALK G1202R")]
    assert (variant, rdflib.RDFS.label, None) in graph
    assert [str(row.name) for row in graph.query(SELECT)] == ["ALK G1202R"]  # type: ignore[union-attr]
    assert graph.query("ASK { ?s ?p ?o }").askAnswer
    assert len(graph.query("CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o }")) > 10


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(server: str) -> None:
    def curl(*words: str) -> str:
        return subprocess.run(["curl", "-sS", *words], capture_output=True, check=True).stdout.decode()

    status = ("-o", os.devnull, "-w", "%{http_code}")
    assert json.loads(curl("-G", server + "/sparql", "--data-urlencode", "query=" + SELECT))["head"]["vars"] == ["name"]
    assert curl("-H", "Accept: text/csv", "--data-urlencode", "query=" + SELECT, server + "/sparql") == "name\r\nALK G1202R\r\n"
    assert "<binding" in curl(
        "-H", "Accept: application/sparql-results+xml", "-H", "Content-Type: application/sparql-query", "-d", SELECT, server + "/sparql"
    )
    assert "sd:Service" in curl(server + "/sparql")
    assert curl(*status, "-X", "PUT", server + "/sparql") == "405"
    assert curl(*status, "--path-as-is", server + "/static/../../../pyproject.toml") == "404"
    assert curl(*status, "--path-as-is", server + "/..%2f..%2fmanifest.json") == "404"
    assert curl(*status, "-d", "update=DROP ALL", server + "/sparql") == "403"


def test_hostile_names_have_addresses(server: str) -> None:
    for name in HOSTILE:
        answer = httpx.get(server + "/entity/" + quote(drug_class_id(name), safe=":"))
        assert answer.status_code == 200, name


def test_a_runaway_query_is_stopped_while_fifty_others_are_answered(server: str) -> None:
    def ask(number: int) -> tuple[int, int]:
        answer = httpx.get(server + "/sparql", params={"query": f"SELECT * {{ ?s a kg:Statement }} LIMIT {number + 1}"}, timeout=30)
        return answer.status_code, len(answer.json()["results"]["bindings"])

    start = time.monotonic()
    with ThreadPoolExecutor(51) as threads:
        runaway = threads.submit(httpx.get, server + "/sparql", params={"query": RUNAWAY}, timeout=30)
        answers = list(threads.map(ask, range(50)))
        stopped = runaway.result()
    assert stopped.status_code == 503 and "stopped after 1.5 s" in stopped.text
    assert {status for status, _ in answers} == {200} and [n for _, n in answers][:10] == list(range(1, 11))
    assert time.monotonic() - start < 15


def test_clients_that_are_slow_or_go_away_hold_nobody_up(server: str) -> None:
    place = urlsplit(server)
    slow = [socket.create_connection((str(place.hostname), place.port)) for _ in range(30)]
    try:
        for number, one in enumerate(slow):
            one.sendall(b"GET /sparql HTTP/1.1\r\nHost: x\r\n" if number % 2 else b"POST /sparql HTTP/1.1\r\nHost: x\r\n")
            if number % 3 == 0:
                one.sendall(b"Content-Type: application/sparql-query\r\nContent-Length: 1000\r\n\r\nSELECT")
        gone = socket.create_connection((str(place.hostname), place.port))
        gone.sendall(f"GET /sparql?query={quote(RUNAWAY)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        gone.close()
        start = time.monotonic()
        assert httpx.get(server + "/sparql", params={"query": SELECT}, timeout=10).status_code == 200
        assert httpx.get(server + "/", timeout=10).status_code == 200
        assert time.monotonic() - start < 5
    finally:
        for one in slow:
            one.close()


def run_away(address: str) -> None:
    """Send a runaway query and wait for no answer."""

    def ask() -> None:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(address + "/sparql", params={"query": RUNAWAY}, timeout=60)

    threading.Thread(target=ask, daemon=True).start()


def runs(pid: str) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_ctrl_c_ends_it_and_its_processes(root: Path, folder: Path) -> None:
    with served(root, folder, "--timeout", "60") as (address, process):
        run_away(address)
        time.sleep(0.5)
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False).stdout.split()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=15)
        assert process.returncode == 0 and "Traceback" not in errors and "stopped" in errors
        until(lambda: not any(map(runs, children)))


def test_a_port_that_is_taken_and_a_folder_that_is_no_graph(root: Path, folder: Path, tmp_path: Path, server: str) -> None:
    def fails(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-W", "ignore", "-m", "kg", "serve", *words]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(root)}, check=False, timeout=60)
        assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stderr

    code, text = fails(str(folder), "--port", str(urlsplit(server).port))
    assert code == 1 and "cannot listen" in text and "--port" in text
    code, text = fails(str(tmp_path))
    assert code == 1 and "no graph folder" in text
    code, text = fails(str(folder), "--host", "no.such.host.invalid")
    assert code == 2 and "no such address" in text


@pytest.mark.slow
def test_a_query_does_not_outlive_a_server_that_was_killed(root: Path, folder: Path) -> None:
    with served(root, folder, "--timeout", "1") as (address, process):
        run_away(address)
        time.sleep(0.6)
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False).stdout.split()
        process.kill()
        assert children
        until(lambda: not any(map(runs, children)), 8)
