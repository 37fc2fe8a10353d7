"""The registered spaCy components, in the order they run, each one step from text to relations.

Rule: a component reads the workbench and writes the next thing on it; none keeps state between documents. ``doc.spans["mentions"]``
(label = type, kb_id = CURIE) carries the mentions for displaCy and for other people's components.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon import Lexicon
from kg.model import Entity
from kg.nlp.abbreviations import abbreviations_in
from kg.nlp.assertion import SentenceScopes
from kg.nlp.classifier.reading import odds_in
from kg.nlp.codes import find_code_drafts
from kg.nlp.concepts import find_concept_drafts
from kg.nlp.dictionary import expand_abbreviations, find_term_drafts, settle_senses
from kg.nlp.diseases import widen_diseases
from kg.nlp.grammar import find_class_drafts, find_variant_drafts
from kg.nlp.recognizer.borders import tidy
from kg.nlp.recognizer.combine import combine, weigh
from kg.nlp.recognizer.grounder import Grounder
from kg.nlp.relations import Item, Stretch, find_relations
from kg.nlp.relations.opinions import Opinions
from kg.nlp.relations.weighing import Odds
from kg.nlp.relator.reading import ask, to_opinion
from kg.nlp.residues import is_residue
from kg.nlp.resolve import resolve_overlaps
from kg.nlp.species import settle_species
from kg.nlp.workbench import KEY, Draft, Workbench

SPANS = "mentions"
ORDER = ("kg_sentences", "kg_abbreviations", "kg_terms", "kg_variants", "kg_drug_classes", "kg_recognizer", "kg_mentions", "kg_relations")


def workbench(doc: Doc) -> Workbench:
    """Return the workbench that the pipeline put on a document."""
    bench = doc.user_data[KEY]
    assert isinstance(bench, Workbench)
    return bench


@Language.component("kg_abbreviations", requires=["token.is_sent_start"])
def kg_abbreviations(doc: Doc) -> Doc:
    """Find the abbreviations that the document defines."""
    bench = workbench(doc)
    text = bench.layout.text  # doc.text is put together from its tokens at every call
    bench.sentences = [(s.start_char, s.end_char) for s in doc.sents if text[s.start_char : s.end_char].strip()]
    bench.abbreviations = abbreviations_in(text, [start for start, _ in bench.sentences] or (0,))
    return doc


@Language.component("kg_terms")
def kg_terms(doc: Doc) -> Doc:
    """Find vocabulary terms, settle their senses in the document, and carry long forms to short forms."""
    bench = workbench(doc)
    every = bench.candidates = find_term_drafts(bench.layout, bench.lexicon)
    settled = settle_senses(every, bench.abbreviations, bench.layout.text)
    outer = resolve_overlaps(settled)
    bench.drafts = [*settled, *expand_abbreviations(outer, bench.abbreviations, every, bench.layout.text)]
    return doc


@Language.component("kg_variants")
def kg_variants(doc: Doc) -> Doc:
    """Find variants by grammar, with the genes found so far."""
    bench = workbench(doc)
    drafts, bench.variants = find_variant_drafts(bench.layout.text, resolve_overlaps(bench.drafts), bench.sentences, bench.lexicon)
    bench.drafts.extend(drafts)
    return doc


@Language.component("kg_drug_classes")
def kg_drug_classes(doc: Doc) -> Doc:
    """Find drug classes by grammar, with the genes found so far; short forms of classes follow their long form."""
    bench = workbench(doc)
    classes = find_class_drafts(bench.layout.text, _plain(bench.drafts), bench.variants, bench.lexicon)
    bench.drafts.extend(classes)
    variants = [d for d in bench.drafts if d.type == "Variant"]
    bench.drafts.extend(expand_abbreviations([*classes, *variants], bench.abbreviations, (), bench.layout.text))
    return doc


def _plain(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the genes and families as they will stand once overlaps are resolved."""
    return [d for d in resolve_overlaps(drafts) if d.type in ("Gene", "GeneFamily")]


@Language.component("kg_recognizer")
def kg_recognizer(doc: Doc) -> Doc:
    """Bring what the learned recognizer sees together with what dictionary and grammars found; without one, leave all as it is."""
    bench = workbench(doc)
    if bench.recognizer is not None:
        settled = resolve_overlaps(bench.drafts)
        grounder = Grounder(bench.lexicon, bench.layout.text, bench.drafts, bench.candidates, bench.abbreviations)
        reading, bench.vectors = bench.recognizer.read(bench, settled)
        reading = replace(reading, mentions=tidy(reading.mentions, bench.layout.text))
        bench.drafts = combine(bench.drafts, settled, weigh(reading, bench.layout.text), grounder)
    return doc


