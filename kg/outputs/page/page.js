// The page: one state, which the URL fragment spells, and everything shown follows from it.

const byName = (id) => document.getElementById(id);
const query = byName('query');
const suggestions = byName('suggestions');
let state = stateFrom(location.hash);
let visible = visibleIn(state);
let way = null;
const past = [];

const shownEntity = () => state?.entity ?? null;

/** Change the state, remember the one before, and show the new one. */
function change(changes, { remember = true } = {}) {
  if (remember) past.push(state);
  state = { ...state, ...changes };
  const fragment = fragmentOf(state);
  try {
    const address = fragment ? `#${fragment}` : location.pathname + location.search;
    if (remember) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  } catch { /* A frame without an address of its own: only the Back button remembers. */ }
  render();
}

const NOTHING = { entity: null, relation: null, path: null, from: null };
const actions = {
  choose: (id) => (state.from && state.from !== id
    ? change({ ...NOTHING, path: [state.from, id], focus: 0 }) : change({ ...NOTHING, entity: id, focus: state.focus })),
  chooseRelation: (id) => change({ ...NOTHING, relation: id, focus: 0 }),
  close: () => change({ ...NOTHING, focus: 0 }),
  focusOn: (focus) => { change({ focus }); fitTo(); },
  startPath: (id) => { state.from = id; render(); query.focus(); },
  way: () => way,
};

function render() {
  visible = visibleIn(state);
  way = state.path ? pathBetween(state.path, visible.relations) : null;
  const [lit, litRelations] = litIn();
  document.body.dataset.view = state.view;
  byName('stage').hidden = state.view === 'table';
  tablePlace.hidden = state.view !== 'table';
  byName('view-graph').setAttribute('aria-pressed', String(state.view === 'graph'));
  byName('view-table').setAttribute('aria-pressed', String(state.view === 'table'));
  showOnCanvas(visible, lit, litRelations);
  showPanel(state, actions);
  if (state.view === 'graph') resize();
  showTable(state, visible, actions);
  showFilters();
  showNotices();
  byName('back').disabled = past.length === 0;
}

/** Return what is spoken of: a chosen entity and its neighbours, a relation, a path. */
function litIn() {
  if (state.path) return way ? lightUp(way) : [new Set(state.path), new Set()];
  if (state.relation) return lightUp([relations.get(state.relation)]);
  if (!state.entity) return [null, null];
  const own = (relationsOf.get(state.entity) ?? []).map((r) => r.relation).filter((r) => visible.relations.has(r.id));
  const [lit, litRelations] = lightUp(own);
  return [lit.add(state.entity), litRelations];
}

function lightUp(list) {
  return [new Set(list.flatMap((r) => [r.subject, r.object])), new Set(list.map((r) => r.id))];
}

// ---- filters: the legend is the filter

const toggled = (list, item) => (list.includes(item) ? list.filter((other) => other !== item) : [...list, item]);

function tally(list, key) {
  const counts = new Map();
  for (const item of list) counts.set(item[key], (counts.get(item[key]) ?? 0) + 1);
  return counts;
}

const typeCounts = tally(DATA.entities, 'type');
const statusCounts = tally(DATA.relations, 'status');
const unjoinedCount = DATA.entities.filter((entity) => !relationsOf.has(entity.id)).length;

function legendRow(picture, label, number, on, toggle, hint) {
  return el('li', {}, el('button', { type: 'button', className: 'legend', 'aria-pressed': String(on), title: hint, onclick: toggle },
    picture, el('span', { className: 'label' }, label), el('span', { className: 'number' }, number.toLocaleString('en'))));
}

