"""The Biolink (KGX) form of nodes and edges, shared by the TSV and the JSON-lines format.

Rule: predicates are Biolink's, of the model version named in `docs/schema.md`, with ours kept as ``original_predicate``; a
predicate that Biolink lacks is written as ``biolink:related_to``. Refuted statements carry ``negated``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.exports.view import Row, edges, nodes
from kg.vocab import PREDICATES, slug

if TYPE_CHECKING:
    from kg.graph import Graph

NODE_COLUMNS = ("id", "category", "name", "synonym", "xref", "provided_by", "attributes")
EDGE_COLUMNS = (
    "id", "subject", "predicate", "object", "category", "original_predicate", "qualified_predicate", "object_aspect_qualifier",
    "object_direction_qualifier", "disease_context_qualifier", "negated", "publications", "has_evidence", "evidence_count",
    "has_confidence_score", "primary_knowledge_source", "knowledge_level", "agent_type",
    "n_for", "n_against", "n_speculated", "biomarker", "therapy", "line", "model_system", "outcome",
)  # fmt: skip

#: our predicate -> Biolink qualifiers of ``biolink:affects``: aspect and direction of the object.
QUALIFIERS: dict[str, tuple[str, str]] = {
    "inhibits": ("activity_or_abundance", "decreased"),
    "activates": ("activity_or_abundance", "increased"),
    "phosphorylates": ("phosphorylation", "increased"),
}


def kgx_nodes(graph: Graph) -> Iterator[Row]:
    """Yield the nodes as KGX records."""
    for row in nodes(graph):
        yield {
            "id": row["id"],
            "category": [row["category"]],
            "name": row["name"],
            "synonym": row["synonyms"],
            "xref": row["xrefs"],
            "provided_by": "infores:pubmed-kg",
            "attributes": row["attributes"],
        }


def kgx_edges(graph: Graph) -> Iterator[Row]:
    """Yield the statements as KGX associations; empty fields are left out."""
    for row in edges(graph):
        yield {key: value for key, value in _edge(row).items() if value not in ("", [])}


def biolink_predicate(predicate: str) -> str:
    """Return the Biolink predicate of one of ours."""
    known = PREDICATES.get(predicate)
    return known.biolink if known and known.biolink.startswith("biolink:") else "biolink:related_to"


def _edge(row: Row) -> Row:
    aspect, direction = QUALIFIERS.get(row["predicate"], ("", ""))
    level, agent = _provenance(row["source"])
    return {
        "id": row["id"],
        "subject": row["subject"],
        "predicate": biolink_predicate(row["predicate"]),
        "object": row["object"],
        "category": ["biolink:Association"],
        "original_predicate": "kg:" + row["predicate"],
        "qualified_predicate": "biolink:causes" if aspect else "",
        "object_aspect_qualifier": aspect,
        "object_direction_qualifier": direction,
        "disease_context_qualifier": row["disease"],
        "negated": not row["asserted"] and row["n_against"] > 0,
        "publications": row["documents"],
        "has_evidence": row["evidence"],
        "evidence_count": len(row["evidence"]),
        "has_confidence_score": row["belief"],
        "primary_knowledge_source": _infores(row["source"]),
        "knowledge_level": level,
        "agent_type": agent,
        **{key: row[key] for key in ("n_for", "n_against", "n_speculated", "biomarker", "therapy", "line", "model_system", "outcome")},
    }


def _provenance(source: str) -> tuple[str, str]:
    """Knowledge level and agent type, by Biolink's enumerations."""
    if source == "text":
        return "not_provided", "text_mining_agent"
    return ("logical_entailment", "automated_agent") if source.endswith("construction") else ("knowledge_assertion", "manual_agent")


def _infores(source: str) -> str:
    """Biolink wants one primary source; where several vocabularies give an edge, the first."""
    first = source.partition(";")[0]
    name = "pubmed-kg" if first == "text" or first.endswith("construction") or first.startswith(("curated", "pubmed-kg")) else first
    return "infores:" + slug(name).lower().replace("_", "-")
