"""A graph in the formats of other tools: one module per format, one shared view and one shared write path.

Rule: every format is a projection of the same nodes and statements (`kg.exports.view`), written to a temporary name and put
in place when whole; the same graph gives the same bytes.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ExportError

if TYPE_CHECKING:
    from kg.graph import Graph

#: format -> module with ``write_<module>(graph, out) -> list[Path]``
FORMATS: dict[str, str] = {
    "graphml": "graphml",
    "neo4j-csv": "neo4j_csv",
    "cypher": "cypher",
    "kgx-tsv": "kgx_tsv",
    "kgx-jsonl": "kgx_jsonl",
    "turtle": "turtle",
    "trig": "trig",
    "nquads": "nquads",
    "jsonld": "jsonld",
    "nanopub": "nanopub",
    "sssom": "sssom",
    "cytoscape-json": "cytoscape_json",
    "cx2": "cx2",
    "parquet": "parquet",
    "ladybug": "ladybug",
}


def export_graph(graph: Graph, format: str, out: Path) -> list[Path]:
    """Write a graph in a format to a file (or, for formats of several files, a folder) and return the files written.

    Raises `ExportError` for a format that is not in `FORMATS` and for a target that cannot be written.
    """
    if format not in FORMATS:
        raise ExportError(f"unknown format '{format}'; known are {', '.join(sorted(FORMATS))}")
    module = import_module(f"kg.exports.{FORMATS[format]}")
    try:
        written: list[Path] = getattr(module, f"write_{FORMATS[format]}")(graph, Path(out))
    except OSError as error:
        raise ExportError(f"{out}: cannot be written ({error.strerror or error}); choose another path or free space") from error
    return written
