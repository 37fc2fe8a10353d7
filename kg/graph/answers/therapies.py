"""What works for carriers of a lesion, what does not, and how well each is supported.

Rule: a row is one therapy with one effect of one lesion; what was read about a more general lesion stands in a row of its own, marked,
and says so where the lesion itself was found to do the opposite: the specific refines the general.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.graph.answers.names import find_disease, find_lesion
from kg.graph.answers.rows import Group, group_rows
from kg.graph.answers.sentences import read_sentences
from kg.graph.query import MAX_ROWS, Table

if TYPE_CHECKING:
    from kg.graph.graph import Graph

THERAPY_COLUMNS = (
    "therapy", "effect", "significance", "direction", "scope", "about", "n_for", "n_against", "belief", "setting", "level", "diseases", "lines",
    "note", "retracted", "sentence", "document", "year", "statements",
)  # fmt: skip
SCOPES = ("this lesion", "more specific", "more general", "same gene")
_EFFECT = {"sensitive": "sensitive", "treats": "sensitive", "resistant": "resistant"}
_OPPOSITE = {"sensitive": "resistant", "resistant": "sensitive"}
_SIGNIFICANCE = {"sensitive": "Sensitivity/Response", "resistant": "Resistance"}
#: scopes of rows on a lesion that stands, being more general, for one that the graph does not know.
_WIDER = {SCOPES[0]: SCOPES[2], SCOPES[2]: SCOPES[2]}
Key = tuple[Any, ...]


def therapies(graph: Graph, lesion: str, disease: str = "") -> Table:
    """Return the therapies for carriers of a lesion, ranked: of the lesion itself first, what works first, the most believed first.

    Columns are `THERAPY_COLUMNS`. ``n_for`` and ``n_against`` count documents; ``significance`` and ``direction`` are CIViC's;
    ``setting`` and ``level`` say how it was shown; ``note`` what contradicts it. Raises `QueryError` for a name not in the graph.
    """
    found = find_lesion(graph, lesion)
    asked = {"lesion": found.id, "disease": find_disease(graph, disease).id if disease else ""}
    rows = [{**row, "effect": _EFFECT[row["effect"]]} for row in graph.query("therapies-for-lesion", asked, limit=MAX_ROWS).dicts()]
    if not found.exact:
        rows = [{**row, "scope": _WIDER.get(row["scope"], SCOPES[3])} for row in rows if row["scope"] != SCOPES[1] or _unspecified(row["about"])]
    sentences = read_sentences(graph, (row["statement"] for row in rows))
    groups = group_rows(rows, ("scope", "about", "therapy", "effect"), sentences)
    answer = sorted((_row(key, group, groups) for key, group in groups.items()), key=_rank)
    return Table(THERAPY_COLUMNS, tuple(tuple(row[name] for name in THERAPY_COLUMNS) for row in answer))


def _unspecified(lesion: str) -> bool:
    """Whether a lesion is any change of some kind of its gene."""
    return lesion.partition(" ")[2] in ("fusion", "mutation", "alteration")


def _rank(row: Mapping[str, Any]) -> tuple[Any, ...]:
    supported = row["direction"] == "Supports"
    order = {("sensitive", True): 0, ("resistant", True): 1, ("resistant", False): 2, ("sensitive", False): 3}
    return SCOPES.index(row["scope"]), order[row["effect"], supported], -row["belief"], -row["n_for"], row["therapy"], row["about"]


def _row(key: Key, group: Group, groups: Mapping[Key, Group]) -> dict[str, Any]:
    scope, about, therapy, effect = key
    what = {"therapy": therapy, "effect": effect, "significance": _SIGNIFICANCE[effect], "direction": group.direction, "scope": scope}
    return {**what, "about": about, "note": "; ".join(_notes(key, group, groups)), **group.columns()}


def _notes(key: Key, group: Group, groups: Mapping[Key, Group]) -> list[str]:
    """What stands against the row: the opposite of the same lesion with where it was seen, and what the asked lesion itself does."""
    scope, about, therapy, effect = key
    supported = group.direction == "Supports"
    notes = []
    other = groups.get((scope, about, therapy, _OPPOSITE[effect]))
    if supported and other is not None and other.direction == "Supports":
        notes.append(f"also {_OPPOSITE[effect]} ({_where(other)})")
    if scope in SCOPES[2:]:
        own = [k for k, g in groups.items() if k[0] == SCOPES[0] and k[2] == therapy and g.direction == "Supports"]
        if any((k[3] == effect) != supported for k in own):
            notes.append(f"but {own[0][1]}: {', '.join(sorted(k[3] for k in own))}")
    if group.retracted:
        notes.append(f"{group.retracted} retracted")
    return notes


def _where(group: Group) -> str:
    """How many documents, of what kind, on which diseases: the context in which a contradiction is to be seen."""
    columns = group.columns()
    return "; ".join(filter(None, (str(group.speaking_for), columns["setting"], columns["diseases"])))
