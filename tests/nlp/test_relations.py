"""Relations read from invented sentences; the table lies in tests/cases/relations.txt for domain experts to extend."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Document, Section
from kg.nlp import Pipeline
from kg.vocab import PREDICATES

CASES = Path(__file__).parents[1] / "cases" / "relations.txt"


def blocks() -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for block in CASES.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if lines:
            found.append((lines[0], lines[1:]))
    return found


@pytest.mark.parametrize(("text", "expected"), blocks(), ids=[text[:60] for text, _ in blocks()])
def test_sentence_says(pipeline: Pipeline, text: str, expected: list[str]) -> None:
    annotation = pipeline.annotate_one(Document("case", (Section("text", text),)))
    read = {(e.subject.name, e.predicate, e.object.name): (e.polarity, e.certainty) for e in annotation.evidence}
    read |= {(o, p, s): status for (s, p, o), status in read.items() if PREDICATES[p].symmetric}
    for line in expected:
        mode, _, rest = line.partition(" ") if line.split(" ")[0] in ("not", "may", "never") else ("", "", line)
        subject, predicate, obj = (part.strip() for part in rest.split("|"))
        status = read.get((subject, predicate, obj))
        if mode == "never":
            assert status is None, f"read what is not said: {rest}"
        elif mode == "not":
            assert status is not None and status[0] == "negative", f"{rest}: {status}, read {read}"
        elif mode == "may":
            assert status == ("positive", "speculated"), f"{rest}: {status}, read {read}"
        else:
            assert status is not None and status[0] == "positive", f"{rest}: {status}, read {read}"
