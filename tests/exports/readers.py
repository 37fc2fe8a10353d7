"""Every format read back, with the library that its users have, into one shape: names of the nodes, and facts.

A fact is a statement with all that every format holds: ends, predicate, belief, counts, context, documents, evidence.
"""

from __future__ import annotations

import csv
import json
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import networkx
import rdflib

from kg.exports.view import edges, nodes
from kg.exports.writing import unguard
from kg.graph import Graph
from kg.graph.terms import shorten

Fact = tuple[Any, ...]
Found = tuple[dict[str, str], set[Fact]]

NUMBERS: dict[str, type] = {"belief": float, "n_for": int, "n_against": int, "n_speculated": int}
LISTS = ("documents", "evidence")
FIELDS = ("id", "subject", "predicate", "object", *NUMBERS, "disease", "biomarker", "therapy", "line", "model_system", "outcome", *LISTS)


def fact(row: Mapping[str, Any], delimiter: str = "|") -> Fact:
    """A statement in the order of `FIELDS`, from a row of text or of values; what it lacks is empty."""

    def value(name: str) -> Any:
        found = row.get(name)
        if name in LISTS:
            items = found.split(delimiter) if isinstance(found, str) and found else found or ()
            return tuple(items)
        return NUMBERS[name](found or 0) if name in NUMBERS else found or ""

    return tuple(value(name) for name in FIELDS)


def expected(graph: Graph) -> Found:
    return {n["id"]: n["name"] for n in nodes(graph)}, {fact(e) for e in edges(graph)}


def read_graphml(path: Path) -> Found:
    found = networkx.read_graphml(path, force_multigraph=True)
    rows = ({**d, "id": k, "subject": s, "object": o} for s, o, k, d in found.edges(keys=True, data=True))
    return {n: d.get("name", "") for n, d in found.nodes(data=True)}, set(map(fact, rows))


def read_igraph(path: Path) -> Found:
    import igraph

    found = igraph.Graph.Read_GraphML(str(path))
    ids = found.vs["id"]

    def row(edge: Any) -> dict[str, Any]:
        values = {k: 0 if isinstance(v, float) and v != v else v for k, v in edge.attributes().items()}
        return {**values, "id": values["statement"], "subject": ids[edge.source], "object": ids[edge.target]}

    return dict(zip(ids, found.vs["name"], strict=True)), {fact(row(edge)) for edge in found.es}


def read_neo4j(folder: Path) -> Found:
    """Read as ``neo4j-admin`` reads, by the arguments of the command in ``import.sh``."""
    words = shlex.split((folder / "import.sh").read_text(encoding="utf-8").replace("\\\n", ""), comments=True)
    arguments = dict(word.removeprefix("--").partition("=")[::2] for word in words if word.startswith("--"))
    assert arguments["multiline-fields"] == "true"
    found = {
        kind: [imported(row, arguments["array-delimiter"]) for row in read_csv(folder, *arguments[kind].split(","))]
        for kind in ("nodes", "relationships")
    }
    rows = ({**r, "subject": r[":START_ID"], "object": r[":END_ID"], "predicate": r[":TYPE"].lower()} for r in found["relationships"])
    return {r["id"]: r["name"] for r in found["nodes"]}, set(map(fact, rows))


def read_csv(folder: Path, header: str, body: str) -> Iterator[dict[str, str]]:
    head = next(csv.reader((folder / header).open(encoding="utf-8", newline="")))
    with (folder / body).open(encoding="utf-8", newline="") as handle:
        for row in csv.reader(handle):
            yield dict(zip(head, row, strict=True))


def imported(row: dict[str, str], delimiter: str) -> dict[str, Any]:
    """What a row becomes by the types of its header; an empty cell is no property."""
    convert: dict[str, Callable[[str], Any]] = {
        "string": str, "ID": str, "long": int, "double": float, "boolean": lambda t: {"true": True, "false": False}[t],
        "string[]": lambda t: t.split(delimiter),
    }  # fmt: skip
    typed = {}
    for head, cell in row.items():
        name, _, kind = head.rpartition(":")
        if cell:
            typed[name or head] = convert[kind](cell) if name else cell
    return typed


def read_cypher(path: Path) -> Found:
    """Read the maps between UNWIND and AS as Python sees them: a Cypher string made by us is a Python one too."""
    named, found = {}, set()
    for rows in re.findall(r"^UNWIND \[\n(.*?)\n\] AS row$", path.read_text(encoding="utf-8"), re.S | re.M):
        for line in rows.split(",\n"):
            row = eval(_quote_keys(line), {"__builtins__": {}})  # our own output: literals and + only
            if "subject" in row:
                found.add(fact(row))
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


_KGX = {"belief": "has_confidence_score", "disease": "disease_context_qualifier", "documents": "publications", "evidence": "has_evidence"}


def _kgx(found: Iterator[dict[str, str]], statements: Iterator[dict[str, str]]) -> Found:
    named = {r["id"]: r.get("name", "") for r in found}
    ours = ({**{name: r.get(_KGX.get(name, name)) for name in FIELDS}, "predicate": r["original_predicate"].removeprefix("kg:")} for r in statements)
    return named, set(map(fact, ours))


_RDF = {
    "subject": "rdf:subject", "predicate": "rdf:predicate", "object": "rdf:object", "belief": "kg:belief", "n_for": "kg:n_for",
    "n_against": "kg:n_against", "n_speculated": "kg:n_speculated", "disease": "biolink:disease_context_qualifier", "biomarker": "kg:biomarker",
    "therapy": "kg:therapy", "line": "kg:line", "model_system": "kg:model_system", "outcome": "kg:outcome",
    "documents": "biolink:publications", "evidence": "biolink:has_evidence",
}  # fmt: skip


