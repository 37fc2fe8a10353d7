"""The variant grammar: all variant mentions of a plain text, with canonical names.

Rule: smallest full name. A change runs from its gene where the gene is written next to it ("EGFR T790M"), else stands alone
("T790M"); words like "mutation" after a named change are outside; a compound and its parts are both given. Pure functions of
their arguments: the caller finds genes, cuts sentences and knows residues.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kg.nlp.variants.attribution import GeneChooser
from kg.nlp.variants.compounds import find_compounds
from kg.nlp.variants.fusion_pairs import FUSION_GENES
from kg.nlp.variants.fusions import Fusion, find_fusions
from kg.nlp.variants.lesions import Lesion, find_lesions
from kg.nlp.variants.masking import MaskedText, mask_genes
from kg.nlp.variants.named import Named, bare_exons, find_named
from kg.nlp.variants.records import GeneSpan, VariantMatch

_HISTONE = re.compile(r"(?<![A-Za-z0-9])(?:H3(?:\.[1-3][A-C]?|F3A|-3A)?|HIST1H3B)[\s-]?(?:p\.)?(?P<c>K27[MI]|G34[RVWL]|K36M)(?![A-Za-z0-9])")
_BARE_WILD = re.compile(
    r"(?:(?<=were\s)|(?<=was\s)|(?<=or\s)|(?<=and\s)|(?<=are\s)|(?<=versus\s)|(?<=vs\s))wild[\s-]?type(?!\s+(?:mice|mouse|cells?|animals?|littermates?|strains?|controls?|rats?|plants?|virus|[A-Z]))"
)
_POSITIVE = re.compile(r"ositiv|-pos|\+$|\+(?![A-Za-z])")
_LINK = re.compile(r"\s?[,;:/]?\s?[(\[]?\s?$")


def find_variants(
    text: str,
    genes: Sequence[GeneSpan],
    *,
    sentence_spans: Sequence[tuple[int, int]] = (),
    resolve_gene: Callable[[str], str | None] = lambda _: None,
    residue: Callable[[str, int], str] = lambda _gene, _position: "",
    document_genes: Sequence[str] = (),
    disease_context: str = "",
) -> list[VariantMatch]:
    """Return the variant mentions of a plain text, in order of place; a compound stands before its parts.

    ``resolve_gene`` gives the symbol of a written name or None; ``residue`` the known wild-type residue of a gene's position (one
    letter, empty if unknown); ``document_genes`` the document's symbols, most frequent first; ``disease_context`` the
    names of its diseases, which decide what "HER2-positive" stands for.
    """
    masked = mask_genes(text, genes, resolve_gene)
    fusions = find_fusions(masked, resolve_gene)
    fused = [GeneSpan(f.start, f.end, next((p for p in reversed(f.partners) if p in FUSION_GENES), f.partners[1])) for f in fusions]
    chooser = GeneChooser(masked, sentence_spans, residue, document_genes, fused)
    taken = [(f.start, f.end) for f in fusions]
    named = [n for n in find_named(masked) if not _overlaps(n.start, n.end, taken)]
    singles = _named_matches(named, chooser, masked)
    taken += [(m.start, m.end) for m in singles]
    open_lesions = (x for x in find_lesions(masked) if not _overlaps(x.start, x.end, taken) and not _repeats(x, singles, text))
    lesions = _lesion_matches(_best(open_lesions), chooser, masked, disease_context)
    taken += [(m.start, m.end) for m in lesions]
    found = [*map(_fusion_match, fusions), *singles, *lesions, *find_compounds(singles, text), *_histones(text)]
    found += _elliptic(masked, found, taken)
    return _ordered(found)


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(s < end and start < e for s, e in spans)


_FOLLOWS = re.compile(r"[\s-](?:\w+\s)?")


def _repeats(lesion: Lesion, singles: Sequence[VariantMatch], text: str) -> bool:
    """Whether a lesion is the word "mutation" of a change just named ("T790M mutation in EGFR")."""
    if lesion.kind != "mutation" or lesion.gene is None or lesion.start == lesion.gene.start:
        return False
    return any(m.end < lesion.start and m.genes == (lesion.gene.symbol,) and _FOLLOWS.fullmatch(text[m.end : lesion.start]) for m in singles)


def _ordered(found: Iterable[VariantMatch]) -> list[VariantMatch]:
    unique: dict[tuple[int, int, str], VariantMatch] = {}
    for match in found:
        unique.setdefault((match.start, match.end, match.name), match)
    return sorted(unique.values(), key=lambda m: (m.start, -m.end, m.name))


def _fusion_match(fusion: Fusion) -> VariantMatch:
    return VariantMatch(fusion.start, fusion.end, "::".join(fusion.partners) + " fusion", fusion.partners, "fusion", fusion.detail)


def _best(lesions: Iterable[Lesion]) -> list[Lesion]:
    """One reading per gene mention: the longest."""
    best: dict[tuple[int, bool], Lesion] = {}
    for lesion in lesions:
        key = (lesion.gene.start, lesion.second) if lesion.gene else (lesion.start, False)
        if key not in best or lesion.end - lesion.start > best[key].end - best[key].start:
            best[key] = lesion
    return list(best.values())


def _lesion_matches(lesions: Sequence[Lesion], chooser: GeneChooser, masked: MaskedText, disease_context: str) -> list[VariantMatch]:
    found = []
    mutated = {x.gene.symbol for x in lesions if x.gene and x.kind == "mutation"}
    amplified = {
        x.gene.symbol
        for x in lesions
        if x.gene and x.kind in ("amplification", "overexpression") and not _POSITIVE.search(masked.original, x.start, x.end)
    }
    for lesion in lesions:
        symbol, score = (lesion.gene.symbol, 1.0) if lesion.gene else (next((g.symbol for g in chooser.nearest(lesion.start, lesion.end)), ""), 0.8)
        symbol = symbol or next(iter(chooser.ranked), "")
        if not symbol:
            continue
        kind, label = lesion.kind, lesion.label
        positive = kind == "amplification" and _POSITIVE.search(masked.original, lesion.start, lesion.end) is not None
        lung = "lung" in disease_context.lower() or "NSCLC" in disease_context
        if positive and symbol not in amplified and (symbol in mutated or lung):
            # HER2-directed treatment of lung cancer is that of HER2 mutants; elsewhere positive means amplified
            kind, label, score = "mutation", "mutation", 0.7
        found.append(VariantMatch(lesion.start, lesion.end, f"{symbol} {label}", (symbol,), kind, label, (), score))
    return found


def _named_matches(named: Sequence[Named], chooser: GeneChooser, masked: MaskedText) -> list[VariantMatch]:
    found: list[VariantMatch] = []
    for item in named:
        change = item.change
        if change.kind == "rsid":
            found.append(VariantMatch(item.start, item.end, change.form, (), "rsid", change.form))
            continue
        if change.kind == "class_mutation" and item.implied not in chooser.ranked:
            continue
        chosen = chooser.choose(item)
        if not chosen.symbol and change.kind not in (
            "substitution",
            "nonsense",
            "dna",
            "deletion",
            "insertion",
            "indel",
            "duplication",
            "frameshift",
        ):
            continue
        form, kind = change.form, change.kind
        if chosen.symbol == "MET" and form in ("exon 14 mutation", "exon 14 alteration", "exon 14 deletion"):
            form, kind = "exon 14 skipping", "exon_skipping"  # a MET exon 14 alteration is one that skips the exon
        if repeat := chooser.repeats(chosen.symbol, form):
            form, kind = repeat, "duplication"
        name = f"{chosen.symbol} {form}".strip()
        found.append(VariantMatch(chosen.start, item.end, name, (chosen.symbol,) if chosen.symbol else (), kind, form, (), chosen.score))
    return _linked(found, masked.text)


def _linked(found: list[VariantMatch], text: str) -> list[VariantMatch]:
    """ "c.3604G>A (p.Gly1202Arg)" names one change twice: the DNA form takes the protein's name."""
    linked = list(found)
    for i, match in enumerate(found):
        for j in (i + 1, i - 1):
            if match.kind != "dna" or not match.change.startswith("c.") or not 0 <= j < len(found) or found[j].kind in ("dna", "rsid"):
                continue
            first, second = (match, found[j]) if j > i else (found[j], match)
            gap = text[first.end : second.start]
            if re.search(r"[A-Z]", found[j].change[:1]) and _LINK.fullmatch(gap) and (gap.strip() or j > i):
                linked[i] = replace(match, name=found[j].name, genes=found[j].genes, change=found[j].change, kind=found[j].kind)
                break
    return linked


def _histones(text: str) -> list[VariantMatch]:
    return [
        VariantMatch(m.start(), m.end(), f"H3 {m['c']}", ("H3",), "substitution", m["c"]) for m in (_HISTONE.finditer(text) if "H3" in text else ())
    ]


def _elliptic(masked: MaskedText, found: Sequence[VariantMatch], taken: Sequence[tuple[int, int]]) -> list[VariantMatch]:
    """Exons and "wild type" named alone, in a text that counts one gene's mutations by exon."""
    counted = [m for m in found if m.kind == "exon_mutation"]
    if len({m.genes for m in counted}) != 1:
        return []
    symbol = counted[0].genes[0]
    extra = [
        VariantMatch(n.start, n.end, f"{symbol} {n.change.form}", (symbol,), n.change.kind, n.change.form, (), 0.7)
        for n in bare_exons(masked.text)
        if not _overlaps(n.start, n.end, taken)
    ]
    for match in _BARE_WILD.finditer(masked.text):
        if not _overlaps(match.start(), match.end(), taken):
            extra.append(VariantMatch(match.start(), match.end(), f"{symbol} wild type", (symbol,), "wild_type", "wild type", (), 0.7))
    return extra
