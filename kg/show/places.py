"""Where the entities of a picture stand.

Rule: the same picture gives the same places, and no name lies on another. Unit: pixels; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_TICKS, _ROOMY = 400, 0.6
_DISTANCE, _CHARGE, _PULL, _TIE = 150.0, 420.0, 0.022, 0.05
_ASPECT = 1.7


@dataclass(frozen=True, slots=True)
class Box:
    """The room that an entity and its name take around its place."""

    width: float
    height: float


def arrange(boxes: Sequence[Box], ties: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """Return a place for each box: those tied to each other near, all of them apart, the first in the middle."""
    count = len(boxes)
    if not count:
        return []
    turns = np.arange(count) * 2.399963  # the golden angle: a spiral without chance
    place = np.stack((np.cos(turns), np.sin(turns)), axis=1) * 60 * np.sqrt(np.arange(count))[:, None]
    size = np.array([(box.width, box.height) for box in boxes])
    ends = np.array(sorted({(min(a, b), max(a, b)) for a, b in ties if a != b}), dtype=int).reshape(-1, 2)
    degree = np.bincount(ends.ravel(), minlength=count)
    for tick in range(_TICKS):
        heat = 1 - tick / _TICKS
        place += np.clip(_push(place) + _draw(place, ends, degree), -40, 40) * heat
        if tick > _TICKS * _ROOMY:
            place += _part(place, size) * 0.5
    for _ in range(200):
        place += (moved := _part(place, size) * 0.5)
        if not np.abs(moved).max() > 0.01:
            break
    return [(round(float(x), 1), round(float(y), 1)) for x, y in place]


def _push(place: Any) -> Any:
    """Every entity from every other, and all towards the middle, so that the picture is wider than high."""
    apart = place[:, None] - place[None]
    square = (apart**2).sum(axis=2) + 25
    return (apart / square[..., None]).sum(axis=1) * _CHARGE - place * (_PULL / _ASPECT, _PULL * _ASPECT)


def _draw(place: Any, ends: Any, degree: Any) -> Any:
    """Those that are tied towards each other; one with many ties moves less."""
    move = np.zeros_like(place)
    if not len(ends):
        return move
    way = place[ends[:, 1]] - place[ends[:, 0]]
    length = np.sqrt((way**2).sum(axis=1)) + 1e-6
    force = way * ((length - _DISTANCE) / length * _TIE)[:, None]
    np.add.at(move, ends[:, 0], force / np.maximum(1, degree[ends[:, 0]] / 4)[:, None])
    np.add.at(move, ends[:, 1], -force / np.maximum(1, degree[ends[:, 1]] / 4)[:, None])
    return move


def _part(place: Any, size: Any) -> Any:
    """Boxes that lie on each other apart, along the shorter way."""
    apart = place[:, None] - place[None]
    over = (size[:, None] + size[None]) / 2 - np.abs(apart)
    touch = (over > 0).all(axis=2)
    np.fill_diagonal(touch, False)
    order = np.sign(np.arange(len(place))[:, None] - np.arange(len(place))[None])[..., None]
    side = np.where(apart == 0, order, np.sign(apart))
    sideways = over[..., 0] < over[..., 1]
    move = np.stack((np.where(touch & sideways, over[..., 0], 0), np.where(touch & ~sideways, over[..., 1], 0)), axis=2)
    return (move * side).sum(axis=1) / 2
