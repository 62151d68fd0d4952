// A short tour for the first visit: a card that nobody has to look at, and never twice.

import { announce, button, byId, el } from './elements.js';

const KEY = 'kg-tour';
const STEPS = [
  ['search', 'Find a name', 'Type a name or an alias; / brings you here from anywhere.'],
  [
    'stage',
    'Look around',
    'Click a name or a line. Lines tell how a claim stands: solid is a fact, dashed is said or possible, dotted is planned, red and crossed is denied.',
  ],
  [
    'filters',
    'The legend filters',
    'Every line of it can be clicked: kinds of things, how claims stand, who says so, in which years.',
  ],
  ['views', 'Four views', 'The drawing, a table, who says what, and a timeline show the same claims.'],
  [
    'share',
    'Keep and share',
    'What you see is in the address: copy the link, or save a picture or a table. Undo takes back a step.',
  ],
];

/** Offer the tour to who has not been here; in a frame (a notebook) nobody is bothered. */
export function offerTour() {
  byId('help').addEventListener('click', () => step(0));
  if (window.top !== window || remembered()) return;
  card('New here?', 'A tour of five steps shows what can be done.', [
    button('Take the tour', () => step(0), { className: 'main' }),
    button('No, thanks', end),
  ]);
}

function remembered() {
  try {
    return Boolean(localStorage.getItem(KEY));
  } catch {
    return true;
  }
}

function remember() {
  try {
    localStorage.setItem(KEY, 'seen');
  } catch {
    /* A frame without storage: nothing is kept. */
  }
}

function step(number) {
  const [target, title, words] = STEPS[number];
  point(target);
  const last = number === STEPS.length - 1;
  const next = button(last ? 'Done' : 'Next', () => (last ? end() : step(number + 1)), { className: 'main' });
  card(`${number + 1} of ${STEPS.length}: ${title}`, words, [next, last ? null : button('Leave the tour', end)]);
  announce(`${title}. ${words}`);
  next.focus();
}

function point(target) {
  for (const pointed of document.querySelectorAll('.pointed')) pointed.classList.remove('pointed');
  if (target) byId(target)?.classList.add('pointed');
}

function card(title, words, buttons) {
  const place = byId('tour');
  place.replaceChildren(el('h2', {}, title), el('p', {}, words), el('p', { className: 'buttons' }, buttons));
  place.hidden = false;
}

function end() {
  remember();
  point(null);
  byId('tour').hidden = true;
}
