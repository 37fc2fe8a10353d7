"""`kg therapies` and `kg resistance` on a graph of the seed pages and forty of CIViC's statements."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]


def test_therapies_lists_numbered_rows_and_their_sentences(run: Run, graph: Path) -> None:
    shown = run("therapies", "ALK G1202R", "--graph", graph)
    assert shown.exit_code == 0, shown.output
    assert "Therapies for ALK G1202R (KGV:ALK_G1202R)" in shown.stdout and "crizotinib" in shown.stdout
    assert re.search(r"\n *1  (?:PMID|DOI):", shown.stdout) and "\x1b" not in shown.stdout


def test_both_answers_in_csv_and_json_are_the_same_rows(run: Run, graph: Path) -> None:
    for args in (("therapies", "EML4-ALK"), ("resistance", "crizotinib")):
        found = json.loads(run(*args, "-g", graph, "-f", "json").stdout)
        table = list(csv.DictReader(io.StringIO(run(*args, "-g", graph, "-f", "csv").stdout)))
        assert found and [row["statements"] for row in found] == [row["statements"] for row in table]
        assert all(row["sentence"] and row["document"] for row in found)
        assert len(json.loads(run(*args, "-g", graph, "-f", "json", "--limit", 1).stdout)) == 1


def test_resistance_says_what_still_works(run: Run, graph: Path) -> None:
    shown = run("resistance", "Xalkori", "-g", graph)
    assert "Resistance to crizotinib (DRUGBANK:DB08865)" in shown.stdout and "still active" in shown.stdout and "on target" in shown.stdout


def test_an_empty_answer_says_what_to_try(run: Run, graph: Path) -> None:
    result = run("therapies", "ALK G1202R", "-g", graph, "--disease", "MONDO:0004992", "-f", "json")
    assert result.exit_code == 0
    shown = run("resistance", "ceritinib", "-g", graph, "--disease", "non-Hodgkin lymphoma")
    assert shown.exit_code == 0 and "leave --disease out" in shown.stderr and "statements-of-entity" in shown.stderr


def test_a_change_that_the_graph_lacks_is_answered_more_generally_and_said_so(run: Run, graph: Path) -> None:
    shown = run("therapies", "ALK G1234W", "-g", graph)
    assert shown.exit_code == 0 and "more general" in shown.stderr


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("therapies", "no such thing"), 1, "find-entity"),
        (("resistance", "crizotinibb"), 1, "it has crizotinib"),
        (("therapies", "ALK G1202R", "-f", "xml"), 2, "known are table, csv, json"),
        (("therapies", "ALK G1202R", "--disease", "no such disease"), 1, "no disease"),
    ],
)
def test_errors_are_one_line_with_what_helps(run: Run, graph: Path, args: tuple[str, ...], code: int, words: str) -> None:
    result = run(*args, "--graph", graph)
    assert result.exit_code == code and words in result.stderr and len(result.stderr.splitlines()) == 1
