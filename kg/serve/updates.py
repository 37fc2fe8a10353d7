"""SPARQL updates of the notes: what they may change, and how they are kept.

Rule: an update is taken apart before it is run, and refused as a whole if any operation of it could touch another graph than
``kg:notes``. What is read is free.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib.plugins.sparql.algebra import translateUpdate
from rdflib.plugins.sparql.parser import parseUpdate

from kg.errors import KgError, QueryError
from kg.graph.guard import check_sparql, placed_tokens
from kg.graph.terms import ALL_PREFIXES, GRAPHS
from kg.serve.notes import NOTES

_HOW = "write INSERT DATA { GRAPH kg:notes { ... } }, or begin with WITH kg:notes"

_DATASET = "".join(f"USING <{graph}> USING NAMED <{graph}> " for graph in (*GRAPHS.values(), NOTES))


def check_update(text: str) -> str:
    """Return an update that changes the notes only, ready to run; `QueryError` says "is refused" of any other."""
    safe = check_sparql(text, updates=True)
    try:
        operations = translateUpdate(parseUpdate(safe), initNs=ALL_PREFIXES).algebra
    except RecursionError as error:
        raise QueryError("the update nests too deeply; write it flatter") from error
    except Exception as error:  # the parser raises many kinds
        raise QueryError(f"not a valid SPARQL update: {error}") from error
    for operation in operations:
        _check_operation(operation)
    return _over_the_union(safe)


def _over_the_union(text: str) -> str:
    """Return the update with the dataset of our queries where it names none: the graphs and the notes, as one.

    Oxigraph has no such setting for updates, and a WHERE over the empty default graph would match nothing, without a word.
    """
    parts, last, depth, named, before = [], 0, 0, False, ""
    for kind, token, place in placed_tokens(text):
        word = token.upper() if kind == "word" and depth == 0 else ""
        depth += (token == "{") - (token == "}") if kind == "other" else 0
        if token == ";" and depth == 0:
            named = False
        named = named or word in ("WITH", "USING")
        if word == "WHERE" and before != "DELETE" and not named:
            parts += [text[last:place], _DATASET]
            last = place
        before = word
    return "".join((*parts, text[last:]))


def _check_operation(operation: Any) -> None:
    name = operation.name  # rdflib's own ``get`` gives the name of what is not there
    if name in ("InsertData", "DeleteData", "DeleteWhere"):
        _check_targets(operation.triples, operation.quads)
    elif name == "Modify":
        for clause in filter(None, (dict.get(operation, "delete"), dict.get(operation, "insert"))):
            _check_targets([] if str(dict.get(operation, "withClause")) == NOTES else clause.triples, clause.quads)
    elif name not in ("Clear", "Drop") or str(operation.graphiri) != NOTES:
        raise QueryError(f"{name.upper()} is refused: only the graph kg:notes can be changed; {_HOW}, or CLEAR GRAPH kg:notes")


def _check_targets(triples: Iterable[Any], quads: Iterable[Any]) -> None:
    if list(triples):
        raise QueryError(f"a change of the default graph is refused: only the graph kg:notes can be changed; {_HOW}")
    for graph in quads:
        if str(graph) != NOTES:
            raise QueryError(f"a change of {graph} is refused: only the graph kg:notes can be changed; {_HOW}")


def write_notes(store: ox.Store, file: Path) -> int:
    """Write the notes of a store to the file, sorted, in one step; return how many there are."""
    written = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(NOTES)) or b""
    lines = sorted(written.splitlines(keepends=True))
    part = file.with_name(file.name + ".part")
    with part.open("wb") as handle:
        handle.writelines(lines)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(file)
    return len(lines)


def update(store: ox.Store, text: str, file: Path, tell: Callable[[str], None]) -> None:
    """Run a checked update and keep the notes; `QueryError` if it cannot be run, `KgError` if the notes cannot be kept."""
    try:
        store.add_graph(ox.NamedNode(NOTES))  # CLEAR of a graph that nobody has written to yet is no error
        store.update(text, prefixes=ALL_PREFIXES)
        tell(f"{write_notes(store, file):,} notes")
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"not a valid SPARQL update: {error}") from error
    except (OSError, RuntimeError) as error:
        raise KgError(f"the update failed: {error}") from error
