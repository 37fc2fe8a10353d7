"""CIViC's accepted predictive evidence, and what we read in the curators' own statements against it.

Rule: gold are (gene, drug, direction) tuples of items that support sensitivity or resistance. An item is answerable when a name
of the gene and of the drug stand in the statement; recall is over answerable tuples. Precision: of the predicted tuples whose gene
and drug both occur for the publication, those that any accepted item on it has. ``direction`` is the share of matched pairs with
the right direction; ``refuted`` the share of "does not support" items on which nothing positive is predicted; ``not_named``
counts predicted tuples with a gene or drug that is not named in the statement (a synonym there may be right).
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from kg.errors import ReadError
from kg.evaluate.scores import Miss, Report, Row

DIRECTION = {"Sensitivity/Response": "sensitivity", "Resistance": "resistance", "Reduced Sensitivity": "resistance"}
PREDICATE = {"confers_sensitivity_to": "sensitivity", "confers_resistance_to": "resistance"}
OPPOSITE = {"sensitivity": "resistance", "resistance": "sensitivity"}
_GENE = re.compile(r"\b[A-Z][A-Z0-9]{1,9}\b")
_NEEDED = {
    "evidence_id",
    "evidence_type",
    "significance",
    "therapies",
    "molecular_profile",
    "evidence_direction",
    "evidence_statement",
    "citation_id",
}

Item = dict[str, str]
Triple = tuple[str, str, str]


def read_items(path: Path) -> list[Item]:
    """Return the predictive items with a direction and a therapy; `ReadError` if it is not such a table."""
    csv.field_size_limit(10**9)
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as handle:
        reader = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        lacking = _NEEDED - set(reader.fieldnames or ())
        if lacking:
            raise ReadError(str(path), f"lacks the columns {', '.join(sorted(lacking))}", "give CIViC's table of clinical evidence items")
        return [row for row in reader if row["evidence_type"] == "Predictive" and row["significance"] in DIRECTION and row["therapies"]]


def item_id(item: Item) -> str:
    """Return the document id of an item's statement."""
    return "EID" + item["evidence_id"]


def score_civic(items: list[Item], predicted: Mapping[str, Row], others: list[Item] | None = None) -> Report:
    """Score the predicted tuples; `others` are further accepted items that count for precision only."""
    known, genes_of, drugs_of = by_publication([*items, *(others or [])])
    n: dict[str, int] = defaultdict(int)
    misses: list[Miss] = []
    for item in items:
        text, publication, key = item["evidence_statement"], item["citation_id"], item_id(item)
        found = _predicted(predicted[key])
        gold = {(g, d, way) for g, d, way in _tuples(item) if _named(text, g) and _named(text, d)}
        if item["evidence_direction"] != "Supports":
            n["refutable"] += bool(gold)
            n["refuted"] += bool(gold) and not found & gold
            misses += [_miss(key, "not refuted", t, text) for t in sorted(found & gold)]
            continue
        n["tp"] += len(found & gold)
        n["fn"] += len(gold - found)
        misses += [_miss(key, "missed", t, text) for t in sorted(gold - found)]
        for triple in sorted(found):
            g, d, way = triple
            n["not_named"] += not (_named(text, g) and _named(text, d))
            if g in genes_of[publication] and d in drugs_of[publication]:
                ok, turned = triple in known[publication], (g, d, OPPOSITE[way]) in known[publication]
                n["right" if ok else "wrong"] += 1
                n["pair"] += ok or turned
                n["pair_right"] += ok
                if not ok:
                    misses.append(_miss(key, "wrong direction" if turned else "spurious", triple, text))
    return Report(figures=tuple(_figures(n).items()), misses=tuple(misses))


def _figures(n: Mapping[str, int]) -> dict[str, float | int]:
    recall, precision = n["tp"] / max(1, n["tp"] + n["fn"]), n["right"] / max(1, n["right"] + n["wrong"])
    return {
        "answerable": n["tp"] + n["fn"],
        "recall": recall,
        "precision": precision,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "direction": n["pair_right"] / max(1, n["pair"]),
        "refuted": n["refuted"] / max(1, n["refutable"]),
        "refutable": n["refutable"],
        "not_named": n["not_named"],
    }


def by_publication(items: list[Item]) -> tuple[dict[str, set[Triple]], dict[str, set[str]], dict[str, set[str]]]:
    """Return by publication what accepted items support, and the genes and drugs that any item on it names."""
    known: dict[str, set[Triple]] = defaultdict(set)
    genes_of: dict[str, set[str]] = defaultdict(set)
    drugs_of: dict[str, set[str]] = defaultdict(set)
    for item in items:
        publication = item["citation_id"]
        genes_of[publication] |= _genes(item["molecular_profile"])
        drugs_of[publication] |= _drugs(item)
        if item["evidence_direction"] == "Supports":
            known[publication] |= _tuples(item)
    return known, genes_of, drugs_of


def _tuples(item: Item) -> set[Triple]:
    way = DIRECTION[item["significance"]]
    return {(g, d, way) for g in _genes(item["molecular_profile"]) for d in _drugs(item)}


def _genes(profile: str) -> set[str]:
    """The gene symbols of a molecular profile such as 'EML4::ALK e6-e20 AND ALK S1206Y'."""
    found: set[str] = set()
    for part in re.split(r" AND | OR |[()]", profile.replace("NOT ", "")):
        found.update(_GENE.findall(part.split(" ")[0]))
        found.update(g for word in part.split() if "::" in word for g in word.split("::") if _GENE.fullmatch(g))
    return found


def _drugs(item: Item) -> set[str]:
    return {d.strip().lower() for d in item["therapies"].split(",") if d.strip()}


def _named(text: str, name: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text, re.I) is not None


def _predicted(row: Row) -> set[Triple]:
    return {
        (gene, e["object"]["name"].lower(), PREDICATE[e["predicate"]])
        for e in row["evidence"]
        if e["predicate"] in PREDICATE and e["polarity"] == "positive"
        for gene in e["subject"]["name"].split(" ")[0].split("::")
    }


def _miss(key: str, kind: str, triple: Triple, text: str) -> Miss:
    return Miss(key, "civic", kind, triple[2], f"{triple[0]} | {triple[1]}", text)
