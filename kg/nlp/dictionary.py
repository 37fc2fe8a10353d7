"""Mentions from the vocabulary: terms found in the text, and abbreviations that carry the grounding of their long form.

Rule: a name that is trusted only with support (a short symbol, an English word) stays a draft of low score until the document
names the same entity in another way; a short form means what the document says it means.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lexicon import Candidate, Lexicon
from kg.nlp.abbreviations import Abbreviation
from kg.nlp.layout import Layout
from kg.nlp.recognizer.usage import preferred
from kg.nlp.workbench import Draft

#: below this a name needs support from elsewhere in the document
TRUSTED = 0.5


def find_term_drafts(layout: Layout, lexicon: Lexicon) -> list[Draft]:
    """Return a draft for every candidate of every term in the text, section by section."""
    drafts: list[Draft] = []
    for part in layout:
        for match in lexicon.find_terms(part.view.text):
            for candidate in preferred(match.candidates, part.view.text[match.start : match.end]):
                drafts.append(_draft(lexicon, candidate, part.start + match.start, part.start + match.end, candidate.kind))
    return drafts


def _draft(lexicon: Lexicon, candidate: Candidate, start: int, end: int, method: str, score: float | None = None) -> Draft:
    entity = lexicon.entity(candidate.entity_id)
    genes = lexicon.targets(candidate.entity_id) if candidate.type in ("Drug", "DrugClass") else ()
    value = candidate.score if score is None else score
    return Draft(start, end, candidate.type, candidate.name, entity, value, method, "dictionary", tuple(genes))


def settle_senses(drafts: Sequence[Draft], abbreviations: Sequence[Abbreviation], text: str) -> list[Draft]:
    """Return the drafts that the document supports, one entity per span and type.

    Of several entities under one name the one wins that the document also names otherwise, then the one with the better prior.
    """
    surfaces: dict[str, set[str]] = {}
    for d in drafts:
        surfaces.setdefault(d.key, set()).add(text[d.start : d.end].lower().rstrip("s"))
    defined = _definitions(abbreviations)
    best: dict[tuple[int, int, str], Draft] = {}
    for d in drafts:
        support = len(surfaces[d.key]) > 1
        if (d.start, d.end) in defined:
            continue
        if d.score < TRUSTED and not support:
            continue
        key = (d.start, d.end, d.type)
        if key not in best or (support, d.score) > (len(surfaces[best[key].key]) > 1, best[key].score):
            best[key] = d
    return [best[k] for k in sorted(best)]


def _definitions(abbreviations: Sequence[Abbreviation]) -> dict[tuple[int, int], Abbreviation]:
    """Map every span of a defined short form to its definition."""
    return {span: a for a in abbreviations for span in ((a.short_start, a.short_end), *a.occurrences)}


def expand_abbreviations(drafts: Sequence[Draft], abbreviations: Sequence[Abbreviation], all_drafts: Sequence[Draft], text: str) -> Iterator[Draft]:
    """Yield a draft for every short form: the long form's entity, else its own only where the two could be the same thing.

    ``drafts`` are the settled mentions (of every recognizer) that a long form may coincide with; ``all_drafts`` hold the readings
    that the short form has by itself.
    """
    by_end: dict[int, list[Draft]] = {}
    for d in drafts:
        by_end.setdefault(d.end, []).append(d)
    own: dict[tuple[int, int], list[Draft]] = {}
    for d in all_drafts:
        own.setdefault((d.start, d.end), []).append(d)
    for a in abbreviations:
        spans = ((a.short_start, a.short_end), *a.occurrences)
        meant = _meaning(a, by_end.get(a.long_end, []), text)
        gene = _spoken_of_as_gene(spans, own, text) if _may_be_gene(meant, a, text) else None
        if gene is not None:
            spans, meant = ((a.long_start, a.long_end), *spans), gene
        for start, end in spans:
            if meant:
                yield Draft(start, end, meant.type, meant.name, meant.entity, meant.score, "abbreviation", meant.recognizer, meant.genes, meant.parts)
            else:
                yield from _unexplained(a, own.get((start, end), []))


_GENE_TALK = re.compile(
    r"^[)\]]? ?-?(?:gene|protein|receptor|kinase|proto-oncogene|oncogene|inhibit|TKI|amplif|mutat|mutant|exon|alteration|aberration|fusion|rearrange|overexpress|expression|signal|pathway|positive|driven|targeted|tyrosine|activation)",
    re.IGNORECASE,
)


def _may_be_gene(meant: Draft | None, abbreviation: Abbreviation, text: str) -> bool:
    """Whether a short form may be a gene: its long form says nothing else, or says "the adenomatous polyposis coli (APC) gene"."""
    if meant is None or meant.type == "Process":
        return True
    return meant.type == "Disease" and bool(re.match(r"[)\]] (?:gene|protein)", text[abbreviation.short_end :]))


def _spoken_of_as_gene(spans: Sequence[tuple[int, int]], own: dict[tuple[int, int], list[Draft]], text: str) -> Draft | None:
    """Return the gene a short form is by itself if the text speaks of it as of a gene ("MET amplification")."""
    genes = [d for span in spans for d in own.get(span, ()) if d.type == "Gene" and d.score >= TRUSTED]
    if genes and any(_GENE_TALK.match(text[end : end + 24]) for _, end in spans):
        return max(genes, key=lambda d: d.score)
    return None


#: words before a name that make something else of it: "deleted in colorectal cancer", "high glucose", "anti-rheumatic"
_ELSE = re.compile(r"\b(?:in|of|for|by|from|with|against|like|high|low|total|excess) ?$|^(?:high|low|total|excess)\b|\b(?:anti|non)-$", re.IGNORECASE)


def _meaning(abbreviation: Abbreviation, ending: Sequence[Draft], text: str) -> Draft | None:
    """Return the mention that the long form is: the same span, give or take a leading word ("advanced NSCLC")."""
    exact = [d for d in ending if d.start == abbreviation.long_start]
    if exact:
        return max(exact, key=lambda d: d.score)
    covering = [
        d
        for d in ending
        if abs(d.start - abbreviation.long_start) <= 14 and not _ELSE.search(text[abbreviation.long_start : max(abbreviation.long_start, d.start)])
    ]
    return max(covering, key=lambda d: d.end - d.start) if covering else None


_GENE_WORDS = frozenset(
    [
        "receptor",
        "kinase",
        "factor",
        "protein",
        "gene",
        "transcript",
        "homolog",
        "ligand",
        "growth",
        "oncogene",
        "tyrosine",
        "inhibitor",
        "member",
        "family",
        "domain",
        "subunit",
    ]
)


def _unexplained(abbreviation: Abbreviation, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """A short form whose long form names nothing we know keeps its own reading only if the long form's words speak for it."""
    words = {w for w in abbreviation.long.lower().replace("-", " ").split() if len(w) > 3}
    for d in sorted(drafts, key=lambda d: (-d.score, d.key)):
        names = {w for n in ((d.entity.name, *d.entity.synonyms) if d.entity else (d.name,)) for w in n.lower().replace("-", " ").split()}
        spoken = len(words & names) * 2 >= max(1, len(words))
        if spoken or (d.type == "Gene" and d.score >= 0.8 and (words & _GENE_WORDS or len(words) <= 1)):
            yield d
            return
