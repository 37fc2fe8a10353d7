"""Where the files that travel with the package lie: in the wheel beside the code, in a checkout at the top level; and that they are unharmed.

Rule: the one place that knows both layouts; everything else asks `resource`. What was installed from a wheel is compared with the checksums
that the installer kept (``RECORD``) when it is used; vocabulary and models have manifests of their own, in a checkout too.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from kg.errors import LexiconError

DISTRIBUTION = "pubmed-kg"
REMEDY = f"install the package again (pip install --force-reinstall {DISTRIBUTION})"
_HERE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of a shipped file such as ``ontologies/schema.ttl``; `LexiconError` if it is not there or not as it was shipped."""
    for root in (_HERE / "_resources", _HERE.parent):
        path = root / name
        if path.exists():
            return checked(path) if path.is_file() else path
    raise LexiconError(f"the shipped file '{name}' is missing; {REMEDY}")


def checked(path: Path) -> Path:
    """Return the path of a shipped file whose content is that which was installed; `LexiconError` otherwise."""
    wanted = recorded().get(path)
    if wanted is not None and _digest(path) != wanted:
        raise LexiconError(f"{path}: content differs from what was installed; {REMEDY}")
    return path


def damaged() -> Iterator[Path]:
    """Yield each installed file of the package that is missing or not as it was installed; nothing in a checkout."""
    for path, wanted in recorded().items():
        if not path.is_file() or _digest(path) != wanted:
            yield path


@cache
def recorded() -> dict[Path, str]:
    """The installed files of this very package with their SHA-256, as the installer kept them; empty in a checkout."""
    try:
        files = metadata.distribution(DISTRIBUTION).files or []
    except metadata.PackageNotFoundError:
        return {}
    found = {Path(str(f.locate())).resolve(): f.hash.value for f in files if f.hash is not None and f.hash.mode == "sha256" and f.parts[0] == "kg"}
    return found if _HERE / "__init__.py" in found else {}


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return base64.urlsafe_b64encode(hashlib.file_digest(handle, "sha256").digest()).rstrip(b"=").decode()