function showFilters() {
  const place = byName('filters');
  const focused = place.contains(document.activeElement) ? [...place.querySelectorAll('button, select, input')].indexOf(document.activeElement) : -1;
  const shownTypes = DATA.types.filter((type) => typeCounts.has(type.name));
  place.replaceChildren(
    el('h2', {}, 'Entities'),
    el('ul', {}, shownTypes.map((type) => legendRow(typeIcon(type.name), type.label, typeCounts.get(type.name), !state.hide.includes(type.name),
      () => change({ hide: toggled(state.hide, type.name) }), `Show or hide: ${type.label}`))),
    unjoinedCount ? legendSwitch() : '',
    el('h2', {}, 'Relations'),
    el('ul', {}, STATUSES.filter((status) => statusCounts.has(status.name)).map((status) => legendRow(statusIcon(status.name), status.label,
      statusCounts.get(status.name), !state.without.includes(status.name), () => change({ without: toggled(state.without, status.name) }), status.hint))),
    documentChoice(), confidenceChoice());
  if (focused >= 0) place.querySelectorAll('button, select, input')[focused]?.focus();
}

function legendSwitch() {
  return el('label', { className: 'switch' }, el('input', { type: 'checkbox', checked: state.unjoined,
    onchange: (event) => { change({ unjoined: event.target.checked }); fitTo(); } }), ` Without relations (${unjoinedCount.toLocaleString('en')})`);
}

function documentChoice() {
  const choice = el('select', { id: 'document', onchange: (event) => { change({ document: event.target.value === '' ? null : Number(event.target.value) }); fitTo(); } },
    el('option', { value: '' }, `All ${DATA.documents.length}`), DATA.documents.map((d, i) => el('option', { value: String(i) }, d.title.slice(0, 90))));
  choice.value = state.document === null ? '' : String(state.document);
  return el('div', {}, el('h2', {}, el('label', { htmlFor: 'document' }, 'Document')), choice);
}

function confidenceChoice() {
  const said = el('output', {}, percent(state.confidence));
  return el('div', {}, el('h2', {}, el('label', { htmlFor: 'confidence' }, 'At least as sure as '), said),
    el('input', { id: 'confidence', type: 'range', min: '0', max: '1', step: '0.05', value: String(state.confidence),
      oninput: (event) => { said.textContent = percent(Number(event.target.value)); },
      onchange: (event) => change({ confidence: Number(event.target.value) }) }));
}

function showNotices() {
  const notes = [];
  if (state.from) notes.push(['Path from ', el('strong', {}, name(entities.get(state.from).name)), ': choose the other end, here or by its name. Esc stops.']);
  if (state.focus && state.entity) notes.push([`Only what lies within ${count(state.focus, 'step')} of `, el('strong', {}, name(entities.get(state.entity).name)), '.']);
  if (DATA.leftOut) notes.push([`The ${DATA.entities.length.toLocaleString('en')} most important are drawn; ${DATA.leftOut.toLocaleString('en')} more are left out. To see around one: `, el('code', {}, 'kg draw BUILD --around NAME')]);
  if (!visible.entities.size) notes.push([DATA.entities.length ? 'The filters hide everything.' : 'The documents name nothing that could be drawn.']);
  byName('notices').replaceChildren(...notes.map((note) => el('p', {}, ...note)));
  query.placeholder = state.from ? 'The other end of the path' : 'Find a name';
}

// ---- search

let marked = -1;

function suggest() {
  const found = findByName(query.value);
  marked = found.length ? 0 : -1;
  suggestions.replaceChildren(...found.map(({ entity, name: fitting }, i) => el('li', {
    id: `suggestion-${i}`, role: 'option', 'aria-selected': String(i === 0), 'data-id': entity.id,
    onmousedown: (event) => { event.preventDefault(); take(i); },
  }, typeIcon(entity.type), el('span', { className: 'label' }, name(entity.name),
    fitting === entity.name ? null : el('small', {}, ' also ', name(fitting))), el('small', {}, types.get(entity.type)?.label ?? ''))));
  if (!found.length && query.value.trim()) suggestions.append(el('li', { className: 'none' }, 'No name like that'));
  openSuggestions(query.value.trim() !== '');
}

function openSuggestions(open) {
  suggestions.hidden = !open;
  query.setAttribute('aria-expanded', String(open));
  if (open && marked >= 0) query.setAttribute('aria-activedescendant', `suggestion-${marked}`);
  else query.removeAttribute('aria-activedescendant');
}

