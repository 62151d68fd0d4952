// Finding entities by what people type: names and aliases, accents and case aside.

export const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Return a function that finds the best entities for typed words: [{entity, name}]. */
export function nameFinder(store) {
  const searchable = [...store.entities.values()].map((entity) => ({
    entity,
    names: [entity.name, ...entity.aliases].map((name) => [name, fold(name)]),
  }));
  const weight = ({ entity }) => store.nodes.get(entity.id)?.value ?? 0;
  return (typed, most) => {
    const wanted = fold(typed.trim());
    const found = wanted ? searchable.map((row) => fit(row, wanted)).filter(Boolean) : [];
    return found.sort((a, b) => a.best - b.best || weight(b) - weight(a)).slice(0, most);
  };
}

function fit({ entity, names }, wanted) {
  const ranks = names.map(([, name], i) => rankOf(name, wanted) + (i ? 0.5 : 0));
  const best = Math.min(...ranks);
  return best < 9 ? { entity, name: names[ranks.indexOf(best)][0], best } : null;
}

function rankOf(name, wanted) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  const at = name.indexOf(wanted);
  if (at < 0) return 9;
  return /[\p{L}\p{N}]/u.test(name[at - 1]) ? 3 : 2;
}
