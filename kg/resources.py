"""Where the files that travel with the package lie: in the wheel beside the code, in a checkout at the top level.

Rule: the one place that knows both layouts; everything else asks `resource`.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import LexiconError

_HERE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of a shipped file such as ``ontologies/schema.ttl``; `LexiconError` if it is not there."""
    for root in (_HERE / "_resources", _HERE.parent):
        path = root / name
        if path.exists():
            return path
    raise LexiconError(f"the shipped file '{name}' is missing; install the package again (pip install --force-reinstall)")
