// The Document menu: the texts by their titles, those of one folder or file together, searchable.

import { el, grouped, shortened } from './elements.js';
import { searchKeys } from './names.js';
import { add } from './store.js';

const SEARCHED_FROM = 8; // so many can be seen at a glance
const LONGEST = 60;
const PAUSE = 120; // milliseconds of quiet before a server is asked

/** Return the menu with a field to search it, or null where there is nothing to choose. */
export function documentMenu(app) {
  const { store, state, overview } = app;
  const whole = overview.whole[3] ?? store.documents.size;
  if (store.documents.size < 2) return null;
  const select = el('select', {
    id: 'document',
    onchange: (event) => {
      app.change({ document: event.target.value ? event.target.value.slice(1) : null });
      app.picture.fit();
    },
  });
  const said = el('output', { className: 'found' });
  const fill = (words) => {
    const all = [...store.documents.values()];
    const found = matching(all, words);
    const chosen = all.filter(({ id }) => id === state.document && !found.some((one) => one.id === id));
    const first = el(
      'option',
      { value: '' },
      words.trim() ? `all ${grouped(whole)}, or of these` : `all ${grouped(whole)}`,
    );
    select.replaceChildren(first, ...groups([...chosen, ...found], all));
    select.value = state.document === null ? '' : `=${state.document}`;
    said.textContent = words.trim() ? `${grouped(found.length)} found` : '';
  };
  fill(app.documentWords ?? '');
  return el(
    'div',
    {},
    el('h2', {}, el('label', { htmlFor: 'document' }, 'Document'), said),
    whole >= SEARCHED_FROM ? searchField(app, fill) : null,
    select,
  );
}

function searchField(app, fill) {
  let asked = 0;
  return el('input', {
    id: 'find-document',
    type: 'search',
    placeholder: 'Title, file or author',
    'aria-label': 'Find a document',
    value: app.documentWords ?? '',
    oninput: async ({ target }) => {
      app.documentWords = target.value;
      fill(target.value);
      if (!app.source.partial) return;
      // Answers may come in another order than they were asked for; only the last counts.
      const mine = ++asked;
      await new Promise((done) => {
        setTimeout(done, PAUSE);
      });
      if (mine !== asked) return;
      await app.source.documents(target.value);
      if (mine === asked) fill(target.value);
    },
  });
}

/** Return the documents in whose title, file or author all words are, whole or begun. */
function matching(documents, typed) {
  const [key] = searchKeys(typed);
  const words = typed.trim() ? key.split(' ') : [];
  return documents.filter(({ title, source, author }) => {
    const [text] = searchKeys(`${title} ${source} ${author ?? ''}`);
    return words.every((word) => text.includes(word));
  });
}

/** Return options, those of one folder or one file under its name. */
function groups(documents, all) {
  const together = new Map();
  for (const document of documents) add(together, placeOf(document)[0], document);
  const seen = new Set();
  const twice = new Set(all.map(keyOf).filter((key) => seen.has(key) || !seen.add(key)));
  const lone = new Set(all.map((document) => placeOf(document)[0])).size === 1;
  return [...together].flatMap(([place, inside]) => {
    const options = inside.map((document) => option(document, twice.has(keyOf(document))));
    return place && !lone ? [el('optgroup', { label: shortened(place, LONGEST) }, ...options)] : options;
  });
}

/** A title that another document of the group has, too, is told apart by the file's name. */
function option(document, isTwice) {
  const [, file] = placeOf(document);
  const label =
    isTwice && file
      ? `${shortened(document.title, LONGEST - 20)} · ${shortened(file, 20)}`
      : shortened(document.title, LONGEST);
  return el('option', { value: `=${document.id}`, title: document.source }, label);
}

const keyOf = (document) => `${placeOf(document)[0]}\n${document.title}`;

/** Return the folder or file that a document lies in, and its own name there. */
function placeOf({ source }) {
  const cut = source.lastIndexOf('/');
  return [source.slice(0, Math.max(cut, 0)), source.slice(cut + 1)];
}
