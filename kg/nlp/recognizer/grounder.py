"""An identifier for what the recognizer found.

Candidates, in this order; the first that gives one wins: of a short form, what its long form is; the reading that dictionary and
abbreviations already have of just this span; the vocabulary's names for the whole text; what annotators mean by it (`usage`); the same
for its rewritings (`rewriting`: other spelling, word order or synonym, modifiers of course left out); the last name within a disease's
mention that ends where it ends; names spelled almost alike. A further number of a list ("-9" in "MMP-2/-9") is read with the name that
it leaves out. A grounding below `LEAST` is none: the mention stays, without identifier.
"""

# a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from kg.lexicon import Candidate, Lexicon
from kg.model import Entity
from kg.nlp.abbreviations import Abbreviation
from kg.nlp.recognizer.combine import GROUP, Grounded
from kg.nlp.recognizer.disease_spellings import disease_spellings
from kg.nlp.recognizer.drug_spellings import drug_spellings
from kg.nlp.recognizer.gene_spellings import gene_spellings
from kg.nlp.recognizer.heads import may_name_disease
from kg.nlp.recognizer.model import Labelled
from kg.nlp.recognizer.usage import preferred, usage
from kg.nlp.workbench import Draft

LEAST = 0.2
#: score of a name that annotators use and no vocabulary has
USED = 0.7
_PEOPLE = re.compile(
    r"patients?|wom[ae]n|m[ae]n|children|child|boys?|girls?|infants?|adults?|adolescents?|participants?|volunteers?|subjects?|individuals|people|persons?|males?|females?",
    re.I,
)

#: a further number of a list, and what stands before it: "-9" after "MMP-2/", "7" after "caspases 3 and "
_FURTHER = re.compile(r"(?:and |or )?-?(\d+[A-Za-z]?)")
_BETWEEN = r"(?:, ?(?:and |or )?| ?/ ?| and | or | & )"
_LIST = re.compile(rf"(?<![A-Za-z0-9])([A-Za-z][A-Za-z-]*?)([- ]?)\d+[A-Za-z]?(?:{_BETWEEN}-?\d+[A-Za-z]?)*{_BETWEEN}$")


def _as_it_is(text: str) -> Iterable[str]:
    return (text,)


SPELLINGS: dict[str, Callable[[str], Iterable[str]]] = {
    "Gene": gene_spellings,
    "GeneFamily": gene_spellings,
    "Disease": disease_spellings,
    "Phenotype": disease_spellings,
    "Drug": drug_spellings,
    "DrugClass": drug_spellings,
}


class Grounder:
    """Grounds the mentions of one document; made anew for each."""

    def __init__(
        self, lexicon: Lexicon, text: str, drafts: Sequence[Draft], candidates: Sequence[Draft], abbreviations: Sequence[Abbreviation] = ()
    ) -> None:
        self._lexicon, self._text = lexicon, text
        self._long = {span: a.long for a in abbreviations for span in ((a.short_start, a.short_end), *a.occurrences)}
        self._readings: dict[tuple[int, int], list[Draft]] = {}
        self._endings: dict[int, list[Draft]] = {}
        for draft in [*drafts, *candidates]:
            self._readings.setdefault((draft.start, draft.end), []).append(draft)
            self._endings.setdefault(draft.end, []).append(draft)

    def __call__(self, mention: Labelled) -> Grounded | None:
        """Return type, name, entity, score and method for a mention; none for what neither has an identifier nor ends like a disease."""
        types = GROUP[mention.type]
        text = self._text[mention.start : mention.end]
        if mention.type == "Gene":
            text = self._in_full(mention.start, text)
        long = self._long.get((mention.start, mention.end), "")
        if long and (found := self._by_name(long, mention.type, types)):
            return found
        known = [d for d in self._readings.get((mention.start, mention.end), ()) if d.type in types and d.entity]
        if known:
            best = max(known, key=lambda d: (d.score, d.key))
            return best.type, best.name, best.entity, max(best.score, LEAST), best.method
        if mention.type == "Organism" and _PEOPLE.fullmatch(text):
            human = self._lexicon.entity("NCBITaxon:9606")
            return "Organism", human.name if human else text, human, 0.9, "people"
        found = self._by_name(text, mention.type, types) or self._by_head(mention, types) or self._by_likeness(text, mention.type, types)
        if found is None and mention.type in ("Disease", "Phenotype") and not may_name_disease(text, long):
            return None
        return found or (mention.type, text, None, 0.0, "none")

    def _in_full(self, start: int, text: str) -> str:
        """Return "MMP-9" for "-9" in "MMP-2/-9"; any other text as it is."""
        further = _FURTHER.fullmatch(text)
        named = _LIST.search(self._text[max(0, start - 60) : start]) if further else None
        return f"{named[1]}{named[2]}{further[1]}" if further and named else text

    def _by_name(self, text: str, type_: str, types: Sequence[str]) -> Grounded | None:
        """Ground by name, else by what annotators mean by it; the text itself first, then each rewriting."""
        if found := self._named(text, types) or self._used(text, types):
            return found
        for name in SPELLINGS.get(type_, _as_it_is)(text):
            if found := self._named(name, types) or self._used(name, types):
                return found
        return None

    def _by_head(self, mention: Labelled, types: Sequence[str]) -> Grounded | None:
        """Ground a disease by the last name within it that ends where it ends."""
        if mention.type not in ("Disease", "Phenotype"):
            return None
        inner = [d for d in self._endings.get(mention.end, ()) if d.type in types and d.entity and mention.start < d.start and d.score >= 0.5]
        if not inner:
            return None
        best = max(inner, key=lambda d: (d.end - d.start, d.score, d.key))
        return best.type, best.name, best.entity, round(best.score * 0.7, 3), "head"

    def _by_likeness(self, text: str, type_: str, types: Sequence[str]) -> Grounded | None:
        if len(text) < 6 or type_ not in ("Disease", "Drug", "Phenotype", "DrugClass"):
            return None
        alike = self._lexicon.similar(text, types, 1)
        return self._of(alike[0], "similar") if alike and alike[0].score >= 0.85 else None

    def _named(self, name: str, types: Sequence[str]) -> Grounded | None:
        found = preferred(self._lexicon.candidates(name, types), name)
        return self._of(found[0], found[0].kind) if found and found[0].score >= LEAST else None

    def _used(self, name: str, types: Sequence[str]) -> Grounded | None:
        entity = self._lexicon.entity(usage(types[0], name))
        return (entity.type, entity.name, entity, USED, "usage") if entity is not None else None

    def _of(self, candidate: Candidate, method: str) -> Grounded:
        entity: Entity | None = self._lexicon.entity(candidate.entity_id)
        return candidate.type, candidate.name, entity, candidate.score, method
