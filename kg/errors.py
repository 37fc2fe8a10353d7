"""The error tree: every error names the file, record or value, and says what to do about it.

Rule: library code raises these, never a bare ``ValueError`` for bad input; the command line prints ``str(error)``
without a traceback and exits with 1 (or 2 for `UsageError`).
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors of this package; its text is fit to be shown to a user."""


class UsageError(KgError):
    """The call itself is wrong: an unknown option value, a missing parameter, a file that is not there."""


class ReadError(KgError):
    """An input could not be read; names the source, the record where known, and the remedy."""

    def __init__(self, source: str, problem: str, remedy: str = "", record: str = "") -> None:
        self.source, self.problem, self.remedy, self.record = source, problem, remedy, record
        where = f"{source}, record {record}" if record else source
        super().__init__(f"{where}: {problem}" + (f"; {remedy}" if remedy else ""))


class LexiconError(KgError):
    """The compiled vocabulary is missing, damaged or of another version."""


class GraphError(KgError):
    """A graph folder is missing, damaged, locked by another build, or of another version."""


class QueryError(KgError):
    """A query is unknown, lacks a parameter, or is not valid SPARQL."""


class ExportError(KgError):
    """An export format is unknown or its target cannot be written."""


class ModelError(KgError):
    """A model that travels with the package is missing, damaged or of another version."""
