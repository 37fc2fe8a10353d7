"""Any input gives sound documents or named failures, in bounded time; the long form is ``python tests/readers/fuzz_readers.py``."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from fuzz_readers import SEEDS, check, mutate, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import read

from kg.model import Document, Failure
from kg.readers import inputs, read_documents
from kg.readers.source import Source

some = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
anything = st.text(st.characters(exclude_categories=()), max_size=40)  # control characters and lone surrogates too
values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | anything, lambda v: st.lists(v) | st.dictionaries(anything, v), max_leaves=8
)
names = st.sampled_from(["id", "pmid", "doi", "title", "abstract", "text", "authors", "keywords", "passages", "resultList", "documents"])


@some
@given(st.sampled_from(sorted(SEEDS)), st.sampled_from(sorted(SEEDS)), st.integers(0, 2**32))
def test_mutated_inputs_of_every_format(name: str, other: str, seed: int) -> None:
    check(mutate(SEEDS[name], SEEDS[other], random.Random(seed)))


@some
@given(
    st.sampled_from([b"", b"\x1f\x8b", b"<?xml", b"\xff\xfe", b"PMID- 1\n", b"1|t|", b"[", b'{"', b"id,text\n", b"<html>"]), st.binary(max_size=200)
)
def test_any_bytes(start: bytes, rest: bytes) -> None:
    check(start + rest)


@some
@given(st.dictionaries(names, values, max_size=6), st.booleans())
def test_any_json_record(record: dict[str, object], whole: bool) -> None:
    text = json.dumps([record] if whole else record) + "\n"
    check(text.encode("utf-8", "surrogatepass"))
    check(json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass"))


@some
@given(anything, anything, anything)
def test_any_text_in_any_format(key: str, title: str, text: str) -> None:
    parts = [escape(part) for part in (key, title, text)]
    for data in (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>{}</PMID><Article><ArticleTitle>{}</ArticleTitle><Abstract><AbstractText>{}"
        "</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>".format(*parts),
        f"PMID- {key}\nTI  - {title}\nAB  - {text}\n",
        f"{key}|t|{title}\n{key}|a|{text}\n",
        f"id\ttitle\tabstract\n{key}\t{title}\t{text}\n",
        f'id,title,abstract\n{key},"{title}",{text}\n',
    ):
        check(data.encode("utf-8", "surrogatepass"))


@pytest.mark.slow
def test_five_thousand_mutations_of_invented_and_real_inputs() -> None:
    assert sum(1 for _ in run(seconds=600, seed=3, count=5000)) > 1000


NOTHING = {
    "a header without rows": b"pmid\ttitle\tabstract\n",
    "an empty set": b"<PubmedArticleSet></PubmedArticleSet>",
    "a collection without documents": b"<collection></collection>",
}


@pytest.mark.parametrize("name", NOTHING)
def test_an_input_without_any_record_is_named(name: str) -> None:
    (found,) = read(NOTHING[name])
    assert isinstance(found, Failure) and "holds no document" in found.error


def test_two_records_of_one_id_are_both_handed_out_and_neither_is_lost() -> None:
    found = read(b'{"id": "a", "text": "one"}\n{"id": "a", "text": "two"}\n')
    assert [(d.id, d.sections[0].text) for d in found if isinstance(d, Document)] == [("a", "one"), ("a", "two")]


def test_lines_of_two_encodings_cost_the_bad_line_only() -> None:
    lines = ['{"id": "a", "text": "β-catenin"}'.encode(), '{"id": "b", "text": "naïve"}'.encode("latin-1"), b'{"id": "c", "text": "plain"}']
    first, second, third = read(b"\n".join(lines))
    assert isinstance(first, Document) and isinstance(third, Document)
    assert isinstance(second, Failure) and "not valid UTF-8" in second.error


@pytest.mark.parametrize(
    "doctype", ["<!DOCTYPE html>", "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/x.dtd'>", "<!DOCTYPE a PUBLIC '' 'file:///etc/passwd'>"]
)
def test_a_wrong_document_type_is_neither_fetched_nor_believed(doctype: str) -> None:
    body = SEEDS["pubmed-xml"].decode().partition("<PubmedArticleSet>")[2]
    (first, *_) = read(f"<?xml version='1.0'?>{doctype}<PubmedArticleSet>{body}")
    assert isinstance(first, Document) or "root" in first.error or "neither title" in first.error


def test_a_bomb_in_many_members_is_refused() -> None:
    member = gzip.compress(b" " * (1 << 20), 9, mtime=0)
    (found,) = read(member * 60)
    assert isinstance(found, Failure) and "unpacks to more than 250 times its size" in found.error


def test_a_reader_that_is_stuck_is_stopped_and_the_next_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(source: Source) -> Iterator[Document | Failure]:
        yield Document("before", (), source=source.name)
        while True:
            pass

    monkeypatch.setitem(inputs.READERS, inputs.Format.JSONL, stuck)
    monkeypatch.setattr(inputs, "MAX_WORK", 0.3)
    (tmp_path / "1.jsonl").write_bytes(SEEDS["jsonl"])
    (tmp_path / "2.txt").write_bytes(SEEDS["pubtator"])
    before, failure, *rest = read_documents([tmp_path])
    assert isinstance(before, Document) and before.id == "before"
    assert isinstance(failure, Failure) and "took more than 0.3 s" in failure.error and failure.source.endswith("1.jsonl")
    assert [one.id for one in rest if isinstance(one, Document)] == ["1", "2"]
