"""Draw the schema: ``python docs/pictures/schema.py`` writes ``schema.svg`` beside itself.

Rule: every entity type and every predicate of `kg.vocab` is in the picture, at ends that it may have; one that is not stops the drawing.
"""

from __future__ import annotations

from pathlib import Path

from kg.serve.markup import Html, el
from kg.vocab import PREDICATES, EntityType

INK, QUIET = "#1d2429", "#55616a"
#: box -> x, y, width, height, colour, types, examples
BOXES: dict[str, tuple[int, int, int, int, str, tuple[str, ...], str]] = {
    "lesion": (30, 150, 230, 92, "#c2571a", ("Variant", "Gene", "GeneFamily", "Process"), "ALK G1202R, MET, MAPK signalling"),
    "therapy": (690, 150, 230, 92, "#0b8069", ("Drug", "DrugClass"), "lorlatinib, ALK inhibitor"),
    "disease": (360, 400, 230, 78, "#94499a", ("Disease", "Phenotype"), "NSCLC, diarrhea"),
    "concept": (690, 400, 230, 78, "#74818a", ("Concept",), "acquired resistance"),
    "model": (30, 400, 230, 78, "#74818a", ("CellLine", "Organism"), "Ba/F3, mouse: named only"),
}
#: from, to, line, where its words stand, predicates
LINES: tuple[tuple[str, str, str, tuple[int, int], tuple[str, ...]], ...] = (
    ("lesion", "therapy", "M262 178L686 178", (475, 142), ("confers_resistance_to", "confers_sensitivity_to")),
    ("therapy", "lesion", "M688 216L264 216", (475, 236), ("targets", "inhibits", "activates")),
    (
        "lesion",
        "disease",
        "M200 244L390 396",
        (128, 284),
        ("drives", "associated_with", "diagnostic_of", "predisposes_to", "predicts_poor_outcome_in", "predicts_better_outcome_in"),
    ),
    ("therapy", "disease", "M740 244L560 396", (528, 306), ("treats", "studied_for", "causes_adverse_event")),
    ("therapy", "concept", "M860 244L860 396", (812, 325), ("limited_by",)),
    ("therapy", "therapy", "M740 148C740 60 870 60 870 144", (805, 24), ("followed_by", "superior_to", "combined_with", "sensitizes_to")),
    (
        "lesion",
        "lesion",
        "M80 148C80 60 210 60 210 144",
        (145, 24),
        ("variant_of", "has_partner", "inhibits", "activates", "binds", "phosphorylates", "interacts_with"),
    ),
)
#: the record behind every line above, from left to right
RECORD = (
    ("Statement", "belief, for, against", "disease, biomarker, therapy,", "line, model system, outcome"),
    ("Evidence", "the sentence and its spans", "for or against, asserted or", "speculated, confidence"),
    ("Document", "PMID or DOI, title, year", "journal, retracted", ""),
)
ANY = ("member_of", "subclass_of")


def picture() -> str:
    """Return the picture; `ValueError` names what it lacks or shows wrongly."""
    check()
    marker = el("marker", el("path", d="M0 0L9 4L0 8Z", fill=QUIET), id="tip", markerWidth=9, markerHeight=8, refX=8, refY=4, orient="auto")
    lines = (el("path", d=d, fill="none", stroke=QUIET, stroke_width=1.4, marker_end="url(#tip)") for _, _, d, _, _ in LINES)
    words = (_words(x, y, names) for _, _, _, (x, y), names in LINES)
    return el(
        "svg",
        el("title", "Entities and statements of the graph"),
        el("rect", width=950, height=690, fill="#ffffff"),
        el("defs", marker),
        *lines,
        *words,
        *map(_box, BOXES.values()),
        el(
            "text",
            "any of these: ",
            el("tspan", ", ".join(ANY), fill=INK, font_weight="600"),
            " one of its kind",
            x=475,
            y=516,
            fill=QUIET,
            text_anchor="middle",
        ),
        *_record(),
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 950 690",
        width=950,
        height=690,
        font_family="system-ui, Helvetica, Arial, sans-serif",
        font_size=13,
        role="img",
    )


def check() -> None:
    """Raise `ValueError` if the picture lacks a type or a predicate, or shows one at ends that it cannot have."""
    drawn = {name for *_, names in LINES for name in names} | set(ANY)
    types = {kind for *_, kinds, _ in BOXES.values() for kind in kinds}
    if drawn != set(PREDICATES) or types != set(EntityType):
        raise ValueError(f"not as in kg.vocab: {sorted(drawn ^ set(PREDICATES))} {sorted(types ^ set(EntityType))}")
    for start, end, _, _, names in LINES:
        for name in names:
            if not set(BOXES[start][5]) & PREDICATES[name].subjects or not set(BOXES[end][5]) & PREDICATES[name].objects:
                raise ValueError(f"{name} does not go from {start} to {end}")


def _words(x: int, y: int, names: tuple[str, ...]) -> Html:
    step = 16
    rows: list[str] = []
    for name in names:  # many words stand two in a row, where there is room
        fits = len(names) > 4 and rows and "," not in rows[-1] and len(rows[-1]) + len(name) < 32
        rows = [*rows[:-1], f"{rows[-1]}, {name}"] if fits else [*rows, name]
    spans = (el("tspan", row, x=x, dy=step if n else 0) for n, row in enumerate(rows))
    return el(
        "text", *spans, y=y, text_anchor="middle", fill=INK, font_weight="600", stroke="#ffffff", stroke_width=5, paint_order="stroke", font_size=12
    )


def _box(box: tuple[int, int, int, int, str, tuple[str, ...], str]) -> Html:
    x, y, width, height, colour, types, example = box
    half = (len(types) + 1) // 2
    rows = [" · ".join(types)] if len(types) < 4 else [" · ".join(types[:half]), " · ".join(types[half:])]
    texts = [
        el("text", row, x=x + width / 2, y=y + 30 + 20 * n, text_anchor="middle", fill="#ffffff", font_weight="700", font_size=15)
        for n, row in enumerate(rows)
    ]
    note = el("text", example, x=x + width / 2, y=y + height - 14, text_anchor="middle", fill="#ffffff", font_size=12)
    return el("g", el("rect", x=x, y=y, width=width, height=height, rx=10, fill=colour), *texts, note)


def _record() -> list[Html]:
    drawn = [el("text", "Every line is a statement, and leads back to its sentences:", x=475, y=560, text_anchor="middle", fill=QUIET)]
    for number, (head, *rows) in enumerate(RECORD):
        x = 95 + 280 * number
        drawn.append(el("rect", x=x, y=576, width=220, height=96, rx=8, fill="#f3f5f6", stroke="#aab4bb"))
        drawn.append(el("text", head, x=x + 110, y=600, text_anchor="middle", fill=INK, font_weight="700"))
        drawn += [el("text", row, x=x + 110, y=620 + 18 * n, text_anchor="middle", fill=INK, font_size=12) for n, row in enumerate(rows)]
        if number:
            drawn.append(el("path", d=f"M{x - 58} 624L{x - 4} 624", stroke=QUIET, stroke_width=1.4, marker_end="url(#tip)"))
    return drawn


if __name__ == "__main__":
    Path(__file__).with_suffix(".svg").write_text(picture() + "\n", encoding="utf-8", newline="\n")
