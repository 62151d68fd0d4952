// What of the graph a state lets through, and the paths through that.

import { add } from './store.js';

const JOINED_TO = 4; // of an entity in the core, those it is most joined to are drawn,
const SAID_OF_TWO = 3; // by their main relations
const NEIGHBOURS = 24; // of a chosen entity, so many are drawn beside the core

/**
 * Return the ids of the entities and relations that a state shows.
 * `core` leaves all but so many of the most important out, except what is `called` for.
 */
export function visibleIn(store, state, { core = null, called = [] } = {}) {
  const passes = passesEntity(store, state);
  let seen = [...store.relations.values()].filter(
    (r) =>
      passes(r.subject) && passes(r.object) && passesRelation(r, state) && (!r.named || wantsNamed(store, state, r)),
  );
  if (state.focus && state.entity) seen = nearby(state, seen);
  else if (core) seen = coreOf(store, seen, core, called);
  const shown = new Set(seen.flatMap((r) => [r.subject, r.object]));
  if (!(state.focus && state.entity)) addUnjoined(store, state, shown, passes);
  for (const id of [state.entity, ...(state.path ?? []), ...(state.between ?? [])])
    if (id && store.entities.has(id)) shown.add(id);
  return { entities: shown, relations: new Set(seen.map((r) => r.id)) };
}

function passesEntity(store, state) {
  const [hide, away, gone] = [new Set(state.hide), new Set(state.away), new Set(state.gone)];
  const shown = state.shown && new Set(state.shown);
  return (id) => {
    const entity = store.entities.get(id);
    return (
      entity &&
      !gone.has(id) &&
      !hide.has(entity.type) &&
      (!shown || shown.has(id)) &&
      !(away.size && away.has(store.nodes.get(id)?.community))
    );
  };
}

/** Whether to draw what only spells out a name: where it is asked for, or nothing else joins the chosen one. */
function wantsNamed(store, state, relation) {
  if (state.named || state.path || state.head !== null || state.relation === relation.id) return true;
  const { entity } = state;
  return (
    (relation.subject === entity || relation.object === entity) &&
    store.relationsOf.get(entity).every((one) => one.relation.named)
  );
}

/** Whether a relation passes the filters on relations. */
export function passesRelation(relation, state) {
  return (
    !state.without.includes(relation.status) &&
    relation.confidence >= state.confidence &&
    relation.sentences >= state.sentences &&
    (state.head === null || relation.head === state.head) &&
    (state.document === null || relation.documents.includes(state.document)) &&
    (state.speaker === null || relation.speakers.includes(state.speaker)) &&
    (state.years === null || relation.years.some(([from, until]) => from <= state.years[1] && until >= state.years[0]))
  );
}

/** Whether a claim passes the filters, also where its relation is not on the drawing. */
export function passesAlone(store, claim, state) {
  const relation = store.relations.get(claim.relation);
  const passes = relation ? passesRelation(relation, state) : state.head === null || claim.head === state.head;
  return passes && claim.confidence >= state.confidence && passesOwn(claim, state);
}

/** Whether a claim passes the filters; one with a relation stands or falls with that. */
export function passesClaim(claim, state, visible) {
  if (claim.relation) return visible.relations.has(claim.relation) && passesOwn(claim, state);
  const ends = [claim.subject[1], claim.object?.[1]].filter(Boolean);
  return (
    ends.some((id) => visible.entities.has(id)) &&
    state.head === null &&
    claim.confidence >= state.confidence &&
    passesOwn(claim, state)
  );
}

function passesOwn(claim, state) {
  return (
    (state.document === null || claim.document === state.document) &&
    (state.speaker === null || claim.voice === state.speaker) &&
    (state.years === null || isWithin(claim.time, state.years))
  );
}

/** Whether a time touches some years. */
export function isWithin(time, [first, last]) {
  if (!time?.[1] && !time?.[2]) return false;
  const from = Number((time[1] ?? time[2]).slice(0, 4));
  const until = Number((time[2] ?? time[1]).slice(0, 4));
  return from <= last && until >= first;
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
