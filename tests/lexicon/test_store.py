"""A damaged or foreign vocabulary folder is refused with a message that says what to do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicon import Lexicon
from kg.lexicon.records import pack_candidate, unpack_candidate
from kg.lexicon.store import Lines, write_lines
from kg.resources import resource

FILES = ["terms.marisa", "entities.txt", "edges.tsv", "candidates.u32"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resource("ontologies/lexicon"), tmp_path / "lexicon"))


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="kg vocab build"):
        Lexicon.open(tmp_path / "nowhere")


@pytest.mark.parametrize("name", FILES)
def test_truncated_file_is_refused_on_opening(copy: Path, name: str) -> None:
    data = (copy / name).read_bytes()
    (copy / name).write_bytes(data[:-1])
    with pytest.raises(LexiconError, match=name):
        Lexicon.open(copy)


def test_missing_file_is_refused_on_opening(copy: Path) -> None:
    (copy / "ids.u32").unlink()
    with pytest.raises(LexiconError, match=r"ids\.u32: missing"):
        Lexicon.open(copy)


def test_changed_byte_is_found_by_verify(copy: Path) -> None:
    data = bytearray((copy / "edges.tsv").read_bytes())
    data[10] ^= 1
    (copy / "edges.tsv").write_bytes(bytes(data))
    with pytest.raises(LexiconError, match=r"edges\.tsv"), Lexicon.open(copy) as lexicon:
        lexicon.verify()


@pytest.mark.parametrize("change", [{"format": 99}, {"files": {"../../etc/passwd": {"size": 1, "sha256": ""}}}, {"files": 3}, {"files": {"x": {}}}])
def test_foreign_manifest_is_refused(copy: Path, change: dict[str, object]) -> None:
    path = copy / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **change}), encoding="utf-8")
    with pytest.raises(LexiconError):
        Lexicon.open(copy)


def test_shipped_files_match_their_checksums(lexicon: Lexicon) -> None:
    lexicon.verify()


def test_lines_by_number(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.txt", tmp_path / "a.u32", ["", "α", "two words"])
    lines = Lines(tmp_path / "a.txt", tmp_path / "a.u32")
    assert [lines[i] for i in range(len(lines))] == ["", "α", "two words"]
    lines.close()
    with pytest.raises(LexiconError, match="line end"):
        write_lines(tmp_path / "b.txt", tmp_path / "b.u32", ["a\nb"])


def test_candidates_survive_packing() -> None:
    assert unpack_candidate(*pack_candidate(4_000_000, 13, 5, 16_000_000, 100)) == (4_000_000, 13, 5, 16_000_000, 100)
    with pytest.raises(OverflowError):
        pack_candidate(1 << 22, 0, 0, 0, 0)
