"""The data that travels with the project is what its README says, and holds no labels."""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
import subprocess
import sys
from pathlib import Path


def test_checksums_of_the_readme_hold(root: Path) -> None:
    table = dict(re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", (root / "data" / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    files = {p.relative_to(root / "data").as_posix() for p in (root / "data").rglob("*") if p.is_file() and p.name != "README.md"}
    assert set(table) == files
    assert {name: hashlib.sha256((root / "data" / name).read_bytes()).hexdigest() for name in table} == table


def test_the_statements_have_text_and_place_but_no_labels(root: Path) -> None:
    with gzip.open(root / "data" / "civic_evidence.tsv.gz", "rt", encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    assert list(rows[0]) == ["id", "pmid", "text", "citation"]
    assert len({row["id"] for row in rows}) == len(rows) == 2779
    assert all(row["text"] and (row["pmid"].isdecimal() or not row["pmid"]) for row in rows)


def test_the_seed_pages_are_unchanged(root: Path, shared: Path) -> None:
    for page in (shared / "seeds").iterdir():
        assert (root / "data" / "seeds" / page.name).read_bytes() == page.read_bytes()


def test_the_corpus_is_made_again_with_the_same_bytes(root: Path, shared: Path, tmp_path: Path) -> None:
    script = (root / "benchmarks" / "civic_corpus.py").read_text(encoding="utf-8")
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "benchmarks" / "civic_corpus.py").write_text(script, encoding="utf-8")
    source = shared / "civic" / "evidence_dev.tsv.gz"
    subprocess.run([sys.executable, str(tmp_path / "benchmarks" / "civic_corpus.py"), str(source)], check=True, capture_output=True)
    name = "data/civic_evidence.tsv.gz"
    assert (tmp_path / name).read_bytes() == (root / name).read_bytes()
