"""Learn from annotated training documents what the vocabulary does not say: names without an entry, identifiers without a match.

usage: python training/learn_names.py [--shared ../shared] [--out ontologies]

Writes two tables. ``usage.tsv``: what annotators mean by a name that the vocabulary lacks ("renal dysfunction"), or that it gives to
several genes alike ("PAR2"), and, where no document says so, the one of these genes that most documents name; dictionary and grounder ask
it. ``sources/corpus_xrefs.tsv``: identifiers that the vocabulary lacks, of diseases and drugs that the annotators call by their own name
(MeSH numbers that were withdrawn since); the compiler adds them. A name counts only where the annotators agree: one identifier in four
documents of five, and more than one document unless the name is long (and, of a gene, has a number) or the vocabulary leaves the choice
open. Families are left out of genes: annotators give them as one of their members. Documents that are kept for evaluation or stand in a
development split are left out.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.lexicon import Lexicon
from kg.lexicon.folding import fold
from kg.model import Entity
from kg.nlp.recognizer.combine import GROUP
from kg.nlp.recognizer.gene_spellings import gene_spellings
from kg.nlp.recognizer.grounder import LEAST
from kg.nlp.recognizer.usage import tied, usage_key

ROOT = Path(__file__).resolve().parents[1]
CORPORA = {
    "bc5cdr": ("Disease", "Drug"),
    "ncbi-disease": ("Disease",),
    "biored": ("Disease", "Drug", "Gene"),
    "nlm-gene": ("Gene",),
    "gnormplus": ("Gene",),  # human genes only: the identifiers of others carry their taxon
}
AGREE, LONG, DOCUMENTS, DOCUMENTS_SHORT = 0.8, 9, 2, 3
OWN_NAMES = frozenset({"name", "symbol", "synonym", "alias", "curated"})
USAGE_HEAD = """# What annotators mean by names that the vocabulary lacks or leaves open: type, name (its key), identifier,
# training documents that say so; 0: of the genes that share the name the one that most documents name.
# Learned by training/learn_names.py from BC5CDR, NCBI Disease, BioRED, NLM-Gene and GNormPlus; never written by hand.
"""
XREFS_HEAD = """# Identifiers in MeSH and OMIM that the vocabularies lack, of entities that annotators call by their own name.
# Learned by training/learn_names.py from BC5CDR, NCBI Disease and BioRED; never written by hand.
"""


def documents(shared: Path) -> Iterator[tuple[str, dict]]:
    """Yield corpus and document of the training splits, none of them kept for evaluation."""
    sys.path.insert(0, str(shared / "scoring"))
    from corpora import read_pubtator

    seen = set((shared / "corpora" / "evaluation_pmids.txt").read_text(encoding="utf-8").split())
    seen |= {d["id"] for path in sorted(shared.glob("corpora/*/dev.pubtator.gz")) for d in read_pubtator(path)}
    for corpus in CORPORA:
        for document in read_pubtator(shared / "corpora" / corpus / "train.pubtator.gz"):
            if document["id"] not in seen:
                seen.add(document["id"])
                yield corpus, document


def resolve(lexicon: Lexicon, type_: str, identifier: str) -> Entity | None:
    """Return the entity of an annotator's identifier: of a gene of mouse or rat, the human one."""
    entity = next(filter(None, (lexicon.resolve(f"{p}:{identifier}") for p in (("NCBIGene",) if type_ == "Gene" else ("MESH", "OMIM")))), None)
    if entity is not None and entity.attribute("species"):
        entity = lexicon.entity(entity.attribute("human_ortholog"))
    return entity if entity is not None and entity.type in GROUP[type_] else None


def agreed(counts: Counter[str], least: int) -> tuple[str, int] | None:
    """Return what most documents say, if nearly all do and there are enough."""
    (best, count) = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return (best, count) if count >= AGREE * counts.total() and count >= least else None


