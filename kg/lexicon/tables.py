"""The small tables of the compiled vocabulary: background edges, residues, variants, retractions.

Rule: read on first use, whole, because each is a few megabytes at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicon.records import BackgroundEdge
from kg.lexicon.store import REMEDY

#: edge tables by licence: share-alike rows stay in a file of their own
EDGE_FILES = ("edges.tsv", "edges_sharealike.tsv")


def _rows(path: Path, width: int) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as handle:
        for number, line in enumerate(handle, 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != width:
                raise LexiconError(f"{path}, line {number}: {len(cells)} columns where {width} belong; {REMEDY}")
            yield cells


class Background:
    """The background edges with both ways to walk them, each made when it is first walked."""

    def __init__(self, folder: Path) -> None:
        self.edges = tuple(BackgroundEdge._make(row) for name in EDGE_FILES for row in _rows(folder / name, 4))

    @cached_property
    def of_subject(self) -> dict[str, list[BackgroundEdge]]:
        """The edges that start at an entity, by its id."""
        found: dict[str, list[BackgroundEdge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.subject].append(edge)
        return found

    @cached_property
    def of_object(self) -> dict[str, list[BackgroundEdge]]:
        """The edges that end at an entity, by its id."""
        found: dict[str, list[BackgroundEdge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.object].append(edge)
        return found


def read_residues(folder: Path) -> dict[tuple[str, int], str]:
    """Return gene symbol and position -> one-letter wild-type residue."""
    return {(gene, int(position)): residue for gene, position, residue in _rows(folder / "residues.tsv", 3)}


def read_variants(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return case-folded canonical variant name -> CIViC and dbSNP identifiers."""
    return {name.casefold(): tuple(xrefs.split()) for name, xrefs in _rows(folder / "variants.tsv", 2)}


def read_retractions(folder: Path) -> frozenset[int]:
    """Return the PMIDs of retracted publications."""
    return frozenset(int(row[0]) for row in _rows(folder / "retractions.txt", 1))
