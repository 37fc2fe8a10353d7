"""What a variant's canonical name says by itself: its gene, its fusion partner, the more general variant it is a kind of.

Rule: only canonical names are read (``ALK G1202R``, ``EML4::ALK fusion``, ``EGFR T790M + C797S``); a gene that is not found
gives no statement. ``source`` is ``construction``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kg.assembly.background import known_statement
from kg.assembly.statements import argument_of
from kg.model import Entity, Statement
from kg.vocab import EntityType, variant_id

SOURCE = "construction"
_FUSION = re.compile(r"^(?P<five>\S+?)::(?P<three>\S+)(?:\s|$)")
#: changes that are not a kind of "GENE mutation": dosage, expression, methylation, rearrangement, the normal sequence.
_NOT_MUTATION = re.compile(r"amplification|copy|gain|loss|expression|methylation|fusion|rearrangement|wild[ -]?type|\bmutations?$|deficien|::", re.I)
_GENE_DELETION = re.compile(r"^(homozygous )?deletion$", re.I)


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


def variant_statements(entities: Iterable[Entity], gene: Callable[[str], Entity | None]) -> list[Statement]:
    """Return ``variant_of``, ``has_partner`` and ``subclass_of`` statements of the variants among the entities, sorted by id.

    ``gene`` gives the gene (or family) of a symbol. Of a fusion's two genes the changed one is the kinase; where both or
    neither is, the 3' partner, whose product most oncogenic fusions activate. ``subclass_of`` is made only
    towards a variant that is itself among the entities (ALK G1202R to ALK mutation, EML4::ALK fusion to ALK fusion).
    """
    variants = sorted((e for e in entities if e.type == EntityType.VARIANT), key=lambda e: e.id)
    known = {v.id: v for v in variants}
    found: dict[str, Statement] = {}
    for variant in variants:
        genes = [g for g in map(gene, variant_genes(variant.name)) if g is not None]
        for predicate, other in (*_of_genes(genes), *_more_general(variant, known)):
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


def _more_general(variant: Entity, known: dict[str, Entity]) -> list[tuple[str, Entity]]:
    names = []
    genes = variant_genes(variant.name)
    change = variant.name.strip().partition(" ")[2]
    if len(genes) == 2:
        names = [f"{genes[1]} fusion", f"{genes[0]} fusion"]
    elif genes and not _NOT_MUTATION.search(change) and not _GENE_DELETION.match(change):
        names = [f"{genes[0]} mutation"]
    ids = [variant_id(name) for name in names]
    return [("subclass_of", known[i]) for i in ids if i in known and i != variant.id]
