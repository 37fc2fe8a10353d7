"""``kg vocab build``: compile the raw vocabularies into the index that ships, ``ontologies/lexicon/``.

Rule: the same sources give the same bytes; a failed run leaves the old index in place; what was read, kept and dropped is in
the report. Layout and public origins of the sources: ``ontologies/SOURCES.md``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import marisa_trie

from kg.errors import LexiconError
from kg.lexicon.compiler.civic import read_civic
from kg.lexicon.compiler.concepts import add_concepts
from kg.lexicon.compiler.curated import add_corpus_xrefs, add_curated, apply_names
from kg.lexicon.compiler.diseases import add_diseases, add_mesh_diseases, add_phenotypes, read_mesh
from kg.lexicon.compiler.drafts import Draft, Vocabulary
from kg.lexicon.compiler.drug_classes import add_drug_classes
from kg.lexicon.compiler.drugs import add_drugs
from kg.lexicon.compiler.genes import INDRA, add_families, add_genes, add_kinases, add_mesh_names
from kg.lexicon.compiler.guards import Kept, keep_names
from kg.lexicon.compiler.processes import add_processes
from kg.lexicon.compiler.raw import Sources
from kg.lexicon.compiler.species import add_species
from kg.lexicon.folding import fold
from kg.lexicon.records import KIND_NUMBERS, pack_candidate
from kg.lexicon.store import sha256, write_lines, write_manifest, write_u32
from kg.model import content_id
from kg.resources import resource

SHOWN_SYNONYMS = 20


@dataclass(frozen=True, slots=True)
class Report:
    """What a compilation read and wrote: counts, sources with SHA-256, names dropped by type, size in bytes."""

    version: str
    counts: Mapping[str, int]
    sources: Mapping[str, str]
    dropped: Mapping[str, int]
    size: int


def compile_lexicon(source: Path, out: Path) -> Report:
    """Compile the raw vocabularies of a folder into an index folder, put in place whole; `ReadError` names a bad source."""
    sources = Sources(source, resource("ontologies/sources"))
    vocabulary = gather(sources)
    residues, variants = read_civic(sources)
    retracted = sorted({int(line) for line in sources.lines(INDRA + "pubmed_retractions.tsv.gz") if line.isdecimal()})
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".lexicon-", dir=out.parent) as name:
        folder = Path(name) / "lexicon"
        folder.mkdir()
        counts, dropped = _write_names(vocabulary, keep_names(vocabulary, sources), folder)
        counts.update(_write_edges(vocabulary, folder))
        _write_rows(folder / "residues.tsv", sorted((g, str(p), r) for (g, p), r in residues.items()))
        _write_rows(folder / "variants.tsv", sorted((n, " ".join(sorted(x))) for n, x in variants.items()))
        _write_rows(folder / "retractions.txt", [(str(p),) for p in retracted])
        counts.update(residues=len(residues), variants=len(variants), retractions=len(retracted))
        version = content_id(*(sha256(p) for p in sorted(folder.iterdir())))
        write_manifest(folder, version, counts, {"edges_sharealike.tsv": "CC BY-SA 3.0 (ChEMBL)"})
        size = sum(p.stat().st_size for p in folder.iterdir())
        _put_in_place(folder, out)
    checksums = {str(p.relative_to(source) if p.is_relative_to(source) else p.name): sha256(p) for p in sorted(sources.used)}
    return Report(version, counts, checksums, dropped, size)


def gather(sources: Sources) -> Vocabulary:
    """Return all drafts and edges of the sources."""
    vocabulary = Vocabulary()
    mesh = read_mesh(sources)
    accessions = add_genes(vocabulary, sources)
    add_kinases(vocabulary, sources, accessions)
    add_families(vocabulary, sources)
    proteins = add_mesh_names(vocabulary, sources, accessions)
    add_diseases(vocabulary, sources)
    add_phenotypes(vocabulary, sources)
    add_mesh_diseases(vocabulary, sources, mesh)
    merge = add_drugs(vocabulary, sources, mesh, proteins)
    apply_names(vocabulary, sources, merge)
    add_drug_classes(vocabulary, sources, merge, mesh)
    add_processes(vocabulary, sources)
    add_concepts(vocabulary, resource("ontologies/concepts.ttl"))
    add_curated(vocabulary, sources)
    add_species(vocabulary, sources)
    add_corpus_xrefs(vocabulary, sources)
    return vocabulary


def _write_names(vocabulary: Vocabulary, kept: list[Kept], folder: Path) -> tuple[Counter[str], Counter[str]]:
    drafts = [d for _, d in sorted(vocabulary.drafts.items())]
    numbers = {d.id: i for i, d in enumerate(drafts)}
    found: dict[str, list[str]] = defaultdict(list)
    for one in kept:
        found[one.draft.id].append(one.term.surface)
    write_lines(folder / "entities.txt", folder / "entities.u32", (_entity_line(d, found.get(d.id, [])) for d in drafts))
    surfaces = sorted({one.term.surface for one in kept})
    places = {s: i for i, s in enumerate(surfaces)}
    write_lines(folder / "surfaces.txt", folder / "surfaces.u32", surfaces)
    _write_terms(folder, kept, numbers, places)
    _write_ids(folder, drafts, numbers)
    counts: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    for draft in drafts:
        counts["entities " + draft.type] += 1
        dropped[draft.type] += len(draft.terms.keys() - set(found.get(draft.id, ())))
    for one in kept:
        counts["names " + one.draft.type] += 1
    return counts, dropped


def _entity_line(draft: Draft, surfaces: list[str]) -> str:
    seen = {fold(draft.name)}
    shown: list[str] = []
    for surface in sorted(surfaces, key=lambda s: (len(s), s)):
        key = fold(surface)
        if key not in seen and "|" not in surface and len(shown) < SHOWN_SYNONYMS:
            seen.add(key)
            shown.append(surface)
    attributes = "|".join(f"{k}={v}" for k, v in sorted(draft.attributes.items()) if v and k not in ("locus_type", "oncology"))
    cells = (draft.id, draft.type, draft.name, " ".join(sorted(x for x in draft.xrefs if x != draft.id)), "|".join(sorted(shown)), attributes)
    if any("\t" in c or "\n" in c for c in cells):
        raise LexiconError(f"{draft.id}: a tab or line end inside a name; mend the source")
    return "\t".join(cells)


def _write_terms(folder: Path, kept: list[Kept], numbers: dict[str, int], places: dict[str, int]) -> None:
    by_key: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for one in kept:
        surface = one.term.surface
        packed = pack_candidate(numbers[one.draft.id], KIND_NUMBERS[one.term.kind], one.case, places[surface], round(one.score * 100))
        by_key[fold(surface)].add(packed)
    trie = marisa_trie.Trie(sorted(by_key))
    trie.save(str(folder / "terms.marisa"))
    keys = sorted((trie[k], k) for k in by_key)
    spans, words = [0], list[int]()
    for _, key in keys:
        for pair in sorted(by_key[key]):
            words.extend(pair)
        spans.append(len(words) // 2)
    write_u32(folder / "spans.u32", spans)
    write_u32(folder / "candidates.u32", words)


def _write_ids(folder: Path, drafts: list[Draft], numbers: dict[str, int]) -> None:
    owner: dict[str, int] = {}
    ranked = sorted(drafts, key=lambda d: (_TYPE_ORDER.get(d.type, 9), d.id))
    for draft in ranked:
        for xref in sorted(draft.xrefs):
            owner.setdefault(xref, numbers[draft.id])
    owner.update(numbers)
    trie = marisa_trie.Trie(sorted(owner))
    trie.save(str(folder / "ids.marisa"))
    write_u32(folder / "ids.u32", [owner[k] for _, k in sorted((trie[k], k) for k in owner)])


_TYPE_ORDER = {t: i for i, t in enumerate(("Gene", "Disease", "Drug", "DrugClass", "GeneFamily", "Phenotype", "Process"))}


def _write_edges(vocabulary: Vocabulary, folder: Path) -> dict[str, int]:
    counts = {}
    for name, edges in (("edges.tsv", vocabulary.edges), ("edges_sharealike.tsv", vocabulary.shared_edges)):
        rows = [(e.subject, e.predicate, e.object, e.source) for e in vocabulary.known_edges(edges)]
        _write_rows(folder / name, rows)
        counts[name] = len(rows)
    return counts


def _write_rows(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8", newline="\n")


def _put_in_place(folder: Path, out: Path) -> None:
    old = out.with_name(out.name + ".old")
    if old.exists():
        shutil.rmtree(old)
    if out.exists():
        out.rename(old)
    folder.rename(out)
    if old.exists():
        shutil.rmtree(old)
