"""`kg evaluate civic --graph`: a built graph's claims beside CIViC's, one claim of each kind."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from kg.evaluate.civic_graph import lesion_names

Run = Callable[..., Result]
HEADER = ("molecular_profile", "therapies", "evidence_type", "evidence_direction", "significance", "evidence_statement", "citation_id", "evidence_id")
CLAIMS = [
    ("ALK G1202R", "Crizotinib", "Supports", "Resistance"),  # agree
    ("EML4::ALK Fusion AND ALK L1196M", "Xalkori", "Supports", "Resistance"),  # agree, by a brand and by the change in the fusion
    ("ALK G9999R", "Crizotinib", "Supports", "Resistance"),  # only of other changes of the gene
    ("ALK S1206Y", "Crizotinib", "Supports", "Sensitivity/Response"),  # the graph has the opposite
    ("ALK F1174L", "Crizotinib", "Does Not Support", "Resistance"),  # the graph has what CIViC denies
    ("ALK G1202R", "No Such Drug", "Supports", "Resistance"),
    ("NOSUCH Loss", "Crizotinib", "Supports", "Resistance"),
    ("BRAF V600E", "Crizotinib", "Supports", "Sensitivity/Response"),
]


@pytest.fixture
def civic(tmp_path: Path) -> Path:
    rows = [HEADER]
    for number, (profile, drug, direction, significance) in enumerate(CLAIMS, 1):
        rows.append((profile, drug, "Predictive", direction, significance, "", str(number), str(number)))
    path = tmp_path / "civic.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_each_claim_is_told_how_it_stands(run: Run, graph: Path, civic: Path, tmp_path: Path) -> None:
    result = run("evaluate", "civic", "--gold", civic, "--graph", graph, "--errors", tmp_path / "all.jsonl", "-f", "json")
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)["figures"]
    assert (figures["claims of CIViC"], figures["agree"], figures["agree (gene)"], figures["contradict (opposite)"]) == (7, 2, 1, 1)
    assert (figures["denials of CIViC"], figures["contradict (denied by CIViC)"], figures["missing (drug not in the graph)"]) == (1, 1, 1)
    listed = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    opposite = next(row for row in listed if row["label"] == "opposite")
    assert opposite["item"] == "ALK S1206Y | Crizotinib | sensitivity" and "S1206Y" in opposite["context"] and "KGS:" in opposite["context"]
    assert figures["claims of the graph"] == sum(row["kind"] == "new" for row in listed) > 5
    assert not any("ALK G1202R | crizotinib" in row["item"] for row in listed)


def test_a_graph_is_compared_with_civic_only(run: Run, graph: Path, civic: Path) -> None:
    result = run("evaluate", "relations", "--gold", civic, "--graph", graph)
    assert result.exit_code == 2 and "--graph goes with civic" in result.stderr


@pytest.mark.parametrize(
    ("profile", "names"),
    [
        ("ALK G1202R", ["ALK G1202R"]),
        ("v::ALK Fusion", ["ALK Fusion"]),
        ("FGFR2::v Fusion", ["FGFR2 Fusion"]),
        ("KRAS Wildtype", ["KRAS wild type"]),
        ("BRAF V600_K601>E", ["BRAF V600_K601delinsE"]),
        ("BCR::ABL1 Fusion AND ABL1 T315I", ["ABL1 T315I"]),
        ("EML4::ALK Fusion AND MET Amplification", ["EML4::ALK Fusion", "MET Amplification"]),
        ("EGFR L858R OR EGFR Exon 19 Deletion", ["EGFR L858R", "EGFR Exon 19 Deletion"]),
        ("NOT KRAS Mutation AND PIK3CA Mutation", ["PIK3CA Mutation"]),
    ],
)
def test_the_lesions_of_a_profile(profile: str, names: list[str]) -> None:
    assert lesion_names(profile) == names
