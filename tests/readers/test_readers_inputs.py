"""What an INPUT may be, in which order it is read, and what is refused at once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.model import Document
from kg.readers import read_documents


def _folder(root: Path) -> Path:
    (root / "sub").mkdir()
    (root / ".git").mkdir()
    for name in ("b.txt", "a.txt.gz", "sub/c.xml", ".hidden.txt", ".git/x.txt", "README", "LICENSE.txt", "notes.md", "manifest.json", "b.txt.sha256"):
        (root / name).write_text(f"Text of {name}.", encoding="utf-8")
    return root


def _ids(inputs: list[object], **more: object) -> list[str]:
    return [d.id for d in read_documents(inputs, **more) if isinstance(d, Document)]  # type: ignore[arg-type]


def test_a_folder_is_read_sorted_without_what_is_no_input(tmp_path: Path) -> None:
    assert _ids([_folder(tmp_path)]) == ["a", "b", "c"]


def test_files_globs_and_stdin_come_in_the_order_given_each_file_once(tmp_path: Path) -> None:
    root = _folder(tmp_path)
    assert _ids([root / "sub", "-", str(root / "*.txt*"), root], stdin=io.BytesIO(b"From a pipe.")) == ["c", "stdin", "a", "b"]


def test_a_skipped_name_is_read_when_it_is_named(tmp_path: Path) -> None:
    assert _ids([_folder(tmp_path) / "README"]) == ["README"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["nowhere.xml"], "input 'nowhere.xml' is not there; give a file, a folder, a glob, '-' or PMID:12345678"),
        (["*.nothing"], "no file matches '*.nothing'; check the pattern"),
        ([], "no input was given"),
        (["."], "holds no input"),
    ],
)
def test_wrong_inputs_are_refused_before_anything_is_read(given: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as error:
        read_documents(given)
    assert message in str(error.value)


def test_a_broken_file_does_not_stop_the_next(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<PubmedArticleSet><broken")
    (tmp_path / "b.txt").write_text("Fine.", encoding="utf-8")
    first, second = read_documents([tmp_path])
    assert (first.document, second.id) == (str(tmp_path / "a.xml"), "b")  # type: ignore[union-attr]


def test_two_documents_with_one_id_are_both_handed_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "x", "text": "1"}\n{"id": "x", "text": "2"}\n', encoding="utf-8")
    assert _ids([tmp_path]) == ["x", "x"]
