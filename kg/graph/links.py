"""Links between statements, found without holding the statements: what contradicts, refines or is an exception to what.

Rule: a link never leads out of a family of predicates (a predicate and its opposites), so that each family is looked at alone; what
is kept of a statement for that is what links depend on, in memory up to a limit and then on disk. The order of the links is that of the ids.
"""

from __future__ import annotations

import heapq
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path

from kg.assembly import OPPOSITES, Contradiction, find_contradictions, find_refinements
from kg.assembly.background import UPWARD
from kg.graph import rdf
from kg.graph.ranks import contradiction_quads
from kg.model import Context, Statement
from kg.records import dumps, from_dict

#: statements of all families held in memory, about a kilobyte each, before they are put on disk.
HELD = 10_000


class Links:
    """Takes statements one by one, text and background; then gives the quads that link them."""

    def __init__(self, folder: Path, held: int = HELD) -> None:
        self._folder, self._most, self._held = folder, held, 0
        self._families: dict[str, list[Statement]] = {}
        self._upward: dict[str, list[str]] = defaultdict(list)

    def add(self, statement: Statement) -> None:
        """Take a statement; one without support links to nothing."""
        if statement.source != "text":
            if statement.predicate in UPWARD:
                self._upward[statement.subject.id].append(statement.object.id)
        elif statement.n_for:
            self._families.setdefault(_family(statement.predicate), []).append(replace(statement, evidence=(), documents=()))
            self._held += 1
            if self._held > self._most:
                self._spill()

    def _spill(self) -> None:
        for name, statements in self._families.items():
            with (self._folder / f"family-{name}.jsonl").open("a", encoding="utf-8") as handle:
                handle.writelines(dumps(one) + "\n" for one in statements)
            statements.clear()
        self._held = 0

    def quads(self) -> Iterator[str]:
        """Yield the quads of all links: contradictions, then refinements and exceptions, each in the order of the ids of the two."""
        with ExitStack() as files:
            found: dict[str, list[Iterable[tuple[str, str, str]]]] = {"contradictions": [], "refinements": []}
            for family in sorted(self._families):
                for kind, links in self._of(family):
                    path = self._folder / f"{kind}-{family}.jsonl"
                    with path.open("w", encoding="utf-8") as handle:
                        handle.writelines(json.dumps(link) + "\n" for link in links)
                    found[kind].append(map(_link, files.enter_context(path.open(encoding="utf-8"))))
            for kind in found:
                for _, _, quads in heapq.merge(*found[kind]):
                    yield quads

    def _of(self, family: str) -> Iterator[tuple[str, Iterator[tuple[str, str, str]]]]:
        statements = list(self._read(family))
        contradictions = find_contradictions(statements)
        yield "contradictions", ((c.first.id, c.second.id, "".join(_opposed(c))) for c in contradictions)
        refinements = find_refinements(statements, self._upward)
        yield "refinements", ((r.specific.id, r.general.id, "".join(rdf.refinement_quads(r))) for r in refinements)

    def _read(self, family: str) -> Iterator[Statement]:
        """The statements of a family, equal ends and contexts being one object: there are far fewer of these than of statements."""
        path, same = self._folder / f"family-{family}.jsonl", _Same()
        if path.exists():
            with path.open(encoding="utf-8") as handle:
                for line in handle:
                    yield same.of(from_dict(Statement, json.loads(line)))
            path.unlink()
        yield from self._families[family]


class _Same:
    """Gives the first of equal objects for each of them."""

    def __init__(self) -> None:
        self._known: dict[object, object] = {}

    def of(self, statement: Statement) -> Statement:
        """Return an equal statement whose parts are shared with those of others."""
        one: Callable[[object], object] = lambda value: self._known.setdefault(value, value)  # noqa: E731
        context = statement.context
        ends = Context(one(context.disease), one(context.biomarker), one(context.therapy), context.line, context.model_system, context.outcome)  # type: ignore[arg-type]
        return replace(statement, subject=one(statement.subject), object=one(statement.object), context=one(ends))  # type: ignore[arg-type]


def _opposed(found: Contradiction) -> list[str]:
    return [*rdf.contradiction_quads(found), *contradiction_quads(found)]


def _link(line: str) -> tuple[str, str, str]:
    first, second, quads = json.loads(line)
    return first, second, quads


@cache
def _family(predicate: str) -> str:
    """The name of a predicate's family: the one of the two opposites that comes first, or the predicate itself."""
    pair = next((pair for pair in OPPOSITES.items() if predicate in pair), (predicate,))
    return min(pair)
