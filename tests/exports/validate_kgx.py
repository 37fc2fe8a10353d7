"""``kgx validate`` without a network, for a Python that has ``kgx`` and ``biolink-model``: ``python validate_kgx.py REPORT NODES EDGES``.

KGX loads the Biolink model from the web when it is imported; here it gets that of the installed package ``biolink-model`` instead, whose
version is printed. Nothing else of it is changed. It is run by `test_outside`, in an environment of its own, because its requirements
would replace ours.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any


def offline(address: str, *_: Any, **__: Any) -> Any:
    """Answer what KGX would fetch: no predicate map, and the model's prefixes as JSON-LD context."""
    prefixes = json.loads(files("biolink_model").joinpath("prefixmaps/biolink_model_prefix_map.json").read_text())
    return SimpleNamespace(text="{}", json=lambda: {"@context": prefixes}, status_code=200)


def main(report: str, inputs: list[str]) -> None:
    import bmt.toolkit
    import requests

    model = str(files("biolink_model").joinpath("schema/biolink_model.yaml"))
    requests.get = offline
    bmt.toolkit.Toolkit.__init__.__defaults__ = (model, "")
    from kgx.transformer import Transformer
    from kgx.validator import Validator

    validator = Validator()
    kind = "jsonl" if inputs[0].endswith("jsonl") else "tsv"
    Transformer(stream=True).transform(input_args={"filename": inputs, "format": kind}, output_args={"format": "null"}, inspector=validator)
    Path(report).write_text(json.dumps(validator.get_errors(), indent=1))
    print(json.dumps({"biolink": version("biolink-model"), "kgx": version("kgx")}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
