"""The per-document border: documents in, an encoded annotation or a named failure out, one for each document and in order.

Rule: the one broad ``except`` of the project is here. Whatever goes wrong within a document, the run goes on, the failure
carries the document's id, the stage and the error; an annotation whose offsets do not hold never leaves this module, and
a document that takes too long is stopped and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from kg.clock import OutOfTime, time_limit
from kg.config import Settings
from kg.model import Annotation, Document, Failure, content_id
from kg.startup import without_torch

if TYPE_CHECKING:
    from kg.lexicon import Lexicon
    from kg.nlp import Pipeline

STAGE = "extract"
Encode = Callable[[Annotation], str]
Outcome = str | Failure


class Extractor:
    """The vocabulary and the pipeline, opened once per process."""

    def __init__(self, settings: Settings, encode: Encode) -> None:
        self.settings, self.encode = settings, encode
        self.lexicon = open_lexicon(settings)
        self.pipeline = self._opened()

    def _opened(self) -> Pipeline:
        load_nlp(self.settings)
        from kg.nlp import Pipeline

        return Pipeline(self.settings, self.lexicon)

    def extract(self, documents: Sequence[Document]) -> list[Outcome]:
        """Return one outcome for each document, in order; never raises for what a document contains."""
        outcomes = iter(self._outcomes([d for d in documents if self._fits(d)]))
        return [next(outcomes) if self._fits(d) else self._too_long(d) for d in documents]

    def _outcomes(self, documents: Sequence[Document]) -> list[Outcome]:
        """All documents in one batch, which is fastest; one by one if anything is wrong with the batch."""
        try:
            with time_limit(time_for(len(documents), self.settings)):
                return list(self._encoded(documents))
        except OutOfTime:
            self.pipeline = self._opened()  # whatever the old one was doing when it was stopped
            if len(documents) == 1:
                return [too_slow(documents[0], self.settings)]
        except Exception as error:  # the border: see the module's rule
            if len(documents) == 1:
                return [Failure(documents[0].id, STAGE, describe(error), documents[0].source)]
        return [outcome for document in documents for outcome in self._outcomes([document])]

    def _encoded(self, documents: Sequence[Document]) -> Iterator[Outcome]:
        results = list(self.pipeline.annotate(documents))
        if len(results) != len(documents):
            raise RuntimeError(f"{len(results)} results for {len(documents)} documents")
        for result in results:
            check_offsets(result)
            yield self.encode(result)

    def _fits(self, document: Document) -> bool:
        return _size(document) <= self.settings.max_document_chars

    def _too_long(self, document: Document) -> Failure:
        limit = self.settings.max_document_chars
        problem = f"{_size(document)} characters, more than the limit of {limit}; split the document or raise --max-document-chars"
        return Failure(document.id, STAGE, problem, document.source)


def time_for(documents: int, settings: Settings) -> float:
    """Return the seconds that a unit of so many documents may take: one of them its whole time, each a second, which is far more than it needs."""
    return settings.max_document_seconds + (documents if documents > 1 else 0)


def too_slow(document: Document, settings: Settings) -> Failure:
    """Return the failure of a document that was stopped."""
    problem = f"stopped after {settings.max_document_seconds:g} s; take the document out, or raise --max-document-seconds"
    return Failure(document.id, STAGE, problem, document.source)


def load_nlp(settings: Settings) -> None:
    """Import `kg.nlp`; without PyTorch, unless a spaCy model is to be opened, which may need it."""
    with nullcontext() if settings.model else without_torch():
        import kg.nlp  # noqa: F401


def open_lexicon(settings: Settings) -> Lexicon:
    """Open the vocabulary that the settings name, else the shipped one."""
    from pathlib import Path

    from kg.lexicon import Lexicon

    return Lexicon.open(Path(settings.lexicon) if settings.lexicon else None)


def store_version(settings: Settings, lexicon_version: str) -> str:
    """Return the hash of all that decides what is extracted from a document: pipeline and models, vocabulary, settings."""
    load_nlp(settings)
    from kg.nlp import extraction_version

    return content_id(extraction_version(settings), lexicon_version, settings.fingerprint)


def check_offsets(annotation: Annotation) -> None:
    """Raise `ValueError` unless every mention and sentence is exactly what its offsets cut from the document."""
    texts = {section.name: section.text for section in annotation.document.sections}
    for mention in annotation.mentions:
        if texts[mention.section][mention.start : mention.end] != mention.text:
            raise ValueError(f"mention '{mention.text}' is not at {mention.section} {mention.start}-{mention.end}")
    for evidence in annotation.evidence:
        if texts[evidence.section][evidence.start : evidence.end] != evidence.sentence:
            raise ValueError(f"sentence is not at {evidence.section} {evidence.start}-{evidence.end}")


def describe(error: BaseException) -> str:
    """Return an error as one line: its kind and its message."""
    message = " ".join(str(error).split())
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _size(document: Document) -> int:
    return sum(len(section.text) for section in document.sections)
