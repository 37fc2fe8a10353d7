"""The compiled vocabulary at work: find names in a text, look names and identifiers up, walk the background edges.

Rule: everything is read from memory-mapped files and nothing is ever written; matches carry exact offsets into the text as
given, and the case rules and guards that were decided at compile time are already applied to them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import marisa_trie

from kg.errors import LexiconError
from kg.lexicon.folding import EXACT, case_score, fold, fold_runs, same_name
from kg.lexicon.phrases import set_phrases
from kg.lexicon.records import KIND_NAMES, BackgroundEdge, Candidate, TermMatch, unpack_candidate
from kg.lexicon.similar import neighbours, rank
from kg.lexicon.store import REMEDY, Lines, Mapped, read_manifest, sha256
from kg.lexicon.tables import Background, read_residues, read_retractions, read_variants
from kg.model import Entity
from kg.resources import resource

LONGEST = 120
_CHANGE = re.compile(r"[A-Z]\d+S")
_CACHE_LIMIT = 50_000
_ENTITIES_KEPT = 20_000
#: symbols and codes have no plural: MSCs are no MSC, TIPs no TIP
_NO_PLURAL = frozenset({"symbol", "alias", "previous", "code"})


class Lexicon:
    """The vocabulary: open it once, share it between threads that only read, close it when done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._manifest = read_manifest(folder)
        try:
            self._terms = marisa_trie.Trie().mmap(str(folder / "terms.marisa"))
            self._ids = marisa_trie.Trie().mmap(str(folder / "ids.marisa"))
        except (OSError, RuntimeError, ValueError) as error:
            raise LexiconError(f"{folder}: the term index cannot be read ({error}); {REMEDY}") from error
        self._maps = [Mapped(folder / name) for name in ("spans.u32", "candidates.u32", "ids.u32")]
        self._spans, self._candidates, self._id_entities = (m.u32() for m in self._maps)
        self._entities = Lines(folder / "entities.txt", folder / "entities.u32")
        self._surfaces = Lines(folder / "surfaces.txt", folder / "surfaces.u32")
        self._cache: dict[tuple[int, str], tuple[Candidate, ...]] = {}
        self._heads: dict[int, tuple[str, str, str]] = {}
        self._resolve = lru_cache(_ENTITIES_KEPT)(self._read_entity)
        self._gene = lru_cache(_ENTITIES_KEPT)(self._read_gene)

    @classmethod
    def open(cls, path: Path | None = None) -> Lexicon:
        """Open the compiled vocabulary of a folder, or the shipped one; `LexiconError` if it is missing or damaged.

        Every file is compared with its checksum: a tenth of a second, against names that mean something else.
        """
        lexicon = cls(path if path is not None else resource("ontologies/lexicon"))
        lexicon.verify()
        return lexicon

    def close(self) -> None:
        """Release the mapped files."""
        for view in (self._spans, self._candidates, self._id_entities):
            view.release()
        for part in self._maps:
            part.close()
        self._entities.close()
        self._surfaces.close()

    def __enter__(self) -> Lexicon:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def verify(self) -> None:
        """Compare every file with its checksum in the manifest; `LexiconError` names the first that differs."""
        for name, entry in self._manifest["files"].items():
            if sha256(self.folder / name) != entry["sha256"]:
                raise LexiconError(f"{self.folder / name}: content differs from the manifest's checksum; {REMEDY}")

    @property
    def version(self) -> str:
        """The version of the compiled content; it changes whenever the content does."""
        return str(self._manifest["version"])

    @property
    def counts(self) -> dict[str, int]:
        """How many entities, names and edges there are, by type."""
        return dict(self._manifest["counts"])

    # ---- names in a text

    def find_terms(self, text: str) -> list[TermMatch]:
        """Return every dictionary match in a plain text, nested and overlapping ones too, by start, then longest first."""
        folded, begins, ends = fold_runs(text)
        prefixes = self._terms.prefixes
        phrases = set_phrases(text)
        matches: list[TermMatch] = []
        for begin, start in begins.items():
            found: dict[int, tuple[Candidate, ...]] = {}
            for key in prefixes(folded[begin : begin + LONGEST]):
                stop = begin + len(key)
                if stop - begin < 2:
                    continue
                if stop in ends:
                    self._gather(found, key, text, start, ends[stop], 0)
                elif folded[stop] == "s" and stop + 1 in ends:
                    self._gather(found, key, text, start, ends[stop + 1], 1)
                elif stop + 2 in ends and folded[stop : stop + 2] == "es":
                    self._gather(found, key, text, start, ends[stop + 2], 2)
            for end in sorted(found, reverse=True) if found else ():
                if not any(a <= start and end <= b for a, b in phrases):
                    matches.append(TermMatch(start, end, found[end]))
        return matches

    def _gather(self, found: dict[int, tuple[Candidate, ...]], folded: str, text: str, start: int, end: int, plural: int) -> None:
        slice_ = text[start:end]
        key = (plural, slice_)
        candidates = self._cache.get(key)
        if candidates is None:
            candidates = _best(self._judge(self._terms[folded], slice_, plural))
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            self._cache[key] = candidates
        if candidates:
            have = found.get(end)
            found[end] = candidates if have is None else _best((*have, *candidates))

    def _judge(self, number: int, text: str, plural: int) -> tuple[Candidate, ...]:
        stem = text[:-plural] if plural else text
        if plural and _CHANGE.fullmatch(text):  # G12S is no plural of G12
            return ()
        if plural and ((text[-1] != "s" and not text.isupper()) or len(stem) < 3 or not stem[-1].isalnum()):
            return ()
        kept = []
        for first, second in self._packed(number):
            entity, kind, case, surface_number, hundredths = unpack_candidate(first, second)
            surface = self._surfaces[surface_number]
            if plural and KIND_NAMES[kind] in _NO_PLURAL:
                continue
            if plural and not _plural_fits(surface, stem, case, plural):
                continue
            fit = case_score(case, surface, stem)
            if fit and same_name(surface, stem):
                score = round(hundredths / 100 * fit * (0.98 if plural else 1.0), 4)
                kept.append(self._candidate(entity, kind, surface, score))
        return tuple(kept)

    def _packed(self, number: int) -> Iterator[tuple[int, int]]:
        for i in range(self._spans[number], self._spans[number + 1]):
            yield self._candidates[2 * i], self._candidates[2 * i + 1]

    def _candidate(self, entity: int, kind: int, surface: str, score: float) -> Candidate:
        curie, type_, name = self._head(entity)
        return Candidate(curie, type_, name, surface, KIND_NAMES[kind], score)

    def _head(self, number: int) -> tuple[str, str, str]:
        head = self._heads.get(number)
        if head is None:
            curie, type_, name, _ = self._entities[number].split("\t", 3)
            head = self._heads[number] = (curie, type_, name)
        return head

    def candidates(self, name: str, types: Collection[str] = ()) -> list[Candidate]:
        """Return the entities that a whole name may stand for, best first, by folded key and the same rules as in text."""
        found: dict[int, tuple[Candidate, ...]] = {}
        text = name.strip()
        folded = fold(text)
        for plural in (0, 1, 2):
            key = folded[: len(folded) - plural]
            if len(key) > 1 and folded.endswith(("", "s", "es")[plural]) and key in self._terms:
                self._gather(found, key, text, 0, len(text), plural)
        return [c for best in found.values() for c in best if not types or c.type in types]

    def similar(self, name: str, types: Collection[str] = (), limit: int = 5) -> list[Candidate]:
        """Return entities whose names are spelled much like this one, best first, the score scaled by likeness."""
        folded = fold(name)
        ranked: dict[str, Candidate] = {}
        for key, likeness in rank(folded, neighbours(self._terms, folded)):
            for first, second in self._packed(self._terms[key]):
                entity, kind, case, surface, hundredths = unpack_candidate(first, second)
                if case == EXACT and likeness < 1:
                    continue
                candidate = self._candidate(entity, kind, self._surfaces[surface], round(hundredths / 100 * likeness, 4))
                have = ranked.get(candidate.entity_id)
                if (not types or candidate.type in types) and (have is None or have.score < candidate.score):
                    ranked[candidate.entity_id] = candidate
        return list(_ordered(ranked.values()))[:limit]

    # ---- entities by identifier

    def entity(self, curie: str) -> Entity | None:
        """Return the entity whose canonical identifier this is, or None."""
        found = self._resolve(curie)
        return found if found is not None and found.id == curie else None

    def resolve(self, curie: str) -> Entity | None:
        """Return the entity that this identifier, canonical or an exact match in another vocabulary, stands for, or None."""
        return self._resolve(curie)

    def _read_entity(self, curie: str) -> Entity | None:
        number = self._ids.get(curie)
        return None if number is None else self._entity(self._id_entities[number])

    def _entity(self, number: int) -> Entity:
        curie, type_, name, xrefs, synonyms, attributes = self._entities[number].split("\t")
        pairs = tuple((k, v) for k, _, v in (item.partition("=") for item in attributes.split("|") if item))
        return Entity(curie, type_, name, tuple(xrefs.split()), tuple(s for s in synonyms.split("|") if s), pairs)

    def entities(self) -> Iterator[Entity]:
        """Yield every entity, by identifier."""
        for number in range(len(self._entities)):
            yield self._entity(number)

    def gene(self, symbol_or_alias: str) -> Entity | None:
        """Return the gene of an approved symbol, else of an alias or previous symbol that only one gene has, else None."""
        return self._gene(symbol_or_alias)

    def _read_gene(self, symbol_or_alias: str) -> Entity | None:
        genes = [c for c in self.candidates(symbol_or_alias, ("Gene",)) if c.score >= 0.3]
        for kinds in (("symbol",), ("curated",), ("alias", "previous", "synonym", "name", "abbreviation")):
            ids = {c.entity_id for c in genes if c.kind in kinds}
            if len(ids) == 1:
                return self.entity(ids.pop())
            if ids:
                return None
        return None

    # ---- background knowledge

    @cached_property
    def _background(self) -> Background:
        return Background(self.folder)

    def background(self) -> Iterator[BackgroundEdge]:
        """Yield every background edge with its source, in a fixed order."""
        return iter(self._background.edges)

    def parents(self, curie: str) -> tuple[BackgroundEdge, ...]:
        """Return the ``member_of`` and ``subclass_of`` edges that start at an entity."""
        return tuple(e for e in self._background.of_subject.get(curie, ()) if e.predicate in ("member_of", "subclass_of"))

    def members(self, curie: str) -> tuple[str, ...]:
        """Return the entities with a ``member_of`` or ``subclass_of`` edge to this one."""
        edges = self._background.of_object.get(curie, ())
        return tuple(dict.fromkeys(e.subject for e in edges if e.predicate in ("member_of", "subclass_of")))

    def targets(self, curie: str) -> tuple[str, ...]:
        """Return the genes and families that a drug or drug class targets."""
        return tuple(dict.fromkeys(e.object for e in self._background.of_subject.get(curie, ()) if e.predicate == "targets"))

    # ---- variants, residues, retractions

    @cached_property
    def _residues(self) -> dict[tuple[str, int], str]:
        return read_residues(self.folder)

    @cached_property
    def _variants(self) -> dict[str, tuple[str, ...]]:
        return read_variants(self.folder)

    @cached_property
    def _retractions(self) -> Any:
        return read_retractions(self.folder)

    def residue(self, gene_symbol: str, position: int) -> str:
        """Return the wild-type amino acid (one letter) known at a position of a gene's protein, empty if not known."""
        return self._residues.get((gene_symbol, position), "")

    def variant_xrefs(self, canonical_name: str) -> tuple[str, ...]:
        """Return the CIViC and dbSNP identifiers of a variant by canonical name (``ALK G1202R``)."""
        return self._variants.get(canonical_name.casefold(), ())

    def is_retracted(self, pmid: str) -> bool:
        """Tell whether a PMID is on the list of retracted publications."""
        return pmid.isdecimal() and int(pmid) in self._retractions


def _plural_fits(surface: str, stem: str, case: int, plural: int) -> bool:
    last = surface.rsplit(" ", 1)[-1]
    if last[-1:] in "sS" and plural == 1:
        return False
    if plural == 2 and not last.lower().endswith(("s", "x", "ch", "sh", "z", "o")):
        return False
    return not (stem.isupper() and case and len(stem) < 3)


def _best(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return each entity's best candidate, best first."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        have = best.get(candidate.entity_id)
        if have is None or have.score < candidate.score:
            best[candidate.entity_id] = candidate
    return _ordered(best.values())


def _ordered(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda c: (-c.score, c.entity_id)))
