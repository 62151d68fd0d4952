// Finding entities by what people type, as kg/search_keys.py and kg/graph/names.py do it.

const LETTERS = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'ng',
  ə: 'e',
};
const SPELT_OUT = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa', đ: 'dj' };
const INITIAL = /(?<![\p{L}\p{N}_])(\p{L})\./gu;
const [NAME, ALIAS, SURNAME, WORDS, BEGINNINGS, WITHIN] = [0, 1, 2, 3, 4, 5];
const CLASS = [0, 0, 0, 1, 2, 3];
const GENERATIONS = new Set(['jr', 'sr', 'junior', 'senior', 'ii', 'iii', 'iv']);

const replaced = (text, table) => text.replace(/\P{ASCII}/gu, (letter) => table[letter] ?? letter);

function fold(text) {
  const plain = replaced(text.normalize('NFKD').replace(/\p{M}/gu, ''), LETTERS);
  const words = plain
    .replace(/\./g, '')
    .replace(/['’]s\b/g, '')
    .replace(/[^\p{L}\p{N}_&+#]+/gu, ' ')
    .trim();
  return words.replace(/^the /, '') || plain;
}

/** Return the forms under which a name is kept: without accents, and with letters spelt out. */
export function searchKeys(name) {
  const small = name.normalize('NFKC').toLowerCase();
  return [...new Set([fold(small), fold(replaced(small, SPELT_OUT))])];
}

/** Return the forms of what somebody typed: as it stands, turned round, initials apart. */
export function askedKeys(typed) {
  const [surname, ...first] = typed.split(',');
  const forms = [
    typed,
    first.length ? `${first.join(',')} ${surname}` : typed,
    typed.replace(INITIAL, (_, letter) => `${fold(letter.toLowerCase())[0]} `),
  ];
  return [...new Set(forms.flatMap(searchKeys))].filter((key) => key.trim());
}

/** Return a function that finds the best entities for typed words: [{entity, name}]. */
export function nameFinder(store) {
  const searchable = [...store.entities.values()].map((entity) => ({
    entity,
    keys: [entity.name, ...entity.aliases].flatMap((name, i) =>
      searchKeys(name).map((key) => ({ key, name, own: i === 0 })),
    ),
  }));
  const weight = ({ entity }) => store.nodes.get(entity.id)?.value ?? 0;
  return (typed, most) => {
    const asked = askedKeys(typed);
    const found = searchable.map((row) => best(row, asked, store.types)).filter(Boolean);
    return found.sort((a, b) => compare(a.rank, b.rank) || weight(b) - weight(a) || a.fit - b.fit).slice(0, most);
  };
}

function best({ entity, keys }, asked, types) {
  let found = null;
  for (const { key, name, own } of keys) {
    for (const wanted of asked) {
      const fit = fitOf(wanted, key, own, entity.type);
      if (fit !== null && (!found || fit < found.fit)) found = { entity, name, fit };
    }
  }
  return found && { ...found, rank: rankOf(found.fit, entity.type, types) };
}

/** A thing with a name comes before a quiet one, and before a Role but by its whole name. */
function rankOf(fit, type, types) {
  const own = fit === NAME;
  return [CLASS[fit], types.get(type)?.quiet || (type === 'Role' && !own) ? 1 : 0, own ? 0 : 1];
}

const compare = (a, b) => a.map((value, i) => value - b[i]).find(Boolean) ?? 0;

function fitOf(wanted, key, own, type) {
  if (wanted === key) return own ? NAME : ALIAS;
  const [typed, words] = [wanted.split(' '), key.split(' ')];
  if (holds(words, typed)) return type === 'Person' && typed.includes(surnameOf(words)) ? SURNAME : WORDS;
  if (typed.every((begin) => words.some((word) => word.startsWith(begin)))) return BEGINNINGS;
  return key.includes(wanted) ? WITHIN : null;
}

/** Tell whether each typed word is one of a name's; single letters may be its initials. */
function holds(words, typed) {
  const whole = typed.filter((word) => word.length > 1);
  return (
    whole.length > 0 &&
    typed.every((word) => (word.length > 1 ? words.includes(word) : words.some((one) => one.startsWith(word))))
  );
}

const surnameOf = (words) => words.findLast((word) => !GENERATIONS.has(word)) ?? words[0];
