// The picture of a part of the graph. What it shows, the page lists too; names reach the page as text only.
import cytoscape from "./vendor/cytoscape.js";

const MANY = { labels: 300, arrows: 2000, edgesWhileMoving: 3000, texture: 600, hover: 1000 };
const LABELLED = 120; // entities with a name where there are too many for all
const SHAPES = { Gene: "ellipse", Variant: "diamond", Drug: "round-rectangle", DrugClass: "rectangle", Disease: "hexagon", Process: "triangle" };
const LINES = { resistance: ["solid", "tee"], sensitivity: ["solid", "triangle"], therapy: ["dashed", "vee"], disease: ["dashed", "circle"], mechanism: ["solid", "vee"], kinship: ["dotted", "none"] };

const stage = document.querySelector(".stage");
const canvas = document.getElementById("graph");
const panel = document.getElementById("details");
const status = document.getElementById("graph-status");
let view = null;
let current = null; // the entity that the keyboard is at

start().catch((problem) => {
  stage.hidden = true;
  console.error(problem);
});

async function start() {
  stage.hidden = false;
  // The library would write a style element, which the page's policy forbids; its one rule is in our sheet.
  const none = document.createElement("template");
  none.id = "__________cytoscape_stylesheet";
  document.head.append(none);
  const data = await load(canvas.dataset.source);
  if (!data.nodes.length) {
    stage.hidden = true;
    return;
  }
  draw(data);
  await arrange(data);
  fromAddress();
}

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// ---- drawing

const elements = (data) => {
  const named = new Set([...data.nodes].sort((a, b) => b.count - a.count).slice(0, data.nodes.length > MANY.labels ? LABELLED : undefined).map((n) => n.id));
  return [
    ...data.nodes.map((n) => ({
      group: "nodes",
      data: { ...n, size: Math.min(54, 14 + 5 * Math.log2(1 + n.count)), shape: SHAPES[n.type] ?? "octagon" },
      classes: [named.has(n.id) || n.centre ? "named" : "", n.centre ? "centre" : ""].join(" "),
    })),
    ...data.links.map((l) => ({
      group: "edges",
      data: { ...l, id: `${l.subject}|${l.kind}|${l.object}`, source: l.subject, target: l.object, width: Math.min(7, 1.2 + Math.log2(1 + l.for + l.against)) },
      classes: l.kind,
    })),
  ];
};

function draw(data) {
  canvas.classList.add("waiting"); // until the first places are known, all entities lie on one
  view = cytoscape({
    container: canvas,
    elements: elements(data),
    style: sheet(data.links.length),
    layout: { name: "preset" },
    minZoom: 0.03,
    maxZoom: 4,
    textureOnViewport: data.nodes.length > MANY.texture,
    hideEdgesOnViewport: data.links.length > MANY.edgesWhileMoving,
    boxSelectionEnabled: false,
  });
  view.on("tap", "node", (event) => openNode(event.target));
  view.on("tap", "edge", (event) => openEdge(event.target));
  view.on("tap", (event) => event.target === view && mark(null));
  view.on("dbltap", "node", (event) => expand(event.target.id()));
  if (data.nodes.length <= MANY.hover) {
    view.on("mouseover", "node", (event) => event.target.addClass("near").connectedEdges().addClass("near").connectedNodes().addClass("near"));
    view.on("mouseout", "node", () => view.elements(".near").removeClass("near"));
  } else {
    view.on("mouseover", "node", (event) => event.target.addClass("near"));
    view.on("mouseout", "node", (event) => event.target.removeClass("near"));
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => view.style(sheet(view.edges().length)));
  stage.graph = view; // for whoever looks closer, tests too
}

