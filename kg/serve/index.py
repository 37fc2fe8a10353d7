"""What the pages look up: entities by name, statements by entity, evidence by document.

Rule: only entities, places of lines in the files and one sort key for each statement are kept in memory; a record is read from
its line when a page shows it. The files stay open, so that a graph built anew beside us changes nothing that is being shown.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import Any

import pyoxigraph as ox

from kg.assembly.statements import canonical
from kg.graph import Graph
from kg.graph.terms import name_key, node, node_id, shorten
from kg.model import Argument, Document, Entity, Evidence, Statement
from kg.records import from_dict
from kg.serve.edges import CALLS, PARTS, Edge, Edges
from kg.serve.names import Names
from kg.vocab import PREDICATES, slug

#: what an entity may be in a statement, in the order in which pages show it.
ROLES = ("subject", "object", "disease", "biomarker", "therapy")
_ORDER = {name: number for number, name in enumerate(PREDICATES)}


@dataclass(frozen=True, slots=True)
class Group:
    """The statements in which an entity plays one role of one predicate, text before background, the most believed first."""

    predicate: str
    role: str
    rows: array[int]
    background: bool

    def __len__(self) -> int:
        return len(self.rows)


class Lines:
    """A file of JSON lines held open and read by offset; threads may share it."""

    def __init__(self, path: Path) -> None:
        self._handle, self._lock = path.open("rb"), Lock()

    def scan(self) -> Iterator[tuple[int, bytes]]:
        """Yield every line with its offset."""
        offset = 0
        self._handle.seek(0)
        for line in self._handle:
            yield offset, line
            offset += len(line)

    def read(self, offset: int) -> dict[str, Any]:
        """Return the record at an offset as plain values."""
        with self._lock:
            self._handle.seek(offset)
            line = self._handle.readline()
        row: dict[str, Any] = json.loads(line)
        return row


class Index:
    """Look-ups over an opened graph; building it reads each file once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.entities: dict[str, Entity] = graph.entities
        self._documents = Lines(graph.data / "documents.jsonl")
        self._evidence = Lines(graph.data / "evidence.jsonl")
        self._statements = Lines(graph.data / "statements.jsonl")
        self._read_documents()
        self._evidence_at: dict[str, list[int]] = defaultdict(list)
        decoder = json.JSONDecoder()
        for offset, line in self._evidence.scan():
            document, _ = decoder.raw_decode(line.decode("utf-8"), len('{"document":'))
            self._evidence_at[document].append(offset)
        self._read_statements()
        self.names = Names(self.entities.values(), self.count)

    def _read_documents(self) -> None:
        self._document_at: dict[str, int] = {}
        self._document_ids: dict[str, list[str]] = defaultdict(list)  # of a work, which may be here in several parts
        for offset, line in self._documents.scan():
            row = json.loads(line)
            key = row["id"]
            self._document_at[key] = offset
            if row.get("pmid"):
                self._document_ids["PMID:" + row["pmid"]].append(key)
            elif row.get("doi"):
                self._document_ids["DOI:" + row["doi"].lower()].append(key)

    def _read_statements(self) -> None:
        self._offsets = array("q")
        self.edges = Edges()
        self._ids: list[str] = []
        ranks: list[tuple[bool, float, int]] = []
        self.tallies: dict[str, list[int]] = defaultdict(lambda: [0, 0])  # predicate -> read from text, known before
        found: dict[str, dict[tuple[str, str], array[int]]] = defaultdict(lambda: defaultdict(lambda: array("l")))
        for number, (offset, line) in enumerate(self._statements.scan()):
            row = json.loads(line)
            self._ids.append(row["id"])
            self._offsets.append(offset)
            known = row.get("source", "text") != "text"
            self.tallies[row["predicate"]][known] += 1
            ranks.append((known, -row.get("belief", 0.0), -row.get("n_for", 0)))
            self.edges.add(_node(row["subject"]), _node(row["object"]), row)
            for role, end in (("subject", row["subject"]), ("object", row["object"]), *row["context"].items()):
                if role in ROLES:
                    found[_node(end)][row["predicate"], role].append(number)
        self._by_id = sorted(range(len(self._ids)), key=self._ids.__getitem__)
        self._sorted_ids = [self._ids[number] for number in self._by_id]
        self._groups = {key: _groups(of_entity, ranks) for key, of_entity in found.items()}

    def count(self, entity: str) -> int:
        """Return in how many statements an entity is subject or object."""
        return sum(len(group) for group in self._groups.get(entity, ()) if group.role in ("subject", "object"))

    def groups(self, entity: str) -> list[Group]:
        """Return an entity's statements by predicate and role: read from text before background, subject before object."""
        return self._groups.get(entity, [])

    @cached_property
    def calls(self) -> Counter[str]:
        """In how many documents each drug, and each gene by its lesions, is said to be resisted or to work."""
        genes: dict[str, set[str]] = defaultdict(set)
        for edge in self.edges.at(range(len(self.edges))):
            if edge.predicate in PARTS:
                genes[edge.subject].add(edge.object)
        said: Counter[str] = Counter()
        for edge in self.edges.at(range(len(self.edges))):
            if edge.read and edge.predicate in CALLS:
                for key in (edge.object, *sorted(genes.get(edge.subject, ()))):
                    said[key] += edge.n_for
        return said

    def edges_of(self, entity: str, role: str = "") -> Iterator[Edge]:
        """Yield the edges in which an entity is subject or object, or only those of one of the two."""
        for group in self.groups(entity):
            if group.role == role or (not role and group.role in ("subject", "object")):
                yield from self.edges.at(group.rows)

    def between(self, one: str, other: str) -> list[Edge]:
        """Return the edges between two entities, either way: read before known, the most believed first."""
        near, far = sorted((one, other), key=self.count)  # the one with fewer statements is looked through
        found = {
            edge.row: edge for edge in self.edges_of(near) if far in (edge.subject, edge.object) and (edge.subject != edge.object or one == other)
        }
        return sorted(found.values(), key=lambda e: (not e.read, -e.belief, -e.n_for, e.row))

    def at(self, rows: Iterable[int]) -> list[Statement]:
        """Return the statements of some rows of a group."""
        return [from_dict(Statement, self._statements.read(self._offsets[row])) for row in rows]

    def statements(self, key: str, most: int = 20) -> list[Statement]:
        """Return the statements, at most so many, whose id is or begins with the key; ``KGS:`` may be left out."""
        digits = key[4:] if key[:4].upper() == "KGS:" else key
        wanted = "KGS:" + digits.lower()
        if not digits:
            return []
        first = bisect_left(self._sorted_ids, wanted)
        rows = []
        for place in range(first, min(first + most, len(self._sorted_ids))):
            if not self._sorted_ids[place].startswith(wanted):
                break
            rows.append(self._by_id[place])
        return self.at(rows)

    def entity(self, key: str) -> Entity | None:
        """Return the entity of a CURIE; of ours, the name may stand as it is written: ``KGV:ALK G1202R``."""
        prefix, _, local = key.partition(":")
        if key in self.entities or prefix not in ("KGC", "KGD", "KGV", "KGT"):
            return self.entities.get(key)
        kind, slash, name = local.partition("/") if prefix == "KGT" else ("", "", local)
        return self.entities.get(f"{prefix}:{kind}{slash}{slug(name)}")

    def document(self, key: str) -> Document | None:
        """Return a document by its id or CURIE."""
        for candidate in (key, _bare(key), *self._document_ids.get(key, ())[:1]):
            if candidate in self._document_at:
                return from_dict(Document, self._documents.read(self._document_at[candidate]))
        return None

    def parts(self, curie: str) -> list[str]:
        """Return the ids of the documents that are one work by their PMID or DOI."""
        return self._document_ids.get(curie, [])

    def evidence_of_document(self, document: str) -> list[tuple[str, Evidence]]:
        """Return the evidence of a document in text order, each with the id of the statement that it counts for."""
        found = [from_dict(Evidence, self._evidence.read(offset)) for offset in self._evidence_at.get(document, ())]
        found.sort(key=lambda e: (e.section, e.start, e.end, e.id))
        return [(canonical(e).statement_id, e) for e in found]

    def evidence_of_statement(self, statement: Statement) -> list[Evidence]:
        """Return a statement's evidence: for before against, the surest first."""
        wanted = set(statement.evidence)
        offsets = (offset for document in sorted(set(statement.documents)) for offset in self._evidence_at.get(document, ()))
        found = [e for e in (from_dict(Evidence, self._evidence.read(offset)) for offset in offsets) if e.id in wanted]
        return sorted(found, key=lambda e: (e.polarity != "positive", e.certainty != "asserted", -e.confidence, e.document, e.start, e.id))

    def contradicting(self, statement: str) -> list[str]:
        """Return the ids of the statements at odds with a statement, as the store has them."""
        return objects_of(self.graph, statement, "kg:contradicts")

    def named(self, document: str) -> set[str]:
        """Return the CURIEs of the entities that a document names; none where the graph's folder was replaced under us."""
        try:
            return self.graph.named(document)
        except OSError:
            return set()

    def search(self, text: str, most: int) -> list[Entity]:
        """Return the entities that a text names or begins or is part of the name of, best first."""
        return [self.entities[key] for key in self.names.find(name_key(text), most)]


