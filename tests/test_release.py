"""What is shipped is what was made: checksums are compared on loading, and the same source gives the same wheel."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kg.resources
from kg.errors import LexiconError, ModelError
from kg.lexicon import Lexicon
from kg.nlp.classifier import WEIGHTS as CLASSIFIER
from kg.nlp.recognizer import WEIGHTS, open_recognizer
from kg.nlp.relator import WEIGHTS as RELATOR
from kg.resources import checked, damaged, resource

VOCABULARY = resource("ontologies/lexicon")
TRIED = {"terms.marisa", "entities.txt", "edges.tsv", "retractions.txt"}


def copied(source: Path, target: Path, name: str) -> Path:
    """A copy (of links, but for the file of that name) in which one bit of a file is another."""
    target.mkdir()
    for path in source.iterdir():
        if path.name != name:
            (target / path.name).symlink_to(path)
    data = bytearray((source / name).read_bytes())
    data[len(data) // 2] ^= 4
    (target / name).write_bytes(bytes(data))
    return target


@pytest.mark.parametrize("name", [n if n in TRIED else pytest.param(n, marks=pytest.mark.slow) for n in sorted(p.name for p in VOCABULARY.iterdir())])
def test_one_bit_of_the_vocabulary_is_noticed_on_opening(tmp_path: Path, name: str) -> None:
    if name == "manifest.json":
        return  # it holds the checksums; in an installation the installer's checksums cover it too
    with pytest.raises(LexiconError, match=rf"{name}: content differs.*install the package again"):
        Lexicon.open(copied(VOCABULARY, tmp_path / "lexicon", name))


@pytest.mark.parametrize("name", sorted(p.name for p in WEIGHTS.iterdir() if p.name != "manifest.json"))
def test_one_bit_of_the_recognizer_is_noticed_on_opening(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError, match=rf"{name}: content differs.*--force-reinstall"):
        open_recognizer(copied(WEIGHTS, tmp_path / "weights", name))


def test_every_file_of_vocabulary_and_model_has_a_checksum() -> None:
    import json

    for folder in (VOCABULARY, WEIGHTS, CLASSIFIER, RELATOR):
        listed = set(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"])
        assert {p.name for p in folder.iterdir()} == {*listed, "manifest.json"}


def test_an_installed_table_that_was_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "reliability.tsv"
    table.write_text("a\t1\n")
    monkeypatch.setattr(kg.resources, "recorded", lambda: {table: kg.resources._digest(table), tmp_path / "gone": "x"})
    assert checked(table) == table and list(damaged()) == [tmp_path / "gone"]
    with monkeypatch.context() as patch:
        patch.setattr(kg.resources, "recorded", lambda: {table: "other"})
        with pytest.raises(LexiconError, match=r"content differs from what was installed.*install the package again"):
            checked(table)


@pytest.mark.slow
def test_the_same_source_gives_the_same_wheel_byte_for_byte(root: Path, tmp_path: Path) -> None:
    """Two checkouts of other names, times and permissions, built in other time zones."""
    pytest.importorskip("hatchling")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout.decode().split("\0")[:-1]
    digests = []
    for number, (mask, zone) in enumerate([(0o022, "UTC"), (0o077, "Asia/Tokyo")]):
        tree = tmp_path / f"checkout-{number}"
        for name in names:
            if name.startswith(("kg/", "ontologies/")) or "/" not in name:
                (tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(root / name, tree / name)
                (tree / name).chmod(0o666 & ~mask)
                os.utime(tree / name, (10**9 + number, 10**9 + number))
        for target in ("wheel", "sdist"):
            command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(tmp_path / f"out-{number}")]
            environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "TZ": zone, "PYTHONHASHSEED": str(number)}
            subprocess.run(command, cwd=tree, env=environment, check=True, capture_output=True, umask=mask)
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / f"out-{number}").iterdir()})
    assert len(digests[0]) == 2 and digests[0] == digests[1]
