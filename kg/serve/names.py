"""Search over all names, synonyms and identifiers of the entities.

Rule: a name that is the text comes before one that begins with it, before one with a word that begins with it, before one that
holds it anywhere; of equals, an entity's own name before its synonyms, then the entity with more statements. One long string is
searched, so that no structure grows with the names but the names themselves.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from kg.graph.terms import name_key
from kg.model import Entity

#: most places looked at for one text; "a" is in nearly every name.
MAX_HITS = 20_000
_EXACT, _START, _WORD, _INSIDE = range(4)


class Names:
    """The folded names of entities, ready to be searched."""

    def __init__(self, entities: Iterable[Entity], count: Callable[[str], int]) -> None:
        self._ids: list[str] = []
        self._first = bytearray()  # whether a name is the one that the entity is shown by
        self._count = count
        parts, self._starts, self._owners, length = [], array("q"), array("l"), 1
        for number, entity in enumerate(entities):
            self._ids.append(entity.id)
            for key in dict.fromkeys(map(name_key, (entity.name, entity.id, *entity.synonyms, *entity.xrefs))):
                parts.append(key)
                self._starts.append(length)
                self._owners.append(number)
                self._first.append(len(parts) == 1 or self._owners[-2] != number)
                length += len(key) + 1
        self._text = "\n" + "\n".join(parts) + "\n"

    def find(self, key: str, most: int) -> list[str]:
        """Return the ids of the entities that a folded text finds, best first."""
        if not key:
            return []
        best: dict[int, tuple[int, bool]] = {}
        for wanted, rank in ((f"\n{key}\n", _EXACT), (f"\n{key}", _START), (key, _INSIDE)):
            for place in self._places(wanted):
                start = place + wanted.startswith("\n")
                name = bisect_right(self._starts, start) - 1
                kind = _WORD if rank == _INSIDE and not self._text[start - 1].isalnum() else rank
                found = kind, not self._first[name]
                best[self._owners[name]] = min(found, best.get(self._owners[name], found))
        ranked = sorted((rank, -self._count(self._ids[owner]), self._ids[owner]) for owner, rank in best.items())
        return [name for _, _, name in ranked[:most]]

    def _places(self, wanted: str) -> Iterator[int]:
        place = self._text.find(wanted)
        for _ in range(MAX_HITS):
            if place < 0:
                return
            yield place
            place = self._text.find(wanted, place + 1)
