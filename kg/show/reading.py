"""A document as it was read: its text with every mention marked, and the statements read from it.

Rule: nested mentions stay nested; of two that cross, the later one is not drawn over the earlier. The text comes out character for
character; a name becomes markup only in `kg.serve.markup`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.config import Settings
from kg.errors import QueryError
from kg.graph import Graph
from kg.model import Document, Evidence, Mention, Section
from kg.serve.markup import Child, Html, el, join
from kg.show.drawing import SHAPES
from kg.vocab import PREFIXES, iri

if TYPE_CHECKING:
    from kg.nlp import Pipeline

_BOX = "font: 15px/1.9 system-ui, sans-serif; max-width: 60em; color: #1d2429; background: #fff; padding: 8px 12px"
_LABEL = "font-size: 0.65em; font-weight: 700; margin-left: 0.35em; vertical-align: middle; letter-spacing: 0.03em"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, its mentions and its evidence. Jupyter shows it with the mentions marked; ``print`` writes it as text."""

    document: Document
    mentions: tuple[Mention, ...]
    evidence: tuple[Evidence, ...]

    def show(self) -> Reading:
        """Return itself, which a notebook shows as the last value of a cell and ``print`` as text."""
        return self

    def html(self) -> str:
        """Return it as a piece of HTML that stands alone: no script, no style sheet, nothing fetched."""
        head = el("p", el("strong", self.document.curie), " ", self.document.citation or self.document.journal, style="margin: 0; color: #55616a")
        body = (
            el("p", _label(section), _marked(section, self.mentions), style=_paragraph(section), dir="auto") for section in self.document.sections
        )
        return el("div", head, *body, _statements(self.evidence), style=_BOX)

    def _repr_html_(self) -> str:
        return self.html()

    def __str__(self) -> str:
        rows = [self.document.curie]
        rows += [_plain(section, self.mentions) for section in self.document.sections]
        for one in self.evidence:
            rows.append(f"  {_says(one)}{_doubt(one)}")
        return "\n".join("".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in row) for row in rows)

    def __repr__(self) -> str:
        return str(self)


def reading_of(graph: Graph, key: str) -> Reading:
    """Return a document of a graph, by its id, PMID or CURIE, as it was read; `QueryError` if the graph has it not."""
    bare = key.partition(":")[2] if key.upper().startswith(("PMID:", "KGDOC:")) else key
    found = graph.documents.get(key) or graph.documents.get(bare)
    found = found or next((d for d in graph.documents.values() if key.casefold() in (d.curie.casefold(), d.pmid, d.doi.casefold())), None)
    if found is None:
        raise QueryError(f"no document '{key}' in {graph.folder}; .documents has those that are there, by id")
    evidence = sorted((e for e in graph.evidence.values() if e.document == found.id), key=lambda e: (e.section, e.start, e.id))
    return Reading(found, graph.mentions(found.id), tuple(evidence))


def read_text(text: str, profile: str = "accurate") -> Reading:
    """Return a text as `kg build` would read it, without a graph. ``profile`` "fast" leaves the learned recognizer out."""
    found = _pipeline(profile).annotate_one(Document("text", (Section("text", text.encode("utf-8", "replace").decode("utf-8")),)))
    return Reading(found.document, found.mentions, found.evidence)


@lru_cache(maxsize=1)
def _pipeline(profile: str) -> Pipeline:
    """The pipeline of the last profile used, kept open: loading it takes far longer than reading a text."""
    from kg.lexicon import Lexicon
    from kg.nlp import Pipeline

    return Pipeline(Settings(profile=profile), Lexicon.open())


@dataclass(slots=True)
class _Span:
    """A mention with those inside it."""

    mention: Mention
    inner: list[_Span]


def _nested(section: Section, mentions: Sequence[Mention]) -> list[_Span]:
    """The mentions of a section as a forest, in text order, the longer one outside."""
    here = [m for m in mentions if m.section == section.name and 0 <= m.start < m.end <= len(section.text)]
    roots: list[_Span] = []
    open_: list[_Span] = []
    for mention in sorted(here, key=lambda m: (m.start, -m.end, m.type)):
        while open_ and open_[-1].mention.end <= mention.start:
            open_.pop()
        if open_ and mention.end > open_[-1].mention.end:
            continue  # it crosses the one before
        span = _Span(mention, [])
        (open_[-1].inner if open_ else roots).append(span)
        open_.append(span)
    return roots


def _cut(text: str, spans: Sequence[_Span], start: int, end: int) -> Iterator[str | _Span]:
    for span in spans:
        if start < span.mention.start:
            yield text[start : span.mention.start]
        yield span
        start = span.mention.end
    if start < end:
        yield text[start:end]


def _marked(section: Section, mentions: Sequence[Mention]) -> Html:
    def markup(spans: Sequence[_Span], start: int, end: int) -> Html:
        return join(*(one if isinstance(one, str) else mark(one) for one in _cut(section.text, spans, start, end)))

    def mark(span: _Span) -> Html:
        m = span.mention
        colour = SHAPES.get(m.type, SHAPES[""])[0]
        style = f"background: {colour}22; border-bottom: 2px solid {colour}; border-radius: 3px; padding: 0.1em 0.2em; color: inherit"
        label = el("span", m.type, style=f"{_LABEL}; color: {colour}")
        known = f", {m.entity_id}, score {m.grounding.score:.2f}" if m.grounding else ", no identifier"
        return el("mark", markup(span.inner, m.start, m.end), _linked(m, label), title=f"{m.name}: {m.type}{known}", style=style)

    return markup(_nested(section, mentions), 0, len(section.text))


def _linked(mention: Mention, label: Html) -> Child:
    prefix = mention.entity_id.partition(":")[0]
    if prefix not in PREFIXES or prefix.startswith("KG"):
        return label
    return el("a", label, href=iri(mention.entity_id), rel="noopener noreferrer external", target="_blank", style="text-decoration: none")


def _paragraph(section: Section) -> str:
    return "margin: 0.4em 0" + ("; font-weight: 600" if section.kind == "title" else "")


def _label(section: Section) -> Html | None:
    return el("strong", section.label, " ") if section.label else None


def _statements(evidence: Sequence[Evidence]) -> Html | None:
    if not evidence:
        return None
    said: dict[str, Any] = {}
    for one in evidence:
        said.setdefault(_says(one) + _doubt(one), el("li", el("b", one.subject.name), f" {_spoken(one)} ", el("b", one.object.name), _doubt(one)))
    items = el("ul", *said.values(), style="margin: 0.2em 0 0; line-height: 1.5")
    return el("div", el("span", "Read in it:", style="color: #55616a"), items, style="font-size: 0.9em")


def _spoken(one: Evidence) -> str:
    return one.predicate.replace("_", " ")


def _says(one: Evidence) -> str:
    return f"{one.subject.name} {_spoken(one)} {one.object.name}"


def _doubt(one: Evidence) -> str:
    doubts = [word for word, holds in (("denied", one.polarity != "positive"), ("speculated", one.certainty != "asserted")) if holds]
    return f" ({', '.join(doubts)})" if doubts else ""


def _plain(section: Section, mentions: Sequence[Mention]) -> str:
    """The text with each outer mention as ``[text](Type)``."""
    spans = _nested(section, mentions)
    return "".join(
        one if isinstance(one, str) else f"[{one.mention.text}]({one.mention.type})" for one in _cut(section.text, spans, 0, len(section.text))
    )