@Language.component("kg_mentions", assigns=["doc.spans"])
def kg_mentions(doc: Doc) -> Doc:
    """Resolve overlaps; what stands is the document's mentions."""
    bench = workbench(doc)
    bench.drafts.extend(find_concept_drafts(bench.layout.text, bench.lexicon))
    bench.drafts.extend(find_code_drafts(bench.layout.text, bench.drafts))
    widened = widen_diseases(bench.drafts, bench.layout.text, bench.lexicon)
    standing = resolve_overlaps(d for d in widened if bench.layout.holds(d.start, d.end) and not is_residue(d, bench.layout.text))
    bench.mentions = settle_species(standing, bench.layout.text, bench.sentences, bench.lexicon)
    spans = []
    for number, m in enumerate(bench.mentions):
        span = doc.char_span(m.start, m.end, label=m.type, kb_id=m.entity.id if m.entity else "", alignment_mode="expand")
        if span is not None:
            span.id_ = str(number)
            spans.append(span)
    doc.spans[SPANS] = spans
    return doc


@Language.component("kg_relations")
def kg_relations(doc: Doc) -> Doc:
    """Find relations by trigger and clause structure, weighed by the learned classifier, and what the learned relator adds."""
    bench = workbench(doc)
    stretches = []
    for start, end in bench.sentences:
        part = bench.layout.part_at(start)
        stretches.append(Stretch(start, min(end, part.end), part.section.kind))
    spoken_of = _outside_names(bench.mentions, bench.layout.text)
    items = [to_item(m, bench.lexicon) for m in spoken_of]
    text, vectors, classifier, relator = bench.layout.text, bench.vectors, bench.classifier, bench.relator

    def odds(start: int, end: int) -> Odds:
        return odds_in(classifier, vectors.pieces, spoken_of, start, end) if classifier and vectors else Odds()

    def opinions() -> Opinions:
        if relator is None or vectors is None:
            return Opinions()
        own = [(number, s.start, s.end) for number, s in enumerate(stretches) if s.section == "text"]
        item_of = {id(mention): item for mention, item in zip(spoken_of, items, strict=True)}
        return Opinions([to_opinion(answer, lambda mention: item_of[id(mention)]) for answer in ask(relator, vectors, spoken_of, own)])

    def scopes(start: int, end: int) -> SentenceScopes:
        return SentenceScopes(text, start, end)

    bench.relations = find_relations(text, stretches, items, scopes, opinions, odds)
    return doc


_SUPPRESSED = re.compile(r"[ -]suppress(?:or|ive)")
#: mice without an immune system: what carries a tumour, not who has a disease
_HOST = re.compile(r"\)?(?: \([^()]{1,20}\))? (?:nude |beige )?(?:mice|mouse)\b")


def _only_names(mention: Draft, text: str) -> bool:
    """Whether the words after a mention make it part of another name."""
    return bool(_SUPPRESSED.match(text, mention.end) or ("immunodeficiency" in mention.name and _HOST.match(text, mention.end)))


def _outside_names(mentions: Sequence[Draft], text: str) -> list[Draft]:
    """Return the mentions of which something may be told.

    A disease or drug within the name of a process is left out ("tumor angiogenesis" says nothing of the tumor), and so are an immunodeficiency that
    names a strain of mice ("SCID mice") and what a "tumor suppressor" suppresses.
    """
    kept, reach = [], 0
    for mention in mentions:  # outer before inner
        if mention.type not in ("Disease", "Phenotype", "Drug") or (mention.end > reach and not _only_names(mention, text)):
            kept.append(mention)
        if mention.type == "Process":
            reach = max(reach, mention.end)
    return kept


_TARGETED = re.compile(r"(?:[a-z]+-generation )?([A-Z][A-Z0-9]+) inhibitor")


def to_item(mention: Draft, lexicon: Lexicon) -> Item:
    """Return a mention as the relation rules see it."""
    genes = []
    general = mention.type == "DrugClass" and mention.recognizer == "dictionary"  # "TKI" names no target, whatever its members hit
    curies = () if general else mention.genes
    if general and (named := _TARGETED.fullmatch(mention.name)):  # "selective RET inhibitor", as the vocabulary has it
        target = lexicon.gene(named[1]) or lexicon.entity("FPLX:" + named[1])
        curies = (target.id,) if target else ()
    for curie in curies:
        gene: Entity | None = lexicon.entity(curie)
        if gene is not None:
            genes.append((gene.type, gene.name, gene.id))
    identifier = mention.entity.id if mention.entity else ""
    xrefs = mention.entity.xrefs if mention.entity else ()
    return Item(mention.start, mention.end, mention.type, mention.name, identifier, xrefs, tuple(genes))