def objects_of(graph: Graph, subject: str, predicate: str) -> list[str]:
    """Return the CURIEs of the objects of a subject and predicate, sorted; a look-up, no query."""
    found = graph.store.quads_for_pattern(ox.NamedNode(node(subject)[1:-1]), ox.NamedNode(node(predicate)[1:-1]), None)
    return sorted(shorten(quad.object.value) for quad in found if isinstance(quad.object, ox.NamedNode))


def _node(end: dict[str, Any]) -> str:
    return end.get("id") or node_id(Argument("", end["type"], end["name"]))


def _bare(key: str) -> str:
    prefix, _, local = key.partition(":")
    return {"PMID": local, "DOI": "doi:" + local, "KGDOC": local}.get(prefix.upper(), key)


def _groups(of_entity: dict[tuple[str, str], array[int]], ranks: list[tuple[bool, float, int]]) -> list[Group]:
    groups = []
    for (predicate, role), rows in of_entity.items():
        ordered = array("l", sorted(rows, key=ranks.__getitem__))
        groups.append(Group(predicate, role, ordered, ranks[ordered[0]][0]))
    place = {role: number for number, role in enumerate(("subject", "object"))}
    keyed = [((g.background, place.get(g.role, 2), _ORDER.get(g.predicate, len(_ORDER)), g.predicate, ROLES.index(g.role)), g) for g in groups]
    return [group for _, group in sorted(keyed, key=itemgetter(0))]
