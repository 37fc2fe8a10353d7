"""A built graph beside CIViC: which of its claims the graph has, lacks or denies, and what the graph claims that CIViC does not.

Rule: a claim is a lesion, a therapy and a direction (sensitivity, resistance). Both sides are brought to the graph's identifiers by names and
synonyms. CIViC claims what its supporting items say; the graph what is said in more sentences than deny it. A profile of several
lesions ("BCR::ABL1 Fusion AND ABL1 T315I") may be met by any of them, or by their compound; a combination of drugs by each of them.

- agree: the graph claims the same of the lesion (``gene`` where it does so of another lesion of the same gene only);
- contradict: the graph claims the opposite of the lesion and not the same, or what CIViC's items deny;
- missing: none of these; the label says whether the drug or the lesion is not in the graph, or nothing was read of the two;
- new: what the graph claims of a lesion and a drug on which CIViC has nothing; ``known pair`` where CIViC has the gene and the drug together.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from kg.assembly import variant_genes
from kg.evaluate.civic_gold import DIRECTION, OPPOSITE, PREDICATE, Item
from kg.evaluate.scores import Miss, Report
from kg.graph import Graph
from kg.graph.terms import name_key
from kg.model import Entity, Statement
from kg.vocab import EntityType

#: CIViC's spellings that are not ours: an unknown fusion partner, the wild type, a deletion with insertion.
_SPELLING = re.compile(r"\bv::|::v\b|\bwildtype\b|(?<=\d)>(?=[A-Z])", re.IGNORECASE)
_LESIONS = (EntityType.VARIANT, EntityType.GENE, EntityType.GENE_FAMILY)
_THERAPIES = (EntityType.DRUG, EntityType.DRUG_CLASS)


@dataclass
class _Civic:
    """What CIViC says of one profile and therapy: items for and against each direction."""

    profile: str
    drug: str
    supported: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    items: list[str] = field(default_factory=list)


def compare_graph(graph: Graph, items: Iterable[Item]) -> Report:
    """Return how many claims agree, contradict, are missing and are new, with a line for each that does not agree."""
    known = _Known(graph)
    counts: Counter[str] = Counter()
    misses: list[Miss] = []
    seen: set[tuple[str, str]] = set()
    pairs: set[tuple[str, str]] = set()
    for claim in _claims(items):
        lesions, drug = known.lesions(claim.profile), known.drug(claim.drug)
        seen |= {(lesion, drug) for lesion in lesions}
        genes = known.genes(lesions) | {gene for name in lesion_names(claim.profile) for gene in variant_genes(name)}
        pairs |= {(gene, drug) for gene in genes}
        for way in sorted(claim.supported):
            kind, label, statement = known.judge(lesions, genes, drug, way)
            counts[f"{kind} ({label})" if label else kind] += 1
            counts["claims of CIViC"] += 1
            if kind != "agree":
                misses.append(_miss(claim, kind, label, way, statement, known))
        for way in sorted(claim.denied - claim.supported):
            kind, label, statement = known.judge(lesions, genes, drug, way)
            counts["denials of CIViC"] += 1
            if kind == "agree" and not label:
                counts["contradict (denied by CIViC)"] += 1
                misses.append(_miss(claim, "contradict", "denied by CIViC", way, statement, known))
    for statement in known.read:
        if (statement.subject.id, statement.object.id) not in seen:
            label = "known pair" if any((gene, statement.object.id) in pairs for gene in known.genes([statement.subject.id])) else "other"
            counts[f"new ({label})"] += 1
            counts["claims of the graph"] += 1
            item = f"{statement.subject.name} | {statement.object.name}"
            misses.append(Miss(statement.id, "civic", "new", label, f"{item} | {PREDICATE[statement.predicate]}", _sentence(statement, known)))
    order = ("claims of CIViC", "agree", "agree (gene)", "contradict (opposite)", "denials of CIViC", "contradict (denied by CIViC)")
    figures = {name: counts[name] for name in order} | {name: counts[name] for name in sorted(counts) if name not in order}
    return Report(figures=tuple(figures.items()), misses=tuple(misses))


def _claims(items: Iterable[Item]) -> Iterator[_Civic]:
    found: dict[tuple[str, str], _Civic] = {}
    for item in items:
        for drug in filter(None, (name.strip() for name in item["therapies"].split(","))):
            one = found.setdefault((item["molecular_profile"], drug), _Civic(item["molecular_profile"], drug))
            (one.supported if item["evidence_direction"] == "Supports" else one.denied).add(DIRECTION[item["significance"]])
            one.items.append("EID" + item["evidence_id"])
    return iter(found.values())


class _Known:
    """The graph's side: names to identifiers, and claims by direction, therapy and lesion."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        entities = list(graph.read_entities())
        self._lesions, self._drugs = _by_name(entities, _LESIONS), _by_name(entities, _THERAPIES)
        self._genes = {entity.id: _genes(entity) for entity in entities if entity.type in _LESIONS}
        self.claims: dict[tuple[str, str], dict[str, Statement]] = defaultdict(dict)
        for one in graph.read_statements():
            if one.predicate in PREDICATE and one.source == "text" and one.n_for > one.n_against:
                best = self.claims[PREDICATE[one.predicate], one.object.id]
                if one.subject.id not in best or best[one.subject.id].belief < one.belief:
                    best[one.subject.id] = one
        self.read = [one for (_, _), of_drug in sorted(self.claims.items()) for _, one in sorted(of_drug.items())]

    def lesions(self, profile: str) -> set[str]:
        """The graph's lesions that a profile may be met by."""
        return {self._lesions[key] for key in map(name_key, lesion_names(profile)) if key in self._lesions}

    def drug(self, name: str) -> str:
        """The graph's drug or class of that name, empty if it has none."""
        return self._drugs.get(name_key(name), "")

    def genes(self, lesions: Iterable[str]) -> set[str]:
        """The symbols of the genes that lesions are of."""
        return {gene for lesion in lesions for gene in self._genes.get(lesion, ())}

    def judge(self, lesions: set[str], genes: set[str], drug: str, way: str) -> tuple[str, str, Statement | None]:
        """Return kind, label and the graph's statement that decides it."""
        if not drug:
            return "missing", "drug not in the graph", None
        same, opposite = self.claims.get((way, drug), {}), self.claims.get((OPPOSITE[way], drug), {})
        for lesion in sorted(lesions):
            if lesion in same:
                return "agree", "", same[lesion]
        for lesion in sorted(lesions):
            if lesion in opposite:
                return "contradict", "opposite", opposite[lesion]
        for lesion in sorted(same):
            if genes & self.genes([lesion]):
                return "agree", "gene", same[lesion]
        return "missing", "nothing read" if lesions else "lesion not in the graph", None


