"""What each cue of a species weighs: log-odds towards human, mouse, rat and other, learned from training documents.

Rule: written by benchmarks/learn_species.py, never by hand; features are those of `kg.nlp.species_cues`.
"""

WEIGHTS: dict[str, tuple[float, float, float, float]] = {
    "bias": (0.40, 1.25, -0.59, -1.05),
    "adj_human": (0.24, 0.30, -0.22, -0.32),
    "adj_mouse": (-0.17, 0.36, -0.12, -0.07),
    "adj_other": (0.37, -0.06, -0.05, -0.26),
    "adj_rat": (-0.00, -0.00, 0.00, -0.00),
    "doc_mouse_symbol": (-1.17, 0.35, 0.64, 0.18),
    "doc_upper": (0.62, -0.48, -0.09, -0.05),
    "model": (0.36, 0.51, -1.00, 0.14),
    "n_human": (1.88, -0.27, -1.29, -0.31),
    "n_human_line": (1.09, -0.44, -0.46, -0.20),
    "n_mouse": (-0.55, 1.69, -0.40, -0.75),
    "n_mouse_line": (-1.08, 1.75, -0.52, -0.15),
    "n_other": (-0.32, -1.03, -0.56, 1.90),
    "n_rat": (-0.45, -1.60, 2.87, -0.82),
    "n_rat_line": (-1.21, -1.24, 2.53, -0.08),
    "near_human": (1.11, -0.33, -0.37, -0.41),
    "near_mouse": (0.28, 0.66, -0.85, -0.09),
    "near_other": (0.14, -0.15, 0.45, -0.44),
    "near_rat": (0.45, -0.10, -0.30, -0.05),
    "none": (0.34, 0.09, -0.92, 0.49),
    "style_mouse_symbol": (-0.33, 0.22, 0.16, -0.06),
    "style_upper": (-0.09, -0.20, 0.27, 0.02),
    "title_human": (0.65, -0.00, -0.31, -0.34),
    "title_mouse": (0.06, 0.02, -0.32, 0.24),
    "title_other": (-0.12, -0.51, -0.38, 1.02),
    "title_rat": (-0.18, -0.19, 0.44, -0.08),
    "tumour": (0.76, 0.07, -0.20, -0.63),
}
