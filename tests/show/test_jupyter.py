"""The widget in a real JupyterLab, in a real browser, and what is left of it where nothing runs.

Needs Chromium and the extras ``notebook`` and ``test-browser``.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from kg.graph import Graph

pytestmark = pytest.mark.slow
nbformat = pytest.importorskip("nbformat", reason="needs Jupyter (pip install 'pubmed-kg[notebook]')")
pytest.importorskip("anywidget", reason="needs anywidget (pip install 'pubmed-kg[notebook]')")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update")
EDGE = "ALK G1202R confers resistance to crizotinib"


def notebook(graph: Graph) -> Any:
    source = f"import kg\nkg.open({str(graph.folder)!r}).show('ALK G1202R')"
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)], metadata=kernel)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


@pytest.fixture
def lab(graph: Graph, tmp_path: Path) -> Iterator[str]:
    """A JupyterLab with one notebook, which shows the graph of hostile names."""
    nbformat.write(notebook(graph), tmp_path / "shown.ipynb")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = (f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={tmp_path}", "--IdentityProvider.token=")
    command = (sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", *options)
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log, env=environment(), cwd=tmp_path) as process:
        try:
            deadline = time.monotonic() + 120
            while time.monotonic() < deadline and process.poll() is None:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.3)
            else:
                raise RuntimeError((tmp_path / "log").read_text()[-2000:])
            yield f"http://127.0.0.1:{port}/doc/tree/shown.ipynb"
        finally:
            process.terminate()


def open_and_run(page: Any, lab: str, late: type[Exception]) -> None:
    """Open the notebook and run its cell; once more from the start if a key was lost on a page that was not ready."""
    for _ in range(3):
        page.goto(lab)
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        try:
            page.locator(".kg-show svg").wait_for()
            return
        except late:
            continue
    raise AssertionError("the widget does not appear")


def test_the_widget_leads_from_an_edge_to_its_sentences(lab: str) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright (pip install 'pubmed-kg[test-browser]')")
    program = next(filter(None, (os.environ.get("CHROMIUM"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))), None)
    if program is None:
        pytest.skip("needs Chromium (apt-get install chromium, or CHROMIUM=program)")
    asked, dialogs = set(), []
    with playwright.sync_playwright() as tool, tool.chromium.launch(executable_path=program, args=list(FLAGS)) as browser:
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.set_default_timeout(120_000)
        page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        open_and_run(page, lab, playwright.TimeoutError)
        asked.clear()
        panel = page.locator(".kg-panel")
        link = page.locator(".kg-show [data-link]", has_text=EDGE).first
        link.focus()
        link.press("Enter")
        page.locator(".kg-panel article").first.wait_for()
        assert EDGE in panel.inner_text() and "PMID:101" in panel.inner_text()
        assert page.locator(".kg-panel mark.subject").first.inner_text() == "ALK G1202R"
        node = page.locator(".kg-show [data-node]", has_text="crizotinib").first
        before = page.locator(".kg-show [data-node]").count()
        node.locator("rect, circle, polygon").first.click()
        page.get_by_role("button", name="Add its neighbours").click()
        page.wait_for_function(f"document.querySelectorAll('.kg-show [data-node]').length > {before}")
        assert "<script>" in panel.inner_text() or "<script>" in page.locator(".kg-show svg").text_content()
    assert dialogs == [] and asked <= {"127.0.0.1", None}  # after the widget was drawn; JupyterLab itself asks for its news before


def test_a_page_without_script_shows_the_picture(graph: Graph, tmp_path: Path) -> None:
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter

    ran = notebook(graph)
    old = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = environment()["PYTHONPATH"]
    try:
        NotebookClient(ran, resources={"metadata": {"path": str(tmp_path)}}, store_widget_state=False).execute()
    finally:
        os.environ.update({"PYTHONPATH": old} if old is not None else {})
    [output] = ran.cells[0].outputs
    assert set(output.data) == {"application/vnd.jupyter.widget-view+json", "image/svg+xml", "text/plain"}
    assert EDGE.replace("crizotinib", "") in " ".join(output.data["text/plain"].split())
    page, _ = HTMLExporter().from_notebook_node(ran)
    assert "data-node" in page or "image/svg+xml" in page
    assert "<script>alert" not in page
