// The left side: a legend whose every line is a filter, and the filters that need more room.

import { documentMenu } from './documents.js';
import {
  button,
  byId,
  count,
  el,
  grouped,
  lineIcon,
  name,
  percent,
  shapeIcon,
  shortened,
  statusIcon,
} from './elements.js';
import { histogram } from './histogram.js';
import { typeIcon } from './quoting.js';
import { COMMUNITY_COLOURS, NO_COMMUNITY } from './shapes.js';
import { isFiltered } from './state.js';
import { STATUSES, voiceLabel } from './store.js';

const toggled = (list, item) => (list.includes(item) ? list.filter((other) => other !== item) : [...list, item]);
const MOST_CHOICES = 60;
const COMMON_KINDS = 8;

/** Show legend and filters, keeping the focus where it was. */
export function showFilters(app) {
  const place = byId('filters');
  const controls = () => [...place.querySelectorAll('button, select, input')];
  const focused = controls().indexOf(document.activeElement);
  place.replaceChildren(...parts(app).filter(Boolean));
  if (focused >= 0) controls()[focused]?.focus();
}

function parts(app) {
  const { state, overview } = app;
  return [
    colourChoice(app),
    state.colour === 'community' ? communityLegend(app) : typeLegend(app),
    unjoinedSwitch(app),
    el('h2', {}, 'Claims'),
    statusLegend(app),
    namedSwitch(app),
    ...kindLegend(app),
    ...choices(app),
    Object.keys(overview.years).length > 1 ? histogram(app) : null,
    coreSlider(app),
    slider('confidence', 'At least as sure as', state.confidence, { max: 1, step: 0.05 }, percent, (confidence) =>
      app.change({ confidence }),
    ),
    slider('sentences', 'Sentences, at least', state.sentences, { min: 1, max: 8, step: 1 }, String, (sentences) =>
      app.change({ sentences }),
    ),
    isFiltered(state) ? button('Clear all filters', app.actions.clearFilters, { className: 'clear' }) : null,
  ];
}

function legendRow(picture, label, number, on, toggle, hint) {
  return el(
    'li',
    {},
    el(
      'button',
      { type: 'button', className: 'legend', 'aria-pressed': String(on), title: hint, onclick: toggle },
      picture,
      el('span', { className: 'label' }, label),
      el('span', { className: 'number' }, grouped(number)),
    ),
  );
}

function colourChoice(app) {
  const { state, overview } = app;
  if (overview.communities.length < 2) return el('h2', {}, 'Entities');
  const one = (value, label) =>
    button(label, () => app.change({ colour: value }), { 'aria-pressed': String(state.colour === value) });
  return el(
    'div',
    { className: 'colours' },
    el('h2', {}, 'Entities'),
    el(
      'div',
      { className: 'views small', role: 'group', 'aria-label': 'Colour entities by' },
      one('type', 'type'),
      one('community', 'community'),
    ),
  );
}

function typeLegend(app) {
  const { state, store, overview } = app;
  const shown = [...store.types.values()].filter((type) => overview.counts.types[type.name]);
  const rows = shown.map((type) =>
    legendRow(
      typeIcon(store, type.name),
      type.label,
      overview.counts.types[type.name],
      !state.hide.includes(type.name),
      () => app.change({ hide: toggled(state.hide, type.name) }),
      `Show or hide: ${type.label}`,
    ),
  );
  return el('ul', {}, rows);
}

function communityLegend(app) {
  const { state, overview } = app;
  const rows = overview.communities.map(({ number, name: label, size }) =>
    legendRow(
      shapeIcon('dot', COMMUNITY_COLOURS[number] ?? NO_COMMUNITY),
      name(label),
      size,
      !state.away.includes(number),
      () => app.change({ away: toggled(state.away, number) }),
      'Entities that are joined among themselves more than to others',
    ),
  );
  return el('ul', {}, rows, el('li', { className: 'rest' }, shapeIcon('dot', NO_COMMUNITY), ' in none of these'));
}

