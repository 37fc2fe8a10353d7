"""What must be found in a text, and what must not: the traps in which dictionary matchers fall."""

from __future__ import annotations

import pytest

from kg.lexicon import Lexicon

TRUSTED = 0.3

#: text, the words that are a mention, type, canonical name
FINDS = [
    ("resistance to crizotinib", "crizotinib", "Drug", "crizotinib"),
    ("treated with PF-02341066", "PF-02341066", "Drug", "crizotinib"),
    ("PF 02341066 inhibited growth", "PF 02341066", "Drug", "crizotinib"),
    ("CH5424802 in ALK-positive disease", "CH5424802", "Drug", "alectinib"),
    ("AP26113 and LDK378", "AP26113", "Drug", "brigatinib"),
    ("AP26113 and LDK378", "LDK378", "Drug", "ceritinib"),
    ("the inhibitors AMG510 and MRTX849", "AMG510", "Drug", "sotorasib"),
    ("the inhibitors AMG 510 and MRTX849", "AMG 510", "Drug", "sotorasib"),
    ("the inhibitors AMG510 and MRTX849", "MRTX849", "Drug", "adagrasib"),
    ("DZD9008 is potent", "DZD9008", "Drug", "sunvozertinib"),
    ("T-DXd in breast cancer", "T-DXd", "Drug", "trastuzumab deruxtecan"),
    ("Xalkori was approved", "Xalkori", "Drug", "crizotinib"),
    ("Furmonertinib 160 mg", "Furmonertinib", "Drug", "firmonertinib"),
    ("plasma glucose rose", "glucose", "Drug", "glucose"),
    ("dopamine release", "dopamine", "Drug", "dopamine"),
    ("cisplatin-treated cells", "cisplatin", "Drug", "cisplatin"),
    ("osimertinib mesylate", "osimertinib", "Drug", "osimertinib"),
    ("PD-L1 expression", "PD-L1", "Gene", "CD274"),
    ("PDL1 expression", "PDL1", "Gene", "CD274"),
    ("PD L1 expression", "PD L1", "Gene", "CD274"),
    ("anaplastic lymphoma kinase (ALK)", "anaplastic lymphoma kinase", "Gene", "ALK"),
    ("anaplastic lymphoma kinase (ALK)", "ALK", "Gene", "ALK"),
    ("c-Met amplification", "c-Met", "Gene", "MET"),
    ("HER2-positive tumours", "HER2", "Gene", "ERBB2"),
    ("Egfr in mice", "Egfr", "Gene", "EGFR"),
    ("p53 loss", "p53", "Gene", "TP53"),
    ("Ki-67 index", "Ki-67", "Gene", "MKI67"),
    ("PD-1 blockade", "PD-1", "Gene", "PDCD1"),
    ("the RAS and MEK nodes", "RAS", "GeneFamily", "RAS"),
    ("TRK fusions", "TRK", "GeneFamily", "NTRK"),
    ("IFN-α therapy", "IFN-α", "GeneFamily", "IFNA"),
    ("IFN-alpha therapy", "IFN-alpha", "GeneFamily", "IFNA"),
    ("non-small-cell lung cancer", "non-small-cell lung cancer", "Disease", "non-small cell lung carcinoma"),
    ("non small cell lung cancers", "non small cell lung cancers", "Disease", "non-small cell lung carcinoma"),
    ("NSCLC and SCLC", "NSCLC", "Disease", "non-small cell lung carcinoma"),
    ("lung cancers", "lung cancers", "Disease", "lung cancer"),
    ("malignancies", "malignancies", "Disease", "cancer"),
    ("tumours shrank", "tumours", "Disease", "neoplasm"),
    ("GIST patients", "GIST", "Disease", "gastrointestinal stromal tumor"),
    ("lung adenocarcinoma", "lung adenocarcinoma", "Disease", "lung adenocarcinoma"),
    ("brain metastases", "brain metastases", "Disease", "brain metastasis"),
    ("chronic myeloid leukaemia", "chronic myeloid leukaemia", "Disease", "chronic myelogenous leukemia, BCR-ABL1 positive"),
    ("diarrhoea and rash", "diarrhoea", "Phenotype", "Diarrhea"),
    ("diarrhoea and rash", "rash", "Phenotype", "Skin rash"),
    ("EGFR-TKIs", "EGFR-TKIs", "DrugClass", "EGFR inhibitor"),
    ("third-generation EGFR TKIs", "third-generation EGFR TKIs", "DrugClass", "third-generation EGFR inhibitor"),
    ("immune checkpoint inhibitors", "immune checkpoint inhibitors", "DrugClass", "immune checkpoint inhibitor"),
    ("acquired resistance", "acquired resistance", "Concept", "acquired resistance"),
    ("OS was 12 months", "OS", "Concept", "overall survival"),
    ("median PFS", "PFS", "Concept", "progression-free survival"),
    ("oncogenic drivers", "oncogenic drivers", "Concept", "driver"),
    ("apoptosis and EMT", "EMT", "Process", "epithelial to mesenchymal transition"),
    ("cell proliferation", "cell proliferation", "Process", "cell population proliferation"),
    ("MAPK signalling", "MAPK signalling", "Process", "MAPK cascade"),
    ("A549 cells", "A549", "CellLine", "A549"),
    ("HCC-827 cells", "HCC-827", "CellLine", "HCC827"),
    ("in mice", "mice", "Organism", "Mus musculus"),
]

