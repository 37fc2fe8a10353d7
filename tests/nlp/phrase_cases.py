"""Reads the tables of phrases in tests/cases: what a domain expert says a phrase must yield."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from kg.nlp.variants import GeneSpan

CASES = Path(__file__).resolve().parents[1] / "cases"


@dataclass(frozen=True)
class PhraseCase:
    line: int
    text: str
    mentions: tuple[tuple[int, int, str], ...]


@dataclass
class PhraseTable:
    genes: dict[str, str] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    residues: dict[tuple[str, int], str] = field(default_factory=dict)
    cases: list[PhraseCase] = field(default_factory=list)

    def gene_spans(self, text: str) -> list[GeneSpan]:
        """Find the table's gene names as words, the longest first."""
        names = sorted({**self.genes, **self.families}, key=lambda n: (-len(n), n))
        pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, names))})(?![A-Za-z0-9])")
        spans = []
        for m in pattern.finditer(text):
            family = m[0] in self.families
            spans.append(GeneSpan(m.start(), m.end(), self.families[m[0]] if family else self.genes[m[0]], family))
        return spans

    def resolve(self, name: str) -> str | None:
        return self.genes.get(name) or self.families.get(name)

    def residue(self, gene: str, position: int) -> str:
        return self.residues.get((gene, position), "")


def read_phrase_table(name: str) -> PhraseTable:
    table = PhraseTable()
    for number, raw in enumerate((CASES / name).read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        key, _, rest = line.partition(":")
        if not line or line.startswith("#"):
            continue
        if key in ("gene", "family"):
            target = table.genes if key == "gene" else table.families
            for entry in rest.split(","):
                written, _, symbol = (p.strip() for p in entry.partition("="))
                target[written] = symbol or written
        elif key == "residue":
            for entry in rest.split(","):
                gene, position, residue = entry.split()
                table.residues[gene, int(position)] = residue
        else:
            table.cases.append(_case(number, line))
    return table


def _case(number: int, line: str) -> PhraseCase:
    marked, _, wanted = line.rpartition(" => ")
    text, open_at, spans = "", [], []
    for char in marked:
        if char == "[":
            open_at.append(len(text))
        elif char == "]":
            spans.append((open_at.pop(), len(text)))
        else:
            text += char
    names = [] if wanted.strip() == "none" else [n.strip() for n in wanted.split(" | ")]
    spans.sort(key=lambda s: (s[0], -s[1]))
    if open_at or len(names) != len(spans):
        raise ValueError(f"line {number}: {len(spans)} brackets and {len(names)} names: {line}")
    return PhraseCase(number, text, tuple((s, e, n) for (s, e), n in zip(spans, names, strict=True)))
