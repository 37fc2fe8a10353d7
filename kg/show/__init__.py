"""Graphs and documents as Python shows them: a widget in Jupyter, a picture where nothing runs, text in a terminal.

Rule: what is shown is what the explorer shows, chosen and worded by the same code; a name becomes markup only in `kg.serve.markup`,
and nothing is fetched from anywhere.
"""

from __future__ import annotations

from kg.show.network import Network, show_graph
from kg.show.reading import Reading, read_text, reading_of

__all__ = ["Network", "Reading", "read_text", "reading_of", "show_graph"]
