"""A document on the workbench as the recognizer reads it: its pieces and their hints."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.nlp.recognizer.hints import Span, hint_bits
from kg.nlp.recognizer.pieces import Pieces, encode
from kg.nlp.workbench import Draft, Workbench

#: stems of names of cancer drugs (WHO, The use of stems in the selection of International Nonproprietary Names, 2018): in 25,000 abstracts all
#: words that end so are drugs
_DRUG_STEM = re.compile(
    r"\b[A-Za-z]{3,}(?:enib|[dnt]inib|ciclib|lisib|parib|degib|zomib|sertib|clax|mab|limus|platin|rubicin|taxel|tecan|citabine|trexed)s?\b"
)


def encode_document(tokenizer: Tokenizer, bench: Workbench, settled: Sequence[Draft]) -> tuple[Pieces, NDArray[np.uint8]]:
    """Return the pieces of a document's text and the hints of all that was found in it so far; ``settled`` are the drafts that overlaps leave.

    A word that nobody knows and that ends like a drug ("izalontamab") is hinted at as one.
    """
    [pieces] = encode(tokenizer, [bench.layout.text])
    short_forms = [span for a in bench.abbreviations for span in ((a.short_start, a.short_end), *a.occurrences)]
    certain: list[Span] = [(d.start, d.end, d.type) for d in settled]
    doubted: list[Span] = [(d.start, d.end, d.type) for d in bench.candidates]
    known = [*certain, *doubted]
    likely = [m.span() for m in _DRUG_STEM.finditer(bench.layout.text)]
    certain += [(start, end, "Drug") for start, end in likely if not any(a < end and start < b for a, b, _ in known)]
    return pieces, hint_bits(pieces, certain, doubted, short_forms)
