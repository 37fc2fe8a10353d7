"""A picture of a part of a graph as SVG.

Rule: whatever a name holds, the answer is one well-formed SVG image without script, address or style sheet; it stands alone, in a
notebook, in a file, in a page. Colours of edges are kinds of statements, line ends and dashes say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot, log2
from typing import Any

from kg.serve.edges import KINDS
from kg.serve.markup import Html, el, join
from kg.show.places import Box, arrange

#: kind of statement -> colour, dashes, head of the line: as in the explorer, on white.
LINES: dict[str, tuple[str, str, str]] = {
    "resistance": ("#b3400f", "", "bar"),
    "sensitivity": ("#14599e", "", "triangle"),
    "therapy": ("#0b6e74", "7 5", "arrow"),
    "disease": ("#8a3b86", "7 5", "arrow"),
    "mechanism": ("#6b5b1e", "", "arrow"),
    "kinship": ("#74818a", "2 4", ""),
}
#: entity type -> colour and corners of its shape (0 is a disc), "" for all others.
SHAPES: dict[str, tuple[str, int]] = {
    "Gene": ("#3d6fb4", 0),
    "Variant": ("#c2571a", 4),
    "Drug": ("#0b8069", -1),
    "DrugClass": ("#5f9c8c", -1),
    "Disease": ("#94499a", 6),
    "Process": ("#8a7420", 3),
    "": ("#74818a", 0),
}
_FONT, _INK, _LETTER, _LONGEST, _MARGIN, _LEGEND = 12, "#1d2429", 7.1, 30, 24, 22
_NOT_XML = {0xFFFE: "�", 0xFFFF: "�"}


def short(name: str) -> str:
    """Return a name as it stands in a picture."""
    plain = name.translate(_NOT_XML)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def place_nodes(nodes: Sequence[dict[str, Any]], links: Sequence[dict[str, Any]]) -> None:
    """Give every node its radius ``r`` and place ``x``, ``y``, and every link its ``bend``; both are changed in place."""
    number = {node["id"]: n for n, node in enumerate(nodes)}
    boxes = []
    for node in nodes:
        node["r"] = round(min(17.0, 5 + 1.7 * log2(1 + node["count"])), 1)
        boxes.append(Box(max(2 * node["r"], len(short(node["name"])) * _LETTER) + 10, 2 * node["r"] + _FONT + 16))
    for node, (x, y) in zip(nodes, arrange(boxes, [(number[one["subject"]], number[one["object"]]) for one in links]), strict=True):
        node["x"], node["y"] = x, y
    together: dict[frozenset[str], list[dict[str, Any]]] = {}
    for one in links:
        together.setdefault(frozenset((one["subject"], one["object"])), []).append(one)
    for pair in together.values():
        for n, one in enumerate(pair):
            turned = 1 if one["subject"] <= one["object"] else -1  # both directions bend from one side
            one["bend"] = round((n - (len(pair) - 1) / 2) * 22 * turned, 1)


def draw(title: str, nodes: Sequence[dict[str, Any]], links: Sequence[dict[str, Any]]) -> str:
    """Return nodes and links, once they have places, as an SVG image."""
    left, top, width, height = _frame(nodes)
    place = {node["id"]: node for node in nodes}
    legend, below = _legend(nodes, links, left, top + height, width)
    return el(
        "svg",
        el("title", title.translate(_NOT_XML)),
        el("rect", x=left, y=top, width=width, height=height + below, fill="#ffffff"),
        el("g", (_line(n, one, place[one["subject"]], place[one["object"]]) for n, one in enumerate(links)), class_="links", fill="none"),
        el("g", (_node(n, node) for n, node in enumerate(nodes)), class_="nodes"),
        legend,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{left:g} {top:g} {width:g} {height + below:g}",
        width=round(width),
        height=round(height + below),
        font_family="system-ui, Helvetica, Arial, sans-serif",
        font_size=_FONT,
        role="img",
    )


def _frame(nodes: Sequence[dict[str, Any]]) -> tuple[float, float, float, float]:
    sides = [(node["x"], max(node["r"], len(short(node["name"])) * _LETTER / 2)) for node in nodes] or [(0.0, 100.0)]
    left = min(x - half for x, half in sides) - _MARGIN
    right = max(x + half for x, half in sides) + _MARGIN
    top = min((node["y"] - node["r"] for node in nodes), default=0.0) - _MARGIN
    bottom = max((node["y"] + node["r"] + _FONT + 4 for node in nodes), default=0.0) + _MARGIN / 2
    middle, wide = (left + right) / 2, max(right - left, 420.0)
    return round(middle - wide / 2, 1), round(top, 1), round(wide, 1), round(bottom - top, 1)


def _node(number: int, node: dict[str, Any]) -> Html:
    colour, corners = SHAPES.get(node["type"], SHAPES[""])
    edge = {"stroke": _INK if node["centre"] else "#ffffff", "stroke_width": 2.5 if node["centre"] else 1.5}
    name = el(
        "text",
        short(node["name"]),
        y=node["r"] + _FONT + 1,
        text_anchor="middle",
        fill=_INK,
        stroke="#ffffff",
        stroke_width=3,
        paint_order="stroke",
        font_weight="700" if node["centre"] else None,
    )
    about = f"{node['name']} ({node['type'] or 'name of text'}, {node['id']}): {node['count']:,} statements".translate(_NOT_XML)
    return el(
        "g",
        el("title", about),
        _shape(corners, node["r"], fill=colour, **edge),
        name,
        data_node=number,
        transform=f"translate({node['x']:g} {node['y']:g})",
    )


def _shape(corners: int, radius: float, **attributes: Any) -> Html:
    if not corners:
        return el("circle", r=radius, **attributes)
    if corners < 0:
        return el("rect", x=-radius, y=-0.75 * radius, width=2 * radius, height=1.5 * radius, rx=0.35 * radius, **attributes)
    points = {
        3: ((0, -1), (0.95, 0.7), (-0.95, 0.7)),
        4: ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
        6: ((-0.55, -0.9), (0.55, -0.9), (1.1, 0), (0.55, 0.9), (-0.55, 0.9), (-1.1, 0)),
    }[corners]
    return el("polygon", points=" ".join(f"{x * radius:.1f},{y * radius:.1f}" for x, y in points), **attributes)


def _line(number: int, one: dict[str, Any], start: dict[str, Any], end: dict[str, Any]) -> Html:
    colour, dashes, head = LINES[one["kind"]]
    said = f"{one['for']} for, {one['against']} against, belief {one['belief']:.2f}" if one["read"] else "known beforehand"
    line, tip = path(start, end, one["bend"], head)
    about = f"{start['name']} {one['says']} {end['name']}: {said}".translate(_NOT_XML)
    width = round(min(5.0, 1.1 + 0.8 * log2(1 + one["for"] + one["against"])), 1)
    strokes = (el("path", d=line, stroke_dasharray=dashes or None, class_="line"), el("path", d=tip, class_="head") if tip else None)
    return el("g", el("title", about), *strokes, data_link=number, stroke=colour, stroke_width=width, stroke_opacity=0.8)


def path(start: dict[str, Any], end: dict[str, Any], bend: float, head: str) -> tuple[str, str]:
    """Return the line from one node's rim to the other's and its head as SVG paths; ``widget.js`` has the same for dragging."""
    dx, dy = end["x"] - start["x"], end["y"] - start["y"]
    length = hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    x1, y1 = start["x"] + ux * (start["r"] + 2), start["y"] + uy * (start["r"] + 2)
    x2, y2 = end["x"] - ux * (end["r"] + 4), end["y"] - uy * (end["r"] + 4)
    cx, cy = (x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend
    tx, ty = x2 - cx, y2 - cy
    reach = hypot(tx, ty) or 1.0
    tx, ty = tx / reach, ty / reach
    line = f"M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}"
    if head == "bar":
        return line, f"M{x2 - ty * 6:.1f} {y2 + tx * 6:.1f}L{x2 + ty * 6:.1f} {y2 - tx * 6:.1f}"
    if not head:
        return line, ""
    bx, by = x2 - tx * 8, y2 - ty * 8
    wings = f"M{bx - ty * 4.5:.1f} {by + tx * 4.5:.1f}L{x2:.1f} {y2:.1f}L{bx + ty * 4.5:.1f} {by - tx * 4.5:.1f}"
    return line, wings + ("Z" if head == "triangle" else "")


def _legend(nodes: Sequence[dict[str, Any]], links: Sequence[dict[str, Any]], left: float, top: float, width: float) -> tuple[Html, float]:
    """What colours and shapes mean, of those that are there; and the room that it takes."""
    kinds, types = {one["kind"] for one in links}, {node["type"] if node["type"] in SHAPES else "" for node in nodes}
    items = [(kind, _sample(kind)) for kind in KINDS if kind in kinds]
    items += [(kind or "other", _shape(SHAPES[kind][1], 6, fill=SHAPES[kind][0], transform="translate(14 0)")) for kind in SHAPES if kind in types]
    drawn: list[Html] = []
    x, y = left + _MARGIN, top + _LEGEND / 2
    for name, sample in items:
        room = 40 + len(name) * _LETTER
        if x + room > left + width and x > left + _MARGIN:
            x, y = left + _MARGIN, y + _LEGEND
        drawn.append(el("g", sample, el("text", name, x=30, y=4, fill="#4a5560"), transform=f"translate({x:g} {y:g})"))
        x += room
    return el("g", *drawn, class_="legend", font_size=11), y + _LEGEND - top


def _sample(kind: str) -> Html:
    colour, dashes, head = LINES[kind]
    line, tip = path({"x": 0, "y": 0, "r": 0}, {"x": 28, "y": 0, "r": 0}, 0, head)
    strokes: Iterator[Html] = (el("path", d=d, stroke_dasharray=more) for d, more in ((line, dashes or None), (tip, None)) if d)
    return el("g", join(*strokes), fill="none", stroke=colour, stroke_width=2)
