"""Text in, the same text out, for the formats whose offsets others count."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from reading import documents

LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\x85"), min_size=1, max_size=60).filter(str.strip)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1, max_size=80).filter(str.strip)
PROFILE = settings(max_examples=60, deadline=None)


@PROFILE
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4), st.booleans())
def test_jsonl(texts: list[tuple[str, str]], ascii_only: bool) -> None:
    lines = [json.dumps({"id": f"d{i}", "title": t, "abstract": a}, ensure_ascii=ascii_only) for i, (t, a) in enumerate(texts)]
    assert [tuple(s.text for s in d.sections) for d in documents("\n".join(lines) + "\n")] == texts


@PROFILE
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_json_array(texts: list[str]) -> None:
    assert [d.sections[0].text for d in documents(json.dumps([{"id": i, "text": t} for i, t in enumerate(texts)], indent=1))] == texts


@PROFILE
@given(st.lists(TEXT, min_size=1, max_size=4), st.sampled_from([",", "\t", ";"]))
def test_tables_with_quoted_cells(texts: list[str], delimiter: str) -> None:
    rows = [f'{i}{delimiter}"{t.replace(chr(34), chr(34) * 2)}"' for i, t in enumerate(texts)]
    data = "\n".join([f"id{delimiter}text", *rows]) + "\n"
    assert [d.sections[0].text for d in documents(data)] == texts


@PROFILE
@given(st.lists(LINE.filter(lambda t: '"' not in t), min_size=1, max_size=4))
def test_tsv_with_bare_cells(texts: list[str]) -> None:
    data = "\n".join(["id\ttext", *(f"{i}\t{t}" for i, t in enumerate(texts))]) + "\n"
    assert [d.sections[0].text for d in documents(data)] == texts


@PROFILE
@given(st.lists(st.tuples(LINE, LINE), min_size=1, max_size=4))
def test_pubtator(texts: list[tuple[str, str]]) -> None:
    data = "\n\n".join(f"{i + 1}|t|{t}\n{i + 1}|a|{a}" for i, (t, a) in enumerate(texts)) + "\n"
    assert [tuple(s.text for s in d.sections) for d in documents(data)] == texts
