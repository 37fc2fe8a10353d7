"""From statements to rows: statements that differ only in context become one, with its evidence counted and its best sentence.

Rule: a sentence counts once in a row however many statements were read from it; documents are the independent witnesses, and belief
over them is computed as for a statement (`kg.assembly.believe`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.assembly.belief import believe
from kg.graph.answers.sentences import Sentence, evidence_level, setting

#: what a statement is, as a named query gives it: its columns by name.
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one row of an answer and the sentences behind them, the best sentence first."""

    rows: tuple[Row, ...]
    sentences: tuple[Sentence, ...]

    @property
    def speaking_for(self) -> int:
        """Documents with a sentence for it; retracted ones are not counted."""
        return len({s.document for s in self.sentences if s.speaks_for})

    @property
    def against(self) -> int:
        """Documents with a sentence against it."""
        return len({s.document for s in self.sentences if not s.speaks_for and not s.retracted})

    @property
    def retracted(self) -> int:
        """Retracted documents that it rests on."""
        return len({s.document for s in self.sentences if s.retracted})

    @property
    def belief(self) -> float:
        """Belief over all documents of the row."""
        return believe(self.sentences, {s.document for s in self.sentences if s.retracted})

    @property
    def direction(self) -> str:
        """CIViC's evidence direction: whether most documents support it."""
        return "Supports" if self.speaking_for > self.against else "Does Not Support"

    def columns(self) -> dict[str, Any]:
        """Return the columns that every answer has: evidence, setting, level, contexts, best sentence and its document."""
        best = self.sentences[0] if self.sentences else None
        settings, levels = self._settings()
        return {
            "n_for": self.speaking_for,
            "n_against": self.against,
            "belief": self.belief,
            "setting": counted(settings),
            "level": min(levels, default=""),
            "diseases": counted(Counter(r["in_disease"] for r in self.rows if r["in_disease"])),
            "lines": counted(Counter(r["line"] for r in self.rows if r["line"])),
            "retracted": self.retracted,
            "sentence": best.text if best else "",
            "document": best.document if best else "",
            "year": best.year if best else None,
            "statements": " ".join(r["statement"] for r in self.rows),
        }

    def _settings(self) -> tuple[Counter[str], set[str]]:
        """Documents by kind of study, and the evidence levels of what speaks for the row (of all, where nothing does)."""
        systems = {r["statement"]: r["model_system"] or "" for r in self.rows}
        pairs = {(setting(systems[s.statement]), s.document) for s in self.sentences if not s.retracted}
        counts = Counter(kind for kind, _ in sorted(pairs) if kind)
        telling = [s for s in self.sentences if s.speaks_for] or [s for s in self.sentences if not s.retracted]
        levels = {evidence_level(systems[s.statement], s.text) for s in telling}
        return counts, levels - {""}


def group_rows(rows: Iterable[Row], key: Sequence[str], sentences: Mapping[str, Sequence[Sentence]]) -> dict[tuple[Any, ...], Group]:
    """Return the rows of a query by the values of some columns, in the order in which each is first met."""
    members: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        members.setdefault(tuple(row[name] for name in key), []).append(row)
    return {name: _group(some, sentences) for name, some in members.items()}


def _group(rows: Sequence[Row], sentences: Mapping[str, Sequence[Sentence]]) -> Group:
    found = sorted((s for row in rows for s in sentences.get(row["statement"], ())), key=lambda s: s.rank)
    return Group(tuple(rows), tuple(found))


def counted(counts: Mapping[str, int]) -> str:
    """Return what was counted as text, the most frequent first: ``clinical 3, preclinical 1``."""
    return ", ".join(f"{name} {n}" for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
