"""The plain view of a section: the text that recognition sees, with a map back to the text as read.

Rule: the raw text is never edited; every character of the view knows the raw characters it stands for, so a span found in the
view is a span of the raw text. Inline tags vanish without leaving a space, block tags leave one, entities and odd spaces become
one character, unusual hyphens become ``-``. Nothing is taken for a tag but names of HTML, JATS and MathML, so ``P<0.05`` stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from html.entities import html5

_INLINE = (
    "a abbr b big bold cite code em ext-link font i inf inline-formula italic label mark mi mn mo mrow mspace mstyle msub msubsup msup mtext "
    "mover munder mfrac named-content q roman s sans-serif sc small span strong styled-content sub sup sup2 tt u underline xref"
)
_BLOCK = (
    "abstract abstracttext article article-title blockquote body br copyrightinformation dd disp-formula div dl dt h1 h2 h3 h4 h5 h6 head hr "
    "html li list list-item ol p para sec section table tbody td th title tr ul"
)
_BLOCKS = frozenset(_BLOCK.split())
_TAG_NAMES = "|".join(sorted((*_INLINE.split(), *_BLOCK.split()), key=len, reverse=True))
_TAG = (
    rf"(?P<open><|&(?:amp;)?lt;)/?(?:(?:jats|mml|m|xhtml|html|oasis):(?=[a-z]))?(?P<tag>{_TAG_NAMES}|(?<=:)[a-z][\w-]{{0,40}})"
    r"(?:\s+[\w:.-]{1,40}\s*=[^<>]{0,400})?\s*/?(?:>|&(?:amp;)?gt;)|<!--(?:(?!-->).){0,2000}-->"
)
_ENTITY = r"&(?P<amp>(?:amp;){0,3})(?:(?P<named>[A-Za-z][A-Za-z0-9]{1,30})|\#(?P<number>[0-9]{1,7})|\#x(?P<hex>[0-9a-f]{1,6}));"
_NAMED_BY_OLD_SGML = {"agr": "α", "bgr": "β", "ggr": "γ", "dgr": "δ", "egr": "ε", "kgr": "κ", "lgr": "λ", "mgr": "μ"}
_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_HYPHENS = "\u2010\u2011\u2012\u2212\ufe63\uff0d"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_ODD_SPACES = "\t\n\x0b\x0c\r\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_ENTITY_OR_TAG = re.compile(f"{_TAG}|{_ENTITY}", re.IGNORECASE | re.DOTALL)
_ANYTHING_ODD = re.compile(rf"<(?=[!/A-Za-z])|&(?=[#A-Za-z])|  |[{_ODD_SPACES}{_ZERO_WIDTH}{_HYPHENS}–ﬀﬁﬂﬃﬄ]")
_BROKEN_LINE = re.compile(r"[^\W_]-$")
_HANGING_HYPHEN = re.compile(r"(?:and|or|to|bis)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class View:
    """Plain text and, for each of its characters, the raw characters it stands for.

    ``starts`` and ``ends`` are raw offsets (code points, half-open), one of each per character of ``text``; both are None where view
    and raw text are the same.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span of a view span: tags inside it included, tags around it left out.

        An empty span gives an empty one. Offsets outside the text raise `IndexError`.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"span {start}:{end} is not within a text of {len(self.text)} characters")
        if self.starts is None or self.ends is None:
            return start, end
        if start == end:
            where = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return where, where
        return self.starts[start], self.ends[end - 1]

    def view_span(self, raw_start: int, raw_end: int) -> tuple[int, int]:
        """Return the view span of the characters that a raw span touches; empty if it holds nothing but markup."""
        if self.starts is None or self.ends is None:
            return raw_start, raw_end
        start = bisect_right(self.ends, raw_start)
        return start, max(start, bisect_left(self.starts, raw_end))

    def cut(self, start: int, end: int) -> View:
        """Return the view of a part of the text; the raw offsets stay those of the whole."""
        if (start, end) == (0, len(self.text)):
            return self
        starts = self.starts[start:end] if self.starts is not None else tuple(range(start, end))
        ends = self.ends[start:end] if self.ends is not None else tuple(range(start + 1, end + 1))
        return View(self.text[start:end], starts, ends)


