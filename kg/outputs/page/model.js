// What the page knows, and what of it is to be seen. No drawing here.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const DATA = read('data');
const NETWORK = read('network');

const byId = (rows) => new Map(rows.map((row) => [row.id, row]));
const entities = byId(DATA.entities);
const relations = byId(DATA.relations);
const claims = byId(DATA.claims);
const nodes = byId(NETWORK.nodes);
const types = new Map(DATA.types.map((type) => [type.name, type]));

const STATUSES = [
  { name: 'fact', label: 'Fact', hint: 'a document says so in its own voice' },
  { name: 'contested', label: 'Contested', hint: 'said here, denied there' },
  { name: 'denied', label: 'Denied', hint: 'only ever denied' },
  { name: 'hedged', label: 'Said or possible', hint: 'somebody says so, or it may be' },
  { name: 'planned', label: 'Planned or conditional', hint: 'intended, required, if, or asked' },
];

const add = (map, key, value) => {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(value);
};

/** The claims in which an entity is subject, object or argument, in reading order. */
const claimsOf = new Map();
for (const claim of DATA.claims) {
  const ids = [claim.subject[1], claim.object?.[1], ...claim.arguments.map((a) => a[2])];
  for (const id of new Set(ids)) if (id) add(claimsOf, id, claim);
}

/** The relations of an entity, with what is at their other end. */
const relationsOf = new Map();
for (const relation of DATA.relations) {
  add(relationsOf, relation.subject, { relation, other: relation.object });
  if (relation.subject !== relation.object) {
    add(relationsOf, relation.object, { relation, other: relation.subject });
  }
}

const documentsOf = new Map(
  DATA.relations.map((r) => [r.id, new Set(r.claims.map((id) => documentOf(claims.get(id))))]),
);

function documentOf(claim) {
  return DATA.sentences[claim.sentence].document;
}

const INITIAL = Object.freeze({
  entity: null, relation: null, path: null, from: null, focus: 0,
  hide: [], without: [], document: null, confidence: 0,
  unjoined: DATA.relations.length === 0, view: 'graph',
});

/** Return the state that a URL fragment spells; what it does not name is as at first. */
function stateFrom(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const state = { ...INITIAL };
  if (entities.has(given.get('entity'))) state.entity = given.get('entity');
  if (relations.has(given.get('relation'))) state.relation = given.get('relation');
  const ends = given.getAll('path').filter((id) => entities.has(id));
  if (ends.length === 2) state.path = ends;
  state.focus = Math.min(3, Number(given.get('focus')) || 0);
  state.hide = given.getAll('hide').filter((name) => types.has(name));
  state.without = given.getAll('without').filter((n) => STATUSES.some((s) => s.name === n));
  if (DATA.documents[given.get('document')]) state.document = Number(given.get('document'));
  state.confidence = Math.min(1, Math.max(0, Number(given.get('confidence')) || 0));
  state.unjoined = given.has('unjoined') || INITIAL.unjoined;
  if (given.get('view') === 'table') state.view = 'table';
  return state;
}

/** Return the URL fragment for a state, "" for the first one. */
function fragmentOf(state) {
  const spelled = new URLSearchParams();
  if (state.entity) spelled.set('entity', state.entity);
  if (state.relation) spelled.set('relation', state.relation);
  for (const id of state.path ?? []) spelled.append('path', id);
  if (state.focus) spelled.set('focus', state.focus);
  for (const name of state.hide) spelled.append('hide', name);
  for (const name of state.without) spelled.append('without', name);
  if (state.document !== null) spelled.set('document', state.document);
  if (state.confidence) spelled.set('confidence', state.confidence);
  if (state.unjoined && !INITIAL.unjoined) spelled.set('unjoined', '1');
  if (state.view !== 'graph') spelled.set('view', state.view);
  return spelled.toString();
}

/** Return the ids of the entities and relations that a state shows. */
function visibleIn(state) {
  const passes = (id) => !state.hide.includes(entities.get(id).type);
  let seen = DATA.relations.filter((r) => passesRelation(r, state) && passes(r.subject) && passes(r.object));
  if (state.focus && state.entity) {
    const near = withinSteps(state.entity, state.focus, seen);
    seen = seen.filter((r) => near.has(r.subject) && near.has(r.object));
  }
  const shown = new Set(seen.flatMap((r) => [r.subject, r.object]));
  if (state.unjoined && !state.focus) {
    for (const id of entities.keys()) {
      if (!shown.has(id) && passes(id) && namedIn(id, state.document)) shown.add(id);
    }
  }
  if (state.entity) shown.add(state.entity);
  for (const id of state.path ?? []) shown.add(id);
  return { entities: shown, relations: new Set(seen.map((r) => r.id)) };
}

function passesRelation(relation, state) {
  return !state.without.includes(relation.status)
    && relation.confidence >= state.confidence
    && (state.document === null || documentsOf.get(relation.id).has(state.document));
}

function namedIn(id, documentNumber) {
  if (documentNumber === null) return true;
  return entities.get(id).mentions.some(([n]) => DATA.sentences[n].document === documentNumber);
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
function shortestPath([first, last], allowed) {
  const cameBy = new Map([[first, null]]);
  let edge = [first];
  while (edge.length && !cameBy.has(last)) {
    const next = [];
    for (const id of edge) {
      for (const { relation, other } of relationsOf.get(id) ?? []) {
        if (cameBy.has(other) || !allowed.has(relation.id)) continue;
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

/** Return a shortest path, through what is only ever denied just when nothing else leads there. */
function pathBetween(ends, allowed) {
  const undenied = new Set([...allowed].filter((id) => relations.get(id).status !== 'denied'));
  return shortestPath(ends, undenied) ?? shortestPath(ends, allowed);
}

const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const searchable = DATA.entities.map((entity) => ({
  entity, names: [entity.name, ...entity.aliases].map((name) => [name, fold(name)]),
}));

/** Return the best entities for typed words, with the name that fits: [{entity, name}]. */
function findByName(typed, most = 12) {
  const wanted = fold(typed.trim());
  if (!wanted) return [];
  const found = [];
  for (const { entity, names } of searchable) {
    const ranks = names.map(([, name], i) => rankOf(name, wanted) + (i ? 0.5 : 0));
    const best = Math.min(...ranks);
    if (best < 9) found.push({ entity, name: names[ranks.indexOf(best)][0], best });
  }
  const weight = ({ entity }) => nodes.get(entity.id).value;
  return found.sort((a, b) => a.best - b.best || weight(b) - weight(a)).slice(0, most);
}

function rankOf(name, wanted) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  const at = name.indexOf(wanted);
  if (at < 0) return 9;
  return /[\p{L}\p{N}]/u.test(name[at - 1]) ? 3 : 2;
}
