"""Named queries and free SPARQL over a graph, answered as plain tables.

Rule: a parameter reaches a query only as a literal made by the RDF library and set into the ``VALUES`` block of its name;
text is never pasted. A named query is a ``.rq`` file that runs as it stands, with its defaults, in any SPARQL tool that
knows our prefixes; its header says what it answers and what it takes. A line that ends in ``# if NAME`` is needed only where the
optional parameter NAME is given, one that ends in ``# unless NAME`` only where it is not: it is left out otherwise.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.guard import check_sparql
from kg.graph.terms import ALL_PREFIXES, STANDARD, name_key, node, shorten

if TYPE_CHECKING:
    import pandas

#: most rows answered when the caller sets no limit of their own.
MAX_ROWS = 1_000_000
_SHOWN = 50
_QUERIES = Path(__file__).with_name("queries")
_PARAM = re.compile(
    r"^# param (?P<name>\w+) \((?P<kind>entity|integer|number|text|statement|limit)\): "
    r"(?P<about>.*?) Example: (?P<example>.*?)\.(?P<optional> Optional\.)?$"
)
#: the mark at the end of a line, itself a comment to any SPARQL tool; the lines of the header begin with #.
_MARKED = re.compile(r"^(?!#)(?P<line>.*?) *# (?P<when>if|unless) (?P<name>\w+)$\n?", re.MULTILINE)
_NUMBERS = {STANDARD["xsd"] + kind for kind in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger", "short", "byte")}
_FLOATS = {STANDARD["xsd"] + kind for kind in ("double", "float", "decimal")}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query: an entity's name, synonym or CURIE; a number; a text; a statement's id."""

    name: str
    kind: str
    about: str
    example: str
    required: bool


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query kept in ``kg/graph/queries``."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: column names and rows of plain values (str, int, float, bool or None), IRIs as CURIEs.

    ``truncated`` says that the row limit cut the answer.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False

    def dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dicts by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> pandas.DataFrame:
        """Return the answer as a data frame, its columns there even if it has no rows (needs pandas: extra ``notebook``)."""
        try:
            import pandas
        except ImportError as error:
            raise QueryError("pandas is not installed: pip install 'pubmed-kg[notebook]'") from error
        return pandas.DataFrame(list(self.rows), columns=list(self.columns))

    def _repr_html_(self) -> str:
        """Return the answer as Jupyter shows it: the first rows, every value escaped."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{'' if v is None else escape(_shown(v))}</td>" for v in row) + "</tr>" for row in self.rows[:_SHOWN])
        rest = f" of which {_SHOWN} are shown" if len(self.rows) > _SHOWN else ""
        cut = "; the row limit cut the answer" if self.truncated else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{len(self.rows):,} rows{rest}{cut}</p>"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)


def _shown(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Return the named queries by name, sorted."""
    return {path.stem: parse_query(path.stem, path.read_text(encoding="utf-8")) for path in sorted(_QUERIES.glob("*.rq"))}


def parse_query(name: str, text: str) -> NamedQuery:
    """Return a named query from the text of its file; `QueryError` if the header or a ``VALUES`` block is missing."""
    header = [line for line in text.splitlines() if line.startswith("#")]
    about = [line[2:].strip() for line in header if line.startswith("# ") and not line.startswith("# param ")]
    parameters = []
    for line in header:
        if line.startswith("# param "):
            match = _PARAM.match(line)
            if match is None:
                raise QueryError(f"query '{name}': cannot read the header line '{line}'")
            if match["kind"] == "limit":
                if not _cut(match["example"]).search(text):
                    raise QueryError(f"query '{name}': no 'LIMIT {match['example']}' for its parameter")
            elif not _block(match["name"]).search(text):
                raise QueryError(f"query '{name}': no line 'VALUES ?{match['name']} {{ ... }}' for its parameter")
            parameters.append(Parameter(match["name"], match["kind"], match["about"], match["example"], match["optional"] is None))
    optional = {p.name for p in parameters if not p.required and p.kind != "limit"}
    for marked in _MARKED.finditer(text):
        if marked["name"] not in optional:
            raise QueryError(f"query '{name}': '# {marked['when']} {marked['name']}' names no optional parameter")
    if not about:
        raise QueryError(f"query '{name}' has no description")
    return NamedQuery(name, " ".join(about), tuple(parameters), text)


