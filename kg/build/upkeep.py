"""Upkeep of a built graph: documents taken out, and stale evidence extracted again; both with the settings that the graph was built with.

Rule: both are builds, so they exclude other builds, may be killed at any moment, and end with the bytes that a build from nothing gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.build.catalogue import read_catalogue, read_settings
from kg.build.extract import load_nlp, open_lexicon, store_version
from kg.build.run import Progress, Summary, build_graph
from kg.config import Settings, settings_of
from kg.errors import GraphError, UsageError

LISTED = "documents.json"


def find_stale(folder: Path, made_by: Mapping[str, Any]) -> tuple[int, str]:
    """Return how many documents of a graph have stale evidence, and what differs: pipeline and models, or vocabulary.

    ``made_by`` is what the graph's manifest keeps under ``build``. Raises `KgError` if the list of documents or the vocabulary is damaged.
    """
    path = folder / "work" / LISTED
    settings = settings_of(read_settings(path))
    load_nlp(settings)
    from kg.nlp import extraction_version

    with open_lexicon(settings) as lexicon:
        vocabulary = lexicon.version
    version, entries = read_catalogue(path)
    installed = {"pipeline": extraction_version(settings), "lexicon": vocabulary}
    differ = [f"{name} {made_by[name]}, installed is {now}" for name, now in installed.items() if made_by.get(name, now) != now]
    if not differ and version in ("", store_version(settings, vocabulary)):
        return 0, ""
    return len(entries), "; ".join(differ) or "other settings"


def renew_graph(folder: Path, workers: int = 1, progress: Progress | None = None) -> Summary:
    """Extract again every document of a graph whose evidence is stale, from the texts that the graph keeps."""
    return build_graph([], folder, _settings(folder, workers), progress)


def remove_documents(folder: Path, names: Sequence[str], workers: int = 1, progress: Progress | None = None) -> Summary:
    """Take documents, named by id or as ``PMID:1``, ``DOI:10.1/x``, and their evidence out of a graph.

    `UsageError` names those that are not in it, and then nothing is removed.
    """
    settings = _settings(folder, workers)
    return build_graph([], folder, settings, progress, _ids(folder, names))


def _settings(folder: Path, workers: int) -> Settings:
    from kg.graph import read_manifest

    read_manifest(folder)
    path = folder / "work" / LISTED
    if not path.is_file():
        raise GraphError(f"{path} is not there: the graph can be asked, but only be built anew with 'kg build INPUT --out GRAPH'")
    return settings_of(read_settings(path), workers=workers)


def _ids(folder: Path, names: Iterable[str]) -> set[str]:
    """The ids of the documents that are meant: as written, or every record of a publication named by its PMID or DOI."""
    from kg.graph import Graph

    listed = {name for name, _ in read_catalogue(folder / "work" / LISTED)[1]}
    wanted = {name: {name} & listed for name in names}
    curies = {_curie(name): name for name, found in wanted.items() if not found}
    if curies:
        for document in Graph.open(folder).read_documents():
            if document.curie in curies:
                wanted[curies[document.curie]].add(document.id)
    missing = [name for name, found in wanted.items() if not found]
    if missing:
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        raise UsageError(f"{folder} has no document {', '.join(repr(name) for name in missing[:5])}{more}; nothing was removed")
    return set().union(*wanted.values())


def _curie(name: str) -> str:
    prefix, colon, rest = name.partition(":")
    if colon and prefix.upper() in ("PMID", "DOI"):
        return f"{prefix.upper()}:{rest.strip() if prefix.upper() == 'PMID' else rest.strip().lower()}"
    return name
