"""Run the notebooks and keep what they show: ``python notebooks/refresh.py [NOTEBOOK...]``.

Rule: what is committed is what a run gave. Widgets are left out, so that every viewer shows their picture; so are times and machine
paths, so that a run that changes nothing changes no file.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
WIDGET = "application/vnd.jupyter.widget-view+json"
#: a notebook is read in a browser and lies in every clone.
MOST_BYTES = 600_000


def refresh(path: Path) -> int:
    """Run a notebook where it lies, write it back with its outputs, and return its size in bytes."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(HERE)}}, store_widget_state=False).execute()
    clean(notebook)
    nbformat.write(notebook, path)
    return path.stat().st_size


def clean(notebook: Any) -> None:
    """Leave out what belongs to one run or one machine."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [one for one in cell.outputs if one.output_type != "stream" or one.name != "stderr"]
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            data.pop(WIDGET, None)
            if "text/html" in data:  # pandas' style sheet is the same everywhere and five lines long
                data["text/html"] = re.sub(r"<style scoped>.*?</style>\n?", "", data["text/html"], flags=re.DOTALL)


def main() -> None:
    """Run the notebooks named on the command line, or all."""
    for path in [Path(name) for name in sys.argv[1:]] or sorted(HERE.glob("*.ipynb")):
        size = refresh(path)
        print(f"{path.name}: {size:,} bytes")
        if size > MOST_BYTES:
            sys.exit(f"{path.name} is larger than {MOST_BYTES:,} bytes; make its pictures smaller")


if __name__ == "__main__":
    main()
