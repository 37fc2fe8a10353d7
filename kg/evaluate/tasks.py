"""The tasks of ``kg evaluate``: which gold standard each reads, and which documents it wants annotated.

Rule: the format of the gold standard is found from its content; a document of the gold standard without prediction is an error,
never a silent zero.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kg.errors import ReadError, UsageError
from kg.evaluate.bioc_gold import first_byte, read_bioc_gold
from kg.evaluate.civic_gold import item_id, read_items, score_civic
from kg.evaluate.civic_graph import compare_graph
from kg.evaluate.labelled_gold import read_labelled, score_labelled_mentions, score_labelled_statements
from kg.evaluate.pubtator_gold import GoldDocument, read_gold, score_groundings, score_mentions, score_pairs
from kg.evaluate.scores import Report, Row
from kg.graph import Graph
from kg.model import Document, Section

TASKS = ("mentions", "groundings", "relations", "civic")


def gold_documents(task: str, gold: Path) -> list[Document]:
    """Return the texts of a gold standard as documents to annotate."""
    _check(task, gold)
    if task == "civic":
        return [Document(item_id(i), (Section("text", i["evidence_statement"]),), str(gold)) for i in read_items(gold)]
    if _is_labelled(gold):
        return [_document(key, row["title"], row["abstract"], gold) for key, row in read_labelled(gold).items()]
    return [_document(doc.id, doc.title, doc.abstract, gold) for doc in _read_public(gold)]


def _document(key: str, title: str, abstract: str, gold: Path) -> Document:
    return Document(key, (Section("title", title), Section("abstract", abstract)), str(gold), pmid=key if key.isdecimal() else "")


def score_task(task: str, gold: Path, predicted: Mapping[str, Row], types: Sequence[str] = (), others: Sequence[Path] = ()) -> Report:
    """Return the scores of a task; `types` limit mentions and groundings, `others` are further CIViC tables for its precision."""
    _check(task, gold)
    if task == "civic":
        items = read_items(gold)
        _demand([item_id(i) for i in items], predicted)
        return score_civic(items, predicted, [item for path in others for item in read_items(path)])
    if _is_labelled(gold):
        if task == "groundings":
            raise UsageError("the labelled gold set has no groundings to score; give a PubTator file, or score its mentions or relations")
        rows = read_labelled(gold)
        _demand(list(rows), predicted)
        return score_labelled_mentions(rows, predicted) if task == "mentions" else score_labelled_statements(rows, predicted)
    docs = list(_read_public(gold))
    _demand([doc.id for doc in docs], predicted)
    if task == "relations":
        return score_pairs(docs, predicted)
    return (score_mentions if task == "mentions" else score_groundings)(docs, predicted, types)


def compare_with_civic(graph: Graph, gold: Path, others: Sequence[Path] = ()) -> Report:
    """Return how a built graph's claims stand to CIViC's: `kg.evaluate.civic_graph`."""
    _check("civic", gold)
    return compare_graph(graph, [item for path in (gold, *others) for item in read_items(path)])


def read_predicted(path: Path) -> dict[str, Row]:
    """Map document id to row of a file that ``kg annotate --format jsonl`` wrote."""
    rows: dict[str, Row] = {}
    with path.open(encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            try:
                row = json.loads(line)
                rows[str(row["id"])] = row
            except (ValueError, KeyError, TypeError) as error:
                raise ReadError(
                    str(path), f"not an annotated document ({error})", "give output of kg annotate --format jsonl", str(number)
                ) from error
    return rows


def _check(task: str, gold: Path) -> None:
    if task not in TASKS:
        raise UsageError(f"unknown task '{task}'; known are {', '.join(TASKS)}")
    if not gold.is_file():
        raise UsageError(f"{gold}: no such file; --gold takes a gold standard")


def _read_public(gold: Path) -> Iterator[GoldDocument]:
    """Read PubTator, or BioC in XML or JSON."""
    return read_bioc_gold(gold) if first_byte(gold) in (b"<", b"{", b"[") else read_gold(gold)


def _is_labelled(gold: Path) -> bool:
    """Whether a file is our labelled set: JSON lines, the first a document with mentions and statements."""
    with gzip.open(gold, "rt", encoding="utf-8") if gold.suffix == ".gz" else gold.open(encoding="utf-8") as handle:
        try:
            row = json.loads(handle.readline())
        except ValueError:
            return False
    return isinstance(row, dict) and "passages" not in row and "documents" not in row


def _demand(keys: Sequence[str], predicted: Mapping[str, Row]) -> None:
    missing = [key for key in keys if key not in predicted]
    if missing:
        raise ReadError(
            "the predictions", f"{len(missing)} documents of the gold standard are missing, the first is {missing[0]}", "annotate them all"
        )
