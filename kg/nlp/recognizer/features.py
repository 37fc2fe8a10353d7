"""A document on the workbench as the recognizer reads it: its pieces and their hints."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.nlp.recognizer.hints import hint_bits
from kg.nlp.recognizer.pieces import Pieces, encode
from kg.nlp.workbench import Draft, Workbench


def encode_document(tokenizer: Tokenizer, bench: Workbench, settled: Sequence[Draft]) -> tuple[Pieces, NDArray[np.uint8]]:
    """Return the pieces of a document's text and the hints of all that was found in it so far; ``settled`` are the drafts that overlaps leave."""
    [pieces] = encode(tokenizer, [bench.layout.text])
    short_forms = [span for a in bench.abbreviations for span in ((a.short_start, a.short_end), *a.occurrences)]
    certain = [(d.start, d.end, d.type) for d in settled]
    doubted = [(d.start, d.end, d.type) for d in bench.candidates]
    return pieces, hint_bits(pieces, certain, doubted, short_forms)
