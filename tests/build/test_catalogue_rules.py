"""Which of two records of one document counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from stand_in_pipeline import document

from kg.build.catalogue import Catalogue, entry_of, read_catalogue, read_settings, write_catalogue
from kg.errors import GraphError
from kg.model import Document

OLD, NEW = document("1", "old"), document("1", "new")


@pytest.mark.parametrize(
    ("records", "kept"),
    [
        pytest.param([OLD, NEW], NEW, id="read later wins"),
        pytest.param([document("1", "v2", version=2), NEW], document("1", "v2", version=2), id="higher version wins"),
        pytest.param([OLD, document("1", "title", kind="reference", version=9)], OLD, id="a reference never replaces the work"),
        pytest.param([document("1", "title", kind="reference"), OLD], OLD, id="the work replaces a reference"),
        pytest.param([OLD, document("1", "", kind="deleted")], None, id="deleted"),
        pytest.param([OLD, document("1", "", kind="deleted"), NEW], NEW, id="deleted and published again"),
        pytest.param([document("1", "", kind="deleted")], None, id="deleted before it was known"),
    ],
)
def test_which_record_counts(records: list[Document], kept: Document | None) -> None:
    catalogue = Catalogue()
    for record in records:
        catalogue.offer(record)
    assert catalogue.entries == ({"1": entry_of(kept)} if kept else {})


def test_the_place_it_was_read_from_does_not_make_another_document() -> None:
    assert entry_of(document("1", "x", source="a.xml")) == entry_of(document("1", "x", source="b.xml"))
    assert entry_of(document("1", "x", journal="a")) != entry_of(document("1", "x", journal="b"))


def test_counts_of_what_was_replaced_and_deleted() -> None:
    catalogue = Catalogue()
    for record in (OLD, OLD, NEW, document("2", "x"), document("2", "", kind="deleted"), document("3", "", kind="deleted")):
        catalogue.offer(record)
    assert (catalogue.replaced, catalogue.deleted) == (1, 1)


def test_the_list_of_documents_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "documents.json"
    entries = [(d.id, entry_of(d)) for d in (document("a b/../c", "x"), document("é\n", "y", version=3))]
    write_catalogue(path, "v1", {"profile": "fast"}, entries)
    assert read_catalogue(path) == ("v1", entries)
    assert read_settings(path) == {"profile": "fast"}
    assert read_catalogue(tmp_path / "none.json") == ("", []) and read_settings(tmp_path / "none.json") == {}


def test_a_damaged_list_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "documents.json"
    path.write_text('{"version": 1}')
    with pytest.raises(GraphError, match="build again"):
        read_catalogue(path)
