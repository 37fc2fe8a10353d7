"""Synonym hygiene: which names may be found in text, and how their letters must be written there.

Rule: a name is judged by its type, its kind and its shape, by how often PubMed writes it in small letters
(``common_words.tsv``), and, if it is an abbreviation, by what PubMed says it stands for (``abbreviations.tsv``). Exceptions are
rows of ``guards.tsv``, each with its reason, never code. A name that is kept but not trusted gets a score of `WEAK` or less.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from kg.lexicon.compiler.drafts import SPECIES, Draft, Term, Vocabulary
from kg.lexicon.compiler.raw import Sources
from kg.lexicon.compiler.spelling import spellings
from kg.lexicon.folding import ANY, CAPITAL, EXACT, SYMBOL, SYMBOL_UPPER, UPPERCASE, fold
from kg.lexicon.records import KINDS

WEAK = 0.25
#: (case rule, factor on the prior score); None: the name may not be found
Judged = tuple[int, float] | None

_RULES = {"any": ANY, "exact": EXACT, "capital": CAPITAL, "symbol": SYMBOL, "symbol_upper": SYMBOL_UPPER, "uppercase": UPPERCASE}
_ROMAN = re.compile(r"(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})", re.I)
_UNIT = re.compile(r"\d+(?:mg|kg|ml|mm|cm|nm|um|g|l|h|d|s|th|st|nd|rd|x|bp|kb|mb|kda|da|hz|ci|bq|gy|w|wk|mo|yr|y)?", re.I)
_AMINO = frozenset(
    [
        "ala",
        "arg",
        "asn",
        "asp",
        "cys",
        "gln",
        "glu",
        "gly",
        "his",
        "ile",
        "leu",
        "lys",
        "met",
        "phe",
        "pro",
        "ser",
        "thr",
        "trp",
        "tyr",
        "val",
        "asx",
        "glx",
        "sec",
    ]
)
#: a disease named as a locus ("NS3", "PCH4"): as often a protein, a compound or a grade
_LOCUS = re.compile(r"(?!HIV|HPV)[A-Z]{2,4}\d{1,2}[A-Z]?")
#: a name with its own abbreviation, or a remark, behind it
_BRACKETED = re.compile(r" \([^()]*\)$")
_CHEMICAL = re.compile(
    r"(?:ine|ol|ate|ide|one|in|ib|ab|ane|ene|ium|ose|acid|amide|azole|mycin|cillin|statin|platin|taxel|rubicin|um|yl|il|ose|oid|oids)s?$"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A name that may be found: whose it is, the name with its kind, the case rule, the prior score."""

    draft: Draft
    term: Term
    case: int
    score: float


