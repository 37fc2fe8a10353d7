"""Is this SPARQL text safe to run? SERVICE would reach out of the machine, updates would write.

Rule: the text is cut into tokens as the SPARQL grammar cuts it, so that a keyword inside a string, an IRI or a comment is
not one; what cannot be cut is left for the parser to refuse. The store is opened read-only besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import QueryError

#: longest query text taken, in characters.
MAX_LENGTH = 200_000
#: deepest nesting of brackets taken: the parser is recursive, and its stack overflows before it can refuse.
MAX_DEPTH = 100

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)|(?P<space>\s+)
    |(?P<string>'''(?:[^'\\]|\\.|'(?!''))*'''|\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
    |(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    |(?P<variable>[?$]\w+)
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<name>[^\W\d_][\w.\-]*:(?:[\w.\-:]|%[0-9A-Fa-f]{2}|\\.)*|_?:(?:[\w.\-:]|%[0-9A-Fa-f]{2}|\\.)*)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) of each token; white space and comments are left out."""
    for kind, token, _ in placed_tokens(text):
        yield kind, token


def placed_tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield (kind, text, offset) of each token."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind not in ("space", "comment"):
            yield kind, match.group(), match.start()


def check_sparql(text: str, updates: bool = False) -> str:
    """Return the query with its comments blanked, so that what was not looked at is not run either.

    Raises `QueryError` for text that is too long or too deep, calls SERVICE, or is an update where none is taken.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query has {len(text):,} characters; at most {MAX_LENGTH:,} are taken")
    _check_words(list(tokens(text)), updates)
    _check_depth(text)
    return "".join(" " if m.lastgroup == "comment" else m.group() for m in _TOKEN.finditer(text))


def _check_words(found: list[tuple[str, str]], updates: bool) -> None:
    for kind, token in found:
        # The parser needs no space after a keyword: "trueSERVICE" and "SERVICE:x" call it too.
        if (kind == "word" and "SERVICE" in token.upper()) or (kind == "name" and "SERVICE" in token.partition(":")[0].upper()):
            raise QueryError("SERVICE is refused: queries reach nothing outside the graph; load what you need into your own store")
    form = next((t.upper() for kind, t in found if kind == "word" and t.upper() in _FORMS | _UPDATES), "")
    if form in _UPDATES and not updates:
        raise QueryError(f"{form} is refused: a graph is read-only; build it again to change it")


def _check_depth(text: str) -> None:
    depth = run = 0
    for kind, token in tokens(text):
        depth += (token in "{([") - (token in "})]") if kind == "other" else 0
        run = run + 1 if kind == "other" and token in "!+-^" else 0
        if depth > MAX_DEPTH or run > MAX_DEPTH:
            raise QueryError(f"the query nests deeper than {MAX_DEPTH} brackets or signs; write it flatter")
