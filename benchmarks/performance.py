"""Measure how fast everything is, each figure beside a named peer in the same run, and print the table of docs/performance.md.

usage: python benchmarks/performance.py GRAPH [--abstracts FILE.jsonl.gz] [--limit 300] [--triples 1000000] [--only NAME ...] [--terms 20000]

GRAPH is a graph that ``kg build`` made. Every figure is of a fresh process; time is processor time (user and system, all threads), which other
work on the machine does not change much, except where a row says "wall". A ratio is the peer's cost over ours: above 1 we are faster, or smaller.

Peers: spaCy (blank) with a PhraseMatcher over the same names; the same with scispaCy's abbreviation detector (``--terms`` of the names; its
candidate generator cannot index a vocabulary of one's own with SciPy 1.11 or newer, so it is no peer here); spaCy's small English pipeline
(en_core_web_sm where it is installed, else the same networks untrained, which cost the same: vectors, tags, dependencies, names); gilda's
grounder with the same names; RDFLib; networkx. One that is not installed is said to be so. What a peer does not do (variants, relations,
identifiers chosen by context) is not made up for.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from speed import DEFAULT, ROOT, head

#: before every script: what it is given, a clock, and how it reports.
PRELUDE = """
import json, resource, sys, time
GIVEN = json.loads(sys.argv[1])
def clock(step):
    started = time.process_time()
    result = step()
    return time.process_time() - started, result
def report(**found):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"peak": peak, "all": time.process_time(), **found}))
def texts():
    for line in open(GIVEN["abstracts"], encoding="utf-8"):
        row = json.loads(line)
        yield " ".join(filter(None, (row.get("title"), row.get("abstract"), row.get("text"))))
def terms(limit=None):
    from kg.lexicon import Lexicon
    seen = 0
    for entity in Lexicon.open().entities():
        names = sorted({name for name in (entity.name, *entity.synonyms) if len(name) > 2})
        seen += len(names)
        if limit is not None and seen > limit:
            return
        yield entity, names
"""

EXTRACT = """
from kg.startup import process_is_ours
process_is_ours()  # as in a process of `kg`
from kg.build.extract import Extractor
from kg.build.rows import encode_row
from kg.config import Settings
from kg.readers import read_documents
from kg.model import Document
opened, extractor = clock(lambda: Extractor(Settings(profile=GIVEN["profile"]), encode_row))
documents = [d for d in read_documents([GIVEN["abstracts"]]) if isinstance(d, Document)]
extractor.extract(documents[:5])
spent, _ = clock(lambda: extractor.extract(documents[5:]))
report(cost=spent / len(documents[5:]), opened=opened)
"""
MATCHER = """
import spacy
from spacy.matcher import PhraseMatcher
def build():
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("name", list(nlp.tokenizer.pipe(sorted({name for _, names in terms() for name in names}))))
    return nlp, matcher
