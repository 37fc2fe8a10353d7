"""What the two seed pages must yield, and what they must not (the acceptance list of the two reviews)."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.build import build_graph
from kg.config import Settings
from kg.graph import Graph
from kg.model import Document
from kg.readers import read_documents

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("seeds") / "graph"
    build_graph(read_documents([str(ROOT / "data" / "seeds")]), folder, Settings())
    return kg.open(folder)


def page(graph: Graph, doi: str) -> Document:
    return next(d for d in graph.documents.values() if d.doi.lower() == doi.lower())


MENTIONS = {
    "10.1200/JCO.2009.22.9054": [
        "kinase inhibitor", "cancer", "neoplasm", "activating mutation", "genomic lesion", "genomic biomarker", "patient stratification",
        "personalized therapy", "tumor genotype", "toxicity",
    ],
    "10.20517/cdr.2024.25": [
        "ALK", "non-small cell lung carcinoma", "tyrosine kinase inhibitor", "ALK inhibitor", "crizotinib", "ceritinib", "alectinib", "brigatinib",
        "lorlatinib", "ALK fusion", "ALK mutation", "intrinsic resistance", "acquired resistance", "resistance", "driver", "therapeutic management",
    ],
    "10.1126/science.8122112": ["NPM1::ALK fusion", "NPM1", "ALK", "non-Hodgkin lymphoma"],
    "10.3389/fonc.2012.00192": ["glioblastoma", "ALK"],
}  # fmt: skip


@pytest.mark.parametrize("doi", MENTIONS)
def test_mentions(graph: Graph, doi: str) -> None:
    found = {m.grounding.entity.name for m in graph.mentions(page(graph, doi).id) if m.grounding}
    assert set(MENTIONS[doi]) <= found


STATEMENTS = [
    ("kinase inhibitor", "treats", "cancer"),
    ("activating mutation", "confers_sensitivity_to", "kinase inhibitor"),
    ("kinase inhibitor", "limited_by", "subset benefit"),
    ("ALK fusion", "drives", "non-small cell lung carcinoma"),
    ("ALK fusion", "drives", "cancer"),
    ("ALK inhibitor", "targets", "ALK"),
    ("ALK inhibitor", "treats", "non-small cell lung carcinoma"),
    ("ALK inhibitor", "limited_by", "intrinsic resistance"),
    ("ALK inhibitor", "limited_by", "acquired resistance"),
    ("NPM1::ALK fusion", "associated_with", "non-Hodgkin lymphoma"),
]


@pytest.mark.parametrize("statement", STATEMENTS, ids=" ".join)
def test_statements(graph: Graph, statement: tuple[str, str, str]) -> None:
    assert statement in {(s.subject.name, s.predicate, s.object.name) for s in graph.statements.values()}


def test_treatment_of_nsclc_is_tied_to_the_lesion(graph: Graph) -> None:
    [treats] = [s for s in graph.statements.values() if (s.subject.name, s.predicate) == ("ALK inhibitor", "treats")]
    assert treats.context.biomarker is not None and treats.context.biomarker.name == "ALK mutation"


@pytest.mark.parametrize("word", ["Takeda", "honoraria", "United States government", "PubMed Commons", "BioRender", "Loading", "Author information"])
def test_the_page_around_the_article_is_no_text(graph: Graph, word: str) -> None:
    assert not [d.id for d in graph.documents.values() for s in d.sections if word.lower() in s.text.lower()]


def test_five_references_are_documents_that_the_review_cites(graph: Graph) -> None:
    review = page(graph, "10.20517/cdr.2024.25")
    assert len(review.cites) == 5
    assert all(graph.documents[cited].kind == "reference" for cited in review.cites)


def test_each_thing_is_there_once_and_the_graph_is_in_one_piece(graph: Graph) -> None:
    named = [e.name for e in graph.entities.values()]
    for name in ("ALK", "non-small cell lung carcinoma", "crizotinib", "ceritinib", "alectinib", "brigatinib", "lorlatinib"):
        assert named.count(name) == 1
    known = {(s.subject.name, s.predicate, s.object.name) for s in graph.statements.values() if s.source != "text"}
    assert {("crizotinib", "member_of", "ALK inhibitor"), ("crizotinib", "targets", "ALK")} <= known
    assert ("ALK", "member_of", "receptor tyrosine kinase") in known


def test_which_drugs_target_alk_and_what_limits_them(graph: Graph) -> None:
    rows = graph.query("what-limits-drugs-of-gene", {"gene": "ALK"}).dicts()
    assert {"crizotinib", "ceritinib", "alectinib", "brigatinib", "lorlatinib"} <= {r["therapy"] for r in rows}
    sentences = {r["sentence"] for r in rows if r["limit"] == "acquired resistance"}
    assert sentences == {"However, the emergence of intrinsic and acquired resistance inevitably occurs with ALK TKI use."}
