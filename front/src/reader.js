// The reader: a document's text beside the graph. A sentence lights its edges up in the
// drawing; a chosen edge brings the text to its sentence.

import { chipsOf, says } from './claims.js';
import { button, byId, count, el, name } from './elements.js';
import { add } from './store.js';
import { enclosing, pieces, quote } from './texts.js';

/** Return the text of the document that the state names, ready to be read. */
export async function showReader(app) {
  const document = await app.source.document(app.state.text);
  const { claims } = await app.source.claims({ document: document.id });
  const head = [
    el('p', { className: 'kind' }, 'Text'),
    el('h2', { tabIndex: -1, className: 'statement' }, name(document.title)),
  ];
  if (document.text === undefined) {
    return [
      ...head,
      el(
        'p',
        { className: 'nothing' },
        'The texts are too long to be part of this page, which holds the sentences of claims alone. ',
        'To read whole documents: ',
        el('code', {}, 'kg serve BUILD'),
      ),
    ];
  }
  const bySentence = new Map();
  for (const claim of claims) add(bySentence, claim.sentence[0], claim);
  const text = el('div', { className: 'text', id: 'text' }, ...paragraphs(app, document, bySentence));
  // Once it is shown: before, nothing in it has a place to scroll to.
  byId('panel').addEventListener('shown', () => scrollToChosen(), { once: true });
  return [
    ...head,
    el(
      'p',
      { className: 'facts' },
      ...[document.source, document.author, document.date, document.kind]
        .filter(Boolean)
        .flatMap((told) => [name(told), ' · ']),
      count(claims.length, 'claim'),
      '. Choose a sentence to see what it adds to the graph.',
    ),
    text,
  ];
}

/** Bring the chosen sentence into view, unless it is there already. */
function scrollToChosen() {
  const chosen = document.querySelector('#text .chosen');
  const panel = byId('panel');
  if (!chosen) return;
  const [box, frame] = [chosen.getBoundingClientRect(), panel.getBoundingClientRect()];
  if (box.top < frame.top + 60 || box.bottom > frame.bottom - 30)
    panel.scrollTop += box.top - frame.top - frame.height / 3;
}

function paragraphs(app, document, claims) {
  const blocks = blocksOf(document);
  return blocks.map(([start, end]) =>
    el('div', { className: 'paragraph' }, ...sentencesIn(app, document, claims, start, end)),
  );
}

/** Cut a text into its paragraphs; what lies between two belongs to neither and is blank. */
function blocksOf({ paragraphs: flat, text, sentences }) {
  const length = sentences.length ? Math.max(sentences.at(-1), text.length) : text.length;
  const bounds = new Set([0, length]);
  for (const place of flat) {
    const inside = enclosing(sentences, place);
    if (inside < 0 || sentences[inside] === place) bounds.add(place);
  }
  const sorted = [...bounds].filter((place) => place <= length).sort((a, b) => a - b);
  return sorted.slice(1).map((end, i) => [sorted[i], end]);
}

function* sentencesIn(app, document, claims, start, end) {
  let place = start;
  const flat = document.sentences;
  for (let i = firstFrom(flat, start); i < flat.length && flat[i] < end; i += 2) {
    if (flat[i] > place) yield* plain(document, place, flat[i]);
    yield sentence(app, document, claims.get(flat[i]) ?? [], flat[i], flat[i + 1]);
    place = flat[i + 1];
  }
  if (place < end) yield* plain(document, place, end);
}

function firstFrom(flat, start) {
  let [low, high] = [0, flat.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (flat[2 * middle] < start) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

function* plain(document, start, end) {
  const passage = quote(document, start, end);
  for (const [text, kinds] of pieces(
    passage,
    passage.furniture.map(([s, e]) => [s, e, 'furniture']),
  )) {
    yield kinds.length ? el('span', { className: 'furniture' }, text) : text;
  }
}

function sentence(app, document, claims, start, end) {
  const chosen = app.state.at === start && app.state.text === document.id;
  const marks =
    chosen && app.state.relation ? claims.filter((c) => c.relation === app.state.relation).flatMap((c) => c.marks) : [];
  const made = el('span', {
    className: `reading${claims.length ? ' says-something' : ''}${chosen ? ' chosen' : ''}`,
    'data-start': start,
  });
  if (claims.length) {
    const choose = () => app.actions.chooseSentence(document.id, start);
    made.setAttribute('role', 'button');
    made.setAttribute('aria-pressed', String(chosen));
    made.tabIndex = 0;
    made.addEventListener('click', choose);
    made.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        choose();
      }
    });
  }
  made.append(...words(app, document, marks, start, end));
  return chosen && claims.length ? el('span', {}, made, summary(app, claims)) : made;
}

/** The words of a sentence: names in their colour, and the parts of the chosen claim. */
function* words(app, document, marks, start, end) {
  const passage = quote(document, start, end);
  const named = namedIn(document, start, end).map(([s, e, id]) => [s, e, `name:${id}`]);
  const furniture = passage.furniture.map(([s, e]) => [s, e, 'furniture']);
  for (const [text, kinds] of pieces(passage, [...marks, ...named, ...furniture])) {
    if (kinds.includes('furniture')) yield el('span', { className: 'furniture' }, text);
    else if (!kinds.length) yield text;
    else yield word(app, text, kinds);
  }
}

function word(app, text, kinds) {
  const id = kinds.findLast((kind) => kind.startsWith('name:'))?.slice(5);
  const classes = kinds.filter((kind) => !kind.startsWith('name:')).map((kind) => `m-${kind}`);
  if (id && app.store.entities.has(id)) classes.push('m-name');
  const title = id ? app.store.nameOf([text, id]) : kinds.join(', ');
  return el('mark', { className: classes.join(' '), title }, text);
}

function namedIn({ mentions }, start, end) {
  return mentions.filter(([s, e]) => s >= start && e <= end);
}

/** Under the chosen sentence: its claims, in a line each. */
function summary(app, claims) {
  return el(
    'span',
    { className: 'summary', role: 'group', 'aria-label': 'What this sentence adds to the graph' },
    claims.map((claim) => el('span', { className: 'saying' }, says(app, claim), chipsOf(claim))),
    button('Show as evidence', () => app.actions.showEvidenceOf(claims), { className: 'more' }),
  );
}
