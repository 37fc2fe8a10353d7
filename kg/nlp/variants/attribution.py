"""Which gene a change belongs to.

Rule (schema, "Variants"): the gene written next to the change; else a gene of the sentence, then of the document; and a known
wild-type residue that refutes a gene excludes it, one that confirms it wins. A gene written next to the change is believed even
against the residue check: isoforms number differently (MET D1228 is D1246). No gene is invented.
"""

# ruff: noqa: E501 -- a row of a table of patterns stays on one line
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.nlp.variants.masking import G, MaskedText
from kg.nlp.variants.named import Named
from kg.nlp.variants.records import GeneSpan

_LEFT = re.compile(
    rf"(?P<gene>{G})(?P<sep>[\s_-]{{0,2}}(?:p\.)?|:\s?|\s+(?:onco)?gene\s+|\s+(?:gene\s+)?exon\s?\d+\s+(?:p\.\s?)?|\s+(?:activating|uncommon|primary|secondary|resistant|kinase domain)\s+|,\s|\s?[(\[]\s?(?:exon\s\d+[\s,;]+)?)$"
)
_RIGHT = re.compile(
    rf"[)\]]?(?:[\s-]+(?:point\s)?(?:mutations?|mutants?|mutated|variants?|substitutions?|alterations?|deletions?|changes?|polymorphisms?))?(?:\s+(?:in|of|within)\s+(?:the\s+)?(?:exon\s\d+\s+of\s+(?:the\s+)?)?|[\s-]+)(?P<gene>{G})"
)
_FUSED_GAP = re.compile(r"[\s_-]{0,2}(?:p\.)?|\s?[(\[]")
#: genes in which an exon's change is meant when the text names only the exon
_EXON_HABIT = {
    "exon 19 deletion": ("EGFR",),
    "exon 20 insertion": ("EGFR", "ERBB2"),
    "exon 14 skipping": ("MET",),
}


@dataclass(frozen=True, slots=True)
class Attribution:
    """The gene chosen, where the mention then begins, and how sure the choice is."""

    symbol: str
    start: int
    score: float


_BARE_INSERTION = re.compile(r"(\d{1,5})ins([A-Z])")


class GeneChooser:
    """Chooses genes for the changes of one text."""

    def __init__(
        self,
        masked: MaskedText,
        sentence_spans: Sequence[tuple[int, int]],
        residue: Callable[[str, int], str],
        document_genes: Sequence[str],
        fused: Sequence[GeneSpan] = (),
    ) -> None:
        self._masked = masked
        self._sentences = sorted(sentence_spans) or [(0, len(masked.text))]
        self._residue = residue
        self._fused = tuple(fused)  # a fusion stands for its kinase: "BCR-ABL T315I" is a change of ABL1
        alone = [g for g in masked.genes if not any(f.start <= g.start < f.end for f in fused)]
        self._genes = sorted([*alone, *fused], key=lambda g: g.start)
        counts = Counter(g.symbol for g in self._genes)
        families = {g.symbol for g in self._genes if g.is_family}
        by_count = sorted(counts, key=lambda s: (s in families, -counts[s], s))
        self.ranked: list[str] = [*by_count, *(s for s in dict.fromkeys(document_genes) if s not in counts)]

    def choose(self, named: Named) -> Attribution:
        """Return the gene of a named change; an empty symbol where nothing fits."""
        left = self._adjacent_left(named.start)
        if left:
            return Attribution(left[0].symbol, left[1], 1.0)
        right = _RIGHT.match(self._masked.text, named.end)
        if right:
            symbol = self._at(right.start("gene")).symbol
            if self._verdict(symbol, named) != "refuted":
                return Attribution(symbol, named.start, 1.0)
        habit = [s for s in _EXON_HABIT.get(named.change.form, ()) if s in self.ranked]
        near = [g.symbol for g in self.nearest(named.start, named.end)]
        if habit:
            return Attribution(next((s for s in near if s in habit), habit[0]), named.start, 0.9)
        if named.implied:
            return Attribution(named.implied, named.start, 0.9)
        return self._by_residue(named, near)

    def repeats(self, symbol: str, form: str) -> str:
        """Return the duplication that a bare insertion of a gene's own residue is ("1151insT" is T1151dup), empty if it is none."""
        bare = _BARE_INSERTION.fullmatch(form)
        return f"{bare[2]}{bare[1]}dup" if bare and self._residue(symbol, int(bare[1])) == bare[2] else ""

    def _by_residue(self, named: Named, near: list[str]) -> Attribution:
        candidates = list(dict.fromkeys([*near, *self.ranked]))
        verdicts = {s: self._verdict(s, named) for s in candidates}
        for symbol in candidates:
            if verdicts[symbol] == "confirmed":
                return Attribution(symbol, named.start, 0.97)
        for symbol in candidates:
            if verdicts[symbol] == "unknown":
                return Attribution(symbol, named.start, 0.85 if symbol in near else 0.6)
        return Attribution("", named.start, 0.4)

    def _verdict(self, symbol: str, named: Named) -> str:
        known = self._residue(symbol, named.change.position) if named.change.position else ""
        if not known:
            return "unknown"
        return "confirmed" if known == named.change.residue else "refuted"

    def _at(self, place: int) -> GeneSpan:
        """The gene that begins at a place, or the fusion it is part of."""
        return next((f for f in self._fused if f.start <= place < f.end), None) or self._masked.gene(place)

    def _adjacent_left(self, start: int) -> tuple[GeneSpan, int] | None:
        for fusion in self._fused:
            if fusion.end <= start and _FUSED_GAP.fullmatch(self._masked.text, fusion.end, start):
                return fusion, start
        match = _LEFT.search(self._masked.text, max(0, start - 120), start)
        if not match:
            return None
        gene = self._masked.gene(match.start("gene"))
        outside = re.search(r"[(\[,]", match["sep"])
        return gene, start if outside else gene.start

    def nearest(self, start: int, end: int) -> list[GeneSpan]:
        """Return the genes of the sentence: single genes before families, those written before the change by closeness, then those after."""
        s, e = next(((s, e) for s, e in self._sentences if s <= start < e), (0, len(self._masked.text)))
        inside = [g for g in self._genes if s <= g.start < e]
        return sorted(inside, key=lambda g: (g.is_family, g.start >= end, start - g.end if g.start < end else g.start - end))
