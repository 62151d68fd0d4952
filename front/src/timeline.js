// The timeline: dated claims in the order of their days, a year under its own heading.

import { chipsOf, daysOf, placeButton, says } from './claims.js';
import { button, byId, count, el, grouped, name } from './elements.js';
import { add } from './store.js';
import { quoteOf } from './texts.js';

const ROWS = 120;
let asked = 0;
let most = ROWS;

/** Show the dated claims that pass the filters, about the chosen entity or about everything. */
export async function showTimeline(app) {
  const mine = ++asked;
  const { state, store, source } = app;
  const found = await source.dated({ entity: state.entity });
  // Another state was asked for meanwhile.
  if (mine !== asked) return;
  const kept = found.claims.filter(app.lets).sort(byDay);
  const shown = kept.slice(0, most);
  const years = new Map();
  for (const claim of shown) add(years, dayOf(claim).slice(0, 4), claim);
  const about = state.entity
    ? [
        ' about ',
        el('strong', {}, name(store.nameOf(['', state.entity]))),
        '. ',
        button('About everything', app.actions.close, { className: 'link' }),
      ]
    : ['.'];
  const left = kept.length - shown.length;
  byId('timeline').replaceChildren(
    el('h2', {}, 'Timeline'),
    el(
      'p',
      { className: 'facts' },
      count(kept.length, 'claim'),
      ' with a date',
      ...about,
      found.whole > found.claims.length
        ? ` The first ${grouped(found.claims.length)} of ${grouped(found.whole)} were loaded; choose an entity for its own.`
        : '',
    ),
    ...[...years].map(([year, claims]) =>
      el(
        'section',
        { className: 'year' },
        el('h3', {}, year, el('span', { className: 'number' }, grouped(claims.length))),
        el(
          'ol',
          {},
          claims.map((claim) => item(app, claim)),
        ),
      ),
    ),
    left > 0
      ? button(
          `Show more of ${grouped(kept.length)}`,
          () => {
            most += 4 * ROWS;
            showTimeline(app);
          },
          { className: 'more' },
        )
      : '',
  );
}

const dayOf = ({ days: [from, until] }) => from ?? until;

function byDay(a, b) {
  const [first, second] = [a, b].map(dayOf);
  return first < second ? -1 : first > second ? 1 : 0;
}

function item(app, claim) {
  return el(
    'li',
    {},
    el('time', { title: claim.time }, daysOf(claim.days)),
    el('div', {}, says(app, claim), chipsOf(claim), placeButton(app, claim, quoteOf(app.store, claim).where)),
  );
}
