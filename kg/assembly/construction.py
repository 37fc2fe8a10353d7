"""What a variant's canonical name says by itself: its gene, its fusion partner, the more general variants it is a kind of.

Rule: only canonical names are read (``ALK G1202R``, ``EML4::ALK fusion``, ``EGFR T790M + C797S``); a gene that is not found
gives no statement. ``source`` is ``construction``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kg.assembly.background import known_statement
from kg.assembly.generality import more_general
from kg.assembly.statements import argument_of
from kg.model import Entity, Statement
from kg.vocab import EntityType, variant_id

SOURCE = "construction"
_FUSION = re.compile(r"^(?P<five>\S+?)::(?P<three>\S+)(?:\s|$)")


def variant_genes(name: str) -> tuple[str, ...]:
    """Return the gene symbols in a variant's canonical name: one, or the 5' and 3' partner of a fusion.

    >>> variant_genes("EML4::ALK fusion")
    ('EML4', 'ALK')
    """
    fusion = _FUSION.match(name)
    if fusion:
        return fusion["five"], fusion["three"]
    symbol, _, change = name.strip().partition(" ")
    return (symbol,) if symbol and change else ()


def variant_statements(
    entities: Iterable[Entity], gene: Callable[[str], Entity | None], families: Callable[[str], Iterable[str]] = lambda _: ()
) -> list[Statement]:
    """Return ``variant_of``, ``has_partner`` and ``subclass_of`` statements of the variants among the entities, sorted by id.

    ``gene`` gives the gene (or family) of a symbol. Of a fusion's two genes the changed one is the kinase; where both or
    neither is, the 3' partner, whose product most oncogenic fusions activate. ``subclass_of`` is made only
    towards a variant that is itself among the entities (ALK G1202R to ALK mutation, EML4::ALK fusion to ALK fusion, KRAS
    mutation to RAS mutation; `kg.assembly.generality`). ``families`` gives the names of the families of a gene by its id.
    """
    variants = sorted((e for e in entities if e.type == EntityType.VARIANT), key=lambda e: e.id)
    known = {v.id: v for v in variants}
    found: dict[str, Statement] = {}
    for variant in variants:
        genes = [g for g in map(gene, variant_genes(variant.name)) if g is not None]
        for predicate, other in (*_of_genes(genes), *_kind_of(variant, genes, known, families)):
            one = known_statement(argument_of(variant), predicate, argument_of(other), SOURCE)
            found[one.id] = one
    return [found[key] for key in sorted(found)]


def _of_genes(genes: list[Entity]) -> list[tuple[str, Entity]]:
    if len(genes) < 2 or genes[0].id == genes[-1].id:
        return [("variant_of", g) for g in genes[:1]]
    five, three = genes
    changed, partner = (five, three) if _kinase(five) and not _kinase(three) else (three, five)
    return [("variant_of", changed), ("has_partner", partner)]


def _kinase(gene: Entity) -> bool:
    return gene.attribute("is_kinase") == "true"


def _kind_of(variant: Entity, genes: list[Entity], known: dict[str, Entity], families: Callable[[str], Iterable[str]]) -> list[tuple[str, Entity]]:
    names: list[str] = []
    symbols = variant_genes(variant.name)
    ids = {g.name: g.id for g in genes}
    change = "fusion" if len(symbols) == 2 else variant.name.strip().partition(" ")[2]
    for symbol in reversed(symbols):
        names += [f"{symbol} fusion"] if len(symbols) == 2 else []
        names += more_general(symbol, change, list(families(ids[symbol])) if symbol in ids else ())
    found = dict.fromkeys(variant_id(name) for name in names)
    return [("subclass_of", known[i]) for i in found if i in known and i != variant.id]
