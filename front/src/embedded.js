// The page as a source: all data is in the file, and every answer is at hand.

import { yearsOf } from './filter.js';
import { nameFinder } from './names.js';
import { isFactual, shortestPath } from './visible.js';

/** Read the data of the page: JSON, or JSON as gzip in base64. */
export async function readEmbedded(element) {
  const text = element.textContent;
  if (element.type === 'application/json') return JSON.parse(text);
  // No fetch of a data: address: the page's policy forbids it.
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}

export class EmbeddedSource {
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.partial = false;
  }

  /** Return what is shown at first: here everything. */
  overview() {
    const { data } = this;
    const years = {};
    for (const claim of data.claims) for (const year of everyYear(claim)) years[year] = (years[year] ?? 0) + 1;
    const said = new Map(data.relations.map((relation) => [relation.id, []]));
    for (const claim of data.claims) said.get(claim.relation)?.push(claim);
    for (const relation of data.relations) relation.said = said.get(relation.id);
    return { ...data, nodes: data.network.nodes, years, counts: tallies(data) };
  }

  search(words, most) {
    this.find ??= nameFinder(this.store);
    return this.find(words, most);
  }

  /** Return claims about an entity, of relations, or of a document, in reading order. */
  claims({ entity, relations, document }) {
    const all = entity ? (this.store.claimsOf.get(entity) ?? []) : [...this.store.claims.values()];
    const wanted = relations && new Set(relations);
    const found = all.filter(
      (claim) => (!wanted || wanted.has(claim.relation)) && (!document || claim.document === document),
    );
    return { claims: found, whole: found.length };
  }

  /** Return the claims that a view may hold. */
  claimsOn() {
    return [...this.store.claims.values()];
  }

  /** Return a path and whether any is left out; facts asks for one that stands on facts alone. */
  path(ends, { facts, allowed }) {
    const may = (test) => (relation) => allowed.has(relation.id) && test(relation);
    if (facts) return shortestPath(this.store, ends, may(isFactual));
    return (
      shortestPath(
        this.store,
        ends,
        may((r) => r.status !== 'denied'),
      ) ??
      shortestPath(
        this.store,
        ends,
        may(() => true),
      )
    );
  }

  document(id) {
    return this.store.documents.get(id);
  }

  /** Return claims that have a date. */
  dated({ entity }) {
    const { claims } = this.claims({ entity });
    const found = claims.filter((claim) => claim.days?.some(Boolean));
    return { claims: found, whole: found.length };
  }

  /** Return the claims of all propositions on which somebody is quoted. */
  voices({ entity }) {
    const { claims } = this.claims({ entity });
    const key = propositionOf;
    const quoted = new Set(claims.filter(isQuoted).map(key));
    return { claims: claims.filter((claim) => quoted.has(key(claim))), whole: quoted.size };
  }

  documents() {
    return [...this.store.documents.values()];
  }
}

/** Return what a claim proposes, whoever says it and however surely. */
export function propositionOf(claim) {
  return (
    claim.relation ??
    [claim.subject[1] ?? claim.subject[0], claim.predicate, claim.object?.[1] ?? claim.object?.[0] ?? ''].join('\n')
  );
}

/** Whether somebody says a claim, and not the document itself. */
export const isQuoted = (claim) => claim.voices[0][0] !== '';

/** Return the years that a claim's time covers, at most a hundred. */
function everyYear({ days }) {
  const [first, last] = yearsOf(days);
  if (!first) return [];
  return Array.from({ length: Math.min(100, last - first + 1) }, (_, i) => first + i);
}

function tallies({ entities, relations, claims }) {
  const tally = (list, key) => {
    const counts = {};
    for (const item of list) counts[item[key]] = (counts[item[key]] ?? 0) + 1;
    return counts;
  };
  return {
    types: tally(entities, 'type'),
    statuses: tally(claims, 'status'),
    kinds: tally(claims, 'kind'),
    named: relations.filter((relation) => relation.named).length,
  };
}
