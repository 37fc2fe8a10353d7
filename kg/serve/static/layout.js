// A worker: where the entities of a picture stand. The same picture in, the same places out; nothing here is random.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "./vendor/d3-force.js";

const SHOW_EVERY = 200; // milliseconds between two views of a layout that is being made

self.onmessage = ({ data: { nodes, links, ticks } }) => {
  const few = nodes.length <= 300;
  const simulation = forceSimulation(nodes)
    .force("link", forceLink(links).distance(few ? 90 : 40).strength(few ? 0.25 : 0.15))
    .force("charge", forceManyBody().strength(few ? -420 : -60).distanceMax(few ? 900 : 500))
    .force("x", forceX(0).strength(0.035))
    .force("y", forceY(0).strength(0.06)) // a screen is wider than high
    .force("room", few ? forceCollide(26) : null)
    .alphaDecay(1 - 0.001 ** (1 / ticks))
    .stop();
  let shown = performance.now();
  for (let tick = 0; tick < ticks; tick++) {
    simulation.tick();
    if (performance.now() - shown > SHOW_EVERY) {
      shown = performance.now();
      self.postMessage({ places: places(nodes), done: false });
    }
  }
  self.postMessage({ places: places(nodes), done: true });
};

const places = (nodes) => Float32Array.from(nodes.flatMap(({ x, y }) => [x, y]));
