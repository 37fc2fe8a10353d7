"""Gene mentions replaced by place-holders, so that the grammar can say "a gene" in a regular expression.

Rule: masking never moves an offset. Each gene mention becomes one ``\\ue000`` followed by ``\\ue001`` to its full length; a long form
with its short form in brackets ("epidermal growth factor receptor (EGFR)") is one gene. Names glued to a change by lost
superscripts ("EGFRT790M", "METex14") are split here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.lexicon.heads import find_before, find_from, places_of, word_starts_before
from kg.nlp.variants.records import GeneSpan

#: regular expression of one masked gene
G = "\ue000\ue001*"
#: a place-holder that the text itself brings is no gene
_TAKEN = {0xE000: "\ufffd", 0xE001: "\ufffd"}
_CHAIN = re.compile(rf"(?P<a>{G})\s?[(\[]\s?(?P<b>{G})(?:\s?[;,/]\s?(?P<c>{G}))?\s?[)\]]")
_GLUED = re.compile(
    r"(?<![A-Za-z0-9-])(?P<gene>(?:c-)?[A-Za-z][A-Za-z0-9]{1,9}?)(?P<tail>[_-]?(?:[ACDEFGHIKLMNPQRSTVWY]\d{2,4}(?:[ACDEFGHIKLMNPQRSTVWYX*](?![A-Za-z0-9])|del|ins|dup|fs|_[ACDEFGHIKLMNPQRSTVWY]\d)"
    r"|(?:Δ|\N{INCREMENT})?[eE]x(?:on)?\s?\d{1,2}(?!\d)|v?III\b|ITD\b|TKD\b|m\+?(?![A-Za-z0-9])|(?:amp|wt|WT|mut)\b|mut\+|\+(?![A-Za-z0-9])|(?:19|20)(?:del|ins)))"
)
_BESIDE = re.compile(
    r"(?<![A-Za-z0-9-])(?P<gene>[A-Za-z][A-Za-z0-9-]{1,9})(?=[\s_-](?:p\.)?[ACDEFGHIKLMNPQRSTVWY]\d{2,4}(?:[ACDEFGHIKLMNPQRSTVWYX*](?![A-Za-z0-9])|_|del|ins|dup|fs))"
)
#: what a glued or neighbouring change begins with, and how far before that its gene can begin
_GLUED_TO = re.compile(r"[ACDEFGHIKLMNPQRSTVWY]\d\d|[eE]x(?:on)?\s?\d|III\b|ITD\b|TKD\b|[12][09](?:del|ins)")
_BESIDE_TO = re.compile(r"[ACDEFGHIKLMNPQRSTVWY]\d{2,4}(?:[ACDEFGHIKLMNPQRSTVWYX*](?![A-Za-z0-9])|_|del|ins|dup|fs)")
_GENE_REACH = 16
_NUMBERED = re.compile(r"/(?:(?P<n>\d)(?<=[A-Za-z]\d/\d)|(?P<l>B)(?<=\dA/B))(?![A-Za-z0-9/.%])")
_SHORT_TAIL = re.compile(r"(?:m\+?|amp|wt|WT|mut\+?|\+)$")


@dataclass(frozen=True, slots=True)
class MaskedText:
    """The masked text, the gene that starts at each place-holder, and the genes in order of place."""

    text: str
    original: str
    at: dict[int, GeneSpan]
    genes: tuple[GeneSpan, ...]

    def gene(self, start: int) -> GeneSpan:
        """Return the gene whose place-holder begins at an offset."""
        return self.at[start]

    def within(self, start: int, end: int) -> list[GeneSpan]:
        """Return the genes whose place-holders begin in a stretch, in order."""
        return list(self.genes[bisect_left(self.genes, start, key=_start) : bisect_left(self.genes, end, key=_start)])


def mask_genes(text: str, genes: Iterable[GeneSpan], resolve_gene: Callable[[str], str | None], *, split: bool = True) -> MaskedText:
    """Return the text with its genes masked; overlapping mentions yield to the longest.

    ``split`` also finds genes glued to a change or left out before one, and makes two genes of "BRCA1/2".
    """
    kept = _longest(genes, len(text))
    if split:
        kept = _longest([*kept, *_glued(text, kept, resolve_gene), *_beside(text, resolve_gene)], len(text))
        kept = _longest([*kept, *_second_numbers(text, kept)], len(text))
    kept = _chained(_masked(text, kept), kept)
    return MaskedText(_masked(text, kept), text, {g.start: g for g in kept}, tuple(kept))


def _longest(genes: Iterable[GeneSpan], length: int) -> list[GeneSpan]:
    kept: list[GeneSpan] = []
    for gene in sorted(genes, key=lambda g: (g.start - g.end, g.start, g.symbol, g.is_family)):
        if not 0 <= gene.start < gene.end <= length:
            continue
        place = bisect_left(kept, gene.start, key=_start)
        if (place and kept[place - 1].end > gene.start) or (place < len(kept) and kept[place].start < gene.end):
            continue
        kept.insert(place, gene)
    return kept


def _start(gene: GeneSpan) -> int:
    return gene.start


def _masked(text: str, genes: Sequence[GeneSpan]) -> str:
    if "\ue000" in text or "\ue001" in text:
        text = text.translate(_TAKEN)
    pieces, last = [], 0
    for gene in genes:
        pieces += [text[last : gene.start], "\ue000", "\ue001" * (gene.end - gene.start - 1)]
        last = gene.end
    return "".join([*pieces, text[last:]])


def _glued(text: str, genes: Sequence[GeneSpan], resolve_gene: Callable[[str], str | None]) -> list[GeneSpan]:
    known = {text[g.start : g.end]: g for g in genes}
    taken = {g.start for g in genes}
    found = []
    # a short tail ("EGFRm") counts only behind the name of a gene found elsewhere, any other tail behind any word
    places = places_of(text, known) | word_starts_before(text, _GLUED_TO, _GENE_REACH)
    for match in find_from(_GLUED, text, places):
        name = match["gene"]
        if match.start() in taken:
            continue
        gene = known.get(name)
        symbol = gene.symbol if gene else None
        if symbol is None and (len(name) > 2 and not _SHORT_TAIL.match(match["tail"])):
            symbol = resolve_gene(name)
        if symbol:
            found.append(GeneSpan(match.start(), match.end("gene"), symbol, bool(gene and gene.is_family)))
    return found


def _beside(text: str, resolve_gene: Callable[[str], str | None]) -> list[GeneSpan]:
    """Genes that stand before a change, by names the caller's dictionary may hold back elsewhere."""
    named = ((m, resolve_gene(m["gene"])) for m in find_before(_BESIDE, text, _BESIDE_TO, _GENE_REACH))
    return [GeneSpan(m.start("gene"), m.end("gene"), symbol) for m, symbol in named if symbol]


def _second_numbers(text: str, genes: Sequence[GeneSpan]) -> list[GeneSpan]:
    ends = {g.end: g for g in genes}
    found = []
    for match in _NUMBERED.finditer(text):
        gene = ends.get(match.start())
        group = "n" if match["n"] else "l"
        if gene and (gene.symbol[-1:].isdigit() if group == "n" else gene.symbol.endswith("A")):
            found.append(GeneSpan(match.start(group), match.end(group), gene.symbol[:-1] + match[group], gene.is_family))
    return found


def _chained(masked: str, genes: Sequence[GeneSpan]) -> list[GeneSpan]:
    at = {g.start: g for g in genes}
    merged, gone = [], set()
    for match in _CHAIN.finditer(masked):
        starts = [match.start(k) for k in "abc" if match[k]]
        if len({at[s].symbol for s in starts}) == 1:
            merged.append(GeneSpan(match.start(), match.end(), at[starts[0]].symbol, at[starts[0]].is_family))
            gone.update(starts)
    return sorted([g for g in genes if g.start not in gone] + merged, key=lambda g: g.start)
