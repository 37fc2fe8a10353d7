"""Documents in work units of a fixed size.

Rule: the documents keep their order; failures of reading are handed to the caller at once and never take a place in a unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from kg.lexicon import Lexicon
from kg.model import Document, Failure


def in_chunks(documents: Iterable[Document], size: int) -> Iterator[tuple[Document, ...]]:
    """Yield tuples of at most `size` documents."""
    source = iter(documents)
    while chunk := tuple(islice(source, max(1, size))):
        yield chunk


def without_failures(read: Iterable[Document | Failure], report: Callable[[Failure], None]) -> Iterator[Document]:
    """Yield the documents; give each failure to `report`."""
    for item in read:
        if isinstance(item, Failure):
            report(item)
        else:
            yield item


def flag_retracted(documents: Iterable[Document], lexicon: Lexicon) -> Iterator[Document]:
    """Yield the documents, flagged where their PMID is on the list of retracted publications."""
    for document in documents:
        retracted = not document.retracted and bool(document.pmid) and lexicon.is_retracted(document.pmid)
        yield replace(document, retracted=True) if retracted else document
