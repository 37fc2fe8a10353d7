"""Drug classes with their targets, generations and members, and the drug -> target edges.

Rule: ``drug_classes.tsv`` is the curated part; besides, every gene that an inhibitor of the sources targets gets its class
"<SYMBOL> inhibitor". ChEMBL's target rows are share-alike and go to their own file; a drug with more than `MOST_TARGETS`
of them is a member of "multikinase inhibitor" rather than of a class for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.errors import ReadError
from kg.lexicon.compiler.drafts import Draft, Vocabulary
from kg.lexicon.compiler.drugs import Merge, Mesh
from kg.lexicon.compiler.raw import Sources
from kg.vocab import drug_class_id

MOST_TARGETS = 6
#: more genes than this in one ChEMBL target is a panel, not a target
PANEL = 15
_BLOCKS = ("INHIBITOR", "ANTAGONIST", "BLOCKER", "NEGATIVE", "DEGRADER")
_SINGLE = ("single_protein", "chimeric_protein")


def add_drug_classes(vocabulary: Vocabulary, sources: Sources, merge: Merge, mesh: Mesh) -> None:
    """Add classes, their edges, and the targets of drugs."""
    _Classes(vocabulary, sources, merge, mesh).add()


def _split(cell: str) -> list[str]:
    return [x.strip() for x in cell.split("|") if x.strip()]


class _Classes:
    def __init__(self, vocabulary: Vocabulary, sources: Sources, merge: Merge, mesh: Mesh) -> None:
        self.vocabulary, self.sources, self.merge, self.mesh = vocabulary, sources, merge, mesh
        self.symbols = {d.name: d.id for d in vocabulary.of_type("Gene")}
        for family in vocabulary.of_type("GeneFamily"):
            self.symbols.setdefault(family.id.partition(":")[2], family.id)
        self.by_target: dict[str, Draft] = {}
        self.blocked: dict[str, set[str]] = defaultdict(set)
        self.families: dict[frozenset[str], str] = self._family_members()

    def _family_members(self) -> dict[frozenset[str], str]:
        members: dict[str, set[str]] = defaultdict(set)
        for subject, predicate, family, source in self.vocabulary.edges:
            if source == "FamPlex" and predicate == "member_of":
                members[family].add(subject)
        return {frozenset(m): f for f, m in sorted(members.items(), reverse=True)}

    def add(self) -> None:
        rows = list(self.sources.curated("drug_classes.tsv"))
        for row in rows:
            self._class(row)
        for row in rows:
            self._edges(row)
        for drug, action, gene in self._chembl():
            self._target(drug, gene, action)
        for row in self.sources.curated("drug_targets.tsv"):
            drug = self.merge.owner(row["drug"])
            for symbol in _split(row["targets"]):
                if drug and symbol in self.symbols:
                    self.vocabulary.link(drug, "targets", self.symbols[symbol], "curated")
        self._inhibitor_classes()

    def _class(self, row: dict[str, str]) -> None:
        draft = self.vocabulary.draft(drug_class_id(row["name"]), "DrugClass", row["name"])
        draft.add(row["name"], "class")
        for name in _split(row["synonyms"]):
            draft.add(name, "class")
        for xref in _split(row["xrefs"]):
            draft.xrefs.add(xref)
            label, entries, _ = self.mesh.get(xref.removeprefix("MESH:"), ("", (), ""))
            for name in (label, *entries):
                if name and ", " not in name:
                    draft.add(name, "class")
        if row["generation"]:
            draft.attributes["generation"] = row["generation"]
        targets = self._genes(row)
        for target in targets:
            self.vocabulary.link(draft.id, "targets", target, "curated")
        word, _, rest = row["name"].partition(" ")
        if rest == "inhibitor" and len(targets) == 1 and not word.startswith("pan-"):
            self.by_target.setdefault(targets[0], draft)

    def _edges(self, row: dict[str, str]) -> None:
        this = drug_class_id(row["name"])
        for parent in _split(row["parents"]):
            self.vocabulary.link(this, "subclass_of", drug_class_id(parent), "curated")
        for member in _split(row["members"]):
            drug = self.merge.owner(member)
            if not drug:
                continue
            self.vocabulary.link(drug, "member_of", this, "curated")
            for target in self._genes(row) if row["generation"] else ():
                self.vocabulary.link(drug, "targets", target, "curated")

    def _genes(self, row: dict[str, str]) -> list[str]:
        unknown = [s for s in _split(row["targets"]) if s not in self.symbols]
        if unknown:
            raise ReadError("drug_classes.tsv", f"no gene or family {', '.join(unknown)}", "use the HGNC symbol or FamPlex name", row["name"])
        return [self.symbols[s] for s in _split(row["targets"])]

    def _chembl(self) -> Iterator[tuple[str, str, str]]:
        """Yield drug, action and gene or family: single targets, and families where the target is a whole family."""
        single: dict[tuple[str, str], set[str]] = defaultdict(set)
        group: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in self.sources.table("oncopharmadb/drug_target.tsv.gz", "\t"):
            drug = self.merge.matches.get("NCIT:" + row["nci_t"]) or self.merge.matches.get("CHEMBL:" + row["molecule_chembl_id"])
            gene = self.symbols.get(row["target_symbol"], "")
            if not drug or not gene.startswith("HGNC:"):
                continue
            if row["target_type"] == "chimeric_protein" and self.vocabulary.drafts[gene].attributes.get("kinase_group", "Atypical") == "Atypical":
                continue  # the fusion partner is not what the drug acts on
            if row["target_type"] in _SINGLE:
                single[drug, row["drug_action_type"] or ""].add(gene)
            elif row["target_type"] == "protein_family":
                group[drug, row["drug_action_type"] or ""].add(gene)
        for (drug, action), genes in single.items():
            yield from ((drug, action, gene) for gene in sorted(genes) if len(genes) <= PANEL)
        for (drug, action), genes in group.items():
            family = self.families.get(frozenset(genes))
            if family:
                yield drug, action, family
            elif (drug, action) not in single and len(genes) <= 4:
                yield from ((drug, action, gene) for gene in sorted(genes))

    def _target(self, drug: str, gene: str, action: str) -> None:
        self.vocabulary.link(drug, "targets", gene, "ChEMBL", share_alike=True)
        if any(word in action for word in _BLOCKS):
            self.blocked[drug].add(gene)

    def _inhibitor_classes(self) -> None:
        kinase, tyrosine = drug_class_id("kinase inhibitor"), drug_class_id("tyrosine kinase inhibitor")
        for drug in list(self.vocabulary.of_type("Drug")):
            genes = self.blocked.get(drug.id, set())
            acts_on_kinases = "is_kinase_inhibitor" in drug.attributes
            for gene in sorted(genes):
                target = self.vocabulary.drafts[gene]
                draft = self._inhibitor_class(target)
                if len(genes) <= MOST_TARGETS:
                    self.vocabulary.link(drug.id, "member_of", draft.id, "ChEMBL", share_alike=True)
                if target.attributes.get("is_kinase") and acts_on_kinases:
                    parent = tyrosine if target.attributes.get("kinase_group") == "TK" else kinase
                    self.vocabulary.link(draft.id, "subclass_of", parent, "KinHub")
            if len(genes) > MOST_TARGETS and acts_on_kinases:
                self.vocabulary.link(drug.id, "member_of", drug_class_id("multikinase inhibitor"), "ChEMBL", share_alike=True)
            elif acts_on_kinases and not genes:
                self.vocabulary.link(drug.id, "member_of", kinase, "NCIt")

    def _inhibitor_class(self, target: Draft) -> Draft:
        """Return the class of a target's inhibitors, under the curated name where there is one."""
        name = f"{target.name} inhibitor"
        draft = self.by_target.get(target.id) or self.vocabulary.draft(drug_class_id(name), "DrugClass", name)
        draft.add(name, "class")
        self.vocabulary.link(draft.id, "targets", target.id, "by construction")
        return draft
