"""Which of overlapping readings stands."""

from __future__ import annotations

import pytest

from kg.nlp.resolve import resolve_overlaps
from kg.nlp.workbench import Draft


def draft(start: int, end: int, type_: str, name: str = "", score: float = 0.9, recognizer: str = "dictionary", genes: tuple[str, ...] = ()) -> Draft:
    return Draft(start, end, type_, name or f"{type_} {start}-{end}", None, score, "name", recognizer, genes)


CASES = [
    ("the longest of a type stands", [draft(0, 4, "Disease"), draft(0, 11, "Disease")], [(0, 11, "Disease")]),
    ("a gene inside a variant is kept", [draft(0, 4, "Gene"), draft(0, 13, "Variant", recognizer="grammar")], [(0, 13, "Variant"), (0, 4, "Gene")]),
    ("a disease inside a gene name is not", [draft(0, 10, "Disease"), draft(0, 26, "Gene")], [(0, 26, "Gene")]),
    ("a disease inside a process is kept", [draft(0, 5, "Disease"), draft(0, 18, "Process")], [(0, 18, "Process"), (0, 5, "Disease")]),
    ("a disease at the end of a process is not", [draft(7, 14, "Phenotype"), draft(0, 14, "Process")], [(0, 14, "Process")]),
    ("a protein that is also a drug is the gene", [draft(0, 3, "Drug"), draft(0, 3, "Gene")], [(0, 3, "Gene")]),
    ("grammar outranks the dictionary on one span", [draft(0, 8, "Drug"), draft(0, 8, "DrugClass", recognizer="grammar")], [(0, 8, "DrugClass")]),
    (
        "a general class inside a specific one is none",
        [draft(4, 7, "DrugClass"), draft(0, 7, "DrugClass", recognizer="grammar")],
        [(0, 7, "DrugClass")],
    ),
    (
        "members of a list of classes are all kept",
        [
            draft(0, 19, "DrugClass", "EGFR inhibitor", recognizer="grammar"),
            draft(9, 19, "DrugClass", "ALK inhibitor", recognizer="grammar", genes=("HGNC:427",)),
        ],
        [(0, 19, "DrugClass"), (9, 19, "DrugClass")],
    ),
    ("overlapping without nesting, the longer stands", [draft(0, 10, "Concept"), draft(8, 14, "Disease")], [(0, 10, "Concept")]),
    (
        "a concept and a disorder of one name are both kept",
        [draft(0, 8, "Concept", recognizer="grammar"), draft(0, 8, "Disease", recognizer="model")],
        [(0, 8, "Disease"), (0, 8, "Concept")],
    ),
    ("an outcome is no drug", [draft(0, 4, "Concept", recognizer="grammar"), draft(0, 4, "Drug", recognizer="model")], [(0, 4, "Concept")]),
    ("apart, both stand", [draft(0, 4, "Gene"), draft(5, 9, "Drug")], [(0, 4, "Gene"), (5, 9, "Drug")]),
]


@pytest.mark.parametrize(("drafts", "kept"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_what_stands(drafts: list[Draft], kept: list[tuple[int, int, str]]) -> None:
    assert [(d.start, d.end, d.type) for d in resolve_overlaps(drafts)] == kept
    assert [(d.start, d.end, d.type) for d in resolve_overlaps(reversed(drafts))] == kept
