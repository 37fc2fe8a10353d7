"""A part of a graph, shown: ``graph.show("ALK G1202R", "lorlatinib")``.

Rule: the picture is chosen as the explorer's is (`kg.serve.neighbourhood`); its text has every edge of it, so that nothing is only
in a picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.graph import Graph, mark_sentence
from kg.graph.answers.names import find_entity
from kg.model import Statement
from kg.serve.edges import KINDS
from kg.serve.index import Index
from kg.serve.neighbourhood import View
from kg.serve.pages.graph import graph_data
from kg.show.drawing import draw, place_nodes

#: most entities of a picture that a person can read; the explorer shows thousands.
MOST = 200
#: most sentences that a click on an edge shows.
SENTENCES = 12
_TEXT_ROWS = 40


class Network:
    """A part of a graph to look at. Jupyter shows it as a widget, or as a picture where no widget runs; a terminal as text."""

    def __init__(self, graph: Graph, view: View) -> None:
        self._index = _index(graph)
        self._look(view)

    def _look(self, view: View) -> None:
        self.view = view
        found = graph_data(self._index, view)
        self.nodes: list[dict[str, Any]] = found["nodes"]
        self.links: list[dict[str, Any]] = found["links"]
        self.left_out: int = found["left_out"]
        place_nodes(self.nodes, self.links)

    @property
    def title(self) -> str:
        """What the picture is of."""
        return "Around " + ", ".join(_name(self._index, key) for key in self.view.centres) if self.view.centres else "What is said most"

    def svg(self) -> str:
        """Return the picture as an SVG image."""
        return draw(self.title, self.nodes, self.links)

    def save(self, path: str | Path) -> Path:
        """Write the picture to an ``.svg`` file and return its path."""
        target = Path(path)
        if target.suffix.lower() != ".svg":
            raise UsageError(f"{target}: pictures are written as SVG; give a name that ends in .svg")
        target.write_text(self.svg(), encoding="utf-8", newline="\n")
        return target

    def widen(self, key: str) -> None:
        """Add an entity's neighbours to the picture, 15 more entities at most."""
        centres = tuple(dict.fromkeys((*self.view.centres, key)))
        self._look(View(centres, min(MOST, max(self.view.most, len(self.nodes)) + 15), self.view.steps, self.view.kinds, self.view.known))

    def sentences(self, one: str, other: str) -> dict[str, Any]:
        """Return what is said of two entities, as plain values: statements with their sentences in pieces, the most believed first."""
        statements = self._index.at(edge.row for edge in self._index.between(one, other))
        rows = [row for statement in statements for row in self._rows(statement)]
        title = f"{_name(self._index, one)} and {_name(self._index, other)}"
        return {"a": one, "b": other, "title": title, "rows": rows[:SENTENCES], "more": max(0, len(rows) - SENTENCES)}

    def _rows(self, statement: Statement) -> Iterable[dict[str, Any]]:
        says = f"{statement.subject.name} {statement.predicate.replace('_', ' ')} {statement.object.name}"
        head = {"says": says, "statement": statement.id, "belief": round(statement.belief, 2)}
        if not statement.evidence:
            yield {**head, "source": f"known from {statement.source}", "href": "", "pieces": [], "verdict": "known"}
        for one in self._index.evidence_of_statement(statement):
            document = self._index.document(one.document)
            curie = document.curie if document else one.document
            year = f" ({document.year})" if document and document.year else ""
            href = f"https://pubmed.ncbi.nlm.nih.gov/{document.pmid}/" if document and document.pmid.isascii() and document.pmid.isdigit() else ""
            verdict = ("for" if one.polarity == "positive" else "against") + (", speculated" if one.certainty != "asserted" else "")
            if document and document.retracted:
                verdict += ", retracted"
            pieces = [[piece.text, list(piece.roles)] for piece in mark_sentence(one)]
            yield {**head, "source": curie + year, "href": href, "pieces": pieces, "verdict": verdict}

    def __str__(self) -> str:
        more = f"; {self.left_out:,} more neighbours are left out" if self.left_out else ""
        names = {node["id"]: node["name"] for node in self.nodes}
        rows = [f"{self.title}: {len(self.nodes)} entities, {len(self.links)} edges{more}"]
        for one in self.links[:_TEXT_ROWS]:
            said = f"for {one['for']}  against {one['against']}  belief {one['belief']:.2f}" if one["read"] else "known"
            rows.append(f"  {_printable(names[one['subject']])}  {one['says']}  {_printable(names[one['object']])}  {said}")
        if len(self.links) > _TEXT_ROWS:
            rows.append(f"  and {len(self.links) - _TEXT_ROWS} more edges; .links has all")
        return "\n".join(rows)

    __repr__ = __str__

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Return every form of the picture, for the front end to take the best that it can show."""
        from kg.show.widget import widget_bundle

        return {**widget_bundle(self), "image/svg+xml": self.svg(), "text/plain": str(self)}


def show_graph(
    graph: Graph, entities: Sequence[str] = (), *, most: int = 40, steps: int = 1, kinds: Sequence[str] = (), known: bool = False
) -> Network:
    """Return what stands around some entities, given by name, synonym, spelling or CURIE; of none, what is said most.

    ``most``: entities in the picture (2 to 200); ``steps`` away from those named (1 to 3); ``kinds``: of `kg.serve.edges.KINDS`, all
    if none is given; ``known``: also what vocabularies know beforehand. Raises `QueryError` for a name that the graph has not.
    """
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise UsageError(f"unknown kind '{unknown[0]}'; known are {', '.join(KINDS)}")
    if not (2 <= most <= MOST and 1 <= steps <= 3):
        raise UsageError(f"most is 2 to {MOST}, steps 1 to 3; kg serve shows thousands")
    index = _index(graph)
    centres = tuple(_resolve(graph, index, text) for text in entities)
    return Network(graph, View(centres, most, steps, tuple(kinds) or tuple(KINDS), known))


@lru_cache(maxsize=2)
def _index(graph: Graph) -> Index:
    """The look-ups of a graph, kept for the two graphs looked at last: building them reads every file once."""
    return Index(graph)


def _resolve(graph: Graph, index: Index, text: str) -> str:
    known = index.entity(text.strip())
    return known.id if known else find_entity(graph, text).id


def _name(index: Index, key: str) -> str:
    entity = index.entities.get(key)
    return entity.name if entity else key


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
