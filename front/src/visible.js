// What of the graph a state lets through, and the paths through that.

import { endsOf, entityFilter, filterOf, statusIn } from './filter.js';
import { add } from './store.js';

const JOINED_TO = 4; // of an entity in the core, those it is most joined to are drawn,
const SAID_OF_TWO = 3; // by their main relations
const NEIGHBOURS = 24; // of a chosen entity, so many are drawn beside the core

/**
 * Return what a state shows: the ids of entities, and relations by id with how they are drawn,
 * as those of their claims stand that pass the filters.
 * `core` leaves all but so many of the most important out, except what is `called` for.
 */
export function visibleIn(store, state, { core = null, called = [] } = {}) {
  const [lets, isOn] = [filterOf(store, state), onDrawing(store, state)];
  const passing = new Map();
  for (const r of store.relations.values()) {
    const status = isOn(r.subject) && isOn(r.object) ? statusIn(r, lets) : null;
    if (status) passing.set(r, status);
  }
  let seen = [...passing.keys()];
  if (state.focus && state.entity) seen = nearby(state, seen);
  else if (core) seen = coreOf(store, seen, core, called);
  const shown = new Set(seen.flatMap((r) => [r.subject, r.object]));
  if (!(state.focus && state.entity)) addUnjoined(store, state, shown, isOn);
  for (const id of [state.entity, ...(state.path ?? []), ...(state.between ?? [])])
    if (id && store.entities.has(id)) shown.add(id);
  return { entities: shown, relations: new Map(seen.map((r) => [r.id, passing.get(r)])) };
}

/** Return the test of an entity that may be drawn: in the explorer only what was put there. */
function onDrawing(store, state) {
  const lets = entityFilter(store, state);
  const shown = state.shown && new Set(state.shown);
  return (id) => store.entities.has(id) && (!shown || shown.has(id)) && lets(id);
}

/** Whether a claim is of what a view holds: all of it, or what is near the one in focus. */
export function isInView(claim, state, { entities, relations }) {
  if (!(state.focus && state.entity)) return true;
  return claim.relation ? relations.has(claim.relation) : endsOf(claim).some((id) => entities.has(id));
}

function nearby(state, seen) {
  const near = withinSteps(state.entity, state.focus, seen);
  for (const id of state.grown) {
    if (near.has(id)) for (const other of withinSteps(id, 1, seen)) near.add(other);
  }
  return seen.filter((r) => near.has(r.subject) && near.has(r.object));
}

/** Return the main relations of the most important, and all that join what is called for. */
function coreOf(store, seen, core, called) {
  const drawn = new Set(called);
  const ordered = [...seen].sort(
    (a, b) => Number(a.named ?? 0) - Number(b.named ?? 0) || b.claims - a.claims || (a.id < b.id ? -1 : 1),
  );
  for (const id of called) {
    const own = ordered.filter((r) => r.subject === id || r.object === id).slice(0, NEIGHBOURS);
    for (const r of own) {
      drawn.add(r.subject);
      drawn.add(r.object);
    }
  }
  const asked = new Set(drawn);
  const joined = new Set(seen.flatMap((r) => [r.subject, r.object]));
  for (const { id } of store.byWeight()) if (drawn.size < core + asked.size && joined.has(id)) drawn.add(id);
  const partners = new Map([...drawn].map((id) => [id, new Map()]));
  return ordered.filter((r) => {
    const [own, others] = [partners.get(r.subject), partners.get(r.object)];
    if (!own || !others) return false;
    const before = own.get(r.object) ?? 0;
    const wanted = asked.has(r.subject) && asked.has(r.object);
    if (!wanted && (before >= SAID_OF_TWO || (!before && own.size >= JOINED_TO && others.size >= JOINED_TO)))
      return false;
    own.set(r.object, before + 1);
    others.set(r.subject, (others.get(r.subject) ?? 0) + 1);
    return true;
  });
}

function addUnjoined(store, state, shown, passes) {
  const all = state.unjoined || state.shown;
  if (!all) return;
  for (const id of state.shown ?? store.entities.keys()) if (passes(id)) shown.add(id);
}

function withinSteps(centre, steps, among) {
  const joined = new Map();
  for (const r of among) {
    add(joined, r.subject, r.object);
    add(joined, r.object, r.subject);
  }
  let edge = [centre];
  const reached = new Set(edge);
  for (let step = 0; step < steps; step += 1) {
    edge = edge.flatMap((id) => joined.get(id) ?? []).filter((id) => !reached.has(id) && reached.add(id));
  }
  return reached;
}

/** Return the relations on a shortest way between two entities, or null if there is none. */
export function shortestPath(store, [first, last], allowed) {
  const cameBy = new Map([[first, null]]);
  let edge = [first];
  while (edge.length && !cameBy.has(last)) {
    const next = [];
    for (const id of edge) {
      for (const { relation, other } of store.relationsOf.get(id) ?? []) {
        if (cameBy.has(other) || !allowed(relation)) continue;
        cameBy.set(other, { relation, from: id });
        next.push(other);
      }
    }
    edge = next;
  }
  if (!cameBy.has(last)) return null;
  const way = [];
  for (let step = cameBy.get(last); step; step = cameBy.get(step.from)) way.unshift(step.relation);
  return way;
}

/** Whether a relation is a fact somewhere, and so may carry a path of facts. */
export const isFactual = (relation) => relation.status === 'fact' || relation.status === 'contested';
