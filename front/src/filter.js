// What the filters let through: one question to a claim, which every view asks.
//
// A relation is shown if one of its claims is. Of what only spells out a name nothing is
// shown unless it is asked for.

import { STATUSES } from './store.js';

/** Return the test that a claim has to pass in a state; what stands for claims is tested alike. */
export function filterOf(store, state) {
  const lets = entityFilter(store, state);
  return (claim) =>
    passesOwn(claim, state) && isAbout(claim, store, lets) && (!claim.named || wantsNamed(store, state, claim));
}

/** Return the test that an entity has to pass in a state. */
export function entityFilter(store, state) {
  const [hide, away, gone] = [new Set(state.hide), new Set(state.away), new Set(state.gone)];
  return (id) => {
    const [type, community] = store.kindOf(id);
    return !gone.has(id) && !hide.has(type) && !away.has(community);
  };
}

/** Return how a relation stands by those of its claims that pass, or null if none does. */
export function statusIn(relation, lets) {
  const found = new Set(relation.said.filter(lets).map((claim) => claim.status));
  return ORDER.find((status) => found.has(status)) ?? null;
}

/** A relation stands as the first of these that one of its claims does. */
const ORDER = ['contested', ...STATUSES.map((status) => status.name).filter((status) => status !== 'contested')];

function passesOwn(claim, state) {
  return (
    !state.without.includes(claim.status) &&
    !state.kinds.includes(claim.kind) &&
    claim.confidence >= state.confidence &&
    (claim.sentences ?? 1) >= state.sentences &&
    (state.head === null || claim.head === state.head) &&
    (state.document === null || claim.document === state.document) &&
    (state.speaker === null || claim.voices.some(([voice]) => voice === state.speaker)) &&
    (state.years === null || isWithin(claim.days, state.years))
  );
}

/** Whether what a claim is about passes; what the page knows nothing of is left aside. */
function isAbout(claim, store, lets) {
  const ends = endsOf(claim).filter((id) => store.kindOf(id));
  return ends.length > 0 && ends.every(lets);
}

/** The entities that a claim is about. */
export const endsOf = (claim) => [claim.subject[1], claim.object?.[1]].filter(Boolean);

/** Whether to show what only spells out a name: where it is asked for, or nothing else joins the chosen one. */
function wantsNamed(store, state, claim) {
  if (state.named || state.path || state.head !== null || state.relation === (claim.relation ?? '')) return true;
  return endsOf(claim).includes(state.entity) && (store.relationsOf.get(state.entity) ?? []).every(isNamed);
}

const isNamed = ({ relation }) => relation.named;

/** Whether days touch some years. */
function isWithin(days, [first, last]) {
  const [from, until] = yearsOf(days);
  return from !== undefined && from <= last && until >= first;
}

/** Return the first and the last year of some days; one that is open counts as its known end. */
export function yearsOf(days) {
  const [from, until] = [days?.[0] ?? days?.[1], days?.[1] ?? days?.[0]];
  return from ? [Number(from.slice(0, 4)), Number(until.slice(0, 4))] : [];
}
