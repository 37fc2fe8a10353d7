"""What must hold of the records of every graph, whatever made it: offsets cut what they claim, ids are the hashes of what they name, counts add up.

Rule: each file is streamed and what must agree is looked up in a database on disk, so that memory stays flat; the first few records that break a
rule are named and the rest counted; the store is asked for its numbers only.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.assembly.statements import canonical
from kg.graph.terms import GRAPHS, node
from kg.model import Document, Evidence, Statement
from kg.records import from_dict
from kg.vocab import PREDICATES, Polarity

if TYPE_CHECKING:
    from kg.graph.graph import Graph

#: broken records that are named for each rule.
NAMED = 3


class Broken:
    """Rules that were broken: how often, and by which records first."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.first: dict[str, list[str]] = {}

    def add(self, rule: str, record: str) -> None:
        """Note that a record breaks a rule."""
        self.counts[rule] += 1
        if self.counts[rule] <= NAMED:
            self.first.setdefault(rule, []).append(record)

    def lines(self) -> list[str]:
        """Return one line a broken rule: how many records, and the first of them."""
        return [f"{rule}: {count:,} ({', '.join(self.first[rule])}{', ...' if count > NAMED else ''})" for rule, count in sorted(self.counts.items())]


def broken_invariants(graph: Graph) -> list[str]:
    """Return one line for each rule that the records of a graph break; an empty list if all hold."""
    broken = Broken()
    known = _Known(graph)
    _check_mentions(graph, known, broken)
    for evidence in graph.read_evidence():
        document = known.document(evidence.document)
        _check_evidence(evidence, document, broken)
        known.add_evidence(evidence, document)
    for statement in graph.read_statements():
        _check_statement(statement, known, broken)
    for key in known.evidence_without_statement():
        broken.add("evidence without a statement", key)
    return [*broken.lines(), *_store_lines(graph)]