function statusLegend(app) {
  const { state, overview } = app;
  const shown = STATUSES.filter((status) => overview.counts.statuses[status.name]);
  return el(
    'ul',
    {},
    shown.map((status) =>
      legendRow(
        statusIcon(status.name),
        status.label,
        overview.counts.statuses[status.name],
        !state.without.includes(status.name),
        () => app.change({ without: toggled(state.without, status.name) }),
        status.hint,
      ),
    ),
  );
}

/** The kinds of relation, the commonest first; those that are rarer fold away. */
function kindLegend(app) {
  const { state, store, overview } = app;
  const counts = overview.counts.kinds ?? {};
  const shown = [...store.kinds.values()]
    .filter((kind) => counts[kind.name])
    .sort((a, b) => counts[b.name] - counts[a.name] || (a.name < b.name ? -1 : 1));
  if (shown.length < 2) return [];
  const row = (kind) =>
    legendRow(
      lineIcon(kind.colour),
      kind.label,
      counts[kind.name],
      !state.kinds.includes(kind.name),
      () => app.change({ kinds: toggled(state.kinds, kind.name) }),
      kind.about,
    );
  const rest = shown.slice(COMMON_KINDS).map(row);
  const names = shown.map((kind) => kind.name);
  const none = names.every((one) => state.kinds.includes(one));
  return [
    el('h2', {}, 'Kinds of relation'),
    el('ul', {}, shown.slice(0, COMMON_KINDS).map(row)),
    rest.length
      ? el(
          'details',
          { open: app.allKinds, ontoggle: (event) => (app.allKinds = event.target.open) },
          el('summary', {}, `${rest.length} more`),
          el('ul', {}, rest),
        )
      : null,
    button(none ? 'Draw all kinds' : 'Draw no kinds', () => app.change({ kinds: none ? [] : names }), {
      className: 'link',
    }),
  ];
}

function unjoinedSwitch(app) {
  const { state, store, source } = app;
  if (source.partial) return null;
  const number = [...store.entities.keys()].filter((id) => !store.relationsOf.has(id)).length;
  if (!number) return null;
  return el(
    'label',
    { className: 'switch' },
    el('input', {
      type: 'checkbox',
      checked: state.unjoined,
      onchange: (event) => {
        app.change({ unjoined: event.target.checked });
        app.picture.fit();
      },
    }),
    ` Without relations (${grouped(number)})`,
  );
}

/** What only spells out a name ("Russian government", of Russia) is drawn when asked for. */
function namedSwitch(app) {
  const { state, overview } = app;
  const number = overview.counts.named;
  if (!number) return null;
  return el(
    'label',
    { className: 'switch', title: 'As the Russian government belongs to Russia: no word says so, but the name' },
    el('input', {
      type: 'checkbox',
      id: 'named',
      checked: state.named,
      onchange: (event) => app.actions.drawNamed(event.target.checked),
    }),
    ` Only from names (${grouped(number)})`,
  );
}

