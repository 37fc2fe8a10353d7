"""What must hold of the records of every graph, whatever made it: offsets cut what they claim, ids are the hashes of what they name, counts add up.

Rule: reads each file once, names the first few records that break a rule and counts the rest; the store is asked for its numbers only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.assembly.statements import canonical
from kg.graph.terms import GRAPHS, node
from kg.model import Document, Evidence, Statement
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
    documents = {document.id: document for document in graph.read_documents()}
    for name in documents:
        _check_mentions(graph, documents[name], broken)
    groups: dict[str, dict[str, Evidence]] = {}
    for evidence in graph.read_evidence():
        _check_evidence(evidence, documents.get(evidence.document), broken)
        groups.setdefault(canonical(evidence).statement_id, {})[evidence.id] = evidence
    entities = {entity.id for entity in graph.read_entities()}
    for statement in graph.read_statements():
        _check_statement(statement, groups.pop(statement.id, {}), documents, entities, broken)
    for key in groups:
        broken.add("evidence without a statement", key)
    return [*broken.lines(), *_store_lines(graph)]


def _check_mentions(graph: Graph, document: Document, broken: Broken) -> None:
    texts = {section.name: section.text for section in document.sections}
    for mention in graph.mentions(document.id):
        if texts.get(mention.section, "")[mention.start : mention.end] != mention.text:
            broken.add("a mention is not what its offsets cut from the text", f"{document.id} {mention.section} {mention.start}-{mention.end}")


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


def _check_statement(statement: Statement, group: dict[str, Evidence], documents: dict[str, Document], entities: set[str], broken: Broken) -> None:
    if statement.predicate not in PREDICATES:
        broken.add("an unknown predicate", f"{statement.id} {statement.predicate}")
    if not 0 <= statement.belief <= 1:
        broken.add("a belief is not between 0 and 1", statement.id)
    if any(end.id and end.id not in entities for end in (statement.subject, statement.object)):
        broken.add("an end of a statement has no entity", statement.id)
    if statement.source != "text":
        return
    if set(group) != set(statement.evidence):
        broken.add("a statement's evidence is not that which names it", statement.id)
        return
    valid = [e for e in group.values() if e.document in documents and not documents[e.document].retracted]
    positive = sum(e.polarity == Polarity.POSITIVE for e in valid)
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
