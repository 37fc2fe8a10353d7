"""The one data model: Document -> Mention -> Grounding -> Evidence -> Statement.

Rule: frozen, slotted dataclasses of the standard library only; a stage maps records to new records and never edits one.
Offsets are code points, half-open, into ``Section.text``; ``section.text[m.start:m.end] == m.text`` holds everywhere.
Identifiers are CURIEs or content hashes, never random, so that the same input gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b


def content_id(*parts: object) -> str:
    """Return a 20-hex-digit hash of the parts; the same parts give the same id on every machine."""
    return blake2b("".join([f"{part}\x1f" for part in parts]).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text of a document: ``title``, ``abstract``, ``text`` or ``keywords``.

    A structured abstract has one section per part, named ``abstract``, ``abstract.2``, ``abstract.3`` and so on, with the
    part's ``label`` ("METHODS") kept beside the text, not in it. Names are unique within a document.
    """

    name: str
    text: str
    label: str = ""

    @property
    def kind(self) -> str:
        """The name without its part number: title, abstract, text or keywords."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Document:
    """A cited work with the text we have of it.

    ``id`` is the identifier as the source gives it (a bare PMID, the JSONL id, ``doi:10...``, else the file's name);
    ``kind`` is article, book, correction, reference (known only from a reference list) or deleted (withdrawn by its source);
    ``date`` is ISO 8601 as far as it is known ("2024", "2024-05", "2024-05-23"); ``cites`` holds ids of documents;
    ``version`` grows with each re-publication.
    """

    id: str
    sections: tuple[Section, ...]
    source: str = ""
    kind: str = "article"
    pmid: str = ""
    doi: str = ""
    pmcid: str = ""
    journal: str = ""
    citation: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    language: str = ""
    retracted: bool = False
    cites: tuple[str, ...] = ()
    version: int = 1

    @property
    def title(self) -> str:
        """The text of the title section, empty where there is none."""
        return next((s.text for s in self.sections if s.kind == "title"), "")

    @property
    def year(self) -> int | None:
        """The year of publication, if known."""
        return int(self.date[:4]) if self.date[:4].isdigit() else None

    @property
    def curie(self) -> str:
        """``PMID:...``, else ``DOI:...``, else ``KGDOC:...`` by the document's id."""
        if self.pmid:
            return "PMID:" + self.pmid
        return "DOI:" + self.doi.lower() if self.doi else "KGDOC:" + self.id

    def section(self, name: str) -> Section:
        """Return the section of that name; `KeyError` if there is none."""
        for section in self.sections:
            if section.name == name:
                return section
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Entity:
    """What a CURIE names: type, canonical name, exact matches in other vocabularies, synonyms, and flags.

    ``attributes`` are sorted pairs of plain strings, such as ``("is_kinase", "true")``, ``("kinase_group", "TK")``.
    """

    id: str
    type: str
    name: str
    xrefs: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def attribute(self, key: str) -> str:
        """Return an attribute's value, empty if it has none."""
        return dict(self.attributes).get(key, "")


@dataclass(frozen=True, slots=True)
class Grounding:
    """The entity chosen for a mention, with the score (0 to 1) of the choice and how it was made."""

    entity: Entity
    score: float
    method: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed span in a section; ``name`` is canonical even where no identifier was found (``grounding`` is None)."""

    section: str
    start: int
    end: int
    text: str
    type: str
    name: str
    grounding: Grounding | None = None
    recognizer: str = ""

    @property
    def entity_id(self) -> str:
        """The CURIE, or empty for an ungrounded mention."""
        return self.grounding.entity.id if self.grounding else ""


@dataclass(frozen=True, slots=True)
class Argument:
    """One end, or one qualifier, of a statement as a sentence gives it: the entity and the spans that name it.

    ``spans`` are offsets into the section's text; empty where the argument stands outside the sentence (its disease, say).
    ``id`` is empty for an ungrounded argument.
    """

    id: str
    type: str
    name: str
    xrefs: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The qualifiers of a statement: disease, biomarker (a Variant), therapy it holds under, line, model system, outcome."""

    disease: Argument | None = None
    biomarker: Argument | None = None
    therapy: Argument | None = None
    line: str = ""
    model_system: str = ""
    outcome: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What identifies the context: ids (names where ungrounded) and plain values."""
        ends = (self.disease, self.biomarker, self.therapy)
        return (*((a.id or a.name) if a else "" for a in ends), self.line, self.model_system, self.outcome)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence for or against a statement. Stored, resumed and audited; the graph is a projection of these."""

    document: str
    section: str
    start: int
    end: int
    sentence: str
    subject: Argument
    predicate: str
    object: Argument
    context: Context = field(default_factory=Context)
    polarity: str = "positive"
    certainty: str = "asserted"
    cues: tuple[tuple[int, int], ...] = ()
    extractor: str = ""
    confidence: float = 1.0

    @property
    def statement_id(self) -> str:
        """``KGS:`` and the hash of subject, predicate, object and context: what the evidence is for or against."""
        ends = (self.subject.id or self.subject.name, self.predicate, self.object.id or self.object.name)
        return "KGS:" + content_id(*ends, *self.context.key)

    @property
    def id(self) -> str:
        """``KGE:`` and the hash of the statement, the place in the document, polarity, certainty and extractor."""
        where = (self.document, self.section, self.start, self.end, self.subject.spans, self.object.spans)
        return "KGE:" + content_id(self.statement_id, *where, self.polarity, self.certainty, self.extractor)


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, predicate, object and context with all evidence for and against.

    ``belief`` (0 to 1) is over independent documents and extractor reliability; ``source`` is ``text`` for what was read
    and the vocabulary's name for background knowledge, which has no evidence and belief 1.
    """

    id: str
    subject: Argument
    predicate: str
    object: Argument
    context: Context
    evidence: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    n_for: int = 0
    n_against: int = 0
    n_speculated: int = 0
    belief: float = 0.0
    source: str = "text"

    @property
    def asserted(self) -> bool:
        """Whether any evidence speaks for it (background knowledge always does)."""
        return self.source != "text" or self.n_for > 0


@dataclass(frozen=True, slots=True)
class Annotation:
    """What extraction gave for one document."""

    document: Document
    mentions: tuple[Mention, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A document or record that could not be processed: where, at which stage, why, and what may help."""

    document: str
    stage: str
    error: str
    source: str = ""
