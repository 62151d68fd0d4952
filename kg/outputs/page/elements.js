// Making elements. Text from documents enters the page only here, and only as text.

const SVG = 'http://www.w3.org/2000/svg';

/** Make an element: properties, then children (strings become text nodes). */
function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key in made && key !== 'role') made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

function svg(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const name = (text) => el('bdi', {}, text);

const OUTLINES = {
  square: 'M3 3h10v10H3z', diamond: 'M8 1.5 14.5 8 8 14.5 1.5 8z',
  triangle: 'M8 2l6.5 11.5h-13z', hexagon: 'M8 1.5l5.8 3.3v6.4L8 14.5l-5.8-3.3V4.8z',
};
const shapeOf = new Map(NETWORK.nodes.map((node) => [node.group, node.shape]));

/** Return the small picture of a type: its shape in its colour. */
function typeIcon(typeName) {
  const type = types.get(typeName);
  const shape = shapeOf.get(typeName);
  const look = { fill: type?.colour ?? '#888' };
  const body = OUTLINES[shape] ? svg('path', { d: OUTLINES[shape], ...look })
    : svg('circle', { cx: 8, cy: 8, r: typeName === 'Concept' ? 4 : 6, ...look });
  return svg('svg', { viewBox: '0 0 16 16', class: 'icon', 'aria-hidden': 'true' }, body);
}

/** Return the small picture of a status: how its edges are drawn. */
function statusIcon(status) {
  const picture = svg('svg', { viewBox: '0 0 34 12', class: `line ${status}`, 'aria-hidden': 'true' },
    svg('path', { d: 'M1 6h26', class: 'stroke' }), svg('path', { d: 'M27 2.5 33 6l-6 3.5z', class: 'head' }));
  if (status === 'contested') picture.append(svg('path', { d: 'M1 6h26', class: 'over' }));
  if (status === 'denied') picture.append(svg('path', { d: 'M10 2.5l7 7m0-7-7 7', class: 'cross' }));
  return picture;
}

const chip = ([kind, label]) => el('span', { className: `chip ${kind}` }, name(label));

const percent = (share) => `${Math.round(share * 100)} %`;
const count = (number, one, many = `${one}s`) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** Return a sentence with its marks; offsets count code points, JavaScript does not. */
function markedSentence(number, marks) {
  const sentence = DATA.sentences[number];
  const letters = Array.from(sentence.text);
  const all = [...marks, ...(sentence.furniture ?? []).map(([s, e]) => [s, e, 'furniture'])];
  const cuts = [...new Set([0, letters.length, ...all.flatMap(([s, e]) => [s, e])])]
    .filter((cut) => cut >= 0 && cut <= letters.length).sort((a, b) => a - b);
  const quote = el('q', { className: 'sentence' });
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const kinds = all.filter(([s, e]) => s <= cuts[i] && e >= cuts[i + 1]).map((mark) => mark[2]);
    const text = letters.slice(cuts[i], cuts[i + 1]).join('');
    if (kinds.includes('furniture')) quote.append(' ');
    else if (!kinds.length) quote.append(text);
    else quote.append(el('mark', { className: kinds.map((k) => `m-${k}`).join(' '), title: kinds.join(', ') }, text));
  }
  return quote;
}

const MARK_KINDS = ['subject', 'predicate', 'object', 'cue', 'speaker', 'time'];

/** Return the key to the marks that some claims use. */
function markKey(shownClaims) {
  const used = new Set(shownClaims.flatMap((claim) => claim.marks.map((mark) => mark[2])));
  const kinds = MARK_KINDS.filter((kind) => used.has(kind));
  return el('p', { className: 'key' }, kinds.flatMap((kind) => [
    el('mark', { className: `m-${kind}` }, kind === 'predicate' ? 'relation' : kind), ' ']));
}

/** Return a way to an entity: a button if the page holds it, else its words. */
function wayTo([text, id], go) {
  if (!id || !entities.has(id)) return el('span', { className: 'words' }, name(text));
  return el('button', { type: 'button', className: 'way', title: text, onclick: () => go(id) }, name(entities.get(id).name));
}
