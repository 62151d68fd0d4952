// Places for entities that came later: those that stand stay, the new ones settle around them.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';

const TICKS = 160;
const LENGTH = 130;

/** Give a place to each node that has none; `nodes` are rows with x, y or without. */
export function settle(nodes, relations) {
  const fresh = nodes.filter((node) => node.x === undefined);
  if (!fresh.length) return;
  const bodies = startingPlaces(nodes, relations);
  const byId = new Map(bodies.map((body) => [body.id, body]));
  const links = relations
    .filter((r) => byId.has(r.subject) && byId.has(r.object))
    .map((r) => ({ source: byId.get(r.subject), target: byId.get(r.object) }));
  const simulation = forceSimulation(bodies)
    .stop()
    .force('push', forceManyBody().strength(-420).distanceMax(900))
    .force('pull', forceLink(links).distance(LENGTH).strength(0.25))
    .force('apart', forceCollide((body) => Math.max(body.size * 1.3, body.label.length * 3.4) + 8).strength(0.9))
    .force('x', forceX().strength(0.012))
    .force('y', forceY().strength(0.02));
  simulation.tick(TICKS);
  for (const node of fresh) ({ x: node.x, y: node.y } = byId.get(node.id));
}

/** Place each new node beside something it is joined to that has a place already. */
function startingPlaces(nodes, relations) {
  const bodies = nodes.map((node) => ({
    id: node.id,
    size: node.size,
    label: node.label,
    x: node.x,
    y: node.y,
    // fx and fy hold a body where it is: what people have seen stays in its place.
    fx: node.x,
    fy: node.y,
  }));
  const byId = new Map(bodies.map((body) => [body.id, body]));
  let turn = 0;
  for (const { subject, object } of relations) {
    const [a, b] = [byId.get(subject), byId.get(object)];
    if (!a || !b || (a.x === undefined) === (b.x === undefined)) continue;
    const [placed, free] = a.x === undefined ? [b, a] : [a, b];
    turn += 2.4;
    // 2.4 is the golden angle: however many come, no two go the same way.
    Object.assign(free, { x: placed.x + LENGTH * Math.cos(turn), y: placed.y + LENGTH * Math.sin(turn) });
  }
  for (const body of bodies) {
    if (body.x !== undefined) continue;
    turn += 2.4;
    Object.assign(body, { x: 40 * turn ** 0.5 * Math.cos(turn), y: 40 * turn ** 0.5 * Math.sin(turn) });
  }
  return bodies;
}