opened, (nlp, matcher) = clock(build)
documents = list(texts())
[matcher(doc) for doc in nlp.pipe(documents[:5])]
spent, _ = clock(lambda: [matcher(doc) for doc in nlp.pipe(documents[5:])])
report(cost=spent / len(documents[5:]), opened=opened)
"""
SMALL = """
import spacy
def untrained():
    nlp, width = spacy.blank("en"), 96
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": width, "depth": 4, "window_size": 1, "maxout_pieces": 3}
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": width, "include_static_vectors": False,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"], "rows": [5000, 1000, 2500, 2500, 50, 50]}
    vectors = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "tok2vec"}
    def transitions(kind, extra, tok2vec):
        return {"model": {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": kind, "extra_state_tokens": extra,
            "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "tok2vec": tok2vec}}
    nlp.add_pipe("tok2vec", config={"model": vectors})
    tagger = nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    parser = nlp.add_pipe("parser", config=transitions("parser", False, shared))
    ner = nlp.add_pipe("ner", config=transitions("ner", True, vectors))
    for pipe, labels in ((tagger, 50), (parser, 45), (ner, 18)):
        for number in range(labels):
            pipe.add_label(f"L{number}")
    nlp.initialize()
    return nlp
opened, nlp = clock(lambda: spacy.load("en_core_web_sm") if spacy.util.is_package("en_core_web_sm") else untrained())
documents = list(texts())
list(nlp.pipe(documents[:5]))
spent, _ = clock(lambda: list(nlp.pipe(documents[5:])))
report(cost=spent / len(documents[5:]), opened=opened)
"""
OUR_NAMES = """
from kg.lexicon import Lexicon
from kg.nlp.abbreviations import abbreviations_in
from kg.nlp.pipeline import build_language
lexicon, tokenizer = Lexicon.open(), build_language().tokenizer
documents = list(texts())
def run(some):
    for text in some:
        tokenizer(text)
        abbreviations_in(text, (0,))
        lexicon.find_terms(text)
run(documents[:5])
spent, _ = clock(lambda: run(documents[5:]))
report(cost=spent / len(documents[5:]))
"""
SCISPACY = """
import warnings; warnings.filterwarnings("ignore")
import spacy
from scispacy.abbreviation import AbbreviationDetector
from spacy.matcher import PhraseMatcher
nlp = spacy.blank("en")
nlp.add_pipe("abbreviation_detector")
matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
matcher.add("name", list(nlp.tokenizer.pipe(sorted({name for _, names in terms(GIVEN["terms"]) for name in names}))))
documents = list(texts())
def run(some):
    for doc in nlp.pipe(some):
        matcher(doc)
run(documents[:5])
spent, _ = clock(lambda: run(documents[5:]))
report(cost=spent / len(documents[5:]))
"""
NAMES = """
from itertools import islice
import kg
graph = kg.open(GIVEN["graph"])
names = sorted({m["text"] for row in islice(open(graph.data / "mentions.jsonl", encoding="utf-8"), 2000) for m in json.loads(row)["mentions"]})
"""
OUR_GROUND = (
    NAMES
    + """
from kg.lexicon import Lexicon
lexicon = Lexicon.open()
[lexicon.candidates(name) for name in names[:100]]
spent, found = clock(lambda: sum(bool(lexicon.candidates(name)) for name in names))
report(cost=spent / len(names), found=found / len(names))
"""
)
GILDA = (
    NAMES
    + """
from gilda.grounder import Grounder
from gilda.process import normalize
from gilda.term import Term
grounder = Grounder([
    Term(normalize(name), name, *e.id.split(":", 1), e.name, "name" if name == e.name else "synonym", "kg")
    for e, spellings in terms() for name in spellings
])
[grounder.ground(name) for name in names[:100]]
spent, found = clock(lambda: sum(bool(grounder.ground(name)) for name in names))
report(cost=spent / len(names), found=found / len(names))
"""
)
OUR_LOAD = """
import pyoxigraph as ox
def load():
    store = ox.Store(*([GIVEN["scratch"] + "/store"] if GIVEN["where"] == "disk" else []))
    store.bulk_load(path=GIVEN["quads"], format=ox.RdfFormat.N_QUADS, lenient=True)
    if GIVEN["where"] == "disk":
        store.flush()
    return store
started = time.monotonic()
spent, store = clock(load)
wall, quads = time.monotonic() - started, len(store) / 1e6
report(cost=spent / quads, wall=wall / quads)
"""
OUR_OPEN = """
import kg
def opened():
    return kg.open(GIVEN["graph"]).query(sparql="SELECT ?s WHERE { ?s a kg:Statement } LIMIT 1")
import kg.graph
started = time.monotonic()
spent, rows = clock(opened)
report(cost=spent, wall=time.monotonic() - started)
"""
RDFLIB = """
import rdflib, logging
logging.disable(logging.CRITICAL)
def load():
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(GIVEN["quads"], format="nquads")
    return dataset
"""
RDFLIB_LOAD = (
    RDFLIB
    + """
started = time.monotonic()
spent, dataset = clock(load)
wall, quads = time.monotonic() - started, sum(1 for _ in dataset.quads()) / 1e6
report(cost=spent / quads, wall=wall / quads)
"""
)
RDFLIB_OPEN = RDFLIB_LOAD.replace("cost=spent / quads, wall=wall / quads", "cost=spent, wall=wall")
JOIN = """
QUERY = '''SELECT ?statement ?drug ?disease ?gene WHERE {
  ?statement rdf:predicate kg:treats ; rdf:subject ?drug ; rdf:object ?disease .
  ?drug kg:targets ?gene .
  ?other rdf:subject ?gene ; rdf:object ?disease }'''
"""
OUR_QUERY = (
    JOIN
    + """
import pyoxigraph as ox
from kg.graph.query import answer
store = ox.Store.read_only(GIVEN["store"])
times = sorted(clock(lambda: answer(store, QUERY)) for _ in range(11))
report(cost=times[5][0], rows=len(times[5][1]))
"""
)
RDFLIB_QUERY = (
    JOIN
    + RDFLIB
    + """
from kg.graph.terms import ALL_PREFIXES
dataset = load()
from rdflib.plugins.sparql import prepareQuery
prepared = prepareQuery(QUERY, initNs=ALL_PREFIXES)
times = sorted(clock(lambda: len(list(dataset.query(prepared)))) for _ in range(3))
report(cost=times[1][0], rows=times[1][1])
"""
)
OUR_EXPORT = """
from pathlib import Path
import kg
from kg.exports import export_graph
graph = kg.open(GIVEN["graph"])
spent, _ = clock(lambda: export_graph(graph, GIVEN["format"], Path(GIVEN["scratch"]) / "out"))
report(cost=spent, bytes=(Path(GIVEN["scratch"]) / "out").stat().st_size)
"""
RDFLIB_TURTLE = """
import kg, rdflib
quads = kg.open(GIVEN["graph"]).to_rdflib()
flat = rdflib.Graph()
for s, p, o, _ in quads.quads():
    flat.add((s, p, o))
spent, _ = clock(lambda: flat.serialize(GIVEN["scratch"] + "/out", format="turtle"))
report(cost=spent)
"""
NETWORKX_GRAPHML = """
import kg, networkx
network = kg.open(GIVEN["graph"]).to_networkx()
spent, _ = clock(lambda: networkx.write_graphml(network, GIVEN["scratch"] + "/out"))
report(cost=spent)
"""
COLD = """
from kg.startup import process_is_ours
process_is_ours()  # as in a process of `kg`
from kg.readers import read_documents
import itertools
from kg.build.annotate import annotate_lines
from kg.config import Settings
next(iter(annotate_lines(itertools.islice(read_documents([GIVEN["abstracts"]]), 1), Settings(profile=GIVEN["profile"]))))
report(cost=time.process_time())
"""
COLD_MATCHER = (
    MATCHER.split("documents =")[0]
    + """
matcher(nlp(next(texts())))
report(cost=time.process_time())
"""
)


@dataclass(frozen=True)
class Row:
    """A line of the table: what is measured, our script and the peer's, and the values both are given."""

    name: str
    what: str
    ours: str
    peer_name: str
    peer: str
    given: dict[str, str]
    show: Callable[[float], str]


def per_second(cost: float) -> str:
    return f"{1 / cost:,.0f} /s"


def seconds(cost: float) -> str:
    return f"{cost:.2f} s"


def milliseconds(cost: float) -> str:
    return f"{cost * 1000:.1f} ms"


MATCHES = "spaCy blank + PhraseMatcher"
ROWS = (
    Row("accurate", "abstracts, accurate profile, one process", EXTRACT, MATCHES, MATCHER, {"profile": "accurate"}, per_second),
    Row("fast", "abstracts, fast profile, one process", EXTRACT, MATCHES, MATCHER, {"profile": "fast"}, per_second),
    Row("small", "abstracts, accurate profile, one process", EXTRACT, "spaCy's small English pipeline", SMALL, {"profile": "accurate"}, per_second),
    Row("small-fast", "abstracts, fast profile, one process", EXTRACT, "spaCy's small English pipeline", SMALL, {"profile": "fast"}, per_second),
    Row(
        "names",
        "abstracts: tokens, abbreviations, names",
        OUR_NAMES,
        "scispaCy abbreviations + PhraseMatcher",
        SCISPACY,
        {},
        per_second,
    ),
    Row("grounding", "names looked up", OUR_GROUND, "gilda", GILDA, {}, per_second),
    Row("cold", "cold start to the first abstract, fast profile", COLD, MATCHES, COLD_MATCHER, {"profile": "fast"}, seconds),
    Row("cold-accurate", "cold start to the first abstract, accurate profile", COLD, MATCHES, COLD_MATCHER, {"profile": "accurate"}, seconds),
    Row("load", "load into memory, of a million quads", OUR_LOAD, "RDFLib", RDFLIB_LOAD, {"where": "memory"}, seconds),
    Row("store", "load into the store on disk, of a million quads", OUR_LOAD, "RDFLib (in memory)", RDFLIB_LOAD, {"where": "disk"}, seconds),
    Row("open", "open a built graph and ask it", OUR_OPEN, "RDFLib, which loads it", RDFLIB_OPEN, {}, milliseconds),
    Row("query", "three-way join", OUR_QUERY, "RDFLib", RDFLIB_QUERY, {}, milliseconds),
    Row("turtle", "export to Turtle", OUR_EXPORT, "RDFLib (from memory)", RDFLIB_TURTLE, {"format": "turtle"}, seconds),
    Row("graphml", "export to GraphML", OUR_EXPORT, "networkx (from memory)", NETWORKX_GRAPHML, {"format": "graphml"}, seconds),
)


def run(script: str, given: dict[str, object]) -> dict[str, float]:
    """Run a script in a process of its own; return what it reports, or nothing if a package that it needs is not there."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-W", "ignore", "-c", PRELUDE + script, json.dumps({**given, "scratch": scratch})]
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["?"])[-1]
        if reason.startswith("ModuleNotFoundError"):
            return {}
        sys.exit(f"a measurement failed: {done.stderr}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def quads_of(graph: Path, target: Path, most: int) -> int:
    """Write the first quads of a graph's store as N-Quads; return how many."""
    import pyoxigraph as ox

    import kg

    whole = target.with_suffix(".whole")
    kg.open(graph).store.dump(str(whole), format=ox.RdfFormat.N_QUADS)
    count = 0
    with whole.open("rb") as source, target.open("wb") as sink:
        for count, line in zip(range(1, most + 1), source, strict=False):  # noqa: B007
            sink.write(line)
    whole.unlink()
    return count


def workers(abstracts: Path, count: int, profile: str) -> None:
    """Print abstracts a second of the clock with one and two workers, without and with the start; it means something on an idle machine only."""
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one.jsonl"
        head(abstracts, one, 1)
        for number in (1, 2):
            taken = []
            for path in (one, abstracts):
                command = [
                    sys.executable,
                    "-m",
                    "kg",
                    "annotate",
                    str(path),
                    "--out",
                    os.devnull,
                    "-q",
                    "--workers",
                    str(number),
                    "--profile",
                    profile,
                ]
                started = time.monotonic()
                subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
                taken.append(time.monotonic() - started)
            each = f"{(count - 1) / (taken[1] - taken[0]):,.0f} /s" if taken[1] > 1.2 * taken[0] else "too few abstracts to tell from the start"
            what = f"{count} abstracts, {profile} profile, {number} worker(s), wall"
            print(f"| {what} | {each}; {count / taken[1]:,.0f} /s with the start of {taken[0]:.1f} s | | | |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--abstracts", type=Path, default=DEFAULT)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--terms", type=int, default=20_000)
    parser.add_argument("--only", nargs="*", choices=[*(row.name for row in ROWS), "workers"])
    args = parser.parse_args()
    if not args.abstracts.is_file():
        sys.exit(f"{args.abstracts}: not there; name a file of JSON lines")
    wanted = set(args.only or [*(row.name for row in ROWS), "workers"])
    with tempfile.TemporaryDirectory() as folder:
        abstracts, quads = Path(folder) / "abstracts.jsonl", Path(folder) / "quads.nq"
        count = head(args.abstracts, abstracts, args.limit)
        given: dict[str, object] = {"abstracts": str(abstracts), "graph": str(args.graph.resolve()), "terms": args.terms, "quads": str(quads)}
        if wanted & {"load", "store", "open", "query"}:
            import kg

            given["store"] = str(kg.open(args.graph).data.resolve() / "store")
            print(f"quads: {quads_of(args.graph, quads, args.triples):,}\n")
        print("| what | ours | peer | peer's | ratio | peak MiB, ours and peer's |\n|---|---|---|---|---|---|", flush=True)
        known: dict[tuple[str, ...], dict[str, float]] = {}

        def measured(script: str, own: dict[str, str]) -> dict[str, float]:
            """Run a script once, also if several rows have it."""
            key = (script, *own.values())
            known[key] = known.get(key) or run(script, {**given, **own})
            return known[key]

        for row in ROWS:
            if row.name not in wanted:
                continue
            ours = measured(row.ours, row.given)
            print(f"{row.name}: ours {row.show(ours['cost'])}", file=sys.stderr, flush=True)
            peer = measured(row.peer, {})
            shown = (row.show(peer["cost"]), f"{peer['cost'] / ours['cost']:.2f}", f"{peer['peak']:.0f}") if peer else ("not installed", "", "")
            wall = f" (wall {row.show(ours['wall'])})" if "wall" in ours else ""
            print(
                f"| {row.what} | {row.show(ours['cost'])}{wall} | {row.peer_name} | {shown[0]} | {shown[1]} | {ours['peak']:.0f}, {shown[2]} |",
                flush=True,
            )
        if "workers" in wanted:
            for profile in ("accurate", "fast"):
                workers(abstracts, count, profile)


if __name__ == "__main__":
    main()
