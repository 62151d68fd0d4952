// Who says what: propositions down, speakers across; agreeing, denying, hedging.

import { button, byId, count, el, grouped, name, shortened, statusIcon } from './elements.js';
import { isQuoted, propositionOf } from './embedded.js';
import { statementOf, wayTo } from './quoting.js';
import { add, voiceLabel } from './store.js';

const MOST_SPEAKERS = 10;
const MOST_ROWS = 150;
const STANCES = {
  agrees: ['✓', 'says so', 'say so'],
  denies: ['✗', 'denies it', 'deny it'],
  hedges: ['≈', 'leaves it open', 'leave it open'],
};
let asked = 0;

/** Show the table of voices, about the chosen entity or about everything. */
export async function showVoices(app) {
  const mine = ++asked;
  const { state, store } = app;
  const { claims } = await app.source.voices({ entity: state.entity });
  if (mine !== asked) return;
  const kept = claims.filter(app.lets);
  const rows = rowsOf(kept);
  const speakers = speakersOf(rows);
  const about = state.entity
    ? [
        'About ',
        el('strong', {}, name(store.nameOf(['', state.entity]))),
        '. ',
        button('About everything', app.actions.close, { className: 'link' }),
      ]
    : ['Choose an entity to see only what is said of it.'];
  byId('voices').replaceChildren(
    el('h2', {}, 'Who says what'),
    el(
      'p',
      { className: 'facts' },
      `${count(rows.length, 'proposition')} that somebody is quoted on; the documents' own voice beside. `,
      ...about,
    ),
    key(),
    rows.length
      ? grid(app, rows, speakers)
      : el('p', { className: 'nothing' }, 'Nobody is quoted on anything that the filters let through.'),
    rows.length > MOST_ROWS
      ? el('p', { className: 'facts' }, `The first ${MOST_ROWS} are shown; filters show others.`)
      : '',
  );
}

/** Return the propositions with their claims by speaker, the most disputed first. */
function rowsOf(claims) {
  const together = new Map();
  for (const claim of claims) add(together, propositionOf(claim), claim);
  const rows = [...together.values()]
    .filter((own) => own.some(isQuoted))
    .map((own) => {
      const voices = new Map();
      for (const claim of own) for (const [voice, stance] of claim.voices) add(voices, voice, { claim, stance });
      const stances = new Set([...voices.values()].flat().map((said) => said.stance));
      return { claims: own, voices, stances: stances.size };
    });
  return rows.sort(
    (a, b) => b.stances - a.stances || b.voices.size - a.voices.size || b.claims.length - a.claims.length,
  );
}

function speakersOf(rows) {
  const counts = new Map();
  for (const { voices } of rows.slice(0, MOST_ROWS))
    for (const [voice, own] of voices) counts.set(voice, (counts.get(voice) ?? 0) + own.length);
  const named = [...counts]
    .filter(([voice]) => voice)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([voice]) => voice);
  return {
    shown: [...(counts.has('') ? [''] : []), ...named.slice(0, MOST_SPEAKERS)],
    others: new Set(named.slice(MOST_SPEAKERS)),
  };
}

function key() {
  return el(
    'p',
    { className: 'stances' },
    Object.entries(STANCES).map(([stance, [sign, one]]) =>
      el('span', { className: `stance ${stance}` }, `${sign} ${one}`),
    ),
  );
}

function grid(app, rows, { shown, others }) {
  const head = [
    ...shown.map((voice) =>
      el('th', { scope: 'col' }, el('span', { title: voiceLabel(voice) }, name(shortened(voiceLabel(voice), 26)))),
    ),
    others.size ? el('th', { scope: 'col' }, `${grouped(others.size)} others`) : null,
  ];
  const body = rows.slice(0, MOST_ROWS).map((row) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, proposition(app, row.claims)),
      shown.map((voice) => cell(app, voiceLabel(voice), row.voices.get(voice) ?? [])),
      others.size
        ? cell(
            app,
            'Others',
            [...row.voices].filter(([voice]) => others.has(voice)).flatMap(([, own]) => own),
          )
        : null,
    ),
  );
  return el(
    'div',
    { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Propositions by speaker' },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'What is said'), ...head)),
      el('tbody', {}, body),
    ),
  );
}

function proposition(app, [claim]) {
  const relation = app.store.relations.get(claim.relation);
  if (relation) {
    return el(
      'button',
      { type: 'button', className: 'row', onclick: () => app.actions.chooseRelation(relation.id) },
      statusIcon(relation.status),
      statementOf(app.store, relation),
    );
  }
  const way = (term) => wayTo(app.store, term, app.actions.choose);
  return el(
    'span',
    {},
    way(claim.subject),
    ' ',
    el('em', {}, claim.predicate),
    claim.object ? [' ', way(claim.object)] : null,
  );
}

/** What one speaker says to one proposition: a sign and a number for each stance. */
function cell(app, speaker, said) {
  const signs = Object.entries(STANCES).map(([stance, [sign, one, many]]) => {
    const own = said.filter((one) => one.stance === stance).map((one) => one.claim);
    if (!own.length) return null;
    const words = `${speaker} ${own.length === 1 ? one : many} (${own.length}): read it`;
    return el(
      'button',
      {
        type: 'button',
        className: `stance ${stance}`,
        title: words,
        'aria-label': words,
        onclick: () => app.actions.read(own[0].document, own[0].sentence[0]),
      },
      own.length > 1 ? `${sign} ${own.length}` : sign,
    );
  });
  return el('td', { 'data-label': speaker }, signs);
}
