# ruff: noqa: E501 (tables of cases)
"""Each format is read back with the library that its users have, and must give the nodes and statements of the graph."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ExportError
from kg.exports import FORMATS, export_graph
from kg.exports.view import edges, nodes
from kg.exports.writing import guard, join, unguard, xml_text
from kg.graph import Graph, write_graph
from kg.graph.terms import shorten
from kg.model import Argument, Entity, Statement
from kg.vocab import PREDICATES, iri

Found = tuple[dict[str, str], set[tuple[str, str, str, str]]]

LABEL, SUBJECT, PREDICATE, OBJECT = (rdflib.RDFS.label, rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object)


def read_graphml(path: Path) -> Found:
    found = networkx.read_graphml(path, force_multigraph=True)
    return (
        {n: d.get("name", "") for n, d in found.nodes(data=True)},
        {(k, s, d["predicate"], o) for s, o, k, d in found.edges(keys=True, data=True)},
    )


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    head = next(csv.reader(path.with_name(path.stem + "-header.csv").open(encoding="utf-8", newline="")))
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.reader(handle):
            yield dict(zip(head, row, strict=True))


def read_neo4j(folder: Path) -> Found:
    return (
        {r["id:ID"]: r["name:string"] for r in read_csv(folder / "nodes.csv")},
        {(r["id:string"], r[":START_ID"], r[":TYPE"].lower(), r[":END_ID"]) for r in read_csv(folder / "edges.csv")},
    )


def read_cypher(path: Path) -> Found:
    """Read the maps between UNWIND and AS as Python sees them: a Cypher string made by us is a Python one too."""
    named, found = {}, set()
    for rows in re.findall(r"^UNWIND \[\n(.*?)\n\] AS row$", path.read_text(encoding="utf-8"), re.S | re.M):
        for line in rows.split(",\n"):
            row = eval(_quote_keys(line), {"__builtins__": {}})  # our own output: literals and + only
            if "subject" in row:
                found.add((row["id"], row["subject"], row["predicate"], row["object"]))
            else:
                named[row["id"]] = row["name"]
    return named, found


def _quote_keys(line: str) -> str:
    parts = re.split(r"('(?:[^'\\]|\\.)*')", line)
    plain = [p if n % 2 else re.sub(r"\btrue\b", "True", re.sub(r"\bfalse\b", "False", re.sub(r"(\w+):", r"'\1':", p))) for n, p in enumerate(parts)]
    return "".join(plain)


def read_kgx_tsv(folder: Path) -> Found:
    def rows(name: str) -> Iterator[dict[str, str]]:
        head, *lines = (folder / name).read_text(encoding="utf-8").removesuffix("\n").split("\n")
        for line in lines:
            yield dict(zip(head.split("\t"), map(unguard, line.split("\t")), strict=True))

    return _kgx(rows("nodes.tsv"), rows("edges.tsv"))


def read_kgx_jsonl(folder: Path) -> Found:
    def rows(name: str) -> Iterator[dict[str, str]]:
        return map(json.loads, (folder / name).read_text(encoding="utf-8").removesuffix("\n").split("\n"))

    return _kgx(rows("nodes.jsonl"), rows("edges.jsonl"))


def _kgx(nodes: Iterator[dict[str, str]], edges: Iterator[dict[str, str]]) -> Found:
    return (
        {r["id"]: r.get("name", "") for r in nodes},
        {(r["id"], r["subject"], r["original_predicate"].removeprefix("kg:"), r["object"]) for r in edges},
    )


def read_rdf(format: str) -> Callable[[Path], Found]:
    def read(path: Path) -> Found:
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(path, format=format)
        statements = {
            (shorten(str(s)), shorten(str(dataset.value(s, SUBJECT))), shorten(str(p)).removeprefix("kg:"), shorten(str(dataset.value(s, OBJECT))))
            for s, p in dataset.subject_objects(PREDICATE)
        }
        used = {x for _, s, _, o in statements for x in (s, o)}
        used |= {shorten(str(o)) for q in ("biolink:disease_context_qualifier",) for o in dataset.objects(None, rdflib.URIRef(iri(q)))}
        return {c: str(o) for s, o in dataset.subject_objects(LABEL) if (c := shorten(str(s))) in used}, statements

    return read


def read_cyjs(path: Path) -> Found:
    elements = json.loads(path.read_text(encoding="utf-8"))["elements"]
    return (
        {n["data"]["id"]: n["data"]["name"] for n in elements["nodes"]},
        {(e["data"]["id"], e["data"]["source"], e["data"]["interaction"], e["data"]["target"]) for e in elements["edges"]},
    )


def read_parquet(folder: Path) -> Found:
    import pyarrow.parquet as pq

    named = {r["id"]: r["name"] for r in pq.read_table(folder / "nodes.parquet").to_pylist()}
    return named, {(r["id"], r["subject"], r["predicate"], r["object"]) for r in pq.read_table(folder / "edges.parquet").to_pylist()}


READERS: dict[str, Callable[[Path], Found]] = {
    "graphml": read_graphml,
    "neo4j-csv": read_neo4j,
    "cypher": read_cypher,
    "kgx-tsv": read_kgx_tsv,
    "kgx-jsonl": read_kgx_jsonl,
    "turtle": read_rdf("turtle"),
    "trig": read_rdf("trig"),
    "nquads": read_rdf("nquads"),
    "jsonld": read_rdf("json-ld"),
    "cytoscape-json": read_cyjs,
    "parquet": read_parquet,
}
#: what a format cannot hold, and what stands in its place
LOSSES: dict[str, Callable[[str], str]] = {
    "graphml": lambda t: re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", t),
    "kgx-tsv": lambda t: re.sub("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", " ", t),
}


def expected(graph: Graph) -> Found:
    return {n["id"]: n["name"] for n in nodes(graph)}, {(e["id"], e["subject"], e["predicate"], e["object"]) for e in edges(graph)}


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_gives_back_nodes_and_statements(graph: Graph, tmp_path: Path, format: str) -> None:
    written = export_graph(graph, format, tmp_path / "out")
    assert all(p.is_file() for p in written)
    assert READERS[format](tmp_path / "out") == expected(graph)
    before = [p.read_bytes() for p in written]
    assert [p.read_bytes() for p in export_graph(graph, format, tmp_path / "out")] == before
    assert not list(tmp_path.rglob("*.part"))


def test_networkx_view_agrees_with_the_exports(graph: Graph) -> None:
    network = graph.to_networkx()
    named, found = expected(graph)
    assert {(k, s, d["predicate"], o) for s, o, k, d in network.edges(keys=True, data=True)} == found
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


def assert_names_survive(graph: Graph, folder: Path) -> None:
    named, statements = expected(graph)
    for format, read in READERS.items():
        export_graph(graph, format, folder / format)
        lost = LOSSES.get(format, str)
        got, found = read(folder / format)
        assert {k: v.strip() if format == "graphml" else v for k, v in got.items()} == {
            k: lost(v).strip() if format == "graphml" else lost(v) for k, v in named.items()
        }, format
        assert found == statements, format


def test_hostile_names_break_no_format(tmp_path: Path) -> None:
    assert_names_survive(hostile_graph(tmp_path / "g", HOSTILE), tmp_path)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=25))
def test_any_names_break_no_format(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    assert_names_survive(hostile_graph(folder / "g", names), folder)


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
    assert {r[":LABEL"] for r in read_csv(tmp_path / "neo/nodes.csv")} >= {"Entity;Gene", "Entity;Variant;SequenceVariant"}


@pytest.mark.parametrize(
    ("format", "prepare", "says"),
    [
        ("docx", lambda p: None, "unknown format 'docx'; known are cypher, cytoscape-json"),
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
