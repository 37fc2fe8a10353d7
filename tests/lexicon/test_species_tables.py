"""The tables of mouse and rat genes as they are made from public sources."""

from __future__ import annotations

import pytest

from kg.lexicon.compiler.species_tables import rat_rows

# group, taxon, NCBI Gene number, symbol, protein, accession: human 9606, rat 10116
HOMOLOGENE = [
    ["733", "9606", "846", "CASR", "", ""],
    ["733", "10116", "24247", "Casr", "", ""],
    ["38", "9606", "1956", "EGFR", "", ""],
    ["38", "10116", "24329", "Erbb", "", ""],  # a former symbol
    ["5", "9606", "6347", "CCL2", "", ""],
    ["5", "10116", "287562", "Ccl12", "", ""],
    ["6", "10116", "24770", "Ccl2", "", ""],
    ["7", "9606", "2938", "GSTA1", "", ""],
    ["7", "10116", "24421", "Gsta9", "", ""],
    ["7", "10116", "24422", "Gsta8", "", ""],
]
HGNC = [
    {"NCBI Gene ID(supplied by NCBI)": number, "Rat genome database ID(supplied by RGD)": rats}
    for number, rats in (("846", "RGD:2277"), ("1956", "RGD:2543"), ("6347", "RGD:3645"), ("2938", "RGD:2753, RGD:2754"), ("", ""))
]


@pytest.mark.parametrize(
    ("rgd", "symbol", "number"),
    [
        ("2277", "Casr", "NCBIGene:24247"),  # by its symbol
        ("2543", "Egfr", "NCBIGene:24329"),  # renamed since: the only rat gene beside the human one
        ("3645", "Ccl2", "NCBIGene:24770"),  # the symbol beats the group
        ("2753", "Gsta1", ""),  # two rat genes beside the human one
        ("99", "Olr1", ""),
    ],
)
def test_number_of_a_rat_gene(rgd: str, symbol: str, number: str) -> None:
    assert list(rat_rows([{"ID": rgd, "symbol": symbol}], HGNC, HOMOLOGENE)) == [("RGD:" + rgd, symbol, number)]


def test_no_number_for_clones_and_none_twice() -> None:
    rgd = [{"ID": "2543", "symbol": "Egfr"}, {"ID": "70", "symbol": "Egfr2"}, {"ID": "71", "symbol": "LOC12345"}]
    hgnc = [*HGNC, {"NCBI Gene ID(supplied by NCBI)": "1956", "Rat genome database ID(supplied by RGD)": "RGD:70"}]
    assert list(rat_rows(rgd, hgnc, HOMOLOGENE)) == [("RGD:70", "Egfr2", ""), ("RGD:2543", "Egfr", "")]
