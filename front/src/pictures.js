// The picture that is seen, saved: as PNG, and as SVG for print.

import { download, el, svg } from './elements.js';
import { SANS } from './labels.js';
import { CORNERS, DASHES } from './shapes.js';

/** Save what is seen as a PNG, on paper, with the title under it. */
export function savePng(picture, title) {
  const from = picture.stage.querySelector('canvas');
  const ratio = from.width / from.clientWidth;
  const to = el('canvas', { width: from.width, height: from.height });
  const ctx = to.getContext('2d');
  ctx.fillStyle = picture.palette.paper;
  ctx.fillRect(0, 0, to.width, to.height);
  ctx.drawImage(from, 0, 0);
  ctx.fillStyle = picture.palette.soft;
  ctx.font = `${12 * ratio}px ${SANS}`;
  ctx.fillText(title.slice(0, 120), 14 * ratio, to.height - 14 * ratio);
  to.toBlob((blob) => download(blob, 'graph.png'));
}

/** Save what is seen as an SVG: the same lines, shapes and names, sharp at every size. */
export function saveSvg(picture, title) {
  const drawn = svgOf(picture, title);
  const text = new XMLSerializer().serializeToString(drawn);
  download(new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`], { type: 'image/svg+xml' }), 'graph.svg');
}

function svgOf(picture, title) {
  const { clientWidth: width, clientHeight: height } = picture.stage;
  const { palette } = picture;
  const heading = svg('title', {}, title);
  const signature = svg(
    'text',
    { x: 14, y: height - 14, fill: palette.soft, 'font-family': SANS, 'font-size': 12 },
    title.slice(0, 120),
  );
  return svg(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' },
    heading,
    svg('rect', { width, height, fill: palette.paper }),
    arrowHeads(palette),
    svg('g', { fill: 'none' }, ...[...picture.bundles.values()].map((one) => line(picture, one)).filter(Boolean)),
    svg(
      'g',
      { stroke: palette.paper, 'stroke-width': 1.4 },
      ...picture
        .spots()
        .reverse()
        .map((spot) => node(picture, spot)),
    ),
    svg(
      'g',
      { 'stroke-linejoin': 'round', 'paint-order': 'stroke', stroke: palette.paper, 'stroke-width': 4 },
      ...picture.labels.map((label) => words(palette, label)),
    ),
    signature,
  );
}

function arrowHeads(palette) {
  const head = (id, colour) =>
    svg(
      'marker',
      {
        id,
        viewBox: '0 0 8 8',
        refX: 7,
        refY: 4,
        markerWidth: 7,
        markerHeight: 7,
        markerUnits: 'userSpaceOnUse',
        orient: 'auto-start-reverse',
      },
      svg('path', { d: 'M0 1 8 4 0 7z', fill: colour }),
    );
  return svg('defs', {}, head('head', palette.edge), head('head-denied', palette.denied));
}

function line(picture, { id, status, width, both, from, to }) {
  const edge = picture.drawnEdge(id);
  if (!edge?.edgeType || from === to) return null;
  const scale = picture.network.getScale();
  const denied = status === 'denied';
  const marker = denied ? 'url(#head-denied)' : 'url(#head)';
  // Straight pieces: vis has no formula of its curves to give, only points on them.
  const points = [0, 0.25, 0.5, 0.75, 1].map((t) => picture.onScreen(edge.edgeType.getPoint(t)));
  const ends = trimmed(points, picture, from, to);
  const lit = picture.isLit(id);
  return svg('path', {
    d: `M${ends.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`,
    stroke: denied || status === 'contested' ? picture.palette.denied : picture.palette.edge,
    'stroke-width': Math.max(0.6, width * scale).toFixed(2),
    'stroke-dasharray': (DASHES[status] ?? (status === 'contested' ? [8, 8] : [])).join(' ') || 'none',
    opacity: picture.view.litRelations ? (lit ? 1 : 0.12) : picture.thickness,
    'marker-end': marker,
    ...(both ? { 'marker-start': marker } : {}),
  });
}

/** Let a line end at the rims of what it joins. */
function trimmed(points, picture, from, to) {
  const rim = (id) => picture.radiusOf(picture.store.nodes.get(id)) * picture.network.getScale() + 2;
  const cut = (end, next, by) => {
    const far = Math.hypot(next.x - end.x, next.y - end.y) || 1;
    const share = Math.min(0.9, by / far);
    return { x: end.x + (next.x - end.x) * share, y: end.y + (next.y - end.y) * share };
  };
  return [cut(points[0], points[1], rim(from)), ...points.slice(1, -1), cut(points.at(-1), points.at(-2), rim(to))];
}

function node(picture, { node: row, x, y, r }) {
  const look = { fill: picture.colourOf(row), opacity: picture.view.lit && !picture.view.lit.has(row.id) ? 0.16 : 1 };
  const corners = CORNERS[row.shape];
  if (!corners) return svg('circle', { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1), ...look });
  return svg('polygon', {
    points: corners.map(([dx, dy]) => `${(x + dx * r).toFixed(1)},${(y + dy * r).toFixed(1)}`).join(' '),
    ...look,
  });
}

function words(palette, { text, x, y, font, kind, struck }) {
  const size = Number(/(\d+)px/.exec(font)[1]);
  const made = svg(
    'text',
    {
      x: x.toFixed(1),
      y: (y + size * 0.86).toFixed(1),
      fill: palette[kind],
      'font-size': size,
      'font-family': font.slice(font.indexOf('px') + 3),
    },
    text,
  );
  if (/^600/.test(font)) made.setAttribute('font-weight', 600);
  if (/^italic/.test(font)) made.setAttribute('font-style', 'italic');
  if (struck) made.setAttribute('text-decoration', 'line-through');
  return made;
}
