"""What a user does wrong, what they are told, and the exit code. Never a traceback."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]

GOOD = '{"id": "good", "text": "ALK G1202R confers resistance to crizotinib."}\n'

WRONG = [
    pytest.param(["build", "nowhere", "--out", "{tmp}/g"], 2, "nowhere", id="no such input"),
    pytest.param(["build", "{tmp}/*.nothing", "--out", "{tmp}/g"], 2, "nothing", id="a glob without a match"),
    pytest.param(["build", "{tmp}/good.jsonl"], 2, "--out", id="no output named"),
    pytest.param(["build", "{tmp}/good.jsonl", "--out", "{tmp}/good.jsonl"], 1, "is a file", id="the graph would be a file"),
    pytest.param(["build", "{tmp}/good.jsonl", "--out", "{tmp}/full"], 1, "other things", id="the graph would be a folder in use"),
    pytest.param(["build", "{tmp}/good.jsonl", "--out", "{tmp}/g", "--workers", "0"], 2, "--workers", id="no workers"),
    pytest.param(["build", "{tmp}/good.jsonl", "--out", "{tmp}/g", "--lexicon", "nowhere"], 1, "nowhere", id="no vocabulary"),
    pytest.param(["build", "{tmp}/good.jsonl", "--out", "{tmp}/g", "--model", "no_such_model"], 2, "no_such_model", id="no such model"),
    pytest.param(["annotate", "{tmp}/good.jsonl", "--format", "xml"], 2, "jsonl", id="unknown annotation format"),
    pytest.param(["annotate", "{tmp}/good.jsonl", "--out", "{tmp}/no/such/file"], 1, "cannot be written", id="unwritable output"),
    pytest.param(["query", "{tmp}/nothing", "summary"], 1, "kg build", id="no graph"),
    pytest.param(["query", "{tmp}/full", "summary"], 1, "kg build", id="a folder that is no graph"),
    pytest.param(["query", "{graph}"], 2, "--list", id="no query"),
    pytest.param(["query", "{graph}", "no-such-query"], 2, "resistance-variants-of-drug", id="unknown query"),
    pytest.param(["query", "{graph}", "summary", "--sparql", "ASK {}"], 2, "exactly one", id="two queries"),
    pytest.param(["query", "{graph}", "drugs-targeting-gene"], 2, "gene=", id="missing parameter"),
    pytest.param(["query", "{graph}", "drugs-targeting-gene", "--param", "gene"], 2, "k=v", id="parameter without value"),
    pytest.param(["query", "{graph}", "drugs-targeting-gene", "--param", "drug=x"], 2, "no parameter 'drug'", id="unknown parameter"),
    pytest.param(["query", "{graph}", "summary", "--format", "xml"], 2, "table, csv, json", id="unknown answer format"),
    pytest.param(["query", "{graph}", "--sparql", "SELECT ?x"], 1, "SPARQL", id="invalid SPARQL"),
    pytest.param(["query", "{graph}", "--sparql", "DELETE WHERE { ?s ?p ?o }"], 1, "read-only", id="an update"),
    pytest.param(["query", "{graph}", "--file", "nowhere.rq"], 2, "nowhere.rq", id="no such query file"),
    pytest.param(["explain", "{graph}", "KGS:ffff"], 1, "KGS:ffff", id="unknown statement"),
    pytest.param(["export", "{graph}", "--format", "xml", "--out", "{tmp}/x"], 2, "graphml", id="unknown export format"),
    pytest.param(["evaluate", "everything", "--gold", "{tmp}/good.jsonl"], 2, "mentions", id="unknown task"),
    pytest.param(["evaluate", "mentions", "--gold", "nowhere"], 2, "nowhere", id="no gold standard"),
    pytest.param(["evaluate", "civic", "--gold", "{tmp}/good.jsonl"], 1, "lacks the columns", id="a gold standard of another task"),
    pytest.param(["evaluate", "mentions", "--gold", "{tmp}/gold.txt", "--predicted", "{tmp}/good.jsonl"], 1, "missing", id="no prediction"),
    pytest.param(["vocab", "build", "--source", "nowhere", "--out", "{tmp}/l"], 2, "nowhere", id="no vocabulary sources"),
    pytest.param(["no-such-command"], 2, "no-such-command", id="unknown command"),
]


@pytest.mark.parametrize(("args", "code", "says"), WRONG)
def test_wrong_use_is_told_in_one_line(run: Run, graph: Path, tmp_path: Path, args: list[str], code: int, says: str) -> None:
    (tmp_path / "good.jsonl").write_text(GOOD)
    (tmp_path / "gold.txt").write_text("7|t|ALK.\n7|a|\n7\t0\t3\tALK\tGene\t238\n\n")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.doc").write_text("mine")
    result = run(*(arg.replace("{tmp}", str(tmp_path)).replace("{graph}", str(graph)) for arg in args))
    assert (result.exit_code, says in result.stderr) == (code, True), result.output
    assert "Traceback" not in result.output
    assert (tmp_path / "full" / "thesis.doc").read_text() == "mine"


BAD_INPUT = [
    pytest.param("empty.txt", b"", "empty.txt", id="empty file"),
    pytest.param("blank.txt", b" \n\n\t\n", "blank.txt", id="only white space"),
    pytest.param("cut.jsonl", b'{"id": "x", "text": "ALK', "cut.jsonl", id="JSON cut off"),
    pytest.param("no_text.jsonl", b'{"id": "x"}\n', "x", id="a document without text"),
    pytest.param("cut.xml", b"<?xml version='1.0'?><PubmedArticleSet><PubmedArticle><MedlineCitation>", "cut.xml", id="XML cut off"),
    pytest.param("broken.gz", gzip.compress(GOOD.encode() * 99)[:40], "broken.gz", id="gzip cut off"),
    pytest.param("binary.bin", bytes(range(256)) * 8, "binary.bin", id="binary"),
    pytest.param("long.jsonl", b'{"id": "long", "text": "' + b"ALK " * 200_000 + b'"}\n', "--max-document-chars", id="huge document"),
    pytest.param(
        "entities.xml",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>&c;</ArticleTitle></Article>"
        b"</MedlineCitation></PubmedArticle></PubmedArticleSet>",
        "entities.xml",
        id="external entity",
    ),
]


def test_bad_input_beside_good_is_named_and_the_good_is_done(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(GOOD)
    for name, content, _ in (row.values for row in BAD_INPUT):
        (tmp_path / str(name)).write_bytes(content)  # type: ignore[arg-type]
    result = run("annotate", tmp_path)
    assert result.exit_code == 3, result.output[-500:]
    assert [line[:12] for line in result.stdout.splitlines()] == ['{"id":"good"']
    assert result.stderr.count("kg: failed") == len(BAD_INPUT)
    assert all(str(row.values[2]) in result.stderr for row in BAD_INPUT)
    assert "Traceback" not in result.output and "root:" not in result.output


@pytest.mark.parametrize(("name", "content", "says"), BAD_INPUT)
def test_bad_input_alone_fails_and_leaves_no_graph(run: Run, tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    result = run("build", tmp_path / name, "--out", tmp_path / "g")
    assert result.exit_code == 1 and says in result.stderr, result.output[-500:]
    assert "Traceback" not in result.output
    assert not (tmp_path / "g" / "manifest.json").exists()


def test_a_control_character_in_a_name_does_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(GOOD + '{"id": "\\u001b[31mred", "text": 3}\n')
    result = run("annotate", tmp_path / "x.jsonl")
    assert result.exit_code == 3 and "\x1b" not in result.stderr


def test_nothing_is_coloured_in_a_pipe_and_progress_stays_off(root: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "kg", "build", str(root / "data" / "seeds"), "--out", str(tmp_path / "g")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True, cwd=tmp_path)
    assert "documents" in done.stdout and "\x1b" not in done.stdout + done.stderr and done.stderr == ""


def test_a_reader_that_goes_away_is_no_error(root: Path, graph: Path) -> None:
    command = f"{sys.executable} -m kg query {graph} --sparql 'SELECT ?s ?p ?o WHERE {{ ?s ?p ?o }}' --format csv | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(root)}, check=True)
    assert done.stdout == "s,p,o\n" and "Traceback" not in done.stderr
