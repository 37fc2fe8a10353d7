"""The explorer in a real browser: pictures, keys, completion, a phone, the dark, and the rules of accessibility.

Needs Chromium (`chromium`, `google-chrome` or the program named by CHROMIUM) and the extra ``test-browser``.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hostile_world import HOSTILE, SCRIPT
from test_serve_command import served

from kg.serve.edges import KINDS
from kg.vocab import drug_class_id

pytestmark = pytest.mark.slow
playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright (pip install 'pubmed-kg[test-browser]')")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe (pip install 'pubmed-kg[test-browser]')")

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
FLAGS += ("--disable-background-networking", "--disable-component-update", "--disable-sync")
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
G1202R, CRIZOTINIB = "KGV:ALK_G1202R", "DRUGBANK:DB08865"
#: what a tap on an entity does; it gives nothing back, as the whole graph would come with it.
TAP = "(id) => { document.querySelector('.stage').graph.getElementById(id).emit('tap'); }"
PAGES = (
    "/",
    "/search?q=alk",
    "/entity/HGNC:427",
    "/document/PMID:101",
    "/query/cross-resistance-matrix?gene=ALK",
    "/sparql-editor",
    "/graph?entity=HGNC:427",
    "/heatmap",
    "/heatmap?of=HGNC:427",
    f"/between?a={G1202R}&b={CRIZOTINIB}",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = next(filter(None, (os.environ.get("CHROMIUM"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))), None)
    if program is None:
        pytest.skip("needs Chromium (apt-get install chromium, or CHROMIUM=program)")
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(root: Path, folder: Path) -> Iterator[str]:
    with served(root, folder) as (address, _):
        yield address


class Window:
    """A page of the browser that notes what goes wrong in it."""

    def __init__(self, browser: Any, site: str, **settings: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1000, "height": 700}, "reduced_motion": "reduce", **settings})
        self.page, self.site = self.context.new_page(), site
        self.page.set_default_timeout(20_000)
        self.wrong: list[str] = []
        self.page.on("console", lambda message: self.wrong.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self.wrong.append(request.url) if not request.url.startswith(site) else None)
        self.page.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))

    def open(self, path: str) -> Any:
        self.page.goto(self.site + path)
        if path.startswith("/graph"):
            self.page.wait_for_selector(".stage[data-ready]", timeout=60_000)
        return self.page


@pytest.fixture
def window(browser: Any, site: str) -> Iterator[Window]:
    window = Window(browser, site)
    yield window
    window.context.close()
    assert window.wrong == []


def violations(page: Any) -> list[str]:
    found = axe.Axe().run(page).response["violations"]
    return [f"{page.url}: {one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("settings", [{}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(browser: Any, site: str, settings: dict[str, Any]) -> None:
    window = Window(browser, site, **settings)
    problems = []
    for path in PAGES:
        page = window.open(path)
        problems += violations(page)
        width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        problems += [f"{path}: {width} wide on {room}"] if width > room else []
    window.context.close()
    assert problems + window.wrong == []


def test_an_edge_leads_to_its_sentences(window: Window) -> None:
    page = window.open(f"/graph?entity={CRIZOTINIB}")
    place = page.evaluate(
        """([a, b]) => { const view = document.querySelector(".stage").graph; view.zoom(1.5);
        const edge = view.edges().filter((e) => e.data("subject") === a && e.data("object") === b)[0]; view.center(edge);
        const { x, y } = edge.renderedMidpoint(), box = view.container().getBoundingClientRect(); return [box.x + x, box.y + y]; }""",
        [G1202R, CRIZOTINIB],
    )
    page.mouse.click(*place)
    page.wait_for_selector("#details .evidence")
    assert "ALK G1202R" in page.inner_text("#details h2")
    assert page.locator("#details .evidence mark.subject").first.inner_text().startswith("ALK G1202R")
    assert page.locator("#details a[href='https://pubmed.ncbi.nlm.nih.gov/101']").count()
    assert violations(page) == []
    again = window.open(page.url.removeprefix(window.site))  # the address keeps what is open
    again.wait_for_selector("#details .evidence")


def test_the_picture_by_keys_alone(window: Window) -> None:
    page = window.open(f"/graph?entity={CRIZOTINIB}")
    page.focus("#graph")
    page.keyboard.press("ArrowRight")
    assert "crizotinib, Drug" in page.inner_text("#graph-status")
    told = set()
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown") * 2:
        page.keyboard.press(key)
        told.add(page.inner_text("#graph-status"))
    assert len(told) > 2
    page.keyboard.press("Enter")
    page.wait_for_selector("#details .edge-list")
    while not page.evaluate("document.activeElement.matches('button.edge')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#details h3")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "graph"


def test_neighbours_are_added_and_the_address_keeps_them(window: Window) -> None:
    page = window.open(f"/graph?entity={G1202R}")
    before = int(page.get_attribute(".stage", "data-ready"))
    page.evaluate(TAP, CRIZOTINIB)
    page.click("text=Add its neighbours")
    page.wait_for_selector(f".stage:not([data-ready='{before}'])")
    after = int(page.get_attribute(".stage", "data-ready"))
    assert after > before and f"with={quote(CRIZOTINIB, safe='')}" in page.url
    page.reload()
    page.wait_for_selector(f".stage[data-ready='{after}']")


def test_names_are_completed_by_synonym_and_keys(window: Window) -> None:
    page = window.open("/")
    page.locator("#q-home").press_sequentially("xalk")
    page.wait_for_selector("[role=option]")
    assert "crizotinib" in page.inner_text("[role=listbox]") and "Xalkori" in page.inner_text("[role=listbox]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q-home", "aria-activedescendant") == page.get_attribute("[aria-selected=true]", "id")
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/entity/" + CRIZOTINIB)
    page = window.open("/heatmap")
    page.locator("#f-of").press_sequentially("anaplastic")
    page.locator("[role=option]").first.click()
    page.wait_for_url("**/heatmap?of=HGNC%3A427")


def test_a_cell_of_the_heat_map_leads_to_its_sentences(window: Window) -> None:
    page = window.open("/heatmap?of=HGNC:427")
    page.get_by_role("link", name="ALK G1202R, crizotinib: resistant").click()
    page.wait_for_url("**/between?**")
    assert page.locator(".evidence mark.object").first.inner_text().startswith("crizotinib")


def test_hostile_names_run_nothing(window: Window) -> None:
    page = window.open(f"/graph?entity={G1202R}")
    for name in HOSTILE:
        page.evaluate(TAP, drug_class_id(name))
        page.locator("#details button.edge").first.click()
        page.wait_for_selector("#details .evidence")
        assert page.locator("#details img, #details b, #details script").count() == 0
        assert name != SCRIPT or SCRIPT in page.inner_text("#details")
        page.fill("header input[type=search]", name[:20])
        page.wait_for_selector("[role=option]")
        assert page.locator("[role=option] :is(script, b)").count() == 0
    assert page.evaluate("document.scripts.length") == 2


def test_a_picture_of_five_thousand_entities_can_be_dragged(window: Window) -> None:
    page, session = window.page, window.context.new_cdp_session(window.page)
    page.route("**/graph.json*", lambda route: route.fulfill(body=large_picture(5000, 12_000), content_type="application/json"))
    page.goto(window.site + "/graph?most=5000")
    page.wait_for_selector(".stage[data-ready='5000']", timeout=240_000)
    box = page.locator("#graph").bounding_box()
    session.send("Performance.enable", {"timeDomain": "threadTicks"})  # processor time, whatever else the machine does
    page.mouse.move(box["x"] + 15, box["y"] + 15)
    page.mouse.down()
    before = busy(session)
    for step in range(40):
        page.mouse.move(box["x"] + 15 + 5 * step, box["y"] + 15 + 2 * step)
    assert (busy(session) - before) / 40 < 0.15
    page.mouse.up()


def busy(session: Any) -> float:
    """Seconds of processor time that the page's thread has used."""
    return next(float(one["value"]) for one in session.send("Performance.getMetrics")["metrics"] if one["name"] == "TaskDuration")


def large_picture(entities: int, edges: int) -> str:
    """What the server would answer for a large graph in which few entities have most edges."""
    dice, kinds = random.Random(1), list(KINDS)
    nodes = [{"id": f"X:{n}", "name": f"entity {n}", "type": "Gene", "count": 1, "centre": n == 0} for n in range(entities)]
    ends = {(int(entities * dice.random() ** 2), dice.randrange(entities), kinds[n % len(kinds)]) for n in range(edges)}
    links = [
        {"subject": f"X:{a}", "object": f"X:{b}", "kind": kind, "says": kind, "for": 1, "against": 0, "belief": 0.5, "read": True}
        for a, b, kind in sorted(ends)
        if a != b
    ]
    return json.dumps({"nodes": nodes, "links": links, "left_out": 0})


def test_pages_serve_without_script(browser: Any, site: str) -> None:
    window = Window(browser, site, java_script_enabled=False)
    page = window.page
    page.goto(site + "/graph?entity=" + CRIZOTINIB)
    assert not page.is_visible(".stage") and page.is_visible("text=The same as a list")
    page.click("td >> text=Sentences >> nth=0")
    assert page.is_visible(".evidence")
    window.context.close()