_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA cache_size = -20000;
CREATE TABLE documents (id BLOB PRIMARY KEY, place INTEGER) WITHOUT ROWID;
CREATE TABLE entities (id BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE statements (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE evidence (statement TEXT, id TEXT, vote TEXT, PRIMARY KEY (statement, id)) WITHOUT ROWID;
"""


class _Known:
    """What the records of one file must agree with in another, in a database on disk that ends with this object."""

    def __init__(self, graph: Graph) -> None:
        self._database = sqlite3.connect("")
        self._database.executescript(_TABLES)
        self._documents = (graph.data / "documents.jsonl").open("rb")
        self._database.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?)", self._places())
        self._database.executemany("INSERT OR IGNORE INTO entities VALUES (?)", ((_key(entity.id),) for entity in graph.read_entities()))
        self._last: Document | None = None

    def _places(self) -> Iterator[tuple[bytes, int]]:
        place = 0
        for line in self._documents:
            yield _key(json.loads(line)["id"]), place
            place += len(line)

    def document(self, name: str) -> Document | None:
        """The document of an id; the last one is kept, since records of one document stand together."""
        if self._last is None or self._last.id != name:
            found = self._database.execute("SELECT place FROM documents WHERE id = ?", (_key(name),)).fetchone()
            if found is None:
                return None
            self._documents.seek(found[0])
            self._last = from_dict(Document, json.loads(self._documents.readline()))
        return self._last

    def entity(self, key: str) -> bool:
        return self._database.execute("SELECT 1 FROM entities WHERE id = ?", (_key(key),)).fetchone() is not None

    def add_evidence(self, evidence: Evidence, document: Document | None) -> None:
        vote = "" if document is None or document.retracted else evidence.polarity
        self._database.execute("INSERT OR REPLACE INTO evidence VALUES (?, ?, ?)", (canonical(evidence).statement_id, evidence.id, vote))

    def votes(self, statement: str) -> dict[str, str]:
        """The evidence of a statement by id, with its polarity where it counts."""
        self._database.execute("INSERT OR IGNORE INTO statements VALUES (?)", (statement,))
        return dict(self._database.execute("SELECT id, vote FROM evidence WHERE statement = ?", (statement,)))

    def evidence_without_statement(self) -> Iterator[str]:
        asked = "SELECT DISTINCT statement FROM evidence e WHERE NOT EXISTS (SELECT 1 FROM statements s WHERE s.id = e.statement)"
        return (str(key) for (key,) in self._database.execute(asked))


def _key(name: str) -> bytes:
    """An id as the database keeps it: any text, lone surrogates too."""
    return name.encode("utf-8", "surrogatepass")


def _check_mentions(graph: Graph, known: _Known, broken: Broken) -> None:
    with (graph.data / "mentions.jsonl").open(encoding="utf-8") as rows:
        for line in rows:
            row = json.loads(line)
            document = known.document(row["document"])
            if document is None:
                broken.add("mentions of a document that is not there", row["document"])
                continue
            texts = {section.name: section.text for section in document.sections}
            for mention in row["mentions"]:
                section, start, end = mention["section"], mention["start"], mention["end"]
                if texts.get(section, "")[start:end] != mention["text"]:
                    broken.add("a mention is not what its offsets cut from the text", f"{document.id} {section} {start}-{end}")
                if "grounding" in mention and not known.entity(mention["grounding"]["entity"]):
                    broken.add("a mention's entity has no record", f"{document.id} {mention['grounding']['entity']}")


def _check_evidence(evidence: Evidence, document: Document | None, broken: Broken) -> None:
    if document is None:
        broken.add("evidence from a document that is not there", evidence.id)
        return
    text = next((section.text for section in document.sections if section.name == evidence.section), "")
    if text[evidence.start : evidence.end] != evidence.sentence:
        broken.add("a sentence is not what its offsets cut from the text", evidence.id)
    ends = (evidence.subject, evidence.object, evidence.context.disease, evidence.context.biomarker, evidence.context.therapy)
    spans = [span for end in ends if end is not None for span in end.spans] + list(evidence.cues)
    if any(not 0 <= start < end <= len(text) for start, end in spans):
        broken.add("a span lies outside its text", evidence.id)
    if not 0 <= evidence.confidence <= 1:
        broken.add("a confidence is not between 0 and 1", evidence.id)


def _check_statement(statement: Statement, known: _Known, broken: Broken) -> None:
    if statement.predicate not in PREDICATES:
        broken.add("an unknown predicate", f"{statement.id} {statement.predicate}")
    if not 0 <= statement.belief <= 1:
        broken.add("a belief is not between 0 and 1", statement.id)
    if any(end.id and not known.entity(end.id) for end in (statement.subject, statement.object)):
        broken.add("an end of a statement has no entity", statement.id)
    votes = known.votes(statement.id)
    if statement.source != "text":
        return
    if set(votes) != set(statement.evidence):
        broken.add("a statement's evidence is not that which names it", statement.id)
        return
    valid = [vote for vote in votes.values() if vote]
    positive = sum(vote == Polarity.POSITIVE for vote in valid)
    if (positive, len(valid) - positive) != (statement.n_for, statement.n_against):
        broken.add("a statement's counts are not those of its evidence", statement.id)


def _store_lines(graph: Graph) -> Iterator[str]:
    """Whether the store has as many statements, evidences and documents as the files."""
    kinds = {"statements": ("statements", "kg:Statement"), "evidence": ("evidence", "kg:Evidence"), "documents": ("documents", "kg:Document")}
    for name, (where, kind) in kinds.items():
        pattern = (None, ox.NamedNode(node("rdf:type")[1:-1]), ox.NamedNode(node(kind)[1:-1]), ox.NamedNode(GRAPHS[where]))
        found = sum(1 for _ in graph.store.quads_for_pattern(*pattern))
        expected = graph.manifest["counts"][name]
        # several documents may be records of one publication, which is one node
        if found != expected and not (name == "documents" and 0 < found < expected):
            yield f"the store has {found:,} {name}, the manifest says {expected:,}"
