"""Annotation without a graph: documents in, one block of text a document out, in the order of the input.

Rule: streams; what is printed does not depend on the number of workers; a document that fails is yielded as a `Failure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.build.chunks import flag_retracted, in_chunks, without_failures
from kg.build.extract import Encode, open_lexicon
from kg.build.pool import extract_chunks
from kg.config import Settings
from kg.errors import UsageError
from kg.model import Annotation, Document, Failure


def to_jsonl(annotation: Annotation) -> str:
    """Return a document's mentions and evidence as one JSON line."""
    from kg.exports.annotations import annotation_row
    from kg.records import dumps

    return dumps(annotation_row(annotation)) + "\n"


def to_jsonl_all(annotation: Annotation) -> str:
    """Return the same with every sentence that says a thing, not only the one that says it best."""
    from kg.exports.annotations import annotation_row
    from kg.records import dumps

    return dumps(annotation_row(annotation, every=True)) + "\n"


def to_pubtator(annotation: Annotation) -> str:
    """Return a document's text, mentions and relations in PubTator format, with the empty line that ends it."""
    from kg.exports.annotations import write_pubtator

    return write_pubtator(annotation)


FORMATS: dict[str, Encode] = {"jsonl": to_jsonl, "jsonl-all": to_jsonl_all, "pubtator": to_pubtator}


def annotate_lines(read: Iterable[Document | Failure], settings: Settings, format: str = "jsonl") -> Iterator[str | Failure]:
    """Yield each document's annotation in the format (jsonl, jsonl-all, pubtator), or its failure; `UsageError` on another format."""
    if format not in FORMATS:
        raise UsageError(f"unknown format '{format}'; known are {', '.join(sorted(FORMATS))}")
    failures: list[Failure] = []
    with open_lexicon(settings) as lexicon:
        documents = flag_retracted(without_failures(read, failures.append), lexicon)
        for _, outcomes in extract_chunks(in_chunks(documents, settings.batch_size), settings, FORMATS[format]):
            yield from _drained(failures)
            yield from outcomes
        yield from _drained(failures)


def _drained(failures: list[Failure]) -> Iterator[Failure]:
    while failures:
        yield failures.pop(0)