#: text, a type, and a stretch that must not be trusted as that type
TRAPS = [
    ("a starling sang", "Drug", "starling"),
    ("the rest of the set was large", "Gene", "rest"),
    ("the rest of the set was large", "Gene", "set"),
    ("the rest of the set was large", "Gene", "was"),
    ("the rest of the set was large", "Gene", "large"),
    ("patients who met the criteria", "Gene", "met"),
    ("a CAT scan", "Gene", "CAT"),
    ("the gold standard", "Drug", "gold"),
    ("to iron out errors", "Drug", "iron"),
    ("an AR(1) model", "Gene", "AR"),
    ("a cat and a mouse", "Gene", "cat"),
    ("ALL patients were included", "Gene", "ALL"),
    ("ALL patients were included", "Disease", "ALL"),
    ("the impact was small", "Gene", "impact"),
    ("the biological clock", "Gene", "clock"),
    ("MICE were fed", "Gene", "MICE"),
    ("IV dose", "Gene", "IV"),
    ("the PR interval", "Concept", "PR"),
    ("the PR interval", "Gene", "PR"),
    ("mean ± SD", "Concept", "SD"),
    ("mean ± SD", "Drug", "SD"),
    ("95% CI", "Gene", "CI"),
    ("HR 0.51", "Gene", "HR"),
    ("common cold", "Phenotype", "cold"),
    ("these lead to death", "Drug", "lead"),
    ("water and solution", "Drug", "water"),
    ("water and solution", "Drug", "solution"),
    ("this can be an issue", "Gene", "can"),
    ("this can be an issue", "Disease", "can"),
    ("on the other hand", "Disease", "other"),
    ("a child with fever", "Disease", "child"),
    ("the breast and the liver", "Disease", "breast"),
    ("the breast and the liver", "Disease", "liver"),
    ("a severe disease", "Phenotype", "severe"),
    ("a severe disease", "Disease", "disease"),
    ("the left side", "Phenotype", "left"),
    ("class II and stage IV", "Gene", "II"),
    ("OR 1.5", "GeneFamily", "OR 1"),
    ("E. coli and rabbit serum", "Drug", "rabbit"),
    ("date of birth", "Drug", "date"),
    ("MET a friend", "Disease", "MET a"),
    ("the ROS level", "Gene", "ROS"),
    ("DEGs were identified", "Gene", "DEGs"),
    ("MRI and CT", "Gene", "MRI"),
    ("COPD patients", "Gene", "COPD"),
]


@pytest.mark.parametrize(("text", "words", "type_", "name"), FINDS)
def test_names_are_found_with_exact_offsets(lexicon: Lexicon, text: str, words: str, type_: str, name: str) -> None:
    start = text.index(words)
    found = [m for m in lexicon.find_terms(text) if (m.start, m.end) == (start, start + len(words))]
    assert found, [text[m.start : m.end] for m in lexicon.find_terms(text)]
    best = found[0].candidates[0]
    assert (best.type, best.name) == (type_, name)
    assert best.score >= TRUSTED


@pytest.mark.parametrize(("text", "type_", "words"), TRAPS)
def test_everyday_words_are_not_trusted(lexicon: Lexicon, text: str, type_: str, words: str) -> None:
    wrong = [c for m in lexicon.find_terms(text) if text[m.start : m.end] == words for c in m.candidates if c.type == type_ and c.score >= TRUSTED]
    assert not wrong


def test_nested_names_are_all_given_longest_first(lexicon: Lexicon) -> None:
    text = "lung adenocarcinoma"
    ends = [m.end for m in lexicon.find_terms(text) if m.start == 0]
    assert ends == sorted(ends, reverse=True)
    assert any(m.start == 5 for m in lexicon.find_terms(text))


def test_matches_end_at_word_borders(lexicon: Lexicon) -> None:
    assert not [m for m in lexicon.find_terms("crizotinibine") if m.candidates[0].name == "crizotinib"]