def lesion_names(profile: str) -> list[str]:
    """Return the names that our vocabulary may have for the lesions of one of CIViC's molecular profiles.

    The fusion that carries a named change of the same gene is left out: the profile is about the change.

    >>> lesion_names("BCR::ABL1 Fusion AND ABL1 T315I")
    ['ABL1 T315I']
    >>> lesion_names("EGFR T790M AND EGFR C797S")
    ['EGFR T790M', 'EGFR C797S', 'EGFR T790M + C797S']
    """
    return list(dict.fromkeys(name for chunk in profile.split(" OR ") for name in _names(chunk)))


def _names(profile: str) -> list[str]:
    """The same for lesions that stand together."""
    parts = [part.strip(" ()") for part in profile.split(" AND ")]
    plain = [_SPELLING.sub(_spelled, part) for part in parts if not part.startswith("NOT ")]
    changes: dict[str, list[str]] = defaultdict(list)
    for part in plain:
        gene, _, change = part.partition(" ")
        if "::" not in gene:
            changes[gene].append(change)
    kept = [part for part in plain if not ("::" in part and changes.keys() & set(part.split(" ")[0].split("::")))]
    return kept + [f"{gene} {' + '.join(some)}" for gene, some in changes.items() if len(some) > 1]


def _spelled(match: re.Match[str]) -> str:
    return {"wildtype": "wild type", "v::": "", "::v": "", ">": "delins"}[match.group().lower()]


def _by_name(entities: Iterable[Entity], types: Collection[str]) -> dict[str, str]:
    """Names and synonyms, folded, to identifiers; a canonical name goes before another's synonym."""
    wanted = [entity for entity in entities if entity.type in types]
    synonyms = {name_key(name): entity.id for entity in reversed(wanted) for name in entity.synonyms}
    return {**synonyms, **{name_key(entity.name): entity.id for entity in wanted}}


def _genes(entity: Entity) -> frozenset[str]:
    return frozenset(variant_genes(entity.name)) if entity.type == EntityType.VARIANT else frozenset((entity.name,))


def _miss(claim: _Civic, kind: str, label: str, way: str, statement: Statement | None, known: _Known) -> Miss:
    item = f"{claim.profile} | {claim.drug} | {way}"
    return Miss(" ".join(claim.items), "civic", kind, label, item, _sentence(statement, known) if statement else "")


def _sentence(statement: Statement, known: _Known) -> str:
    """The statement and the surest sentence that speaks for it."""
    evidence = known.graph.evidence
    found = [evidence[key] for key in statement.evidence if key in evidence and evidence[key].polarity == "positive"]
    best = max(found, key=lambda one: (one.certainty == "asserted", one.confidence, one.id), default=None)
    return f"{statement.id} {best.document}: {best.sentence}" if best else statement.id
