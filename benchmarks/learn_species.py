"""Learn the weights of the species cues from public training documents, and write kg/nlp/species_weights.py.

usage: python benchmarks/learn_species.py [--shared ../shared] [--no-write]

Documents: the training splits of BioRED, NLM-Gene and GNormPlus, without any whose PMID is kept for evaluation or stands in a development
split. A gene that our own pipeline found is an example of each species whose identifiers the annotators gave its mentions, weighted by how
many; of a species that we have no table of, it counts as what GNormPlus says, else as rat where the text speaks of rats more than of others.
Regularised multinomial logistic regression; figures printed are from 8-fold cross-validation by document.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from kg.lexicon import Lexicon
from kg.model import Document, Section
from kg.nlp.layout import lay_out
from kg.nlp.pipeline import build_language
from kg.nlp.recognizer import open_recognizer
from kg.nlp.resolve import resolve_overlaps
from kg.nlp.species import features_of, group_genes
from kg.nlp.species_cues import SPECIES, find_cues
from kg.nlp.workbench import KEY, Draft, Workbench

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "kg" / "nlp" / "species_weights.py"
CORPORA = ("biored", "nlm-gene", "gnormplus")
TAXA = {"9606": "human", "10090": "mouse", "10116": "rat"}
#: GNormPlus says of what taxon a gene is that is not human: "12043(Tax:10090)"
_TAXON = re.compile(r"\([Tt]ax:(\d+)\)$")
HEAD = '''"""What each cue of a species weighs: log-odds towards human, mouse, rat and other, learned from training documents.

Rule: written by benchmarks/learn_species.py, never by hand; features are those of `kg.nlp.species_cues`.
"""

WEIGHTS: dict[str, tuple[float, float, float, float]] = {
'''


@dataclass(frozen=True)
class Example:
    corpus: str
    pmid: str
    features: dict[str, float]
    species: Counter[str]


def documents(shared: Path) -> Iterator[tuple[str, dict]]:
    """Yield corpus and document of the training splits, none of them kept for evaluation."""
    sys.path.insert(0, str(shared / "scoring"))
    from corpora import read_pubtator

    held = set((shared / "corpora" / "evaluation_pmids.txt").read_text(encoding="utf-8").split())
    held |= {d["id"] for path in sorted(shared.glob("corpora/*/dev.pubtator.gz")) for d in read_pubtator(path)}
    seen = set(held)
    for corpus in CORPORA:
        for document in read_pubtator(shared / "corpora" / corpus / "train.pubtator.gz"):
            if document["id"] not in seen:
                seen.add(document["id"])
                yield corpus, document


def examples(shared: Path, lexicon: Lexicon) -> Iterator[Example]:
    """Yield an example per gene that the pipeline and the annotators both found in a document."""
    language = build_language()
    recognizer = open_recognizer()
    for corpus, document in documents(shared):
        layout = lay_out(Document(document["id"], (Section("title", document["title"]), Section("abstract", document["abstract"]))))
        doc = language.make_doc(layout.text)
        bench = doc.user_data[KEY] = Workbench(layout, lexicon, recognizer)
        for name, component in language.pipeline:
            if name not in ("kg_mentions", "kg_relations"):
                doc = component(doc)
        genes = group_genes(resolve_overlaps(bench.drafts), lexicon)
        cues = find_cues(layout.text)
        title = len(document["title"])  # our layout has one more character between title and abstract
        gold = [(s + (s > title), e + (s > title), ids) for s, e, _, kind, ids in document["mentions"] if kind == "Gene"]
        for human, features in features_of(genes, layout.text, bench.sentences, cues, lexicon).items():
            species = species_of(lexicon, human, genes[human], gold, Counter(c.kind for c in cues))
            if species:
                yield Example(corpus, document["id"], features, species)


def species_of(
    lexicon: Lexicon, human: str, mentions: Sequence[Draft], gold: Sequence[tuple[int, int, frozenset[str]]], cues: Counter[str]
) -> Counter[str]:
    """Return the species that the annotators gave the mentions of a gene; nothing where they name another gene of a species we know."""
    entity = lexicon.entity(human)
    assert entity is not None
    rat = lexicon.entity(entity.attribute("rat_ortholog"))
    known = {x.partition(":")[2]: "human" for x in entity.xrefs if x.startswith("NCBIGene:")}
    known |= {x.partition(":")[2]: "rat" for x in (rat.xrefs if rat else ()) if x.startswith("NCBIGene:")}
    known[entity.attribute("mouse_ortholog").partition(":")[2]] = "mouse"
    unknown = "rat" if cues["rat"] + cues["rat_line"] and cues["rat"] >= cues["other"] else "other"
    found: Counter[str] = Counter()
    for m in mentions:
        ids = set().union(*(ids for start, end, ids in gold if start < m.end and m.start < end))
        for said in ids:
            number, taxon = _TAXON.sub("", said), _TAXON.search(said)
            if m.entity is not None and m.entity.id == "NCBIGene:" + number:
                found["mouse"] += 1
            elif number in known:
                found[known[number]] += 1
            elif taxon:
                found[TAXA.get(taxon[1], "other")] += 1
            elif lexicon.resolve("NCBIGene:" + number) is None:
                found[unknown] += 1
    return found


def fit(ones: list[Example], vectors: np.ndarray) -> LogisticRegression:
    rows = [(i, s, n / e.species.total() ** 0.5) for i, e in enumerate(ones) for s, n in e.species.items()]
    model = LogisticRegression(C=0.2, max_iter=5000)
    return model.fit(vectors[[r[0] for r in rows]], [r[1] for r in rows], sample_weight=[r[2] for r in rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--lexicon", type=Path)
    parser.add_argument("--no-write", action="store_true")
    args = parser.parse_args()
    with Lexicon.open(args.lexicon) as lexicon:
        ones = list(examples(args.shared.resolve(), lexicon))
    turn = DictVectorizer(sparse=False)
    vectors = turn.fit_transform([e.features for e in ones])
    print(len(ones), "genes in documents;", Counter("+".join(sorted(e.species)) for e in ones))
    guessed = np.empty(len(ones), dtype=object)
    for train, test in GroupKFold(8).split(vectors, groups=[e.pmid for e in ones]):
        guessed[test] = fit([ones[i] for i in train], vectors[train]).predict(vectors[test])
    for corpus in CORPORA:
        mine = [(g, e) for g, e in zip(guessed, ones, strict=True) if e.corpus == corpus]
        right = sum(g in e.species for g, e in mine)
        print(f"{corpus}: {right / len(mine):.3f} right of {len(mine)}; all human: {sum('human' in e.species for _, e in mine) / len(mine):.3f}")
    model = fit(ones, vectors)
    order = [list(model.classes_).index(s) for s in SPECIES]
    rows = {"bias": model.intercept_[order], **{n: model.coef_[order, i] for i, n in enumerate(turn.feature_names_)}}
    lines = "".join(f'    "{name}": ({", ".join(f"{w:.2f}" for w in weights)}),\n' for name, weights in rows.items())
    if not args.no_write:
        OUT.write_text(HEAD + lines + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
