// Sentences with their marks, and ways from a name to what it names.

import { el, name, shapeIcon } from './elements.js';
import { pieces } from './texts.js';

const MARK_KINDS = ['subject', 'predicate', 'object', 'cue', 'speaker', 'time'];

/** Show a sentence with the parts of a claim marked; running heads inside it are left out. */
export function markedSentence(passage, marks) {
  const all = [...marks, ...passage.furniture.map(([s, e]) => [s, e, 'furniture'])];
  const shown = el('q', { className: 'sentence' });
  for (const [text, kinds] of pieces(passage, all)) {
    if (kinds.includes('furniture')) shown.append(' ');
    else if (!kinds.length) shown.append(text);
    else shown.append(el('mark', { className: kinds.map((k) => `m-${k}`).join(' '), title: kinds.join(', ') }, text));
  }
  return shown;
}

/** The key to the marks that some claims use. */
export function markKey(claims) {
  const used = new Set(claims.flatMap((claim) => claim.marks.map((mark) => mark[2])));
  const kinds = MARK_KINDS.filter((kind) => used.has(kind));
  return el(
    'p',
    { className: 'key', 'aria-label': 'How words are marked' },
    kinds.flatMap((kind) => [el('mark', { className: `m-${kind}` }, kind === 'predicate' ? 'relation' : kind), ' ']),
  );
}

/** A way to an entity: a button if it can be gone to, else its words. */
export function wayTo(store, [text, id], go) {
  if (!id || (!store.entities.has(id) && !store.partial)) return el('span', { className: 'words' }, name(text));
  const shown = store.entities.get(id)?.name ?? text;
  return el('button', { type: 'button', className: 'way', title: text, onclick: () => go(id) }, name(shown));
}

/** The small picture of a type. */
export function typeIcon(store, typeName) {
  const type = store.types.get(typeName);
  return shapeIcon(type?.shape, type?.colour ?? '#888', type?.quiet ? 4 : 6);
}

/** A relation in words. */
export function statementOf(store, relation) {
  return el(
    'span',
    {},
    name(store.nameOf([relation.subject, relation.subject])),
    ' ',
    el('em', {}, relation.predicate),
    ' ',
    name(store.nameOf([relation.object, relation.object])),
  );
}
