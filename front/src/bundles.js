// Edges as they are drawn: relations of one status that join the same two are one line.

import { STATUSES } from './store.js';

const ORDER = new Map(STATUSES.map((status, i) => [status.name, i]));

/** Return the bundles of some relations, by id: who they join, how they stand, how wide. */
export function bundle(relations) {
  const bundles = new Map();
  const lines = new Map();
  for (const relation of relations) {
    // Sorted, so that both directions are one line.
    const ends = [relation.subject, relation.object].sort();
    const id = [...ends, relation.status].join('\n');
    if (!bundles.has(id)) {
      bundles.set(id, { id, from: ends[0], to: ends[1], status: relation.status, relations: [] });
      const pair = ends.join('\n');
      if (!lines.has(pair)) lines.set(pair, []);
      lines.get(pair).push(bundles.get(id));
    }
    bundles.get(id).relations.push(relation);
  }
  for (const group of lines.values()) spread(group);
  for (const one of bundles.values()) finish(one);
  return bundles;
}

/** Bend several lines between the same two apart, so that all can be seen. */
function spread(group) {
  group.sort((a, b) => ORDER.get(a.status) - ORDER.get(b.status));
  group.forEach((one, i) => {
    one.bend = Math.round((i - (group.length - 1) / 2) * 240) / 1000;
  });
}

/** Turn a bundle the way most of its relations go, and give it its width. */
function finish(one) {
  const along = one.relations.filter((r) => r.subject === one.from).length;
  if (along < one.relations.length - along) {
    [one.from, one.to] = [one.to, one.from];
    one.bend = -one.bend || 0;
  }
  one.both = one.from !== one.to && along > 0 && along < one.relations.length;
  // What only spells out a name says nothing of how much is said of the two.
  one.relations.sort((a, b) => Number(a.named ?? 0) - Number(b.named ?? 0));
  const said = one.relations.filter((r) => !r.named).length;
  const widest = Math.max(...one.relations.map((r) => r.width));
  one.width = Math.min(9, widest + 0.9 * Math.log2(said || 1));
}

/** The kind that most relations of a bundle are of: of several the one that comes first. */
function kindOf(one) {
  const said = one.relations.filter((r) => !r.named);
  const counts = new Map();
  for (const { kind } of said.length ? said : one.relations) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** A line has the colour of its kind; what is denied is red, whatever it says. */
export function colourOf(one, kinds, palette) {
  return one.status === 'denied' ? palette.denied : (kinds.get(kindOf(one))?.colour ?? palette.edge);
}

/** Say what a bundle says: its relation, or the first and how many more. */
export function wordsOf(one) {
  const words = one.relations[0].predicate;
  const text = words.length > 34 ? `${words.slice(0, 33)}…` : words;
  return one.relations.length > 1 ? `${text} +${one.relations.length - 1}` : text;
}