def main() -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--out", type=Path, default=ROOT / "ontologies")
    args = parser.parse_args()
    lexicon = Lexicon.open()
    learned = {line.split("\t")[1] for line in (ROOT / "ontologies" / "sources" / "corpus_xrefs.tsv").read_text(encoding="utf-8").splitlines()[3:]}
    names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    open_names: set[tuple[str, str]] = set()
    numbers: dict[str, Counter[str]] = defaultdict(Counter)
    genes: Counter[str] = Counter()
    for corpus, document in documents(args.shared):
        said = {(text, type_, next(iter(ids))) for _, _, text, type_, ids in document["mentions"] if type_ in CORPORA[corpus] and len(ids) == 1}
        for key, what, choice in {row for triple in said for row in _usage(lexicon, *triple)}:
            names[key][what] += 1
            open_names |= {key} if choice else set()
        genes.update({entity.id for _, type_, number in said if type_ == "Gene" and (entity := resolve(lexicon, type_, number))})
        for number, what in {pair for triple in said for pair in _number(lexicon, *triple, learned)}:
            numbers[number][what] += 1
    usage = []
    for (type_, key), counts in names.items():
        short = not any(c.islower() for c in key) and len(key) <= 5
        telling = (type_, key) in open_names or (len(key) >= LONG and (type_ != "Gene" or any(c.isdigit() for c in key)))
        found = agreed(counts, 1 if telling else DOCUMENTS_SHORT if short else DOCUMENTS)
        if found:
            usage.append((type_, key, found[0], str(found[1])))
    known = {key for type_, key, _, _ in usage if type_ == "Gene"}
    usage += [("Gene", key, gene, "0") for key, gene in _prominent(lexicon, genes).items() if key not in known]
    xrefs = [(found[0], number, str(found[1])) for number, counts in numbers.items() if (found := agreed(counts, 1))]
    write(args.out / "usage.tsv", USAGE_HEAD, "type\tname\tid\tdocuments", usage)
    write(args.out / "sources" / "corpus_xrefs.tsv", XREFS_HEAD, "id\txref\tdocuments", xrefs)
    print(f"{len(usage)} names, {len(xrefs)} identifiers")


def _prominent(lexicon: Lexicon, documents_of: Counter[str]) -> dict[str, str]:
    """Return the keys of names that several genes share -> the gene of most documents, else of most targeting drugs, else of most names."""
    edges = Counter(edge.object for edge in lexicon.background() if edge.predicate == "targets")
    chosen: dict[str, str] = {}
    for entity in lexicon.entities():
        for name in entity.synonyms if entity.type == "Gene" and not entity.attribute("species") else ():
            for form in (name, re.sub(r"(?<=[A-Za-z])(?=\d+$)", "-", name)):
                shared = [c.entity_id for c in tied(lexicon.candidates(form, ("Gene",)))]
                if shared:
                    ranks = {gene: (documents_of[gene], edges[gene], len(found.synonyms)) for gene in shared if (found := lexicon.entity(gene))}
                    chosen[usage_key(form)] = max(sorted(ranks), key=ranks.__getitem__)
    return chosen


def _usage(lexicon: Lexicon, text: str, type_: str, identifier: str) -> Iterator[tuple[tuple[str, str], str, bool]]:
    """Yield a name's key and entity, and whether the vocabulary has the name but does not choose."""
    entity = resolve(lexicon, type_, identifier)
    if entity is None or len(fold(text)) < 2:
        return
    if candidates := lexicon.candidates(text, GROUP[type_]):
        if (choice := tied(candidates)) and choice[0].score >= LEAST:
            yield (type_, usage_key(text)), entity.id, True
        return
    if type_ == "Gene" and (re.search(r"[a-z]{2}s$", text) or _is_family(lexicon, text)):  # annotators give a family as one of its members
        return
    yield (type_, usage_key(text)), entity.id, False


def _is_family(lexicon: Lexicon, text: str) -> bool:
    found = next(filter(None, (lexicon.candidates(name, GROUP["Gene"]) for name in gene_spellings(text))), [])
    return bool(found) and found[0].type == "GeneFamily"


def _number(lexicon: Lexicon, text: str, type_: str, identifier: str, learned: set[str]) -> Iterator[tuple[str, str]]:
    """Yield an identifier that the vocabulary lacks with the disease or drug whose own name the annotators gave it to."""
    number = ("MESH:" if identifier[:1] in "CD" else "OMIM:") + identifier
    if type_ == "Gene" or (number not in learned and lexicon.resolve(number) is not None):
        return
    found = [c for c in lexicon.candidates(text, GROUP[type_]) if c.kind in OWN_NAMES]
    entity = lexicon.entity(found[0].entity_id) if found and found[0].type in ("Disease", "Drug") else None
    if entity is not None and fold(entity.name) == fold(text):
        yield number, entity.id


def write(path: Path, head: str, columns: str, rows: list[tuple[str, ...]]) -> None:
    """Write a table under its comment, sorted."""
    path.write_text(head + "\n".join([columns, *("\t".join(row) for row in sorted(rows))]) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
