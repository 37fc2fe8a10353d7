"""The explorer's pages: each module makes one kind of page from the index.

Rule: a page is a pure function of the index and the address; it links to its own address by everything that it shows.
"""

from kg.serve.pages.between import between_page
from kg.serve.pages.document import document_page
from kg.serve.pages.entity import entity_page
from kg.serve.pages.graph import graph_data, graph_page
from kg.serve.pages.heatmap import heatmap_page
from kg.serve.pages.home import home_page, queries_page, search_page
from kg.serve.pages.query import answer_page, editor_page
from kg.serve.pages.statement import statement_page

__all__ = [
    "answer_page",
    "between_page",
    "document_page",
    "editor_page",
    "entity_page",
    "graph_data",
    "graph_page",
    "heatmap_page",
    "home_page",
    "queries_page",
    "search_page",
    "statement_page",
]
