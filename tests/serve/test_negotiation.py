"""What a client asks for and what it gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.negotiation import choose, parse_accept
from kg.serve.results import CSV, JSON, JSON_LD, N_TRIPLES, RDF_XML, TABLES, TRIPLES, TSV, TURTLE, XML

TABLE_CASES = [
    ("", JSON),
    ("*/*", JSON),
    ("*", JSON),
    ("application/*", JSON),
    ("text/*", CSV),
    ("application/json", JSON),
    ("text/csv", CSV),
    ("TEXT/CSV", CSV),
    ("text/tab-separated-values", TSV),
    ("application/sparql-results+xml", XML),
    ("application/xml;q=0.9, application/json;q=0.5", XML),
    ("text/csv;q=0.1, text/tab-separated-values;q=0.2", TSV),
    ("text/csv;q=0.2, */*;q=0.1", CSV),
    ("application/sparql-results+json;q=0, application/json;q=0, */*", XML),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", XML),
    ("text/html", None),
    ("image/png, text/turtle", None),
    ("*/*;q=0", None),
    ("text/csv;q=high", None),
    ("text/csv; charset=utf-8; q=0.5", CSV),
    ("rubbish", JSON),
]
TRIPLE_CASES = [
    ("", TURTLE),
    ("*/*", TURTLE),
    ("text/turtle", TURTLE),
    ("application/n-triples", N_TRIPLES),
    ("application/rdf+xml", RDF_XML),
    ("application/ld+json", JSON_LD),
    ("application/rdf+xml, text/turtle;q=0.9", RDF_XML),
    ("text/csv", None),
]


@pytest.mark.parametrize(("accept", "expected"), TABLE_CASES)
def test_the_format_of_a_table(accept: str, expected: object) -> None:
    assert choose(accept, TABLES) is expected


@pytest.mark.parametrize(("accept", "expected"), TRIPLE_CASES)
def test_the_format_of_triples(accept: str, expected: object) -> None:
    assert choose(accept, TRIPLES) is expected


@given(st.text(max_size=200))
def test_no_header_is_an_error(accept: str) -> None:
    assert all(0 <= quality <= 1 for _, quality in parse_accept(accept))
    assert choose(accept, TABLES) in (*TABLES, None)
