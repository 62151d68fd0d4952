// A claim as a card: what it says, how it stands, the sentence, and where that is printed.

import { chip, el, name, percent } from './elements.js';
import { markedSentence, wayTo } from './quoting.js';
import { quoteOf } from './texts.js';

/** Return the card of a claim. */
export function claimCard(app, claim) {
  const passage = quoteOf(app.store, claim);
  return el(
    'article',
    { className: 'claim' },
    says(app, claim),
    argumentsOf(app, claim),
    chipsOf(claim),
    el('blockquote', {}, markedSentence(passage, claim.marks)),
    el(
      'footer',
      {},
      placeButton(app, claim, passage.where),
      el('span', { title: 'Probability that the sentence was read right' }, percent(claim.confidence)),
    ),
  );
}

/** What a claim says, in a line; names and the relation lead to what they name. */
export function says(app, claim) {
  const go = app.actions.choose;
  return el(
    'p',
    { className: 'says' },
    wayTo(app.store, claim.subject, go),
    ' ',
    predicate(app, claim),
    claim.object ? [' ', wayTo(app.store, claim.object, go)] : null,
  );
}

/** How a claim stands, as chips. */
export function chipsOf(claim) {
  return el(
    'p',
    { className: 'chips' },
    claim.chips.map(chip),
    claim.implicit
      ? el('span', { className: 'chip quiet', title: 'No word spells this relation out' }, 'implied')
      : null,
    claim.time ? el('span', { className: 'chip quiet', title: daysOf(claim.days) }, name(claim.time)) : null,
  );
}

const isDenied = ({ voices }) => voices.some(([, stance]) => stance === 'denies');

/** The relation of a claim: a button where it is an edge, struck through where it is denied. */
export function predicate(app, claim) {
  const word = isDenied(claim) ? el('s', {}, name(claim.predicate)) : name(claim.predicate);
  if (!claim.relation) return el('span', { className: 'predicate' }, word);
  return el(
    'button',
    { type: 'button', className: 'predicate', onclick: () => app.actions.chooseRelation(claim.relation) },
    word,
  );
}

/** Where a claim stands: a button that opens the text at its sentence. */
export function placeButton(app, claim, where) {
  const open = () => app.actions.read(claim.document, claim.sentence[0]);
  return el('button', { type: 'button', className: 'place', title: 'Read it in its text', onclick: open }, name(where));
}

/** The days that a time covers, in words: "2018", "September 2018", "4 May 2019", "2 May 2019 to …". */
export function daysOf([from, until]) {
  if (from && until) return wholeOf(from, until) ?? `${dayOf(from)} to ${dayOf(until)}`;
  return from ? `since ${dayOf(from)}` : until ? `until ${dayOf(until)}` : 'no date';
}

function dayOf(day, form = { day: 'numeric', month: 'long', year: 'numeric' }) {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', { ...form, timeZone: 'UTC' });
}

/** Say a day, a month or years that are covered whole; null for any other span. */
function wholeOf(from, until) {
  if (from === until) return dayOf(from);
  if (from.endsWith('-01-01') && until.endsWith('-12-31')) {
    const [first, last] = [from.slice(0, 4), until.slice(0, 4)];
    return first === last ? first : `${first} to ${last}`;
  }
  const next = new Date(`${until}T12:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  const isMonth = from.slice(0, 7) === until.slice(0, 7) && from.endsWith('-01') && next.getUTCDate() === 1;
  return isMonth ? dayOf(from, { month: 'long', year: 'numeric' }) : null;
}

function argumentsOf(app, claim) {
  if (!claim.arguments.length) return null;
  return el(
    'p',
    { className: 'arguments' },
    claim.arguments.map(([role, ...term]) =>
      el('span', { className: 'argument' }, el('i', {}, role), ' ', wayTo(app.store, term, app.actions.choose)),
    ),
  );
}
