"""The invented world with names as bad as names can be: markup, quotes, a change of direction, paths, control characters."""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

sys.path.append(str(Path(__file__).resolve().parents[1] / "graph"))
from invented_world import ENTITIES, EVIDENCE, invented_parts, read_marked

from kg.assembly import assemble_statements
from kg.model import Document, Entity, Evidence, Section
from kg.vocab import drug_class_id

SCRIPT = "<script>alert(1)</script>"
QUOTES = 'O\'Neil "5%" & <b>co</b>'
RTL = "\u202eevil \u05d0\u05dc\u05e3"
HOSTILE = (SCRIPT, QUOTES, RTL, "../../etc/passwd", "a?b#c%2Fd", "x" * 300, "\u0007bell")


def hostile_parts() -> dict[str, object]:
    """Return the invented graph with hostile entities, each the object of a statement, and a hostile document."""
    parts = invented_parts()
    entities = [Entity(drug_class_id(name), "DrugClass", name, ("MESH:D1",), (f"synonym {name}",)) for name in HOSTILE]
    with patch.dict(ENTITIES, {e.name: e for e in entities}):
        evidence: list[Evidence] = [
            read_marked("101", f"{{s:ALK G1202R}} {{c:resists}} {{o:{name}}}.", "ALK G1202R", "confers_resistance_to", name) for name in HOSTILE
        ]
    evidence.append(read_marked(SCRIPT, "{s:ALK G1202R} resists {o:lorlatinib}.", "ALK G1202R", "confers_resistance_to", "lorlatinib"))
    everything = [*EVIDENCE, *evidence]
    known = [s for s in parts["statements"] if s.source != "text"]  # type: ignore[attr-defined]
    bad = Document(SCRIPT, (Section("title", f"On {SCRIPT}"), Section("abstract", QUOTES)), journal=QUOTES)
    part = Document("part 2 of 101", (Section("text", "More of it."),), pmid="101")
    documents = [*parts["documents"], bad, part]  # type: ignore[misc]
    statements = sorted([*assemble_statements(everything, {"104"}), *known], key=lambda s: s.id)
    return {**parts, "documents": documents, "evidence": everything, "statements": statements, "entities": [*parts["entities"], *entities]}  # type: ignore[misc]
