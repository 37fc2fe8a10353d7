"""What `kg annotate` prints of one document: a JSON row, or PubTator.

Rule: the row has exactly the shape of the interface (`docs/interfaces.md`), PubTator exactly that of NCBI's format; neither
rewrites the text. Both report sections by kind: the parts of a structured abstract count as one ``abstract``, joined by
one space, and offsets count into that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.model import Annotation, Argument, Context, Document, Evidence, Mention

#: our types as PubTator files of NCBI name them; finer types are folded into the ones those files draw.
PUBTATOR_TYPES = {
    "GeneFamily": "Gene",
    "Variant": "SequenceVariant",
    "Drug": "Chemical",
    "DrugClass": "Chemical",
    "Phenotype": "Disease",
    "Organism": "OrganismTaxon",
}
#: PubTator type -> prefixes of the identifiers its gold standards use, best first, and whether the prefix is written.
_PUBTATOR_IDS: dict[str, tuple[tuple[str, bool], ...]] = {
    "Gene": (("NCBIGene", False),),
    "Disease": (("MESH", False), ("OMIM", True)),
    "Chemical": (("MESH", False), ("CHEBI", True)),
    "SequenceVariant": (("dbSNP", False),),
    "OrganismTaxon": (("NCBITaxon", False),),
    "CellLine": (("CVCL", True),),
}
#: what ends a line for some reader or a cell in a table; each becomes one space, so that offsets hold.
_BREAKS = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), " ")


def annotation_row(annotation: Annotation, every: bool = False) -> dict[str, Any]:
    """Return the annotation of a document as plain values, in the shape of ``kg annotate --format jsonl``.

    Each thing that a document says is given once, with the sentence that says it best; ``every`` gives all sentences.
    """
    shift = _shifts(annotation.document)
    return {
        "id": annotation.document.id,
        "mentions": [_mention(m, shift) for m in annotation.mentions],
        "evidence": [_evidence(e, shift) for e in (annotation.evidence if every else best_evidence(annotation.evidence))],
    }


def best_evidence(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the surest evidence of each subject, predicate, object and polarity, in text order; of equals the first."""
    best: dict[tuple[str, str, str, str], tuple[int, Evidence]] = {}
    for number, one in enumerate(evidence):
        key = (one.subject.id or one.subject.name, one.predicate, one.object.id or one.object.name, one.polarity)
        if key not in best or one.confidence > best[key][1].confidence:
            best[key] = (number, one)
    return [one for _, one in sorted(best.values(), key=lambda found: found[0])]


def _shifts(document: Document) -> dict[str, int]:
    """Where each section begins within the joined text of its kind."""
    length: dict[str, int] = {}
    shifts = {}
    for section in document.sections:
        shifts[section.name] = length.get(section.kind, 0)
        length[section.kind] = shifts[section.name] + len(section.text) + 1
    return shifts


def _kind(section: str) -> str:
    return section.partition(".")[0]


def _mention(mention: Mention, shift: dict[str, int]) -> dict[str, Any]:
    move = shift.get(mention.section, 0)
    grounding = mention.grounding
    return {
        "section": _kind(mention.section),
        "start": mention.start + move,
        "end": mention.end + move,
        "text": mention.text,
        "type": str(mention.type),
        "id": grounding.entity.id if grounding else None,
        "name": mention.name,
        "score": round(grounding.score, 4) if grounding else 0.0,
        "xrefs": list(grounding.entity.xrefs) if grounding else [],
    }


def _evidence(evidence: Evidence, shift: dict[str, int]) -> dict[str, Any]:
    move = shift.get(evidence.section, 0)
    return {
        "subject": _argument(evidence.subject, move),
        "predicate": evidence.predicate,
        "object": _argument(evidence.object, move),
        "context": _context(evidence.context),
        "polarity": str(evidence.polarity),
        "certainty": str(evidence.certainty),
        "section": _kind(evidence.section),
        "start": evidence.start + move,
        "end": evidence.end + move,
        "sentence": evidence.sentence,
        "confidence": round(evidence.confidence, 4),
    }


def _argument(argument: Argument, move: int) -> dict[str, Any]:
    named = {"id": argument.id or None, "type": str(argument.type), "name": argument.name}
    return {**named, "xrefs": list(argument.xrefs), "spans": [[a + move, b + move] for a, b in argument.spans]}


def _context(context: Context) -> dict[str, Any]:
    ends = {"disease": context.disease, "biomarker": context.biomarker, "therapy": context.therapy}
    row: dict[str, Any] = {k: {"id": a.id or None, "type": str(a.type), "name": a.name} for k, a in ends.items() if a is not None}
    row.update((k, v) for k in ("line", "model_system", "outcome") if (v := getattr(context, k)))
    return row


def write_pubtator(annotation: Annotation) -> str:
    """Return a document as one PubTator block with the empty line that ends it.

    Offsets count into ``title + " " + abstract``; mentions of keywords have no place in the format and are left out.
    Identifiers are those of NCBI's gold standards where an entity has one (Entrez, MeSH), else our CURIE, else ``-``.
    """
    document = annotation.document
    key = (document.pmid or document.id).translate(_BREAKS).replace("|", "_")
    title = " ".join(s.text for s in document.sections if s.kind == "title")
    body = " ".join(s.text for s in document.sections if s.kind in ("abstract", "text"))
    lines = [f"{key}|t|{title.translate(_BREAKS)}", f"{key}|a|{body.translate(_BREAKS)}"]
    starts = _pubtator_starts(document, len(title) + 1)
    ids: dict[str, str] = {}
    for m in sorted(annotation.mentions, key=lambda m: (starts.get(m.section, 0) + m.start, m.end, m.type)):
        if m.section in starts:
            kind = PUBTATOR_TYPES.get(m.type, str(m.type))
            found = _pubtator_id(kind, m.entity_id, m.grounding.entity.xrefs if m.grounding else ())
            ids[m.entity_id] = found
            at = starts[m.section]
            lines.append("\t".join((key, str(at + m.start), str(at + m.end), m.text.translate(_BREAKS), kind, found)))
    lines.extend(_relations(key, annotation))
    return "\n".join(lines) + "\n\n"


def _pubtator_starts(document: Document, body: int) -> dict[str, int]:
    starts, title = {}, 0
    for section in document.sections:
        if section.kind == "title":
            starts[section.name] = title
            title += len(section.text) + 1
        elif section.kind in ("abstract", "text"):
            starts[section.name] = body
            body += len(section.text) + 1
    return starts


def _pubtator_id(kind: str, entity_id: str, xrefs: tuple[str, ...]) -> str:
    for prefix, written in _PUBTATOR_IDS.get(kind, ()):
        for found in (entity_id, *xrefs):
            if found.startswith(prefix + ":"):
                return found if written else found[len(prefix) + 1 :]
    return entity_id.translate(_BREAKS) or "-"


def _relations(key: str, annotation: Annotation) -> list[str]:
    """Relation lines of the positive evidence between grounded arguments, each pair and predicate once."""
    lines: dict[str, None] = {}
    for e in annotation.evidence:
        if e.polarity == "positive" and e.subject.id and e.object.id:
            ends = (_pubtator_id(PUBTATOR_TYPES.get(a.type, str(a.type)), a.id, a.xrefs) for a in (e.subject, e.object))
            lines["\t".join((key, e.predicate, *ends))] = None
    return list(lines)
