// The state of the view: one plain object, which the address's fragment spells.

export const VIEWS = ['graph', 'table', 'voices', 'timeline'];

export const INITIAL = Object.freeze({
  entity: null,
  relation: null,
  between: null,
  path: null,
  facts: false,
  from: null,
  focus: 0,
  grown: [],
  gone: [],
  pins: {},
  shown: null,
  hide: [],
  without: [],
  away: [],
  kinds: [],
  head: null,
  document: null,
  speaker: null,
  years: null,
  confidence: 0,
  sentences: 1,
  unjoined: false,
  named: false,
  core: null,
  colour: 'type',
  view: 'graph',
  text: null,
  at: null,
});

/** Nothing chosen: what a click on empty paper leads to. */
export const NOTHING = Object.freeze({ entity: null, relation: null, between: null, path: null, from: null, at: null });

const LISTS = ['grown', 'gone', 'hide', 'without', 'away', 'kinds'];
const WORDS = ['entity', 'relation', 'head', 'document', 'speaker', 'text'];
const PAIRS = ['path', 'between'];

/** Return the fragment for a state, "" for the first one. */
export function fragmentOf(state) {
  const spelled = new URLSearchParams();
  for (const key of WORDS) if (state[key] !== null) spelled.set(key, state[key]);
  for (const key of PAIRS) for (const id of state[key] ?? []) spelled.append(key, id);
  for (const key of LISTS) for (const item of state[key]) spelled.append(key, item);
  for (const id of state.shown ?? []) spelled.append('shown', id);
  // The id last, since it may hold commas.
  for (const [id, [x, y]] of Object.entries(state.pins))
    spelled.append('pin', `${Math.round(x)},${Math.round(y)},${id}`);
  if (state.years) spelled.set('years', state.years.join('-'));
  if (state.focus) spelled.set('focus', state.focus);
  if (state.confidence) spelled.set('confidence', state.confidence);
  if (state.sentences > 1) spelled.set('sentences', state.sentences);
  if (state.at !== null) spelled.set('at', state.at);
  for (const key of ['facts', 'unjoined', 'named']) if (state[key]) spelled.set(key, '1');
  if (state.core) spelled.set('core', state.core);
  if (state.colour !== 'type') spelled.set('colour', state.colour);
  if (state.view !== 'graph') spelled.set('view', state.view);
  return spelled.toString();
}

/** Return the state that a fragment spells; what it does not name, or names wrongly, is as at first. */
export function stateFrom(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const state = { ...INITIAL, pins: {} };
  for (const key of WORDS) if (given.has(key)) state[key] = given.get(key);
  for (const key of PAIRS) if (given.getAll(key).length === 2) state[key] = given.getAll(key);
  for (const key of LISTS) state[key] = given.getAll(key);
  // Communities are numbers, and a fragment has words alone.
  state.away = state.away.map(Number);
  if (given.has('shown')) state.shown = given.getAll('shown');
  for (const pin of given.getAll('pin')) readPin(pin, state.pins);
  const years = (given.get('years') ?? '').split('-').map(Number);
  if (years.length === 2 && years.every((year) => year > 0)) state.years = years;
  state.focus = within(given.get('focus'), 0, 3);
  state.confidence = within(given.get('confidence'), 0, 1);
  state.sentences = within(given.get('sentences'), 1, 99);
  if (given.has('at')) state.at = within(given.get('at'), 0, 1e9);
  for (const key of ['facts', 'unjoined', 'named']) state[key] = given.has(key);
  if (given.has('core')) state.core = given.get('core') === 'all' ? 'all' : within(given.get('core'), 1, 1e6);
  if (given.get('colour') === 'community') state.colour = 'community';
  if (VIEWS.includes(given.get('view'))) state.view = given.get('view');
  return state;
}

function readPin(pin, pins) {
  const found = /^(-?\d+),(-?\d+),(.+)$/s.exec(pin);
  if (found) pins[found[3]] = [Number(found[1]), Number(found[2])];
}

function within(text, low, high) {
  return Math.min(high, Math.max(low, Number(text) || 0));
}

/** Leave out of a state what names nothing that is known: a link may be of another build. */
export function known(state, store) {
  const has = (id) => store.entities.has(id);
  return {
    ...state,
    entity: has(state.entity) ? state.entity : null,
    relation: store.relations.has(state.relation) ? state.relation : null,
    path: state.path?.every(has) ? state.path : null,
    between: state.between?.every(has) ? state.between : null,
    shown: state.shown?.filter(has) ?? null,
    document: store.documents.has(state.document) ? state.document : null,
    text: store.documents.has(state.text) ? state.text : null,
    pins: Object.fromEntries(Object.entries(state.pins).filter(([id]) => has(id))),
  };
}

/** Whether any filter is on. */
export function isFiltered(state) {
  return (
    ['hide', 'without', 'away', 'kinds', 'gone'].some((key) => state[key].length) ||
    ['head', 'document', 'speaker', 'years'].some((key) => state[key] !== null) ||
    state.confidence > 0 ||
    state.sentences > 1
  );
}
