"""Each command does what it says, on a graph of the seed pages and forty of CIViC's statements."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]


def rows(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_info_counts_what_is_in_the_graph(run: Run, graph: Path) -> None:
    about = json.loads(run("info", graph, "--json", "--verify").stdout)
    assert about["counts"]["documents"] == 47  # two pages, five references, forty statements
    assert about["entities"]["Gene"] > 3
    assert about["statements_read"]["confers_resistance_to"] > 3
    assert about["statements_known"]["targets"] > 3
    assert {"lexicon", "pipeline", "settings", "version"} <= set(about["made_by"])
    assert "confers_resistance_to" in run("info", graph).stdout


def test_named_query_answers_in_three_formats(run: Run, graph: Path) -> None:
    args = ("query", graph, "drugs-targeting-gene", "--param", "gene=ALK")
    found = rows(run(*args, "--format", "json"))
    assert "crizotinib" in str(found)
    table = csv.DictReader(io.StringIO(run(*args, "--format", "csv").stdout))
    assert [str(row) for row in table] and len(list(csv.reader(io.StringIO(run(*args, "-f", "csv").stdout)))) == len(found) + 1
    assert f"{len(found)} rows" in run(*args).stdout


def test_sparql_from_text_and_file(run: Run, graph: Path, tmp_path: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    (tmp_path / "q.rq").write_text(text)
    found = rows(run("query", graph, "--sparql", text, "-f", "json"))
    assert int(str(found[0]["n"])) > 1000
    assert rows(run("query", graph, "--file", tmp_path / "q.rq", "-f", "json")) == found


def test_every_named_query_is_listed_with_an_example(run: Run, graph: Path) -> None:
    listed = run("query", graph, "--list").stdout
    assert "resistance-variants-of-drug" in listed and "drug=crizotinib" in listed


def test_explain_marks_the_arguments_in_the_sentence(run: Run, graph: Path) -> None:
    found = rows(run("query", graph, "resistance-variants-of-drug", "-p", "drug=crizotinib", "-f", "json"))
    shown = run("explain", graph, found[0]["statement"])
    assert shown.exit_code == 0
    assert "](subject)" in shown.stdout and "](object)" in shown.stdout and "PMID:" in shown.stdout
    assert "\x1b" not in shown.stdout


def test_a_statement_of_a_vocabulary_has_no_sentence_but_a_source(run: Run, graph: Path) -> None:
    text = "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?s), 'nothing')) }"
    assert rows(run("query", graph, "--sparql", text, "-f", "json")) == []
    from kg import open as open_graph

    known = next(s for s in open_graph(graph).read_statements() if s.source != "text")
    shown = run("explain", graph, known.id)
    assert f"known from {known.source}" in shown.stdout


@pytest.mark.parametrize(
    "format", ["graphml", "neo4j-csv", "cypher", "kgx-tsv", "kgx-jsonl", "turtle", "trig", "nquads", "jsonld", "cytoscape-json", "parquet"]
)
def test_export_writes_something(run: Run, graph: Path, tmp_path: Path, format: str) -> None:
    result = run("export", graph, "--format", format, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert any(p.is_file() and p.stat().st_size for p in (tmp_path, *tmp_path.rglob("*")))


def test_annotate_prints_one_line_a_document_in_order(run: Run) -> None:
    texts = [f'{{"id": "d{i}", "text": "ALK G1202R confers resistance to crizotinib."}}' for i in (3, 1, 2)]
    found = [json.loads(line) for line in run("annotate", "-", stdin="\n".join(texts)).stdout.splitlines()]
    assert [row["id"] for row in found] == ["d3", "d1", "d2"]
    [evidence] = [e for e in found[0]["evidence"] if e["predicate"] == "confers_resistance_to"]
    assert (evidence["subject"]["name"], evidence["object"]["name"]) == ("ALK G1202R", "crizotinib")
    assert evidence["sentence"] == "ALK G1202R confers resistance to crizotinib."


def test_annotate_as_pubtator_keeps_the_text(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    document = json.dumps({"pmid": "1", "title": "On ALK.", "abstract": "KRAS<sup>G12C</sup> was seen."})
    result = run("annotate", "-", "--format", "pubtator", "--out", out, stdin=document)
    assert result.exit_code == 0 and result.stdout == ""
    assert out.read_text().splitlines()[:2] == ["1|t|On ALK.", "1|a|KRAS<sup>G12C</sup> was seen."]
    assert "1\t3\t6\tALK\tGene\t238" in out.read_text().splitlines()


def test_evaluate_scores_a_prediction_and_lists_the_misses(run: Run, tmp_path: Path) -> None:
    gold, predicted, errors = tmp_path / "gold.txt", tmp_path / "p.jsonl", tmp_path / "errors.jsonl"
    gold.write_text("7|t|ALK and ROS1.\n7|a|\n7\t0\t3\tALK\tGene\t238\n7\t8\t12\tROS1\tGene\t6098\n\n")
    mention = {"section": "title", "start": 0, "end": 3, "text": "ALK", "type": "Gene", "id": "HGNC:427", "xrefs": ["NCBIGene:238"]}
    predicted.write_text(json.dumps({"id": "7", "mentions": [mention], "evidence": []}))
    args = ("evaluate", "mentions", "--gold", gold, "--predicted", predicted, "--errors", errors, "--format", "json")
    found = json.loads(run(*args).stdout)
    assert found["scores"][0] == {"task": "mentions", "label": "Gene", "precision": 1.0, "recall": 0.5, "f1": 2 / 3, "gold": 2}
    [miss] = [json.loads(line) for line in errors.read_text().splitlines()]
    assert (miss["kind"], miss["item"], miss["context"].strip()) == ("missed", "ROS1", "ALK and [ROS1].")


def test_evaluate_annotates_the_gold_documents_itself(run: Run, tmp_path: Path) -> None:
    gold = tmp_path / "gold.txt"
    gold.write_text("7|t|ALK and ROS1.\n7|a|\n7\t0\t3\tALK\tGene\t238\n7\t8\t12\tROS1\tGene\t6098\n\n")
    table = run("evaluate", "groundings", "--gold", gold).stdout
    assert "Gene" in table and "1.0000" in table


def test_vocabulary_of_another_folder_is_compiled_and_used(run: Run, root: Path) -> None:
    shipped = root / "ontologies" / "lexicon"
    result = run("annotate", "-", "--lexicon", shipped, stdin='{"id": "a", "text": "ALK"}')
    assert result.exit_code == 0 and json.loads(result.stdout)["mentions"][0]["id"] == "HGNC:427"
