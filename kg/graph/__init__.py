"""The graph on disk and its views: RDF named graphs in an Oxigraph store, networkx, named queries, explanations.

Rule: the graph is a projection of the evidence; what is written here can always be written again from it.
"""

from kg.graph.explain import ExplainedEvidence, Explanation, Piece, Related, mark_sentence
from kg.graph.folder import FORMAT, read_manifest, verify, write_graph
from kg.graph.graph import Graph
from kg.graph.query import NamedQuery, Parameter, Table, named_queries
from kg.graph.writer import GraphWriter, graph_writer

__all__ = [
    "FORMAT",
    "ExplainedEvidence",
    "Explanation",
    "Graph",
    "GraphWriter",
    "NamedQuery",
    "Parameter",
    "Piece",
    "Related",
    "Table",
    "graph_writer",
    "mark_sentence",
    "named_queries",
    "read_manifest",
    "verify",
    "write_graph",
]