function sheet(links) {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const kinds = Object.entries(LINES).map(([kind, [line, arrow]]) => ({
    selector: `edge.${kind}`,
    style: { "line-color": colour(`--k-${kind}`), "line-style": line, "target-arrow-shape": arrow, "target-arrow-color": colour(`--k-${kind}`) },
  }));
  const types = ["Gene", "Variant", "Drug", "DrugClass", "Disease", "Process"].map((type) => ({ selector: `node[type = "${type}"]`, style: { "background-color": colour(`--t-${type}`) } }));
  const mark = { "overlay-color": colour("--accent"), "overlay-opacity": 0.25, "z-index": 20 };
  return [
    {
      selector: "node",
      style: { width: "data(size)", height: "data(size)", shape: "data(shape)", "background-color": colour("--t-other"), "border-width": 1.5, "border-color": colour("--paper") },
    },
    ...types,
    {
      selector: "node.named, node.near, node.current, node:selected",
      style: {
        label: "data(name)", color: colour("--ink"), "font-size": links > MANY.labels * 2 ? 13 : 15, "font-family": "system-ui, sans-serif", "text-valign": "bottom", "text-margin-y": 3,
        "text-wrap": "ellipsis", "text-max-width": 150, "text-outline-color": colour("--paper"), "text-outline-width": 2.5, "min-zoomed-font-size": 7,
      },
    },
    { selector: "node.centre", style: { "border-width": 4, "border-color": colour("--ink"), "font-weight": 700, "z-index": 10 } },
    {
      selector: "edge",
      style: { width: "data(width)", opacity: 0.75, "curve-style": links > MANY.arrows ? "haystack" : "bezier", "arrow-scale": 0.9, "line-dash-pattern": [7, 5] },
    },
    ...kinds,
    { selector: "edge.near, edge:selected", style: { opacity: 1, label: "data(says)", "font-size": 11, color: colour("--ink"), "text-background-color": colour("--paper"), "text-background-opacity": 0.9, "text-rotation": "autorotate", "min-zoomed-font-size": 8, "z-index": 15 } },
    { selector: "node.near", style: { "z-index": 12, "min-zoomed-font-size": 0 } },
    { selector: "node.current, node:selected", style: { ...mark, "min-zoomed-font-size": 0 } },
    { selector: "edge:selected", style: mark },
  ];
}

/** Asks the worker for places and moves the entities there; those that have a place start from it. */
function arrange(data) {
  const numbers = new Map(data.nodes.map((n, number) => [n.id, number]));
  const nodes = data.nodes.map((n) => {
    const { x, y } = view.getElementById(n.id).position();
    return stage.arranged?.has(n.id) ? { x, y } : {};
  });
  const links = data.links.map((l) => ({ source: numbers.get(l.subject), target: numbers.get(l.object) }));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const worker = new Worker(new URL("./layout.js", import.meta.url), { type: "module" });
  const aspect = Math.min(2, Math.max(0.5, view.width() / view.height()));
  worker.postMessage({ nodes, links, aspect, ticks: data.nodes.length > 1000 ? 90 : 300 });
  status.textContent = "Arranging …";
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data: { places, done } }) => {
      if (done || !still) place(data.nodes, places);
      if (!done) return;
      worker.terminate();
      stage.dataset.ready = String(data.nodes.length);
      stage.arranged = new Set(data.nodes.map((n) => n.id));
      tell(data);
      resolve();
    };
  });
}

function place(nodes, places) {
  const at = new Map(nodes.map((n, number) => [n.id, { x: places[2 * number], y: places[2 * number + 1] }]));
  view.batch(() => view.nodes().positions((node) => at.get(node.id())));
  view.fit(undefined, 30);
  canvas.classList.remove("waiting");
}

function tell(data) {
  const more = data.left_out ? `; ${data.left_out.toLocaleString("en")} more neighbours are left out` : "";
  status.textContent = `${data.nodes.length.toLocaleString("en")} entities, ${data.links.length.toLocaleString("en")} edges${more}.`;
}

// ---- the panel

const make = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
const address = (kind, id) => `/${kind}/${encodeURIComponent(id).replaceAll("%3A", ":")}`;
const named = (text) => make("bdi", { textContent: text });

function mark(element) {
  view.elements(":selected").unselect();
  element?.select();
  if (element?.isNode()) {
    current?.removeClass("current");
    current = element;
  }
}

function keep(fields) {
  history.replaceState(null, "", `#${new URLSearchParams(fields)}`);
}

function openNode(node) {
  mark(node);
  keep({ at: node.id() });
  const data = node.data();
  const head = make("h2", {}, make("a", { href: address("entity", data.id) }, named(data.name)), " ", make("span", { className: "badge type", textContent: data.type }));
  const widen = make("button", { type: "button", className: "small", textContent: "Add its neighbours" });
  widen.addEventListener("click", () => expand(data.id));
  const here = make("a", { href: `/graph?entity=${encodeURIComponent(data.id)}`, textContent: "Centre here" });
  const edges = node.connectedEdges().sort((a, b) => b.data("for") - a.data("for")).map((edge) => make("li", {}, edgeButton(edge, node)));
  const list = make("ul", { className: "edge-list" }, ...edges);
  panel.replaceChildren(head, make("p", { className: "quiet", textContent: `${data.count.toLocaleString("en")} statements in the graph` }), make("p", {}, widen, " ", here), list);
}

