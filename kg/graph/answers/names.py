"""What a user means by a lesion, a drug or a disease: an entity of the graph, or an error that says what is near.

Rule: a name, synonym or identifier in the graph is taken as it stands; else a lesion is read as a sentence would be, so that every
spelling that the reader knows ("EML4-ALK", "p.Gly1202Arg of ALK") is one that may be asked for.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.assembly.construction import variant_genes
from kg.assembly.generality import more_general
from kg.errors import QueryError
from kg.graph.terms import literal, name_key, node
from kg.model import Document, Section
from kg.startup import without_torch
from kg.vocab import EntityType

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.nlp import Pipeline

LESIONS = (EntityType.VARIANT, EntityType.GENE, EntityType.GENE_FAMILY)
THERAPIES = (EntityType.DRUG, EntityType.DRUG_CLASS)
DISEASES = (EntityType.DISEASE, EntityType.PHENOTYPE)
_FIRST = (*LESIONS, *THERAPIES, *DISEASES)
_ALL = (*_FIRST, *(kind for kind in EntityType if kind not in _FIRST))


class Named(NamedTuple):
    """An entity of the graph that stands for what was asked; ``exact`` is False where it is more general than that."""

    id: str
    name: str
    exact: bool = True


def find_lesion(graph: Graph, text: str) -> Named:
    """Return the lesion (variant, gene or family) that a name, synonym, spelling or CURIE stands for; `QueryError` names near ones.

    For a change that the graph does not know, the nearest more general one that it knows, at last the gene, marked as not exact.
    """
    return _known(graph, text, LESIONS) or _read(graph, text, LESIONS) or _refuse(graph, text, "lesion", LESIONS)


def find_therapy(graph: Graph, text: str) -> Named:
    """Return the drug or drug class that a name, brand, code or CURIE stands for; `QueryError` names near ones."""
    return _known(graph, text, THERAPIES) or _read(graph, text, THERAPIES) or _refuse(graph, text, "drug or drug class", THERAPIES)


def find_disease(graph: Graph, text: str) -> Named:
    """Return the disease that a name, synonym or CURIE stands for; `QueryError` names near ones."""
    return _known(graph, text, DISEASES) or _read(graph, text, DISEASES) or _refuse(graph, text, "disease", DISEASES)


def find_entity(graph: Graph, text: str) -> Named:
    """Return the entity of any type that a name, synonym, spelling or CURIE stands for, lesions before therapies before diseases.

    `QueryError` names near ones. A change that the graph does not know is no other one here.
    """
    found = _known(graph, text, _ALL) or _read(graph, text, _ALL)
    return found if found and found.exact else _refuse(graph, text, "entity", _ALL)


def _known(graph: Graph, text: str, types: Iterable[EntityType]) -> Named | None:
    """The entity of that key: of the first type that has one; of several, the one with the most statements."""
    kinds = " ".join(f"({node('kg:' + kind)} {number})" for number, kind in enumerate(types))
    rows = graph.query(
        sparql=f"""SELECT ?e ?name ?rank (COUNT(?s) AS ?n) WHERE {{
  ?e kg:key {literal(name_key(text))} ; rdfs:label ?name ; a ?kind . VALUES (?kind ?rank) {{ {kinds} }}
  OPTIONAL {{ {{ ?s rdf:subject ?e }} UNION {{ ?s rdf:object ?e }} }}
}} GROUP BY ?e ?name ?rank ORDER BY ?rank DESC(?n) ?e LIMIT 1"""
    ).rows
    return Named(rows[0][0], rows[0][1]) if rows else None


def _read(graph: Graph, text: str, types: tuple[EntityType, ...]) -> Named | None:
    """What our own reader makes of the words, if the graph knows it; of a change unknown to the graph, what it is a kind of."""
    mentions = _reader().annotate_one(Document("asked", (Section("text", _clean(text)),))).mentions
    wanted = [m for m in mentions if m.type in types and m.entity_id]
    for mention in sorted(wanted, key=lambda m: (types.index(EntityType(m.type)), m.start - m.end, m.start))[:1]:
        names = [mention.entity_id, *_kinds(mention.name)] if mention.type == EntityType.VARIANT else [mention.entity_id]
        for name in names:
            found = _known(graph, name, types)
            if found:
                return found._replace(exact=name == mention.entity_id)
    return None


@cache
def _reader() -> Pipeline:
    """Our own reader, kept for the next question: loading it takes longer than a thousand names."""
    from kg.config import Settings
    from kg.lexicon import Lexicon

    with without_torch():
        from kg.nlp import Pipeline

    return Pipeline(Settings(profile="fast"), Lexicon.open())


def _clean(text: str) -> str:
    """The words without what no text in a file could hold."""
    return text.strip().encode("utf-8", "replace").decode("utf-8")


def _kinds(name: str) -> list[str]:
    """Canonical names of what a variant is a kind of, its genes last."""
    symbols = variant_genes(name)
    change = "fusion" if len(symbols) == 2 else name.partition(" ")[2]
    fusions = [f"{symbol} fusion" for symbol in reversed(symbols) if len(symbols) == 2]
    return [*fusions, *(kind for symbol in reversed(symbols) for kind in more_general(symbol, change)), *reversed(symbols)]


def _refuse(graph: Graph, text: str, what: str, types: Iterable[EntityType]) -> Named:
    names = _near(text, _names(graph, types))
    hint = f"; it has {', '.join(names)}" if names else ""
    raise QueryError(f"no {what} '{text}' in {graph.folder}{hint}; find names with: kg query {graph.folder} find-entity --param text=...")


def _names(graph: Graph, types: Iterable[EntityType]) -> list[str]:
    kinds = " ".join(node(f"kg:{kind}") for kind in types)
    ends = "{ ?s rdf:subject ?e } UNION { ?s rdf:object ?e }"
    text = f'SELECT DISTINCT ?name WHERE {{ VALUES ?kind {{ {kinds} }} ?e a ?kind ; rdfs:label ?name . {ends} ?s kg:source "text" }}'
    return sorted(str(name) for (name,) in graph.query(sparql=text))


def _near(text: str, names: list[str], limit: int = 6) -> list[str]:
    """Names that share the first word (the gene), the most alike first; else those spelled alike."""
    first = text.split()[0].casefold() if text.split() else ""
    same = [name for name in names if name.casefold().split()[:1] == [first]]
    alike = difflib.get_close_matches(text, same or names, limit, 0.0 if same else 0.6)
    return alike or same[:limit]
