"""Building: the only room that knows every stage. Read, extract, assemble, store; or read, extract, print.

Rule: whatever the number of workers, the order of results and every byte of the outputs are the same; a document that fails is
named and skipped. Heavy libraries are imported inside functions, so that importing this costs nothing.
"""

from __future__ import annotations

from kg.build.annotate import annotate_lines
from kg.build.run import NothingBuilt, Summary, build_graph

__all__ = ["NothingBuilt", "Summary", "annotate_lines", "build_graph"]
