"""A graph sent to a running Neo4j (or another server that speaks Bolt) with the official driver.

Rule: every value is a parameter; labels and relationship types come only from `kg.vocab` and this module, so no name in a graph
can become Cypher. Everything is merged by id, and what the server already holds with the same checksum is not written, so
sending twice changes nothing and a run that was stopped is resumed by running it again. Nothing is deleted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import ExportError
from kg.exports.neo4j_csv import labels
from kg.exports.sentences import document_rows, evidence_rows, judgements, origins, read_ends, read_statements
from kg.exports.view import Row, edges, nodes
from kg.model import content_id
from kg.vocab import PREDICATES, EntityType

if TYPE_CHECKING:
    import neo4j

    from kg.graph import Graph

BATCH = 1000
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
#: how long to wait for a server that does not answer, in seconds.
CONNECT_SECONDS = 10.0
#: how long a batch is tried again after a transient error (a deadlock, a leader election), in seconds.
RETRY_SECONDS = 30.0

_WRITE = (
    "WITH x, row, (x.checksum IS NULL OR x.checksum <> row.checksum) AS new\n"
    "FOREACH (_ IN CASE WHEN new THEN [1] ELSE [] END | SET x += row)\n"
    "RETURN count(x) AS found, sum(CASE WHEN new THEN 1 ELSE 0 END) AS changed"
)
_NODE = "UNWIND $rows AS row\nMERGE (x:{label} {{id: row.id}})\n"
_EDGE = "UNWIND $rows AS row\nMATCH (s:{start} {{id: row.{start_id}}}) MATCH (o:{end} {{id: row.{end_id}}})\n"
_NODE_LABELS = ("Entity", "Statement", "Evidence", "Document")
_INDEXES = (
    *(f"CREATE CONSTRAINT {name.lower()}_id IF NOT EXISTS FOR (n:{name}) REQUIRE n.id IS UNIQUE" for name in _NODE_LABELS),
    "CREATE INDEX entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name)",
    *(f"CREATE INDEX {name}_id IF NOT EXISTS FOR ()-[r:{name.upper()}]-() ON (r.id)" for name in PREDICATES),
    "CREATE FULLTEXT INDEX entity_text IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.synonyms]",
)
_AGAIN = "what was sent is kept, sending again goes on from there"

#: gets a stage's name and how many of its rows are done.
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Server:
    """Where a graph goes: address, account, and database (empty: the account's own). No password means no authentication."""

    uri: str
    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str = ""


@dataclass(slots=True)
class Sent:
    """What was sent: rows by kind, how many of all of them the server did not hold yet, and the indexes it declined."""

    rows: dict[str, int] = field(default_factory=dict)
    changed: int = 0
    declined: list[str] = field(default_factory=list)


def send_graph(graph: Graph, server: Server, *, evidence: bool = False, progress: Progress | None = None) -> Sent:
    """Merge a graph into the server's database and return what was sent.

    Entities are nodes ``:Entity`` with their type and Biolink category as further labels, statements relationships between them
    of the predicate's name in capitals. With ``evidence``, each statement that was read is a node ``:Statement`` beside its
    relationship (Cypher has no relationship to a relationship), of the same id:
    ``(:Document)<-[:FROM]-(:Evidence)-[:SUPPORTS|CONTRADICTS]->(:Statement)-[:SUBJECT|OBJECT]->(:Entity)``.

    Raises `ExportError` where the driver is missing, the address wrong, the server out of reach, the account refused, or the
    server refuses a query.
    """
    check_address(server.uri)
    with _session(server) as session:
        sending = _Sending(session, progress or (lambda stage, done: None))
        sending.make_indexes()
        sending.merge("entities", nodes(graph), _node_query)
        sending.merge("statements", edges(graph), _statement_query)
        if evidence:
            _send_evidence(graph, sending)
        return sending.sent


def check_address(uri: str) -> None:
    """Raise `ExportError` unless an address is one of a Bolt server, without a name or password in it."""
    if "@" in uri:
        raise ExportError("the address holds a user or a password, which others can see; give --user, and NEO4J_PASSWORD in the environment")
    try:
        parts = urlsplit(uri)
        good = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, half an IPv6 address
        good = False
    if not good:
        raise ExportError(f"'{uri}' is no address of a Bolt server; give one like bolt://localhost:7687 or neo4j+s://host")


def _send_evidence(graph: Graph, sending: _Sending) -> None:
    for stage, label, rows in (
        ("statement nodes", "Statement", read_statements(graph)),
        ("documents", "Document", (_known(row) for row in document_rows(graph))),
        ("evidence", "Evidence", evidence_rows(graph)),
    ):
        sending.merge(stage, rows, partial(_plain_query, label))
    sending.merge("subjects", read_ends(graph), lambda row: _link_query("Statement", "SUBJECT", "Entity", "subject"))
    sending.merge("objects", read_ends(graph), lambda row: _link_query("Statement", "OBJECT", "Entity", "object"))
    sending.merge("origins", origins(graph), lambda row: _link_query("Evidence", "FROM", "Document", "document"))
    sending.merge("judgements", judgements(graph), lambda row: _link_query("Evidence", row["judgement"], "Statement", "statement"))


def _known(row: Row) -> Row:
    """A row without what is not known: a property cannot be null."""
    return {key: value for key, value in row.items() if value is not None}


class _Sending:
    """Rows on their way to one server, in batches of one query each."""

    def __init__(self, session: neo4j.Session, progress: Progress) -> None:
        self._session, self._progress, self.sent = session, progress, Sent()

    def make_indexes(self) -> None:
        """Make constraints and indexes; a server without one of a kind is told of in ``sent.declined``, and slower."""
        from neo4j.exceptions import ClientError, DatabaseError

        for number, query in enumerate(_INDEXES, 1):
            try:
                self._session.run(query).consume()
            except (ClientError, DatabaseError) as error:
                if "Security" in (error.code or ""):
                    raise
                self.sent.declined.append(f"{query.partition(' IF')[0]} ({' '.join((error.message or str(error)).split())})")
            self._progress("indexes", number)

    def merge(self, stage: str, rows: Iterable[Row], query_of: Callable[[Row], str]) -> None:
        """Send rows, gathered by their query; each batch is a transaction of its own, retried while errors are transient."""
        done = 0
        for query, batch in _batches(rows, query_of):
            found, changed = self._session.execute_write(_run, query, batch)
            if found != len(batch):
                raise ExportError(f"the server found {found} of {len(batch)} {stage}: something else deleted their ends; send again")
            done += found
            self.sent.changed += changed
            self._progress(stage, done)
        self.sent.rows[stage] = done


def _run(transaction: neo4j.ManagedTransaction, query: str, rows: list[Row]) -> tuple[int, int]:
    *before, last = query.split(";\n")
    for text in before:
        transaction.run(text, rows=rows).consume()
    record = transaction.run(last, rows=rows).single(strict=True)
    return record["found"], record["changed"]


def _batches(rows: Iterable[Row], query_of: Callable[[Row], str]) -> Iterator[tuple[str, list[Row]]]:
    """Rows by query, in batches; at most one unfinished batch of each query is held."""
    waiting: dict[str, list[Row]] = {}
    for row in rows:
        batch = waiting.setdefault(query := query_of(row), [])
        batch.append({**row, "checksum": content_id(json.dumps(row, sort_keys=True))})
        if len(batch) == BATCH:
            yield query, waiting.pop(query)
    yield from waiting.items()


def _node_query(row: Row) -> str:
    """Return the query of an entity: one whose type has changed gets its new labels beside the old, then all are merged with theirs.

    Not merged by ``:Entity`` alone and labelled then, which ArcadeDB refuses under a constraint.
    """
    if row["type"] not in EntityType.__members__.values():
        raise ExportError(f"entity {row['id']}: '{row['type']}' is no type of ours; the graph is damaged, build it again")
    own = labels(row)[1:]
    lacks = " OR ".join(f"NOT x:{name}" for name in own)
    relabel = f"UNWIND $rows AS row\nMATCH (x:Entity {{id: row.id}}) WHERE {lacks} SET x:{':'.join(own)};\n"
    return relabel + _NODE.format(label=":".join(["Entity", *own])) + _WRITE


def _statement_query(row: Row) -> str:
    if row["predicate"] not in PREDICATES:
        raise ExportError(f"statement {row['id']}: '{row['predicate']}' is no predicate of ours; the graph is damaged, build it again")
    ends = _EDGE.format(start="Entity", start_id="subject", end="Entity", end_id="object")
    return ends + f"MERGE (s)-[x:{row['predicate'].upper()} {{id: row.id}}]->(o)\n" + _WRITE


def _plain_query(label: str, row: Row) -> str:
    return _NODE.format(label=label) + _WRITE


def _link_query(start: str, kind: str, end: str, end_id: str) -> str:
    """Return a query that makes one bare relationship for each row; all four texts are this module's own."""
    ends = _EDGE.format(start=start, start_id="id", end=end, end_id=end_id)
    return ends + f"MERGE (s)-[x:{kind}]->(o)\nRETURN count(x) AS found, 0 AS changed"


@contextmanager
def _session(server: Server) -> Iterator[neo4j.Session]:
    """Connect, and turn the driver's errors into ours."""
    try:
        from neo4j import exceptions
    except ImportError as error:
        raise ExportError("the Neo4j driver is not installed; pip install 'pubmed-kg[neo4j]'") from error
    where = f"{server.uri}, database {server.database}" if server.database else server.uri
    try:
        with _driver(server) as driver, driver.session(database=server.database or None) as session:
            yield session
    except exceptions.AuthError as error:
        raise ExportError(f"{where}: the server refuses user '{server.user}' ({error.message}); check --user and NEO4J_PASSWORD") from error
    except exceptions.ServiceUnavailable as error:
        said = " ".join(str(error).split())
        raise ExportError(f"{where}: no Bolt server answers ({said}); is it running, and is this its Bolt port? {_AGAIN.capitalize()}") from error
    except exceptions.Neo4jError as error:
        raise ExportError(f"{where}: the server refused ({error.code}: {(error.message or '')[:500]}); {_AGAIN}") from error
    except exceptions.DriverError as error:
        raise ExportError(f"{where}: {error}; {_AGAIN}") from error


@contextmanager
def _driver(server: Server) -> Iterator[neo4j.Driver]:
    import neo4j

    auth = (server.user, server.password) if server.password else None
    try:
        driver = neo4j.GraphDatabase.driver(server.uri, auth=auth, connection_timeout=CONNECT_SECONDS, max_transaction_retry_time=RETRY_SECONDS)
    except ValueError as error:
        raise ExportError(f"{server.uri}: {error}; give an address like bolt://localhost:7687") from error
    with driver:
        try:
            driver.verify_connectivity()
        except (ValueError, OSError) as error:  # a name that does not resolve
            raise ExportError(f"{server.uri}: {error}; check the address") from error
        yield driver