def _block(name: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES \?{name} \{{[^{{}}]*\}}")


def _needed(text: str, given: Collection[str]) -> str:
    """The text without the lines that are not needed where these parameters are given, and without the marks of the others."""
    return _MARKED.sub(lambda m: m["line"] + "\n" if (m["name"] in given) == (m["when"] == "if") else "", text)


def _cut(most: str) -> re.Pattern[str]:
    return re.compile(rf"LIMIT {most}\b")


def limit_of(query: NamedQuery, params: Mapping[str, object], limit: int | None = None) -> int:
    """Return how many rows are asked for: by the caller's ``limit``, else by the query's parameter of that kind, else its default; `QueryError`."""
    known = next((p for p in query.parameters if p.kind == "limit"), None)
    given = str((known and params.get(known.name)) or limit or (known.example if known else "all")).strip()
    if given == "all":
        return MAX_ROWS
    if not (given.isascii() and given.isdigit() and int(given)):
        raise QueryError(f"parameter 'limit' takes a number of rows or 'all', not '{given}'")
    return min(int(given), MAX_ROWS)


def bind(query: NamedQuery, params: Mapping[str, object]) -> str:
    """Return the query's text with its parameters set; `QueryError` names an unknown, missing or ill-formed one."""
    known = {p.name: p for p in query.parameters}
    for name in params:
        if name not in known:
            takes = ", ".join(known) or "none"
            raise QueryError(f"query '{query.name}' has no parameter '{name}'; it takes {takes}")
    text = _needed(query.text, {name for name, value in params.items() if value not in (None, "")})  # before any value is set
    for parameter in query.parameters:
        value = params.get(parameter.name)
        if parameter.kind == "limit":
            text = _cut(parameter.example).sub(f"LIMIT {limit_of(query, params)}", text)
            continue
        if value is None or value == "":
            if parameter.required:
                raise QueryError(f"query '{query.name}' needs --param {parameter.name}=...: {parameter.about} Example: {parameter.example}")
            term = _term(parameter, "" if parameter.kind not in ("integer", "number") else 0)
        else:
            term = _term(parameter, value)
        block = f"VALUES ?{parameter.name} {{ {term} }}"
        text = _block(parameter.name).sub(lambda _, new=block: new, text)  # type: ignore[misc]
    return text


def bind_limited(query: NamedQuery, params: Mapping[str, object], limit: int | None = None) -> tuple[str, int]:
    """Return the query's text and the rows to take of its answer: the text asks for one more, which tells whether the answer was cut."""
    most = limit_of(query, params, limit)
    cut = {p.name: most + 1 for p in query.parameters if p.kind == "limit"}
    return bind(query, {**params, **cut}), most


def _term(parameter: Parameter, value: object) -> str:
    """The value as a SPARQL literal; quoting is done by the RDF library."""
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    if parameter.kind in ("integer", "number"):
        try:
            number = int(text) if parameter.kind == "integer" else float(text)
        except ValueError as error:
            raise QueryError(f"parameter '{parameter.name}' takes {parameter.kind}, not '{text}'") from error
        return str(ox.Literal(number))
    if parameter.kind == "entity":
        text = name_key(text)
    if parameter.kind == "statement":
        return node("KGS:" + text.strip().removeprefix("KGS:").lower())
    return str(ox.Literal(text))


def run_named(
    store: ox.Store, name: str, params: Mapping[str, object], *, timeout: float | None = None, limit: int | None = None, path: Path | None = None
) -> Table:
    """Answer a named query; `QueryError` lists the known ones if there is none of that name."""
    queries = named_queries()
    if name not in queries:
        raise QueryError(f"no query named '{name}'; known are {', '.join(queries)}")
    text, most = bind_limited(queries[name], params, limit)
    return _run(store, text, timeout, most, path)


def run_sparql(store: ox.Store, text: str, *, timeout: float | None = None, limit: int | None = None, path: Path | None = None) -> Table:
    """Answer SPARQL text, which is not trusted, over the union of the named graphs; our prefixes need not be declared."""
    return _run(store, check_sparql(text), timeout, limit, path)


def _run(store: ox.Store, text: str, timeout: float | None, limit: int | None, path: Path | None) -> Table:
    if timeout is not None and path is not None:
        from kg.graph.isolated import run_isolated

        return run_isolated(path, text, timeout, limit)
    return answer(store, text, limit, None if timeout is None else time.monotonic() + timeout)


def answer(store: ox.Store, text: str, limit: int | None = None, deadline: float | None = None) -> Table:
    """Run checked SPARQL text in this process; between rows the clock is looked at if there is a deadline."""
    most = MAX_ROWS if limit is None else min(limit, MAX_ROWS)
    try:
        result = store.query(text, use_default_graph_as_union=True, prefixes=ALL_PREFIXES)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"not a valid SPARQL query: {error}") from error
    if isinstance(result, ox.QueryBoolean):
        return Table(("answer",), ((bool(result),),))
    triples = isinstance(result, ox.QueryTriples)
    columns = ("subject", "predicate", "object") if triples else tuple(v.value for v in result.variables)  # type: ignore[union-attr]
    rows: list[tuple[Any, ...]] = []
    try:
        for solution in result:
            if len(rows) >= most:
                return Table(columns, tuple(rows), truncated=True)
            rows.append(tuple(plain(term) for term in _terms(solution, len(columns))))
            if deadline is not None and time.monotonic() > deadline:
                raise QueryError("the query ran out of time; narrow it or give it more")
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error
    return Table(columns, tuple(rows))


def _terms(solution: Any, width: int) -> Sequence[Any]:
    return (solution.subject, solution.predicate, solution.object) if isinstance(solution, ox.Triple) else [solution[i] for i in range(width)]


def plain(term: Any) -> str | int | float | bool | None:
    """Return an RDF term as a plain value: CURIE, number, boolean or text."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    kind = term.datatype.value
    try:
        if kind in _NUMBERS:
            return int(term.value)
        if kind in _FLOATS:
            return float(term.value)
    except ValueError:  # "abc"^^xsd:integer is legal RDF
        return term.value
    return term.value in ("true", "1") if kind == STANDARD["xsd"] + "boolean" else term.value
