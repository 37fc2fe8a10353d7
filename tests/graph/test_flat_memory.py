"""`kg doctor` and `kg diff` take no more memory for a larger graph."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.assembly import assemble_statements
from kg.graph import invariants
from kg.graph.diff import diff_graphs
from kg.graph.folder import mention_row
from kg.graph.invariants import broken_invariants
from kg.model import Argument, Document, Entity, Evidence, Grounding, Mention, Section, Statement
from kg.records import dumps

DRUG = Entity("DRUGBANK:DB08865", "Drug", "crizotinib")


class Invented:
    """A graph of any size, made while it is read: each document says that one variant resists crizotinib."""

    def __init__(self, folder: Path, size: int, first: int = 0) -> None:
        self.data, self.numbers = folder, range(first, first + size)
        folder.mkdir()
        with (folder / "documents.jsonl").open("w") as documents, (folder / "mentions.jsonl").open("w") as mentions:
            for number in self.numbers:
                documents.write(dumps(self.document(number)) + "\n")
                mentions.write(dumps({"document": str(number), "mentions": [mention_row(self.mention(number))]}) + "\n")

    def document(self, number: int) -> Document:
        return Document(str(number), (Section("text", f"ALK G{number}R resists crizotinib. " + "More is said here. " * 50),))

    def mention(self, number: int) -> Mention:
        at = self.document(number).sections[0].text.index("crizotinib")
        return Mention("text", at, at + 10, "crizotinib", "Drug", "crizotinib", Grounding(DRUG, 1.0, "name"))

    def read_documents(self) -> Iterator[Document]:
        return map(self.document, self.numbers)

    def read_entities(self) -> Iterator[Entity]:
        yield DRUG
        for number in self.numbers:
            yield Entity(f"KGV:ALK_G{number}R", "Variant", f"ALK G{number}R")

    def evidence(self, number: int) -> Evidence:
        sentence = f"ALK G{number}R resists crizotinib."
        subject, drug = Argument(f"KGV:ALK_G{number}R", "Variant", f"ALK G{number}R"), Argument(DRUG.id, "Drug", DRUG.name)
        return Evidence(str(number), "text", 0, len(sentence), sentence, subject, "confers_resistance_to", drug, confidence=0.9)

    def read_evidence(self) -> Iterator[Evidence]:
        return map(self.evidence, self.numbers)

    def read_statements(self) -> Iterator[Statement]:
        return (assemble_statements([self.evidence(number)], ())[0] for number in self.numbers)


def peak(work: Callable[[], Any]) -> float:
    """The most memory that Python's objects took in some work, in MiB."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


def test_doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invariants, "_store_lines", lambda graph: [])
    small, large = Invented(tmp_path / "small", 100), Invented(tmp_path / "large", 1000)
    assert broken_invariants(small) == []  # type: ignore[arg-type]
    few, many = (peak(lambda graph=graph: broken_invariants(graph)) for graph in (small, large))  # type: ignore[misc]
    assert many < few + 0.5


def test_diff(tmp_path: Path) -> None:
    def compare(size: int) -> None:
        before, after = Invented(tmp_path / f"{size}-a", size), Invented(tmp_path / f"{size}-b", size, size // 2)
        found = diff_graphs(before, after)  # type: ignore[arg-type]
        assert found.counts == {"removed": size // 2, "added": size // 2, "changed": 0}
        assert sum(1 for _ in found.rows()) == len(found) and len(list(found.rows(3))) == 3

    few, many = peak(lambda: compare(100)), peak(lambda: compare(1000))
    assert many < few + 0.5
