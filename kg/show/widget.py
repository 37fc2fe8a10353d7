"""The picture of a graph as a widget of Jupyter (extra ``notebook``): it can be moved, widened and read down to the sentences.

Rule: the front end gets the picture as SVG that `kg.show.drawing` made and everything else as plain values, which it sets as
text; from it come only the places in the picture of what was clicked.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.show.network import Network

_HERE = Path(__file__).parent


def widget_bundle(network: Network) -> dict[str, Any]:
    """Return what makes Jupyter show a widget; nothing where no kernel runs or anywidget is not installed."""
    if not _in_kernel():
        return {}
    try:
        made = widget_class()(network)
    except ImportError:
        return {}
    bundle = made._repr_mimebundle_()
    data: dict[str, Any] = bundle[0] if isinstance(bundle, tuple) else bundle
    return {kind: value for kind, value in (data or {}).items() if kind != "text/plain"}


def _in_kernel() -> bool:
    """Whether this is the process behind a notebook."""
    shell = sys.modules.get("IPython")
    here = shell.get_ipython() if shell else None
    return here is not None and hasattr(here, "kernel")


@cache
def widget_class() -> Any:
    """Return the widget's class; `ImportError` without anywidget."""
    import anywidget
    import traitlets

    class NetworkWidget(anywidget.AnyWidget):
        """One picture in one cell."""

        _esm = _HERE / "widget.js"
        _css = _HERE / "widget.css"
        svg = traitlets.Unicode().tag(sync=True)
        title = traitlets.Unicode().tag(sync=True)
        nodes: Any = traitlets.List().tag(sync=True)
        links: Any = traitlets.List().tag(sync=True)

        def __init__(self, network: Network) -> None:
            self._network = network
            super().__init__(**_state(network))
            self.on_msg(self._answer)

        def _answer(self, _: Any, asked: Any, __: Any) -> None:
            """Answer a click: on a line with the sentences between its ends, on "add its neighbours" with a wider picture."""
            match asked:
                case {"ask": "sentences", "link": int(number)} if 0 <= number < len(self._network.links):
                    one = self._network.links[number]
                    self.send({"sentences": self._network.sentences(one["subject"], one["object"])})
                case {"ask": "widen", "node": int(number)} if 0 <= number < len(self._network.nodes):
                    self._network.widen(self._network.nodes[number]["id"])
                    with self.hold_sync():
                        for name, value in _state(self._network).items():
                            self.set_trait(name, value)

    return NetworkWidget


def _state(network: Network) -> dict[str, Any]:
    return {"title": network.title, "nodes": network.nodes, "links": network.links, "svg": network.svg()}
