"""JSON lines: one object a line, each a record with named fields, a BioC document or a Europe PMC result.

Rule: a line that is not a JSON object fails by its number and the next line is read; text is verbatim.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.model import Document, Failure
from kg.readers.bioc import bioc_document, is_bioc
from kg.readers.documents import failure
from kg.readers.europepmc import europepmc_document, is_europepmc
from kg.readers.rows import row_document
from kg.readers.source import MAX_LINE, TOO_LONG, Source


def read_jsonl_documents(source: Source) -> Iterator[Document | Failure]:
    """Yield one document or failure for each line that is not blank."""
    for number, line in source.lines():
        if line == TOO_LONG:
            yield failure(source.name, f"the line is longer than {MAX_LINE // 1024**2} MB", "put one document on a line", f"line {number}")
        elif line.strip():
            yield parse_record(line.lstrip("\ufeff"), source, number, f"line {number}")


def parse_record(text: str, source: Source, number: int, where: str) -> Document | Failure:
    """Return the document of one JSON object given as text; what it is is told from its keys."""
    try:
        value = json.loads(text)
    except RecursionError:
        return failure(source.name, "JSON is nested too deeply", "give flat records", where)
    except ValueError as error:
        return failure(source.name, f"not valid JSON ({error})", "mend that record", where)
    return json_document(value, source, number, where)


def json_document(value: Any, source: Source, number: int, where: str) -> Document | Failure:
    """Return the document of one parsed JSON value."""
    if not isinstance(value, dict):
        return failure(source.name, f"a JSON object was expected, not {type(value).__name__}", 'write {"id": ..., "text": ...}', where)
    if is_bioc(value):
        return bioc_document(value, source.name, source.stem, number)
    if is_europepmc(value):
        return europepmc_document(value, source.name, number)
    return row_document(value, source.name, source.stem, number)
