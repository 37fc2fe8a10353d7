"""The graph as a Ladybug database: read back in Cypher, it holds every node, statement and sentence, and answers ``docs/neo4j.md``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from neo4j_page import ANSWERS, bypassed_graph, queries, script
from test_round_trip import HOSTILE, hostile_graph

from kg.errors import ExportError
from kg.exports import export_graph
from kg.exports.view import edges, nodes
from kg.graph import Graph


def loaded(graph: Graph, folder: Path) -> Any:
    """Return a connection to the exported database."""
    ladybug = pytest.importorskip("ladybug", reason="needs the embedded database: pip install 'pubmed-kg[test-neo4j]'")
    (file,) = export_graph(graph, "ladybug", folder / "it's a \\ graph.lbug")
    return ladybug.Connection(ladybug.Database(str(file), read_only=True))


def without_own(value: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in value.items() if not k.startswith("_") and v is not None}


def assert_holds(database: Any, graph: Graph) -> None:
    found = database.execute("MATCH (n:Entity) RETURN n").get_all()
    assert {n["id"]: without_own(n) for (n,) in found} == {n["id"]: n for n in nodes(graph)}
    found = database.execute("MATCH (s:Entity)-[r]->(o:Entity) RETURN s.id, label(r), o.id, r").get_all()
    assert {r["id"]: (s, kind, o, without_own(r)) for s, kind, o, r in found} == {
        e["id"]: (e["subject"], e["predicate"].upper(), e["object"], {k: v for k, v in e.items() if k not in ("subject", "object")})
        for e in edges(graph)
    }
    assert len(found) == len(list(edges(graph)))


def test_a_graph_arrives_whole_and_answers(tmp_path: Path) -> None:
    graph = bypassed_graph(tmp_path / "g")
    database = loaded(graph, tmp_path)
    assert_holds(database, graph)
    for title, expected in ANSWERS.items():
        rows = database.execute(queries()[title][0]).get_all()
        assert [tuple(row)[: len(expected[0])] for row in rows] == expected, title


def test_evidence_leads_from_statements_to_documents(tmp_path: Path, graph: Graph) -> None:
    found = loaded(graph, tmp_path).execute(
        "MATCH (d:Document)<-[:FROM]-(e:Evidence)-[j:SUPPORTS|CONTRADICTS]->(s:Statement), (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity) "
        "RETURN e.id, e.sentence, label(j), s.id, a.id, s.predicate, b.id, d.id"
    )
    kinds, evidence = {"positive": "SUPPORTS", "negative": "CONTRADICTS"}, graph.evidence
    expected = {
        (i, e.sentence, kinds[e.polarity], row["id"], row["subject"], row["predicate"], row["object"], graph.document_curie(e.document))
        for row in edges(graph)
        for i in row["evidence"]
        for e in [evidence[i]]
    }
    rows = found.get_all()
    assert {tuple(row) for row in rows} == expected and len(rows) == len(expected) == len(evidence)


def test_the_script_of_the_documentation_runs(
    tmp_path: Path, graph: Graph, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("ladybug", reason="needs the embedded database: pip install 'pubmed-kg[test-neo4j]'")
    export_graph(graph, "ladybug", tmp_path / "graph.lbug")
    monkeypatch.chdir(tmp_path)
    exec(script(), {})
    assert capsys.readouterr().out.splitlines() == [
        "['ALK fusion', 'non-small cell lung carcinoma']",
        "['EML4::ALK fusion', 'non-small cell lung carcinoma']",
    ]


def test_hostile_names_are_only_names(tmp_path: Path) -> None:
    graph = hostile_graph(tmp_path / "g", HOSTILE)
    assert_holds(loaded(graph, tmp_path), graph)


def test_writing_again_replaces_the_file_and_leaves_nothing_else(tmp_path: Path, graph: Graph) -> None:
    pytest.importorskip("ladybug", reason="needs the embedded database: pip install 'pubmed-kg[test-neo4j]'")
    for _ in range(2):
        export_graph(graph, "ladybug", tmp_path / "graph.lbug")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.lbug"]


def test_without_the_package_the_remedy_is_told(tmp_path: Path, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ladybug", None)
    with pytest.raises(ExportError, match=r"pip install 'pubmed-kg\[ladybug\]'"):
        export_graph(graph, "ladybug", tmp_path / "graph.lbug")
