"""The drug-class grammar: all drug-class mentions of a plain text, with canonical names.

Rule: pure function of its arguments; the longest reading wins where two overlap, except members of one list, which share their head. A
short form defined right after a class ("platinum-based chemotherapy (Chemo)") means that class in the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.lexicon.heads import find_before, find_from_heads
from kg.nlp.drugclasses.general import find_general, find_regimens
from kg.nlp.drugclasses.records import DrugClassMatch
from kg.nlp.drugclasses.targeted import CLASS_TARGET, TargetReader, find_targeted, find_untargeted, short_forms
from kg.nlp.variants.finder import find_variants
from kg.nlp.variants.masking import mask_genes
from kg.nlp.variants.records import GeneSpan, VariantMatch

_BEFORE_HEAD = re.compile(
    r"(?<![A-Za-z0-9])(?P<gene>[A-Za-z][A-Za-z0-9-]{1,11}?)(?=(?:[\s-](?:tyrosine[\s-]kinase|kinase|pathway))?[\s-](?:inhibitors?|TKIs?|inhibition|blockade|antagonists?|degraders?|targeted\stherap|directed\stherap|antibod))"
)
_HEAD = re.compile(r"inhibit|TKI|blockade|antagonist|degrader|targeted|directed|antibod")
_HEAD_REACH = 30  # characters from the first letter of a gene to the head
_ANTI_GENE = re.compile(r"(?<![A-Za-z0-9])[Aa]nti-(?P<gene>[A-Z][A-Za-z0-9-]{1,9})(?![A-Za-z0-9])")
_DEFINED = re.compile(r"\s\((?P<short>[A-Z][A-Za-z-]{1,8})\)")
_NOT_SHORT = re.compile(r"(?:TKIs?|CT|ADCs?|ICIs?|EGFR|[A-Z]$)")


def find_drug_classes(
    text: str,
    genes: Sequence[GeneSpan] = (),
    *,
    resolve_gene: Callable[[str], str | None] = lambda _: None,
    variants: Sequence[VariantMatch] | None = None,
) -> list[DrugClassMatch]:
    """Return the drug-class mentions of a plain text, in order of place.

    ``genes`` and ``variants`` are what was found in the text ("KRAS G12C inhibitor" needs the variant; they are looked for where the
    caller gives None); ``resolve_gene`` names targets that the caller's dictionary did not find.
    """
    if variants is None:
        variants = find_variants(text, genes, resolve_gene=resolve_gene)
    spans = [*genes, *_unlisted(text, genes, resolve_gene)]
    masked = mask_genes(text, spans, resolve_gene, split=False)
    reader = TargetReader(masked, variants)
    lesions = [(v.start, v.end) for v in variants if v.kind in ("mutation", "amplification", "fusion", "overexpression", "alteration", "loss")]
    found = [*find_targeted(reader, lesions), *_short(text, spans, resolve_gene), *find_general(masked.text)]
    context = sorted(
        [
            *((m.end, _stem(m), m.targets) for m in found if m.targets),
            *((g.end, CLASS_TARGET.get(g.symbol, g.symbol), (g.symbol,)) for g in masked.genes),
        ]
    )
    found += find_untargeted(reader, context)
    kept = _longest(found)
    kept += [m for m in [*_defined(text, kept), *find_regimens(text)] if not _overlaps(m, kept)]
    return sorted(set(kept), key=lambda m: (m.start, -m.end, m.name))


def _stem(match: DrugClassMatch) -> str:
    name = match.name.removeprefix(match.generation).strip()
    return name.removesuffix(match.head).strip().removeprefix("anti-")


def _unlisted(text: str, genes: Sequence[GeneSpan], resolve_gene: Callable[[str], str | None]) -> Iterator[GeneSpan]:
    covered = [(g.start, g.end) for g in genes]
    for match in (*find_before(_BEFORE_HEAD, text, _HEAD, _HEAD_REACH), *find_from_heads(_ANTI_GENE, text, ("anti-",))):
        start, end = match.span("gene")
        symbol = None if any(s < end and start < e for s, e in covered) else resolve_gene(match["gene"])
        if symbol:
            yield GeneSpan(start, end, symbol)


def _short(text: str, genes: Sequence[GeneSpan], resolve_gene: Callable[[str], str | None]) -> Iterator[DrugClassMatch]:
    known = {text[g.start : g.end]: g for g in genes}
    for start, end, written in short_forms(text):
        pan = "pan-" if written.startswith("pan-") else ""
        bare, _, second = written.removeprefix("pan-").partition("/")
        symbol = known[bare].symbol if bare in known else resolve_gene(bare)
        if symbol:
            name = pan + CLASS_TARGET.get(symbol, symbol) + (f"/{second}" if second else "")
            yield DrugClassMatch(start, end, f"{name} inhibitor", (symbol,), "", "inhibitor")


def _longest(found: Iterable[DrugClassMatch]) -> list[DrugClassMatch]:
    """Drop what lies within a longer match, unless both end, or begin, together as members of one list do."""
    kept: list[DrugClassMatch] = []
    for match in sorted(set(found), key=lambda m: (m.start - m.end, m.start, m.name)):
        rivals = [k for k in kept if k.start < match.end and match.start < k.end]
        if all((k.end == match.end or k.start == match.start) and k.name != match.name and _sibling(k, match) for k in rivals):
            kept.append(match)
    return kept


def _sibling(a: DrugClassMatch, b: DrugClassMatch) -> bool:
    return a.head == b.head and ((a.targets != b.targets and bool(b.targets)) or (bool(b.generation) and a.generation != b.generation))


def _overlaps(match: DrugClassMatch, others: Iterable[DrugClassMatch]) -> bool:
    return any(o.start < match.end and match.start < o.end for o in others)


def _defined(text: str, found: Sequence[DrugClassMatch]) -> Iterator[DrugClassMatch]:
    meanings: dict[str, DrugClassMatch] = {}
    for match in found:
        after = _DEFINED.match(text, match.end)
        if not after or _NOT_SHORT.match(after["short"]) or not _abbreviates(after["short"], text[match.start : match.end]):
            continue
        meanings.setdefault(after["short"].rstrip("s") if after["short"].endswith("s") else after["short"], match)
    for short, match in meanings.items():
        for place in re.finditer(rf"(?<![A-Za-z0-9-]){re.escape(short)}s?(?![A-Za-z0-9-])", text):
            yield DrugClassMatch(place.start(), place.end(), match.name, match.targets, match.generation, match.head)


def _abbreviates(short: str, phrase: str) -> bool:
    """Every letter of the short form occurs in order in the phrase, the first at the start of a word."""
    letters, words = short.lower().rstrip("s"), phrase.lower()
    if not re.search(rf"(?<![a-z]){re.escape(letters[:1])}", words):
        return False
    place = 0
    for letter in letters.replace("-", ""):
        place = words.find(letter, place) + 1
        if not place:
            return False
    return True
