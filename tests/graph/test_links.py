"""Links found family by family, through the disk, are those found with everything in memory, in the same order."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

import pytest

from kg.assembly import OPPOSITES, find_contradictions, find_refinements
from kg.graph import rdf
from kg.graph.links import Links
from kg.graph.ranks import contradiction_quads
from kg.model import Argument, Context, Statement, content_id

DRUGS = [Argument(f"DRUGBANK:{n}", "Drug", f"drug {n}") for n in range(4)]
LESIONS = [Argument(f"KGV:{n}", "Variant", f"lesion {n}") for n in range(6)]
DISEASES = [None, Argument("MONDO:1", "Disease", "cancer"), Argument("MONDO:2", "Disease", "lung cancer")]
PREDICATES = [*OPPOSITES, *OPPOSITES.values(), "superior_to", "associated_with"]
KINDS = [
    Statement("KGS:a", LESIONS[1], "subclass_of", LESIONS[0], Context(), belief=1.0, source="construction"),
    Statement("KGS:b", LESIONS[2], "subclass_of", LESIONS[1], Context(), belief=1.0, source="construction"),
    Statement("KGS:c", DISEASES[2] or DRUGS[0], "subclass_of", DISEASES[1] or DRUGS[0], Context(), belief=1.0, source="MONDO"),
    Statement("KGS:d", DRUGS[0], "targets", LESIONS[0], Context(), belief=1.0, source="DrugBank"),
]


def statements() -> list[Statement]:
    made = [*KINDS]
    for number, (subject, object, predicate, disease) in enumerate(product(LESIONS + DRUGS[2:], DRUGS, PREDICATES, DISEASES)):
        context = Context(disease=disease, line="first" if number % 3 == 0 else "")
        key = "KGS:" + content_id(subject.id, predicate, object.id, *context.key)
        made.append(Statement(key, subject, predicate, object, context, ("KGE:1",), ("d",), n_for=number % 4, n_against=number % 5 == 0, belief=0.5))
    random.Random(7).shuffle(made)
    return sorted(random.Random(8).sample(made, 260) + KINDS, key=lambda s: s.id)


@pytest.mark.parametrize("held", [1, 100, 10_000])
def test_the_same_links_however_much_is_held_in_memory(tmp_path: Path, held: int) -> None:
    links = Links(tmp_path, held)
    for one in statements():
        links.add(one)
    contradictions = [line for c in find_contradictions(statements()) for line in [*rdf.contradiction_quads(c), *contradiction_quads(c)]]
    refinements = [line for r in find_refinements(statements()) for line in rdf.refinement_quads(r)]
    assert len(contradictions) > 50 and len(refinements) > 50
    assert "".join(links.quads()) == "".join(contradictions + refinements)
    assert not list(tmp_path.glob("family-*"))
