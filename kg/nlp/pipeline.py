"""The pipeline: documents in, annotations out.

Rule: one spaCy pipeline of our registered components on scispaCy's tokenizer; documents are independent of each other, so that
order, batch and number of workers never change a result.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language

import kg.nlp.sentences  # noqa: F401  # registers kg_sentences
from kg.config import Settings
from kg.errors import KgError
from kg.lexicon import Lexicon
from kg.model import Annotation, Document, Failure
from kg.nlp.components import ORDER, workbench
from kg.nlp.crossing import to_annotation
from kg.nlp.external import find_model_drafts, load_model
from kg.nlp.layout import lay_out
from kg.nlp.resolve import resolve_overlaps
from kg.nlp.workbench import KEY, Workbench

PIPELINE_VERSION = "1"
"""Grows with every change of what is extracted; stored evidence of another version is extracted again."""


def build_language() -> Language:
    """Return the spaCy pipeline: scispaCy's tokenizer and our components, in order."""
    nlp = spacy.blank("en")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of scispaCy's tokenizer rules, of no use to a reader
        nlp.tokenizer = combined_rule_tokenizer(nlp)
    nlp.max_length = 10_000_000
    for name in ORDER:
        nlp.add_pipe(name)
    return nlp


class Pipeline:
    """Recognition, grounding and relations over documents; opened once per process."""

    def __init__(self, settings: Settings, lexicon: Lexicon) -> None:
        self.settings, self.lexicon = settings, lexicon
        self.language = build_language()
        self._model = load_model(settings.model) if settings.model else None

    def annotate(self, documents: Iterable[Document]) -> Iterator[Annotation | Failure]:
        """Yield one annotation per document in order; a document that is too long is a `Failure` instead."""
        for document in documents:
            yield self.annotate_one(document)

    def annotate_one(self, document: Document) -> Annotation | Failure:
        """Return the annotation of one document."""
        length = sum(len(s.text) for s in document.sections)
        if length > self.settings.max_document_chars:
            limit = self.settings.max_document_chars
            return Failure(
                document.id,
                "extract",
                f"the text has {length} characters, the limit is {limit}; split it or raise max_document_chars",
                document.source,
            )
        layout = lay_out(document)
        if not layout.text:
            return Annotation(document, (), ())
        doc = self.language.make_doc(layout.text)
        doc.user_data[KEY] = Workbench(layout, self.lexicon)
        for name, component in self.language.pipeline:
            if name == "kg_mentions" and self._model is not None:
                bench = workbench(doc)
                ours = resolve_overlaps(bench.drafts)
                bench.drafts.extend(find_model_drafts(self._model, layout.text, ours, self.lexicon, self.settings.model))
            doc = component(doc)
        annotation = to_annotation(document, workbench(doc))
        _check(annotation)
        return annotation


def _check(annotation: Annotation) -> None:
    """Hold the promise on offsets for every mention and evidence that leaves the pipeline."""
    sections = {s.name: s.text for s in annotation.document.sections}
    for m in annotation.mentions:
        if sections[m.section][m.start : m.end] != m.text:
            raise KgError(f"document {annotation.document.id}: mention '{m.text}' does not stand at {m.section} {m.start}:{m.end}")
    for e in annotation.evidence:
        if sections[e.section][e.start : e.end] != e.sentence:
            raise KgError(f"document {annotation.document.id}: evidence {e.id} does not stand at {e.section} {e.start}:{e.end}")
