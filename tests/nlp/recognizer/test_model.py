"""The shipped recognizer: its files, what it labels, and that a document's reading depends on that document alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from kg.config import Settings
from kg.errors import ModelError, UsageError
from kg.lexicon import Lexicon
from kg.model import Document, Section
from kg.nlp import Pipeline
from kg.nlp.recognizer import WEIGHTS, open_recognizer
from kg.nlp.recognizer.labels import LABELS, begin, inside
from kg.nlp.recognizer.model import decode
from kg.nlp.recognizer.pieces import encode, open_tokenizer


@pytest.fixture(scope="module")
def accurate(lexicon: Lexicon) -> Pipeline:
    return Pipeline(Settings(profile="accurate"), lexicon)


def mentions(pipeline: Pipeline, text: str) -> set[tuple[str, str]]:
    annotation = pipeline.annotate_one(Document("1", (Section("text", text),)))
    return {(m.text, m.type) for m in annotation.mentions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Patients with non-small cell lung cancer harboring ALK G1202R progressed on crizotinib.",
            {("non-small cell lung cancer", "Disease"), ("ALK G1202R", "Variant"), ("crizotinib", "Drug")},
        ),
        ("We evaluated the efficacy of nelorafenib in patients with cholangiocarcinoma.", {("nelorafenib", "Drug"), ("patients", "Organism")}),
        ("Cells were treated with brolatuzumab and crizotinib.", {("brolatuzumab", "Drug"), ("crizotinib", "Drug")}),  # no vocabulary has the first
        ("Mice treated with cisplatin developed nephrotoxicity.", {("Mice", "Organism"), ("cisplatin", "Drug"), ("nephrotoxicity", "Disease")}),
    ],
)
def test_it_finds(accurate: Pipeline, text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= mentions(accurate, text)


@pytest.mark.parametrize("name", ["ulifitinib", "zomertinib", "pranolisib", "vemtirasertib", "ofracizumab", "ribacetuximab", "Tavexatinib"])
@pytest.mark.parametrize(
    "sentence",
    ["Cells were treated with {} and crizotinib.", "{} inhibited the growth of tumors.", "Resistance to {} was mediated by EGFR T790M.", "Patients received {} daily."],  # noqa: E501
)  # fmt: skip
def test_a_drug_that_no_vocabulary_has_is_known_by_its_ending(accurate: Pipeline, lexicon: Lexicon, name: str, sentence: str) -> None:
    assert not lexicon.find_terms(name)
    assert (name, "Drug") in mentions(accurate, sentence.format(name))


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("Degradation of IkBa was blocked in stimulated cells.", "IkBa", "NFKBIA"),
        ("Patients with hepatic carcinomas were treated with sorafenib.", "hepatic carcinomas", "hepatocellular carcinoma"),
        ("Patients received cisplatin.", "Patients", "Homo sapiens"),
    ],
)
def test_what_only_it_sees_is_grounded(accurate: Pipeline, text: str, surface: str, name: str) -> None:
    annotation = accurate.annotate_one(Document("1", (Section("text", text),)))
    assert {m.text: m.grounding.entity.name for m in annotation.mentions if m.grounding}.get(surface) == name


def test_a_reading_depends_on_its_document_alone(accurate: Pipeline, lexicon: Lexicon) -> None:
    texts = ["ALK-positive NSCLC responds to lorlatinib.", "Imatinib resistance arose through KIT D816V. " * 9]
    documents = [Document(str(n), (Section("text", t),)) for n, t in enumerate(texts)]
    together = list(accurate.annotate(documents))
    apart = [Pipeline(Settings(), lexicon).annotate_one(d) for d in reversed(documents)][::-1]
    assert together == apart


def test_the_fast_profile_opens_no_model(lexicon: Lexicon) -> None:
    assert {m for m in mentions(Pipeline(Settings(profile="fast"), lexicon), "We evaluated nelorafenib.") if m[1] == "Drug"} == set()


def test_an_unknown_profile_is_named() -> None:
    with pytest.raises(UsageError, match="unknown profile 'quick'; known are accurate, fast"):
        Settings(profile="quick")


@pytest.mark.parametrize(("spoil", "message"), [
    (lambda f: (f / "recognizer.onnx").write_bytes(b"x"), "recognizer.onnx: content differs"),
    (lambda f: (f / "tokenizer.json").unlink(), "tokenizer.json: the recognizer's file cannot be read"),
    (lambda f: (f / "manifest.json").write_text("{"), "manifest cannot be read"),
])  # fmt: skip
def test_damaged_files_are_named_with_a_remedy(tmp_path: Path, spoil: object, message: str) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    spoil(folder)  # type: ignore[operator]
    with pytest.raises(ModelError, match=message) as caught:
        open_recognizer(folder)
    assert "--profile fast" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "labels", "expected"),
    [
        ("breast cancer", ["B-Disease", "I-Disease"], [("breast cancer", "Disease")]),
        ("of breast cancer", ["O", "I-Disease", "I-Disease"], [("breast cancer", "Disease")]),
        ("EGFR ALK", ["B-Gene", "B-Gene"], [("EGFR", "Gene"), ("ALK", "Gene")]),
        ("RAS kinase", ["B-GeneFamily", "I-Gene"], [("RAS kinase", "Gene")]),
        ("nothing here", ["O", "O"], []),
    ],
)
def test_labels_become_mentions(text: str, labels: list[str], expected: list[tuple[str, str]]) -> None:
    [pieces] = encode(open_tokenizer(WEIGHTS / "tokenizer.json"), [text])
    words = pieces.words - pieces.words[0]
    logits = np.zeros((len(pieces.ids), len(LABELS)), np.float32)
    for row, word in enumerate(words.tolist()):
        logits[row, LABELS.index(labels[word])] = 4.0 + word
    assert [(text[m.start : m.end], m.type) for m in decode(pieces, logits).mentions] == expected
    assert LABELS[begin("Gene")] == "B-Gene" and LABELS[inside("Gene")] == "I-Gene"
