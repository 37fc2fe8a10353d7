"""Public gold standards in PubTator format, and their mentions, groundings and relations against ours.

Rule: offsets count title, one space, abstract, as PubTator does. Our finer types are folded into those that the public corpora
draw (Phenotype into Disease, DrugClass into Drug, GeneFamily into Gene); labels that have no type of ours are not scored.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import ReadError
from kg.evaluate.scores import Miss, Report, Row, Score, Tally

#: public label -> our type
TYPES = {
    "GeneOrGeneProduct": "Gene",
    "Gene": "Gene",
    "DiseaseOrPhenotypicFeature": "Disease",
    "Disease": "Disease",
    "SpecificDisease": "Disease",
    "Modifier": "Disease",
    "DiseaseClass": "Disease",
    "CompositeMention": "Disease",
    "ChemicalEntity": "Drug",
    "Chemical": "Drug",
    "SequenceVariant": "Variant",
    "ProteinMutation": "Variant",
    "DNAMutation": "Variant",
    "SNP": "Variant",
    "OrganismTaxon": "Organism",
    "CellLine": "CellLine",
}
FOLD = {"Phenotype": "Disease", "DrugClass": "Drug", "GeneFamily": "Gene"}
#: types whose gold identifiers we do not share, so that only their spans are scored
SPANS_ONLY = {"Variant", "CellLine", "Organism"}
#: types between which a relation is scored
RELATED = {"Gene", "Disease", "Drug"}
_BARE = ("MESH:", "NCBIGene:", "OMIM:", "dbSNP:", "HGNC:", "MONDO:")
_TEXT = re.compile(r"(\d+)\|([ta])\|(.*)")


@dataclass(slots=True)
class GoldDocument:
    """A document of a gold standard; mentions are (start, end, text, type, bare ids), relations (label, id, id)."""

    id: str = ""
    title: str = ""
    abstract: str = ""
    mentions: list[tuple[int, int, str, str, frozenset[str]]] = field(default_factory=list)
    relations: list[tuple[str, str, str]] = field(default_factory=list)


def read_gold(path: Path) -> Iterator[GoldDocument]:
    """Yield the documents of a PubTator file, gzipped or not; `ReadError` if it holds none."""
    count = 0
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as handle:
        block: list[str] = []
        for raw in (*handle, "\n"):
            line = raw.rstrip("\r\n")
            if line:
                block.append(line)
            elif block:
                count += 1
                yield _document(block)
                block = []
    if not count:
        raise ReadError(str(path), "no document in PubTator format", "give a gold standard of the task's format")


def _document(block: list[str]) -> GoldDocument:
    doc = GoldDocument()
    for line in block:
        match = _TEXT.match(line)
        cells = line.split("\t")
        if match:
            doc.id = match[1]
            if match[2] == "t":
                doc.title = match[3]
            else:
                doc.abstract = match[3]
        elif len(cells) >= 5 and cells[1].isdigit():
            if kind := TYPES.get(cells[4]):
                doc.mentions.append((int(cells[1]), int(cells[2]), cells[3], kind, bare_ids(cells[5] if len(cells) > 5 else "")))
        elif len(cells) >= 4:
            doc.relations.append((cells[1], cells[2], cells[3]))
    return doc


def bare_ids(text: str) -> frozenset[str]:
    """Return the identifiers of a PubTator cell without prefixes, composites split, placeholders dropped."""
    bare = (re.sub(r"^(MESH|NCBIGene|Gene|OMIM|dbSNP):", "", part.strip(), flags=re.I) for part in re.split(r"[|,;+]", text or ""))
    return frozenset(part for part in bare if part and part not in {"-1", "-"})


def score_mentions(gold: list[GoldDocument], predicted: Mapping[str, Row], types: Iterable[str] = ()) -> Report:
    """Score exact spans with their type."""
    chosen, tally, misses = _types(gold, types), Tally("mentions"), []
    for doc in gold:
        texts = {(start, end, kind): text for start, end, text, kind, _ in doc.mentions}
        wanted = {(start, end, kind) for start, end, _, kind, _ in doc.mentions if kind in chosen}
        found = {span: text for span, text in _spans(doc, predicted[doc.id]).items() if span[2] in chosen}
        for kind in chosen:
            a, b = {s for s in wanted if s[2] == kind}, {s for s in found if s[2] == kind}
            tally.add(kind, len(a & b), len(b - a), len(a - b))
        for span in sorted(wanted ^ found.keys()):
            text, what = (texts[span], "missed") if span in wanted else (found[span], "spurious")
            misses.append(Miss(doc.id, "mentions", what, span[2], text, _around(doc, span[0], span[1])))
    return Report(tuple(_nonzero(tally.scores("micro"))), misses=tuple(misses))


def score_groundings(gold: list[GoldDocument], predicted: Mapping[str, Row], types: Iterable[str] = ()) -> Report:
    """Score the set of (document, type, identifier), end to end; a prediction counts by its id or any of its xrefs."""
    chosen, tally, misses = _types(gold, types) - SPANS_ONLY, Tally("groundings"), []
    for doc in gold:
        for kind in sorted(chosen):
            wanted = {i for *_, k, ids in doc.mentions if k == kind for i in ids}
            named = _entities(predicted[doc.id], kind)
            hit = {i for i in wanted if any(i in ids for ids in named)}
            wrong = [ids for ids in named if not ids & wanted]
            tally.add(kind, len(hit), len(wrong), len(wanted - hit))
            for i in sorted(wanted - hit):
                names = "; ".join(sorted({text for *_, text, k, ids in doc.mentions if k == kind and i in ids}))
                misses.append(Miss(doc.id, "groundings", "missed", kind, i, names))
            misses += [Miss(doc.id, "groundings", "spurious", kind, *item) for item in sorted((named[i], " ".join(sorted(i))) for i in wrong)]
    return Report(tuple(_nonzero(tally.scores("micro"))), misses=tuple(misses))


def score_pairs(gold: list[GoldDocument], predicted: Mapping[str, Row]) -> Report:
    """Score the pairs of identifiers that a document relates, from text alone; predicates are not compared."""
    tp = fp = fn = 0
    misses: list[Miss] = []
    for doc in gold:
        kind = {i: k for *_, k, ids in doc.mentions for i in ids}
        pairs = {frozenset((a, b)) for _, a, b in doc.relations if kind.get(a) in RELATED and kind.get(b) in RELATED and a != b}
        hit, wrong = _match_pairs(pairs, predicted[doc.id])
        tp, fp, fn = tp + len(hit), fp + len(wrong), fn + len(pairs - hit)
        names = {i: text for _, _, text, _, ids in doc.mentions for i in ids}
        for pair in sorted(sorted(p) for p in pairs - hit):
            misses.append(Miss(doc.id, "relations", "missed", " ".join(kind[i] for i in pair), " | ".join(names[i] for i in pair)))
        misses += [Miss(doc.id, "relations", "spurious", label, item, sentence) for label, item, sentence in sorted(wrong.values())]
    return Report((Score("relations", "pairs", tp, fp, fn),), misses=tuple(misses))


def _match_pairs(pairs: set[frozenset[str]], row: Row) -> tuple[set[frozenset[str]], dict[tuple[str, str], tuple[str, str, str]]]:
    """The gold pairs that evidence of a document meets, and the pairs of the evidence that meets none."""
    hit: set[frozenset[str]] = set()
    wrong: dict[tuple[str, str], tuple[str, str, str]] = {}
    for evidence in row["evidence"]:
        ends = evidence["subject"], evidence["object"]
        if evidence["polarity"] != "positive" or any(FOLD.get(end["type"], end["type"]) not in RELATED for end in ends):
            continue
        a, b = (_bare_node(end) for end in ends)
        match = {pair for pair in pairs if len(pair & a) and len(pair & b) and len(pair) == 2}
        hit |= match
        if not match and a and b:
            key = (min(min(a), min(b)), max(min(a), min(b)))
            wrong.setdefault(key, (evidence["predicate"], f"{ends[0]['name']} | {ends[1]['name']}", evidence["sentence"]))
    return hit, wrong


def _bare_node(node: Row) -> set[str]:
    return {x.split(":", 1)[-1] for x in [node.get("id") or "", *(node.get("xrefs") or [])] if x}


def _types(gold: list[GoldDocument], types: Iterable[str]) -> set[str]:
    return set(types) or {m[3] for doc in gold for m in doc.mentions}


def _spans(doc: GoldDocument, row: Row) -> dict[tuple[int, int, str], str]:
    shift = {"title": 0, "text": 0, "abstract": len(doc.title) + 1}
    return {
        (m["start"] + shift[m["section"]], m["end"] + shift[m["section"]], FOLD.get(m["type"], m["type"])): m["text"]
        for m in row["mentions"]
        if m["section"] in shift
    }


def _entities(row: Row, kind: str) -> dict[frozenset[str], str]:
    """The distinct identifier sets that a document's mentions of a type carry, with a name to show."""
    named: dict[frozenset[str], str] = {}
    for m in row["mentions"]:
        if FOLD.get(m["type"], m["type"]) == kind and m.get("id"):
            ids = frozenset(x.split(":", 1)[-1] for x in [m["id"], *(m.get("xrefs") or [])] if x.startswith(_BARE))
            if ids:
                named.setdefault(ids, m["text"])
    return named


def _around(doc: GoldDocument, start: int, end: int, reach: int = 40) -> str:
    text = f"{doc.title} {doc.abstract}"
    return f"{text[max(0, start - reach) : start]}[{text[start:end]}]{text[end : end + reach]}"


def _nonzero(scores: list[Score]) -> list[Score]:
    return [s for s in scores if s.tp or s.fp or s.fn]
