"""Mutates inputs of every format and reads them: whatever comes out is a sound document or a named failure, in bounded time and memory.

    python tests/readers/fuzz_readers.py --seconds 600 --seed 1

Seeded and repeatable. Inputs are small invented ones of each format and, where they lie beside the project, the real files of
../shared/pubmed/native. An input that breaks a promise is kept in a file that is named.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).resolve().parents[2])]

from reading import SHARED, read

from kg.clock import OutOfTime, time_limit
from kg.model import Document, Failure
from kg.readers.documents import MAX_ID
from kg.records import dumps

XML = (
    b"<?xml version='1.0'?><!DOCTYPE PubmedArticleSet PUBLIC '-//NLM//DTD PubMedArticle, 1st January 2019//EN' 'https://dtd.nlm.nih.gov/x.dtd'>"
    b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version='1'>1</PMID><Article><ArticleTitle>On <i>ALK</i> &amp; \xce\xb2</ArticleTitle>"
    b"<Abstract><AbstractText Label='AIM'>One.</AbstractText><AbstractText>Two.</AbstractText></Abstract></Article></MedlineCitation>"
    b"<PubmedData><ArticleIdList><ArticleId IdType='doi'>10.1/x</ArticleId></ArticleIdList></PubmedData></PubmedArticle>"
    b"<DeleteCitation><PMID Version='1'>9</PMID></DeleteCitation></PubmedArticleSet>"
)
# fmt: off
SEEDS: dict[str, bytes] = {
    "pubmed-xml": XML,
    "pubmed-xml-gz": gzip.compress(XML, mtime=0),
    "bioc-xml": b"<collection><document><id>1</id><passage><infon key='type'>title</infon><offset>0</offset><text>T</text></passage>"
    b"<passage><infon key='type'>abstract</infon><offset>2</offset><text>ALK G1202R.</text></passage></document></collection>",
    "bioc-json": b'{"documents": [{"id": "1", "passages": [{"infons": {"type": "title"}, "offset": 0, "text": "T"}]}]}',
    "europepmc": b'{"resultList": {"result": [{"id": "1", "source": "MED", "pmid": "1", "title": "T", "abstractText": "A"}]}}',
    "medline": b"PMID- 1\nDP  - 2020 Jan\nTI  - A title\n      that goes on\nAB  - BACKGROUND: One. RESULTS: Two.\nLID - 10.1/x [doi]\n\n"
    b"PMID- 2\nTI  - T\n",
    "abstract-text": b"1. J Tests. 2020 Jan;1(1):1-2. doi: 10.1/x.\n\nA title.\n\nDoe J(1), Roe R.\n\nAuthor information:\n(1)Here.\n\n"
    b"BACKGROUND: One.\nRESULTS: Two.\n\nDOI: 10.1/x\nPMID: 1 [Indexed for MEDLINE]\n\n\n2. J Tests. 2021;2:1.\n\nOther.\n\nText.\n\nPMID: 2\n",
    "summary-text": b"1: Doe J, Roe R. A title. J Tests. 2020 Jan;1(1):1-2. doi: 10.1/x. PMID: 1.\n\n2: Roe R. Other. J Tests. 2021;2:1. PMID: 2.\n",
    "pubtator": b"1|t|T\n1|a|ALK G1202R.\n1\t2\t5\tALK\tGene\t238\n\n2|t|U\n2|a|\n",
    "json": b'[{"id": 1, "title": "T", "abstract": "A \\u03b2"}, {"pmid": "2", "text": "x"}]',
    "jsonl": b'{"id": "a", "text": "ALK"}\n{"pmid": "2", "title": "T", "abstract": "\xce\xb2"}\n',
    "csv": b'id,pmid,text\n1,2,"a ""b"", c"\n2,,"over\nlines"\n3,4,=HYPERLINK("x")\n',
    "tsv": b"pmid\ttitle\tabstract\n1\tT\tA\n2\tU\t\xce\xb2\n",
    "html": b"<!DOCTYPE html><html><head><meta name='citation_pmid' content='1'></head><body><h1 class='heading-title'>T</h1>"
    b"<div class='abstract-content'><p><strong>AIM:</strong> One.</p></div></body></html>",
    "page": b"Send to\nChoose Destination\nJ Tests. 2020 Jan;1(1):1-2. doi: 10.1/x\nA title.\nDoe J1, Roe R2.\nAuthor information\nHere\n"
    b"Abstract\nOne.\n"
    b"PMID: 1 DOI: 10.1/x\nSimilar articles\n",
    "plain": "ALK G1202R — résistance to crizotinib.\r\nSecond line.".encode(),
    "pmids": b"{}",
}
TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xff", b"\r", b"\n\n", b"\t", b'"', b"'", b"<", b">", b"&", b"&#0;", b"&x;",
    b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<?xml version='1.0' encoding='utf-16'?>", b"{", b"}", b"[", b"]",
    b"\\u0000", b"\\ud800", b"\\", b",", b":", b"../../etc/passwd", b"=cmd|' /C calc'!A0", b"1e999", b"-1", b"9" * 400, b"|t|", b"|a|",
    b"PMID- ", b"PMID: ", b"doi: 10.1/", b"1. ", b"\x1f\x8b\x08", b"\xe2\x80\xa8", b"\xc2\x85", b"(" * 300, b"a" * 3000, b" " * 3000,
    b"A, " * 500, b"<a>" * 300, b"{\"a\":" * 300,
)
# fmt: on
ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252")
#: seconds of work that reading one input may take, and one more for each so many bytes
BOUND, BYTES = 5.0, 50_000


def mutate(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """Return the input with one to six things wrong."""
    for _ in range(rng.randint(1, 6)):
        at = rng.randint(0, len(data))
        size = rng.choice((1, 1, 2, 8, 64, 1024))
        match rng.randrange(9):
            case 0 if data:
                at = min(at, len(data) - 1)
                data = data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]
            case 1:
                data = data[:at] + data[at + size :]
            case 2:
                data = data[:at] + data[at : at + size] * rng.choice((2, 3, 200)) + data[at + size :]
            case 3 | 4:
                data = data[:at] + rng.choice(TOKENS) + data[at:]
            case 5:
                data = data[:at]
            case 6:
                data = data[:at] + other[rng.randint(0, len(other)) :]
            case 7:
                data = gzip.compress(data, 1, mtime=0)
            case 8:
                data = data.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")
        data = data[: 1 << 20]
    return data


def check(data: bytes) -> list[Document | Failure]:
    """Read an input and return what came out; raise `AssertionError` unless every promise was kept."""
    try:
        with time_limit(BOUND + len(data) / BYTES, work=True):
            found = read(data)
    except OutOfTime:
        raise AssertionError(f"reading took more than {BOUND:g} s") from None
    assert found, "neither document nor failure"
    for one in found:
        dumps(one).encode("utf-8")
        if isinstance(one, Failure):
            assert one.stage == "read" and one.error.strip() and one.document, one
            assert "Traceback" not in one.error and "/etc/" not in one.error.replace("../../etc/", ""), one  # a hostile id may be quoted, even cut
            continue
        assert one.id.strip() and len(one.id) <= MAX_ID, one.id
        assert not any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in one.id), repr(one.id)
        assert len({section.name for section in one.sections}) == len(one.sections)
        for section in one.sections:
            section.text.encode("utf-8")
            assert "\0" not in section.text
    return found


def inputs() -> dict[str, bytes]:
    """The invented inputs and, of each real file, its beginning."""
    native = SHARED / "pubmed" / "native"
    real = sorted(p for p in native.rglob("*") if p.is_file()) if native.is_dir() else []
    found = dict(SEEDS)
    for path in real:
        packed = path.read_bytes()
        found[path.name] = packed[: 1 << 17]
        if packed.startswith(b"\x1f\x8b"):
            with gzip.open(path) as unpacked:
                found[path.name + " (unpacked)"] = unpacked.read(1 << 17)
    return found


def run(seconds: float, seed: int, count: int | None = None) -> Iterator[tuple[str, bytes, list[Document | Failure]]]:
    """Mutate and read until the time is up, or so often; yield each input's format, bytes and outcome."""
    rng = random.Random(seed)
    texts = inputs()
    names = sorted(texts)
    end, done = time.monotonic() + seconds, 0
    while time.monotonic() < end and (count is None or done < count):
        name = rng.choice(names)
        data = mutate(texts[name], texts[rng.choice(names)], rng)
        yield name, data, check_or_keep(data)
        done += 1


