"""Addresses of our pages, and of the places outside that know more.

Rule: every link of a page is made here; a name reaches an address percent-encoded, and outside links are http(s) only.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from urllib.parse import quote, urlencode

from kg.model import Document
from kg.serve.markup import Child, Html, el
from kg.vocab import BASE, PREFIXES, iri

#: identifiers that are only ours: no place outside knows them.
_OWN = {prefix for prefix, root in PREFIXES.items() if root.startswith(BASE)}
#: where a person reads, better than the resolver of the IRI.
_READERS = {"PMID": "https://pubmed.ncbi.nlm.nih.gov/", "PMC": "https://www.ncbi.nlm.nih.gov/pmc/articles/"}


def path(kind: str, key: str) -> str:
    """Return the address of ``/entity/...``, ``/statement/...``, ``/document/...`` or ``/query/...``."""
    return f"/{kind}/{quote(key, safe=':', errors='replace')}"


def with_fields(address: str, fields: Mapping[str, object]) -> str:
    """Return an address with the fields that have a value."""
    given = {name: str(value) for name, value in fields.items() if value not in (None, "")}
    return f"{address}?{urlencode(given, errors='replace')}" if given else address


def with_many(address: str, fields: Sequence[tuple[str, object]]) -> str:
    """Return an address with fields of which some may stand more than once."""
    return f"{address}?{urlencode([(name, str(value)) for name, value in fields], errors='replace')}" if fields else address


def link(address: str, *children: Child) -> Html:
    """Return a link to a page of ours."""
    return el("a", *children, href=address)


def name(*children: Child) -> Html:
    """Return a name set apart, so that its direction of writing does not touch what stands around it."""
    return el("bdi", *children)


def entity(curie: str, label: str) -> Html:
    """Return a link to an entity's page."""
    return link(path("entity", curie), name(label))


def outside(address: str, *children: Child) -> Html:
    """Return a link that leaves us, telling the other side nothing of where it was."""
    return el("a", *children, href=address, rel="noopener noreferrer external", class_="outside")


def identifier(curie: str) -> Html:
    """Return a CURIE, linked to the place outside that resolves it, if there is one."""
    prefix, _, local = curie.partition(":")
    if prefix in _OWN or prefix not in PREFIXES:
        return el("code", name(curie))
    address = _READERS[prefix] + quote(local, safe="", errors="replace") if prefix in _READERS else iri(curie)
    return outside(address, el("code", name(curie)))


def identifiers(document: Document) -> list[Html]:
    """Return the identifiers of a document outside: PubMed, PMC, DOI."""
    found = [("PMID:", document.pmid), ("PMC:", document.pmcid), ("DOI:", document.doi)]
    return [identifier(prefix + value) for prefix, value in found if value]


def of_cell(value: object, names: Container[str]) -> str:
    """Return the address of the page about a cell of an answer, empty if there is none: a statement, an entity, a document."""
    if not isinstance(value, str):
        return ""
    if value.startswith("KGS:"):
        return path("statement", value)
    if value in names:
        return path("entity", value)
    return path("document", value) if value.startswith(("PMID:", "DOI:", "KGDOC:")) else ""
