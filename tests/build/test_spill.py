"""Evidence that went through the disk makes the statements that it makes in memory."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import kg
from kg.assembly import assemble_statements
from kg.build import build_graph
from kg.build.spill import EvidenceSpill
from kg.config import Settings
from kg.model import Argument, Context, Document, Evidence
from kg.readers import read_documents


def invented(count: int) -> list[Evidence]:
    """Evidence of a few statements by many documents and of many statements by few, with symmetric and negated ones, and a lone surrogate."""
    dice = random.Random(3)
    made = []
    for number in range(count):
        ends = [Argument(f"HGNC:{int(dice.paretovariate(0.8)) % 50}", "Gene", "g\ud800", ("X:1",), ((number % 9, number % 9 + 2),)) for _ in range(2)]
        predicate = dice.choice(["activates", "combined_with", "treats"])
        context = Context(disease=dice.choice([None, Argument("MONDO:1", "Disease", "d")]))
        polarity = dice.choice(["positive", "positive", "negative"])
        made.append(Evidence(str(number % 200), "text", number, number + 5, "A sentence.", ends[0], predicate, ends[1], context, polarity))
    return made


@pytest.mark.parametrize("held", [1, 70, 10_000])
def test_the_same_statements_in_the_same_order(tmp_path: Path, held: int) -> None:
    spill = EvidenceSpill(tmp_path, held)
    for one in invented(1000):
        spill.add(one)
    works = {str(n): f"PMID:{n // 2}" for n in range(200)}
    found = [s for part in spill.parts() for s in assemble_statements(part, {"3", "4"}, works)]
    assert found == assemble_statements(invented(1000), {"3", "4"}, works)
    assert not list(tmp_path.iterdir())


def test_a_graph_built_through_the_disk_has_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        "ALK G1202R confers resistance to crizotinib in non-small cell lung carcinoma.",
        "ALK G1202R conferred sensitivity to lorlatinib, but not to crizotinib.",
        "EGFR T790M causes resistance to gefitinib. EGFR T790M was sensitive to osimertinib.",
        "ALK mutation confers resistance to crizotinib. Crizotinib inhibits ALK.",
    ]
    read: list[Document] = []
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text)
        read.extend(d for d in read_documents([str(tmp_path / f"{number}.txt")]) if isinstance(d, Document))
    build_graph(read, tmp_path / "memory", Settings(profile="fast"))
    for name in ("kg.build.spill.EvidenceSpill", "kg.graph.links.Links"):
        monkeypatch.setattr(name + ".__init__.__defaults__", (1,))
    monkeypatch.setattr("kg.graph.writer.LOADED", 50_000)
    build_graph(read, tmp_path / "disk", Settings(profile="fast"))
    assert (tmp_path / "disk" / "manifest.json").read_bytes() == (tmp_path / "memory" / "manifest.json").read_bytes()
    memory, disk = (sorted(map(str, kg.open(tmp_path / name).store)) for name in ("memory", "disk"))
    assert memory == disk and len(memory) > 1000
