"""Graphs sent to a real Bolt server and read back through the official driver.

The server is ArcadeDB in a process of its own (extra ``test-neo4j``), or the Neo4j of ``NEO4J_URI`` (with ``NEO4J_USER``,
``NEO4J_PASSWORD``, ``NEO4J_DATABASE``), whose database must be empty: the tests wipe it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from bolt_server import started
from cut_line import Line, cut_line
from neo4j_page import ANSWERS, PAGE, bypassed_graph, queries
from test_round_trip import HOSTILE, hostile_graph
from typer.testing import CliRunner

from kg.cli.app import app
from kg.errors import ExportError
from kg.exports import bolt, export_graph
from kg.exports.bolt import Server, check_address, send_graph
from kg.exports.neo4j_csv import COMMAND, labels
from kg.exports.view import edges, nodes
from kg.graph import Graph, write_graph
from kg.model import Argument, Context, Entity, Statement

NEO4J = os.environ.get("NEO4J_URI", "")
Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not find_spec("neo4j"):
        pytest.skip("needs the driver: pip install 'pubmed-kg[neo4j]'")
    if NEO4J:
        names = ("NEO4J_USER", "neo4j"), ("NEO4J_PASSWORD", ""), ("NEO4J_DATABASE", "")
        yield Server(NEO4J, *(os.environ.get(name, default) for name, default in names))
    elif find_spec("arcadedb_embedded"):
        with started(tmp_path_factory.mktemp("bolt")) as found:
            yield found
    else:
        pytest.skip("needs a Bolt server: pip install 'pubmed-kg[test-neo4j]', or NEO4J_URI of an empty database")


@pytest.fixture(scope="module")
def first_look(server: Server) -> Iterator[Ask]:
    """Ask the server, whose database was found empty."""
    import neo4j

    auth = (server.user, server.password) if server.password else None
    with neo4j.GraphDatabase.driver(server.uri, auth=auth) as driver, driver.session(database=server.database or None) as session:

        def ask(query: str, **parameters: Any) -> list[dict[str, Any]]:
            return session.run(query, parameters).data()  # type: ignore[arg-type]

        if ask("MATCH (n) RETURN count(n) AS n") != [{"n": 0}]:
            pytest.skip("the database of NEO4J_URI is not empty, and these tests would wipe it")
        yield ask


@pytest.fixture
def ask(first_look: Ask) -> Ask:
    first_look("MATCH (n) DETACH DELETE n")
    return first_look


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in names}


def assert_holds(ask: Ask, graph: Graph) -> None:
    """Every node and relationship with all its properties, and nothing else."""
    found = ask("MATCH (n:Entity) RETURN labels(n) AS labels, properties(n) AS row")
    assert {r["row"]["id"]: (set(r["labels"]), without(r["row"], "checksum")) for r in found} == {n["id"]: (set(labels(n)), n) for n in nodes(graph)}
    assert len(found) == len({r["row"]["id"] for r in found})
    found = ask("MATCH (s:Entity)-[r]->(o:Entity) RETURN s.id AS s, type(r) AS type, o.id AS o, properties(r) AS row")
    assert {r["row"]["id"]: (r["s"], r["type"], r["o"], without(r["row"], "checksum")) for r in found} == {
        e["id"]: (e["subject"], e["predicate"].upper(), e["object"], e) for e in edges(graph)
    }
    assert len(found) == len({r["row"]["id"] for r in found})


def counts(ask: Ask) -> list[int]:
    return [ask("MATCH (n) RETURN count(n) AS n")[0]["n"], ask("MATCH ()-[r]->() RETURN count(r) AS n")[0]["n"]]


def test_a_graph_arrives_whole_and_twice_is_once(server: Server, ask: Ask, graph: Graph) -> None:
    seen: dict[str, int] = {}
    sent = send_graph(graph, server, progress=seen.__setitem__)
    assert_holds(ask, graph)
    assert sent.rows == {"entities": len(list(nodes(graph))), "statements": len(list(edges(graph)))} and sent.changed == sum(sent.rows.values())
    assert {k: seen[k] for k in sent.rows} == sent.rows
    before = counts(ask)
    again = send_graph(graph, server)
    assert (again.rows, again.changed, counts(ask)) == (sent.rows, 0, before)


def test_what_was_lost_or_altered_is_mended_and_the_rest_left_alone(server: Server, ask: Ask, graph: Graph) -> None:
    send_graph(graph, server)
    ask("MATCH (n:Entity {name: 'crizotinib'}) SET n.name = 'x', n.checksum = 'old', n.mine = 1")
    ask("MATCH ()-[r:TREATS]->() DELETE r")
    lost = len([e for e in edges(graph) if e["predicate"] == "treats"])
    assert send_graph(graph, server).changed == lost + 1
    assert ask("MATCH (n:Entity {name: 'crizotinib'}) RETURN n.mine AS mine") == [{"mine": 1}]
    ask("MATCH (n:Entity {name: 'crizotinib'}) REMOVE n.mine")
    assert_holds(ask, graph)


def test_a_run_that_broke_off_is_resumed(server: Server, ask: Ask, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bolt, "BATCH", 3)

    def stop(stage: str, done: int) -> None:
        if stage == "statements" and done >= 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_graph(graph, server, progress=stop)
    arrived = counts(ask)
    everything = [len(list(nodes(graph))), len(list(edges(graph)))]
    assert arrived[0] == everything[0] and 6 <= arrived[1] < everything[1]
    assert send_graph(graph, server).changed == everything[1] - arrived[1]
    assert_holds(ask, graph)


#: bytes after which the line is cut: enough to be past the hand-shake and the indexes of ArcadeDB's and Neo4j's replies alike
CUTS = [
    pytest.param(0.4, False, id="within the entities sent"),
    pytest.param(0.7, False, id="within the statements sent"),
    pytest.param(0.95, False, id="near the end"),
    pytest.param(0.7, True, id="within a reply, what was sent is kept and not known to be"),
]


def line_to(server: Server, after: int, **kind: bool) -> AbstractContextManager[Line]:
    parts = urlsplit(server.uri)
    if parts.scheme not in ("bolt", "neo4j"):
        pytest.skip("the line cannot be cut under TLS, whose certificate names the server")
    return cut_line(parts.hostname or "", parts.port or 7687, after, **kind)


def bytes_sent(server: Server, ask: Ask, graph: Graph, replies: bool) -> int:
    """How many bytes a whole load takes one way."""
    with line_to(server, 10**9, replies=replies) as line:
        send_graph(graph, replace(server, uri=line.address))
    ask("MATCH (n) DETACH DELETE n")
    return line.passed


@pytest.mark.parametrize(("share", "replies"), CUTS)
def test_a_line_that_is_cut_is_taken_up_again(
    server: Server, ask: Ask, graph: Graph, monkeypatch: pytest.MonkeyPatch, share: float, replies: bool
) -> None:
    monkeypatch.setattr(bolt, "BATCH", 3)
    with line_to(server, int(share * bytes_sent(server, ask, graph, replies)), replies=replies) as line:
        sent = send_graph(graph, replace(server, uri=line.address))
    assert line.cuts == 1 and line.connections >= 2
    assert sent.rows == {"entities": len(list(nodes(graph))), "statements": len(list(edges(graph)))}
    assert_holds(ask, graph)
    assert send_graph(graph, server).changed == 0


def test_a_line_that_stays_dead_is_told_and_sending_again_goes_on(server: Server, ask: Ask, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bolt, "BATCH", 3)
    monkeypatch.setattr(bolt, "RETRY_SECONDS", 1.0)
    with (
        line_to(server, int(0.7 * bytes_sent(server, ask, graph, False)), dead=True) as line,
        pytest.raises(ExportError, match=r"no Bolt server answers.* sending again goes on from there"),
    ):
        send_graph(graph, replace(server, uri=line.address))
    arrived, everything = sum(counts(ask)), len(list(nodes(graph))) + len(list(edges(graph)))
    assert 0 < arrived < everything
    assert send_graph(graph, server).changed == everything - arrived
    assert_holds(ask, graph)


def test_hostile_names_are_only_names(server: Server, ask: Ask, tmp_path: Path) -> None:
    names = [*HOSTILE, "x'}) DETACH DELETE n //", "`) MATCH (n) DETACH DELETE n //", "$rows", "\u202eevil\u202c", "a\\", "//", "/* */"]
    hostile = hostile_graph(tmp_path / "g", names)
    send_graph(hostile, server)
    assert_holds(ask, hostile)
    assert send_graph(hostile, server).changed == 0


def test_an_entity_that_changed_its_type_gets_the_new_label(server: Server, ask: Ask, tmp_path: Path) -> None:
    drug = Entity("DRUGBANK:DB1", "Drug", "drug")
    for kind in ("Gene", "Variant"):
        lesion = Entity("X:1", kind, "lesion")
        made = Statement("KGS:1", Argument("X:1", kind, "lesion"), "confers_resistance_to", Argument(drug.id, "Drug", "drug"), Context(), n_for=1)
        write_graph(tmp_path / kind, documents=[], mentions={}, evidence=[], statements=[made], entities=[drug, lesion])
        send_graph(Graph.open(tmp_path / kind), server)
    assert ask("MATCH (n:Variant:SequenceVariant) RETURN n.id AS id, n.type AS type") == [{"id": "X:1", "type": "Variant"}]
    assert counts(ask) == [2, 1]


@pytest.mark.parametrize("hostile", [False, True], ids=["invented", "hostile names"])
def test_the_exported_script_runs_and_runs_again(server: Server, ask: Ask, graph: Graph, tmp_path: Path, hostile: bool) -> None:
    graph = hostile_graph(tmp_path / "g", HOSTILE) if hostile else graph
    (script,) = export_graph(graph, "cypher", tmp_path / "graph.cypher")
    for _ in range(2):
        for query in script.read_text(encoding="utf-8").removesuffix(";\n").split(";\n"):
            ask(query)
        assert_holds(ask, graph)
    assert send_graph(graph, server).changed == sum(counts(ask))  # the script has no checksums, and so does not stand in the way


def test_evidence_leads_from_statements_to_documents(server: Server, ask: Ask, graph: Graph) -> None:
    sent = send_graph(graph, server, evidence=True)
    assert_holds(ask, graph)
    found = ask(
        "MATCH (d:Document)<-[:FROM]-(e:Evidence)-[j:SUPPORTS|CONTRADICTS]->(s:Statement), (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity) "
        "RETURN e.id AS e, e.sentence AS sentence, type(j) AS j, s.id AS s, a.id AS a, s.predicate AS p, b.id AS b, d.id AS d"
    )
    kinds, evidence = {"positive": "SUPPORTS", "negative": "CONTRADICTS"}, graph.evidence
    assert {tuple(r.values()) for r in found} == {
        (i, e.sentence, kinds[e.polarity], row["id"], row["subject"], row["predicate"], row["object"], graph.document_curie(e.document))
        for row in edges(graph)
        for i in row["evidence"]
        for e in [evidence[i]]
    }
    assert len(found) == len(evidence)
    before = counts(ask)
    again = send_graph(graph, server, evidence=True)
    assert (again.changed, again.rows, counts(ask)) == (0, sent.rows, before)


def test_the_queries_of_the_documentation_answer(server: Server, ask: Ask, tmp_path: Path) -> None:
    found = queries()
    assert {title for title in found if title.endswith("?")} == set(ANSWERS)
    send_graph(bypassed_graph(tmp_path / "g"), server, evidence=True)
    for query in found["1. CSV import"]:
        ask(query)
    for title, expected in ANSWERS.items():
        (query,) = found[title]
        assert [tuple(row.values())[: len(expected[0])] for row in ask(query)] == expected, title


def test_the_page_has_the_command_of_the_import() -> None:
    assert COMMAND in PAGE


def send(graph: Graph, *args: str, password: str | None, stdin: str | None = None) -> Any:
    return CliRunner().invoke(app, ["export", str(graph.folder), *args], env={"NEO4J_PASSWORD": password}, input=stdin)  # type: ignore[dict-item]


def test_the_command_sends_and_says_what(server: Server, ask: Ask, graph: Graph) -> None:
    args = ("--to", server.uri, "--user", server.user, *(("--database", server.database) if server.database else ()))
    first = send(graph, *args, "--evidence", password=server.password)
    assert first.exit_code == 0, first.output
    assert first.stdout == "" and f"{len(list(edges(graph)))} statements" in first.stderr and "new or changed" in first.stderr
    assert "; 0 new or changed" in send(graph, *args, "--evidence", password=server.password).stderr
    assert send(graph, *args, "--quiet", password=server.password).output == ""
    assert_holds(ask, graph)


def test_a_wrong_password_or_database_is_named(server: Server, graph: Graph) -> None:
    if server.password:
        with pytest.raises(ExportError, match="refuses user"):
            send_graph(graph, replace(server, password="wrong"))
    with pytest.raises(ExportError, match="no-such-database"):
        send_graph(graph, replace(server, database="no-such-database"))


WRONG = [
    pytest.param(["--to", "bolt://127.0.0.1:1"], "x", 1, "no Bolt server answers", id="nobody there"),
    pytest.param(["--to", "bolt+s://no-such-host.invalid"], "x", 1, "no-such-host.invalid", id="no such host"),
    pytest.param(["--to", "bolt://host:port"], "x", 2, "bolt://localhost:7687", id="no such port"),
    pytest.param(["--to", "http://127.0.0.1:7474"], "x", 2, "bolt://localhost:7687", id="not a Bolt address"),
    pytest.param(["--to", "bolt://"], "x", 2, "bolt://localhost:7687", id="no host"),
    pytest.param(["--to", "bolt://me:secret@host"], "x", 2, "NEO4J_PASSWORD", id="a password in the address"),
    pytest.param(["--to", "bolt://127.0.0.1:1"], None, 2, "NEO4J_PASSWORD", id="no password and no terminal"),
    pytest.param(["--to", "bolt://127.0.0.1:1", "--format", "cypher"], "x", 2, "either", id="both ways"),
    pytest.param(["--format", "cypher"], "x", 2, "--out", id="no file"),
    pytest.param([], "x", 2, "either", id="neither way"),
]


@pytest.mark.parametrize(("args", "password", "code", "says"), WRONG)
def test_wrong_use_is_told_in_one_line(graph: Graph, args: list[str], password: str | None, code: int, says: str) -> None:
    pytest.importorskip("neo4j", reason="needs the driver: pip install 'pubmed-kg[neo4j]'")
    result = send(graph, *args, password=password)
    assert (result.exit_code, says in result.stderr, len(result.stderr.splitlines())) == (code, True, 1), result.output
    assert "secret" not in result.output


def test_without_the_driver_the_remedy_is_told(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "neo4j", None)
    with pytest.raises(ExportError, match=r"pip install 'pubmed-kg\[neo4j\]'"):
        send_graph(graph, Server("bolt://127.0.0.1:1"))


def test_a_password_is_not_shown_with_its_server() -> None:
    assert "secret" not in repr(Server("bolt://h", "me", "secret"))
    with pytest.raises(ExportError) as caught:
        check_address("bolt://me:secret@h")
    assert "secret" not in str(caught.value)


def test_no_label_or_type_comes_from_a_name() -> None:
    with pytest.raises(ExportError, match="no type of ours"):
        bolt._node_query({"id": "X:1", "type": "Gene`) DETACH DELETE n //", "category": "biolink:Gene"})
    with pytest.raises(ExportError, match="no predicate of ours"):
        bolt._statement_query({"id": "KGS:1", "predicate": "treats`]->() //"})
