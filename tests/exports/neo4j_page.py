"""What ``docs/neo4j.md`` shows and what it must answer, for the tests of the servers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from invented_world import EVIDENCE, invented_parts, read_marked

from kg.assembly import assemble_statements
from kg.graph import Graph, write_graph

PAGE = (Path(__file__).parents[2] / "docs" / "neo4j.md").read_text(encoding="utf-8")

#: question -> the first columns of each row of its answer, in `bypassed_graph`
ANSWERS: dict[str, list[tuple[str, ...]]] = {
    "Which variants resist a drug?": [("ALK G1202R", "crizotinib")],
    "What still works?": [("lorlatinib",)],
    "What is the next line?": [("lorlatinib", "non-small cell lung carcinoma")],
    "What is the evidence of a statement?": [
        ("confers_resistance_to", "positive"),
        ("confers_resistance_to", "positive"),
        ("confers_resistance_to", "negative"),
    ],
    "How is a drug bypassed?": [("MET amplification", "MET")],
}


def queries() -> dict[str, list[str]]:
    """Return the page's Cypher by the heading it stands under."""
    return {part.partition("\n")[0]: re.findall(r"```cypher\n(.*?)```", part, re.DOTALL) for part in PAGE.split("\n## ")}


def script() -> str:
    """Return the page's Python."""
    (found,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    return found


def bypassed_graph(folder: Path) -> Graph:
    """Return the invented world with a MET amplification that is not of a retracted paper."""
    parts: dict[str, Any] = invented_parts()
    added = read_marked("102", "{s:MET amplification} gave resistance to {o:alectinib}.", "MET amplification", "confers_resistance_to", "alectinib")
    evidence = sorted([*EVIDENCE, added], key=lambda e: e.id)
    known = [s for s in parts["statements"] if not s.evidence]
    statements = sorted([*known, *assemble_statements(evidence, {"104"})], key=lambda s: s.id)
    write_graph(folder, **{**parts, "evidence": evidence, "statements": statements})
    return Graph.open(folder)
