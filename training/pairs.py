"""Read the public corpora on relations into one form: documents, typed mentions in clusters, and labelled pairs of clusters.

Each corpus teaches a *head*: a question about a pair, with a fixed list of answers (`kg.nlp.relator.heads.HEADS`). Where a corpus
leaves the answer open ("predictive", without a direction), several answers are allowed, and training sums over them; a pair that a
corpus says nothing of is not in the list. Documents whose PMID is held out are left out, and asserted to be.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpora import _placed

from kg.nlp.relator.heads import HEADS, answers

csv.field_size_limit(10**9)


@dataclass
class PairExample:
    """A document: sections, mentions (start, end, type, cluster; offsets count the sections joined by one blank), labelled pairs."""

    id: str
    corpus: str
    sections: tuple[tuple[str, str], ...]
    mentions: list[tuple[int, int, str, int]] = field(default_factory=list)
    pairs: list[tuple[str, int, int, int, float]] = field(default_factory=list)
    """(head, cluster, cluster, bit mask of allowed answers, weight)"""


class Clusters:
    """Numbers for the clusters of one document, and the type of each."""

    def __init__(self) -> None:
        self.numbers: dict[object, int] = {}
        self.types: list[str] = []

    def number(self, key: object, type_: str) -> int:
        """Return the number of a cluster, new or known."""
        if key not in self.numbers:
            self.numbers[key] = len(self.types)
            self.types.append(type_)
        return self.numbers[key]


BIORED_TYPES = {"GeneOrGeneProduct": "Gene", "DiseaseOrPhenotypicFeature": "Disease", "ChemicalEntity": "Drug", "SequenceVariant": "Variant",
                "Chemical": "Drug", "Disease": "Disease"}  # fmt: skip
#: order of the two ends of a pair; a pair of one type is in the order of the text
ORDER = ("Variant", "Gene", "GeneFamily", "Process", "Drug", "DrugClass", "Disease", "Phenotype")


def ordered(a: int, b: int, types: list[str]) -> tuple[int, int]:
    """Return a pair with the lesion before the therapy before the disease."""
    return (a, b) if (ORDER.index(types[a]), a) <= (ORDER.index(types[b]), b) else (b, a)


def read_pubtator_pairs(path: Path, corpus: str) -> Iterator[PairExample]:
    """Yield BioRED (every pair of genes, diseases, chemicals and variants) or BC5CDR (every chemical with every disease)."""
    head = "association" if corpus == "biored" else "adverse"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        blocks = lines.read().split("\n\n")
    for block in filter(str.strip, blocks):
        rows = [line.split("\t") for line in block.strip().split("\n")]
        (pmid, _, title), (_, _, abstract) = (row[0].split("|", 2) for row in rows[:2])
        text, clusters, example = f"{title} {abstract}", Clusters(), PairExample(pmid, corpus, (("title", title), ("abstract", abstract)))
        relations: dict[frozenset[str], str] = {}
        for row in rows[2:]:
            if len(row) >= 5 and row[1].isdigit():
                span = _placed(text, int(row[1]), int(row[2]), row[3])
                for identifier in row[5].replace("|", ",").replace(";", ",").split(",") if len(row) > 5 and span else ():
                    if row[4] in BIORED_TYPES and identifier not in ("-", "-1", ""):
                        number = clusters.number(identifier, BIORED_TYPES[row[4]])
                        example.mentions.append((*span, BIORED_TYPES[row[4]], number))
            elif len(row) >= 4:
                relations[frozenset(row[2:4])] = row[1]
        names = list(clusters.numbers)
        for a, b in itertools.combinations(range(len(names)), 2):
            types = {clusters.types[a], clusters.types[b]}
            if head == "adverse" and types != {"Drug", "Disease"}:
                continue
            label = relations.get(frozenset((names[a], names[b])))
            answer = answers(head, "none" if label is None else "induces" if head == "adverse" else label)
            example.pairs.append((head, *ordered(a, b, clusters.types), answer, 1.0))
        yield example


def read_drugprot_pairs(folder: Path) -> Iterator[PairExample]:
    """Yield DrugProt: every chemical mention with every gene mention of its abstract."""
    entities: dict[str, list[list[str]]] = defaultdict(list)
    relations: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _table(folder / "train_entities.tsv.gz"):
        entities[row[0]].append(row)
    for row in _table(folder / "train_relations.tsv.gz"):
        relations[row[0]][row[2].removeprefix("Arg1:"), row[3].removeprefix("Arg2:")].append(row[1])
    for pmid, title, abstract in _table(folder / "train_abstracts.tsv.gz"):
        example = PairExample(pmid, "drugprot", (("title", title), ("abstract", abstract)))
        found = entities[pmid]
        for number, row in enumerate(found):
            example.mentions.append((int(row[3]), int(row[4]), "Drug" if row[2] == "CHEMICAL" else "Gene", number))
        for a, chemical in enumerate(found):
            for b, gene in enumerate(found):
                if chemical[2] == "CHEMICAL" and gene[2] != "CHEMICAL":
                    labels = relations[pmid].get((chemical[1], gene[1]), ["none"])
                    example.pairs.append(("action", b, a, answers("action", labels[0]), 1.0))
        yield example


def _table(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def archived_texts(path: Path) -> dict[str, str]:
    """Return the files of an archive by name."""
    with tarfile.open(path) as archive:
        return {m.name: archive.extractfile(m).read().decode("utf-8") for m in archive.getmembers() if m.isfile()}  # type: ignore[union-attr]


MINE_TYPES = {"gene": "Gene", "cancer": "Disease", "drug": "Drug", "variant": "Variant", "mutation": "Variant"}
MINE_OUTCOME = {"Diagnostic": ("diagnostic",), "Predisposing": ("predisposes",), "Prognostic": ("poor", "better"), "Driver": ("drives",),
                "Oncogene": ("drives",), "Tumor_Suppressor": ("suppresses",)}  # fmt: skip


def read_mined(path: Path, corpus: str) -> Iterator[PairExample]:
    """Yield the sentences of CIViCmine and CancerMine (brat): genes with cancers, and in CIViCmine genes with drugs."""
    files = archived_texts(path)
    for name in sorted(n for n in files if n.endswith(".txt")):
        text, stem = files[name], name[:-4]
        example, order = PairExample(f"{corpus}:{stem}", corpus, (("text", text.rstrip("\n")),)), {}
        for row in files[f"{stem}.a1"].splitlines():
            tag, place, _ = row.split("\t")
            label, start, end = place.split(" ")[:3]
            if label in MINE_TYPES and ";" not in place:
                order[tag] = (len(order), MINE_TYPES[label])
                example.mentions.append((int(start), int(end), MINE_TYPES[label], order[tag][0]))
        said: dict[tuple[int, int], list[str]] = defaultdict(list)
        for row in files.get(f"{stem}.a2", "").splitlines():
            parts = row.split("\t")[1].split(" ")
            ends = dict(p.split(":") for p in parts[1:])
            numbers = [order[ends[k]][0] for k in ("gene", "drug" if parts[0] == "Predictive" else "cancer") if ends.get(k) in order]
            if len(numbers) == 2 and parts[0] != "AssociatedVariant":
                said[numbers[0], numbers[1]].append(parts[0])
        for (a, type_a), (b, type_b) in itertools.product(order.values(), repeat=2):
            if (type_a, type_b) == ("Gene", "Disease"):
                labels = [x for label in said.get((a, b), ()) for x in MINE_OUTCOME.get(label, ())]
                example.pairs.append(("outcome", a, b, answers("outcome", *labels or ["none"]), 1.0))
            if (type_a, type_b) == ("Gene", "Drug") and corpus == "civicmine":
                labels = ["sensitive", "resistant", "refuted"] if (a, b) in said else ["none"]
                example.pairs.append(("effect", a, b, answers("effect", *labels), 0.5))
        if example.pairs:
            yield example


CANCER_GENETICS_TYPES = {"Gene_or_gene_product": "Gene", "Simple_chemical": "Drug"}
#: what an event does to its theme, where it says: more of it, or less
SIGNS = {"Positive_regulation": 1, "Negative_regulation": -1, "Regulation": 0}
SIGNED = {1: ("Positive_Correlation", "Association"), -1: ("Negative_Correlation", "Association"),
          0: ("Association", "Positive_Correlation", "Negative_Correlation")}  # fmt: skip


def read_cancer_genetics(path: Path) -> Iterator[PairExample]:
    """Yield BioNLP Cancer Genetics (Pyysalo et al. 2013): every gene with every gene and chemical, related where one regulates or binds the other.

    An event on an event is on what that one is about: "inhibition of A lowers expression of B" relates A and B, with the product of the signs. What
    is denied is left out.
    """
    files = archived_texts(path)
    for name in sorted(n for n in files if n.endswith(".txt")):
        title, _, abstract = files[name].partition("\n")
        rows = [line.split("\t") for part in (".a1", ".a2") for line in files[name[:-4] + part].splitlines()]
        pmid, clusters = "".join(filter(str.isdigit, Path(name).stem)), Clusters()
        example = PairExample(pmid, "bionlp-cg", (("title", title), ("abstract", abstract.rstrip("\n"))))
        same = {tag: " ".join(sorted(row[1].split(" ")[1:])) for row in rows if row[0] == "*" for tag in row[1].split(" ")[1:]}
        names = {same[row[0]]: row[2].lower() for row in reversed(rows) if row[0] in same and len(row) > 2}
        numbers: dict[str, int] = {}
        for tag, place, *surface in rows:
            label, *ends = place.split(" ")
            if tag[0] == "T" and label in CANCER_GENETICS_TYPES and ";" not in place:
                type_ = CANCER_GENETICS_TYPES[label]
                numbers[tag] = clusters.number((type_, names[same[tag]] if tag in same else surface[0].lower()), type_)
                example.mentions.append((int(ends[0]), int(ends[1]), type_, numbers[tag]))
        events = {row[0]: [tuple(arg.split(":")) for arg in row[1].split(" ") if ":" in arg] for row in rows if row[0][0] == "E"}
        said = _regulations(events, numbers, {row[1].split(" ")[1] for row in rows if row[1].startswith("Negation ")})
        for a, b in itertools.combinations(range(len(clusters.types)), 2):
            if "Gene" in (clusters.types[a], clusters.types[b]):
                labels = said.get(frozenset((a, b)), ["none"])
                if labels:
                    weight = 0.3 if labels == ["none"] else 0.5  # what no event tells may still be associated, as BioRED means it
                    example.pairs.append(("association", *ordered(a, b, clusters.types), answers("association", *labels), weight))
        if example.pairs:
            yield example


def _regulations(events: dict[str, list[tuple[str, ...]]], numbers: dict[str, int], denied: set[str]) -> dict[frozenset[int], list[str]]:
    """Return the pairs of clusters that events relate -> labels; no labels for what is denied."""

    def about(tag: str, sign: int, depth: int = 0) -> Iterator[tuple[int, int]]:
        if tag in numbers:
            yield numbers[tag], sign
        for role, other in events.get(tag, ())[1:] if depth < 5 else ():
            if role.startswith("Theme"):
                yield from about(other, sign * SIGNS.get(events[tag][0][0], 1), depth + 1)

    said: dict[frozenset[int], list[str]] = {}
    for tag, ((kind, _), *ends) in events.items():
        themes = [list(about(other, 1)) for role, other in ends if role.startswith("Theme")]
        causes = [list(about(other, 1)) for role, other in ends if role.startswith("Cause")]
        sides = itertools.product(causes, themes) if kind in SIGNS else itertools.combinations(themes, 2) if kind == "Binding" else ()
        for one, other in sides:
            for (a, sign_a), (b, sign_b) in itertools.product(one, other):
                if a != b:
                    labels = ["Bind", "Association"] if kind == "Binding" else list(SIGNED[SIGNS[kind] * sign_a * sign_b])
                    said.setdefault(frozenset((a, b)), []).extend([] if tag in denied else labels)
    return said


NARY = {"resistance": "resistant", "resistance or non-response": "resistant", "response": "sensitive", "sensitivity": "sensitive", "None": "none"}


def nary_rows(folder: Path) -> Iterator[tuple[str, str, list[tuple[int, int, str]], str]]:
    """Yield (number, text, what is marked in it: drug, change, gene, relation) of the rows of Peng et al. 2017 (tokens are lower-cased lemmas)."""
    for path in sorted(folder.glob("*_mul_*.json.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            rows = json.load(handle)
        for row in rows:
            starts = [0, *itertools.accumulate(len(t) + 1 for t in row["token"])]
            places = (
                [("first", "Drug"), ("third", "Variant"), ("second", "Gene")] if "third_start" in row else [("first", "Drug"), ("second", "Variant")]
            )
            marked = []
            for place, type_ in places:
                first, last = row[f"{place}_start"], row[f"{place}_end"]
                marked.append((starts[first], starts[last] + len(row["token"][last]), type_))
            yield f"{path.name.removesuffix('.json.gz')}:{row['id']}", " ".join(row["token"]), marked, row["relation"]


def read_nary(folder: Path) -> Iterator[PairExample]:
    """Yield the drug-mutation and drug-gene-mutation passages with their distant labels."""
    for identifier, text, marked, relation in nary_rows(folder):
        if relation in NARY:
            example = PairExample(identifier, "nary", (("text", text),))
            example.mentions.extend((start, end, type_, number) for number, (start, end, type_) in enumerate(marked))
            example.pairs.append(("effect", 1, 0, answers("effect", NARY[relation]), 0.3))
            yield example


def whole_clusters(example: PairExample) -> set[int]:
    """Return the clusters that are asked about: changes, and what stands somewhere outside of one ("EML4" in "EML4-ALK" does not)."""
    changes = [(s, e) for s, e, type_, _ in example.mentions if type_ == "Variant"]
    return {c for s, e, type_, c in example.mentions if type_ == "Variant" or not any(a <= s and e <= b for a, b in changes)}


@dataclass(frozen=True)
class CivicItem:
    """A curated evidence item, as far as it teaches."""

    id: str
    pmid: str
    text: str
    profile: str
    therapies: frozenset[str]
    doid: str
    kind: str
    supports: bool
    significance: str


def read_civic(path: Path) -> list[CivicItem]:
    """Return CIViC's evidence items, in order."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [CivicItem(f"EID{r['evidence_id']}", r["citation_id"], r["evidence_statement"], r["molecular_profile"],
                      frozenset(d.strip().lower() for d in r["therapies"].split(",") if d.strip()), r["doid"], r["evidence_type"],
                      r["evidence_direction"] == "Supports", r["significance"]) for r in rows]  # fmt: skip


