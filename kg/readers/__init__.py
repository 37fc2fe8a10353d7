"""Text in: every input format, told from its content, as `Document` records or as `Failure` records that name what went wrong.

Rule: order is the order of the inputs (a folder's files sorted by path), one broken record never ends a run, and nothing is dropped without a
failure. Two documents with the same id are both handed out; which one counts is the builder's decision.
"""

from __future__ import annotations

from kg.readers.detect import Format, detect_format
from kg.readers.fetch import Fetcher
from kg.readers.inputs import read_documents, read_file

__all__ = ["Fetcher", "Format", "detect_format", "read_documents", "read_file"]
