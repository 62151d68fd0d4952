// What of the graph a state lets through, and the paths through that.

import { add } from './store.js';

/** Return the ids of the entities and relations that a state shows. */
export function visibleIn(store, state) {
  const passes = passesEntity(store, state);
  let seen = [...store.relations.values()].filter((r) => passes(r.subject) && passes(r.object) && passesRelation(r, state));
  if (state.focus && state.entity) seen = nearby(state, seen);
  const shown = new Set(seen.flatMap((r) => [r.subject, r.object]));
  if (!(state.focus && state.entity)) addUnjoined(store, state, shown, passes);
  for (const id of [state.entity, ...(state.path ?? []), ...(state.between ?? [])]) if (id && store.entities.has(id)) shown.add(id);
  return { entities: shown, relations: new Set(seen.map((r) => r.id)) };
}

function passesEntity(store, state) {
  const [hide, away, gone] = [new Set(state.hide), new Set(state.away), new Set(state.gone)];
  const shown = state.shown && new Set(state.shown);
  return (id) => {
    const entity = store.entities.get(id);
    return entity && !gone.has(id) && !hide.has(entity.type) && (!shown || shown.has(id))
      && !(away.size && away.has(store.nodes.get(id)?.community));
  };
}

/** Whether a relation passes the filters on relations. */
export function passesRelation(relation, state) {
  return !state.without.includes(relation.status)
    && relation.confidence >= state.confidence
    && relation.sentences >= state.sentences
    && (state.head === null || relation.head === state.head)
    && (state.document === null || relation.documents.includes(state.document))
    && (state.speaker === null || relation.speakers.includes(state.speaker))
    && (state.years === null || relation.years.some(([from, until]) => from <= state.years[1] && until >= state.years[0]));
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
  return ends.some((id) => visible.entities.has(id)) && state.head === null && claim.confidence >= state.confidence && passesOwn(claim, state);
}

function passesOwn(claim, state) {
  return (state.document === null || claim.document === state.document)
    && (state.speaker === null || claim.voice === state.speaker)
    && (state.years === null || isWithin(claim.time, state.years));
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

function addUnjoined(store, state, shown, passes) {
  const all = state.unjoined || state.shown;
  if (!all) return;
  for (const id of state.shown ?? store.entities.keys()) if (passes(id)) shown.add(id);
}

function withinSteps(centre, steps, among) {
  const joined = new Map();
  for (const r of among) { add(joined, r.subject, r.object); add(joined, r.object, r.subject); }
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
