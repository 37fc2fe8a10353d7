"""What stands around some entities: the part of the graph that a picture shows.

Rule: the same address gives the same picture. Around its centres a picture grows ring by ring, what most documents say first,
until it has as many entities as were asked for; then every edge between those is drawn, also one that did not lead to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.serve.edges import KINDS, PARTS, Edge
from kg.serve.index import Index

#: how many entities a picture may have.
SIZES = (25, 50, 100, 250, 1000, 5000)
MOST_CENTRES = 40


@dataclass(frozen=True, slots=True)
class View:
    """What a picture is to show; no centre means the part of the graph of which most is said."""

    centres: tuple[str, ...] = ()
    most: int = 50
    steps: int = 1
    kinds: tuple[str, ...] = tuple(KINDS)
    known: bool = False

    def shows(self, edge: Edge) -> bool:
        """Whether an edge belongs into the picture, if its ends do."""
        told = edge.read or self.known or edge.predicate in PARTS
        return told and edge.kind in self.kinds and (not edge.read or edge.n_for + edge.n_against > 0)


@dataclass(slots=True)
class Link:
    """Everything of one kind that is said of two entities in one direction."""

    subject: str
    object: str
    kind: str
    predicates: list[str] = field(default_factory=list)
    n_for: int = 0
    n_against: int = 0
    belief: float = 0.0
    read: bool = False

    def add(self, edge: Edge) -> None:
        """Count a statement in."""
        if edge.predicate not in self.predicates:
            self.predicates.append(edge.predicate)
        self.n_for += edge.n_for
        self.n_against += edge.n_against
        self.belief = max(self.belief, edge.belief)
        self.read |= edge.read


@dataclass(frozen=True, slots=True)
class Picture:
    """Entities in the order in which they were found, the links between them, and how many were left out of the last ring."""

    nodes: list[str]
    links: list[Link]
    left_out: int


def picture(index: Index, view: View) -> Picture:
    """Return what a view shows."""
    centres = [key for key in dict.fromkeys(view.centres) if key in index.entities][:MOST_CENTRES]
    nodes = dict.fromkeys(centres or _best_known(index, view))
    ring, left_out = centres, 0
    for _ in range(view.steps if centres else 0):
        found = _ring(index, view, ring, nodes)
        room = max(0, view.most - len(nodes))
        ring, left_out = found[:room], len(found[room:])
        nodes.update(dict.fromkeys(ring))
        if left_out or not ring:
            break
    return Picture(list(nodes), sorted(_links(index, view, nodes), key=_rank), left_out)


def _best_known(index: Index, view: View) -> list[str]:
    """The entities at the ends of what most documents say: a way in for one who has no question yet."""
    best = sorted((edge for edge in index.edges.at(range(len(index.edges))) if edge.read and view.shows(edge)), key=_weight_first)
    found: dict[str, None] = {}
    for edge in best:
        found[edge.subject] = found[edge.object] = None
        if len(found) >= view.most:
            break
    return list(found)[: view.most]


def _weight(edge: Edge) -> float:
    return edge.belief * (1 + edge.n_for) if edge.read else 0.1


def _weight_first(edge: Edge) -> tuple[float, int]:
    return -_weight(edge), edge.row


def _ring(index: Index, view: View, inner: Sequence[str], known: Iterable[str]) -> list[str]:
    """The neighbours of a ring that are not there yet, those of which most is said first."""
    weights: dict[str, float] = defaultdict(float)
    inside = set(known)
    for key in inner:
        for edge in filter(view.shows, index.edges_of(key)):
            other = edge.object if edge.subject == key else edge.subject
            if other not in inside:
                weights[other] += _weight(edge)
    return sorted(weights, key=lambda key: (-weights[key], key))


def _links(index: Index, view: View, nodes: Iterable[str]) -> Iterator[Link]:
    inside = set(nodes)
    found: dict[tuple[str, str, str], Link] = {}
    for key in nodes:
        for edge in filter(view.shows, index.edges_of(key, "subject")):
            if edge.object in inside and edge.object != key:
                place = key, edge.object, edge.kind
                found.setdefault(place, Link(*place)).add(edge)
    return iter(found.values())


def _rank(link: Link) -> tuple[object, ...]:
    return not link.read, -link.n_for, -link.belief, link.subject, link.object, link.kind