/** Drop-downs: what relations say, who says so, in which document. */
function choices(app) {
  const { store } = app;
  const tally = (read) => {
    const counts = new Map();
    for (const relation of store.relations.values())
      for (const one of read(relation)) counts.set(one, (counts.get(one) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_CHOICES);
  };
  const heads = tally((r) => [r.head]);
  const speakers = tally((r) => new Set(r.said.flatMap((claim) => claim.voices.map(([voice]) => voice))));
  return [
    choice(
      app,
      'head',
      'Says',
      'anything',
      heads.map(([id, n]) => [id, n, id]),
    ),
    speakers.length > 1
      ? choice(
          app,
          'speaker',
          'Who says so',
          'anybody',
          speakers.map(([id, n]) => [id, n, voiceLabel(id)]),
        )
      : null,
    documentMenu(app),
  ];
}

function choice(app, key, label, everything, options) {
  const state = app.state[key];
  const items = options.map(([value, number, text]) =>
    el('option', { value: `=${value}` }, `${shortened(text, 60)}${number ? ` (${grouped(number)})` : ''}`),
  );
  const select = el(
    'select',
    {
      id: key,
      onchange: (event) => {
        app.change({ [key]: event.target.value ? event.target.value.slice(1) : null });
        app.picture.fit();
      },
    },
    el('option', { value: '' }, everything),
    items,
  );
  select.value = state === null ? '' : `=${state}`;
  return el('div', {}, el('h2', {}, el('label', { htmlFor: key }, label)), select);
}

function slider(id, label, value, bounds, say, set) {
  const said = el('output', {}, say(value));
  return el(
    'div',
    {},
    el('h2', {}, el('label', { htmlFor: id }, `${label} `), said),
    el('input', {
      id,
      type: 'range',
      min: '0',
      ...bounds,
      value: String(value),
      'aria-valuetext': say(value),
      oninput: (event) => {
        said.textContent = say(Number(event.target.value));
      },
      onchange: (event) => set(Number(event.target.value)),
    }),
  );
}

/** How many of the most important are drawn; only where all would be too many to take in. */
function coreSlider(app) {
  const { state, store, initial } = app;
  if (!initial.core) return null;
  const most = store.nodes.size;
  const steps = [50, 100, 200, 400, 800, 1600, 3200].filter((step) => step < most);
  const place = Number(state.core) ? steps.findLastIndex((step) => step <= state.core) : steps.length;
  const say = (at) => (steps[at] ? grouped(steps[at]) : 'all');
  return slider('core', 'Most important', Math.max(0, place), { max: steps.length, step: 1 }, say, (at) => {
    app.change({ core: steps[at] ?? 'all' });
    app.picture.fit();
  });
}

/** Say under the drawing's edge what is not to be seen, and why. */
export function showNotices(app) {
  const { state, store, overview, visible, source } = app;
  const notes = [];
  const strong = (id) => el('strong', {}, name(store.nameOf(['', id])));
  if (state.from)
    notes.push(['Path from ', strong(state.from), ': choose the other end, here or by its name. Esc stops.']);
  if (state.focus && state.entity)
    notes.push([`Only what lies within ${count(state.focus, 'step')} of `, strong(state.entity), '.']);
  if (Number(state.core) && !state.focus && !state.entity)
    notes.push([
      `The ${grouped(visible.entities.size)} most important of ${grouped(store.nodes.size)}, by their main relations. `,
      button(
        'Draw all',
        () => {
          app.change({ core: 'all' });
          app.picture.fit();
        },
        { className: 'link' },
      ),
      overview.leftOut
        ? [`. ${grouped(overview.leftOut)} more are not in this page: `, el('code', {}, 'kg serve BUILD')]
        : '',
    ]);
  else if (overview.leftOut && !source.partial && !(state.entity || state.relation || state.path))
    notes.push([
      `${grouped(overview.leftOut)} less important entities are left out of this page. To see all: `,
      el('code', {}, 'kg serve BUILD'),
      ', or around one: ',
      el('code', {}, 'kg draw BUILD --around NAME'),
    ]);
  if (source.partial && state.shown === app.initial.shown && !state.entity)
    notes.push([
      `The ${grouped(visible.entities.size)} most named of ${grouped(overview.whole[0])}. Search for others, or expand one of these.`,
    ]);
  if (state.years) notes.push([`Only what is dated ${state.years.join(' to ')}; claims without a date are hidden.`]);
  if (state.gone.length)
    notes.push([
      `${count(state.gone.length, 'entity', 'entities')} hidden. `,
      button('Show again', () => app.change({ gone: [] }), { className: 'link' }),
    ]);
  if (!visible.entities.size)
    notes.push([
      overview.entities.length ? 'The filters hide everything.' : 'The documents name nothing that could be drawn.',
    ]);
  byId('notices').replaceChildren(...notes.map((note) => el('p', {}, ...note.flat())));
}
