"""No cell of a CSV that people open in a spreadsheet is a formula."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kg.cli.query import print_rows
from kg.exports.writing import unguard
from kg.serve.pages.query import csv_bytes

CELLS = ["=HYPERLINK(\"http://127.0.0.1/\"&A1)", "@SUM(1)", "+2+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "\t=1", "\r=1", "'=1"]  # fmt: skip
PLAIN = ["EGFR exon 19 deletion", "-log10", "+/- 3", "5'-AMP", "", "ALK G1202R"]


@pytest.mark.parametrize("cell", [*CELLS, *PLAIN])
def test_a_formula_is_text_and_comes_back(capsys: pytest.CaptureFixture[str], cell: str) -> None:
    print_rows(["name", "n"], [(cell, -1.5)], "csv")
    printed = capsys.readouterr().out
    for text in (printed, csv_bytes({"columns": ["name", "n"], "rows": [[cell, -1.5]]}).decode()):
        _, (shown, number) = csv.reader(io.StringIO(text, newline=""))
        assert (shown == cell) == (cell in PLAIN) and shown[:1] not in ("=", "@", "\t", "\r")
        assert unguard(shown) == cell and number == "-1.5"


def test_json_is_verbatim_and_written_row_by_row(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(cell, None) for cell in CELLS]
    print_rows(["name", "n"], iter(rows), "json")
    text = capsys.readouterr().out
    assert json.loads(text) == [{"name": cell, "n": None} for cell in CELLS]
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    print_rows(["name"], [], "json")
    assert capsys.readouterr().out == "[]\n"
