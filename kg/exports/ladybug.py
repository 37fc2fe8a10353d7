"""A Ladybug database, which is one file and is asked in Cypher without a server.

Rule: the shape is that of `kg.exports.bolt` with its evidence, one label a node: ``Entity``, ``Statement``, ``Evidence``, ``Document``; a
relationship table for each predicate. Rows reach the database as Parquet files, never as text of a query. The file is the database's own
and, alone among the formats, not the same bytes twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kg.errors import ExportError
from kg.exports.parquet import write_table
from kg.exports.sentences import DOCUMENT_FIELDS, EVIDENCE_FIELDS, document_rows, evidence_rows, judgements, origins, read_ends, read_statements
from kg.exports.view import EDGE_FIELDS, NODE_FIELDS, Row, edges, nodes
from kg.exports.writing import put_in_place
from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from kg.graph import Graph

_TYPES = {str: "STRING", list: "STRING[]", int: "INT64", float: "DOUBLE", bool: "BOOL"}
_OWN = {name: kind for name, kind in EDGE_FIELDS.items() if name not in ("subject", "object")}
_FILE = "rows.parquet"


def write_ladybug(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as one database file; `ExportError` where the package is missing or declines."""
    try:
        import ladybug
    except ImportError as error:
        raise ExportError("Ladybug is not installed; pip install 'pubmed-kg[ladybug]'") from error
    with put_in_place(out) as temporary, TemporaryDirectory(dir=out.parent) as folder:
        temporary.unlink(missing_ok=True)
        try:
            with ladybug.Database(str(temporary)) as database, ladybug.Connection(database) as connection:
                _Loading(connection, Path(folder)).load(graph)
        except RuntimeError as error:
            raise ExportError(f"{out}: Ladybug declines ({error})") from error
    return [out]


class _Loading:
    """Tables on their way into one database, each through a Parquet file."""

    def __init__(self, connection: Any, folder: Path) -> None:
        self._run, self._file = connection.execute, folder / _FILE

    def load(self, graph: Graph) -> None:
        """Load all of a graph."""
        self._nodes("Entity", NODE_FIELDS, nodes(graph))
        self._statements(graph)
        self._nodes("Statement", EDGE_FIELDS, read_statements(graph))
        self._nodes("Document", DOCUMENT_FIELDS, document_rows(graph))
        self._nodes("Evidence", EVIDENCE_FIELDS, evidence_rows(graph))
        for name, end in (("SUBJECT", "subject"), ("OBJECT", "object")):
            self._links({name: ""}, "Statement", "Entity", end, read_ends(graph))
        self._links({"FROM": ""}, "Evidence", "Document", "document", origins(graph))
        self._links(
            {name: f"WHERE judgement = '{name}'" for name in ("SUPPORTS", "CONTRADICTS")}, "Evidence", "Statement", "statement", judgements(graph)
        )

    def _nodes(self, label: str, fields: dict[str, type], rows: Iterable[Row]) -> None:
        self._run(f"CREATE NODE TABLE {label} ({_columns(fields)}, PRIMARY KEY (id))")
        write_table(self._file, fields, rows)
        self._run(f"COPY {label} FROM {_quoted(self._file)}")

    def _statements(self, graph: Graph) -> None:
        write_table(self._file, EDGE_FIELDS, edges(graph))
        for predicate in PREDICATES:
            self._run(f"CREATE REL TABLE {predicate.upper()} (FROM Entity TO Entity, {_columns(_OWN)})")
            names = ", ".join(f"`{name}`" for name in _OWN)
            rows = f"LOAD FROM {_quoted(self._file)} WHERE predicate = '{predicate}' RETURN subject, object, {names}"
            self._run(f"COPY {predicate.upper()} FROM ({rows})")

    def _links(self, names: dict[str, str], start: str, end: str, column: str, rows: Iterable[Row]) -> None:
        """Relationships without properties, each name with the condition that its rows meet."""
        fields: dict[str, type] = {"id": str, column: str, **({"judgement": str} if len(names) > 1 else {})}
        write_table(self._file, fields, ({name: row[name] for name in fields} for row in rows))
        for name, condition in names.items():
            self._run(f"CREATE REL TABLE `{name}` (FROM {start} TO {end})")
            self._run(f"COPY `{name}` FROM (LOAD FROM {_quoted(self._file)} {condition} RETURN id, {column})")


def _columns(fields: dict[str, type]) -> str:
    return ", ".join(f"`{name}` {_TYPES[kind]}" for name, kind in fields.items())


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("\\", "\\\\").replace("'", "\\'") + "'"
