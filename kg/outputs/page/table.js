// The table: the same entities and claims as the drawing, for reading, sorting and keyboards.

const tablePlace = document.getElementById('table');
const ROWS = 200;
const sorting = { kind: 'claims', column: 0, down: false, rows: ROWS };

const nameOf = ([text, id]) => entities.get(id)?.name ?? text;

const COLUMNS = {
  entities: [
    ['Name', (e) => e.name, (e, actions) => wayTo([e.name, e.id], actions.choose)],
    ['Type', (e) => types.get(e.type)?.label ?? e.type, (e) => el('span', { className: 'with-icon' }, typeIcon(e.type), types.get(e.type)?.label ?? e.type)],
    ['Also known as', (e) => e.aliases.join(', '), (e) => name(e.aliases.join(', '))],
    ['Mentions', (e) => e.mentionCount, (e) => String(e.mentionCount)],
    ['Relations', (e) => nodes.get(e.id).degree, (e) => String(nodes.get(e.id).degree)],
  ],
  claims: [
    ['Subject', (c) => nameOf(c.subject), (c, actions) => wayTo(c.subject, actions.choose)],
    ['Relation', (c) => c.predicate, (c, actions) => predicateButton(c, actions)],
    ['Object', (c) => (c.object ? nameOf(c.object) : ''), (c, actions) => (c.object ? wayTo(c.object, actions.choose) : '')],
    ['Status', (c) => c.chips.map((pair) => pair[1]).join(' '), (c) => el('span', { className: 'chips' }, c.chips.map(chip))],
    ['Sentence', (c) => DATA.sentences[c.sentence].text, (c) => markedSentence(c.sentence, c.marks)],
    ['Source', (c) => placeOf(c), (c) => name(placeOf(c))],
    ['Sure', (c) => c.confidence, (c) => percent(c.confidence)],
  ],
};

/** Return the rows of the table that the filters let through. */
function rowsFor(state, visible) {
  if (sorting.kind === 'entities') return DATA.entities.filter((e) => visible.entities.has(e.id));
  return DATA.claims.filter((claim) => {
    if (claim.relation) return visible.relations.has(claim.relation);
    const ends = [claim.subject[1], claim.object?.[1]].filter((id) => id && entities.has(id));
    return ends.some((id) => visible.entities.has(id))
      && claim.confidence >= state.confidence && (state.document === null || documentOf(claim) === state.document);
  });
}

function showTable(state, visible, actions) {
  if (state.view !== 'table') return;
  const columns = COLUMNS[sorting.kind];
  const value = columns[sorting.column][1];
  const compare = (a, b) => (typeof value(a) === 'number' ? value(a) - value(b) : value(a).localeCompare(value(b)));
  const rows = [...rowsFor(state, visible)].sort((a, b) => (sorting.down ? compare(b, a) : compare(a, b)));
  const again = (change) => { Object.assign(sorting, { rows: ROWS }, change); showTable(state, visible, actions); };
  const body = rows.slice(0, sorting.rows).map((row) => el('tr', {}, columns.map(([label, , cell]) => el('td', { 'data-label': label }, cell(row, actions)))));
  tablePlace.replaceChildren(
    el('div', { className: 'views', role: 'group', 'aria-label': 'Rows' }, ['claims', 'entities'].map((kind) => el('button', {
      type: 'button', 'aria-pressed': String(sorting.kind === kind), onclick: () => again({ kind, column: 0, down: false }) }, kind === 'claims' ? 'Claims' : 'Entities'))),
    el('table', {}, el('caption', {}, `${count(rows.length, sorting.kind === 'claims' ? 'claim' : 'entity', sorting.kind)} that pass the filters`),
      el('thead', {}, el('tr', {}, columns.map(([label], i) => header(label, i, again)))), el('tbody', {}, body)),
    rows.length > sorting.rows ? el('button', { type: 'button', className: 'more', onclick: () => again({ rows: sorting.rows + 5 * ROWS }) }, `Show more of ${rows.length.toLocaleString('en')}`) : '');
}

function header(label, column, again) {
  const current = sorting.column === column;
  const order = current ? (sorting.down ? 'descending' : 'ascending') : 'none';
  return el('th', { scope: 'col', 'aria-sort': order }, el('button', { type: 'button', onclick: () => {
    again({ column, down: current ? !sorting.down : false });
    tablePlace.querySelectorAll('th button')[column].focus();
  } }, label));
}