class Guards:
    """The tables of the guards, and what they say of each name."""

    def __init__(self, sources: Sources, vocabulary: Vocabulary) -> None:
        self.common = {row["word"]: int(row["count"]) for row in sources.curated("common_words.tsv")}
        self.rows = {(row["type"], row["name"]): row["rule"] for row in sources.curated("guards.tsv")}
        self.meanings: dict[str, dict[str, int]] = defaultdict(dict)
        for row in sources.curated("abbreviations.tsv"):
            self.meanings[row["short"]][fold(row["long"])] = int(row["count"])
        self.owners: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.names: dict[str, set[str]] = defaultdict(set)
        self.symbols = {fold(d.name): d.id for d in vocabulary.of_type("Gene") if SPECIES not in d.attributes}  # human ones
        for draft in vocabulary.drafts.values():
            for term in draft.terms.values():
                key = fold(term.surface)
                self.owners[key][draft.type].add(draft.id)
                if term.kind in ("name", "class", "concept", "symbol", "family"):
                    self.names[key].add(draft.type)

    def judge(self, draft: Draft, term: Term) -> tuple[int, float, str] | None:
        """Return case rule, score and kind of a name, or None where it may not be found."""
        ruling = self.ruling(draft, term.surface)
        if ruling == "drop":
            return None
        score = term.score or KINDS[term.kind]
        weak = ruling == "weak" or term.kind == "weak"
        if term.kind in ("curated", "weak"):
            case = _RULES.get(ruling, term.case if term.case >= 0 else default_case(term.surface))
            return case, (min(score, WEAK) if weak else score), term.kind
        judged = self._by_type(draft, term)
        if judged is None:
            return None
        factor = judged[1] * (1.0 if ruling in _RULES else self._meaning(draft, term))
        score = round(score * factor, 3)
        case = _RULES.get(ruling, judged[0] if term.case < 0 else term.case)
        return case, (min(score, WEAK) if weak else score), term.kind

    def ruling(self, draft: Draft, surface: str) -> str:
        """Return what the table of rulings says of a name: drop, weak, a case rule, or nothing."""
        for name in (surface, surface.lower(), "*"):
            for type_ in (draft.id, draft.type, "*"):
                if (type_, name) in self.rows and (type_, name) != ("*", "*"):
                    return self.rows[type_, name]
        return ""

    def _meaning(self, draft: Draft, term: Term) -> float:
        """Weigh an abbreviation by how often PubMed's own definitions of it name this entity."""
        text = term.surface
        if " " in text or len(text) > 7 or (sum(c.isupper() for c in text) < 2 and len(text) > 3) or not text.isascii():
            return 1.0
        meanings = self.meanings.get(text)
        total = sum(meanings.values()) if meanings else 0
        if total < 2:
            digits = any(c.isdigit() for c in text)
            if term.kind in ("symbol", "family", "concept", "abbreviation", "class", "name") or digits or len(text) > 5:
                return 1.0
            return 0.9 if len(text) == 5 else 0.33 if len(text) == 4 else 0.28
        own = {fold(t) for t in draft.terms}
        share = sum(n for long, n in (meanings or {}).items() if long in own or long.removesuffix("s") in own) / total
        if share >= 0.5:
            return 1.0
        if share >= 0.2:
            return 0.6
        strong = term.kind in ("symbol", "concept", "class", "abbreviation") and total < 4
        return 0.5 if strong or share > 0 else 0.2 if term.kind != "symbol" or total >= 8 else 0.5

    def _by_type(self, draft: Draft, term: Term) -> Judged:
        if draft.type in ("Concept", "DrugClass", "Organism"):
            return default_case(term.surface), 1.0
        text, key = term.surface, fold(term.surface)
        if _BRACKETED.search(text) or len(key) < 2 or not any(c.isalpha() for c in text) or _ROMAN.fullmatch(text) or _UNIT.fullmatch(key):
            return None
        by_type = {"Gene": self._gene, "GeneFamily": self._family, "Drug": self._drug, "CellLine": self._cell_line}
        return by_type.get(draft.type, self._name)(draft, term)

    def _gene(self, draft: Draft, term: Term) -> Judged:
        text, key = term.surface, fold(term.surface)
        owners = self.owners[key]
        if term.kind != "symbol" and ("Disease" in owners or "Phenotype" in owners) and " " in text:
            return None
        if " " in text:
            return None if len(key) < 5 or self.names[key] & {"GeneFamily"} else (default_case(text), 1.0)
        if term.kind != "symbol" and self._fusion(text):
            return None
        word = self.common.get(text.lower(), 0)
        if term.kind == "symbol":
            if len(key) <= 2:
                return EXACT, 0.9
            if word or key in _AMINO:
                return SYMBOL_UPPER, 0.95
            return (SYMBOL if len(key) > 3 or any(c.isdigit() for c in key) else SYMBOL_UPPER), 1.0
        if len(key) <= 2 or key in _AMINO or key.isdigit() or self.symbols.get(key, draft.id) != draft.id:
            return None
        rivals = 0.8 if len(owners["Gene"]) > 1 or owners.get("GeneFamily") else 1.0
        if term.kind == "name" and text.islower() and len(text) > 4:
            return ANY, 0.97
        if text.islower() and text.isalpha():
            return (EXACT, 0.5 * rivals) if not word and len(text) > 3 else None
        if word:
            return (EXACT, 0.28 * rivals) if text.isupper() or len(text) < 5 else (EXACT, 0.5 * rivals)
        if len(key) == 3:
            return EXACT, 0.8 * rivals
        return (SYMBOL if any(c.isdigit() for c in key) else SYMBOL_UPPER), rivals

    def _fusion(self, text: str) -> bool:
        """Tell whether a name is two genes joined by a hyphen, a fusion rather than a name of either."""
        parts = text.split("-")
        return len(parts) == 2 and all(len(p) > 2 and "Gene" in self.owners.get(fold(p), {}) for p in parts)

    def _family(self, draft: Draft, term: Term) -> Judged:
        text = term.surface
        if " " in text:
            return default_case(text), 1.0
        word = self.common.get(text.lower(), 0)
        if text.islower():
            return (ANY, 1.0) if len(text) > 5 else (EXACT, 0.6) if not word and len(text) > 3 else None
        if len(fold(text)) <= 2:
            return None
        return (SYMBOL_UPPER if word else EXACT if len(text) == 3 else SYMBOL), (0.8 if word and len(text) < 5 else 1.0)

    def _drug(self, draft: Draft, term: Term) -> Judged:
        text, key = term.surface, fold(term.surface)
        owners = self.owners[key]
        main = fold(draft.name) == key
        if "DrugClass" in owners or "Organism" in owners or self.owners.get(key.removesuffix("s"), {}).get("DrugClass"):
            return None
        if not main and (owners.keys() & {"Gene", "GeneFamily", "Disease", "Process"}) and not _CHEMICAL.search(text.lower()):
            return None
        if self.names[key] & {"Gene", "GeneFamily"} and len(key) > 4:
            return None
        word = self.common.get(text.lower(), 0)
        if word >= 8 and not _CHEMICAL.search(text.lower()) and not any(x[:4] in ("CHEB", "CHEM", "MESH") for x in (*draft.xrefs, draft.id)):
            return None
        if " " in text or ("-" in text[1:-1] and len(key) > 7):
            return (default_case(text), 1.0) if len(key) > 4 else (EXACT, 0.7)
        if text.isdigit() or len(key) <= 2 or (key in _AMINO and not main):
            return None
        if len(key) <= 3:
            return (EXACT, 0.8) if text.isupper() else None
        if main and not text.isupper():
            return ANY, 1.0
        if word >= 8 and not main and term.kind != "code":
            return (CAPITAL, 0.3) if term.kind == "brand" else (ANY, 0.9) if _CHEMICAL.search(text.lower()) and len(text) > 5 else None
        if text.isupper() and len(key) <= 5 and text.isalpha():
            return EXACT, 0.9
        if term.kind == "code":
            return UPPERCASE, 1.0
        return (CAPITAL if len(key) <= 5 else ANY), 1.0

    def _cell_line(self, draft: Draft, term: Term) -> Judged:
        text, key = term.surface, fold(term.surface)
        if len(key) < 3 or key.isdigit() or self.common.get(text.lower(), 0) or " cell" in text:
            return None
        if key.isalpha() and len(key) <= 4:
            return EXACT, 0.3
        return (EXACT if key.isalpha() or len(key) <= 3 else UPPERCASE), 0.9

    def _name(self, draft: Draft, term: Term) -> Judged:
        text, key = term.surface, fold(term.surface)
        if key in self.symbols and term.kind != "name":
            return None
        if " " in text or "-" in text:
            return (default_case(text), 1.0) if len(key) > 4 else (EXACT, 0.7)
        main = term.kind == "name"
        if draft.type == "Disease" and not main and _LOCUS.fullmatch(text):
            return EXACT, WEAK / KINDS[term.kind]
        if (text.isupper() and len(text) <= 7) or sum(c.isupper() for c in text) > 1:
            return None if len(key) <= 2 else (EXACT, 0.95)
        if len(key) <= 4 and not main and not self.common.get(key, 0):
            return None
        if len(key) <= 6 and not main and text.islower() and not self.common.get(key, 0) and text.upper() in self.meanings:
            return None
        return (ANY, 1.0) if main or len(key) > 4 else None


