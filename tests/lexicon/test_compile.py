"""The compiler: spelling variants, CIViC residues, source errors, and (slowly) the same bytes from the same sources."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.lexicon.compile import compile_lexicon
from kg.lexicon.compiler.concepts import add_concepts
from kg.lexicon.compiler.drafts import Vocabulary
from kg.lexicon.compiler.drugs import CODE, writable
from kg.lexicon.compiler.raw import Sources
from kg.lexicon.compiler.spelling import spellings
from kg.resources import resource

from .conftest import SHARED


@pytest.mark.parametrize(
    ("name", "type_", "form"),
    [
        ("lung tumor", "Disease", "lung tumour"),
        ("acute myeloid leukemia", "Disease", "acute myeloid leukaemia"),
        ("brain metastasis", "Disease", "brain metastases"),
        ("malignancy", "Disease", "malignancies"),
        ("carcinoma", "Disease", "carcinomata"),
        ("Lung Neoplasms", "Disease", "Lung Neoplasm"),
        ("MAPK signaling", "Process", "MAPK signalling"),
        ("Crohn's disease", "Disease", "Crohn disease"),
        ("anemia", "Phenotype", "anaemia"),
    ],
)
def test_spelling_variants(name: str, type_: str, form: str) -> None:
    assert form in spellings(name, type_)


def test_symbols_have_no_spelling_variants() -> None:
    assert spellings("EGFR", "Gene") == []


@pytest.mark.parametrize("code", ["PF-02341066", "CH5424802", "AP26113", "LDK378", "AMG 510", "MRTX849", "DZD9008", "TPX-0005"])
def test_development_codes_are_recognised(code: str) -> None:
    assert CODE.fullmatch(code)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("crizotinib", True), ("5-fluorouracil", True), ("(R)-3-(1-(2,6-Dichloro-3-Fluorophenyl)Ethoxy)-5-(1-(Piperidin", False), ("C2", False)],
)
def test_structure_notation_is_no_name(name: str, kept: bool) -> None:
    assert writable(name) is kept


def test_missing_source_names_the_file_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"mesh_id_label_mappings.*SOURCES\.md"):
        compile_lexicon(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_damaged_source_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(b"{}")[:-6])
    (tmp_path / "b.json.gz").write_bytes(b"no gzip")
    for name in ("a.json.gz", "b.json.gz"):
        with pytest.raises(ReadError, match=name):
            Sources(tmp_path, tmp_path).json(name)


def test_curated_rows_with_too_many_cells_are_refused(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("# note\na\tb\n1\t2\t3\n", encoding="utf-8")
    with pytest.raises(ReadError, match="3 cells where 2 belong"):
        list(Sources(tmp_path, tmp_path).curated("t.tsv"))


def test_concepts_are_a_scheme_without_orphans() -> None:
    vocabulary = Vocabulary()
    add_concepts(vocabulary, resource("ontologies/concepts.ttl"))
    assert len(vocabulary.drafts) > 150
    assert all(edge[2] in vocabulary.drafts for edge in vocabulary.edges)


def test_broken_turtle_is_a_read_error(tmp_path: Path) -> None:
    (tmp_path / "c.ttl").write_text("this is no turtle", encoding="utf-8")
    with pytest.raises(ReadError, match="not valid Turtle"):
        add_concepts(Vocabulary(), tmp_path / "c.ttl")


@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "vocabularies").is_dir(), reason="the raw vocabularies are not beside the project")
def test_the_shipped_index_is_what_the_sources_compile_to(tmp_path: Path) -> None:
    compile_lexicon(SHARED / "vocabularies", tmp_path / "lexicon")
    shipped = resource("ontologies/lexicon")
    for path in sorted((tmp_path / "lexicon").iterdir()):
        assert path.read_bytes() == (shipped / path.name).read_bytes(), path.name
