"""Mentions from grammar: variants and drug classes, grounded to identifiers built from their parts.

Rule: a variant's or class's name is canonical and its identifier follows from the name, so that all spellings of one thing are one
entity; a class that the vocabulary knows keeps the vocabulary's identifier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from kg.lexicon import Lexicon
from kg.model import Entity
from kg.nlp.drugclasses import find_drug_classes
from kg.nlp.variants import GeneSpan, VariantMatch, find_variants
from kg.nlp.workbench import Draft
from kg.vocab import drug_class_id, variant_id


def gene_spans(drafts: Sequence[Draft]) -> list[GeneSpan]:
    """Return the genes and families among the drafts as the grammars want them."""
    return [GeneSpan(d.start, d.end, d.name, d.type == "GeneFamily") for d in drafts if d.type in ("Gene", "GeneFamily") and not _generic(d)]


def _generic(draft: Draft) -> bool:
    """Whether a family is a kind of protein ("tyrosine kinase") rather than a group of genes that changes or is targeted."""
    return draft.type == "GeneFamily" and not draft.key.startswith("FPLX:")


def _gene_ids(lexicon: Lexicon, names: Sequence[str], known: dict[str, str]) -> tuple[str, ...]:
    ids: list[str] = []
    for name in names:
        found = known.get(name)
        if found is None:
            entity = lexicon.gene(name) or lexicon.entity("FPLX:" + name)
            found = entity.id if entity else ""
        if found:
            ids.append(found)
    return tuple(dict.fromkeys(ids))


def find_variant_drafts(
    text: str, drafts: Sequence[Draft], sentences: Sequence[tuple[int, int]], lexicon: Lexicon
) -> tuple[list[Draft], list[VariantMatch]]:
    """Return a draft for every variant, and the matches; one whose gene is unknown stays ungrounded."""
    genes = gene_spans(drafts)
    counts = Counter(g.symbol for g in genes)
    document_genes = [symbol for symbol, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))]
    known = {d.name: d.entity.id for d in drafts if d.type in ("Gene", "GeneFamily") and d.entity}
    out: list[Draft] = []
    matches: list[VariantMatch] = []
    for m in find_variants(
        text,
        genes,
        sentence_spans=sentences,
        resolve_gene=gene_resolver(lexicon),
        residue=lexicon.residue,
        document_genes=document_genes,
        disease_context="; ".join(sorted({d.name for d in drafts if d.type == "Disease"})),
    ):
        matches.append(m)
        ids = _gene_ids(lexicon, m.genes, known)
        entity = _variant_entity(lexicon, m.name, m.kind, ids) if ids or m.kind == "rsid" else None
        out.append(Draft(m.start, m.end, "Variant", m.name, entity, m.score, m.kind, "grammar", ids, m.parts))
        out.extend(_glued_genes(text, m.start, m.end, m.genes, genes, lexicon))
    return out, matches


def _glued_genes(text: str, start: int, end: int, symbols: Sequence[str], found: Sequence[GeneSpan], lexicon: Lexicon) -> Iterator[Draft]:
    """Yield the gene that is written in one word with its change ("EGFRT790M", "EGFRex20ins")."""
    for symbol in symbols:
        at = text.find(symbol, start, end)
        if at >= 0 and text[at + len(symbol) : at + len(symbol) + 1].isalnum() and not any(g.start <= at < g.end for g in found):
            entity = lexicon.gene(symbol)
            if entity:
                yield Draft(at, at + len(symbol), "Gene", entity.name, entity, 0.9, "glued", "grammar")


def gene_resolver(lexicon: Lexicon) -> Callable[[str], str | None]:
    """Return a function that gives the approved symbol of a gene name, None for a name that is no gene's."""

    def resolve(name: str) -> str | None:
        entity = lexicon.gene(name)
        return entity.name if entity else None

    return resolve


def _variant_entity(lexicon: Lexicon, name: str, kind: str, genes: tuple[str, ...]) -> Entity:
    xrefs = lexicon.variant_xrefs(name)
    attributes = (("genes", "|".join(genes)), ("kind", kind))
    if kind == "rsid":
        return Entity("dbSNP:" + name, "Variant", name, xrefs, (), attributes)
    return Entity(variant_id(name), "Variant", name, tuple(xrefs), (), attributes)


def find_class_drafts(text: str, drafts: Sequence[Draft], variants: Sequence[VariantMatch], lexicon: Lexicon) -> list[Draft]:
    """Return a draft for every drug class phrase, with the genes it is aimed at."""
    known = {d.name: d.entity.id for d in drafts if d.type in ("Gene", "GeneFamily") and d.entity}
    out: list[Draft] = []
    for m in find_drug_classes(text, gene_spans(drafts), resolve_gene=gene_resolver(lexicon), variants=variants):
        ids = _gene_ids(lexicon, m.targets, known)
        found = next((c for c in lexicon.candidates(m.name, ("DrugClass",)) if c.name == m.name), None)
        entity = lexicon.entity(found.entity_id) if found else None
        if entity is None:
            attributes = tuple(sorted({"generation": m.generation, "targets": "|".join(ids)}.items()))
            entity = Entity(drug_class_id(m.name), "DrugClass", m.name, (), (), tuple(a for a in attributes if a[1]))
        out.append(Draft(m.start, m.end, "DrugClass", m.name, entity, 0.9, "class", "grammar", ids))
    return out
