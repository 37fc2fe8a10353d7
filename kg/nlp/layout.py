"""One text for a whole document, and the way back to its sections.

Rule: sections are joined by a blank line, so that no sentence, term or abbreviation runs across two of them; recognition sees the
plain view of each section, without citation and affiliations that were copied along with it (`furniture`); records carry offsets into
the section's text as read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Document, Section
from kg.nlp.furniture import body
from kg.nlp.view import View, plain_view

JOINT = "\n\n"


@dataclass(frozen=True, slots=True)
class Part:
    """A section's place in the document's text."""

    start: int
    end: int
    section: Section
    view: View


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's text as recognition sees it: ``text`` and its parts, in order."""

    text: str
    parts: tuple[Part, ...]

    def part_at(self, offset: int) -> Part:
        """Return the part that holds an offset."""
        return next((part for part in reversed(self.parts) if part.start <= offset), self.parts[0])

    def holds(self, start: int, end: int) -> bool:
        """Whether a span lies within one section (a pattern may have matched across the blank line between two)."""
        part = self.part_at(start)
        return part.start <= start < end <= part.end

    def locate(self, start: int, end: int) -> tuple[Section, int, int]:
        """Return the section of a span and the span's offsets in the section's text as read."""
        part = self.part_at(start)
        raw_start, raw_end = part.view.raw_span(start - part.start, min(end, part.end) - part.start)
        return part.section, raw_start, raw_end

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts)


def lay_out(document: Document) -> Layout:
    """Return the layout of a document's non-empty sections."""
    parts: list[Part] = []
    texts: list[str] = []
    at = 0
    for section in document.sections:
        view = plain_view(section.text)
        view = view.cut(*body(view.text))
        if not view.text.strip():
            continue
        parts.append(Part(at, at + len(view.text), section, view))
        texts.append(view.text)
        at += len(view.text) + len(JOINT)
    return Layout(JOINT.join(texts), tuple(parts))
