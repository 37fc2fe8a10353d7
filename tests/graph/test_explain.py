from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_world import ENTITIES, read_marked

from kg.errors import QueryError
from kg.graph import Graph, Piece, mark_sentence


def test_a_statement_is_explained_by_its_sentences_for_before_against(graph: Graph) -> None:
    statement = next(s for s in graph.statements.values() if s.n_for and s.n_against)
    found = graph.explain(statement.id[:14])
    assert found.statement == statement and graph.explain(statement.id[4:].upper()).statement == statement
    assert [(e.evidence.document, e.evidence.polarity) for e in found.evidence] == [("101", "positive"), ("102", "positive"), ("103", "negative")]
    assert found.evidence[0].document == graph.documents["101"]
    assert found.evidence[0].pieces[:3] == (Piece("ALK G1202R", ("subject",)), Piece(" "), Piece("confers resistance", ("cue",)))


def test_what_contradicts_limits_and_refines_a_statement_is_shown_with_the_context_that_differs(graph: Graph) -> None:
    def related(subject: str, predicate: str, object: str) -> list[tuple[str, str, tuple[tuple[str, str, str], ...]]]:
        ends = (subject, predicate, object)
        one = next(s for s in graph.statements.values() if (s.subject.name, s.predicate, s.object.name) == ends)
        return [(r.relation, r.statement.subject.name, r.differs) for r in graph.explain(one.id).related]

    mice = (("model_system", "", "xenograft"),)
    assert related("ALK G1202R", "confers_sensitivity_to", "lorlatinib") == [("contradicted by", "ALK G1202R", mice)]
    assert related("EGFR T790M", "confers_sensitivity_to", "osimertinib") == [("has the exception", "EGFR T790M + C797S", ())]
    assert related("EGFR T790M + C797S", "confers_resistance_to", "osimertinib") == [("is an exception to", "EGFR T790M", ())]
    assert related("EML4::ALK fusion", "drives", "non-small cell lung carcinoma") == [("refines", "ALK fusion", ())]
    assert related("ALK fusion", "drives", "non-small cell lung carcinoma") == [("is refined by", "EML4::ALK fusion", ())]


@pytest.mark.parametrize(("key", "says"), [("KGS:zz", "no statement"), ("", "no statement"), ("KGS:", "no statement")])
def test_an_unknown_statement_is_named(graph: Graph, key: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        graph.explain(key)


def test_an_ambiguous_beginning_lists_the_statements(graph: Graph) -> None:
    firsts = [i[4] for i in graph.statements]
    double = next(c for c in firsts if firsts.count(c) > 1)
    with pytest.raises(QueryError, match="give more digits"):
        graph.explain(double)


def test_overlapping_arguments_keep_both_roles() -> None:
    from dataclasses import replace

    evidence = read_marked("1", "{s:EGFR T790M} resists {o:gefitinib}.", "EGFR T790M", "confers_resistance_to", "crizotinib")
    evidence = replace(evidence, cues=((5, 18),))
    assert [(p.text, p.roles) for p in mark_sentence(evidence)][:3] == [
        ("EGFR ", ("subject",)),
        ("T790M", ("subject", "cue")),
        (" resists", ("cue",)),
    ]
    assert ENTITIES


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=6), st.integers(0, 5))
def test_pieces_join_to_the_sentence_whatever_the_spans(text: str, spans: list[tuple[int, int]], start: int) -> None:
    from dataclasses import replace

    evidence = read_marked("1", "{s:a} {o:b}", "ALK", "targets", "ALK")
    moved = replace(evidence, sentence=text, start=start, end=start + len(text), cues=tuple(spans), subject=replace(evidence.subject, spans=()))
    assert "".join(p.text for p in mark_sentence(moved)) == text
