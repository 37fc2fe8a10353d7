"""Relations read from invented sentences; the table lies in tests/cases/relations.txt for domain experts to extend."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Annotation, Document, Evidence, Section
from kg.nlp import Pipeline
from kg.vocab import PREDICATES

CASES = Path(__file__).parents[1] / "cases"


def blocks(name: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for block in (CASES / name).read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if lines:
            found.append((lines[0], lines[1:]))
    return found


def cases(name: str) -> list[object]:
    """One parameter a block; what is known to fail must go on failing, or its mark must go."""
    known = "known failure: "
    out: list[object] = []
    for text, lines in blocks(name):
        why = [line.removeprefix(known) for line in lines if line.startswith(known)]
        marks = [pytest.mark.xfail(reason=why[0], strict=True)] if why else []
        out.append(pytest.param(text, [line for line in lines if not line.startswith(known)], id=text[:60], marks=marks))
    return out


@pytest.mark.parametrize(("text", "expected"), [*cases("relations.txt"), *cases("hard.txt")])
def test_sentence_says(pipeline: Pipeline, text: str, expected: list[str]) -> None:
    check(pipeline.annotate_one(Document("case", (Section("text", text),))), expected)


@pytest.mark.parametrize(("text", "expected"), cases("abstracts.txt"))
def test_sentence_of_an_abstract_says(pipeline: Pipeline, text: str, expected: list[str]) -> None:
    check(pipeline.annotate_one(Document("case", (Section("title", "A report."), Section("abstract", text)))), expected)


def check(annotation: Annotation, expected: list[str]) -> None:
    """Assert that an annotation says what the lines of a block expect."""
    read = {(e.subject.name, e.predicate, e.object.name): (e.polarity, e.certainty) for e in annotation.evidence}
    read |= {(o, p, s): status for (s, p, o), status in read.items() if PREDICATES[p].symmetric}
    for line in expected:
        line, _, context = line.partition(" @ ")
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
        for part in filter(None, context.split(", ")):
            key, _, value = part.partition("=")
            ends = {subject, obj} if PREDICATES[predicate].symmetric else (subject, obj)
            assert value in {
                told(e, key) for e in annotation.evidence if e.predicate == predicate and type(ends)((e.subject.name, e.object.name)) == ends
            }


def told(evidence: Evidence, key: str) -> str:
    """What the context of an evidence says under a key of the table."""
    context = evidence.context
    argument = {"disease": context.disease, "biomarker": context.biomarker}.get(key)
    return argument.name if argument else {"line": context.line, "model": context.model_system}.get(key, "")


def test_hard_cases_are_many() -> None:
    assert len(blocks("hard.txt")) >= 150
