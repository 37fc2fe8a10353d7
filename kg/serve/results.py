"""Answers of SPARQL queries as bytes: the result formats of SPARQL 1.1, and RDF for CONSTRUCT and DESCRIBE.

Rule: rows and bytes are counted while they are written, so that a limit stops the query and not only its answer. An answer
is whole or refused: a client that cannot see a cut must not be given one.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.terms import ALL_PREFIXES
from kg.serve.negotiation import Offer

JSON = Offer("application/sparql-results+json", ("application/json", "text/json", "text/javascript", "application/javascript"))
XML = Offer("application/sparql-results+xml", ("application/xml", "text/xml"))
CSV = Offer("text/csv")
TSV = Offer("text/tab-separated-values")
TABLES = (JSON, XML, CSV, TSV)

TURTLE = Offer("text/turtle", ("application/turtle", "application/x-turtle"))
N_TRIPLES = Offer("application/n-triples", ("text/plain",))
RDF_XML = Offer("application/rdf+xml", ("application/xml", "text/xml"))
JSON_LD = Offer("application/ld+json", ("application/json",))
RDF_FORMATS = {TURTLE: ox.RdfFormat.TURTLE, N_TRIPLES: ox.RdfFormat.N_TRIPLES, RDF_XML: ox.RdfFormat.RDF_XML, JSON_LD: ox.RdfFormat.JSON_LD}
TRIPLES = tuple(RDF_FORMATS)

#: a row: one term, or None where unbound, for each column.
Row = tuple[Any, ...]
_SPARQL = "http://www.w3.org/2005/sparql-results#"
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_quoted = json.JSONEncoder(ensure_ascii=False).encode
_NO_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")


class TooLarge(QueryError):
    """An answer is larger than the server gives."""


def limited(rows: Iterable[Any], most: int) -> Iterator[Any]:
    """Yield the rows; `TooLarge` at the first past the limit."""
    for number, row in enumerate(rows):
        if number >= most:
            raise TooLarge(f"the answer has more than {most:,} rows, the limit of this server; add LIMIT, or start it with a larger --max-rows")
        yield row


class _Sink(io.BytesIO):
    """Bytes in memory, up to a limit."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._most:
            raise TooLarge(f"the answer is larger than {self._most:,} bytes, the limit of this server; add LIMIT or ask for less")
        return super().write(data)


def write_boolean(value: bool, offer: Offer) -> bytes:
    """Return the answer of an ASK query; CSV and TSV, which define none, get the bare word."""
    word = str(value).lower()
    if offer is JSON:
        return f'{{"head":{{}},"boolean":{word}}}'.encode()
    if offer is XML:
        return f'<?xml version="1.0"?>\n<sparql xmlns="{_SPARQL}"><head/><boolean>{word}</boolean></sparql>'.encode()
    return (word + "\n").encode()


def write_triples(triples: Iterable[ox.Triple], offer: Offer, most: int) -> bytes:
    """Return triples in an RDF format of at most so many bytes."""
    sink = _Sink(most)
    prefixes = ALL_PREFIXES if offer is TURTLE else None
    if offer is RDF_XML:
        triples = map(_without_controls, triples)
    ox.serialize(triples, sink, RDF_FORMATS[offer], prefixes=prefixes)
    return sink.getvalue()


def _without_controls(triple: ox.Triple) -> ox.Triple:
    """The triple with U+FFFD for what XML has no way to write; Oxigraph would write it all the same."""
    value = triple.object
    if not isinstance(value, ox.Literal) or value.value.isprintable():
        return triple
    text = value.value.translate(_NO_XML)
    kept = ox.Literal(text, language=value.language) if value.language else ox.Literal(text, datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, kept)


def write_rows(columns: list[str], rows: Iterable[Row], offer: Offer, most: int) -> bytes:
    """Return the rows of a SELECT query in one of the four formats, of at most so many bytes."""
    sink = _Sink(most)
    for part in _WRITERS[offer](columns, rows):
        sink.write(part.encode("utf-8", "replace"))
    return sink.getvalue()


def _json(columns: list[str], rows: Iterable[Row]) -> Iterator[str]:
    yield f'{{"head":{{"vars":{json.dumps(columns)}}},"results":{{"bindings":['
    keys = [_quoted(name) + ":" for name in columns]
    between = "\n"
    for row in rows:
        yield between + "{" + ",".join([key + _json_term(term) for key, term in zip(keys, row, strict=True) if term is not None]) + "}"
        between = ",\n"
    yield "\n]}}\n"


def _json_term(term: Any) -> str:
    if isinstance(term, ox.NamedNode):
        return f'{{"type":"uri","value":{_quoted(term.value)}}}'
    if isinstance(term, ox.Literal):
        kind, extra = term.datatype.value, ""
        if kind == _LANG_STRING and term.language:
            extra = f',"xml:lang":{_quoted(term.language)}'
        elif kind != _XSD_STRING:
            extra = f',"datatype":{_quoted(kind)}'
        return f'{{"type":"literal","value":{_quoted(term.value)}{extra}}}'
    if isinstance(term, ox.BlankNode):
        return f'{{"type":"bnode","value":{_quoted(term.value)}}}'
    parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
    return '{"type":"triple","value":{' + ",".join(f'"{name}":{_json_term(part)}' for name, part in parts) + "}}"


def _xml(columns: list[str], rows: Iterable[Row]) -> Iterator[str]:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in columns)
    yield f'<?xml version="1.0"?>\n<sparql xmlns="{_SPARQL}"><head>{head}</head><results>\n'
    for row in rows:
        bound = (f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>" for name, term in zip(columns, row, strict=True) if term is not None)
        yield f"<result>{''.join(bound)}</result>\n"
    yield "</results></sparql>\n"


def _xml_term(term: Any) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, ox.Literal):
        kind = ""
        if term.language:
            kind = f" xml:lang={quoteattr(term.language)}"
        elif term.datatype.value != _XSD_STRING:
            kind = f" datatype={quoteattr(term.datatype.value)}"
        text = escape(term.value.translate(_NO_XML), {"\r": "&#13;"})
        return f"<literal{kind}>{text}</literal>"
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return "<triple>" + "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts.items()) + "</triple>"


def _csv(columns: list[str], rows: Iterable[Row]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _prepend(columns, ([_csv_term(term) for term in row] for row in rows)):
        writer.writerow(row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _prepend(first: list[str], rest: Iterable[list[str]]) -> Iterator[list[str]]:
    yield first
    yield from rest


def _csv_term(term: Any) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(term.value) if hasattr(term, "value") else str(term)


def _tsv(columns: list[str], rows: Iterable[Row]) -> Iterator[str]:
    yield "\t".join("?" + name for name in columns) + "\n"
    for row in rows:
        yield "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) + "\n"


_WRITERS: dict[Offer, Callable[[list[str], Iterable[Row]], Iterator[str]]] = {JSON: _json, XML: _xml, CSV: _csv, TSV: _tsv}
