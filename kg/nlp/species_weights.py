"""What each cue of a species weighs: log-odds towards human, mouse, rat and other, learned from training documents.

Rule: written by benchmarks/learn_species.py, never by hand; features are those of `kg.nlp.species_cues`.
"""

WEIGHTS: dict[str, tuple[float, float, float, float]] = {
    "bias": (0.35, 1.29, -0.55, -1.09),
    "adj_human": (0.22, 0.28, -0.20, -0.29),
    "adj_mouse": (-0.17, 0.36, -0.13, -0.06),
    "adj_other": (0.36, -0.06, -0.06, -0.25),
    "adj_rat": (-0.01, -0.00, 0.01, -0.00),
    "doc_mouse_symbol": (-0.97, 0.13, 0.64, 0.21),
    "doc_upper": (0.63, -0.44, -0.18, -0.02),
    "model": (0.20, 0.68, -1.05, 0.18),
    "n_animal": (-0.25, 0.25, 0.39, -0.39),
    "n_human": (1.88, -0.21, -1.31, -0.36),
    "n_human_line": (1.12, -0.39, -0.53, -0.20),
    "n_mouse": (-0.37, 1.58, -0.45, -0.77),
    "n_mouse_line": (-0.90, 1.53, -0.52, -0.11),
    "n_other": (-0.25, -1.09, -0.60, 1.93),
    "n_rat": (-0.41, -1.61, 2.76, -0.74),
    "n_rat_line": (-1.22, -1.23, 2.53, -0.08),
    "near_human": (1.12, -0.33, -0.38, -0.41),
    "near_mouse": (0.21, 0.70, -0.85, -0.06),
    "near_other": (0.16, -0.19, 0.38, -0.35),
    "near_rat": (0.42, -0.11, -0.25, -0.05),
    "none": (0.46, -0.06, -0.95, 0.55),
    "style_mouse_symbol": (-0.36, 0.30, 0.16, -0.10),
    "style_upper": (-0.09, -0.21, 0.24, 0.07),
    "title_human": (0.74, -0.17, -0.29, -0.29),
    "title_mouse": (0.18, 0.08, -0.32, 0.06),
    "title_other": (-0.12, -0.57, -0.35, 1.04),
    "title_rat": (-0.09, -0.23, 0.41, -0.09),
    "tumour": (0.75, 0.05, -0.22, -0.58),
}
