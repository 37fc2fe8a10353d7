"""HTML made of elements.

Rule: text becomes HTML only here, and is escaped here; what is `Html` was made here. No page pastes strings together.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

_VOID = {"br", "hr", "img", "input", "link", "meta"}
_NO_HTML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(55296, 57344)), "�")


class Html(str):
    """Markup that is safe to be sent."""

    __slots__ = ()


#: what an element may hold: None is nothing, text is escaped.
Child: TypeAlias = "Html | str | int | float | Iterable[Child] | None"


def text(value: object) -> Html:
    """Return text as markup; control characters, which HTML has no way to write, become U+FFFD."""
    return Html(escape(str(value).translate(_NO_HTML), quote=True))


def join(*children: Child) -> Html:
    """Return children one after the other."""
    return Html("".join(_flat(children)))


def _flat(children: Iterable[Child]) -> Iterable[str]:
    for child in children:
        if isinstance(child, Html):
            yield child
        elif isinstance(child, str | int | float):
            yield text(child)
        elif child is not None:
            yield from _flat(child)


def el(tag: str, *children: Child, **attributes: str | int | float | bool | None) -> Html:
    """Return an element. ``class_`` is class, ``data_label`` is data-label; None and False leave an attribute out, True has no value."""
    parts = [tag]
    for name, value in attributes.items():
        key = name.rstrip("_").replace("_", "-")
        if value is True:
            parts.append(key)
        elif value is not None and value is not False:
            parts.append(f'{key}="{text(value)}"')
    opened = f"<{' '.join(parts)}>"
    return Html(opened) if tag in _VOID else Html(opened + join(*children) + f"</{tag}>")
