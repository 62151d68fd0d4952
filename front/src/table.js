// The table: the same entities and claims as the drawing, for reading, sorting and keyboards.

import { placeButton, predicate } from './claims.js';
import { button, byId, chip, copyText, count, download, el, grouped, name, percent } from './elements.js';
import { markedSentence, typeIcon, wayTo } from './quoting.js';
import { voiceLabel } from './store.js';
import { quoteOf } from './texts.js';
import { isInView } from './visible.js';

const ROWS = 200;
const sorting = { kind: 'claims', column: null, down: false, rows: ROWS };
let asked = 0;

/** Columns: label, value to sort and to save, and how the cell is shown if not as that value. */
function columnsOf(app) {
  const { store, actions } = app;
  const way = (term) => wayTo(store, term, actions.choose);
  const source = (c) => quoteOf(store, c).where;
  const words = (c) => {
    const { start, end, cut } = quoteOf(store, c);
    return cut(start, end).replace(/\s+/g, ' ');
  };
  return {
    entities: [
      ['Name', (e) => e.name, (e) => way([e.name, e.id])],
      [
        'Type',
        (e) => store.typeLabel(e.type),
        (e) => el('span', { className: 'with-icon' }, typeIcon(store, e.type), store.typeLabel(e.type)),
      ],
      ['Also known as', (e) => e.aliases.join('; ')],
      ['Mentions', (e) => e.mentions],
      ['Relations', (e) => store.nodes.get(e.id)?.degree ?? 0],
    ],
    claims: [
      ['Subject', (c) => store.nameOf(c.subject), (c) => way(c.subject)],
      ['Relation', (c) => c.predicate, (c) => predicate(app, c)],
      ['Object', (c) => (c.object ? store.nameOf(c.object) : ''), (c) => (c.object ? way(c.object) : '')],
      [
        'Status',
        (c) => c.chips.map((pair) => pair[1]).join('; '),
        (c) => el('span', { className: 'chips' }, c.chips.map(chip)),
      ],
      ['Who says so', (c) => c.voices.map(([voice]) => voiceLabel(voice)).join('; ')],
      ['When', (c) => c.time ?? ''],
      ['Sentence', words, (c) => markedSentence(quoteOf(store, c), c.marks)],
      ['Source', source, (c) => placeButton(app, c, source(c))],
      ['Sure', (c) => c.confidence, (c) => percent(c.confidence)],
    ],
  };
}

/** Show the table of what the filters let through. */
export async function showTable(app) {
  const mine = ++asked;
  const found = await rowsFor(app);
  if (mine !== asked) return;
  const columns = columnsOf(app)[sorting.kind];
  const rows = sorted(found, columns);
  const again = (change) => {
    Object.assign(sorting, { rows: ROWS }, change);
    return showTable(app);
  };
  byId('table').replaceChildren(
    el(
      'div',
      { className: 'head' },
      kinds(again),
      el(
        'span',
        { className: 'tools' },
        button('Copy', () => copyText(separated(rows, columns, '\t')), { title: 'Copy all rows, for a spreadsheet' }),
        button(
          'CSV',
          () =>
            download(new Blob(['\ufeff', separated(rows, columns, ',')], { type: 'text/csv' }), `${sorting.kind}.csv`),
          { title: 'Save all rows as a file' },
        ),
      ),
    ),
    el(
      'table',
      {},
      caption(app, found),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          columns.map(([label], i) => header(label, i, again)),
        ),
      ),
      el(
        'tbody',
        {},
        rows.slice(0, sorting.rows).map((row) =>
          el(
            'tr',
            {},
            columns.map(([label, value, cell]) =>
              el('td', { 'data-label': label }, cell ? cell(row) : name(String(value(row)))),
            ),
          ),
        ),
      ),
    ),
    rows.length > sorting.rows
      ? button(`Show more of ${grouped(rows.length)}`, () => again({ rows: sorting.rows + 5 * ROWS }), {
          className: 'more',
        })
      : '',
  );
}

function kinds(again) {
  const one = (kind, label) =>
    button(label, () => again({ kind, column: null, down: false }), { 'aria-pressed': String(sorting.kind === kind) });
  return el(
    'div',
    { className: 'views', role: 'group', 'aria-label': 'Rows' },
    one('claims', 'Claims'),
    one('entities', 'Entities'),
  );
}

function caption(app, found) {
  const what = count(found.length, sorting.kind === 'claims' ? 'claim' : 'entity', sorting.kind);
  const part = app.source.partial ? ' of what is on the drawing' : ' that pass the filters';
  return el('caption', {}, what + part);
}

async function rowsFor(app) {
  const { store, state, passing: visible, source } = app;
  if (sorting.kind === 'entities') return [...visible.entities].map((id) => store.entities.get(id));
  const claims = await source.claimsOn(visible);
  return claims.filter((claim) => app.lets(claim) && isInView(claim, state, visible));
}

/** Sort as asked; unasked, claims stand as in their documents and entities by weight. */
function sorted(rows, columns) {
  if (sorting.column === null)
    return sorting.kind === 'claims'
      ? rows
      : [...rows].sort((a, b) => b.mentions - a.mentions || a.name.localeCompare(b.name));
  const value = columns[sorting.column][1];
  const compare = (a, b) => (typeof value(a) === 'number' ? value(a) - value(b) : value(a).localeCompare(value(b)));
  return [...rows].sort((a, b) => (sorting.down ? compare(b, a) : compare(a, b)));
}

function header(label, column, again) {
  const current = sorting.column === column;
  const order = current ? (sorting.down ? 'descending' : 'ascending') : 'none';
  return el(
    'th',
    { scope: 'col', 'aria-sort': order },
    button(label, async () => {
      await again({ column, down: current ? !sorting.down : false });
      byId('table').querySelectorAll('th button')[column].focus();
    }),
  );
}

/** Rows as text; a cell that a spreadsheet would take for a formula is quoted as words. */
function separated(rows, columns, separator) {
  const cell = (value) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    if (separator === '\t') return text.replace(/[\t\r\n]+/g, ' ');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(([label]) => label), ...rows.map((row) => columns.map(([, value]) => value(row)))];
  return `${lines.map((line) => line.map(cell).join(separator)).join('\r\n')}\r\n`;
}
