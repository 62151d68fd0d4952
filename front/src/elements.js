// Making elements. Text from documents enters the page only here, and only as text.

const SVG = 'http://www.w3.org/2000/svg';

/** Make an element: properties, then children (strings become text nodes). */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key in made && key !== 'role') made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return made;
}

/** Make an SVG element. */
export function svg(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Text whose own direction does not disturb what stands around it. */
export const name = (text) => el('bdi', {}, text);

/** A button that is text and an action. */
export const button = (label, onclick, properties = {}) =>
  el('button', { type: 'button', onclick, ...properties }, label);

export const percent = (share) => `${Math.round(share * 100)} %`;

export const grouped = (number) => number.toLocaleString('en');

/** Say a number with its noun: "1 claim", "2,000 claims". */
export const count = (number, one, many = `${one}s`) => `${grouped(number)} ${number === 1 ? one : many}`;

/** Cut words that are longer than there is room for. */
export const shortened = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

export const byId = (id) => document.getElementById(id);

const OUTLINES = {
  square: 'M3 3h10v10H3z',
  diamond: 'M8 1.5 14.5 8 8 14.5 1.5 8z',
  triangle: 'M8 2l6.5 11.5h-13z',
  hexagon: 'M8 1.5l5.8 3.3v6.4L8 14.5l-5.8-3.3V4.8z',
};

/** The small picture of a kind of thing: a shape in a colour. */
export function shapeIcon(shape, colour, radius = 6) {
  const body = OUTLINES[shape]
    ? svg('path', { d: OUTLINES[shape], fill: colour })
    : svg('circle', { cx: 8, cy: 8, r: radius, fill: colour });
  return svg('svg', { viewBox: '0 0 16 16', class: 'icon', 'aria-hidden': 'true' }, body);
}

/** The small picture of a status: how its edges are drawn. */
export function statusIcon(status) {
  const picture = svg(
    'svg',
    { viewBox: '0 0 34 12', class: `line ${status}`, 'aria-hidden': 'true' },
    svg('path', { d: 'M1 6h26', class: 'stroke' }),
    svg('path', { d: 'M27 2.5 33 6l-6 3.5z', class: 'head' }),
  );
  if (status === 'contested') picture.append(svg('path', { d: 'M1 6h26', class: 'over' }));
  if (status === 'denied') picture.append(svg('path', { d: 'M10 2.5l7 7m0-7-7 7', class: 'cross' }));
  return picture;
}

/** The small picture of a kind of relation: a line in its colour. */
export function lineIcon(colour) {
  return svg(
    'svg',
    { viewBox: '0 0 34 12', class: 'swatch', 'aria-hidden': 'true' },
    svg('path', { d: 'M1 6h32', stroke: colour, 'stroke-width': 3 }),
  );
}

/** One word of how a claim stands. */
export const chip = ([kind, label]) => el('span', { className: `chip ${kind}` }, name(label));

/** Save something as a file. */
export function download(blob, filename) {
  const link = el('a', { href: URL.createObjectURL(blob), download: filename });
  link.click();
  // Later: a browser may read it only after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Copy text; a page opened from disk may not use the clipboard directly. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = el('textarea', { value: text, className: 'unseen' });
    document.body.append(box);
    box.select();
    // Deprecated, and the one way from a file:// address.
    document.execCommand('copy');
    box.remove();
  }
}

/** Read something out to those who listen, without showing it. */
export function announce(words) {
  byId('said').textContent = words;
}