EFFECT = {"Sensitivity/Response": "sensitive", "Resistance": "resistant", "Reduced Sensitivity": "resistant"}
OUTCOME = {("Prognostic", "Poor Outcome"): "poor", ("Prognostic", "Better Outcome"): "better", ("Diagnostic", "Positive"): "diagnostic",
           ("Predisposing", "Predisposition"): "predisposes", ("Oncogenic", "Oncogenicity"): "drives"}  # fmt: skip


def pairs_of_civic(items: Iterable[CivicItem], annotations: dict[str, list[dict]], genes: object) -> Iterator[PairExample]:
    """Yield CIViC's statements with the mentions that our pipeline found in them (``annotations``: `kg annotate` rows' mentions by item).

    ``genes(profile)`` gives the symbols of a molecular profile. The cluster of an item's lesion is the change itself where it is named,
    else every mention of its gene. A pair that another item of the same publication tells of is left out.
    """
    items = list(items)
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for item in items:
        told[item.pmid] |= {(g, d) for g in genes(item.profile) for d in item.therapies}
    for item in items:
        example, clusters = PairExample(item.id, "civic", (("text", item.text),)), Clusters()
        owned: dict[int, set[str]] = {}
        for m in annotations[item.id]:
            if m["type"] not in ORDER:
                continue
            key = (m["type"], m["name"].lower())
            number = clusters.number(key, m["type"])
            owned[number] = set(m["name"].split(" ")[0].split("::")) if m["type"] in ("Gene", "Variant") else {m["name"].lower(), *m.get("xrefs", ())}
            example.mentions.append((m["start"], m["end"], m["type"], number))
        names = {number: key[1] for key, number in clusters.numbers.items()}
        lesions = [n for n, t in enumerate(clusters.types) if t in ("Gene", "Variant")]
        wanted = item_lesions(item, lesions, owned, names, clusters.types, genes)
        if item.kind == "Predictive" and item.therapies:
            answer = (
                answers("effect", "refuted")
                if not item.supports
                else answers("effect", EFFECT[item.significance])
                if item.significance in EFFECT
                else 0
            )
            drugs = [n for n, t in enumerate(clusters.types) if t in ("Drug", "DrugClass")]
            for lesion, drug in itertools.product(lesions, drugs):
                if lesion in wanted and owned[drug] & item.therapies:
                    if answer:
                        example.pairs.append(("effect", lesion, drug, answer, 1.0))
                elif not any((g, d) in told[item.pmid] for g in owned[lesion] for d in owned[drug]) and not owned[lesion] & genes(item.profile):
                    example.pairs.append(("effect", lesion, drug, answers("effect", "none"), 0.5))
        diseases = [n for n, t in enumerate(clusters.types) if t == "Disease"]
        label = OUTCOME.get((item.kind, item.significance))
        if diseases and label and wanted:
            exact = [n for n in diseases if f"DOID:{item.doid}" in owned[n]] or (diseases if len(diseases) == 1 else [])
            for lesion, disease in itertools.product(wanted, exact):
                example.pairs.append(("outcome", lesion, disease, answers("outcome", label if item.supports else "refuted"), 1.0))
        if example.pairs:
            yield example


def item_lesions(
    item: CivicItem, lesions: list[int], owned: dict[int, set[str]], names: dict[int, str], types: list[str], genes: object
) -> list[int]:
    """Return the clusters of an item's lesion: the named changes of its profile, else all changes of its genes, else the genes."""
    symbols = genes(item.profile)
    mine = [n for n in lesions if owned[n] & symbols]
    words = {w.lower() for part in item.profile.split(" AND ") for w in part.split()[1:]}
    changes = [n for n in mine if types[n] == "Variant"]
    exact = [n for n in changes if set(names[n].split()[1:]) & words]
    return exact or changes or mine


assert set(HEADS["action"]) >= {"INHIBITOR", "none"}
