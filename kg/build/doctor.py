"""Is this installation whole, and is this graph? Each check is one finding with what to do about it.

Rule: looks and never mends; a check that cannot be made is a finding too, so that a doctor's visit always ends with a list.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import kg
from kg.errors import GraphError, KgError
from kg.model import content_id
from kg.resources import DISTRIBUTION, damaged, recorded

OK, WARNING, FAILURE = "ok", "warning", "failure"
_AGAIN = "build it again with 'kg build INPUT --out GRAPH'"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, how it is (ok, warning, failure), what was found, and what helps."""

    subject: str
    state: str
    detail: str
    remedy: str = ""


def check_installation() -> Iterator[Finding]:
    """Yield the findings on this installation: Python, the packages, the vocabularies and models that travel with it."""
    yield Finding(
        "python", OK if sys.version_info >= (3, 11) else FAILURE, sys.version.split()[0], "" if sys.version_info >= (3, 11) else "use 3.11 or newer"
    )
    yield Finding("kg", OK, f"{kg.__version__} in {Path(kg.__file__).parent}")
    yield from _packages()
    yield _guarded("package files", f"pip install --force-reinstall {DISTRIBUTION}", _files)
    yield _guarded("vocabulary", "install the package again (pip install --force-reinstall pubmed-kg)", _vocabulary)
    yield _guarded("models", f"pip install --force-reinstall {DISTRIBUTION}", _models)
    yield _guarded("reading a sentence", "install the package again", _reads)


def _packages() -> Iterator[Finding]:
    from packaging.requirements import Requirement

    try:
        wanted = [Requirement(text) for text in metadata.requires(DISTRIBUTION) or ()]
    except metadata.PackageNotFoundError:
        yield Finding(
            "packages", WARNING, f"{DISTRIBUTION} is run from a folder and not installed", "pip install it, so that versions can be compared"
        )
        return
    wrong = []
    needed = [one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
    for one in needed:
        try:
            found = metadata.version(one.name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{one.name} is missing")
            continue
        if not one.specifier.contains(found, prereleases=True):
            wrong.append(f"{one.name} is {found}, needed is {one.specifier}")
    remedy = f"pip install --upgrade {DISTRIBUTION}" if wrong else ""
    yield Finding("packages", FAILURE if wrong else OK, "; ".join(wrong) or f"{len(needed)} of the versions that are needed", remedy)


def _files() -> str:
    if wrong := sorted(str(path) for path in damaged()):
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        raise GraphError(f"not as they were installed: {', '.join(wrong[:3])}{more}")
    return f"{len(recorded())} files as the installer's checksums say" if recorded() else "run from a folder: nothing to compare with"


def _vocabulary() -> str:
    from kg.lexicon import Lexicon

    with Lexicon.open() as lexicon:
        return f"version {lexicon.version}, every file as its checksum says"


def _models() -> str:
    from kg.nlp.classifier import WEIGHTS as CLASSIFIER
    from kg.nlp.recognizer import WEIGHTS as RECOGNIZER
    from kg.nlp.recognizer.model import check_files
    from kg.nlp.relator import WEIGHTS as RELATOR

    return f"recognizer, classifier and relator: {sum(map(check_files, (RECOGNIZER, CLASSIFIER, RELATOR)))} files as their checksums say"


def _reads() -> str:
    """Read one sentence with the whole pipeline: what no checksum can promise."""
    from kg.config import Settings
    from kg.lexicon import Lexicon
    from kg.model import Document, Section
    from kg.nlp import Pipeline

    with Lexicon.open() as lexicon:
        text = "ALK G1202R confers resistance to crizotinib in non-small cell lung cancer."
        evidence = Pipeline(Settings(), lexicon).annotate_one(Document("1", (Section("text", text),))).evidence
    if not any(one.predicate == "confers_resistance_to" for one in evidence):
        raise GraphError("a plain sentence on resistance was not understood")
    return "understood"


def check_graph(folder: Path) -> Iterator[Finding]:
    """Yield the findings on a graph folder: manifest, checksums, store, records, the build's own store, and whether it is up to date."""
    from kg.graph import Graph, verify
    from kg.graph.invariants import broken_invariants

    try:
        graph = Graph.open(folder)
    except KgError as error:
        yield Finding("manifest", FAILURE, str(error), _AGAIN)
        return
    counts = graph.manifest["counts"]
    yield Finding("manifest", OK, ", ".join(f"{number:,} {name}" for name, number in counts.items()))
    damage = verify(folder)
    yield Finding("checksums", FAILURE if damage else OK, "; ".join(damage) or "every file as the manifest says", _AGAIN if damage else "")
    yield _guarded("store", _AGAIN, lambda: f"{len(graph.store):,} triples")
    if not damage:
        yield _invariants(graph, broken_invariants)
    yield _work(folder)
    yield _left_over(folder)
    yield _current(folder, graph.manifest["build"])


def _invariants(graph: object, broken_invariants: Callable[..., list[str]]) -> Finding:
    try:
        broken = broken_invariants(graph)
    except (KgError, OSError, KeyError, ValueError) as error:
        return Finding("records", FAILURE, f"cannot be read ({error})", _AGAIN)
    detail = "; ".join(broken) or "offsets, identifiers and counts hold"
    return Finding("records", FAILURE if broken else OK, detail, f"{_AGAIN}, and report it: a build must not make this" if broken else "")


def _work(folder: Path) -> Finding:
    """The annotations from which the next build goes on: every row readable, every listed document there."""
    from kg.build.catalogue import read_catalogue
    from kg.build.work import WorkStore

    work = folder / "work"
    if not work.is_dir():
        return Finding(
            "work", WARNING, "no work/ folder: the next build into this graph is refused or starts anew", "keep work/ beside the graph to add to it"
        )
    try:
        store = WorkStore(work)
        version, entries = read_catalogue(work / "documents.json")
        for key in store:
            store.read(key)
    except KgError as error:
        return Finding("work", FAILURE, str(error), "remove the file that is named and build again with the same inputs")
    missing = [name for name, entry in entries if content_id(entry.digest, version) not in store]
    if missing:
        return Finding("work", FAILURE, f"{len(missing):,} documents have no annotation, the first is {missing[0]}", "give their inputs again")
    return Finding("work", OK, f"{len(entries):,} documents can be built on")


def _left_over(folder: Path) -> Finding:
    found = sorted(path.name for pattern in (".part-*", "*.part", "work/*.part") for path in folder.glob(pattern))
    if not found:
        return Finding("left-overs", OK, "none")
    return Finding("left-overs", WARNING, f"of a build that was stopped, or is running: {', '.join(found[:3])}", "the next build removes them")


def _current(folder: Path, made_by: dict[str, str]) -> Finding:
    from kg.build.upkeep import find_stale

    try:
        count, differ = find_stale(folder, made_by)
    except (KgError, OSError) as error:
        return Finding("up to date", FAILURE, str(error), _AGAIN)
    if count:
        return Finding(
            "up to date", WARNING, f"the evidence of {count:,} documents is stale: made by {differ}", f"'kg renew {folder}' extracts them again"
        )
    return Finding("up to date", OK, "made by the installed versions")


def _guarded(subject: str, remedy: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, OK, check())
    except (KgError, OSError, ValueError, KeyError) as error:
        return Finding(subject, FAILURE, str(error), remedy)
