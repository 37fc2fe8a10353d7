"""What lets a query find the best of many thousand statements without looking at them all: ranks, and lists of ranks by what is asked.

Rule: a rank is a whole number that follows from one record alone, smaller for what is to stand first, so that a list of ranks is sorted
without looking up anything; `kg:rank` leads from the number back to the statement or document. All stands in the named graph ``index``, the
lists as nodes of their own, so that what is said of an entity is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from urllib.parse import quote

from kg.assembly import Contradiction
from kg.graph.terms import GRAPHS, literal, name_key, node, node_id
from kg.model import Entity, Statement
from kg.vocab import iri

#: bits of a rank that tell apart what else ranks the same; of ten million statements that do, two are the same with a chance of 1 in 20.
_OWN = 50
_DOCUMENT = 1 << 62
#: entities whose names stand in one literal: with more there are fewer literals to search, and more entities to look at where one has the text.
_TOGETHER = 8
_RANK, _END = f" {node('kg:rank')} ", f" <{GRAPHS['index']}> .\n"


def statement_rank(statement: Statement) -> int:
    """Return the rank of a statement: with evidence for it, then known beforehand, then refuted; by belief in steps of 0.01, then by evidence."""
    kind = 0 if statement.n_for else 1 if statement.source != "text" else 2
    doubt = 127 - int(statement.belief * 100)
    return (kind << 11 | doubt << 4 | 15 - min(statement.n_for, 15)) << _OWN | _digest(statement.id)


def document_rank(curie: str, year: int | None) -> int:
    """Return the rank of a document: the newest first, those without a year last."""
    return _DOCUMENT | (1 << 11) - 1 - min(max((year or 0) - 1000, 0), 2000) << _OWN | _digest(curie)


def _digest(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 64 - _OWN


@lru_cache(maxsize=100_000)
def place(name: str) -> str:
    """Return the node that holds the lists of an entity (by its CURIE), of a year, or of the whole graph."""
    return f"<{iri('kg:')}place/{quote(iri(name) if ':' in name else name, safe='')}>"


def listed(name: str, of: str, rank: int) -> str:
    """Return the line by which a rank stands in a list of something."""
    return f"{place(of)} {node('kg:' + name)} {literal(rank)}{_END}"


def document_quads(curie: str, year: int | None, entities: Iterable[str]) -> Iterator[str]:
    """Yield a document's rank, and its place in the lists of the entities that it mentions."""
    rank = document_rank(curie, year)
    yield f"{node(curie)}{_RANK}{literal(rank)}{_END}"
    for key in sorted(set(entities) - {""}):
        yield listed("in_document", key, rank)


class Ranks:
    """Gives the quads of statements as they go by, and at the end those that depend on all of them."""

    def __init__(self) -> None:
        self._years: set[int] = set()
        self._statements: Counter[str] = Counter()

    def statement(self, statement: Statement, documents: Mapping[str, int | None]) -> Iterator[str]:
        """Yield a statement's rank and its places in lists; ``documents`` are those that support it, by CURIE, with their years."""
        rank, predicate = statement_rank(statement), statement.predicate
        ends = {"subject": node_id(statement.subject), "object": node_id(statement.object)}
        self._statements.update(set(ends.values()))
        context = {name: getattr(statement.context, name) for name in ("disease", "biomarker", "therapy")}
        ends |= {name: node_id(end) for name, end in context.items() if end is not None}
        yield f"{node(statement.id)}{_RANK}{literal(rank)}{_END}"
        for role in ("subject", "object", "biomarker"):
            if role in ends and (role != "biomarker" or predicate == "treats"):
                yield listed(f"{role}_of_{predicate}", ends[role], rank)
        years = [year for year in documents.values() if year is not None]
        if years and statement.n_for:
            self._years.add(min(years))
            yield listed("first_read", str(min(years)), rank)
        for curie, year in documents.items():
            of = document_rank(curie, year)
            for key in sorted(set(ends.values())):
                yield listed("in_document", key, of)

    def entities(self, entities: Iterable[Entity]) -> Iterator[str]:
        """Yield how many statements each entity has, the names of several together as one text, and the years; the last of all."""
        left = iter(entities)
        for number, some in enumerate(iter(lambda: list(islice(left, _TOGETHER)), [])):
            names = sorted({name_key(n) for e in some for n in (e.name, *e.synonyms, e.id, *e.xrefs)})
            together = place(f"names/{number}")
            yield f"{together} {node('kg:names')} {literal(chr(10).join(names))}{_END}"
            for entity in some:
                yield f"{together} {node('kg:names_of')} {node(entity.id)}{_END}"
                yield f"{place(entity.id)} {node('kg:place_of')} {node(entity.id)}{_END}"
                yield f"{place(entity.id)} {node('kg:n_statements')} {literal(self._statements[entity.id])}{_END}"
        for year in sorted(self._years):
            yield f"{place(str(year))} {node('kg:of_year')} {literal(year)}{_END}"


def contradiction_quads(found: Contradiction) -> list[str]:
    """Return the place of two statements at odds in the list of contradictions, that of the one that ranks before the other."""
    return [listed("contradicted", "graph", min(statement_rank(found.first), statement_rank(found.second)))]
