"""GraphML by graphology, the reader of Gephi Lite and of pages that draw with Sigma.js; it runs under Node.js.

Gephi's own importer is on no registry of packages and yEd's is closed; of these, `test_graphml` checks the rules. Set ``OUTSIDE_NODE`` to
``X/node_modules`` after ``npm install --prefix X graphology@0.26 graphology-graphml@0.5 @xmldom/xmldom@0.9``; `.ci/run` does so where there is
Node.js.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from test_round_trip import HOSTILE, hostile_graph

from kg.exports import export_graph
from kg.exports.view import EDGE_FIELDS, NODE_FIELDS, edges, nodes
from kg.exports.writing import join
from kg.graph import Graph

LIBRARIES = os.environ.get("OUTSIDE_NODE", "")
pytestmark = pytest.mark.skipif(not LIBRARIES or not shutil.which("node"), reason="needs Node.js and graphology: OUTSIDE_NODE")
READER = Path(__file__).with_name("read_graphml.js")


def read(path: Path) -> dict[str, Any]:
    environment = {**os.environ, "NODE_PATH": LIBRARIES}
    done = subprocess.run(["node", str(READER), str(path)], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def written(row: dict[str, Any], fields: dict[str, type], also: dict[str, str], *ends: str) -> dict[str, Any]:
    """A row as it stands in the file: lists joined, nothing empty, some fields twice."""
    kept = {name: join(row[name], "|") if fields[name] is list else row[name] for name in fields if name not in ("id", *ends)}
    return {name: value for name, value in {**{key: row[name] for key, name in also.items()}, **kept}.items() if value != ""}


#: what XML forbids, and the line ends of XML 1.1, which xmldom takes for those of 1.0
CHANGED = {
    **dict.fromkeys([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF], "\ufffd"),
    **dict.fromkeys([0x85, 0x2028], "\n"),
}


def plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value.translate(CHANGED) if isinstance(value, str) else value for key, value in row.items()}


@pytest.mark.parametrize("hostile", [False, True], ids=["invented", "hostile names"])
def test_graphology_reads_every_node_edge_and_value(graph: Graph, tmp_path: Path, hostile: bool) -> None:
    graph = hostile_graph(tmp_path / "g", HOSTILE) if hostile else graph
    (path,) = export_graph(graph, "graphml", tmp_path / "graph.graphml")
    found = read(path)
    assert found["options"] == {"type": "directed", "multi": True, "allowSelfLoops": True}
    assert {n["key"]: n["attributes"] for n in found["nodes"]} == {
        n["id"]: plain(written(n, NODE_FIELDS, {"label": "name", "curie": "id"})) for n in nodes(graph)
    }
    assert {e["key"]: (e["source"], e["target"], e["attributes"]) for e in found["edges"]} == {
        e["id"]: (e["subject"], e["object"], plain(written(e, EDGE_FIELDS, {"label": "predicate", "statement": "id"}, "subject", "object")))
        for e in edges(graph)
    }
