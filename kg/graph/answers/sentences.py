"""The sentences behind statements, as an answer needs them: what each says, who says it, and how much it proves.

Rule: everything comes from the store by the statements' ids, so that an answer costs what it shows and not what the graph holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.assembly.belief import weight
from kg.graph.terms import node
from kg.vocab import Certainty, Polarity

if TYPE_CHECKING:
    from kg.graph.graph import Graph

#: statements asked for at once, so that the query stays under the length that `kg.graph.guard` takes.
_AT_ONCE = 1000
#: one carrier, told as a case; the rest of clinical evidence is about groups.
_CASE = re.compile(
    r"\bcase (?:report|study|series)\b"
    r"|\b(?:a|one|an?other|this|her|his|single|the) (?:[\w-]+[- ]){0,6}?(?:patient|man|woman|boy|girl|male|female|child|infant)\b"
    r"|\b\d+[- ]?(?:(?:year|month|yr)s?[- ]old|yo|y/o)\b|\bpatient (?:with|who|harbou?ring|whose|was|had)\b|\bs?he\b",
    re.IGNORECASE,
)
_SETTING = {"patients": "clinical", "cell line": "preclinical", "xenograft": "preclinical", "in silico": "in silico"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One evidence, with what `kg.assembly.believe` looks at; ``document`` is a CURIE."""

    statement: str
    document: str
    text: str
    polarity: str
    certainty: str
    confidence: float
    extractor: str
    year: int | None
    retracted: bool
    names_both: bool = True

    @property
    def speaks_for(self) -> bool:
        """Whether it is evidence for its statement, from a document that stands."""
        return self.polarity == Polarity.POSITIVE and not self.retracted

    @property
    def rank(self) -> tuple[bool, bool, bool, bool, float, int, str, str]:
        """What sorts the best sentence first: standing, for, asserted, naming both ends itself, the surest, the newest."""
        fair = (self.retracted, self.polarity != Polarity.POSITIVE, self.certainty != Certainty.ASSERTED, not self.names_both)
        return (*fair, -weight(self), -(self.year or 0), self.document, self.text)


def read_sentences(graph: Graph, statements: Iterable[str]) -> dict[str, list[Sentence]]:
    """Return the sentences of each statement (by ``KGS:`` id), the best first."""
    found: dict[str, list[Sentence]] = defaultdict(list)
    ids = sorted(set(statements))
    for start in range(0, len(ids), _AT_ONCE):
        for row in graph.query(sparql=_text(ids[start : start + _AT_ONCE])):
            statement, document, text, polarity, certainty, confidence, extractor, year, retracted, both = row
            found[statement].append(Sentence(statement, document, text, polarity, certainty, confidence, extractor, year, bool(retracted), both))
    return {statement: sorted(set(sentences), key=lambda s: s.rank) for statement, sentences in found.items()}


def _text(statements: Sequence[str]) -> str:
    return f"""SELECT DISTINCT ?statement ?document ?text ?polarity ?certainty ?confidence ?extractor ?year ?retracted ?both WHERE {{
  VALUES ?statement {{ {" ".join(map(node, statements))} }}
  ?statement biolink:has_evidence ?e .
  ?e biolink:supporting_text ?text ; kg:polarity ?polarity ; kg:certainty ?certainty ; kg:confidence ?confidence ; kg:extractor ?extractor ;
     prov:wasDerivedFrom ?document .
  BIND(EXISTS {{ ?e kg:subject_span ?a ; kg:object_span ?b }} AS ?both)
  OPTIONAL {{ ?document kg:year ?year }}
  OPTIONAL {{ ?document kg:retracted ?retracted }}
}}"""


def setting(model_system: str) -> str:
    """Return the kind of study that a model system belongs to: clinical, preclinical, in silico, or empty."""
    return _SETTING.get(model_system, "")


def evidence_level(model_system: str, sentence: str) -> str:
    """Return CIViC's evidence level as far as a sentence tells it, else empty.

    E in silico, D preclinical, C a single case, B carriers as a group. A (approved, in guidelines) is not derived: a sentence does not
    tell it. How often this is CIViC's own level is measured by benchmarks/levels.py.
    """
    kind = setting(model_system)
    if kind == "clinical":
        return "C" if _CASE.search(sentence) else "B"
    return {"preclinical": "D", "in silico": "E"}.get(kind, "")
