// The panel: who something is, what is said of it, and the sentences that say so.

import { claimCard, placeButton, says } from './claims.js';
import { announce, button, byId, count, el, grouped, name, percent, statusIcon } from './elements.js';
import { filterOf } from './filter.js';
import { markedSentence, markKey, statementOf, typeIcon, wayTo } from './quoting.js';
import { showReader } from './reader.js';
import { add, STATUSES } from './store.js';
import { quoteAround, quoteOf } from './texts.js';
import { isFactual } from './visible.js';

const FEW = 3;
const MANY = 20;

export const statusOf = (wanted) => STATUSES.find((status) => status.name === wanted);
const line = (...children) => el('p', { className: 'kind' }, ...children);
const heading = (...children) => el('h2', { tabIndex: -1 }, ...children);
const statement = (...children) => el('h2', { tabIndex: -1, className: 'statement' }, ...children);
const nothing = (text) => el('p', { className: 'nothing' }, text);

let asked = 0;
let shownFor = '';

/** Fill the panel for the state; hide it when nothing is chosen and no text is open. */
export async function showPanel(app) {
  const { state } = app;
  const panel = byId('panel');
  const mine = ++asked;
  const key = JSON.stringify([state.entity, state.relation, state.between, state.path, state.text, app.reading]);
  panel.hidden = !(state.entity || state.relation || state.between || state.path || state.text);
  if (panel.hidden) {
    panel.replaceChildren();
    shownFor = '';
    return;
  }
  panel.classList.toggle('wide', app.reading && Boolean(state.text));
  const content = app.reading && state.text ? await showReader(app) : await evidence(app);
  if (mine !== asked) return;
  panel.replaceChildren(...tabs(app), ...content);
  if (key !== shownFor && !(app.reading && state.text)) panel.scrollTop = 0;
  shownFor = key;
  announce(panel.querySelector('h2')?.textContent ?? '');
  panel.dispatchEvent(new Event('shown'));
}

function tabs(app) {
  const { state, actions } = app;
  const close = button('×', actions.close, { className: 'close', 'aria-label': 'Close details' });
  if (!state.text) return [close];
  const tab = (label, on, act) => button(label, act, { 'aria-pressed': String(on) });
  const chosen = state.entity || state.relation || state.between || state.path;
  return [
    close,
    el(
      'div',
      { className: 'views tabs', role: 'group', 'aria-label': 'Show' },
      chosen ? tab('Evidence', !app.reading, () => actions.showText(false)) : null,
      tab('Text', app.reading, () => actions.showText(true)),
    ),
  ];
}

async function evidence(app) {
  const { state, store } = app;
  const content = state.path
    ? await pathPanel(app)
    : state.between
      ? await betweenPanel(app)
      : state.relation
        ? await relationPanel(app, store.relations.get(state.relation))
        : await entityPanel(app, store.entities.get(state.entity));
  return content.filter(Boolean);
}

// ---- an entity

async function entityPanel(app, entity) {
  const { store, source } = app;
  const { claims, whole } = await source.claims({ entity: entity.id });
  const shown = passing(app, claims);
  const mentions = await mentionsOf(app, entity);
  return [
    line(typeIcon(store, entity.type), store.typeLabel(entity.type)),
    heading(name(entity.name)),
    entity.aliases.length
      ? el(
          'p',
          { className: 'aliases' },
          'also ',
          entity.aliases.flatMap((alias, i) => [i ? ', ' : '', name(alias)]),
        )
      : null,
    el(
      'p',
      { className: 'facts' },
      count(entity.mentions, 'mention'),
      ' in ',
      count(entity.documents, 'document'),
      ' · ',
      count(whole, 'claim'),
    ),
    entity.links.length ? el('ul', { className: 'links' }, entity.links.map(linkItem)) : null,
    entityActions(app, entity),
    claims.length ? markKey(shown) : nothing('No claim of the documents says anything of it.'),
    ...claimGroups(app, shown),
    hiddenNote(app, claims.length - shown.length),
    more(app, claims, whole, { entity: entity.id }),
    mentions,
  ];
}

/** The claims that pass the filters; what only spells out names is folded here, and not left out. */
const passing = ({ store, state }, claims) => claims.filter(filterOf(store, { ...state, named: true }));

