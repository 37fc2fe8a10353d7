"""An invented graph of any size for the benchmarks, with the shape of a large one: few names are in many statements.

usage: python benchmarks/invented.py GRAPH [--statements 1000000]

Rule: records are invented, the same for the same size, and written by the project's own `write_graph`, so that folder, store and index are
what a build of as many statements has. The name of rank r is drawn with weight 1/(r + 20)^0.9: of a million statements the first drug is
in about 9,000.
"""

from __future__ import annotations

import argparse
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from kg.assembly import background_statements
from kg.graph import write_graph
from kg.model import Argument, Context, Document, Entity, Evidence, Grounding, Mention, Section, Statement

GENES, VARIANTS, DRUGS, CLASSES, DISEASES = 1500, 40_000, 1500, 150, 2000
PER_DOCUMENT = 8
#: predicate, kinds of its ends, share of the statements.
SHARES = (
    ("confers_resistance_to", "variant", "drug", 0.25),
    ("confers_sensitivity_to", "variant", "drug", 0.25),
    ("treats", "drug", "disease", 0.2),
    ("drives", "variant", "disease", 0.1),
    ("followed_by", "drug", "drug", 0.04),
    ("combined_with", "drug", "drug", 0.04),
    ("superior_to", "drug", "drug", 0.04),
    ("causes_adverse_event", "drug", "disease", 0.03),
    ("limited_by", "drug", "disease", 0.02),
    ("inhibits", "drug", "gene", 0.03),
)


@dataclass(frozen=True)
class Edge:
    """A vocabulary edge."""

    subject: str
    predicate: str
    object: str
    source: str = "invented"


