# ruff: noqa: E501 (tables of cases)
"""What each format promises beside the statements it holds, which `test_agreement` reads back."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers import expected, imported, read_csv
from typer.testing import CliRunner

from kg.cli.app import app
from kg.errors import ExportError
from kg.exports import FORMATS, export_graph
from kg.exports.neo4j_csv import COMMAND
from kg.exports.writing import guard, join, unguard, xml_text
from kg.graph import Graph, write_graph
from kg.model import Argument, Entity, Statement
from kg.vocab import PREDICATES


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_put_in_place_and_the_same_bytes_again(graph: Graph, tmp_path: Path, format: str) -> None:
    if format == "ladybug":
        pytest.importorskip("ladybug", reason="needs the embedded database: pip install 'pubmed-kg[test-neo4j]'")
    written = export_graph(graph, format, tmp_path / "out")
    assert all(p.is_file() for p in written)
    assert not list(tmp_path.rglob("*.part"))
    if format == "ladybug":
        return  # its file is the database's own
    before = [p.read_bytes() for p in written]
    assert [p.read_bytes() for p in export_graph(graph, format, tmp_path / "out")] == before


def test_networkx_view_agrees_with_the_exports(graph: Graph) -> None:
    network = graph.to_networkx()
    named, facts = expected(graph)
    assert {(k, s, d["predicate"], o) for s, o, k, d in network.edges(keys=True, data=True)} == {one[:4] for one in facts}
    assert {n: d["name"] for n, d in network.nodes(data=True)} == named


@pytest.mark.parametrize("format", ["trig", "nquads", "jsonld"])
def test_rdf_formats_hold_exactly_the_quads_of_the_store(graph: Graph, tmp_path: Path, format: str) -> None:
    kind = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}[format]
    (path,) = export_graph(graph, format, tmp_path / "out")
    assert set(ox.parse(path=str(path), format=kind)) == set(graph.store)


HOSTILE = [
    "plain", "Crohn's", 'say "hi"', "a;b;c", "a|b", "back\\slash", "\\u0027", "\\\\u0027 OR 1=1", "tail\\", "new\nline", "cr\rlf\r\n", "tab\there",
    "=cmd()|'/C calc'!A0", "@SUM(1)", "+1+cmd|x", "-2+3", "'=x()", "'", "''", "a,b", "<b>&amp;</b>", "]]>", "עברית العربية", "🧬 emoji", "\x00\x01\x1f\x7f",
    "\ufffe\uffff", "\u2028\u2029\x85", "{name: 1}", "`tick`", "${x}", "%s %(x)s", "  spaced  ", "null", "true", "NaN", "-", "\ud800 lone", "é\u0301 combining", "a] AS row\n",
]  # fmt: skip


def hostile_graph(folder: Path, names: list[str]) -> Graph:
    drug = Entity("DRUGBANK:DB1", "Drug", "drug")
    entities = [Entity(f"X:{n:03d}", "Variant", name, synonyms=(name,), xrefs=("Y:" + name,)) for n, name in enumerate(names)]
    made = [
        Statement(
            f"KGS:{n:020x}",
            Argument(e.id, e.type, e.name),
            "confers_resistance_to",
            Argument(drug.id, "Drug", "drug"),
            _context(e),
            n_for=1,
            belief=0.5,
        )
        for n, e in enumerate(entities)
    ]
    write_graph(folder, documents=[], mentions={}, evidence=[], statements=made, entities=[drug, *entities])
    return Graph.open(folder)


def _context(entity: Entity) -> Any:
    from kg.model import Context

    return Context(line=entity.name, outcome=entity.name)


@given(st.text(max_size=30))
def test_a_guarded_cell_is_no_formula_and_can_be_taken_back(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert not re.match(r"[=@\t\r]|[+\-].*[(|!]", guard(cell), re.S)


@given(st.text(max_size=30))
def test_xml_text_is_well_formed(text: str) -> None:
    from lxml import etree

    from kg.exports.writing import clean

    element = etree.fromstring(f'<a b="{xml_text(clean(text))}">{xml_text(clean(text))}</a>'.encode())
    assert element.get("b") == (element.text or "")


def test_a_delimiter_in_a_value_becomes_its_full_width_twin() -> None:
    assert join(["a|b", "c"], "|") == "a｜b|c" and join(["a;b"], ";") == "a；b"


def test_kgx_uses_biolink_and_keeps_ours(graph: Graph, tmp_path: Path) -> None:
    export_graph(graph, "kgx-jsonl", tmp_path / "kgx")
    rows = {r["id"]: r for r in map(json.loads, (tmp_path / "kgx/edges.jsonl").read_text().splitlines())}
    for row in rows.values():
        assert row["predicate"].startswith("biolink:") and row["original_predicate"].removeprefix("kg:") in PREDICATES
    refuted = [r for r in rows.values() if r["negated"]]
    assert [(r["subject"], r["object"]) for r in refuted] == [("KGV:MET_amplification", "DRUGBANK:DB12130")]
    (inhibits,) = [r for r in rows.values() if r["original_predicate"] == "kg:inhibits"]
    assert (inhibits["predicate"], inhibits["qualified_predicate"], inhibits["object_direction_qualifier"]) == (
        "biolink:affects",
        "biolink:causes",
        "decreased",
    )


def test_neo4j_folder_says_how_to_import_it(graph: Graph, tmp_path: Path) -> None:
    export_graph(graph, "neo4j-csv", tmp_path / "neo")
    assert (tmp_path / "neo/import.sh").read_text().count("neo4j-admin database import full") == 1
    head = (tmp_path / "neo/edges-header.csv").read_text()
    assert head.startswith(":START_ID,:END_ID,id:string,predicate:string,asserted:boolean,belief:double,n_for:long") and head.endswith(":TYPE\n")
    assert {r[":LABEL"] for r in read_csv(tmp_path / "neo", "nodes-header.csv", "nodes.csv")} >= {"Entity;Gene", "Entity;Variant;SequenceVariant"}


def test_the_import_command_is_printed_and_lies_beside_the_files(graph: Graph, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", str(graph.folder), "--format", "neo4j-csv", "--out", str(tmp_path / "it's")])
    assert result.exit_code == 0 and result.stdout == ""
    assert COMMAND.rstrip() in result.stderr and "cd " + shlex.quote(str(tmp_path / "it's")) + "\n" in result.stderr
    assert COMMAND in (tmp_path / "it's" / "import.sh").read_text()


def test_a_name_reaches_the_database_as_it_is(tmp_path: Path) -> None:
    export_graph(hostile_graph(tmp_path / "g", HOSTILE), "neo4j-csv", tmp_path / "neo")
    found = [imported(row, ";") for row in read_csv(tmp_path / "neo", "nodes-header.csv", "nodes.csv")]
    assert {row["name"] for row in found} == {"drug", *(name.replace("\ud800", "\ufffd") for name in HOSTILE)}


@pytest.mark.parametrize(
    ("format", "prepare", "says"),
    [
        ("docx", lambda p: None, "unknown format 'docx'; known are cx2, cypher, cytoscape-json"),
        ("graphml", lambda p: p.mkdir(), "is a folder"),
        ("kgx-tsv", lambda p: p.write_text(""), "is a file"),
    ],
)
def test_wrong_targets_are_named(graph: Graph, tmp_path: Path, format: str, prepare: Callable[[Path], object], says: str) -> None:
    prepare(tmp_path / "out")
    with pytest.raises(ExportError) as caught:
        export_graph(graph, format, tmp_path / "out")
    assert says in str(caught.value)


def test_a_target_that_cannot_be_written_is_named(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written"):
        export_graph(graph, "graphml", tmp_path / "file" / "x.graphml")
