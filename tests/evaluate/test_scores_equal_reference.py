"""Our figures are those of the reference scorers, on predictions made by damaging the gold standard in a fixed way."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate import Score, gold_documents, score_task
from kg.evaluate.civic_gold import read_items
from kg.evaluate.labelled_gold import read_labelled
from kg.evaluate.pubtator_gold import read_gold
from kg.evaluate.tasks import read_predicted

CHANCE = random.Random(7)
LINE = re.compile(r"^(\w+)\s+(\S*)\s*P (\S+) R (\S+) F1 (\S+)\s+\(gold (\d+)\)$")


def node(key: str, kind: str, name: str) -> dict[str, Any]:
    return {"id": key, "type": kind, "name": name, "xrefs": []}


def damaged(rows: list[Any]) -> list[Any]:
    """Four in five of the rows."""
    return [row for row in rows if CHANCE.random() < 0.8]


def pubtator_predictions(gold: Path) -> list[dict[str, Any]]:
    rows = []
    for doc in read_gold(gold):
        split = len(doc.title) + 1
        mentions = []
        for start, end, text, kind, ids in damaged(doc.mentions):
            shift = split if start >= split else 0
            finer = {"Disease": "Phenotype", "Gene": "GeneFamily"}.get(kind, kind) if CHANCE.random() < 0.3 else kind
            wrong = CHANCE.random() < 0.1
            key = f"MESH:{sorted(ids)[0] if ids and not wrong else 'D000000'}"
            section = "abstract" if shift else "title"
            mentions.append({"section": section, "start": start - shift, "end": end - shift + wrong, "text": text, "type": finer, "id": key})
        kinds = {i: k for *_, k, ids in doc.mentions for i in ids}
        evidence = []
        for label, a, b in [*damaged(doc.relations), ("x", "D000001", "D000002")]:
            polarity = "positive" if CHANCE.random() < 0.9 else "negative"
            ends = {"subject": node(f"MESH:{a}", kinds.get(a, "Drug"), a), "object": node(f"MESH:{b}", kinds.get(b, "Disease"), b)}
            evidence.append({**ends, "predicate": label, "polarity": polarity, "sentence": "s"})
        rows.append({"id": doc.id, "mentions": mentions, "evidence": evidence})
    return rows


def labelled_predictions(gold: Path) -> list[dict[str, Any]]:
    rows = []
    for key, row in read_labelled(gold).items():
        evidence = []
        for s in damaged(row["statements"]):
            a, b = s["subject"], s["object"]
            if CHANCE.random() < 0.1:
                a, b = b, a
            polarity = "positive" if CHANCE.random() < 0.1 else s["polarity"]
            evidence.append({"subject": node("", "X", a.upper()), "object": node("", "X", b), "predicate": s["predicate"], "polarity": polarity})
        evidence.append({"subject": node("", "X", "a"), "object": node("", "X", "b"), "predicate": "limited_by", "polarity": "positive"})
        rows.append({"id": key, "mentions": damaged(row["mentions"]), "evidence": evidence})
    return rows


def civic_predictions(gold: Path) -> list[dict[str, Any]]:
    rows = []
    for item in read_items(gold):
        evidence = []
        for drug in damaged(item["therapies"].split(",")):
            way = "sensitivity" if "Sens" in item["significance"] and CHANCE.random() < 0.9 else "resistance"
            subject, object = node("", "Variant", item["molecular_profile"]), node("", "Drug", drug.strip())
            evidence.append({"subject": subject, "object": object, "predicate": f"confers_{way}_to", "polarity": "positive"})
        rows.append({"id": "EID" + item["evidence_id"], "mentions": [], "evidence": evidence})
    return rows


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def reference(shared: Path, scorer: str, *args: Path | str) -> str:
    command = [sys.executable, f"{scorer}.py", *map(str, args)]
    return subprocess.run(command, cwd=shared / "scoring", check=True, capture_output=True, text=True).stdout


def lines(output: str) -> set[tuple[str, ...]]:
    return {match.groups() for line in output.splitlines() if (match := LINE.match(line))}


def as_lines(scores: tuple[Score, ...], task: str = "") -> set[tuple[str, ...]]:
    return {(task or s.task, "" if task else s.label, f"{s.precision:.4f}", f"{s.recall:.4f}", f"{s.f1:.4f}", str(s.gold)) for s in scores}


@pytest.mark.parametrize("corpus", ["biored/dev", "bc5cdr/dev", "ncbi-disease/dev"])
def test_mentions_and_groundings(shared: Path, tmp_path: Path, corpus: str) -> None:
    gold = shared / "corpora" / f"{corpus}.pubtator.gz"
    predicted = write(tmp_path / "p.jsonl", pubtator_predictions(gold))
    ours = [score for task in ("mentions", "groundings") for score in score_task(task, gold, read_predicted(predicted)).scores]
    assert as_lines(tuple(ours)) == lines(reference(shared, "score_mentions", gold, predicted))


def test_mentions_of_chosen_types(shared: Path, tmp_path: Path) -> None:
    gold = shared / "corpora" / "biored" / "dev.pubtator.gz"
    predicted = write(tmp_path / "p.jsonl", pubtator_predictions(gold))
    ours = [s for task in ("mentions", "groundings") for s in score_task(task, gold, read_predicted(predicted), ["Gene", "Drug"]).scores]
    assert as_lines(tuple(ours)) == lines(reference(shared, "score_mentions", gold, predicted, "--types", "Gene,Drug"))


def test_relations(shared: Path, tmp_path: Path) -> None:
    gold = shared / "corpora" / "biored" / "dev.pubtator.gz"
    predicted = write(tmp_path / "p.jsonl", pubtator_predictions(gold))
    ours = score_task("relations", gold, read_predicted(predicted)).scores
    assert as_lines(ours, "pairs") == lines(reference(shared, "score_relations", gold, predicted))


def test_labelled_mentions_and_statements(shared: Path, tmp_path: Path) -> None:
    gold = shared / "gold" / "dev.jsonl"
    predicted = write(tmp_path / "p.jsonl", labelled_predictions(gold))
    ours = [score for task in ("mentions", "relations") for score in score_task(task, gold, read_predicted(predicted)).scores]
    assert as_lines(tuple(ours)) == lines(reference(shared, "score_gold", "score", gold, predicted))


def test_civic(shared: Path, tmp_path: Path) -> None:
    gold = shared / "civic" / "evidence_dev.tsv.gz"
    predicted = write(tmp_path / "p.jsonl", civic_predictions(gold))
    f = dict(score_task("civic", gold, read_predicted(predicted)).figures)
    ours = (
        f"answerable {f['answerable']}  recall {f['recall']:.4f}  precision {f['precision']:.4f}  f1 {f['f1']:.4f}  direction {f['direction']:.4f}  "
        f"refuted {f['refuted']:.4f} of {f['refutable']}  not_named {f['not_named']}"
    )
    assert reference(shared, "score_civic", "score", gold, predicted).strip() == ours


@pytest.mark.parametrize(
    ("task", "path", "count"),
    [("mentions", "corpora/biored/dev.pubtator.gz", 100), ("relations", "gold/dev.jsonl", None), ("civic", "civic/evidence_dev.tsv.gz", None)],
)
def test_the_documents_of_a_gold_standard_are_what_the_reference_gives_to_annotate(shared: Path, task: str, path: str, count: int | None) -> None:
    documents = gold_documents(task, shared / path)
    assert len({d.id for d in documents}) == len(documents) and documents
    assert count is None or len(documents) == count
