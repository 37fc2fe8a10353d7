"""Hostile and broken inputs: each gives its message, none ends a run, none eats the machine."""

from __future__ import annotations

import gzip
import io
import random
import zlib

import pytest
from reading import read

from kg.model import Document, Failure
from kg.readers.inputs import read_stream

RECORD = "<PubmedArticle><MedlineCitation><PMID>{0}</PMID><Article><ArticleTitle>Title {0}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
SET = '<?xml version="1.0"?>\n<PubmedArticleSet>' + "\n".join(RECORD.format(n) for n in range(1, 4)) + "</PubmedArticleSet>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

CASES = {
    "empty file": (b"", "the file is empty"),
    "blank file": (b" \r\n\t\n", "the file is empty"),
    "empty gzip": (gzip.compress(b""), "the file is empty"),
    "gzip cut in its header": (gzip.compress(b"x")[:5], "gzip data ends too early"),
    "binary": (bytes(range(256)) * 20, "binary data"),
    "zip": (b"PK\x03\x04" + b"\0" * 50, "zip archive"),
    "pdf": (b"%PDF-1.4\n%\xe2\xe3", "is a PDF"),
    "gzip in gzip": (gzip.compress(gzip.compress(b"text")), "gzip data inside gzip data"),
    "billion laughs": (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><PubmedArticleSet>&l9;</PubmedArticleSet>'.encode(),
        "XML entities",
    ),
    "external entity": (
        b'<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "file:///etc/passwd">]><PubmedArticleSet>&x;</PubmedArticleSet>',
        "XML entities",
    ),
    "parameter entity": (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]><PubmedArticleSet/>', "XML entities"),
    "entities in UTF-16": (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><PubmedArticleSet/>'.encode("utf-16"),
        "XML entities",
    ),
    "unknown XML": (b"<?xml version='1.0'?><rss><channel/></rss>", "XML with root <rss>"),
    "deep XML": (b"<PubmedArticleSet>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</PubmedArticleSet>", "XML breaks at line 1"),
    "deep JSON": (b'{"id": "x", "text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", "nested too deeply"),
    "deep JSON array": (b'[{"a": ' + b"[" * 1000 + b"]" * 1000 + b"}]", "nested deeper than 100"),
    "broken JSON": (b'[{"id": "a", "text": "b"', "JSON breaks near character"),
    "NUL in text": (b'{"id": "x", "text": "a\\u0000b"}\n', "text holds a NUL character at character 1"),
    "lone surrogate": (b'{"id": "x", "text": "ab\\ud800"}\n', "text holds the lone surrogate U+D800 at character 2"),
    "control character in id": (b'{"id": "x\\ny", "text": "a"}\n', "identifier holds control characters"),
    "endless id": (b'{"id": "' + b"x" * 500 + b'", "text": "a"}\n', "identifier has 500 characters"),
    "table without header": (b"1\tTitle one\tText\n2\tTitle two\tText\n3\tTitle three\tText\n", "table without a header"),
    "unclosed quote": (b'id,text\n1,"never closed\n', ""),
    "short row": (b"id,text,title\nonly\n", "the row has 1 cells, the header 3"),
    "long row": (b"id,text\n1,a,b\n", "the row has 3 cells, the header 2"),
    "MEDLINE junk": (b"PMID- 1\nTI  - T\njunk here\n", "line 3 is no field of a MEDLINE record"),
    "PubTator junk": (b"1|t|T\n1|a|A\njunk\n", "line 3 is neither text nor annotation"),
    "PubTator mixed ids": (b"1|t|T\n2|a|A\n", "belongs to document '2', inside document '1'"),
    "record without PMID": (b"<PubmedArticleSet><PubmedArticle><MedlineCitation/></PubmedArticle></PubmedArticleSet>", "no PMID"),
    "empty JSON array": (b"[]", "holds no record"),
    "page without text": (b"Send to\nChoose Destination\ndoi: 10.1/x\nPubMed Commons\n", "neither title nor abstract"),
}


@pytest.mark.parametrize("name", CASES)
def test_each_gives_its_message(name: str) -> None:
    data, message = CASES[name]
    found = read(data)
    if message:
        assert len(found) == 1
        assert isinstance(found[0], Failure)
        assert message in found[0].error
        assert (found[0].stage, found[0].source) == ("read", "input.txt")
        assert "/etc/" not in found[0].error
    else:
        assert found


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (gzip.compress(random.Random(1).randbytes(9000).hex().encode() + SET.encode(), mtime=0)[:-200], "gzip data ends too early"),
        (SET.replace("Title 3", "Title \x01").encode(), "XML breaks at line 4"),
        (SET.replace("Title 3", "Title &#0;").encode(), "XML breaks at line 4"),
        (SET.replace("Title 3", "Title \udcff").encode("utf-8", "surrogateescape"), "XML breaks at line 4"),
        (SET.encode()[:-120], "XML breaks at line 4"),
    ],
)
def test_what_stands_before_a_break_is_read(data: bytes, message: str) -> None:
    if data[:2] == b"\x1f\x8b":
        packed = gzip.compress(SET.replace("</PubmedArticleSet>", f"<!-- {random.Random(1).randbytes(9000).hex()} -->").encode())
        data = packed[:-3000]
    *before, last = read(data)
    assert [d.id for d in before] in (["1", "2"], ["1", "2", "3"])
    assert isinstance(last, Failure)
    assert message in last.error


