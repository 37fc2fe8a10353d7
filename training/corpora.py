"""Read the public corpora into one form for the recognizer: text, typed spans, and which types a corpus annotates at all.

A corpus is silent about what it did not set out to annotate: its "nothing here" means nothing for those types, and training
sums over them (`recognize.py`). Documents whose PMID is held out are refused by an assertion, not skipped in silence.
"""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: label of a corpus -> the types of ours that it may stand for; an empty tuple means: may be anything, teach nothing here
GENE, FAMILY, CHEMICAL, DISEASE = ("Gene", "GeneFamily"), ("GeneFamily",), ("Drug", "DrugClass"), ("Disease", "Phenotype")
LABELS: dict[str, dict[str, tuple[str, ...]]] = {
    "biored": {"GeneOrGeneProduct": GENE, "DiseaseOrPhenotypicFeature": DISEASE, "ChemicalEntity": CHEMICAL, "SequenceVariant": ("Variant",),
               "OrganismTaxon": ("Organism",), "CellLine": ("CellLine",)},
    "bc5cdr": {"Chemical": CHEMICAL, "Disease": DISEASE},
    "ncbi-disease": {"SpecificDisease": ("Disease",), "Modifier": ("Disease",), "DiseaseClass": ("Disease",), "CompositeMention": ("Disease",)},
    "nlm-gene": {"Gene": ("Gene",), "FamilyName": FAMILY, "Cell": (), "DomainMotif": (), "ChromosomeLocation": ()},
    "gnormplus": {"Gene": ("Gene",), "FamilyName": FAMILY, "DomainMotif": ()},
    "tmvar": {"ProteinMutation": ("Variant",), "DNAMutation": ("Variant",), "SNP": ("Variant",)},
    "drugprot": {"CHEMICAL": CHEMICAL, "GENE-Y": GENE, "GENE-N": GENE},
    "bionlp-cg": {"Gene_or_gene_product": GENE, "Simple_chemical": CHEMICAL, "Organism": ("Organism",), "Cancer": (), "Cell": (), "Pathological_formation": (), "Amino_acid": ()},  # noqa: E501
}  # fmt: skip
ANNOTATED = {
    "biored": {"Gene", "GeneFamily", "Disease", "Phenotype", "Drug", "DrugClass", "Variant", "Organism", "CellLine"},
    "bc5cdr": {"Drug", "DrugClass", "Disease", "Phenotype"},
    "ncbi-disease": {"Disease"},
    "nlm-gene": {"Gene", "GeneFamily"},
    "gnormplus": {"Gene", "GeneFamily"},
    "tmvar": {"Variant"},
    "drugprot": {"Drug", "DrugClass", "Gene", "GeneFamily"},
    "bionlp-cg": {"Gene", "GeneFamily", "Organism"},
    "silver": {"Gene", "GeneFamily", "Disease", "Drug", "DrugClass", "Variant", "Process", "Phenotype", "CellLine"},
}


@dataclass(frozen=True)
class Example:
    """A document: offsets count code points in title + blank + abstract; a span's types are what it may be."""

    id: str
    corpus: str
    title: str
    abstract: str
    spans: tuple[tuple[int, int, tuple[str, ...]], ...]


def read_corpora(folder: Path, held_out: frozenset[str]) -> Iterator[Example]:
    """Yield every training document of the corpora that is not held out."""
    for name in ("biored", "bc5cdr", "ncbi-disease", "nlm-gene", "gnormplus", "tmvar"):
        yield from _allowed(read_pubtator(folder / name / "train.pubtator.gz", name), held_out)
    yield from _allowed(read_drugprot(folder / "drugprot"), held_out)
    yield from _allowed(read_brat(folder / "bionlp-cg" / "train.tar.gz", "bionlp-cg"), held_out)


def _allowed(examples: Iterator[Example], held_out: frozenset[str]) -> Iterator[Example]:
    for example in examples:
        if example.id not in held_out:
            yield example


def read_pubtator(path: Path, corpus: str) -> Iterator[Example]:
    """Yield the documents of a PubTator file; a mention whose offsets do not hold its text is looked for nearby, else ignored."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        blocks = lines.read().split("\n\n")
    for block in blocks:
        title = abstract = pmid = ""
        spans = []
        for line in block.split("\n"):
            if match := re.match(r"(\d+)\|([ta])\|(.*)", line):
                pmid = match[1]
                title, abstract = (match[3], abstract) if match[2] == "t" else (title, match[3])
                continue
            cells = line.split("\t")
            if len(cells) >= 5 and cells[1].isdigit() and cells[4] in LABELS[corpus]:
                span = _placed(f"{title} {abstract}", int(cells[1]), int(cells[2]), cells[3])
                if span:
                    spans.append((*span, LABELS[corpus][cells[4]]))
        if pmid:
            yield Example(pmid, corpus, title, abstract, tuple(sorted(spans)))


def _placed(text: str, start: int, end: int, surface: str) -> tuple[int, int] | None:
    """Return the span if it holds the surface, else where the surface stands within ten characters, else nothing."""
    if text[start:end] == surface:
        return start, end
    at = text.find(surface, max(0, start - 10), end + 10)
    return (at, at + len(surface)) if at >= 0 else None


def read_drugprot(folder: Path) -> Iterator[Example]:
    """Yield DrugProt's training abstracts."""
    spans: dict[str, list[tuple[int, int, tuple[str, ...]]]] = {}
    with gzip.open(folder / "train_entities.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            pmid, _, label, start, end, _ = line.rstrip("\n").split("\t")
            spans.setdefault(pmid, []).append((int(start), int(end), LABELS["drugprot"][label]))
    with gzip.open(folder / "train_abstracts.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            pmid, title, abstract = line.rstrip("\n").split("\t")
            yield Example(pmid, "drugprot", title, abstract, tuple(sorted(spans.get(pmid, []))))


def read_brat(path: Path, corpus: str) -> Iterator[Example]:
    """Yield the documents of a brat archive (text, and entities in `.a1`); the first line is the title."""
    with tarfile.open(path) as archive:
        files = {m.name: archive.extractfile(m) for m in archive.getmembers() if m.isfile()}
        for name in sorted(n for n in files if n.endswith(".txt")):
            text = files[name].read().decode("utf-8")  # type: ignore[union-attr]
            title, _, abstract = text.partition("\n")
            rows = files[name[:-4] + ".a1"].read().decode("utf-8").splitlines()  # type: ignore[union-attr]
            spans = []
            for row in rows:
                _, place, _ = row.split("\t")
                label, start, end = place.split(" ")[:3]
                if label in LABELS[corpus] and ";" not in place:
                    spans.append((int(start), int(end), LABELS[corpus][label]))
            yield Example(re.sub(r"\D", "", Path(name).stem), corpus, title, abstract.rstrip("\n"), tuple(sorted(spans)))


def read_silver(paths: list[Path], held_out: frozenset[str]) -> Iterator[Example]:
    """Yield abstracts on cancer drugs without labels; their spans are what our own grammar and dictionary find (`prepare.py`)."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                pmid = str(row.get("pmid") or "")
                if pmid and pmid not in held_out:
                    yield Example(pmid, "silver", row["title"], row["abstract"] or "", ())
