"""Vocabulary edges (drug targets, is-a, membership) as statements beside what was read.

Rule: an edge comes in only if its subject is an entity of the graph or lies above one by is-a or membership; edges never
pull in what lies below (all tumours under "cancer", all drugs of a class). ``source`` names the vocabulary; no evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Protocol

from kg.assembly.statements import argument_of, statement_id
from kg.model import Argument, Context, Entity, Statement

#: predicates along which the graph is closed upwards.
UPWARD = ("subclass_of", "member_of")
#: how many steps up at most; MONDO's longest chain from a named tumour to "disease" is shorter.
MAX_DEPTH = 12


class Background(Protocol):
    """An edge of a vocabulary, as `kg.lexicon` ships it: ids of both ends, our predicate, the vocabulary's name."""

    @property
    def subject(self) -> str:
        """CURIE of the subject."""

    @property
    def predicate(self) -> str:
        """One of `kg.vocab.PREDICATES`."""

    @property
    def object(self) -> str:
        """CURIE of the object."""

    @property
    def source(self) -> str:
        """Name of the vocabulary."""


def closure(ids: Iterable[str], edges: Iterable[Background], max_depth: int = MAX_DEPTH) -> list[Background]:
    """Return the edges whose subject is among the ids or above one of them within ``max_depth`` steps, sorted."""
    by_subject: dict[str, list[Background]] = defaultdict(list)
    for edge in edges:
        by_subject[edge.subject].append(edge)
    seen: set[str] = set()
    level = set(ids)
    kept: list[Background] = []
    for _ in range(max_depth + 1):
        seen |= level
        found = [edge for one in level for edge in by_subject.get(one, ())]
        kept.extend(found)
        level = {edge.object for edge in found if edge.predicate in UPWARD} - seen
        if not level:
            break
    return sorted(kept, key=lambda e: (e.subject, e.predicate, e.object, e.source))


def background_statements(
    edges: Iterable[Background], ids: Iterable[str], entity: Callable[[str], Entity | None], max_depth: int = MAX_DEPTH
) -> list[Statement]:
    """Return the vocabulary's statements about the entities of a graph and what lies above them, sorted by id.

    ``ids`` are the entities of the graph, ``entity`` looks one up (`Lexicon.entity`, say). An edge whose end has no record is
    left out. Where two vocabularies give the same edge it is one statement with both names, joined by ``; ``.
    """
    sources: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for edge in closure(ids, edges, max_depth):
        sources[edge.subject, edge.predicate, edge.object].add(edge.source)
    found = []
    for (subject, predicate, object), names in sources.items():
        ends = entity(subject), entity(object)
        if ends[0] is not None and ends[1] is not None and subject != object:
            found.append(known_statement(argument_of(ends[0]), predicate, argument_of(ends[1]), "; ".join(sorted(names))))
    return sorted(found, key=lambda s: s.id)


def known_statement(subject: Argument, predicate: str, object: Argument, source: str) -> Statement:
    """Return a statement that needs no evidence: background knowledge, belief 1, marked with its source.

    Its id is told apart from that of the same claim read in text, so that the two stand beside each other.
    """
    key = statement_id(subject.id, predicate, object.id, Context(outcome=f"source:{source}"))
    return Statement(key, subject, predicate, object, Context(), belief=1.0, source=source)
