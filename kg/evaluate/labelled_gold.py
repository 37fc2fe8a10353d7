"""The hand-labelled gold set in JSON lines: mentions with type, and statements with predicate and polarity.

Rule: a span counts exactly. An argument matches by identifier (through the gold document's mentions) or by name, whatever the
case. Predicates that the set does not label are left out of the count. ``core`` are the predicates on resistance, sensitivity,
treatment and outcome; ``pairs`` ignores predicate, direction and polarity.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from kg.errors import ReadError
from kg.evaluate.scores import Miss, Report, Row, Tally

CORE = {
    "confers_resistance_to",
    "confers_sensitivity_to",
    "treats",
    "predicts_poor_outcome_in",
    "predicts_better_outcome_in",
    "inhibits",
    "activates",
    "targets",
    "superior_to",
    "combined_with",
    "drives",
    "causes_adverse_event",
}
UNLABELLED = {"limited_by", "variant_of", "has_partner", "member_of", "subclass_of", "sensitizes_to"}

Found = tuple[Row, str, Row, str]


def read_labelled(path: Path) -> dict[str, Row]:
    """Map document id to its labelled row; `ReadError` names a line that is none."""
    rows: dict[str, Row] = {}
    with path.open(encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            try:
                row = json.loads(line)
                row["statements"] = [s for s in row["statements"] if s["predicate"] not in UNLABELLED]
                rows[str(row.get("pmid") or row["id"])] = row
            except (ValueError, KeyError, TypeError) as error:
                raise ReadError(str(path), f"not a labelled document ({error})", "give a gold set in JSON lines", str(number)) from error
    return rows


def score_labelled_mentions(gold: Mapping[str, Row], predicted: Mapping[str, Row]) -> Report:
    """Score exact spans with their type."""
    tally, misses = Tally("mentions"), []
    for key, row in gold.items():
        wanted, found = _spans(row), _spans(predicted[key])
        for kind in {span[3] for span in wanted.keys() | found.keys()}:
            a, b = {s for s in wanted if s[3] == kind}, {s for s in found if s[3] == kind}
            tally.add(kind, len(a & b), len(b - a), len(a - b))
        for span in sorted(wanted.keys() ^ found.keys()):
            what = "missed" if span in wanted else "spurious"
            misses.append(Miss(key, "mentions", what, span[3], wanted.get(span) or found[span], _around(row, span)))
    return Report(tuple(tally.scores("micro")), misses=tuple(misses))


def score_labelled_statements(gold: Mapping[str, Row], predicted: Mapping[str, Row]) -> Report:
    """Score (subject, predicate, object, polarity) per document: all, core, and pairs."""
    tallies, misses = {label: Tally("statements") for label in ("all", "core", "pairs")}, []
    for key, row in gold.items():
        ids = ids_by_name(row)
        for label, tally in tallies.items():
            counted = _counts(label)
            wanted = [s for s in row["statements"] if counted(s)]
            have = _distinct([e for e in predicted[key]["evidence"] if e["predicate"] not in UNLABELLED and counted(e)])
            missed, used = _match(wanted, have, ids, label == "pairs")
            tally.add(label, len(wanted) - len(missed), len(have) - len(used), len(missed))
            if label == "all":
                misses += [_miss(key, "missed", s["subject"], s["predicate"], s["object"], s["polarity"]) for s in missed]
                spurious = (e for i, e in enumerate(have) if i not in used)
                misses += [_miss(key, "spurious", a["name"], b, c["name"], d) for a, b, c, d in spurious]
    return Report(tuple(score for tally in tallies.values() for score in tally.scores()), misses=tuple(misses))


def _counts(label: str) -> Callable[[Row], bool]:
    return lambda row: label != "core" or row["predicate"] in CORE


def _distinct(evidence: list[Row]) -> list[Found]:
    seen: dict[tuple[str, str, str, str], Found] = {}
    for e in evidence:
        found = e["subject"], e["predicate"], e["object"], e["polarity"]
        seen.setdefault((json.dumps(found[0], sort_keys=True), found[1], json.dumps(found[2], sort_keys=True), found[3]), found)
    return list(seen.values())


def _match(wanted: list[Row], have: list[Found], ids: Mapping[str, set[str]], pairs: bool) -> tuple[list[Row], set[int]]:
    """The gold statements without a match, and the numbers of the predictions that matched; each is used once."""
    missed, used = [], set()
    for s in wanted:
        for i, (subject, predicate, object, polarity) in enumerate(have):
            if i in used:
                continue
            straight = same(s["subject"], ids, subject) and same(s["object"], ids, object)
            if pairs:
                fits = straight or (same(s["subject"], ids, object) and same(s["object"], ids, subject))
            else:
                fits = straight and predicate == s["predicate"] and polarity == s["polarity"]
            if fits:
                used.add(i)
                break
        else:
            missed.append(s)
    return missed, used


def same(name: str, ids: Mapping[str, set[str]], node: Row) -> bool:
    """Tell whether a predicted end is the labelled one: by name, or by an identifier that the document's mentions give the name."""
    known = ids.get(name.lower(), set())
    return node["name"].lower() == name.lower() or bool(known & {node.get("id"), *(node.get("xrefs") or [])} - {None, ""})


def ids_by_name(row: Row) -> dict[str, set[str]]:
    """Return the identifiers that a labelled document's mentions give each name."""
    ids: dict[str, set[str]] = defaultdict(set)
    for m in row["mentions"]:
        if m.get("id"):
            ids[m["name"].lower()].add(m["id"])
    return ids


def _spans(row: Row) -> dict[tuple[str, int, int, str], str]:
    return {(m["section"], m["start"], m["end"], m["type"]): m.get("text", "") for m in row["mentions"]}


def _around(row: Row, span: tuple[str, int, int, str], reach: int = 40) -> str:
    section, start, end, _ = span
    text = row.get(section, "")
    return f"{text[max(0, start - reach) : start]}[{text[start:end]}]{text[end : end + reach]}"


def _miss(document: str, kind: str, subject: str, predicate: str, object: str, polarity: str) -> Miss:
    return Miss(document, "statements", kind, predicate, f"{subject} | {predicate} | {object}", polarity)
