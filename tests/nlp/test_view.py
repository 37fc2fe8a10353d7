"""The plain view: what recognition sees of a text with markup, and the way back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.view import View, plain_view

CASES = Path(__file__).parents[1] / "cases" / "views.tsv"


def _cases() -> list[tuple[str, ...]]:
    lines = CASES.read_text(encoding="utf-8").split("\n")
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("# ")]


@pytest.mark.parametrize(("raw", "plain"), _cases())
def test_plain_text(raw: str, plain: str) -> None:
    assert plain_view(raw).text == plain


@pytest.mark.parametrize(
    ("raw", "found", "span"),
    [
        ("EGFR<sup>T790M</sup> mutation", "EGFRT790M", "EGFR<sup>T790M"),
        ("EGFR<sup>T790M</sup> mutation", "T790M", "T790M"),
        ("EGFR<sup>T790M</sup> mutation", "mutation", "mutation"),
        ("<i>ALK</i>-positive", "ALK-positive", "ALK</i>-positive"),
        ("<i>ALK</i>-positive", "ALK", "ALK"),
        ("5 &alpha;-catenin x", "α-catenin", "&alpha;-catenin"),
        ("lung  \n cancer x", "lung cancer", "lung  \n cancer"),
        ("EML4-\nALK fusion", "EML4-ALK", "EML4-\nALK"),
        ("the eﬃcacy x", "efficacy", "eﬃcacy"),
        ("plain ALK text", "ALK", "ALK"),
    ],
)
def test_span_leads_back_to_the_raw_text(raw: str, found: str, span: str) -> None:
    view = plain_view(raw)
    start = view.text.index(found)
    a, b = view.raw_span(start, start + len(found))
    assert raw[a:b] == span
    assert view.view_span(a, b) == (start, start + len(found))


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("one line\nanother", "one line another"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("one\r\n \r\ntwo", "one\n\ntwo"),
        ("EML4-\nALK", "EML4-ALK"),
        ("first-\nand second-line", "first- and second-line"),
        ("a\tb", "a b"),
    ],
)
def test_lines(raw: str, plain: str) -> None:
    assert plain_view(raw).text == plain


def test_plain_text_is_its_own_view() -> None:
    text = "Crizotinib inhibits ALK (P < .05); β-catenin does not."
    assert plain_view(text) == View(text)
    assert plain_view(text).raw_span(3, 9) == (3, 9)


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(IndexError, match="not within"):
        plain_view("<i>ALK</i>").raw_span(0, 9)


def test_hostile_markup_takes_no_time() -> None:
    for raw in ("<b " * 4000, "<!--" * 4000, "&amp;" * 4000, "<" * 10000, "<i x=" * 4000, "&lt;" * 4000):
        assert len(plain_view(raw).text) <= len(raw)


PIECES = ["<i>", "</i>", "<sup>", "</sup>", "<b>", "</b>", "&lt;", "&alpha;", "&amp;", "–", "‑", " ", "  ", " ", "\n", "\n\n", "​", "ﬁ"]
TEXTS = st.lists(st.sampled_from([*PIECES, "ALK", "T790M", "p", "<", ">", "0.05", "-", "<p>", "x"]), max_size=30).map("".join)


@given(TEXTS)
def test_every_character_stands_for_its_raw_text(raw: str) -> None:
    view = plain_view(raw)
    last = (0, 0)
    for i, char in enumerate(view.text):
        span = view.raw_span(i, i + 1)
        assert 0 <= span[0] < span[1] <= len(raw)
        assert span == last or span[0] >= last[1]
        last = span
        if len(raw[slice(*span)]) == 1 and char.isalnum() and char.isascii():
            assert raw[slice(*span)] in (char, "ﬁ")


@given(
    st.lists(st.sampled_from(["<i>", "</i>", "<sup>", "</sup>", "<b>", "</b>", "ALK", "T790M", " x", "-", "p", "0.05"]), max_size=30).map("".join),
    st.data(),
)
def test_slice_is_the_raw_slice_without_tags(raw: str, data: st.DataObject) -> None:
    view = plain_view(raw)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    a, b = view.raw_span(start, end)
    assert re.sub(r"</?(?:i|sup|b)>", "", raw[a:b]) == view.text[start:end]


@given(st.text(max_size=80))
def test_any_text_has_a_view(raw: str) -> None:
    view = plain_view(raw)
    start, end = view.raw_span(0, len(view.text))
    assert 0 <= start <= end <= len(raw)