function mark(step) {
  const options = suggestions.querySelectorAll('[role=option]');
  if (!options.length) return;
  options[marked]?.setAttribute('aria-selected', 'false');
  marked = (marked + step + options.length) % options.length;
  options[marked].setAttribute('aria-selected', 'true');
  options[marked].scrollIntoView({ block: 'nearest' });
  query.setAttribute('aria-activedescendant', `suggestion-${marked}`);
}

function take(i) {
  const id = suggestions.children[i]?.dataset.id;
  if (!id) return;
  query.value = '';
  openSuggestions(false);
  actions.choose(id);
  fitTo(state.path ? [...look.lit] : [...look.lit].slice(0, 60));
  panel.querySelector('h2')?.focus();
}

query.addEventListener('input', suggest);
query.addEventListener('blur', () => openSuggestions(false));
query.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown') mark(1);
  else if (event.key === 'ArrowUp') mark(-1);
  else if (event.key === 'Enter') take(marked);
  else return;
  event.preventDefault();
});

document.addEventListener('keydown', (event) => {
  const typing = event.target.matches('input[type=text], select');
  if (event.key === '/' && !typing) { event.preventDefault(); query.focus(); }
  if (event.key !== 'Escape') return;
  if (!suggestions.hidden || typing) { query.value = ''; openSuggestions(false); query.blur(); }
  if (state.from) { state.from = null; render(); } else if (!typing && !panel.hidden) actions.close();
});

// ---- the rest of the controls

network.on('click', ({ nodes: [node], edges: [edge] }) => {
  if (node !== undefined) { actions.choose(node); reveal(node); }
  else if (edge !== undefined) actions.chooseRelation(edge);
  else if (!panel.hidden) actions.close();
});
network.on('doubleClick', ({ nodes: [node] }) => { if (node !== undefined) { change({ ...NOTHING, entity: node, focus: 1 }); fitTo(); } });

let settling = null;
function arrange(on) {
  clearTimeout(settling);
  network.setOptions({ physics: { enabled: on } });
  byName('physics').setAttribute('aria-pressed', String(on));
  if (on) settling = setTimeout(() => arrange(false), 8000);
}

const onClick = (id, act) => byName(id).addEventListener('click', act);
onClick('view-graph', () => change({ view: 'graph' }));
onClick('view-table', () => change({ view: 'table' }));
onClick('back', () => { const last = past.pop(); if (last) { state = last; change({}, { remember: false }); } });
onClick('reset', () => { change({ ...INITIAL }); fitTo(); });
onClick('physics', () => arrange(byName('physics').getAttribute('aria-pressed') !== 'true'));
onClick('save', savePicture);
onClick('fit', () => fitTo());
onClick('zoom-in', () => zoomBy(1.35));
onClick('zoom-out', () => zoomBy(1 / 1.35));
onClick('open-filters', () => {
  const open = byName('filters').classList.toggle('open');
  byName('open-filters').setAttribute('aria-expanded', String(open));
});
onClick('theme', () => {
  const dark = document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  document.documentElement.dataset.theme = dark === 'dark' ? 'light' : 'dark';
  recolour();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);

let themeBefore;
window.addEventListener('beforeprint', () => { themeBefore = document.documentElement.dataset.theme; document.documentElement.dataset.theme = 'light'; recolour(); });
window.addEventListener('afterprint', () => {
  if (themeBefore) document.documentElement.dataset.theme = themeBefore;
  else delete document.documentElement.dataset.theme;
  recolour();
});
window.addEventListener('popstate', () => { state = stateFrom(location.hash); past.pop(); render(); });

byName('counts').textContent = [count(DATA.entities.length, 'entity', 'entities'), count(DATA.relations.length, 'relation'),
  count(DATA.claims.length, 'claim'), count(DATA.documents.length, 'document')].join(' · ');
render();
fitTo(look.lit?.size > 1 && !state.focus ? [...look.lit] : undefined, false);
document.body.dataset.ready = 'yes';