def read_rdf(format: str) -> Callable[[Path], Found]:
    """Read with RDFLib; an entity is a node if a statement names it."""

    def read(path: Path) -> Found:
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(path, format=format)
        told: dict[str, dict[str, set[str]]] = {}
        for s, p, o in dataset.triples((None, None, None)):
            told.setdefault(shorten(str(s)), {}).setdefault(shorten(str(p)), set()).add(shorten(str(o)) if isinstance(o, rdflib.URIRef) else str(o))
        rows = {key: _values(key, row) for key, row in told.items() if "rdf:predicate" in row}
        used = {row[name] for row in rows.values() for name in ("subject", "object", "disease", "biomarker", "therapy")} - {""}
        return {key: min(told[key]["rdfs:label"]) for key in used}, set(map(fact, rows.values()))

    return read


def _values(key: str, told: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": key}
    for name, address in _RDF.items():
        found = sorted(told.get(address, ()))
        row[name] = found if name in LISTS else next(iter(found), "")
    return {**row, "predicate": row["predicate"].removeprefix("kg:")}


def read_cyjs(path: Path) -> Found:
    elements = json.loads(path.read_text(encoding="utf-8"))["elements"]
    rows = (
        {**e["data"], "subject": e["data"]["source"], "object": e["data"]["target"], "predicate": e["data"]["interaction"]} for e in elements["edges"]
    )
    return {n["data"]["id"]: n["data"]["name"] for n in elements["nodes"]}, set(map(fact, rows))


def read_cx2(path: Path) -> Found:
    """Read with NDEx's own client, which knows the format's rules."""
    from ndex2.cx2 import RawCX2NetworkFactory

    found = RawCX2NetworkFactory().get_cx2network(json.loads(path.read_text(encoding="utf-8")))
    ids = {key: node["v"]["represents"] for key, node in found.get_nodes().items()}
    rows = (
        {**e["v"], "id": e["v"]["represents"], "subject": ids[e["s"]], "object": ids[e["t"]], "predicate": e["v"]["interaction"]}
        for e in found.get_edges().values()
    )
    return {ids[key]: node["v"]["name"] for key, node in found.get_nodes().items()}, set(map(fact, rows))


def read_parquet(folder: Path) -> Found:
    import pyarrow.parquet as pq

    named = {r["id"]: r["name"] for r in pq.read_table(folder / "nodes.parquet").to_pylist()}
    return named, set(map(fact, pq.read_table(folder / "edges.parquet").to_pylist()))


def read_polars(folder: Path) -> Found:
    import polars

    named, rows = (polars.read_parquet(folder / f"{name}.parquet").to_dicts() for name in ("nodes", "edges"))
    return {r["id"]: r["name"] for r in named}, set(map(fact, rows))


def read_duckdb(folder: Path) -> Found:
    import duckdb

    connection = duckdb.connect()
    named = connection.execute("SELECT id, name FROM read_parquet(?)", [str(folder / "nodes.parquet")]).fetchall()
    columns = ", ".join(f'"{name}"' for name in FIELDS)
    rows = connection.execute(f"SELECT {columns} FROM read_parquet(?)", [str(folder / "edges.parquet")]).fetchall()
    return dict(named), {fact(dict(zip(FIELDS, row, strict=True))) for row in rows}


def read_ladybug(path: Path) -> Found:
    import ladybug

    database = ladybug.Connection(ladybug.Database(str(path), read_only=True))
    named = dict(database.execute("MATCH (n:Entity) RETURN n.id, n.name").get_all())
    rows = database.execute("MATCH (s:Entity)-[r]->(o:Entity) RETURN s.id, o.id, r").get_all()
    return named, {fact({**r, "subject": s, "object": o}) for s, o, r in rows}


#: format -> its readers; the first needs nothing but what the package brings, but for formats that ask for more.
READERS: dict[str, tuple[Callable[[Path], Found], ...]] = {
    "graphml": (read_graphml, read_igraph),
    "neo4j-csv": (read_neo4j,),
    "cypher": (read_cypher,),
    "kgx-tsv": (read_kgx_tsv,),
    "kgx-jsonl": (read_kgx_jsonl,),
    "turtle": (read_rdf("turtle"),),
    "trig": (read_rdf("trig"),),
    "nquads": (read_rdf("nquads"),),
    "jsonld": (read_rdf("json-ld"),),
    "nanopub": (read_rdf("trig"),),
    "cytoscape-json": (read_cyjs,),
    "cx2": (read_cx2,),
    "parquet": (read_parquet, read_polars, read_duckdb),
    "ladybug": (read_ladybug,),
}
#: what a format cannot hold, and what stands in its place
LOSSES: dict[str, Callable[[str], str]] = {
    "graphml": lambda t: re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", t),
    "kgx-tsv": lambda t: re.sub("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", " ", t),
}
#: format -> what joins its lists; within an item its full-width twin stands for it
DELIMITERS = {"graphml": "|", "kgx-tsv": "|", "neo4j-csv": ";"}


def as_held(found: Found, format: str) -> Found:
    """What a format can hold of names and facts."""
    lost, delimiter = LOSSES.get(format, str), DELIMITERS.get(format, "")

    def held(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(held(v.replace(delimiter, chr(ord(delimiter) + 0xFEE0)) if delimiter else v) for v in value)
        return lost(value) if isinstance(value, str) else value

    named, facts = found
    return {key: held(name) for key, name in named.items()}, {tuple(map(held, one)) for one in facts}


def stripped(found: Found) -> Found:
    """Without the white space at the ends of texts, which networkx takes off what it reads."""
    named, facts = found
    return (
        {key: name.strip() for key, name in named.items()},
        {tuple(v.strip() if isinstance(v, str) else v for v in one) for one in facts},
    )
