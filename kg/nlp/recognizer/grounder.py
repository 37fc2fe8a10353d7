"""An identifier for what the recognizer found.

Candidates, in this order; the first that gives one wins: the reading that dictionary and abbreviations already have of
just this span; the vocabulary's names for the whole text; the same with modifiers of stage and course left out
("metastatic breast cancer" is breast cancer), or with the words around a gene's name ("ALK receptor" is ALK); the last name within the mention that ends where it ends; names spelled
almost alike. A grounding below `LEAST` is none: the mention stays, without identifier.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.lexicon import Candidate, Lexicon
from kg.model import Entity
from kg.nlp.recognizer.combine import GROUP, Grounded
from kg.nlp.recognizer.model import Labelled
from kg.nlp.workbench import Draft

LEAST = 0.2
_COURSE = re.compile(
    r"^(?:acute|advanced|aggressive|chronic|metastatic|recurrent|refractory|relapsed|severe|mild|moderate|primary|secondary|early|late|progressive|human|sporadic|familial|hereditary|untreated|unresectable|"
    r"newly diagnosed|treatment-naive|locally advanced|stage [IV]+[AB]?|bilateral|unilateral|persistent|transient|acquired|induced|early-stage|end-stage|symptomatic|asymptomatic|"
    r"inherited|congenital|generalized|idiopathic|massive|fatal|partial|complete)[ -]+",
    re.IGNORECASE,
)  # fmt: skip


_GENE_HEAD = re.compile(
    r"^(?:human|mouse|murine|rat|soluble|recombinant|endogenous|mutant|mutated|wild-type|total|phosphorylated|phospho|anti|circulating|plasma|serum)[ -]+",
    re.I,
)
_GENE_TAIL = re.compile(
    r"[ -]+(?:receptors?|proteins?|genes?|(?:tyrosine |protein )?kinases?|oncoproteins?|mRNAs?|antigens?|(?:proto-)?oncogenes?|enzymes?|transcripts?|promoter)$",
    re.I,
)


_PEOPLE = re.compile(
    r"patients?|wom[ae]n|m[ae]n|children|child|boys?|girls?|infants?|adults?|adolescents?|participants?|volunteers?|subjects?|individuals|people|persons?|males?|females?",
    re.I,
)


class Grounder:
    """Grounds the mentions of one document; made anew for each."""

    def __init__(self, lexicon: Lexicon, text: str, drafts: Sequence[Draft], candidates: Sequence[Draft]) -> None:
        self._lexicon, self._text = lexicon, text
        self._readings: dict[tuple[int, int], list[Draft]] = {}
        self._endings: dict[int, list[Draft]] = {}
        for draft in [*drafts, *candidates]:
            self._readings.setdefault((draft.start, draft.end), []).append(draft)
            self._endings.setdefault(draft.end, []).append(draft)

    def __call__(self, mention: Labelled) -> Grounded:
        """Return type, name, entity, score and method for a mention."""
        types = GROUP[mention.type]
        text = self._text[mention.start : mention.end]
        known = [d for d in self._readings.get((mention.start, mention.end), ()) if d.type in types and d.entity]
        if known:
            best = max(known, key=lambda d: (d.score, d.key))
            return best.type, best.name, best.entity, max(best.score, LEAST), best.method
        if mention.type == "Organism" and _PEOPLE.fullmatch(text):
            human = self._lexicon.entity("NCBITaxon:9606")
            return "Organism", human.name if human else text, human, 0.9, "people"
        for name in _gene_spellings(text) if "Gene" in types else _spellings(text):
            if found := self._named(name, types):
                return found
        inner = [d for d in self._endings.get(mention.end, ()) if d.type in types and d.entity and mention.start < d.start and d.score >= 0.5]
        if inner and mention.type in ("Disease", "Phenotype"):
            best = max(inner, key=lambda d: (d.end - d.start, d.score, d.key))
            return best.type, best.name, best.entity, round(best.score * 0.7, 3), "head"
        if len(text) >= 6 and mention.type in ("Disease", "Drug", "Phenotype", "DrugClass"):
            alike = self._lexicon.similar(text, types, 1)
            if alike and alike[0].score >= 0.85:
                return self._of(alike[0], "similar")
        return mention.type, text, None, 0.0, "none"

    def _named(self, name: str, types: Sequence[str]) -> Grounded | None:
        found = self._lexicon.candidates(name, types)
        return self._of(found[0], found[0].kind) if found and found[0].score >= LEAST else None

    def _of(self, candidate: Candidate, method: str) -> Grounded:
        entity: Entity | None = self._lexicon.entity(candidate.entity_id)
        return candidate.type, candidate.name, entity, candidate.score, method


def _spellings(text: str) -> list[str]:
    """Return a text, and the text without modifiers of course, one after the other."""
    out = [text]
    while match := _COURSE.match(out[-1]):
        out.append(out[-1][match.end() :])
    return out


def _gene_spellings(text: str) -> list[str]:
    """Return a text, and the text without the words that stand around a gene's name."""
    bare = _GENE_HEAD.sub("", text)
    return list(dict.fromkeys((text, _GENE_TAIL.sub("", text), bare, _GENE_TAIL.sub("", bare))))
