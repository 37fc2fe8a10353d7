"""KGX and SSSOM by the validators of their makers, which need an environment of their own: their requirements would replace ours.

Make it with ``python -m venv X; X/bin/pip install kgx sssom; X/bin/pip install --no-deps biolink-model==4.4.6`` and set
``OUTSIDE_PYTHON=X/bin/python``; `.ci/run` does so.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from kg.exports import export_graph
from kg.graph import Graph

PYTHON = os.environ.get("OUTSIDE_PYTHON", "")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not PYTHON, reason="needs an environment with kgx and sssom: OUTSIDE_PYTHON")]
#: our own prefixes, and the one of FamPlex, which Biolink 4.4.6 lacks
OURS = {"KGC", "KGD", "KGV", "KGT", "FPLX"}
#: more than one colon, or a slash, is no CURIE to KGX: fusions, and names without identifier
ODD = re.compile(r"^(KGV:.*::.*|KGT:.*/.*)$")


@pytest.mark.parametrize("format", ["kgx-jsonl", "kgx-tsv"])
def test_kgx_validates_against_biolink(graph: Graph, tmp_path: Path, format: str) -> None:
    files = export_graph(graph, format, tmp_path / "kgx")
    script = Path(__file__).with_name("validate_kgx.py")
    done = subprocess.run([PYTHON, str(script), str(tmp_path / "report.json"), *map(str, files)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1])["biolink"] == "4.4.6"
    report = json.loads((tmp_path / "report.json").read_text())
    left = [message for kinds in report.values() for messages in kinds.values() for message in messages.items() if not known(*message)]
    assert left == []


def known(message: str, about: list[str]) -> bool:
    """Whether a message is on one of our own prefixes, or on an identifier that holds a colon or a slash."""
    prefix = re.search(r"CURIE prefix '(\w+)'", message)
    if prefix:
        return prefix[1] in OURS
    value = re.search(r"has a value '([^']+)' which is not a proper CURIE", message)
    if value:
        return bool(ODD.match(value[1]))
    return "expected to be of type 'CURIE'" in message and all(ODD.match(one) for one in about)


def test_sssom_validates(graph: Graph, tmp_path: Path) -> None:
    (path,) = export_graph(graph, "sssom", tmp_path / "matches.sssom.tsv")
    done = subprocess.run([str(Path(PYTHON).with_name("sssom")), "validate", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "error" not in (done.stdout + done.stderr).lower(), done.stdout + done.stderr
