"""From the workbench to records: the one place where a spaCy document becomes mentions and evidence.

Rule: offsets leave here as offsets into the section's text as read: ``section.text[start:end]`` is the mention, and the sentence.
"""

from __future__ import annotations

from kg.model import Annotation, Argument, Context, Document, Evidence, Grounding, Mention
from kg.nlp.circumstances import find_line, find_model_system
from kg.nlp.layout import Layout
from kg.nlp.relations import Found, Item, Relation
from kg.nlp.workbench import Draft, Workbench
from kg.vocab import PREDICATES, EntityType

EXTRACTOR, LEARNED = "rules", "model/"


def to_annotation(document: Document, bench: Workbench) -> Annotation:
    """Return the mentions and evidence of a document."""
    mentions = tuple(_mention(m, bench.layout) for m in bench.mentions)
    evidence = {e.id: e for e in (_evidence(document, r, bench) for r in bench.relations)}
    return Annotation(document, mentions, tuple(evidence.values()))


def _mention(draft: Draft, layout: Layout) -> Mention:
    section, start, end = layout.locate(draft.start, draft.end)
    grounding = Grounding(draft.entity, round(draft.score, 3), draft.method) if draft.entity else None
    return Mention(section.name, start, end, section.text[start:end], draft.type, draft.name, grounding, draft.recognizer)


def _argument(item: Item, layout: Layout, sentence: tuple[int, int]) -> Argument:
    """An argument keeps its spans only where it stands in the sentence; elsewhere it came from the document."""
    spans: tuple[tuple[int, int], ...] = ()
    if sentence[0] <= item.start and item.end <= sentence[1]:
        _, start, end = layout.locate(item.start, item.end)
        spans = ((start, end),)
    return Argument(item.id, item.type, item.name, item.xrefs, spans)


def _evidence(document: Document, relation: Relation, bench: Workbench) -> Evidence:
    found = relation.found
    place = relation.start, relation.end
    section, start, end = bench.layout.locate(*place)
    sentence = section.text[start:end]
    _, cue_start, cue_end = bench.layout.locate(*found.cue)
    return Evidence(
        document=document.id,
        section=section.name,
        start=start,
        end=end,
        sentence=sentence,
        subject=_argument(found.subject, bench.layout, place),
        predicate=found.predicate,
        object=_argument(found.object, bench.layout, place),
        context=_context(found, relation, bench, sentence),
        polarity=found.polarity,
        certainty=found.certainty,
        cues=((cue_start, cue_end),),
        extractor=found.rule if found.rule.startswith(LEARNED) else f"{EXTRACTOR}/{found.rule}",
        confidence=round(found.confidence, 3),
    )


def _context(found: Found, relation: Relation, bench: Workbench, sentence: str) -> Context:
    """Disease, biomarker, line and model system, as far as the predicate takes them (schema, Statements)."""
    if found.predicate in ("targets", "member_of", "subclass_of", "binds", "phosphorylates", "interacts_with", "inhibits", "activates"):
        return Context()
    place = relation.start, relation.end
    ends = {found.subject.key, found.object.key}
    disease = None
    if EntityType.DISEASE not in PREDICATES[found.predicate].objects:
        nearest = sorted((i for i in relation.items if i.type == "Disease"), key=lambda i: (abs(i.start - found.subject.start), i.start))
        chosen = nearest[0] if nearest else relation.focus.disease
        disease = _argument(chosen, bench.layout, place) if chosen and chosen.key not in ends else None
    marker = found.biomarker
    biomarker = _argument(marker, bench.layout, place) if marker and marker.key not in ends and (marker.id or not found.subject.id) else None
    if disease is not None and not disease.id:
        disease = None
    return Context(disease, biomarker, None, find_line(sentence), find_model_system(sentence))
