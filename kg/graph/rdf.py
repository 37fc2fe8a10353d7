"""Records as RDF: one function per kind of record, each returning its N-Quads lines in their named graph.

Rule: the named graphs are those of the schema (`docs/schema.md`): ``assertions``, ``statements``, ``evidence``, ``entities``,
``ontology``, and ``documents``. A statement none of whose evidence is positive is not in ``assertions``. No blank nodes:
parts of an evidence are named after it, so the same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.assembly import Contradiction, Refinement
from kg.graph.terms import GRAPHS, literal, name_key, node, node_id
from kg.model import Argument, Document, Entity, Evidence, Statement
from kg.vocab import CATEGORY, PREDICATES, Polarity, slug

#: gives the CURIE of a document's id.
DocumentCurie = Callable[[str], str]

#: what links a statement to another one; found by the build, and told by the store only.
LINKS = ("kg:contradicts", "kg:refines", "kg:exception_to")
#: named graph -> what ends a line of it.
_ENDS = {name: f" <{address}> .\n" for name, address in GRAPHS.items()}
_EMPTY = literal("")
#: attribute names that would be read as one of our properties.
_TAKEN = {*PREDICATES, "key", "source", "belief", "biomarker", "therapy", "year"}
_CATEGORIES = {str(kind): name for kind, name in CATEGORY.items()}
_KINDS = {"article": "bibo:AcademicArticle", "book": "bibo:Book", "reference": "bibo:Document", "correction": "bibo:Document"}
_DATES = {4: "gYear", 7: "gYearMonth", 10: "date"}


class _Lines:
    """Triples about one subject as lines of one named graph."""

    __slots__ = ("_end", "_subject", "lines")

    def __init__(self, graph: str, subject: str) -> None:
        self._end = _ENDS[graph]
        self._subject = subject
        self.lines: list[str] = []

    def add(self, predicate: str, *objects: str) -> None:
        """Add one line for each object, which is an N-Quads term already."""
        start = f"{self._subject} {node(predicate)} "
        self.lines += [f"{start}{term}{self._end}" for term in objects]

    def text(self, predicate: str, *values: str | bool | int | float) -> None:
        """Add literals; empty text is left out."""
        start = f"{self._subject} {node(predicate)} "
        self.lines += [f"{start}{literal(value)}{self._end}" for value in values if value != ""]


def document_curie(document_id: str) -> str:
    """Return the CURIE that an id alone suggests: ``PMID:`` for digits, ``DOI:`` for a DOI, else ``KGDOC:``."""
    if document_id.isascii() and document_id.isdigit():
        return "PMID:" + document_id
    low = document_id.lower()
    if low.startswith("doi:10."):
        return "DOI:" + low[4:]
    return "KGDOC:" + document_id


def entity_quads(entity: Entity) -> list[str]:
    """Return an entity: types, label, synonyms, exact matches, attributes and the keys under which queries find it."""
    out = _Lines("entities", node(entity.id))
    out.add("rdf:type", node("kg:" + slug(entity.type)), node(category(entity.type)))
    out.text("rdfs:label", entity.name)
    out.text("skos:altLabel", *entity.synonyms)
    out.add("skos:exactMatch", *(node(x) for x in entity.xrefs))
    for key, value in entity.attributes:
        out.text("kg:" + (f"attribute_{slug(key)}" if key in _TAKEN else slug(key)), value)
    out.text("kg:key", *sorted({name_key(n) for n in (entity.name, *entity.synonyms, entity.id, *entity.xrefs)}))
    return out.lines


def category(entity_type: str) -> str:
    """Return the Biolink category of a type, ``biolink:NamedThing`` for one that is not ours."""
    return _CATEGORIES.get(entity_type, "biolink:NamedThing")


def document_quads(document: Document) -> list[str]:
    """Return a document's bibliographic record and whether it was retracted; its text stays outside."""
    out = _Lines("documents", node(document.curie))
    out.add("rdf:type", node("kg:Document"), node(_KINDS.get(document.kind, "bibo:Document")))
    out.text("dcterms:identifier", document.id)
    out.text("dcterms:title", document.title)
    out.text("kg:journal", document.journal)
    out.text("dcterms:bibliographicCitation", document.citation)
    out.text("bibo:pmid", document.pmid)
    out.text("bibo:doi", document.doi)
    out.text("kg:pmcid", document.pmcid)
    out.text("dc:creator", *document.authors)
    out.text("dc:subject", *document.keywords)
    out.text("dc:language", document.language)
    if document.year is not None:
        out.text("kg:year", document.year)
        kind = _DATES.get(len(document.date))
        out.add("dcterms:date", f"{literal(document.date)}^^{node('xsd:' + kind)}" if kind else literal(document.date))
    if document.retracted:
        out.text("kg:retracted", True)
    return out.lines


def citation_quads(document: str, cites: Iterable[str], curie: DocumentCurie) -> list[str]:
    """Return what a document, given by its CURIE, cites; apart from its record because the cited may come after it."""
    out = _Lines("documents", node(document))
    out.add("bibo:cites", *(node(curie(c)) for c in cites))
    return out.lines


def mention_quads(document_id: str, entity_ids: Iterable[str], curie: DocumentCurie) -> list[str]:
    """Return one ``biolink:mentions`` for each entity that a document names; an id may be given several times."""
    out = _Lines("documents", node(curie(document_id)))
    out.add("biolink:mentions", *map(node, sorted(set(entity_ids) - {""})))
    return out.lines


