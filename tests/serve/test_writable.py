"""`kg serve --writable`: what may be changed, by whom, and that it is kept; and the graph that is built again under a server."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from hostile_world import hostile_parts
from starlette.testclient import TestClient
from test_serve_command import served, until
from typer.testing import CliRunner

from kg.cli.app import app as cli
from kg.errors import GraphError, QueryError
from kg.graph import Graph, write_graph
from kg.serve import Settings, create_app
from kg.serve.notes import FILE, Notes
from kg.serve.updates import check_update

NOTE = "INSERT DATA { GRAPH kg:notes { KGV:ALK_G1202R rdfs:comment 'seen in clinic' } }"
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH kg:notes { ?s ?p ?o } }"

ALLOWED = [
    NOTE,
    "WITH kg:notes DELETE { ?s ?p ?o } INSERT { ?s ?p 'new' } WHERE { ?s ?p ?o }",
    "INSERT { GRAPH kg:notes { ?v kg:todo 'check' } } WHERE { ?s rdf:predicate kg:confers_resistance_to ; rdf:subject ?v }",
    "DELETE WHERE { GRAPH kg:notes { ?s ?p ?o } } ; CLEAR GRAPH kg:notes",
    "PREFIX n: <https://w3id.org/pubmed-kg/schema#> DELETE DATA { GRAPH n:notes { n:a n:b 1 } }",
]
REFUSED = [
    "INSERT DATA { KGV:ALK_G1202R rdfs:comment 'x' }",
    "INSERT DATA { GRAPH kg:assertions { KGV:ALK_G1202R rdfs:comment 'x' } }",
    "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "WITH kg:notes DELETE { GRAPH kg:evidence { ?s ?p ?o } } WHERE { ?s ?p ?o }",
    "WITH kg:assertions DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "INSERT DATA { GRAPH kg:notes { kg:a kg:b 1 } } ; DROP ALL",
    "CLEAR DEFAULT",
    "DROP NAMED",
    "CREATE GRAPH kg:mine",
    "COPY kg:assertions TO kg:notes",
    "MOVE kg:notes TO kg:assertions",
    "ADD DEFAULT TO kg:notes",
    "LOAD <http://example.org/x> INTO GRAPH kg:notes",
    "LOAD <file:///etc/passwd>",
    "INSERT { GRAPH kg:notes { ?s ?p ?o } } WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "PREFIX kg: <http://example.org/> INSERT DATA { GRAPH kg:notes { kg:a kg:b 1 } }",
]


@pytest.mark.parametrize("text", ALLOWED)
def test_notes_may_be_changed(text: str) -> None:
    check_update(text)


@pytest.mark.parametrize("text", REFUSED)
def test_nothing_else_may_be_changed(text: str) -> None:
    with pytest.raises(QueryError, match="is refused"):
        check_update(text)


@pytest.mark.parametrize("text", ["INSERT", "SELECT * { ?s ?p ?o }", "{" * 200, "INSERT DATA { GRAPH no:such { } }"])
def test_what_is_no_update_is_an_error(text: str) -> None:
    with pytest.raises(QueryError):
        check_update(text)


@pytest.fixture(scope="module")
def mine(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(folder, tmp_path_factory.mktemp("writable") / "g"))


@pytest.fixture(scope="module")
def writer(mine: Path) -> Iterator[TestClient]:
    app = create_app(Graph.open(mine), Settings(timeout=20, workers=2, writable=True, watch=0.2))
    with TestClient(app, base_url="http://127.0.0.1:7878") as client:
        yield client
    assert not list(mine.glob(".notes-*"))


def send(client: TestClient, text: str, **headers: str) -> httpx.Response:
    return client.post("/sparql", content=text, headers={"Content-Type": "application/sparql-update", **headers})


def count(client: TestClient) -> int:
    rows = client.get("/sparql", params={"query": COUNT}).json()["results"]["bindings"]
    return int(rows[0]["n"]["value"])


def test_a_note_is_taken_asked_for_and_kept(writer: TestClient, mine: Path) -> None:
    before = count(writer)
    assert send(writer, NOTE).status_code == 204
    assert count(writer) == before + 1
    joined = "SELECT ?name ?note { KGV:ALK_G1202R rdfs:label ?name ; rdfs:comment ?note }"
    assert "seen in clinic" in writer.get("/sparql", params={"query": joined}).text
    assert "seen in clinic" in (mine / FILE).read_text()
    form = {"update": "WITH kg:notes DELETE { ?s rdfs:comment ?o } WHERE { ?s rdfs:comment ?o }"}
    assert writer.post("/sparql", data=form).status_code == 204
    assert count(writer) == before and (mine / FILE).read_bytes().count(b"\n") == before


@pytest.mark.slow
def test_an_update_reads_what_a_query_reads(writer: TestClient) -> None:
    assert send(writer, "INSERT { GRAPH kg:notes { ?v kg:todo 'check; WHERE' } } WHERE { ?v rdfs:label 'ALK G1202R' }").status_code == 204
    assert writer.get("/sparql", params={"query": "ASK { KGV:ALK_G1202R kg:todo ?what }"}).json()["boolean"]
    moved = "DELETE { GRAPH kg:notes { ?v kg:todo ?o } } INSERT { GRAPH kg:notes { ?v kg:done ?o } } WHERE { GRAPH kg:notes { ?v kg:todo ?o } }"
    assert send(writer, moved + " ; DELETE WHERE { GRAPH kg:notes { ?v kg:todo ?o } }").status_code == 204
    assert writer.get("/sparql", params={"query": "ASK { KGV:ALK_G1202R kg:done ?what }"}).json()["boolean"]
    assert send(writer, "WITH kg:notes DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }").status_code == 204 and count(writer) == 0


def test_a_refused_update_changes_nothing(writer: TestClient) -> None:
    before = count(writer)
    assert [send(writer, text).status_code for text in (REFUSED[0], REFUSED[7], "INSERT")] == [403, 403, 400]
    answer = writer.post("/sparql", data={"update": NOTE, "using-graph-uri": "http://x/"})
    assert answer.status_code == 400 and count(writer) == before
    assert writer.get("/sparql", params={"update": NOTE}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example:7878"},
        {"Host": "evil.example:7878", "Origin": "http://evil.example:7878"},
    ],
    ids=str,
)
def test_a_page_of_another_place_cannot_write(writer: TestClient, headers: dict[str, str]) -> None:
    assert send(writer, NOTE, **headers).status_code == 403
    assert writer.post("/sparql", data={"update": NOTE}, headers=headers).status_code == 403


def test_our_own_page_may_write(writer: TestClient) -> None:
    assert send(writer, "CLEAR GRAPH kg:notes", Origin="http://127.0.0.1:7878").status_code == 204


def test_the_description_says_that_it_writes(writer: TestClient, client: TestClient) -> None:
    assert "SPARQL11Update" in writer.get("/sparql").text and "SPARQL11Update" not in client.get("/sparql").text


def test_a_second_writer_is_told(writer: TestClient, mine: Path) -> None:
    with pytest.raises(GraphError, match="another server"):
        Notes(mine)


def test_a_graph_built_again_is_shown_with_the_notes(writer: TestClient, mine: Path) -> None:
    assert send(writer, NOTE).status_code == 204
    parts = hostile_parts()
    parts["documents"] = [d for d in parts["documents"] if d.id != "part 2 of 101"]  # type: ignore[attr-defined]
    write_graph(mine, **parts)  # type: ignore[arg-type]
    until(lambda: writer.get("/document/part%202%20of%20101").status_code == 404)
    assert count(writer) == 1 and writer.get("/graph.json?entity=HGNC:427").json()["nodes"]
    assert writer.get("/sparql", params={"query": "ASK { ?s rdfs:comment 'seen in clinic' ; rdfs:label 'ALK G1202R' }"}).json()["boolean"]
    assert send(writer, "CLEAR GRAPH kg:notes").status_code == 204


def test_notes_that_cannot_be_read_name_the_file(folder: Path, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(folder, tmp_path / "g"))
    (broken / FILE).write_text("<a> no triple")
    with pytest.raises(GraphError, match=r"notes\.nt"), TestClient(create_app(Graph.open(broken), Settings(writable=True))):
        pass
    assert not list(broken.glob(".notes-*"))


@pytest.mark.slow
def test_an_update_that_takes_too_long_leaves_all_as_it_was(folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(folder, tmp_path / "g"))
    with TestClient(create_app(Graph.open(folder), Settings(timeout=3, writable=True)), base_url="http://localhost") as client:
        assert send(client, NOTE).status_code == 204
        cross = "INSERT { GRAPH kg:notes { ?a kg:x ?g } } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
        answer = send(client, cross)
        assert answer.status_code == 503 and "stopped after 3 s" in answer.text
        assert count(client) == 1 and send(client, "CLEAR GRAPH kg:notes").status_code == 204 and count(client) == 0


def test_a_read_only_server_says_how_to_write(client: TestClient) -> None:
    answer = send(client, NOTE)
    assert answer.status_code == 403 and "--writable" in answer.text


def test_writing_over_a_network_is_refused(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["serve", str(folder), "--writable", "--host", "0.0.0.0"])
    assert result.exit_code == 2 and not list(folder.glob(".notes*"))


@pytest.mark.slow
def test_the_command_keeps_notes_between_two_servers(root: Path, folder: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copytree(folder, tmp_path / "g"))
    with served(root, graph, "--writable") as (address, _):
        until(lambda: httpx.post(address + "/sparql", data={"update": NOTE}, timeout=30).status_code == 204)
    with served(root, graph, "--writable") as (address, _):
        assert httpx.get(address + "/sparql", params={"query": COUNT}, timeout=30).json()["results"]["bindings"][0]["n"]["value"] == "1"


SLOW_SERVER = """
import sys; from pathlib import Path; from kg.graph import Graph; from kg.serve import Settings, serve
serve(Graph.open(sys.argv[1]), "127.0.0.1", 0, Settings(slow_request=1.0, slow_reader=1.0), lambda address: print(address, flush=True))
"""


@pytest.mark.slow
def test_clients_that_do_not_finish_are_cut_off(root: Path, folder: Path) -> None:
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-c", SLOW_SERVER, str(folder)], stdout=subprocess.PIPE, text=True, cwd=root)
    try:
        assert process.stdout is not None
        place = urlsplit(process.stdout.readline().strip())
        until(lambda: httpx.get(place.geturl()).status_code == 200)
        heads = (b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET /queries HTTP/1.1\r\nHost: x\r\n\r\n")
        slow = [socket.create_connection((str(place.hostname), place.port)) for _ in heads]
        start = time.monotonic()
        for one, head in zip(slow, heads, strict=True):
            one.sendall(head)
            one.settimeout(20)
        ends = [read_to_end(one) for one in slow]
        assert ends[:2] == [b"", b""] and ends[2].startswith(b"HTTP/1.1 200")
        assert time.monotonic() - start < 18
    finally:
        process.kill()
        process.communicate()


def read_to_end(connection: socket.socket) -> bytes:
    """What comes until the other side closes; a reset is an end too."""
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)
