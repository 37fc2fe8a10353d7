"""Why a statement is believed: its sentences, with the arguments and cue words marked.

Rule: the pieces of a sentence join to exactly the sentence; marks are data, drawn by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.assembly import context_differences
from kg.errors import QueryError
from kg.graph.rdf import LINKS
from kg.graph.terms import node
from kg.model import Document, Evidence, Statement

if TYPE_CHECKING:
    from kg.graph.graph import Graph

#: how a statement is linked to another: the property, whether it points here, and what that means.
_RELATIONS = (
    ("kg:contradicts", False, "contradicted by"),
    ("kg:exception_to", True, "has the exception"),
    ("kg:exception_to", False, "is an exception to"),
    ("kg:refines", False, "refines"),
    ("kg:refines", True, "is refined by"),
)
ROLES = ("subject", "object", "disease", "biomarker", "therapy", "cue")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence and the roles it plays, in the order of `ROLES`; none for plain text."""

    text: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExplainedEvidence:
    """One evidence with its document (None if the graph lacks it) and its sentence in pieces."""

    evidence: Evidence
    document: Document | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another statement that bears on an explained one: how, and the context fields that differ with what each says (here, there)."""

    relation: str
    statement: Statement
    differs: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A statement, its evidence (for before against, the surest first), and the statements that contradict, limit or refine it."""

    statement: Statement
    evidence: tuple[ExplainedEvidence, ...]
    related: tuple[Related, ...] = ()


def find_statement(graph: Graph, key: str) -> Statement:
    """Return the statement whose id is or begins with the key (``KGS:`` may be left out); `QueryError` if not exactly one."""
    wanted = key if key.upper().startswith("KGS:") else "KGS:" + key
    wanted = "KGS:" + wanted[4:].lower()
    if wanted in graph.statements:
        return graph.statements[wanted]
    found = [i for i in graph.statements if i.startswith(wanted)] if len(wanted) > 4 else []
    if not found:
        raise QueryError(f"no statement '{key}' in {graph.folder}; ids are shown by 'kg query'")
    if len(found) > 1:
        raise QueryError(f"'{key}' begins {len(found)} statement ids ({', '.join(sorted(found)[:5])}, ...); give more digits")
    return graph.statements[found[0]]


def explain_statement(graph: Graph, statement: Statement) -> Explanation:
    """Return a statement's evidence, each sentence cut into marked pieces."""
    found = [graph.evidence[i] for i in statement.evidence if i in graph.evidence]
    found.sort(key=lambda e: (e.polarity != "positive", e.certainty != "asserted", -e.confidence, e.document, e.start, e.id))
    explained = tuple(ExplainedEvidence(e, graph.documents.get(e.document), mark_sentence(e)) for e in found)
    return Explanation(statement, explained, tuple(related_statements(graph, statement)))


def related_statements(graph: Graph, statement: Statement) -> list[Related]:
    """Return the statements that the build linked to one: what contradicts it first, each kind with the most believed first."""
    here, links = node(statement.id), " ".join(map(node, LINKS))
    text = f"""SELECT DISTINCT ?link ?inward ?other WHERE {{
  VALUES ?link {{ {links} }} {{ {here} ?link ?other . BIND(false AS ?inward) }} UNION {{ ?other ?link {here} . BIND(true AS ?inward) }}
}}"""
    rows: dict[tuple[str, bool], list[Statement]] = {}
    for link, inward, other in graph.query(sparql=text):
        if other in graph.statements:
            rows.setdefault((link, inward), []).append(graph.statements[other])
    found = []
    for link, inward, relation in _RELATIONS:
        for other in sorted(rows.get((link, inward), ()), key=lambda s: (-s.belief, s.id)):
            found.append(Related(relation, other, tuple(context_differences(statement, other))))
    return found


def mark_sentence(evidence: Evidence) -> tuple[Piece, ...]:
    """Return a sentence cut where a mark begins or ends; spans outside the sentence are left out, overlaps keep all roles."""
    spans = [(role, a - evidence.start, b - evidence.start) for role, a, b in _spans(evidence) if evidence.start <= a < b <= evidence.end]
    cuts = sorted({0, len(evidence.sentence), *(x for _, a, b in spans for x in (a, b))})
    pieces = []
    for start, end in pairwise(cuts):
        roles = {role for role, a, b in spans if a <= start and end <= b}
        pieces.append(Piece(evidence.sentence[start:end], tuple(r for r in ROLES if r in roles)))
    return tuple(pieces)


def _spans(evidence: Evidence) -> list[tuple[str, int, int]]:
    context = evidence.context
    ends = {"subject": evidence.subject, "object": evidence.object, "disease": context.disease, "biomarker": context.biomarker}
    ends["therapy"] = context.therapy
    marked = [(role, a, b) for role, end in ends.items() if end is not None for a, b in end.spans]
    return marked + [("cue", a, b) for a, b in evidence.cues]
