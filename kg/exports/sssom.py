"""The exact matches of the graph's entities as a SSSOM mapping set, the exchange format for mappings between vocabularies.

Rule: one row for each match of an entity that takes part in a statement, ``skos:exactMatch``; matches are the vocabularies' own, so the
justification is ``semapv:UnspecifiedMatching``. Each prefix that is used, and no other, stands in the head.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.exports.view import nodes
from kg.exports.writing import open_text
from kg.vocab import BASE, PREFIXES

if TYPE_CHECKING:
    from kg.graph import Graph

COLUMNS = ("subject_id", "subject_label", "subject_category", "predicate_id", "object_id", "mapping_justification")
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_STANDARD = {
    "biolink": PREFIXES["biolink"],
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "semapv": "https://w3id.org/semapv/vocab/",
}


def write_sssom(graph: Graph, out: Path) -> list[Path]:
    """Write the mapping set as one SSSOM/TSV file with its metadata in the head."""
    prefixes = {curie.partition(":")[0] for row in _rows(graph) for curie in (row[0], row[4])}
    with open_text(out) as handle:
        handle.writelines(f"#{line}\n" for line in _head(graph, sorted(prefixes | set(_STANDARD))))
        handle.write("\t".join(COLUMNS) + "\n")
        handle.writelines("\t".join(map(_cell, row)) + "\n" for row in _rows(graph))
    return [out]


def _rows(graph: Graph) -> Iterator[tuple[str, ...]]:
    for row in nodes(graph):
        for match in row["xrefs"]:
            yield row["id"], row["name"], row["category"], "skos:exactMatch", match, "semapv:UnspecifiedMatching"


def _head(graph: Graph, prefixes: list[str]) -> Iterator[str]:
    yield f"mapping_set_id: {BASE}mappings/{graph.data.name.removeprefix('data-')}"
    yield "mapping_set_title: Exact matches of the entities of a pubmed-kg graph"
    yield "license: https://w3id.org/sssom/license/unspecified"
    yield "mapping_tool: pubmed-kg"
    yield f"mapping_tool_version: {json.dumps(str(graph.manifest['version']))}"
    yield "curie_map:"
    for prefix in prefixes:
        address = _STANDARD.get(prefix) or PREFIXES.get(prefix) or f"{BASE}id/{quote(prefix, safe='')}%3A"
        yield f"  {json.dumps(prefix)}: {json.dumps(address)}"


def _cell(text: str) -> str:
    """A cell with its tabs and line ends as spaces, in quotes where it has some."""
    plain = _BREAKS.sub(" ", text)
    return '"' + plain.replace('"', '""') + '"' if '"' in plain else plain
