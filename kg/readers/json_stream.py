"""Records of one JSON value, streamed: an array of records, an object that holds one, or a string that holds XML.

Rule: one record is in memory at a time and is bounded; a record that is not valid fails alone as long as its brackets can be told, otherwise
the input ends with a failure that names the position.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

from kg.errors import ReadError
from kg.model import Document, Failure
from kg.readers.documents import failure
from kg.readers.jsonl import parse_record
from kg.readers.source import MAX_LINE, Source, decoded, detect_encoding, open_source

CONTAINERS = ("documents", "result", "PubTator3", "records", "articles", "data", "items")
MAX_RECORD = MAX_LINE
MAX_DEPTH = 100
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)


def read_json(source: Source) -> Iterator[Document | Failure]:
    """Yield the documents of a JSON input."""
    number = 0
    for number, text in enumerate(_records(source), 1):
        yield parse_record(text, source, number, f"record {number}")
    if not number:
        yield failure(source.name, "the JSON holds no record", 'give an array of {"id": ..., "title": ..., "abstract": ...}')


def unquoted(source: Source) -> Source:
    """Return the source inside a JSON string (an XML text that somebody saved with ``json.dump``)."""
    try:
        text = json.loads(source.text())
    except ValueError as error:
        raise ReadError(source.name, f"not a valid JSON string ({error})", "save the text itself") from error
    body = re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0"?>', str(text).lstrip("\ufeff"))  # the declared encoding no longer holds
    return open_source(source.name, source.stem, io.BytesIO(body.encode("utf-8", "surrogatepass")), source.path)


def _records(source: Source) -> Iterator[str]:
    """Yield the text of each record: every object of the top array or of a container's array, or else the one top object."""
    scan = _Scanner(source)
    token = scan.next()
    if token == "[":
        yield from _array(scan)
    elif token == "{":
        yield from _object(scan)
    else:
        raise ReadError(source.name, "is not a JSON array or object", "look at the start of the file")


def _array(scan: _Scanner) -> Iterator[str]:
    while True:
        token = scan.next()
        if token == "]":
            return
        if token == ",":
            continue
        yield scan.value(token) if token in ("{", "[") else token


def _object(scan: _Scanner) -> Iterator[str]:
    """The records of a container's array, at the top or one object down (Europe PMC's resultList); else the object itself."""
    members: list[str] = []
    found = False
    while (key := scan.next()) != "}":
        if key == ",":
            continue
        if scan.next() != ":":
            raise scan.broken("a colon is missing")
        token = scan.next()
        name = key.strip('"')
        if token == "[" and name in CONTAINERS:
            found = True
            # a BioC collection says once, for all its documents, where they come from
            given = next((m for m in members if m.startswith('"source":"')), "") if name == "documents" else ""
            yield from (f"{{{given},{text[1:]}" if given and text.startswith('{"') else text for text in _array(scan))
        elif token == "{" and name == "resultList":
            found = True
            yield from _object(scan)
        else:
            members.append(f"{key}:{scan.value(token) if token in ('{', '[') else token}")
            if sum(map(len, members)) > MAX_RECORD:
                raise scan.broken(f"a record is larger than {MAX_RECORD // 1024**2} MB")
    if not found:
        yield "{" + ",".join(members) + "}"


class _Scanner:
    """Tokens of a JSON stream with the position kept for messages."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._parts = decoded(source.chunks(), detect_encoding(source.head), source.name)
        self._buffer, self._at, self._base, self._ended = "", 0, 0, False

    def broken(self, problem: str) -> ReadError:
        return ReadError(
            self._name, f"JSON breaks near character {self._base + self._at}: {problem}", "the records before it were read; mend the file"
        )

    def next(self) -> str:
        """Return the next token; a token that the end of the buffer may have cut is looked at again with more text."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in " \t\r\n\ufeff":
                self._at += 1
            match = _TOKEN.match(self._buffer, self._at)
            if match and (match[0] in "{}[],:" or match.end() < len(self._buffer) or self._ended):
                self._at = match.end()
                return match[0]
            if not self._more():
                raise self.broken("the text ends inside a value")

    def value(self, opening: str) -> str:
        """Return the whole text of the object or array whose opening bracket was just read."""
        parts, depth, size = [opening], 1, 1
        while depth:
            token = self.next()
            depth += (token in ("{", "[")) - (token in ("}", "]"))
            size += len(token)
            if depth > MAX_DEPTH:
                raise self.broken(f"values are nested deeper than {MAX_DEPTH}")
            if size > MAX_RECORD:
                raise self.broken(f"a record is larger than {MAX_RECORD // 1024**2} MB")
            parts.append(token)
        return "".join(parts)

    def _more(self) -> bool:
        left = len(self._buffer) - self._at
        if left > MAX_RECORD:
            raise self.broken(f"a value is larger than {MAX_RECORD // 1024**2} MB")
        more, wanted = [], max(1 << 16, left)  # at least doubles, so that a long string is looked at few times
        while wanted > 0 and not self._ended:
            part = next(self._parts, None)
            if part is None:
                self._ended = True
            else:
                more.append(part)
                wanted -= len(part)
        if not more:
            return False
        self._buffer, self._base, self._at = self._buffer[self._at :] + "".join(more), self._base + self._at, 0
        return True
