"""RDF terms as N-Quads text, and IRIs back to CURIEs.

Rule: every IRI goes through `kg.vocab.iri` and every literal through `literal`, so no name or text, however hostile, can end
its term early; output is ASCII-safe where N-Quads asks for it and UTF-8 elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from urllib.parse import unquote

from kg.model import Argument
from kg.vocab import BASE, PREFIXES, iri, slug

#: prefixes of the standard vocabularies beside those of our CURIEs; all are known to every query.
STANDARD: dict[str, str] = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "bibo": "http://purl.org/ontology/bibo/",
    "sh": "http://www.w3.org/ns/shacl#",
}
ALL_PREFIXES: dict[str, str] = {**PREFIXES, **STANDARD}

#: the named graphs, in the order in which they are written.
GRAPHS: dict[str, str] = {name: iri("kg:" + name) for name in ("ontology", "entities", "documents", "statements", "evidence", "assertions", "index")}

_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff]')
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BY_LENGTH = sorted(((root, prefix) for prefix, root in ALL_PREFIXES.items()), key=lambda pair: -len(pair[0]))


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if char in _SHORT:
        return _SHORT[char]
    return "\ufffd" if "\ud800" <= char <= "\udfff" else f"\\u{ord(char):04X}"


def literal(value: str | bool | int | float) -> str:
    """Return a value as an N-Quads literal; text without language, numbers and booleans with their XSD type.

    A lone surrogate, which no RDF string can hold, becomes U+FFFD.
    """
    if isinstance(value, str):
        return f'"{_ESCAPE.sub(_escape, value)}"'
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{STANDARD["xsd"]}boolean>'
    return f'"{value}"^^<{STANDARD["xsd"]}integer>' if isinstance(value, int) else _double(repr(value))


@lru_cache(maxsize=10_000)
def _double(value: str) -> str:
    plain = format(Decimal(value), "f").removesuffix(".0")  # as Oxigraph writes it back
    return f'"{plain}"^^<{STANDARD["xsd"]}double>'


@lru_cache(maxsize=200_000)
def node(curie: str) -> str:
    """Return a CURIE, ours or standard, as an N-Quads IRI."""
    prefix, _, local = curie.partition(":")
    return f"<{STANDARD[prefix]}{local}>" if prefix in STANDARD else f"<{iri(curie)}>"


def node_id(argument: Argument) -> str:
    """Return the CURIE of an argument; one without identifier gets ``KGT:Type/name``, which names the text and no entity."""
    return argument.id or f"KGT:{argument.type}/{slug(argument.name)}"


@lru_cache(maxsize=200_000)
def shorten(address: str) -> str:
    """Return the CURIE of an IRI, or the IRI itself if none of our prefixes begins it."""
    if address.startswith(BASE + "id/"):
        return unquote(address[len(BASE) + 3 :])
    for root, prefix in _BY_LENGTH:
        if address.startswith(root):
            local = address[len(root) :]
            return f"{prefix}:{local if prefix in ('KGC', 'KGD', 'KGV', 'KGT') else unquote(local)}"
    return address


def name_key(name: str) -> str:
    """Return a name as it is compared: NFKC, case folded, white space collapsed; ``kg:key`` holds it in the graph."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
