"""Our SKOS scheme of resistance, response, outcome, biomarker and strategy concepts, read from ``ontologies/concepts.ttl``.

Rule: the Turtle file is the source; this module only reads it.
"""

from __future__ import annotations

from pathlib import Path

from rdflib import RDF, SKOS, Graph

from kg.errors import ReadError
from kg.lexicon.compiler.drafts import Vocabulary
from kg.lexicon.folding import EXACT
from kg.vocab import PREFIXES, concept_id, iri


def add_concepts(vocabulary: Vocabulary, path: Path) -> None:
    """Add every concept with labels, broader concepts and exact matches; an upper-case label must be written so."""
    graph = Graph()
    try:
        graph.parse(path, format="turtle")
    except (OSError, SyntaxError, ValueError) as error:
        raise ReadError(str(path), f"not valid Turtle ({error})", "mend the file") from error
    places = {
        iri(concept_id(str(graph.value(s, SKOS.prefLabel)))): concept_id(str(graph.value(s, SKOS.prefLabel)))
        for s in graph.subjects(RDF.type, SKOS.Concept)
    }
    for subject in sorted(graph.subjects(RDF.type, SKOS.Concept), key=str):
        curie = places.get(str(subject))
        name = str(graph.value(subject, SKOS.prefLabel))
        if curie is None:
            raise ReadError(str(path), f"{subject} does not carry the identifier of its prefLabel {name!r}", f"name it {iri(concept_id(name))}")
        draft = vocabulary.draft(curie, "Concept", name)
        draft.add(name, "concept")
        for label in sorted(map(str, graph.objects(subject, SKOS.altLabel))):
            draft.add(label, "abbreviation" if _short(label) else "concept", EXACT if _short(label) else -1)
        for broader in graph.objects(subject, SKOS.broader):
            vocabulary.link(curie, "subclass_of", places[str(broader)], "pubmed-kg concepts")
        for other in graph.objects(subject, SKOS.exactMatch):
            draft.xrefs.update(p + ":" + str(other)[len(r) :] for p, r in PREFIXES.items() if str(other).startswith(r))


def _short(label: str) -> bool:
    return sum(c.isupper() for c in label) > 1 and " " not in label
