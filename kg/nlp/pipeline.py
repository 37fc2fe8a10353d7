"""The pipeline: documents in, annotations out.

Rule: one spaCy pipeline of our registered components on scispaCy's tokenizer; documents are independent of each other, so that
order, batch and number of workers never change a result.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from typing import Any, cast

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.attrs import LANG, LOWER, NORM, PREFIX, SUFFIX  # type: ignore[import-not-found]
from spacy.language import Language

from kg.config import Settings
from kg.lexicon import Lexicon
from kg.lexicon.store import sha256
from kg.model import Annotation, Document
from kg.nlp.classifier import WEIGHTS as CLASSIFIER
from kg.nlp.classifier import open_classifier
from kg.nlp.components import ORDER, workbench
from kg.nlp.crossing import to_annotation
from kg.nlp.external import find_model_drafts, load_model
from kg.nlp.layout import lay_out
from kg.nlp.recognizer import MANIFEST, open_recognizer
from kg.nlp.recognizer import WEIGHTS as RECOGNIZER
from kg.nlp.relator import WEIGHTS as RELATOR
from kg.nlp.relator import open_relator
from kg.nlp.resolve import resolve_overlaps
from kg.nlp.sentences import TEXT  # the import also registers kg_sentences
from kg.nlp.workbench import KEY, Workbench

PIPELINE_VERSION = "12"
"""Grows with every change of what is extracted; stored evidence of another version is extracted again."""


def extraction_version(settings: Settings) -> str:
    """Return what evidence is kept under: the version of our code and of the models that these settings use."""
    parts = [PIPELINE_VERSION]
    if settings.profile == "accurate":
        parts += [f"{folder.parent.name}-{sha256(folder / MANIFEST)[:8]}" for folder in (RECOGNIZER, CLASSIFIER, RELATOR)]
    if settings.model:
        with suppress(PackageNotFoundError):  # a model given by its path has no version but the path
            parts.append(f"{settings.model}-{version(settings.model)}")
    return " ".join(parts)


def build_language() -> Language:
    """Return the spaCy pipeline: scispaCy's tokenizer and our components, in order."""
    nlp = spacy.blank("en")
    getters: dict[int, Any] = cast(Any, nlp.vocab).lex_attr_getters
    for attribute in getters.keys() - _LEXICAL:
        del getters[attribute]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of scispaCy's tokenizer rules, of no use to a reader
        nlp.tokenizer = combined_rule_tokenizer(nlp)
    find_suffix = nlp.tokenizer.suffix_search
    # a suffix stands at the end: without this, ten thousand brackets in a row are searched from the start ten thousand times
    nlp.tokenizer.suffix_search = lambda word: find_suffix(word if len(word) <= _LONG_WORD else word[-_LONG_WORD:])
    nlp.max_length = 10_000_000
    for name in ORDER:
        nlp.add_pipe(name)
    return nlp


#: characters of a word in which its suffix is looked for; longer "words" are no language
_LONG_WORD = 200
#: what spaCy may work out of a word it has not met before; the others ("like an e-mail address") cost more than all else it does
_LEXICAL = {LANG, LOWER, NORM, PREFIX, SUFFIX}


class Pipeline:
    """Recognition, grounding and relations over documents; opened once per process."""

    def __init__(self, settings: Settings, lexicon: Lexicon) -> None:
        self.settings, self.lexicon = settings, lexicon
        self.language = build_language()
        self._model = load_model(settings.model) if settings.model else None
        accurate = settings.profile == "accurate"
        self.recognizer = open_recognizer() if accurate else None
        self._relator = open_relator() if accurate else None
        self._classifier = open_classifier() if accurate else None

    def annotate(self, documents: Iterable[Document]) -> Iterator[Annotation]:
        """Yield one annotation per document, in order."""
        for document in documents:
            yield self.annotate_one(document)

    def annotate_one(self, document: Document) -> Annotation:
        """Return the annotation of one document; how long it may be is the caller's to decide."""
        layout = lay_out(document)
        if not layout.text:
            return Annotation(document, (), ())
        doc = self.language.make_doc(layout.text)
        doc.user_data[TEXT] = layout.text
        doc.user_data[KEY] = Workbench(layout, self.lexicon, self.recognizer, self._relator, self._classifier)
        for name, component in self.language.pipeline:
            if name == "kg_mentions" and self._model is not None:
                bench = workbench(doc)
                ours = resolve_overlaps(bench.drafts)
                bench.drafts.extend(find_model_drafts(self._model, layout.text, ours, self.lexicon, self.settings.model))
            doc = component(doc)
        return to_annotation(document, workbench(doc))
