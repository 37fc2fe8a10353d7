"""What makes a drug fail: lesions with their mechanism, limits with no named cause, and what still works against each.

Rule: a row is one lesion and one drug or class; what was read about the class of a drug, or about the members of a class, is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.graph.answers.names import find_disease, find_therapy
from kg.graph.answers.rows import Group, group_rows
from kg.graph.answers.sentences import read_sentences
from kg.graph.query import MAX_ROWS, Table

if TYPE_CHECKING:
    from kg.graph.graph import Graph

RESISTANCE_COLUMNS = (
    "lesion", "mechanism", "significance", "direction", "scope", "about", "n_for", "n_against", "belief", "setting", "level", "diseases",
    "lines", "still_active", "note", "retracted", "sentence", "document", "year", "statements",
)  # fmt: skip
SCOPES = ("this drug", "member", "its class", "wider class")
#: how many drugs that still work are named in a row.
_ACTIVE = 4


def resistance(graph: Graph, drug: str, disease: str = "") -> Table:
    """Return what makes a drug fail, ranked: the drug itself first, the most believed first.

    Columns are `RESISTANCE_COLUMNS`. ``mechanism`` is on target, off target (bypass) or unknown, and "not named" where the texts name no
    cause (then ``lesion`` is the kind of limit); ``still_active`` names drugs to which the same lesion confers sensitivity. Raises
    `QueryError` for a name that is not in the graph.
    """
    key = find_therapy(graph, drug).id
    asked = {"drug": key, "disease": find_disease(graph, disease).id if disease else ""}
    rows = graph.query("resistance-variants-of-drug", asked, limit=MAX_ROWS).dicts() + _limits(graph, key, disease)
    groups = group_rows(rows, ("scope", "about", "lesion"), read_sentences(graph, (r["statement"] for r in rows)))
    known = _Known(graph, key, {row["about"] for row in rows if row["scope"] == "member"})
    found = [known.row(names, group) for names, group in groups.items()]
    found.sort(key=lambda r: (SCOPES.index(r["scope"]), r["direction"] != "Supports", -r["belief"], -r["n_for"], r["lesion"], r["about"]))
    return Table(RESISTANCE_COLUMNS, tuple(tuple(row[name] for name in RESISTANCE_COLUMNS) for row in found))


def _limits(graph: Graph, drug: str, disease: str) -> list[dict[str, Any]]:
    """Limits without a lesion, in the form of rows on lesions; they have no disease to choose by, often, so only without one."""
    if disease:
        return []
    return [
        {**row, "lesion": row["limit"], "line": None, "model_system": None, "limit": True}
        for row in graph.query("what-limits-drug", {"drug": drug}, limit=MAX_ROWS).dicts()
    ]


class _Known:
    """What is known beside the statements themselves: mechanisms, what still works, and evidence of the opposite."""

    def __init__(self, graph: Graph, drug: str, members: Iterable[str]) -> None:
        self.mechanisms: dict[tuple[str, str], str] = {}
        for one in (*sorted(members), drug):
            for row in graph.query("mechanisms-of-resistance", {"drug": one}, limit=MAX_ROWS).dicts():
                self.mechanisms[row["lesion"], row["about"]] = row["mechanism"]
        self.active: dict[str, list[str]] = defaultdict(list)
        for row in graph.query("still-active-after-resistance", {"drug": drug}, limit=MAX_ROWS).dicts():
            if row["therapy"] not in self.active[row["lesion"]]:  # a row for each statement, the most believed of a lesion first
                self.active[row["lesion"]].append(row["therapy"])

    def row(self, names: tuple[Any, ...], group: Group) -> dict[str, Any]:
        """Return one row of the answer."""
        scope, about, lesion = names
        limit = any(r.get("limit") for r in group.rows)
        mechanism = "not named" if limit else self.mechanisms.get((lesion, about), "unknown")
        what = {"lesion": lesion, "mechanism": mechanism, "significance": "" if limit else "Resistance", "direction": group.direction}
        active = self.active.get(lesion, [])
        shown = ", ".join(active[:_ACTIVE]) + (f" and {len(active) - _ACTIVE} more" if len(active) > _ACTIVE else "")
        return {**what, "scope": scope, "about": about, "still_active": "" if limit else shown, "note": _note(group), **group.columns()}


def _note(group: Group) -> str:
    return f"{group.retracted} retracted" if group.retracted else ""
