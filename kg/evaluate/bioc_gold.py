"""Gold standards in BioC, XML or JSON: passages and their annotations in the same form as PubTator's.

Rule: the title passage is the title, all others make the abstract, joined by a space; an annotation is placed by its offset
within its passage, and one that its passage does not hold is an error that names it. A document without id is named by its number.
Reference: http://bioc.sourceforge.net
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import ReadError
from kg.evaluate.pubtator_gold import TYPES, GoldDocument, bare_ids
from kg.readers.source import open_source
from kg.readers.xml_stream import read_elements

#: labels of BioC corpora that PubTator files spell otherwise
_LABELS = TYPES | {"Species": "Organism", "Mutation": "Variant", "Variant": "Variant", "Organism": "Organism", "Drug": "Drug", "GENE": "Gene"}
_REMEDY = "give a gold standard whose annotations lie in their passages"


def read_bioc_gold(path: Path) -> Iterator[GoldDocument]:
    """Yield the documents of a BioC file, gzipped or not; `ReadError` names the document that is broken."""
    rows = _json_rows(path) if first_byte(path) in (b"{", b"[") else _xml_rows(path)
    count = 0
    for count, row in enumerate(rows, 1):
        yield _document(row, str(row.get("id") or count), path)
    if not count:
        raise ReadError(str(path), "no document in BioC format", "give a gold standard of the task's format")


def first_byte(path: Path) -> bytes:
    """Return the first byte of a file that is no white space, gzip undone."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as handle:
        return handle.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]


def _json_rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8-sig") if path.suffix == ".gz" else path.open(encoding="utf-8-sig") as handle:
        try:
            whole = json.load(handle)
        except ValueError as error:
            raise ReadError(str(path), f"not JSON ({error})", "give a BioC file") from error
    documents = whole.get("documents", [whole]) if isinstance(whole, dict) else whole
    for row in documents:
        if not isinstance(row, dict) or not isinstance(row.get("passages"), list):
            raise ReadError(str(path), "a document has no passages", "give a BioC file")
        yield row


def _xml_rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as handle:
        for element in read_elements(open_source(str(path), path.stem, handle), ("document",)):
            passages = []
            for passage in element.iterfind("passage"):
                marks = [
                    {
                        "infons": _infons(a),
                        "text": a.findtext("text") or "",
                        "locations": [{"offset": int(x.get("offset")), "length": int(x.get("length"))} for x in a.iterfind("location")],
                    }
                    for a in passage.iter("annotation")
                ]
                text = passage.findtext("text") or ""
                passages.append({"offset": int(passage.findtext("offset") or 0), "infons": _infons(passage), "text": text, "annotations": marks})
            yield {"id": element.findtext("id") or "", "passages": passages}


def _infons(node: Any) -> dict[str, str]:
    return {i.get("key", ""): i.text or "" for i in node.iterfind("infon")}


def _document(row: dict[str, Any], key: str, path: Path) -> GoldDocument:
    titles = [p for p in row["passages"] if str(p.get("infons", {}).get("type", "")).lower().endswith("title")][:1]
    others = [p for p in row["passages"] if p not in titles and p.get("text")]
    doc = GoldDocument(key, titles[0].get("text", "") if titles else "", " ".join(p["text"] for p in others))
    starts = [0] if titles else []
    at = len(doc.title) + 1
    for passage in others:
        starts.append(at)
        at += len(passage["text"]) + 1
    for passage, start in zip([*titles, *others], starts, strict=True):
        for mark in passage.get("annotations", ()):
            kind = _LABELS.get(mark.get("infons", {}).get("type", ""))
            if kind and mark.get("locations"):
                span = _placed(mark, passage, path, key)
                ids = mark["infons"].get("identifier") or mark["infons"].get("MESH") or mark["infons"].get("NCBI Gene") or ""
                doc.mentions.append((start + span[0], start + span[1], mark.get("text", ""), kind, bare_ids(str(ids))))
    return doc


def _placed(mark: dict[str, Any], passage: dict[str, Any], path: Path, key: str) -> tuple[int, int]:
    first = mark["locations"][0]
    start = int(first["offset"]) - int(passage.get("offset", 0))
    end = start + int(first["length"])
    if not 0 <= start < end <= len(passage["text"]):
        raise ReadError(str(path), f"the annotation '{mark.get('text', '')}' lies outside its passage", _REMEDY, key)
    return start, end