def statement_quads(statement: Statement, curie: DocumentCurie, years: Mapping[str, int]) -> list[str]:
    """Return the node of a statement; ``years`` are those of the documents, by id."""
    out = _Lines("statements", node(statement.id))
    subject, predicate, object = node(node_id(statement.subject)), node("kg:" + statement.predicate), node(node_id(statement.object))
    out.add("rdf:type", node("biolink:Association"), node("kg:Statement"))
    out.add("rdf:subject", subject)
    out.add("rdf:predicate", predicate)
    out.add("rdf:object", object)
    for name, end in context_ends(statement):
        out.add(name, node(node_id(end)))
    out.text("kg:line", statement.context.line)
    out.text("kg:model_system", statement.context.model_system)
    out.text("kg:outcome", statement.context.outcome)
    out.text("kg:belief", float(statement.belief))
    out.text("kg:n_for", statement.n_for)
    out.text("kg:n_against", statement.n_against)
    out.text("kg:n_speculated", statement.n_speculated)
    out.text("kg:source", statement.source)
    if statement.n_for and statement.n_against:
        out.text("kg:disputed", True)
    known = [years[d] for d in statement.documents if d in years]
    if known:
        out.text("kg:first_year", min(known))
    out.add("biolink:has_evidence", *(node(e) for e in statement.evidence))
    out.add("biolink:publications", *(node(curie(d)) for d in statement.documents))
    return out.lines


def assertion_quads(statement: Statement) -> list[str]:
    """Return the plain triple of a statement, if it is asserted."""
    if not statement.asserted:
        return []
    out = _Lines("assertions", node(node_id(statement.subject)))
    out.add("kg:" + statement.predicate, node(node_id(statement.object)))
    return out.lines


def context_ends(statement: Statement) -> Iterator[tuple[str, Argument]]:
    """Yield the qualifiers of a statement that are entities, each with its property."""
    context = statement.context
    for name, end in (
        ("biolink:disease_context_qualifier", context.disease),
        ("kg:biomarker", context.biomarker),
        ("kg:therapy", context.therapy),
    ):
        if end is not None:
            yield name, end


def count_quads(predicate: str, source: str, statements: int, opposed: int) -> list[str]:
    """Return how many statements of a predicate come from a source, and how many of them have evidence against."""
    out = _Lines("statements", node(f"kg:count/{predicate}/{slug(source)}"))
    out.add("rdf:type", node("kg:StatementCount"))
    out.add("kg:of_predicate", node("kg:" + predicate))
    out.text("kg:of_source", source)
    out.text("kg:n_statements", statements)
    out.text("kg:n_opposed", opposed)
    return out.lines


def contradiction_quads(found: Contradiction) -> list[str]:
    """Return ``kg:contradicts`` both ways for two statements at odds; nothing for one whose evidence is divided."""
    pairs = () if found.divided else ((found.first, found.second), (found.second, found.first))
    return [f"{node(one.id)} {node('kg:contradicts')} {node(other.id)}{_ENDS['statements']}" for one, other in pairs]


def refinement_quads(found: Refinement) -> list[str]:
    """Return ``kg:refines``, or ``kg:exception_to`` for one that says the opposite, from the specific statement to the general one."""
    link = "kg:exception_to" if found.exception else "kg:refines"
    return [f"{node(found.specific.id)} {node(link)} {node(found.general.id)}{_ENDS['statements']}"]


def evidence_quads(evidence: Evidence, statement_id: str, curie: DocumentCurie) -> list[str]:
    """Return an evidence: a PROV entity derived from its document, and a Web Annotation of a quote at a position.

    Positions are code points into the text of ``kg:section``, half-open; spans are ``start-end``.
    """
    name, source = node(evidence.id), node(curie(evidence.document))
    quote, position = name[:-1] + "#quote>", name[:-1] + "#position>"
    sentence = literal(evidence.sentence)
    about = [
        ("rdf:type", node("kg:Evidence")),
        ("rdf:type", node("prov:Entity")),
        ("rdf:type", node("oa:SpecificResource")),
        ("kg:supports" if evidence.polarity == Polarity.POSITIVE else "kg:opposes", node(statement_id)),
        ("prov:wasDerivedFrom", source),
        ("oa:hasSource", source),
        ("kg:section", literal(evidence.section)),
        ("biolink:supporting_text", sentence),
        ("kg:polarity", literal(evidence.polarity)),
        ("kg:certainty", literal(evidence.certainty)),
        ("kg:confidence", literal(float(evidence.confidence))),
        ("kg:extractor", literal(evidence.extractor)),
        *(("kg:subject_span", f'"{a}-{b}"') for a, b in evidence.subject.spans),
        *(("kg:object_span", f'"{a}-{b}"') for a, b in evidence.object.spans),
        *(("kg:cue_span", f'"{a}-{b}"') for a, b in evidence.cues),
        ("oa:hasSelector", quote),
        ("oa:hasSelector", position),
    ]
    exact = [("rdf:type", node("oa:TextQuoteSelector")), ("oa:exact", sentence)]
    place = [("rdf:type", node("oa:TextPositionSelector")), ("oa:start", literal(evidence.start)), ("oa:end", literal(evidence.end))]
    return [*_quads("evidence", name, about), *_quads("evidence", quote, exact), *_quads("evidence", position, place)]


def _quads(graph: str, subject: str, about: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What is said of a subject, as (predicate, term); empty text is left out."""
    end = _ENDS[graph]
    return (f"{subject} {node(predicate)} {term}{end}" for predicate, term in about if term != _EMPTY)