def test_a_bad_byte_fails_one_line_of_utf8() -> None:
    good = '{"id": "a", "text": "β-catenin"}\n'.encode()
    bad = b'{"id": "b", "text": "\xff"}\n'
    first, second, third = read(good + bad + good.replace(b'"a"', b'"c"'))
    assert [d.id for d in (first, third) if isinstance(d, Document)] == ["a", "c"]
    assert isinstance(second, Failure)
    assert "byte 0xFF, which is not valid UTF-8" in second.error


def test_any_flipped_bit_gives_documents_or_failures() -> None:
    rng = random.Random(7)
    packed = gzip.compress(SET.encode() * 2)
    for _ in range(150):
        for original in (packed, SET.encode(), b'[{"id": 1, "text": "abc"}, {"id": 2, "text": "x"}]', b"id,text\n1,abc\n", b"1|t|T\n1|a|A\n"):
            data = bytearray(original)
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            assert read(bytes(data))


def test_a_zip_bomb_is_refused() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * (1 << 20)
    bomb = b"".join(packer.compress(block) for _ in range(80)) + packer.flush()
    (found,) = read(b"".join([bomb]))
    assert isinstance(found, Failure)
    assert "unpacks to more than 250 times its size" in found.error


def test_quotes_that_never_close_are_bounded() -> None:
    rows = "".join(f'{n},"open\n' for n in range(2000))
    found = read("id,text\n" + rows + '9999,"closed"\n')
    assert found[-1].id == "9999"  # type: ignore[union-attr]
    assert len(found) == 2001


@pytest.mark.parametrize(
    "text", ["a" * 200_000, " " * 200_000 + "x", "A, " * 60_000, "1. " * 60_000, "(" * 100_000, "Doe J, " * 30_000, "doi: " * 40_000]
)
def test_long_runs_take_no_quadratic_time(text: str) -> None:
    for wrapped in (
        f"1. J Tests. 2020;1:1.\n\n{text}.\n\n{text}.\n\n{text}\n\nPMID: 1\n",
        f"Send to\nJ Tests. 2020;1:1. doi: 10.1/x\n\nTitle\n\n{text}\n\nAbstract\n{text}\nReferences\n1. {text}\nSimilar articles\n",
        f"PMID- 1\nTI  - {text}\nAB  - {text}\n",
        f"<html><body><h1 class='heading-title'>{text}</h1><div class='abstract-content'><p>{text}</p></div></body></html>",
    ):
        assert read(wrapped)


def test_a_line_of_100_mb_fails_alone() -> None:
    class Lines(io.RawIOBase):
        """First a record, then one line of 100 MB, then a record, without holding them."""

        def __init__(self) -> None:
            self._parts = [b'{"id": "a", "text": "x"}\n{"id": "b", "text": "', *[b"y" * (1 << 20)] * 100, b'"}\n{"id": "c", "text": "z"}\n']

        def read(self, size: int = -1) -> bytes:
            return self._parts.pop(0) if self._parts else b""

    first, second, third = read_stream(Lines(), "big", "big")  # type: ignore[arg-type]
    assert [first.id, third.id] == ["a", "c"]  # type: ignore[union-attr]
    assert isinstance(second, Failure)
    assert (second.document, second.error) == ("line 2", "the line is longer than 16 MB; put one document on a line")