def check_or_keep(data: bytes) -> list[Document | Failure]:
    try:
        return check(data)
    except BaseException:
        handle, place = tempfile.mkstemp(prefix="fuzz-", suffix=".bin")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        print(f"kept in {place}", file=sys.stderr)
        raise


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    reads, documents, failed, slowest, worst = Counter[str](), 0, 0, 0.0, ""
    handles = len(list(Path("/proc/self/fd").iterdir()))
    started = time.process_time()
    try:
        for name, _, found in run(given.seconds, given.seed):
            work = time.process_time() - started
            started += work
            slowest, worst = max((slowest, worst), (work, name))
            reads[name] += 1
            documents += sum(isinstance(one, Document) for one in found)
            failed += sum(isinstance(one, Failure) for one in found)
    except BaseException:
        traceback.print_exc()
        sys.exit(1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert len(list(Path("/proc/self/fd").iterdir())) == handles, "a file was left open"
    for name, number in sorted(reads.items()):
        print(f"{name:40} {number:7,}")
    print(f"{sum(reads.values()):,} inputs: {documents:,} documents, {failed:,} named failures, no crash, no hang, no open file left")
    print(f"slowest input {slowest:.2f} s of work ({worst}); peak memory {peak:.0f} MiB; seed {given.seed}")


if __name__ == "__main__":
    main()
