"""The Parquet export in Ladybug, a Cypher database in a file, by the script of ``docs/neo4j.md``; it answers that page's queries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from neo4j_page import ANSWERS, bypassed_graph, queries, script
from test_round_trip import HOSTILE, hostile_graph

from kg.exports import export_graph
from kg.exports.view import edges, nodes
from kg.graph import Graph

pytest.importorskip("ladybug", reason="needs the embedded database: pip install 'pubmed-kg[test-neo4j]'")


def loaded(graph: Graph, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the page's script in a folder and return its connection."""
    export_graph(graph, "parquet", folder / "tables")
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    exec(script(), names)
    return names["database"]


def assert_holds(database: Any, graph: Graph) -> None:
    found = database.execute("MATCH (n:Entity) RETURN n").get_all()
    assert {n["id"]: {k: v for k, v in n.items() if not k.startswith("_")} for (n,) in found} == {n["id"]: n for n in nodes(graph)}
    found = database.execute("MATCH (s:Entity)-[r]->(o:Entity) RETURN s.id, label(r), o.id, r").get_all()
    got = {r["id"]: (s, kind, o, {k: v for k, v in r.items() if not k.startswith("_") and v is not None}) for s, kind, o, r in found}
    assert got == {
        e["id"]: (e["subject"], e["predicate"].upper(), e["object"], {k: v for k, v in e.items() if k not in ("subject", "object")})
        for e in edges(graph)
    }


def test_a_graph_arrives_whole_and_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = bypassed_graph(tmp_path / "g")
    database = loaded(graph, tmp_path, monkeypatch)
    assert_holds(database, graph)
    for title, expected in ANSWERS.items():
        if "evidence" not in title:
            rows = database.execute(queries()[title][0]).get_all()
            assert [tuple(row)[: len(expected[0])] for row in rows] == expected, title


def test_hostile_names_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = hostile_graph(tmp_path / "g", HOSTILE)
    assert_holds(loaded(graph, tmp_path, monkeypatch), graph)
