"""A tiny stand-in for the pipeline, also in worker processes: they import this module to find `encode`.

It "recognizes" one mention, the first word of a document, and obeys commands in the text: FAIL raises, DIE ends the process, SLEEP, SPIN and
BACKTRACK take for ever, SWALLOW does and catches what it can, DEAF does not hear the alarm either, as native code would.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from types import ModuleType
from typing import Any

from kg.model import Annotation, Document, Entity, Grounding, Mention, Section

VERSION = "stand-in"
SWITCH = "KG_TEST_STAND_IN"


def document(key: str, text: str, **more: Any) -> Document:
    return Document(key, (Section("text", text),), **more)


def encode(annotation: Annotation) -> str:
    return annotation.document.id


def spin() -> None:
    while True:
        pass


def swallow() -> None:
    while True:
        with suppress(Exception):
            spin()


def deaf() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(600)


HANGS = {
    "SLEEP": lambda: time.sleep(600),
    "SPIN": spin,
    "BACKTRACK": lambda: re.match(r"(a+)+$", "a" * 64 + "!"),
    "SWALLOW": swallow,
    "DEAF": deaf,
}


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
            for command, hang in HANGS.items():
                if command in text:
                    hang()
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
