"""Which species a gene mention is of: from the human gene that the vocabulary finds to its mouse or rat ortholog, where the text says so.

Rule: human where the text names no other species, else the most probable. A document settles each gene once, so that its statements stay
together; only a species word right before a mention ("mouse Egfr" in a paper on patients) overrules that for the one mention. A gene
whose exact change is named ("EGFR L858R") stays human. Genes of species that the vocabulary lacks lose their identifier instead of
getting a wrong one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import exp

from kg.lexicon import Lexicon
from kg.model import Entity
from kg.nlp.species_cues import SPECIES, Cue, document_features, find_cues, gene_features, owner, style_of
from kg.nlp.species_weights import WEIGHTS
from kg.nlp.workbench import Draft

#: kinds of variants that the vocabulary knows of human genes only; "loss of Egfr" is as often said of a mouse
_EXACT = frozenset({"substitution", "deletion", "insertion", "codon", "exon_mutation", "exon_skipping", "domain_mutation", "fusion", "rsid"})


def settle_species(mentions: Sequence[Draft], text: str, sentences: Sequence[tuple[int, int]], lexicon: Lexicon) -> list[Draft]:
    """Return the mentions with each gene grounded in the species that the document speaks of."""
    genes = group_genes(mentions, lexicon)
    if not genes:
        return list(mentions)
    cues = find_cues(text)
    if all(c.kind in ("human", "human_line", "model") for c in cues):
        return [_human(m, lexicon) for m in mentions]
    fixed = {gene for m in mentions if m.type == "Variant" and m.method in _EXACT for gene in m.genes}
    decided = {}
    for human, features in features_of(genes, text, sentences, cues, lexicon).items():
        decided[human] = "human" if human in fixed else decide(features)
    return [_ground(m, decided, text, cues, lexicon) for m in mentions]


def group_genes(mentions: Sequence[Draft], lexicon: Lexicon) -> dict[str, list[Draft]]:
    """Return the identifier of each human gene with its mentions, those under names of its mouse ortholog included."""
    genes: dict[str, list[Draft]] = defaultdict(list)
    for m in mentions:
        if m.type == "Gene" and m.entity is not None and (human := _human_id(m.entity)):
            genes[human].append(m)
    return genes


def features_of(
    genes: dict[str, list[Draft]], text: str, sentences: Sequence[tuple[int, int]], cues: Sequence[Cue], lexicon: Lexicon
) -> dict[str, dict[str, float]]:
    """Return the features of each gene of a document, those of the document included."""
    symbols = {}
    for human in genes:
        entity = lexicon.entity(human)
        mouse = lexicon.entity(entity.attribute("mouse_ortholog")) if entity else None
        symbols[human] = mouse.name if mouse else ""
    styles = [style_of(text[m.start : m.end], symbols[human]) for human, ones in genes.items() for m in ones]
    title_end = text.find("\n\n")
    shared = document_features(text, len(text) if title_end < 0 else title_end, cues, styles)
    shared["doc_mouse_name"] = _share_of_mouse_names([m for ones in genes.values() for m in ones])
    return {
        human: {
            **shared,
            **gene_features(text, sentences, cues, [(m.start, m.end) for m in ones], symbols[human]),
            "mouse_name": _share_of_mouse_names(ones),
            "no_mouse_gene": float(not symbols[human]),
        }
        for human, ones in genes.items()
    }


def _share_of_mouse_names(mentions: Sequence[Draft]) -> float:
    """Return the share of the mentions that go by a name which only the mouse gene has ("Trp53")."""
    return sum(bool(m.entity and m.entity.attribute("species")) for m in mentions) / max(1, len(mentions))


def probabilities(features: dict[str, float]) -> tuple[float, ...]:
    """Return the probability of each of `SPECIES`."""
    sums = list(WEIGHTS["bias"])
    for name, value in features.items():
        for i, weight in enumerate(WEIGHTS.get(name, ())):
            sums[i] += weight * value
    powers = [exp(s - max(sums)) for s in sums]
    return tuple(p / sum(powers) for p in powers)


def decide(features: dict[str, float]) -> str:
    """Return the most probable species; human where no species is named at all, unless symbols are written as in mouse papers."""
    if features["none"] and not features.get("doc_mouse_symbol"):  # embryos and knockouts alone tell an animal, not which
        return "human"
    values = probabilities(features)
    return SPECIES[max(range(len(SPECIES)), key=values.__getitem__)]


def _human_id(entity: Entity) -> str:
    return entity.attribute("human_ortholog") if entity.attribute("species") else entity.id


def _human(mention: Draft, lexicon: Lexicon) -> Draft:
    """Return a mention under a name of the mouse gene as one of the human gene."""
    if mention.type == "Gene" and mention.entity and mention.entity.attribute("species"):
        human = lexicon.entity(mention.entity.attribute("human_ortholog"))
        return replace(mention, entity=human, name=human.name) if human else mention
    return mention


def _ground(mention: Draft, decided: dict[str, str], text: str, cues: Sequence[Cue], lexicon: Lexicon) -> Draft:
    human = _human_id(mention.entity) if mention.type == "Gene" and mention.entity else ""
    if human not in decided:
        return mention
    species = owner(text, cues, mention.start) or decided[human]
    if species == "human":
        return _human(mention, lexicon)
    gene = lexicon.entity(human)
    other = lexicon.entity(gene.attribute(species + "_ortholog")) if gene else None
    if other is not None:
        return replace(mention, entity=other, name=other.name, method="species")
    if species == "mouse" and mention.entity and mention.entity.attribute("species"):
        return mention
    return replace(mention, entity=None, name=text[mention.start : mention.end])