function edgeButton(edge, node) {
  const { subject, says, kind, read } = edge.data();
  const out = subject === node.id();
  const other = edge.connectedNodes().filter((n) => n.id() !== node.id())[0];
  const words = out ? [make("em", { textContent: says }), " ", named(other.data("name"))] : [named(other.data("name")), " ", make("em", { textContent: says }), " it"];
  const count = read ? `${edge.data("for")} for${edge.data("against") ? `, ${edge.data("against")} against` : ""}` : "known";
  const button = make("button", { type: "button", className: "edge" }, make("span", { className: `swatch k-${kind}` }), make("span", {}, ...words), make("span", { className: "quiet", textContent: count }));
  button.addEventListener("click", () => openEdge(edge, true));
  return button;
}

let turn = 0;
async function openEdge(edge, focus = false) {
  mark(edge);
  const { subject, object } = edge.data();
  keep({ a: subject, b: object });
  const mine = ++turn;
  const where = `/between?${new URLSearchParams({ a: subject, b: object })}`;
  panel.replaceChildren(make("p", { className: "quiet", textContent: "Loading …" }));
  const answer = await fetch(where);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html"); // made by the server, which escapes names; no script of it runs
  if (mine !== turn) return;
  const parts = [...page.querySelector("main").children].map((part) => document.importNode(part, true));
  for (const part of parts) for (const one of [part, ...part.querySelectorAll("[id]")]) one.removeAttribute("id");
  const [head, ...rest] = parts;
  const title = make("h2", {}, ...head.childNodes);
  for (const part of rest) for (const inner of part.querySelectorAll("h2")) inner.replaceWith(make("h3", {}, ...inner.childNodes));
  panel.replaceChildren(title, ...rest, make("p", {}, make("a", { href: where, textContent: "This as a page" })));
  panel.scrollTop = 0;
  if (focus) panel.focus();
}

async function expand(id) {
  const here = new URL(location.href);
  const already = [...here.searchParams.getAll("entity"), ...here.searchParams.getAll("with")];
  if (!already.includes(id)) here.searchParams.append(here.searchParams.has("entity") ? "with" : "entity", id);
  const most = here.searchParams.get("most");
  const wanted = view.nodes().length + 25;
  here.searchParams.set("most", String([25, 50, 100, 250, 1000, 5000].find((size) => size >= wanted) ?? most ?? 5000));
  history.replaceState(null, "", here);
  const data = await load(`/graph.json${here.search}`);
  const kept = new Set(data.nodes.map((n) => n.id));
  const start = view.getElementById(id).position();
  view.batch(() => {
    view.nodes().filter((n) => !kept.has(n.id())).remove();
    for (const one of elements(data)) if (view.getElementById(one.data.id ?? "").empty()) view.add(one.group === "nodes" ? { ...one, position: { ...start } } : one);
  });
  await arrange(data);
  openNode(view.getElementById(id));
}

function fromAddress() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const node = view.getElementById(fields.get("at") ?? "");
  if (node.nonempty()) openNode(node);
  const edge = view.edges().filter((e) => e.data("subject") === fields.get("a") && e.data("object") === fields.get("b"));
  if (edge.nonempty()) openEdge(edge[0]);
}

// ---- keys and buttons

const zoom = (by) => view.zoom({ level: view.zoom() * by, renderedPosition: { x: view.width() / 2, y: view.height() / 2 } });
const DO = { in: () => zoom(1.3), out: () => zoom(1 / 1.3), fit: () => view.fit(undefined, 30) };
const KEYS = { "+": "in", "=": "in", "-": "out", 0: "fit" };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

for (const button of document.querySelectorAll("[data-do]")) button.addEventListener("click", () => view && DO[button.dataset.do]());

canvas.addEventListener("keydown", (event) => {
  if (!view || event.ctrlKey || event.metaKey || event.altKey) return;
  if (KEYS[event.key]) DO[KEYS[event.key]]();
  else if (ARROWS[event.key]) step(ARROWS[event.key]);
  else if (event.key === "Enter" && current) {
    openNode(current);
    panel.focus();
  } else return;
  event.preventDefault();
});
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") canvas.focus();
});

/** Goes to the nearest entity in a direction: what lies aside counts as twice as far. */
function step([dx, dy]) {
  const from = current?.inside() ? current.position() : null;
  let best = from ? null : (view.nodes(".centre")[0] ?? view.nodes()[0]);
  let least = Infinity;
  if (from) {
    for (const node of view.nodes()) {
      const { x, y } = node.position();
      const along = (x - from.x) * dx + (y - from.y) * dy;
      const aside = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx);
      if (along > 0 && aside <= 2 * along && along + 2 * aside < least) [best, least] = [node, along + 2 * aside];
    }
  }
  if (!best) return;
  current?.removeClass("current");
  current = best.addClass("current");
  const { x, y } = best.renderedPosition();
  if (x < 0 || y < 0 || x > view.width() || y > view.height()) view.center(best);
  status.textContent = `${best.data("name")}, ${best.data("type")}, ${best.connectedEdges().length} edges here`;
}