/** Say how many claims the filters hide, and let them be seen. */
function hiddenNote({ actions }, left) {
  if (!left) return null;
  const words = `${count(left, 'claim is', 'claims are')} hidden by the filters. `;
  return el('p', { className: 'nothing' }, words, button('Show them', actions.clearFilters, { className: 'link' }));
}

/** A link opens only where Python found it to be one of the data sets we know. */
function linkItem({ iri, exact, open }) {
  const label = iri
    .replace(/^https?:\/\/(www\.|sws\.)?/, '')
    .replace(/^wikidata\.org\/entity\//, 'Wikidata ')
    .replace(/^geonames\.org\/(\d+)\/?$/, 'GeoNames $1');
  const sure = exact ? '' : ' (likely)';
  if (!open) return el('li', {}, name(label), sure);
  return el('li', {}, el('a', { href: iri, target: '_blank', rel: 'noopener noreferrer' }, label), sure);
}

function entityActions({ state, actions, store, source }, entity) {
  const steps = [1, 2, 3].map((step) =>
    button(String(step), () => actions.focusOn(state.focus === step ? 0 : step), {
      'aria-pressed': String(state.focus === step),
      title: `Show only what lies within ${count(step, 'step')} (F)`,
    }),
  );
  const { id } = entity;
  const node = store.nodes.get(id);
  const left = source.partial && node ? node.degree - (store.relationsOf.get(id)?.length ?? 0) : 0;
  return el(
    'div',
    { className: 'actions' },
    el(
      'span',
      { className: 'steps', role: 'group', 'aria-label': 'Show only the neighbourhood, in steps' },
      el('span', {}, 'Focus'),
      ...steps,
    ),
    left > 0 || state.focus || state.core
      ? button(left > 0 ? `Expand (${grouped(left)})` : 'Expand', () => actions.expand(id), {
          title: 'Show more of what it is joined to (E)',
        })
      : null,
    button('Path to …', () => actions.startPath(id), { title: 'Find how it is joined to another' }),
    button(state.pins[id] ? 'Unpin' : 'Pin', () => actions.pin(id), { title: 'Keep it where it is (P)' }),
    button('Hide', () => actions.hide(id), { title: 'Take it off the drawing (H)' }),
  );
}

/** How much a claim tells: facts more than what is said or planned, what joins two things more than words, the sure more. */
function worth(claim) {
  const fact = claim.chips[0][0] === 'fact';
  return claim.confidence * (claim.relation ? 2 : 1) * (fact ? 2 : 1) * (claim.implicit ? 0.5 : 1);
}

/** The claims that tell most first, but each thing that is said once before any is said again. */
function byWorth(claims) {
  const [once, again] = [new Map(), []];
  for (const claim of [...claims].sort((a, b) => worth(b) - worth(a))) {
    const what = JSON.stringify([claim.subject.at(-1), claim.predicate, claim.object?.at(-1), claim.chips]);
    if (once.has(what)) again.push(claim);
    else once.set(what, claim);
  }
  return [...once.values(), ...again];
}

/** Claims under the main word of what they say, what tells most first: words before what is implied. */
function claimGroups(app, list) {
  const groups = new Map();
  for (const claim of list) if (!claim.named) add(groups, claim.head, claim);
  const implied = ([, group]) => Number(group.every((claim) => claim.implicit));
  const whole = ([, group]) => group.reduce((sum, claim) => sum + worth(claim), 0);
  const order = (a, b) => implied(a) - implied(b) || whole(b) - whole(a) || a[0].localeCompare(b[0]);
  return [...groups]
    .sort(order)
    .map(([head, group]) =>
      el(
        'section',
        { className: 'group' },
        el('h3', {}, name(head), group.length > 1 ? el('span', { className: 'number' }, String(group.length)) : null),
        ...few(byWorth(group), FEW, (claim) => claimCard(app, claim)),
      ),
    )
    .concat(fromNames(app, list) ?? []);
}

/** What only spells out names, folded: it is true, and hides what is said. */
function fromNames(app, list) {
  const named = list.filter((claim) => claim.named);
  const item = ([, same]) =>
    el(
      'li',
      {},
      says(app, same[0]),
      placeButton(app, same[0], quoteOf(app.store, same[0]).where),
      same.length > 1 ? el('span', { className: 'number' }, ` and ${grouped(same.length - 1)} more`) : null,
    );
  const alike = new Map();
  for (const claim of named) add(alike, claim.relation ?? claim.id, claim);
  return named.length
    ? folded(
        named.length === 1 ? '1 more that follows from a name' : `${grouped(named.length)} more that follow from names`,
        [...alike],
        item,
      )
    : null;
}

/** A list under its heading that is made when it is opened. */
function folded(heading, items, make) {
  const list = el('ol', {});
  return el(
    'details',
    {
      className: 'mentions',
      ontoggle: () => {
        if (!list.children.length) list.append(...few(items, MANY, make));
      },
    },
    el('summary', {}, heading),
    list,
  );
}

/** Show the first few and a button for the rest, which are made only when asked for. */
export function few(items, most, make) {
  if (items.length <= most + 1) return items.map(make);
  const rest = button(`Show ${items.length - most} more`, () => rest.replaceWith(...items.slice(most).map(make)), {
    className: 'more',
  });
  return [...items.slice(0, most).map(make), rest];
}

/** A button that brings the next claims from the server, where not all came at once. */
function more(app, claims, whole, wanted) {
  if (claims.length >= whole) return null;
  let offset = claims.length;
  const place = el('div', {});
  const next = button(
    `Show more of ${grouped(whole)} claims`,
    async () => {
      const found = await app.source.claims({ ...wanted, offset });
      const shown = passing(app, found.claims);
      offset += found.claims.length;
      place.append(
        ...shown.filter((claim) => !claim.named).map((claim) => claimCard(app, claim)),
        fromNames(app, shown) ?? '',
        hiddenNote(app, found.claims.length - shown.length) ?? '',
      );
      if (offset >= whole || !found.claims.length) next.remove();
    },
    { className: 'more' },
  );
  return el('section', { className: 'group' }, place, next);
}

async function mentionsOf(app, entity) {
  if (app.source.partial || app.overview.textLeftOut || !entity.mentions) return null;
  const found = [];
  for (const document of app.store.documents.values()) {
    for (const [start, end, id] of document.mentions) if (id === entity.id) found.push([document, start, end]);
  }
  if (!found.length) return null;
  const item = ([document, start, end]) => {
    const passage = quoteAround(document, start, end);
    return el(
      'li',
      {},
      markedSentence(passage, [[start, end, 'subject']]),
      button(name(passage.where), () => app.actions.read(document.id, passage.start), { className: 'place' }),
    );
  };
  return folded(`Mentions (${grouped(found.length)})`, found, item);
}

// ---- relations

async function relationPanel(app, relation) {
  const { claims } = await app.source.claims({ relations: [relation.id] });
  const shown = passing(app, claims);
  const said = [
    [relation.affirmed, 'says so', 'say so'],
    [relation.denied, 'denies it', 'deny it'],
    [relation.hedged, 'leaves it open or quotes', 'leave it open or quote'],
  ]
    .filter(([number]) => number)
    .map(([number, one, many]) => `${number} ${number === 1 ? one : many}`)
    .join(', ');
  const others = (app.store.relationsOf.get(relation.subject) ?? [])
    .map((r) => r.relation)
    .filter((r) => r !== relation && (r.subject === relation.object || r.object === relation.object))
    .sort((a, b) => Number(a.named ?? 0) - Number(b.named ?? 0));
  return [
    line(statusIcon(relation.status), statusOf(relation.status).label),
    statement(
      wayTo(app.store, ['', relation.subject], app.actions.choose),
      ' ',
      relation.status === 'denied' ? el('s', {}, name(relation.predicate)) : el('em', {}, name(relation.predicate)),
      ' ',
      wayTo(app.store, ['', relation.object], app.actions.choose),
    ),
    el(
      'p',
      { className: 'facts' },
      `Of ${count(relation.claims, 'claim')}: ${said} · read right with ${percent(relation.confidence)}`,
    ),
    el('p', { className: 'facts' }, knownAs(app.store, relation)),
    markKey(shown),
    ...few(shown, MANY, (claim) => claimCard(app, claim)),
    hiddenNote(app, claims.length - shown.length),
    alsoBetween(app, others),
  ];
}

/** Say what kind of relation it is, and under which name it is known. */
function knownAs(store, relation) {
  const kind = store.kinds.get(relation.kind)?.label ?? relation.kind;
  if (!relation.known) return `Kind: ${kind}`;
  const [key, label] = relation.known;
  return /^P\d+$/.test(key)
    ? `Kind: ${kind} · known as ${label} (Wikidata ${key})`
    : `Kind: ${kind} · known as ${label}`;
}

function alsoBetween(app, others) {
  if (!others.length) return null;
  return el(
    'section',
    { className: 'group' },
    el('h3', {}, 'Also between the two'),
    el(
      'ul',
      { className: 'plain' },
      others.map((other) => relationItem(app, other)),
    ),
  );
}

function relationItem(app, relation) {
  return el(
    'li',
    {},
    el(
      'button',
      { type: 'button', className: 'row', onclick: () => app.actions.chooseRelation(relation.id) },
      statusIcon(relation.status),
      statementOf(app.store, relation),
    ),
  );
}

/** All that joins two: what several lines, or one thick line, stand for. */
async function betweenPanel(app) {
  const { store, state, actions, source } = app;
  const [first, second] = state.between;
  const joined = (store.relationsOf.get(first) ?? [])
    .filter(({ other }) => other === second)
    .map(({ relation }) => relation)
    .filter((r) => app.passing.relations.has(r.id));
  const found = await source.claims({ relations: joined.map((r) => r.id) });
  const claims = passing(app, found.claims);
  const own = new Map();
  for (const claim of claims) add(own, claim.relation, claim);
  return [
    line(`${count(joined.length, 'relation')} between`),
    statement(wayTo(store, ['', first], actions.choose), ' and ', wayTo(store, ['', second], actions.choose)),
    markKey(claims),
    ...joined.map((relation) =>
      el(
        'section',
        { className: 'group' },
        el('h3', {}, statusIcon(relation.status), statementOf(store, relation)),
        ...few(own.get(relation.id) ?? [], FEW, (claim) => claimCard(app, claim)),
      ),
    ),
    hiddenNote(app, found.claims.length - claims.length),
  ];
}

// ---- paths

async function pathPanel(app) {
  const { state, store, actions, source, way } = app;
  const [first, last] = state.path;
  const title = statement(wayTo(store, ['', first], actions.choose), ' to ', wayTo(store, ['', last], actions.choose));
  const choice = el(
    'label',
    { className: 'switch' },
    el('input', {
      type: 'checkbox',
      id: 'facts',
      checked: state.facts,
      onchange: (event) => actions.onlyFacts(event.target.checked),
    }),
    ' Through facts alone',
  );
  if (!way) return [line('Path'), title, choice, nothing(noWay(state))];
  const { claims } = await source.claims({ relations: way.map((r) => r.id) });
  const told = way.map(
    (relation) =>
      claims.find((claim) => claim.relation === relation.id && claim.status === 'fact') ??
      claims.find((claim) => claim.relation === relation.id),
  );
  const steps = way.map((relation, i) =>
    el('li', {}, line(statusIcon(relation.status), statusOf(relation.status).label), claimCard(app, told[i])),
  );
  return [
    line('Path'),
    title,
    el('p', { className: 'facts' }, `A shortest way, ${count(way.length, 'step')}`),
    verdict(way),
    choice,
    markKey(told),
    el('ol', { className: 'steps-of-way' }, steps),
  ];
}

function noWay(state) {
  return state.facts
    ? 'No way of facts alone joins the two. What is said, planned or denied may still join them.'
    : 'No way joins the two among the relations that are shown. Loosen the filters, or draw more of the graph.';
}

/** Whether a path stands on facts alone; if not, on what else. */
function verdict(way) {
  const weak = way.filter((relation) => !isFactual(relation));
  if (!weak.length) return el('p', { className: 'verdict sound' }, 'Every step is a fact of some document.');
  return el(
    'p',
    { className: 'verdict' },
    `It does not stand on facts alone: ${count(weak.length, 'step')} of ${way.length} ${weak.length === 1 ? 'is' : 'are'} `,
    [...new Set(weak.map((relation) => statusOf(relation.status).label.toLowerCase()))].join(', '),
    '.',
  );
}
