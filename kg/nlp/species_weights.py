"""What each cue of a species weighs: log-odds towards human, mouse, rat and other, learned from training documents.

Rule: written by benchmarks/learn_species.py, never by hand; features are those of `kg.nlp.species_cues`.
"""

WEIGHTS: dict[str, tuple[float, float, float, float]] = {
    "bias": (0.39, 1.30, -0.58, -1.11),
    "adj_human": (0.26, 0.30, -0.22, -0.33),
    "adj_mouse": (-0.18, 0.36, -0.12, -0.07),
    "adj_other": (0.37, -0.06, -0.06, -0.25),
    "adj_rat": (-0.00, -0.00, 0.00, -0.00),
    "doc_mouse_symbol": (-0.99, 0.17, 0.63, 0.20),
    "doc_upper": (0.63, -0.52, -0.10, -0.02),
    "model": (0.34, 0.51, -1.01, 0.16),
    "n_human": (1.87, -0.27, -1.30, -0.29),
    "n_human_line": (1.09, -0.44, -0.46, -0.19),
    "n_mouse": (-0.55, 1.68, -0.40, -0.73),
    "n_mouse_line": (-1.08, 1.75, -0.52, -0.15),
    "n_other": (-0.31, -1.02, -0.55, 1.88),
    "n_rat": (-0.45, -1.60, 2.86, -0.81),
    "n_rat_line": (-1.22, -1.22, 2.53, -0.09),
    "near_human": (1.10, -0.33, -0.37, -0.40),
    "near_mouse": (0.29, 0.65, -0.85, -0.08),
    "near_other": (0.13, -0.16, 0.44, -0.41),
    "near_rat": (0.46, -0.10, -0.30, -0.05),
    "none": (0.32, 0.09, -0.91, 0.50),
    "style_mouse_symbol": (-0.38, 0.27, 0.15, -0.04),
    "style_upper": (-0.10, -0.21, 0.26, 0.05),
    "title_human": (0.65, 0.00, -0.31, -0.35),
    "title_mouse": (0.05, 0.03, -0.32, 0.24),
    "title_other": (-0.14, -0.52, -0.39, 1.04),
    "title_rat": (-0.18, -0.18, 0.44, -0.07),
    "tumour": (0.76, 0.07, -0.21, -0.62),
}
