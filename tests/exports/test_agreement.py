"""All exports of one graph agree: each is read back with the library of its users and gives the same nodes and statements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers import LISTS, READERS, as_held, expected, stripped
from test_round_trip import HOSTILE, hostile_graph

from kg.exports import FORMATS, export_graph
from kg.graph import Graph, write_graph
from kg.model import Argument, Context, Document, Entity, Section, Statement
from kg.vocab import PREDICATES, EntityType

#: formats that hold something else than statements, and have tests of their own.
OTHERS = {"sssom"}
#: those that the property test leaves out, for time: an embedded database of its own for each example.
SLOW = {"ladybug"}


def assert_agree(graph: Graph, folder: Path, without: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    whole = expected(graph)
    for format in sorted(set(READERS) - without):
        for read in READERS[format]:
            try:
                export_graph(graph, format, folder / format) if not (folder / format).exists() else None
                found = read(folder / format)
            except ImportError:
                continue
            wanted = as_held(whole, format)
            if format == "graphml":
                found, wanted = stripped(found), stripped(wanted)
            assert found[0] == wanted[0], (format, read)
            assert found[1] == wanted[1], (format, read)


def test_every_format_has_a_reader() -> None:
    assert set(READERS) | OTHERS == set(FORMATS)


@pytest.mark.parametrize("module", ["igraph", "ndex2", "polars", "duckdb", "ladybug"])
def test_the_readers_of_other_tools_are_there(module: str) -> None:
    pytest.importorskip(module, reason="an export is not opened with it: pip install 'pubmed-kg[test-formats,test-neo4j]'")


def test_all_exports_of_one_graph_agree(graph: Graph, tmp_path: Path) -> None:
    assert_agree(graph, tmp_path)


def test_all_exports_of_hostile_names_agree(tmp_path: Path) -> None:
    assert_agree(hostile_graph(tmp_path / "g", HOSTILE), tmp_path)


TEXT = st.text(min_size=1, max_size=12).filter(lambda t: t.strip() != "")
COUNTS = st.integers(0, 9)


@st.composite
def graphs(draw: Any) -> dict[str, Any]:
    """The parts of a small graph in which all but the schema is arbitrary."""
    names = draw(st.lists(TEXT, min_size=2, max_size=5))
    kinds = draw(st.lists(st.sampled_from(sorted(EntityType)), min_size=len(names), max_size=len(names)))
    entities = [Entity(f"X:{n}", kind, name, (name,), (name, "s")) for n, (kind, name) in enumerate(zip(kinds, names, strict=True))]
    documents = [
        Document(key, (Section("title", key),)) for key in draw(st.lists(TEXT, max_size=3, unique_by=lambda t: t.encode("utf-8", "replace")))
    ]
    ends = st.sampled_from([Argument(e.id, e.type, e.name) for e in entities]) | st.builds(
        Argument, st.just(""), st.sampled_from(sorted(EntityType)), TEXT
    )
    contexts = st.builds(Context, *([st.none() | ends] * 3), *([st.just("") | TEXT] * 3))
    listed = st.lists(st.sampled_from([d.id for d in documents]), unique=True).map(lambda ids: tuple(sorted(ids))) if documents else st.just(())
    made = [
        Statement(
            f"KGS:{number:020x}", draw(ends), draw(st.sampled_from(sorted(PREDICATES))), draw(ends), draw(contexts),
            tuple(f"KGE:{number:020x}"[: -len(str(n))] + str(n) for n in range(draw(st.integers(0, 2)))), draw(listed),
            draw(COUNTS), draw(COUNTS), draw(COUNTS), draw(st.floats(0, 1, allow_subnormal=False).map(lambda x: round(x, 9))),
        )
        for number in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    return {"documents": documents, "mentions": {}, "evidence": [], "statements": made, "entities": entities}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(graphs())
def test_all_exports_of_any_graph_agree(tmp_path_factory: pytest.TempPathFactory, parts: dict[str, Any]) -> None:
    folder = tmp_path_factory.mktemp("any")
    write_graph(folder / "g", **parts)
    assert LISTS == ("documents", "evidence")
    assert_agree(Graph.open(folder / "g"), folder, SLOW)
