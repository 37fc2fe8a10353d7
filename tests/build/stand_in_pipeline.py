"""A tiny stand-in for the pipeline, also in worker processes: they import this module to find `encode`.

It "recognizes" one mention, the first word of a document, and obeys commands in the text: FAIL raises, DIE ends the process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from kg.model import Annotation, Document, Entity, Grounding, Mention, Section

VERSION = "stand-in"
SWITCH = "KG_TEST_STAND_IN"


def document(key: str, text: str, **more: Any) -> Document:
    return Document(key, (Section("text", text),), **more)


def encode(annotation: Annotation) -> str:
    return annotation.document.id


class Pipeline:
    def __init__(self, settings: Any, lexicon: Any) -> None:
        self.settings = settings

    def annotate(self, documents: Iterable[Document]) -> Iterator[Annotation]:
        for document in documents:
            text = document.sections[0].text
            if "DIE" in text:
                os._exit(9)
            if "FAIL" in text:
                raise ValueError("told to\nfail")
            word = text.split(" ")[0]
            start = 1 if "SHIFT" in text else 0
            entity = Entity("HGNC:" + word, "Gene", word)
            yield Annotation(document, (Mention("text", start, start + len(word), word, "Gene", word, Grounding(entity, 1.0, "first word")),), ())


def module() -> ModuleType:
    """The stand-in as a module."""
    made = ModuleType("kg.nlp")
    made.Pipeline = Pipeline  # type: ignore[attr-defined]
    made.PIPELINE_VERSION = VERSION  # type: ignore[attr-defined]
    made.extraction_version = lambda settings: VERSION  # type: ignore[attr-defined]
    return made


if os.environ.get(SWITCH):  # a worker process
    sys.modules["kg.nlp"] = module()
