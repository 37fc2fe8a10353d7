"""The graph folder: how a graph lies on disk, written so that a killed write leaves the last good graph.

Rule: everything of one build lies in one data folder named by its content; ``manifest.json`` names the data folder and is
replaced in one step at the very end (`kg.graph.writer`). A reader follows the manifest and never sees half a build. `docs/graph-folder.md`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.graph.writer import FILES, FORMAT, MANIFEST, STORE, graph_writer, mention_row, sha256
from kg.model import Document, Entity, Evidence, Failure, Mention, Statement

Mentions = Mapping[str, Sequence[Mention]] | Iterable[tuple[str, Sequence[Mention]]]


def write_graph(
    folder: Path,
    *,
    documents: Iterable[Document],
    mentions: Mentions,
    evidence: Iterable[Evidence],
    statements: Iterable[Statement],
    entities: Iterable[Entity],
    failures: Iterable[Failure] = (),
    manifest: Mapping[str, Any] | None = None,
) -> None:
    """Write a graph folder, or replace the graph in it; the old graph stays until the new one is whole.

    ``mentions`` are given by document id. ``entities`` need not be complete: those of the mentions and of the statements'
    ends are added. ``manifest`` holds plain values of the caller (lexicon version, settings), kept under ``build``.
    Records are written in the order given, so the caller sorts. Raises `GraphError` if the folder cannot be written.
    """
    with graph_writer(folder) as writer:
        for document in documents:
            writer.add_document(document)
        for name, found in mentions.items() if isinstance(mentions, Mapping) else mentions:
            writer.add_mentions(name, found)
        for one in evidence:
            writer.add_evidence(one)
        writer.finish(statements, entities, failures, manifest or {})


def read_manifest(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Return the data folder and the manifest of a graph; `GraphError` says what is wrong with the folder and what helps."""
    again = "build it again with 'kg build INPUT --out GRAPH'"
    path = Path(folder) / MANIFEST
    if not path.is_file():
        raise GraphError(f"{folder} is no graph folder (it has no {MANIFEST}); {again}")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        found, data = manifest["format"], manifest["data"]
        sizes = {name: entry["bytes"] for name, entry in manifest["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GraphError(f"{path} is damaged ({error!r}); {again}") from error
    if found != FORMAT:
        raise GraphError(f"{folder} has graph format {found}, this version reads {FORMAT}; {again}")
    if Path(str(data)).name != data or not data.startswith("data-"):
        raise GraphError(f"{path} is damaged (data folder '{data}'); {again}")
    for name in FILES:
        file = Path(folder) / data / name
        if not file.is_file() or file.stat().st_size != sizes.get(name):
            raise GraphError(f"{file} is missing or damaged; {again}")
    return Path(folder) / data, manifest


def verify(folder: Path) -> list[str]:
    """Return what is wrong with a graph folder, reading every byte; an empty list if nothing is."""
    data, manifest = read_manifest(folder)
    return [f"{data / name}: the checksum differs from the manifest" for name in FILES if sha256(data / name) != manifest["files"][name]["sha256"]]


__all__ = ["FILES", "FORMAT", "MANIFEST", "STORE", "mention_row", "read_manifest", "verify", "write_graph"]
