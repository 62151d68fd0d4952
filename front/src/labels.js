// Names and relation words on the drawing: placed anew for each picture, the important
// first, and none over another.

import { wordsOf } from './bundles.js';
import { add } from './store.js';

export const SANS = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';
export const SERIF = '"Iowan Old Style", Charter, Georgia, "Noto Serif", "DejaVu Serif", serif';

const ROOM_FOR_A_LABEL = 11000; // square pixels: with more names a picture is no longer calm
const MOST_WORDS = 60; // edges whose words are tried while something is lit

/** The room that is left on the screen, as boxes taken, looked up by cells. */
export class Room {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.cells = new Map();
  }

  holds({ x, y }) {
    return x > -60 && y > -20 && x < this.width + 60 && y < this.height + 20;
  }

  *at(x, y, w, h) {
    for (let i = Math.floor(x / 48); i <= (x + w) / 48; i += 1) {
      for (let j = Math.floor(y / 32); j <= (y + h) / 32; j += 1) yield i * 4096 + j;
    }
  }

  isFree(x, y, w, h, owner) {
    for (const key of this.at(x, y, w, h)) {
      for (const b of this.cells.get(key) ?? []) {
        const own = owner !== undefined && b.owner === owner;
        if (!own && x < b.x + b.w && b.x < x + w && y < b.y + b.h && b.y < y + h) return false;
      }
    }
    return true;
  }

  take(x, y, w, h, owner) {
    const box = { x, y, w, h, owner };
    for (const key of this.at(x, y, w, h)) add(this.cells, key, box);
  }
}

// Kept: to measure is the dearest part of a picture, and the names are the same in each.
const widths = new Map();
function widthOf(ctx, font, text) {
  const key = font + text;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

/**
 * Place names and relation words: returns [{text, x, y, font, kind}], y at the top of the line.
 * `spots` are {node, x, y, r} in order of importance; `view` says what is lit and great.
 */
export function placeLabels(ctx, { width, height, spots, lines, view }) {
  const room = new Room(width, height);
  const placed = [];
  const inside = spots.filter((spot) => room.holds(spot));
  // The great ones only: names may lie over small nodes, of which there are too many to spare.
  for (const spot of inside.slice(0, 60))
    room.take(spot.x - spot.r * 0.8, spot.y - spot.r * 0.8, spot.r * 1.6, spot.r * 1.6, spot.node.id);
  const most = view.lit ? 200 : (width * height) / ROOM_FOR_A_LABEL;
  for (const spot of inside) {
    if (placed.length >= most || (view.lit && !view.lit.has(spot.node.id))) break;
    const label = placeName(ctx, room, spot, view);
    if (label) placed.push(label);
  }
  for (const line of lines.slice(0, view.lit ? MOST_WORDS : lines.length)) {
    const label = placeWords(ctx, room, line);
    if (label) placed.push(label);
  }
  return placed;
}

function placeName(ctx, room, { node, x, y, r }, { great, first }) {
  const must = first.has(node.id);
  const large = great.has(node.id) ? 13 : 12;
  const font = `${great.has(node.id) || must ? 600 : 400} ${large}px ${SANS}`;
  const width = widthOf(ctx, font, node.label);
  const inside = Math.max(4, Math.min(x - width / 2, room.width - width - 4));
  const centred = Math.abs(x - room.width / 2) < room.width / 2 ? inside : x - width / 2;
  const places = [
    [centred, y + r + 4],
    [centred, y - r - 4 - large],
    [x + r + 5, y - large / 2],
    [x - r - 5 - width, y - large / 2],
  ];
  const whole = ([left]) => x < 0 || x > room.width || (left >= 2 && left + width <= room.width - 2);
  const place =
    places.find(([left, top]) => whole([left]) && room.isFree(left - 2, top - 1, width + 4, large + 3, node.id)) ??
    (must ? places[0] : null);
  if (!place) return null;
  room.take(place[0] - 2, place[1] - 1, width + 4, large + 3);
  return { text: node.label, x: place[0], y: place[1], width, font, kind: node.quiet ? 'soft' : 'ink' };
}

function placeWords(ctx, room, { bundle, x, y }) {
  const font = `italic 12px ${SERIF}`;
  const text = wordsOf(bundle);
  const width = widthOf(ctx, font, text);
  const [left, top] = [x - width / 2, y - 7];
  if (!room.isFree(left, top, width, 14)) return null;
  room.take(left, top, width, 14);
  return {
    text,
    x: left,
    y: top,
    width,
    font,
    kind: bundle.status === 'denied' ? 'denied' : 'soft',
    struck: bundle.status === 'denied',
  };
}

/** Write placed labels on a canvas, each with a halo of paper. */
export function writeLabels(ctx, labels, palette) {
  ctx.textBaseline = 'top';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = palette.paper;
  for (const { text, x, y, width, font, kind, struck } of labels) {
    ctx.font = font;
    // The halo first, or it would eat into the letters.
    ctx.strokeText(text, x, y);
    ctx.fillStyle = palette[kind];
    ctx.fillText(text, x, y);
    if (struck) ctx.fillRect(x - 1, y + 6.5, width + 2, 1.2);
  }
}
