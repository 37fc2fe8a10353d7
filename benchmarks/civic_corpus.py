"""Make `data/civic_evidence.tsv.gz` from an export of CIViC's accepted clinical evidence items.

usage: python benchmarks/civic_corpus.py EVIDENCE.tsv[.gz]     (a "ClinicalEvidenceSummaries" file of civicdb.org/releases)

Rule: the curator's statement and its publication, nothing else: no label (gene, drug, direction) travels, so that what the
graph says about these texts was read from them. One row for each distinct statement of a publication; same input, same bytes.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "data" / "civic_evidence.tsv.gz"
COLUMNS = ("id", "pmid", "text", "citation")


def read_items(path: Path) -> list[dict[str, str]]:
    """Return the rows of CIViC's table; its cells are never wrapped over lines, quotes in them are doubled."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def plain(cell: str) -> str:
    """Return a cell without the quoting of the export, on one line."""
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        cell = cell[1:-1].replace('""', '"')
    return " ".join(cell.split())


def to_rows(items: list[dict[str, str]]) -> list[tuple[str, ...]]:
    """Return id, PMID, statement and citation, one row for each distinct statement of a publication, by evidence id."""
    rows, seen = [], set()
    for item in sorted(items, key=lambda item: int(item["evidence_id"])):
        text = plain(item["evidence_statement"])
        publication = item["source_type"], item["citation_id"]
        if text and (publication, text) not in seen:
            seen.add((publication, text))
            pmid = item["citation_id"] if item["source_type"] == "PubMed" else ""
            rows.append(("EID" + item["evidence_id"], pmid, text, plain(item["citation"])))
    return rows


def write_tsv(path: Path, rows: list[tuple[str, ...]]) -> None:
    """Write the table gzipped, without name or time in the gzip header."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as handle:
        handle.write(text.getvalue().encode("utf-8"))


if __name__ == "__main__":
    table = to_rows(read_items(Path(sys.argv[1])))
    write_tsv(TARGET, table)
    print(f"{len(table)} statements, sha256 {hashlib.sha256(TARGET.read_bytes()).hexdigest()}")
