"""What each cue of a species weighs: log-odds towards human, mouse, rat and other, learned from training documents.

Rule: written by benchmarks/learn_species.py, never by hand; features are those of `kg.nlp.species_cues`.
"""

WEIGHTS: dict[str, tuple[float, float, float, float]] = {
    "bias": (0.31, 1.38, -0.57, -1.12),
    "adj_human": (0.23, 0.32, -0.22, -0.33),
    "adj_mouse": (-0.18, 0.37, -0.12, -0.07),
    "adj_other": (0.36, -0.06, -0.05, -0.25),
    "adj_rat": (-0.00, -0.00, 0.00, -0.00),
    "doc_mouse_symbol": (-0.95, 0.13, 0.63, 0.19),
    "doc_upper": (0.65, -0.54, -0.10, -0.01),
    "model": (0.22, 0.68, -1.04, 0.14),
    "n_human": (1.88, -0.27, -1.31, -0.30),
    "n_human_line": (1.10, -0.46, -0.46, -0.19),
    "n_mouse": (-0.44, 1.58, -0.41, -0.73),
    "n_mouse_line": (-0.86, 1.55, -0.56, -0.12),
    "n_other": (-0.27, -1.07, -0.54, 1.88),
    "n_rat": (-0.43, -1.59, 2.84, -0.82),
    "n_rat_line": (-1.23, -1.21, 2.53, -0.08),
    "near_human": (1.09, -0.31, -0.37, -0.41),
    "near_mouse": (0.23, 0.69, -0.84, -0.08),
    "near_other": (0.10, -0.14, 0.45, -0.41),
    "near_rat": (0.45, -0.11, -0.29, -0.05),
    "none": (0.43, -0.04, -0.91, 0.52),
    "style_mouse_symbol": (-0.38, 0.25, 0.16, -0.03),
    "style_upper": (-0.10, -0.20, 0.26, 0.05),
    "title_human": (0.70, -0.08, -0.30, -0.32),
    "title_mouse": (0.13, -0.03, -0.33, 0.23),
    "title_other": (-0.11, -0.54, -0.39, 1.04),
    "title_rat": (-0.16, -0.22, 0.46, -0.08),
    "tumour": (0.77, 0.07, -0.22, -0.62),
}
