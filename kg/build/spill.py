"""Evidence on its way to statements, sorted into parts by the statement it is for, in memory up to a limit and then on disk.

Rule: a part holds all evidence of its statements, and the parts come in the order of the statements' ids; so statements are assembled part by
part and come out sorted, whatever the number of evidences.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kg.assembly import canonical
from kg.model import Evidence
from kg.records import dumps, from_dict, to_dict

#: evidences held in memory, about two kilobytes each, before they are put on disk.
HELD = 10_000
#: parts: by the first two hexadecimal digits of the statement's id, which is a hash, so that they are of one size.
PARTS = 256
_PREFIX = len("KGS:")


class EvidenceSpill:
    """Takes evidence in any order; gives it back in parts, without the sentences, which no statement is made of."""

    def __init__(self, folder: Path, held: int = HELD) -> None:
        self._folder, self._most, self._held = folder, held, 0
        self._parts: list[list[Evidence]] = [[] for _ in range(PARTS)]

    def add(self, evidence: Evidence) -> None:
        """Take an evidence."""
        key = canonical(evidence).statement_id
        self._parts[int(key[_PREFIX : _PREFIX + 2], 16)].append(evidence)
        self._held += 1
        if self._held > self._most:
            self._spill()

    def parts(self) -> Iterator[list[Evidence]]:
        """Yield the evidence part by part, each once."""
        for number, part in enumerate(self._parts):
            path = self._path(number)
            found = []
            if path.exists():
                with path.open(encoding="utf-8") as handle:
                    found = [from_dict(Evidence, json.loads(line)) for line in handle]
                path.unlink()
            yield found + part
            part.clear()

    def _spill(self) -> None:
        for number, part in enumerate(self._parts):
            if part:
                with self._path(number).open("a", encoding="utf-8") as handle:
                    handle.writelines(dumps({**to_dict(one), "sentence": ""}) + "\n" for one in part)
                part.clear()
        self._held = 0

    def _path(self, number: int) -> Path:
        return self._folder / f"evidence-{number:02x}.jsonl"
