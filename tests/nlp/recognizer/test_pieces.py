"""Text to word pieces: offsets that hold, and shapes that remember what lower-casing forgets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.recognizer import WEIGHTS
from kg.nlp.recognizer.pieces import INITIAL, LETTERLESS, LOWER, MIXED, SINGLE, UPPER, encode, open_tokenizer, word_case
from kg.nlp.recognizer.windows import LENGTH, window_ranges

TOKENIZER = open_tokenizer(WEIGHTS / "tokenizer.json")


@pytest.mark.parametrize(
    ("word", "case"),
    [("met", LOWER), ("MET", UPPER), ("Met", INITIAL), ("mTOR", MIXED), ("HeLa", MIXED), ("1202", LETTERLESS), ("(", LETTERLESS), ("G", SINGLE), ("g1202r", LOWER), ("G1202R", UPPER), ("β", LOWER)],  # noqa: E501
)  # fmt: skip
def test_the_case_of_a_word(word: str, case: int) -> None:
    assert word_case(word) == case


def test_pieces_of_one_word_share_its_shape_and_a_space_before_is_told() -> None:
    [pieces] = encode(TOKENIZER, ["Lorlatinib-resistant"])
    assert set(pieces.shapes[pieces.words == 0].tolist()) == {2 * INITIAL + 1}
    assert set(pieces.shapes[pieces.words == 2].tolist()) == {2 * LOWER}


@given(st.text(max_size=200))
def test_offsets_stay_in_the_text_and_in_order(text: str) -> None:
    [pieces] = encode(TOKENIZER, [text])
    assert all(0 <= s <= e <= len(text) for s, e in zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True))
    assert all(a <= b for a, b in pairwise(pieces.starts.tolist()))


@given(st.lists(st.integers(1, 40), max_size=40))
def test_windows_cover_every_piece_once_and_cut_no_word(lengths: list[int]) -> None:
    sentences, text = [], ""
    for length in lengths:
        start = len(text)
        text += "resistance " * length
        sentences.append((start, len(text)))
    [pieces] = encode(TOKENIZER, [text])
    ranges = window_ranges(pieces, sentences)
    assert [n for first, last in ranges for n in range(first, last)] == list(range(len(pieces.ids)))
    assert all(last - first <= LENGTH for first, last in ranges)
    assert all(first == 0 or pieces.words[first] != pieces.words[first - 1] for first, _ in ranges)


def test_a_word_longer_than_a_window_is_cut() -> None:
    [pieces] = encode(TOKENIZER, ["acgt" * 400])
    assert all(last - first <= LENGTH for first, last in window_ranges(pieces, [(0, 1600)]))
