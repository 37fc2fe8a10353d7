"""Evidence grouped into statements.

Rule: same subject, predicate, object and context are one statement; the ends of a symmetric predicate are put in the order
of their ids first. Nothing about a statement depends on the order in which its evidence arrives.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kg.assembly.belief import believe
from kg.model import Argument, Context, Document, Entity, Evidence, Statement, content_id
from kg.vocab import PREDICATES, Certainty, Polarity


def statement_id(subject: str, predicate: str, object: str, context: Context | None = None) -> str:
    """Return the id of a statement from the ids of its ends; equals `Evidence.statement_id` for the same four."""
    return "KGS:" + content_id(subject, predicate, object, *(context or Context()).key)


def canonical(evidence: Evidence) -> Evidence:
    """Return the evidence with the ends of a symmetric predicate in the order of their ids; its own id may change."""
    predicate = PREDICATES.get(evidence.predicate)
    if predicate is None or not predicate.symmetric or _key(evidence.subject) <= _key(evidence.object):
        return evidence
    return replace(evidence, subject=evidence.object, object=evidence.subject)


def argument_of(entity: Entity) -> Argument:
    """Return an entity as an end of a statement."""
    return Argument(entity.id, entity.type, entity.name, entity.xrefs)


def assemble_statements(
    evidence: Iterable[Evidence], documents: Mapping[str, Document] | Collection[str] = (), works: Mapping[str, str] | None = None
) -> list[Statement]:
    """Return the statements that the evidence is for or against, sorted by id.

    ``documents`` gives the documents by id, or just the ids of the retracted ones. Evidence of a retracted document stays
    listed under its statement but counts neither for nor against, and lends no belief. ``works`` maps document ids to the
    publication they are of; it follows from ``documents`` where these are given.
    """
    if works is None and isinstance(documents, Mapping):
        works = {key: document.curie for key, document in documents.items()}
    retracted = _retracted(documents)
    groups: dict[str, dict[str, Evidence]] = {}
    for one in evidence:
        turned = canonical(one)
        groups.setdefault(turned.statement_id, {})[one.id] = turned
    return [_statement(key, groups[key], retracted, works) for key in sorted(groups)]


def _retracted(documents: Mapping[str, Document] | Collection[str]) -> frozenset[str]:
    if isinstance(documents, Mapping):
        return frozenset(key for key, document in documents.items() if document.retracted)
    return frozenset(documents)


def _statement(key: str, group: Mapping[str, Evidence], retracted: frozenset[str], works: Mapping[str, str] | None) -> Statement:
    ids = sorted(group)
    members = [group[i] for i in ids]
    valid = [e for e in members if e.document not in retracted]
    positive = [e for e in valid if e.polarity == Polarity.POSITIVE]
    return Statement(
        id=key,
        subject=_plain([e.subject for e in members]),
        predicate=members[0].predicate,
        object=_plain([e.object for e in members]),
        context=_context([e.context for e in members]),
        evidence=tuple(ids),
        documents=tuple(sorted({e.document for e in members})),
        n_for=len(positive),
        n_against=len(valid) - len(positive),
        n_speculated=sum(e.certainty == Certainty.SPECULATED for e in positive),
        belief=believe(valid, works=works),
    )


def _key(argument: Argument) -> str:
    return argument.id or argument.name


def _plain(arguments: Sequence[Argument]) -> Argument:
    """The argument without its spans; where records of one id differ, the first in sort order."""
    first = arguments[0] if len(arguments) == 1 else min(arguments, key=lambda a: (a.type, a.name, a.xrefs))
    return Argument(first.id, first.type, first.name, first.xrefs) if first.spans else first


def _context(contexts: list[Context]) -> Context:
    def end(name: str) -> Argument | None:
        found = [getattr(c, name) for c in contexts if getattr(c, name) is not None]
        return _plain(found) if found else None

    first = contexts[0]
    return Context(end("disease"), end("biomarker"), end("therapy"), first.line, first.model_system, first.outcome)
