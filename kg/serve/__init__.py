"""`kg serve`: the SPARQL 1.1 protocol and the explorer's pages over a built graph.

Rule: nothing is written, nothing outside the graph folder is read, and no query runs in the process that answers requests.
"""

from kg.serve.app import create_app
from kg.serve.server import serve
from kg.serve.settings import Settings

__all__ = ["Settings", "create_app", "serve"]
