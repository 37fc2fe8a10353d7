"""Our own tables: everyday names of genes, diseases and processes, better drug names, cell lines, organisms.

Rule: a row names an entity that the sources already have (or, for cell lines and organisms, one whose identifier the row
gives); a row whose entity is missing is an error, so that a renamed identifier cannot silently lose its names.
"""

from __future__ import annotations

from kg.errors import ReadError
from kg.lexicon.compiler.drafts import Vocabulary
from kg.lexicon.compiler.drugs import Merge
from kg.lexicon.compiler.genes import INDRA
from kg.lexicon.compiler.raw import Sources
from kg.lexicon.folding import ANY, CAPITAL, EXACT, SYMBOL, SYMBOL_UPPER
from kg.vocab import concept_id

_CASES = {"": -1, "any": ANY, "exact": EXACT, "capital": CAPITAL, "symbol": SYMBOL, "symbol_upper": SYMBOL_UPPER}


def add_own_diseases(vocabulary: Vocabulary, sources: Sources) -> None:
    """Add disease states that texts name and MONDO lacks, under identifiers of our own."""
    for row in sources.curated("diseases.tsv"):
        draft = vocabulary.draft(concept_id(row["name"]), "Disease", row["name"])
        for name in (row["name"], *row["synonyms"].split("|")):
            draft.add(name, "curated")
        for parent in row["parents"].split("|"):
            vocabulary.link(draft.id, "subclass_of", parent, "pubmed-kg concepts")


def apply_names(vocabulary: Vocabulary, sources: Sources, merge: Merge) -> None:
    """Rename entities to the names that the field uses, keeping the old name as a synonym."""
    for row in sources.curated("names.tsv"):
        curie = row["id"] or merge.owner(row["old"])
        if curie not in vocabulary.drafts:
            raise ReadError("names.tsv", f"no entity {row['id'] or row['old']}", "correct or remove the row", row["name"])
        draft = vocabulary.drafts[curie]
        draft.add(row["name"], "name")
        draft.name = row["name"]
        if draft.type == "Drug":
            merge.call(draft, row["name"])


def add_curated(vocabulary: Vocabulary, sources: Sources) -> None:
    """Add curated names, cell lines, organisms and disease states."""
    add_own_diseases(vocabulary, sources)
    _add_cell_lines(vocabulary, sources)
    for row in sources.curated("organisms.tsv"):
        draft = vocabulary.draft(row["id"], "Organism", row["name"])
        draft.add(row["name"], "name")
        draft.xrefs.update(row["xrefs"].split("|") if row["xrefs"] else ())
        for name in row["synonyms"].split("|"):
            draft.add(name, "synonym")
    names = {t: vocabulary.by_name(t) for t in ("Gene", "GeneFamily", "Drug", "Disease", "Phenotype", "Process")}
    matches = _by_match(vocabulary)
    for row in sources.curated("extra_terms.tsv"):
        curie = row["id"] if row["id"] in vocabulary.drafts else names.get(row["type"], {}).get(row["id"].casefold(), "")
        curie = curie or matches.get(row["id"], "")
        if not curie:
            raise ReadError("extra_terms.tsv", f"no {row['type']} {row['id']!r}", "correct or remove the row", row["names"])
        for name in row["names"].split("|"):
            vocabulary.drafts[curie].add(name.strip(), row["kind"] or "curated", _CASES[row["case"]])
    for row in sources.curated("extra_xrefs.tsv"):
        if row["id"] in vocabulary.drafts:
            vocabulary.drafts[row["id"]].xrefs.update(row["xrefs"].split("|"))


def add_corpus_xrefs(vocabulary: Vocabulary, sources: Sources) -> None:
    """Add identifiers that annotated corpora tell and no vocabulary has, such as withdrawn MeSH records; none that is taken."""
    taken = {xref for draft in vocabulary.drafts.values() for xref in (draft.id, *draft.xrefs)}
    for row in sources.curated("corpus_xrefs.tsv"):
        if row["id"] in vocabulary.drafts and row["xref"] not in taken:
            vocabulary.drafts[row["id"]].xrefs.add(row["xref"])


def _by_match(vocabulary: Vocabulary) -> dict[str, str]:
    """Return identifiers of other vocabularies -> entity, diseases and drugs first."""
    found: dict[str, str] = {}
    for types in (("Disease", "Drug"), ("Phenotype", "Gene", "GeneFamily", "Process")):
        for draft in vocabulary.of_type(*types):
            for xref in sorted(draft.xrefs):
                found.setdefault(xref, draft.id)
    return found


def _add_cell_lines(vocabulary: Vocabulary, sources: Sources) -> None:
    for row in sources.json(INDRA + "efo.json.gz"):
        numbers = sorted(x["id"][5:] for x in row.get("xrefs", ()) if x["namespace"] == "RRID" and x["id"].startswith("CVCL_"))
        if len(numbers) != 1:
            continue
        draft = vocabulary.draft("CVCL:" + numbers[0], "CellLine", row["name"])
        draft.xrefs.add("EFO:" + row["id"])
        for name in (row["name"], *row.get("synonyms", ())):
            draft.add(name.removesuffix(" cell"), "name" if name == row["name"] else "synonym")
    for row in sources.curated("cell_lines.tsv"):
        draft = vocabulary.draft("CVCL:" + row["cvcl"], "CellLine", row["name"])
        for name in (row["name"], *(row["synonyms"].split("|") if row["synonyms"] else ())):
            draft.add(name, "curated")