class World:
    """The entities and what a vocabulary says of them."""

    def __init__(self) -> None:
        self.kinds = {
            "gene": [
                Entity(f"HGNC:{n}", "Gene", f"GEN{n}", (f"NCBIGene:{n}",), (f"gene number {n}",), (("is_kinase", "true"),)) for n in range(GENES)
            ],
            "variant": [Entity(f"KGV:GEN{n % GENES}_V{n}F", "Variant", f"GEN{n % GENES} V{n}F") for n in range(VARIANTS)],
            "drug": [Entity(f"DRUGBANK:DB{n:05}", "Drug", f"drug{n}tinib", (f"CHEBI:{n}",), (f"Brand {n}", f"XY-{n}")) for n in range(DRUGS)],
            "class": [Entity(f"KGD:GEN{n}_inhibitor", "DrugClass", f"GEN{n} inhibitor") for n in range(CLASSES)],
            "disease": [
                Entity(f"MONDO:{n:07}", "Disease", f"carcinoma type {n}", (f"DOID:{n}",), (f"CA{n}", f"Crohn's & {n}")) for n in range(DISEASES)
            ],
        }
        self.entities = {e.id: e for kind in self.kinds.values() for e in kind}
        self.edges = list(self._edges())
        self._weights = {kind: list(accumulate(1 / (rank + 20) ** 0.9 for rank in range(len(found)))) for kind, found in self.kinds.items()}

    def _edges(self) -> Iterator[Edge]:
        genes, drugs, classes, diseases = (self.kinds[k] for k in ("gene", "drug", "class", "disease"))
        for n, variant in enumerate(self.kinds["variant"]):
            yield Edge(variant.id, "variant_of", genes[n % GENES].id)
        for n, drug in enumerate(drugs):
            yield Edge(drug.id, "member_of", classes[n % CLASSES].id)
            yield Edge(drug.id, "targets", genes[n % CLASSES].id)
        for n, one in enumerate(classes):
            yield Edge(one.id, "targets", genes[n].id)
        for n, disease in enumerate(diseases[1:], 1):
            yield Edge(disease.id, "subclass_of", diseases[(n - 1) // 6].id)

    def draw(self, kind: str, random: Random) -> Argument:
        """Return an entity of a kind as an end of a statement, its spans invented."""
        weights = self._weights[kind]
        e = self.kinds[kind][bisect(weights, random.random() * weights[-1])]
        start = random.randrange(60)
        return Argument(e.id, e.type, e.name, e.xrefs, ((start, start + len(e.name)),))


def invented_evidence(world: World, count: int) -> Iterator[Evidence]:
    """Yield as many sentences, each of a statement of its own or of one said before."""
    random = Random(1)
    shares = list(accumulate(share for *_, share in SHARES))
    for number in range(count):
        predicate, subject, object, _ = SHARES[min(bisect(shares, random.random()), len(SHARES) - 1)]
        context = Context(
            disease=world.draw("disease", random) if object == "drug" and random.random() < 0.6 else None,
            biomarker=world.draw("variant", random) if predicate == "treats" and random.random() < 0.3 else None,
            line=random.choice(("", "", "", "first-line", "second-line")),
            model_system=random.choice(("", "", "patients", "cell line", "xenograft")),
        )
        ends = world.draw(subject, random), world.draw(object, random)
        sentence = f"In study {number}, {ends[0].name} was {predicate.replace('_', ' ')} {ends[1].name} in a cohort of invented patients."
        yield Evidence(
            str(20_000_000 + number // PER_DOCUMENT), "abstract", 0, len(sentence), sentence, ends[0], predicate, ends[1], context,
            "positive" if random.random() < 0.95 else "negative", "asserted" if random.random() < 0.9 else "speculated", (), "rules/1", 0.9,
        )  # fmt: skip


def invented_statements(world: World, count: int) -> Iterator[Statement]:
    """Yield the statement of each sentence, once; a symmetric one as it stands, which is all the benchmark needs."""
    seen: set[str] = set()
    for e in invented_evidence(world, count):
        key = e.statement_id
        if key not in seen:
            seen.add(key)
            positive = e.polarity == "positive"
            ends = (Argument(a.id, a.type, a.name, a.xrefs) for a in (e.subject, e.object))
            subject, object = ends
            context = Context(_plain(e.context.disease), _plain(e.context.biomarker), None, e.context.line, e.context.model_system)
            belief = 0.72 if positive else 0.0
            yield Statement(
                key,
                subject,
                e.predicate,
                object,
                context,
                (e.id,),
                (e.document,),
                int(positive),
                int(not positive),
                int(e.certainty != "asserted"),
                belief,
            )


def _plain(end: Argument | None) -> Argument | None:
    return end and Argument(end.id, end.type, end.name, end.xrefs)


def _documents(count: int) -> Iterator[Document]:
    for n in range(-(-count // PER_DOCUMENT)):
        pmid = str(20_000_000 + n)
        yield Document(
            pmid,
            (Section("title", f"Study {n}"),),
            pmid=pmid,
            journal="J Invented",
            date=str(1995 + n * 31 // (count // PER_DOCUMENT + 1)),
            retracted=n % 2000 == 0,
        )


def _mentions(world: World, count: int) -> Iterator[tuple[str, list[Mention]]]:
    found: list[Mention] = []
    document = ""
    for e in invented_evidence(world, count):
        if e.document != document:
            if document:
                yield document, found
            document, found = e.document, []
        for end in (e.subject, e.object):
            found.append(Mention("abstract", 0, len(end.name), end.name, end.type, end.name, Grounding(world.entities[end.id], 1.0, "invented")))
    yield document, found


def write_large(folder: Path, count: int) -> None:
    """Write a graph of about ``count`` statements read in text, and the vocabulary's."""
    world = World()
    known = background_statements(world.edges, world.entities, world.entities.get)
    statements = sorted([*invented_statements(world, count), *known], key=lambda s: s.id)
    write_graph(
        folder, documents=_documents(count), mentions=_mentions(world, count), evidence=invented_evidence(world, count), statements=statements,
        entities=world.entities.values(), manifest={"lexicon": "invented"},
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--statements", type=int, default=1_000_000)
    args = parser.parse_args()
    write_large(args.graph, args.statements)


if __name__ == "__main__":
    main()
