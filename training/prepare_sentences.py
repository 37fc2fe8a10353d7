"""Make the classifier's training data: sentences with marked mentions and labelled pairs, one JSON object a line.

    python training/prepare_sentences.py --corpora ../shared/corpora --civic ../shared/civic/evidence_dev.tsv.gz \
        --abstracts ../shared/pubmed/*_abstracts.jsonl.gz ../shared/corpora --held-out PMIDS.txt ... --out sentences.jsonl.gz

`split` is `dev` for a tenth of DrugProt, a fifth of CIViC's publications and a third of the abstracts whose effects were read
(`effects.tsv`), `train` for the rest.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from effects import TABLE, effect_examples, read_effects
from pairs import PairExample, read_drugprot_pairs, read_mined
from passages import passage_examples
from prepare_pairs import civic_examples, is_held_out
from readings import reading_examples
from sentences import cut, read_invented

from kg.config import Settings
from kg.lexicon import Lexicon
from kg.nlp.pipeline import Pipeline


def examples(corpora: Path, civic: Path, abstracts: list[Path], held_out: frozenset[str]) -> Iterator[tuple[PairExample, str]]:
    """Yield every sentence with its split."""
    for example in effect_examples(Pipeline(Settings(), Lexicon.open()), TABLE, abstracts, held_out):
        yield example, "dev" if is_held_out(example.id, 3) else "train"
    for whole, split in civic_examples(civic):
        yield from ((example, split) for example in cut(whole, "effect"))
    read = read_effects()
    for whole in read_mined(corpora / "civicmine" / "train.tar.gz", "civicmine"):
        if whole.id not in read:
            yield from ((example, "train") for example in cut(whole, "effect"))
    for whole in read_drugprot_pairs(corpora / "drugprot"):
        if whole.id not in held_out:
            yield from ((example, "dev" if is_held_out(whole.id, 10) else "train") for example in cut(whole, "action"))
    yield from ((example, "train") for example in passage_examples(corpora / "nary"))
    yield from ((example, "train") for example in reading_examples(abstracts, corpora, held_out))
    yield from ((example, "train") for example in read_invented())


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--corpora", type=Path, required=True), args.add_argument("--civic", type=Path, required=True)
    args.add_argument("--abstracts", type=Path, nargs="+", required=True, help="JSON Lines, or the folder of corpora, with the texts of effects.tsv")
    args.add_argument("--held-out", type=Path, nargs="+", required=True), args.add_argument("--out", type=Path, required=True)
    a = args.parse_args()
    held_out = frozenset(pmid for path in a.held_out for pmid in path.read_text().split())
    counts: Counter[tuple[str, str]] = Counter()
    with gzip.open(a.out, "wt", encoding="utf-8") as out:
        for example, split in examples(a.corpora, a.civic, a.abstracts, held_out):
            assert split == "dev" or example.id not in held_out, f"{example.id} is held out"
            counts[example.corpus, split] += 1
            row = {"id": example.id, "corpus": example.corpus, "split": split, "text": example.sections[0][1],
                   "mentions": example.mentions, "pairs": example.pairs}  # fmt: skip
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(counts)


if __name__ == "__main__":
    main()
