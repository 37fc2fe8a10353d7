"""JSON-LD with a context of our prefixes, the named graphs kept apart.

Rule: streamed, one node object a line; an IRI is shortened only where its prefix and the rest join to exactly the IRI; numbers
that are not integers keep their text and type, so nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.exports.nquads import graph_terms
from kg.exports.writing import open_text
from kg.graph.terms import ALL_PREFIXES, GRAPHS, STANDARD
from kg.records import dumps

if TYPE_CHECKING:
    from kg.graph import Graph

_BY_LENGTH = sorted(((root, prefix) for prefix, root in ALL_PREFIXES.items()), key=lambda pair: -len(pair[0]))
_STRING, _INTEGER, _BOOLEAN = (STANDARD["xsd"] + kind for kind in ("string", "integer", "boolean"))
_TYPE = STANDARD["rdf"] + "type"


def write_jsonld(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as one JSON-LD 1.1 file."""
    context = {prefix: {"@id": root, "@prefix": True} for prefix, root in ALL_PREFIXES.items()}
    with open_text(out) as handle:
        handle.write('{"@context":' + dumps({"@version": 1.1, **context}) + ',\n"@graph":[\n')
        for number, name in enumerate(GRAPHS):
            handle.write((",\n" if number else "") + '{"@id":' + dumps(compact(GRAPHS[name])) + ',"@graph":[\n')
            for count, row in enumerate(_nodes(graph, name)):
                handle.write((",\n" if count else "") + dumps(row))
            handle.write("\n]}")
        handle.write("\n]}\n")
    return [out]


@lru_cache(maxsize=200_000)
def compact(iri: str) -> str:
    """Return an IRI as a JSON-LD compact IRI, or in full where none of our prefixes gives back exactly this IRI."""
    for root, prefix in _BY_LENGTH:
        if iri.startswith(root) and not iri.startswith("//", len(root)):
            return f"{prefix}:{iri[len(root) :]}"
    return iri


def _nodes(graph: Graph, name: str) -> Iterator[dict[str, Any]]:
    for subject, quads in groupby(graph_terms(graph, name), key=lambda quad: quad.subject):
        row: dict[str, Any] = {"@id": _id(subject)}
        for quad in quads:
            predicate = quad.predicate.value
            if predicate == _TYPE:
                row.setdefault("@type", []).append(_id(quad.object))
            else:
                row.setdefault(compact(predicate), []).append(_value(quad.object))
        yield {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in row.items()}


def _id(term: Any) -> str:
    return compact(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _value(term: Any) -> Any:
    if not isinstance(term, ox.Literal):
        return {"@id": _id(term)}
    kind = term.datatype.value
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if kind == _STRING:
        return term.value
    if kind == _INTEGER and str(_integer(term.value)) == term.value:
        return _integer(term.value)
    if kind == _BOOLEAN and term.value in ("true", "false"):
        return term.value == "true"
    return {"@value": term.value, "@type": compact(kind)}


def _integer(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