def default_case(text: str) -> int:
    """Abbreviations must be written as they are; words and phrases may be cased freely."""
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if " " not in text and capitals >= 2 and len(letters) <= 7 and capitals * 2 > len(letters):
        return EXACT
    return ANY


def keep_names(vocabulary: Vocabulary, sources: Sources) -> list[Kept]:
    """Return the names that may be found in text, spelling variants included, rivals for one name settled."""
    guards = Guards(sources, vocabulary)
    kept = []
    for draft in vocabulary.drafts.values():
        for term in list(draft.terms.values()):
            judged = guards.judge(draft, term)
            if judged:
                kept.append(Kept(draft, Term(term.surface, judged[2]), judged[0], judged[1]))
    return _settle(_with_spellings(kept, guards), guards)


def _with_spellings(kept: list[Kept], guards: Guards) -> list[Kept]:
    known = {(k.draft.id, fold(k.term.surface)) for k in kept}
    more = []
    for one in kept:
        for surface in spellings(one.term.surface, one.draft.type):
            if (one.draft.id, fold(surface)) not in known:
                known.add((one.draft.id, fold(surface)))
                ruling = guards.ruling(one.draft, surface)
                score = min(one.score, WEAK) if ruling == "weak" else round(one.score * 0.99, 3)
                if ruling != "drop":
                    more.append(Kept(one.draft, Term(surface, one.term.kind), one.case, score))
    return kept + more


