// The picture of a graph in a notebook: drag, zoom, click. Names and sentences reach the page as text only.
const COLOURS = { resistance: "#b3400f", sensitivity: "#14599e", therapy: "#0b6e74", disease: "#8a3b86", mechanism: "#6b5b1e", kinship: "#74818a" };
const HEADS = { resistance: "bar", sensitivity: "triangle", therapy: "arrow", disease: "arrow", mechanism: "arrow", kinship: "" };
const HINT = "Click an entity or a line. Drag to move, + and − to zoom (or Ctrl and the wheel); Tab and Enter do without a mouse.";

const make = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
const named = (text) => make("bdi", { textContent: text });

/** The same as drawing.path in Python: rim to rim, with its head. */
function path(start, end, bend, head) {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const [x1, y1] = [start.x + ux * (start.r + 2), start.y + uy * (start.r + 2)];
  const [x2, y2] = [end.x - ux * (end.r + 4), end.y - uy * (end.r + 4)];
  const [cx, cy] = [(x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend];
  const reach = Math.hypot(x2 - cx, y2 - cy) || 1;
  const [tx, ty] = [(x2 - cx) / reach, (y2 - cy) / reach];
  const line = `M${x1} ${y1}Q${cx} ${cy} ${x2} ${y2}`;
  if (head === "bar") return [line, `M${x2 - ty * 6} ${y2 + tx * 6}L${x2 + ty * 6} ${y2 - tx * 6}`];
  const [bx, by] = [x2 - tx * 8, y2 - ty * 8];
  return [line, `M${bx - ty * 4.5} ${by + tx * 4.5}L${x2} ${y2}L${bx + ty * 4.5} ${by - tx * 4.5}${head === "triangle" ? "Z" : ""}`];
}

function render({ model, el }) {
  const picture = make("div", { className: "kg-picture" });
  const panel = make("div", { className: "kg-panel", tabIndex: 0 });
  panel.setAttribute("aria-label", "Details");
  panel.setAttribute("aria-live", "polite");
  el.classList.add("kg-show");
  el.append(picture, panel);
  let svg = null;
  let box = null; // what is seen: x, y, width, height
  let whole = null;
  let nodes = [];
  let links = [];

  function draw() {
    // made by our own Python, which escapes names; as XML no part of it is run
    const parsed = new DOMParser().parseFromString(model.get("svg"), "image/svg+xml").documentElement;
    svg = document.importNode(parsed, true);
    nodes = model.get("nodes").map((node) => ({ ...node }));
    links = model.get("links");
    whole = svg.getAttribute("viewBox").split(" ").map(Number);
    box = [...whole];
    for (const name of ["width", "height"]) svg.removeAttribute(name);
    svg.setAttribute("role", "group");
    for (const one of svg.querySelectorAll("[data-node], [data-link]")) {
      one.setAttribute("tabindex", "0");
      one.setAttribute("role", "button");
      one.setAttribute("aria-label", one.querySelector("title").textContent);
    }
    for (const one of svg.querySelectorAll("[data-link]")) {
      const grip = one.querySelector(".line").cloneNode(); // a thin line is hard to hit
      grip.setAttribute("class", "kg-grip");
      grip.removeAttribute("stroke-dasharray");
      one.append(grip);
    }
    svg.addEventListener("pointerdown", press);
    svg.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation(); // the notebook would run the cell
      open(event.target);
    });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15);
    }, { passive: false });
    const tools = make("div", { className: "kg-tools" }, tool("+", "Zoom in", () => zoom(1 / 1.3)), tool("−", "Zoom out", () => zoom(1.3)), tool("⤢", "Show all", () => look([...whole])));
    picture.replaceChildren(svg, tools);
    panel.replaceChildren(make("h3", {}, named(model.get("title"))), make("p", { className: "kg-quiet", textContent: `${nodes.length} entities, ${links.length} edges. ${HINT}` }));
  }

  const tool = (sign, label, action) => {
    const button = make("button", { type: "button", textContent: sign, title: label });
    button.setAttribute("aria-label", label);
    button.addEventListener("click", action);
    return button;
  };

  function look(wanted) {
    box = wanted;
    svg.setAttribute("viewBox", box.join(" "));
  }
  const zoom = (by) => look([box[0] + (box[2] * (1 - by)) / 2, box[1] + (box[3] * (1 - by)) / 2, box[2] * by, box[3] * by]);

  // ---- moving: an entity, or else what is seen
  function press(event) {
    const target = event.target.closest("[data-node], [data-link]");
    const node = target?.dataset.node === undefined ? null : nodes[target.dataset.node];
    const scale = Math.max(box[2] / svg.clientWidth, box[3] / svg.clientHeight);
    const start = { x: event.clientX, y: event.clientY, at: node ? { x: node.x, y: node.y } : null, box: [...box] };
    let moved = false;
    const move = (now) => {
      const [dx, dy] = [(now.clientX - start.x) * scale, (now.clientY - start.y) * scale];
      moved ||= Math.hypot(now.clientX - start.x, now.clientY - start.y) > 4;
      if (!moved) return;
      svg.classList.add("kg-moving");
      if (node) {
        Object.assign(node, { x: start.at.x + dx, y: start.at.y + dy });
        target.setAttribute("transform", `translate(${node.x} ${node.y})`);
        redraw(node.id);
      } else look([start.box[0] - dx, start.box[1] - dy, box[2], box[3]]);
    };
    const end = () => {
      svg.classList.remove("kg-moving");
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", end);
      if (!moved) target ? open(target) : clear();
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
  }

  function redraw(id) {
    const place = new Map(nodes.map((node) => [node.id, node]));
    links.forEach((one, number) => {
      if (one.subject !== id && one.object !== id) return;
      const group = svg.querySelector(`[data-link="${number}"]`);
      const [line, tip] = path(place.get(one.subject), place.get(one.object), one.bend, HEADS[one.kind]);
      for (const stroke of group.querySelectorAll(".line, .kg-grip")) stroke.setAttribute("d", line);
      group.querySelector(".head")?.setAttribute("d", tip);
    });
  }

  // ---- details
  const name = (id) => nodes.find((node) => node.id === id)?.name ?? id;

  function clear() {
    svg.classList.remove("kg-lit");
    for (const one of svg.querySelectorAll(".kg-on, .kg-near")) one.classList.remove("kg-on", "kg-near");
  }

  function light(target, wanted, ids) {
    clear();
    svg.classList.add("kg-lit");
    target.classList.add("kg-on");
    for (const number of wanted) svg.querySelector(`[data-link="${number}"]`)?.classList.add("kg-near");
    nodes.forEach((node, number) => ids.has(node.id) && svg.querySelector(`[data-node="${number}"]`)?.classList.add("kg-near"));
  }

  function open(target) {
    if (target.dataset.node !== undefined) openNode(target, Number(target.dataset.node));
    else if (target.dataset.link !== undefined) openLink(target, Number(target.dataset.link));
  }

  function openNode(target, number) {
    const node = nodes[number];
    const mine = links.map((one, n) => [one, n]).filter(([one]) => one.subject === node.id || one.object === node.id);
    light(target, mine.map(([, n]) => n), new Set([node.id, ...mine.flatMap(([one]) => [one.subject, one.object])]));
    const widen = make("button", { type: "button", textContent: "Add its neighbours" });
    widen.addEventListener("click", () => {
      widen.disabled = true;
      model.send({ ask: "widen", node: number });
    });
    const rows = mine.map(([one, n]) => {
      const words = [named(name(one.subject)), ` ${one.says} `, named(name(one.object)), one.read ? ` (${one.for} for, ${one.against} against)` : " (known)"];
      const button = make("button", { type: "button" }, ...words);
      button.style.borderLeftColor = COLOURS[one.kind];
      button.addEventListener("click", () => openLink(svg.querySelector(`[data-link="${n}"]`), n));
      return make("li", {}, button);
    });
    panel.replaceChildren(
      make("h3", {}, named(node.name)),
      make("p", { className: "kg-quiet" }, `${node.type}, `, named(node.id), `, ${node.count} statements in the graph`),
      make("p", {}, widen),
      make("ul", {}, ...rows),
    );
    panel.scrollTop = 0;
  }

  function openLink(target, number) {
    const one = links[number];
    light(target, [number], new Set([one.subject, one.object]));
    const said = one.read ? `${one.for} for, ${one.against} against, belief ${one.belief.toFixed(2)}` : "known beforehand";
    panel.replaceChildren(make("h3", {}, named(name(one.subject)), ` ${one.says} `, named(name(one.object))), make("p", { className: "kg-quiet", textContent: said }));
    panel.scrollTop = 0;
    panel.dataset.waiting = `${one.subject}\n${one.object}`;
    model.send({ ask: "sentences", link: number });
  }

  function showSentences({ a, b, rows, more }) {
    if (panel.dataset.waiting !== `${a}\n${b}`) return;
    delete panel.dataset.waiting;
    for (const row of rows) {
      const sentence = row.pieces.map(([text, roles]) => (roles.length ? make("mark", { textContent: text, className: roles[0], title: roles.join(" and ") }) : text));
      const link = row.href.startsWith("https://pubmed.ncbi.nlm.nih.gov/") ? make("a", { href: row.href, target: "_blank", rel: "noopener noreferrer", textContent: row.source }) : named(row.source);
      const body = make("p", { className: "kg-quiet" }, named(row.says), ` · belief ${row.belief.toFixed(2)} · ${row.verdict} · `, link, " · ", row.statement);
      panel.append(make("article", { className: row.verdict.startsWith("against") ? "kg-against" : "" }, ...(sentence.length ? [make("blockquote", { dir: "auto" }, ...sentence)] : []), body));
    }
    if (more) panel.append(make("p", { className: "kg-quiet", textContent: `and ${more} more` }));
  }

  const answered = (message) => message.sentences && showSentences(message.sentences);
  model.on("change:svg", draw);
  model.on("msg:custom", answered);
  draw();
  return () => {
    model.off("change:svg", draw);
    model.off("msg:custom", answered);
  };
}

export default { render };
