"""What the pipeline promises of every document: offsets, verbatim text, abbreviations, nesting, determinism, bounds."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import Settings
from kg.errors import UsageError
from kg.lexicon import Lexicon
from kg.model import Annotation, Document, Mention, Section
from kg.nlp import Pipeline
from kg.records import dumps


def annotate(pipeline: Pipeline, *texts: str, names: tuple[str, ...] = ("title", "abstract")) -> Annotation:
    sections = tuple(Section(name, text) for name, text in zip(names, texts, strict=False))
    return pipeline.annotate_one(Document("doc", sections))


def names(annotation: Annotation, type_: str) -> list[tuple[str, str]]:
    return [(m.text, m.name) for m in annotation.mentions if m.type == type_]


@pytest.mark.parametrize(
    ("text", "type_", "found"),
    [
        ("In the adenomatous polyposis coli (APC) gene", "Gene", [("adenomatous polyposis coli", "APC"), ("APC", "APC")]),
        ("Huh7 cells were grown.", "CellLine", [("Huh7", "HuH-7")]),
        ("The NS3 protease was inhibited by PCH4.", "Disease", []),
    ],
)
def test_short_names_mean_what_the_text_says(pipeline: Pipeline, text: str, type_: str, found: list[tuple[str, str]]) -> None:
    assert names(annotate(pipeline, "", text), type_) == found


def test_inline_markup_stays_in_the_text_and_recognition_sees_through_it(pipeline: Pipeline) -> None:
    text = "<i>ALK</i>-positive tumors; EGFR<sup>T790M</sup> was found with gefitinib &amp; erlotinib."
    annotation = annotate(pipeline, "", text)
    found = {(m.text, m.name) for m in annotation.mentions}
    assert ("ALK</i>-positive", "ALK fusion") in found
    assert ("EGFR<sup>T790M", "EGFR T790M") in found
    assert ("erlotinib", "erlotinib") in found
    assert all(text[m.start : m.end] == m.text for m in annotation.mentions)


def test_long_form_carries_its_grounding_to_every_short_form_of_the_document(pipeline: Pipeline) -> None:
    title = "Anaplastic lymphoma kinase (ALK) in non-small cell lung cancer (NSCLC)."
    annotation = annotate(pipeline, title, "ALK drives NSCLC. Pemetrexed (PEM) was given; PEM was well tolerated.")
    assert [n for _, n in names(annotation, "Gene")] == ["ALK", "ALK", "ALK"]
    assert ("NSCLC", "non-small cell lung carcinoma") in names(annotation, "Disease")
    assert names(annotation, "Drug").count(("PEM", "pemetrexed")) == 2


@pytest.mark.parametrize(
    ("text", "type_", "unwanted"),
    [
        ("The computed axial tomography (CAT) scan showed no change after CAT.", "Gene", "CAT"),
        ("Patients who met the criteria were rested and set apart.", "Gene", "MET"),
        ("All patients were treated in the clinic.", "Disease", "acute lymphoblastic leukemia"),
        ("T47D, H1975 and A549 cells were seeded.", "Variant", ""),
        ("Tumors were graded T1N0M0.", "Variant", ""),
    ],
)
def test_what_only_looks_like_a_mention_is_none(pipeline: Pipeline, text: str, type_: str, unwanted: str) -> None:
    found = names(annotate(pipeline, "", text), type_)
    assert not [n for _, n in found if n == unwanted or not unwanted], found


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        ("EGFR mutation", ("EGFR mutation", "Variant"), ("EGFR", "Gene")),
        ("ALK TKI", ("ALK TKI", "DrugClass"), ("ALK", "Gene")),
        ("KRAS G12C inhibitors", ("KRAS G12C inhibitors", "DrugClass"), ("KRAS", "Gene")),
    ],
)
def test_nested_mentions_of_different_types_are_both_kept(pipeline: Pipeline, text: str, outer: tuple[str, str], inner: tuple[str, str]) -> None:
    found = {(m.text, m.type) for m in annotate(pipeline, "", f"We studied {text} here.").mentions}
    assert {outer, inner} <= found


def test_every_spelling_of_a_change_has_one_identifier(pipeline: Pipeline) -> None:
    spellings = ["ALK G1202R", "ALK p.G1202R", "ALK p.Gly1202Arg", "ALK Gly1202Arg", "G1202R mutation of ALK", "ALK-G1202R"]
    for spelling in spellings:
        variants = [m.entity_id for m in annotate(pipeline, "", f"The {spelling} was found.").mentions if m.type == "Variant"]
        assert variants == ["KGV:ALK_G1202R"], spelling


def test_line_and_model_system_are_the_context_of_a_statement(pipeline: Pipeline) -> None:
    text = "In xenografts, ALK G1202R conferred resistance to crizotinib in NSCLC."
    [evidence] = [e for e in annotate(pipeline, "", text).evidence if e.predicate == "confers_resistance_to"]
    assert evidence.context.model_system == "xenograft"
    assert evidence.context.disease is not None and evidence.context.disease.name == "non-small cell lung carcinoma"


def test_the_evidence_points_at_sentence_arguments_and_cue(pipeline: Pipeline) -> None:
    text = "Nothing here. ALK G1202R conferred resistance to crizotinib. Nothing there."
    [evidence] = [e for e in annotate(pipeline, "", text).evidence if e.predicate == "confers_resistance_to"]
    assert evidence.sentence == "ALK G1202R conferred resistance to crizotinib." == text[evidence.start : evidence.end]
    assert [text[a:b] for a, b in (*evidence.subject.spans, *evidence.object.spans, *evidence.cues)] == ["ALK G1202R", "crizotinib", "resistance"]


def test_an_empty_document_has_no_mentions(pipeline: Pipeline) -> None:
    assert annotate(pipeline, "", " \n ").mentions == ()


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_offsets_hold_for_any_text(pipeline: Pipeline, text: str) -> None:
    document = Document("any", (Section("title", text), Section("abstract", "ALK G1202R resists crizotinib. " + text)))
    annotation = pipeline.annotate_one(document)
    for m in annotation.mentions:
        assert document.section(m.section).text[m.start : m.end] == m.text
    for e in annotation.evidence:
        assert document.section(e.section).text[e.start : e.end] == e.sentence


def test_the_same_document_gives_the_same_bytes_whatever_came_before(lexicon: Lexicon) -> None:
    document = Document("d", (Section("abstract", "EGFR T790M and MET amplification confer resistance to gefitinib and erlotinib in NSCLC."),))
    first, second = Pipeline(Settings(), lexicon), Pipeline(Settings(), lexicon)
    first.annotate_one(Document("other", (Section("abstract", "KIT D816V is resistant to imatinib."),)))
    one, two = first.annotate_one(document), second.annotate_one(document)
    assert [dumps(e) for e in one.evidence] == [dumps(e) for e in two.evidence]
    assert [dumps(m) for m in one.mentions] == [dumps(m) for m in two.mentions]


def test_entities_of_a_named_spacy_model_join_ours(lexicon: Lexicon, tmp_path: Path) -> None:
    model = spacy.blank("en")
    ruler = model.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "DISEASE", "pattern": "wobbly knee syndrome"}, {"label": "CHEMICAL", "pattern": "crizotinib"}])  # type: ignore[attr-defined]
    model.to_disk(tmp_path / "model")
    joined = Pipeline(Settings(model=str(tmp_path / "model")), lexicon)
    annotation = annotate(joined, "", "Crizotinib and crizotinib for wobbly knee syndrome.")
    extra: list[Mention] = [m for m in annotation.mentions if m.recognizer not in ("dictionary", "grammar")]
    assert [(m.text, m.type, m.entity_id) for m in extra] == [("wobbly knee syndrome", "Disease", "")]


def test_a_model_that_is_not_installed_is_named(lexicon: Lexicon) -> None:
    with pytest.raises(UsageError, match=r"no_such_model.*leave out --model"):
        Pipeline(Settings(model="no_such_model"), lexicon)


@pytest.mark.slow
def test_offsets_hold_on_a_thousand_abstracts(pipeline: Pipeline, shared: Path) -> None:
    mentions = evidence = 0
    with gzip.open(shared / "pubmed" / "bulk_abstracts.jsonl.gz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(1000), lines, strict=False):
            row = json.loads(line)
            document = Document(str(row["pmid"]), (Section("title", row["title"] or ""), Section("abstract", row["abstract"] or "")))
            annotation = pipeline.annotate_one(document)
            for m in annotation.mentions:
                assert document.section(m.section).text[m.start : m.end] == m.text
            for e in annotation.evidence:
                text = document.section(e.section).text
                assert text[e.start : e.end] == e.sentence
                assert all(text[a:b] for argument in (e.subject, e.object) for a, b in argument.spans)
            mentions, evidence = mentions + len(annotation.mentions), evidence + len(annotation.evidence)
    assert mentions > 10_000 and evidence > 300
