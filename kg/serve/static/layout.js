// A worker: where the entities of a picture stand. The same picture in, the same places out; nothing here is random.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "./vendor/d3-force.js";

const SHOW_EVERY = 100; // milliseconds between two views of a layout that is being made; drawing many entities costs more than it shows

self.onmessage = ({ data: { nodes, links, ticks, aspect } }) => {
  const few = nodes.length <= 300;
  const pull = few ? 0.085 : 0.04;
  const simulation = forceSimulation(nodes)
    .force("link", forceLink(links).distance(few ? 110 : 45).strength(few ? 0.12 : 0.12))
    .force("charge", forceManyBody().strength(few ? -900 : -90).theta(few ? 0.9 : 1.3).distanceMax(few ? 1000 : 600))
    .force("x", forceX(0).strength(pull / aspect))
    .force("y", forceY(0).strength(pull * aspect)) // the picture takes the form of its place
    .force("room", few ? forceCollide(40).iterations(2) : null)
    .alphaDecay(1 - 0.001 ** (1 / ticks))
    .stop();
  let shown = performance.now();
  for (let tick = 0; tick < ticks; tick++) {
    simulation.tick();
    if (few && performance.now() - shown > SHOW_EVERY) {
      shown = performance.now();
      self.postMessage({ places: places(nodes), done: false });
    }
  }
  self.postMessage({ places: places(nodes), done: true });
};

const places = (nodes) => Float32Array.from(nodes.flatMap(({ x, y }) => [x, y]));
