"""The SPARQL 1.1 Service Description: what this endpoint is and can.

Rule: it says what `protocol` does; a change there is a change here.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph.terms import ALL_PREFIXES, GRAPHS
from kg.serve.negotiation import Offer
from kg.serve.notes import NOTES
from kg.serve.results import RDF_FORMATS, TURTLE

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples", "RDF_XML", "JSON-LD")
_FALLBACK = "http://localhost/sparql"


def _turtle(writable: bool) -> str:
    formats = ", ".join(f"<{_FORMATS}{name}>" for name in _RESULTS)
    graphs = " , ".join(
        f"[ a sd:NamedGraph ; sd:name <{name}> ; sd:graph [ a sd:Graph ] ]" for name in (*GRAPHS.values(), *((NOTES,) if writable else ()))
    )
    return f"""@prefix sd: <{_SD}> .
<> a sd:Service ;
  sd:endpoint <> ;
  sd:supportedLanguage sd:SPARQL11Query{", sd:SPARQL11Update" if writable else ""} ;
  sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat {formats} ;
  sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ; sd:namedGraph {graphs} ] ."""


def describe_service(address: str, offer: Offer, writable: bool = False) -> bytes:
    """Return the description of the endpoint at an address in an RDF format."""
    try:
        ox.NamedNode(address)
    except ValueError:  # a Host header may hold anything
        address = _FALLBACK
    quads = ox.parse(_turtle(writable), ox.RdfFormat.TURTLE, base_iri=address)
    prefixes = {"sd": _SD, "formats": _FORMATS, "kg": ALL_PREFIXES["kg"]} if offer is TURTLE else None
    written = ox.serialize((quad.triple for quad in quads), format=RDF_FORMATS[offer], prefixes=prefixes)
    assert written is not None
    return written