def lower_same_length(text: str) -> str:
    """Return the text in lower case with every character in its place ("İ", whose lower case is two characters, stays)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class _Builder:
    """Collects view characters with their raw spans."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.last = ""

    def copy(self, raw: str, start: int, end: int) -> None:
        if start < end:
            self.parts.append(raw[start:end])
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))
            self.last = raw[end - 1]

    def put(self, text: str, start: int, end: int) -> None:
        for char in text:
            self.parts.append(char)
            self.starts.append(start)
            self.ends.append(end)
            self.last = char

    def space(self, start: int, end: int) -> None:
        """A space, unless one stands there already or nothing does."""
        if self.last and not self.last.isspace():
            self.put(" ", start, end)


def plain_view(raw: str) -> View:
    """Return the text that recognition sees, with its map to ``raw``; the identity where nothing in ``raw`` is special."""
    if not _ANYTHING_ODD.search(raw):
        return View(raw)
    out = _Builder()
    position = 0
    for found in _SPECIAL.finditer(raw):
        start, end = found.span()
        if start < position:
            continue
        out.copy(raw, position, start)
        char = found[0][0]
        if char in "<&":
            position = _markup(raw, start, out)
        elif char.isspace():
            _spaces(raw, start, end, out)
            position = end
        else:
            _character(raw, start, out)
            position = start + 1
    out.copy(raw, position, len(raw))
    return View("".join(out.parts), tuple(out.starts), tuple(out.ends))


_SPECIAL = re.compile(rf"[<&{_ZERO_WIDTH}{_HYPHENS}–ﬀﬁﬂﬃﬄ]|[ {_ODD_SPACES}]{{2,}}|[{_ODD_SPACES}]")


def _markup(raw: str, start: int, out: _Builder) -> int:
    """Resolve the tag or entity at ``start``, or copy its first character; return the offset behind what was read."""
    found = _ENTITY_OR_TAG.match(raw, start)
    if found is None:
        out.copy(raw, start, start + 1)
        return start + 1
    end = found.end()
    if found["tag"] is not None:
        if found["tag"].lower() in _BLOCKS:
            out.space(start, end)
        return end
    if found[0].startswith("<!--"):
        return end
    char = _entity(found)
    if char:
        if char.isspace():
            out.space(start, end)
        else:
            out.put("-" if char in _HYPHENS else char, start, end)
        return end
    if found["amp"]:  # "&amp;unknown;" is an ampersand and a word
        out.put("&", start, start + 5)
        return start + 5
    out.copy(raw, start, start + 1)
    return start + 1


def _entity(found: re.Match[str]) -> str:
    """Return the one character an entity names, or nothing if it names none (control characters, surrogates, unknown names)."""
    if found["named"]:
        name = found["named"]
        char = _NAMED_BY_OLD_SGML.get(name) or html5.get(name + ";", "")
        return char if len(char) == 1 else ""
    code = int(found["number"]) if found["number"] else int(found["hex"], 16)
    if code < 32 or 0x7F <= code < 0xA0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    return chr(code)


def _spaces(raw: str, start: int, end: int, out: _Builder) -> None:
    """One space for a run of white space, a blank line for a run that holds one, nothing for a line broken after a hyphen."""
    lines = raw.count("\n", start, end)
    if lines >= 2:
        out.put("\n", start, end - 1)
        out.put("\n", end - 1, end)
    elif not (lines and _broken_word(raw, start, end)) and (not out.last.isspace() or out.last == "\n"):
        out.put(" ", start, end)


def _broken_word(raw: str, start: int, end: int) -> bool:
    """Whether a line ends in a hyphen ("EML4-" / "ALK") that is not a hanging one ("first-" / "and second-line")."""
    if end >= len(raw) or not raw[end].isalnum() or _HANGING_HYPHEN.match(raw, end):
        return False
    return _BROKEN_LINE.search(raw, max(0, start - 2), start) is not None


def _character(raw: str, at: int, out: _Builder) -> None:
    """Hyphens, ligatures and zero-width characters; an en dash is a hyphen only where it ties two words ("EML4–ALK")."""
    char = raw[at]
    if char in _ZERO_WIDTH:
        return
    if char in _LIGATURES:
        out.put(_LIGATURES[char], at, at + 1)
    elif char in _HYPHENS or (raw[at - 1 : at].isalnum() and raw[at + 1 : at + 2].isalnum()):
        out.put("-", at, at + 1)
    else:
        out.copy(raw, at, at + 1)
