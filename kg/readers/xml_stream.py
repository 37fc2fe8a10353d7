"""Records of an XML stream, one element at a time: no entities, no network, no DTD, bounded depth and record size.

Rule: an element is handed out when it is complete and freed right after; what is broken raises `ReadError` with its position after all
records before it were handed out. The prolog is looked at before a byte reaches the parser: a DOCTYPE that declares entities is
refused by name (billion laughs, external entities).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from kg.errors import ReadError
from kg.readers.documents import unwrap
from kg.readers.source import Source, decode_head

MAX_RECORD = 32 * 1024 * 1024  # bytes between the ends of two records; the largest real one (3,000 authors) is under 2 MB
MAX_DEPTH = 200  # the parser itself stops at 256
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?P<doctype>(?:[^\[\]<>\"']|\"[^\"]*\"|'[^']*')*(?:\[(?P<subset>.*?)\]\s*)?)>", re.DOTALL)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*(?::[\w.-]+)?)")


def root_tag(text: str, name: str) -> str:
    """Return the root element's name from the start of a document; `ReadError` for entity declarations or no root at all."""
    at = 0
    while match := _PROLOG.match(text, at):
        if re.search(r"<!ENTITY|%\w", match["subset"] or ""):
            raise ReadError(name, "declares XML entities in its DOCTYPE: refused as unsafe", "remove the declarations")
        at = match.end()
    if "<!ENTITY" in text[at : at + 4096] and text.startswith("<!DOCTYPE", at):
        raise ReadError(name, "declares XML entities in its DOCTYPE: refused as unsafe", "remove the declarations")
    root = _ROOT.match(text, at)
    if root is None:
        raise ReadError(name, "is not XML: no root element was found", "look at the start of the file")
    return root[1]


def read_elements(source: Source, tags: Iterable[str]) -> Iterator[Any]:
    """Yield each complete element named in ``tags`` that stands in no other of them; the caller must be done with one before asking for the next."""
    names = frozenset(tags)
    root_tag(decode_head(source.head), source.name)
    parser = etree.XMLPullParser(
        ("end",),
        tag=sorted(names),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    last = 0
    try:
        for chunk in source.chunks():
            parser.feed(chunk)
            for element in _finished(parser, source.name, names):
                yield element
                last = source.offset
            if source.offset - last > MAX_RECORD:
                raise ReadError(
                    source.name, f"holds an XML record larger than {MAX_RECORD // 1024**2} MB, near byte {source.offset}", "split the file"
                )
        parser.close()
    except etree.XMLSyntaxError as error:
        # lxml still holds the records that were complete before the break
        yield from _finished(parser, source.name, names, broken=True)
        problem = f"XML breaks at line {error.position[0]}, column {error.position[1]} ({error.msg})"
        raise ReadError(source.name, problem, "the records before it were read; fetch the file again") from error
    yield from _finished(parser, source.name, names)


def _finished(parser: Any, name: str, tags: frozenset[str], broken: bool = False) -> Iterator[Any]:
    events = parser.read_events()
    while True:
        try:
            _, element = next(events)
        except StopIteration:
            return
        except etree.XMLSyntaxError:
            if broken:
                return
            raise
        document = element.getroottree().docinfo.internalDTD
        if document is not None and next(iter(document.iterentities()), None) is not None:
            raise ReadError(name, "declares XML entities in its DOCTYPE: refused as unsafe", "remove the declarations")
        parent = element.getparent()
        if parent is not None and parent.tag in tags:
            continue  # a part of a record that comes whole later
        yield element
        if parent is None:
            continue
        element.clear(keep_tail=False)
        while element.getprevious() is not None:
            del parent[0]


def text_of(element: Any) -> str:
    """Return all text inside an element, markup dropped and named entities resolved, line breaks of pretty print as one blank."""
    if not len(element):
        return unwrap(element.text or "")
    if next(element.iterdescendants(etree.Entity), None) is None:
        return unwrap("".join(element.itertext()))
    return unwrap("".join(_with_entities(element, 0)))


def _with_entities(node: Any, depth: int) -> Iterator[str]:
    """The text below a node whose entities only the (unread) DTD declares: HTML's names are known, any other stays as written."""
    yield node.text or ""
    for child in node:
        if child.tag is etree.Entity:
            yield html.unescape(child.text or "")
        elif isinstance(child.tag, str) and depth < MAX_DEPTH:
            yield from _with_entities(child, depth + 1)
        yield child.tail or ""