def _settle(kept: list[Kept], guards: Guards) -> list[Kept]:
    """Of several diseases with one name keep that whose own name it is, or which is spelled most like it."""
    rivals: dict[str, list[Kept]] = defaultdict(list)
    for one in kept:
        if one.draft.type in ("Disease", "Phenotype"):
            rivals[fold(one.term.surface)].append(one)
    worse: dict[int, float] = {}
    for key, ones in rivals.items():
        for type_ in ("Disease", "Phenotype"):
            same = [k for k in ones if k.draft.type == type_]
            if len({k.draft.id for k in same}) > 1:
                _rank(key, same, worse)
        _prefer_type(ones, guards, worse)
    return [Kept(k.draft, k.term, k.case, round(k.score * worse[id(k)], 3)) if id(k) in worse else k for k in kept if worse.get(id(k), 1.0) > 0]


def _rank(key: str, ones: list[Kept], worse: dict[int, float]) -> None:
    def like(one: Kept) -> float:
        if one.term.kind == "curated":
            return 2.0
        name = fold(one.draft.name)
        shared = len(_pairs(key) & _pairs(name))
        return 1.5 if name == key else 2 * shared / (len(_pairs(key)) + len(_pairs(name)) or 1)

    best = max(map(like, ones))
    for one in ones:
        if like(one) < best - 0.15:
            worse[id(one)] = 0.0 if best >= 1.5 else 0.5


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _prefer_type(ones: list[Kept], guards: Guards, worse: dict[int, float]) -> None:
    """Symptoms and adverse events are phenotypes first, all else diseases first, but for what only a narrower disease is called, too."""
    diseases = [k for k in ones if k.draft.type == "Disease"]
    phenotypes = [k for k in ones if k.draft.type == "Phenotype"]
    if diseases and phenotypes:
        symptom = any(("symptom", k.term.surface.lower()) in guards.rows or ("symptom", k.draft.name.lower()) in guards.rows for k in phenotypes)
        plain = [k for k in phenotypes if k.term.kind == "name"]
        narrower = bool(plain) and all(_is_narrower(disease, phenotype) for disease in diseases for phenotype in plain)
        for one in diseases if symptom or narrower else phenotypes:
            worse[id(one)] = min(worse.get(id(one), 1.0), 0.6)


#: what the name of a disease adds to the sign whose name it also has: "congenital thrombotic thrombocytopenic purpura"
_NARROW = re.compile(
    r"congenital|familial|hereditary|inherited|autosomal|X-linked|isolated|syndromic|suscepti|neonatal|infantile|juvenile|childhood|"
    r"\btype \w+$| \d+[A-Z]?$",
    re.IGNORECASE,
)


def _is_narrower(disease: Kept, phenotype: Kept) -> bool:
    """Whether a disease has the name of a phenotype only as a synonym, and by its own name or by MeSH is something narrower or else.

    MONDO calls juvenile dermatomyositis "myositis", bronchopulmonary dysplasia "respiratory insufficiency" and the congenital thrombotic
    thrombocytopenic purpura "microangiopathic hemolytic anemia": a document that says no more does not mean these.
    """
    if disease.term.kind != "synonym":
        return False
    ours, theirs = ({x for x in one.draft.xrefs if x.startswith("MESH:")} for one in (disease, phenotype))
    adds = _NARROW.search(disease.draft.name) is not None and _NARROW.search(phenotype.draft.name) is None
    return adds or bool(ours and theirs and not ours & theirs)
