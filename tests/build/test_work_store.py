"""Rows come back equal, in any order, after any number of runs; damage is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build.rows import MentionReader, encode_row, read_document, read_evidence
from kg.build.work import WorkStore
from kg.errors import GraphError
from kg.graph.folder import mention_row
from kg.model import Annotation, Argument, Context, Document, Entity, Evidence, Grounding, Mention, Section
from kg.records import dumps

words = st.text(max_size=12)
entities = st.builds(Entity, st.sampled_from(["HGNC:427", "KGV:ALK_G1202R"]), st.just("Gene"), words, st.tuples(words), st.tuples(words))
groundings = st.none() | st.builds(Grounding, entities, st.floats(0, 1), words)
mentions = st.builds(Mention, words, st.integers(0, 99), st.integers(0, 99), words, words, words, groundings, words)
arguments = st.builds(Argument, words, words, words, st.tuples(words), st.tuples(st.tuples(st.integers(0, 9), st.integers(0, 9))))
evidence = st.builds(
    Evidence, words, words, st.integers(0, 9), st.integers(0, 9), words, arguments, words, arguments, st.builds(Context, st.none() | arguments)
)
documents = st.builds(Document, words, st.tuples(st.builds(Section, words, words, words)), words, retracted=st.booleans(), version=st.integers(0, 9))
annotations = st.builds(Annotation, documents, st.lists(mentions, max_size=4).map(tuple), st.lists(evidence, max_size=3).map(tuple))


@given(annotations)
def test_a_row_comes_back_equal(annotation: Annotation) -> None:
    row = encode_row(annotation)
    (document, line), found = read_document(row), read_evidence(row)
    assert Annotation(document, annotation.mentions, tuple(one for one, _ in found)) == annotation
    assert MentionReader().read(row) == (
        [mention_row(m) for m in annotation.mentions],
        {m.entity_id: m.grounding.entity for m in reversed(annotation.mentions) if m.grounding},
    )
    assert [line, *(line for _, line in found)] == [dumps(document), *(dumps(one) for one, _ in found)]


def test_rows_are_found_again_by_another_run(tmp_path: Path) -> None:
    store = WorkStore(tmp_path)
    store.write([("k1", "eins"), ("k2", "zwei \N{GREEK SMALL LETTER ALPHA}")])
    store.write([("k3", "drei")])
    for found in (store, WorkStore(tmp_path)):
        assert [found.read(key) for key in ("k3", "k1", "k2")] == ["drei", "eins", "zwei \N{GREEK SMALL LETTER ALPHA}"]
        assert "k4" not in found


def test_the_same_rows_are_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        WorkStore(tmp_path / name).write([("k1", "eins"), ("k2", "zwei")])
    first, second = ([(p.name, p.read_bytes()) for p in (tmp_path / name).iterdir()] for name in ("a", "b"))
    assert first == second


def test_what_is_not_wanted_any_more_goes(tmp_path: Path) -> None:
    store = WorkStore(tmp_path)
    store.write([("k1", "eins"), ("k2", "zwei")])
    store.write([("k3", "drei")])
    (tmp_path / "half.part").write_text("x")
    store.keep_only({"k2"})
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".rows"]
    assert "k3" not in WorkStore(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"not json\n", b'{"rows": 3}\n', b'{"rows": [["k1", 40]]}\nshort', b"\xff\xfe\n"])
def test_damage_is_named(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "x.rows").write_bytes(damage)
    with pytest.raises(GraphError, match=r"x\.rows.*build again"):
        WorkStore(tmp_path).read("k1")
