// The drawing: vis-network draws edges and handles the mouse; shapes and labels are ours.
// Labels are placed anew for each picture, the important first, and none over another.

const stage = document.getElementById('canvas');
const tip = document.getElementById('tip');
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const DASHES = { hedged: [9, 6], planned: [2, 5], denied: [6, 5] };
const ROOM_FOR_A_LABEL = 11000; // square pixels: with more names a picture is no longer calm
const range = (numbers) => numbers.reduce(([low, high], n) => [Math.min(low, n), Math.max(high, n)], [Infinity, -Infinity]);
const fontFamily = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';
const serif = '"Iowan Old Style", Charter, Georgia, "Noto Serif", "DejaVu Serif", serif';

let palette = {};
let lastWidth = 0;
let look = { room: 1, visible: null, lit: null, litRelations: null, hovered: null, hoveredRelation: null };

function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const colour = (key) => style.getPropertyValue(`--${key}`).trim();
  palette = Object.fromEntries(['paper', 'ink', 'soft', 'edge', 'denied', 'accent', 'faint'].map((k) => [k, colour(k)]));
}
readPalette();

/** Many edges are drawn lighter, or they would hide what they join. */
const thickness = NETWORK.edges.length < 150 ? 1 : NETWORK.edges.length < 1200 ? 0.8 : NETWORK.edges.length < 4000 ? 0.6 : 0.35;

/** From afar nodes are drawn bigger than life, so that they stay to be seen, the great ones most. */
const radiusOf = (node) => Math.max(node.size, look.room * (0.8 + node.size * (node.group === 'Concept' ? 0.22 : 0.28)) / network.getScale());

const ordered = [...NETWORK.nodes].sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1));
const great = new Set(ordered.slice(0, Math.min(24, Math.ceil(ordered.length / 4))).map((node) => node.id));
const [west, east] = range(ordered.map((node) => node.x));
const [north, south] = range(ordered.map((node) => node.y));
// Positions are made for wide screens; a tall one gets the same drawing on its side.
if (stage.clientHeight > stage.clientWidth && east - west > south - north) {
  for (const node of ordered) [node.x, node.y] = [node.y, node.x];
}
// What is hidden from the beginning never has to be updated: a big graph opens faster.
const atFirst = visibleIn(stateFrom(location.hash));
const shownNow = { nodes: new Set(atFirst.entities), edges: new Set(atFirst.relations) };
const nodeRows = new vis.DataSet(NETWORK.nodes.map((node) => ({
  id: node.id, x: node.x, y: node.y, shape: 'custom', size: node.size, mass: 1 + node.degree / 8,
  hidden: !shownNow.nodes.has(node.id), physics: shownNow.nodes.has(node.id), ctxRenderer: (place) => drawnNode(node, place),
})));
const edgeRows = new vis.DataSet(NETWORK.edges.map((edge) => ({
  id: edge.id, from: edge.from, to: edge.to, width: edge.width, hidden: !shownNow.edges.has(edge.id), physics: shownNow.edges.has(edge.id),
  dashes: DASHES[relations.get(edge.id).status] ?? false, smooth: curve(edge.bend), ...edgeColour(edge.id, false),
})));

function curve(bend) {
  if (!bend) return false;
  return { enabled: true, type: bend > 0 ? 'curvedCW' : 'curvedCCW', roundness: Math.abs(bend) };
}

function edgeColour(id) {
  const colour = relations.get(id).status === 'denied' ? palette.denied : palette.edge;
  return { color: { color: colour, highlight: palette.accent, hover: palette.accent, opacity: thickness } };
}

const network = new vis.Network(stage, { nodes: nodeRows, edges: edgeRows }, {
  physics: { enabled: false, stabilization: false, barnesHut: { gravitationalConstant: -5200, springLength: 130, springConstant: 0.03, avoidOverlap: 0.35, damping: 0.3 }, maxVelocity: 40 },
  layout: { improvedLayout: false, randomSeed: 7 },
  interaction: { hover: true, multiselect: false, keyboard: false, tooltipDelay: 1e9, hideEdgesOnDrag: NETWORK.edges.length > 6000, hoverConnectedEdges: false, selectConnectedEdges: false },
  nodes: { chosen: false },
  edges: { arrows: { to: { enabled: true, scaleFactor: 0.45 } }, arrowStrikethrough: false, selectionWidth: 1, hoverWidth: 0.6, selfReference: { size: 18 } },
});

/** Draw one node; called by vis for each node of each picture. */
function drawnNode(node, { ctx, x, y, state: { selected, hover } }) {
  const radius = radiusOf(node);
  return {
    drawNode() {
      ctx.save();
      ctx.globalAlpha = look.lit && !look.lit.has(node.id) ? 0.16 : 1;
      outline(ctx, node.shape, x, y, radius);
      ctx.fillStyle = types.get(node.group)?.colour ?? '#888';
      ctx.fill();
      ctx.lineWidth = Math.max(1.4, look.room ** 3 * 1.2 / network.getScale());
      ctx.strokeStyle = palette.paper;
      ctx.stroke();
      if (selected || hover || node.id === shownEntity()) ring(ctx, x, y, radius);
      ctx.restore();
    },
    nodeDimensions: { width: radius * 2, height: radius * 2 },
  };
}

function ring(ctx, x, y, radius) {
  const thick = 2 / network.getScale();
  ctx.beginPath();
  ctx.arc(x, y, radius * 1.12 + 2.2 * thick, 0, 2 * Math.PI);
  ctx.lineWidth = thick;
  ctx.strokeStyle = palette.accent;
  ctx.stroke();
}

const CORNERS = {
  square: [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]],
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  triangle: [[0, -1.1], [1.08, 0.82], [-1.08, 0.82]],
  hexagon: [[0, -1.05], [0.91, -0.52], [0.91, 0.52], [0, 1.05], [-0.91, 0.52], [-0.91, -0.52]],
};

function outline(ctx, shape, x, y, radius) {
  ctx.beginPath();
  if (!CORNERS[shape]) {
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  for (const [dx, dy] of CORNERS[shape]) ctx.lineTo(x + dx * radius, y + dy * radius);
  ctx.closePath();
}

network.on('afterDrawing', (ctx) => {
  if (!look.visible) return;
  drawEdgeSigns(ctx);
  const ratio = ctx.canvas.width / ctx.canvas.clientWidth;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawLabels(ctx);
  ctx.restore();
});

const drawnEdge = (id) => network.body.edges[id];
const isLit = (id) => !look.litRelations || look.litRelations.has(id);

/** Mark denied edges with a cross, and contested ones with dashes of the second colour. */
function drawEdgeSigns(ctx) {
  const scale = network.getScale();
  for (const id of look.visible.relations) {
    const { status } = relations.get(id);
    const edge = drawnEdge(id);
    if (scale < 0.5 && thickness < 1 && !look.litRelations?.has(id)) continue;
    if ((status !== 'denied' && status !== 'contested') || !edge?.edgeType || edge.fromId === edge.toId) continue;
    ctx.save();
    ctx.globalAlpha = look.litRelations ? (isLit(id) ? 1 : 0.16) : thickness;
    ctx.strokeStyle = palette.denied;
    ctx.lineWidth = Math.max(edge.options.width, 0.8 / scale);
    if (status === 'contested') dashAlong(ctx, edge);
    else cross(ctx, edge.edgeType.getPoint(0.3), 4.5 / Math.max(scale, 0.55), ctx.lineWidth * 1.3);
    ctx.restore();
  }
}

function dashAlong(ctx, edge) {
  ctx.setLineDash([8, 8]);
  ctx.beginPath();
  for (let t = 0.06; t <= 0.9; t += 0.07) {
    const { x, y } = edge.edgeType.getPoint(t);
    ctx.lineTo(x, y);
  }
  ctx.stroke();
}

function cross(ctx, { x, y }, arm, width) {
  ctx.lineWidth = width;
  ctx.lineCap = 'round';
  ctx.beginPath();
  ctx.moveTo(x - arm, y - arm); ctx.lineTo(x + arm, y + arm);
  ctx.moveTo(x + arm, y - arm); ctx.lineTo(x - arm, y + arm);
  ctx.stroke();
}

const widths = new Map();
function widthOf(ctx, font, text) {
  const key = font + text;
  if (!widths.has(key)) { ctx.font = font; widths.set(key, ctx.measureText(text).width); }
  return widths.get(key);
}

/** Write names, the important ones first, where they cover no other name. */
function drawLabels(ctx) {
  const room = new Room(ctx.canvas.clientWidth, ctx.canvas.clientHeight);
  const shown = ordered.filter((node) => look.visible.entities.has(node.id));
  const first = new Set([look.hovered, shownEntity()].filter(Boolean));
  const rank = (node) => (first.has(node.id) ? 0 : look.lit?.has(node.id) ? 1 : 2);
  const queue = look.lit || first.size ? [...shown].sort((a, b) => rank(a) - rank(b)) : shown;
  const spots = queue.map((node) => spotOf(node)).filter((spot) => room.holds(spot));
  for (const spot of spots.slice(0, 40)) room.take(spot.x - spot.r * 0.8, spot.y - spot.r * 0.8, spot.r * 1.6, spot.r * 1.6, spot.node.id);
  const most = look.lit ? 200 : room.width * room.height / ROOM_FOR_A_LABEL;
  let written = 0;
  for (const spot of spots) {
    if (look.lit && !look.lit.has(spot.node.id)) break;
    if (written < most && writeName(ctx, room, spot, first.has(spot.node.id))) written += 1;
  }
  drawPredicates(ctx, room);
}

function spotOf(node) {
  const place = network.body.nodes[node.id];
  const { x, y } = network.canvasToDOM({ x: place.x, y: place.y });
  return { node, x, y, r: radiusOf(node) * network.getScale() };
}

function writeName(ctx, room, { node, x, y, r }, must) {
  const large = great.has(node.id) ? 13 : 12;
  const font = `${great.has(node.id) || must ? 600 : 400} ${large}px ${fontFamily}`;
  const width = widthOf(ctx, font, node.label);
  const inside = Math.max(4, Math.min(x - width / 2, room.width - width - 4));
  const centred = Math.abs(x - room.width / 2) < room.width / 2 ? inside : x - width / 2;
  const places = [[centred, y + r + 4], [centred, y - r - 4 - large], [x + r + 5, y - large / 2], [x - r - 5 - width, y - large / 2]];
  const place = places.find(([left, top]) => room.isFree(left - 2, top - 1, width + 4, large + 3, node.id)) ?? (must ? places[0] : null);
  if (!place) return false;
  room.take(place[0] - 2, place[1] - 1, width + 4, large + 3);
  write(ctx, node.label, place, font, node.group === 'Concept' ? palette.soft : palette.ink);
  return true;
}

function write(ctx, text, [left, top], font, colour) {
  ctx.font = font;
  ctx.textBaseline = 'top';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = palette.paper;
  ctx.strokeText(text, left, top);
  ctx.fillStyle = colour;
  ctx.fillText(text, left, top);
}

/** Say what edges mean: those looked at, and all of them once there is room to read. */
function drawPredicates(ctx, room) {
  const wanted = look.litRelations?.size <= 60 ? [...look.litRelations] : [];
  if (look.hoveredRelation) wanted.unshift(look.hoveredRelation);
  if (!look.litRelations && network.getScale() > 0.75) wanted.push(...look.visible.relations);
  const font = `italic 12px ${serif}`;
  for (const id of new Set(wanted)) {
    const edge = drawnEdge(id);
    if (!look.visible.relations.has(id) || !edge?.edgeType || edge.fromId === edge.toId) continue;
    const { x, y } = network.canvasToDOM(edge.edgeType.getPoint(0.5));
    const { predicate, status } = relations.get(id);
    const text = predicate.length > 34 ? `${predicate.slice(0, 33)}…` : predicate;
    const width = widthOf(ctx, font, text);
    const box = [x - width / 2, y - 7];
    if (!room.isFree(box[0], box[1], width, 14)) continue;
    room.take(box[0], box[1], width, 14);
    write(ctx, text, box, font, status === 'denied' ? palette.denied : palette.soft);
    if (status === 'denied') strike(ctx, box, width);
  }
}

function strike(ctx, [left, top], width) {
  ctx.fillStyle = palette.denied;
  ctx.fillRect(left - 1, top + 6.5, width + 2, 1.2);
}

/** The room that is left on the screen, as boxes taken, looked up by cells. */
class Room {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.cells = new Map();
  }

  holds({ x, y }) {
    return x > -60 && y > -20 && x < this.width + 60 && y < this.height + 20;
  }

  * at(x, y, w, h) {
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

/** Ask for one picture, however many changes come before it is drawn. */
const redrawSoon = () => network.body.emitter.emit('_requestRedraw');

/** Show just these entities and relations, lit up those that are spoken of. */
function showOnCanvas(visible, lit, litRelations) {
  const room = Math.max(0.62, Math.min(1, Math.sqrt(900 / (visible.entities.size + 1))));
  look = { ...look, room, visible, lit, litRelations };
  hideAllBut(nodeRows, visible.entities, shownNow.nodes);
  hideAllBut(edgeRows, visible.relations, shownNow.edges);
  fadeEdges();
  redrawSoon();
}

function hideAllBut(rows, wanted, shown) {
  const gone = [...shown].filter((id) => !wanted.has(id));
  const come = [...wanted].filter((id) => !shown.has(id));
  rows.update([...gone.map((id) => ({ id, hidden: true, physics: false })), ...come.map((id) => ({ id, hidden: false, physics: true }))]);
  for (const id of gone) shown.delete(id);
  for (const id of come) shown.add(id);
}

/** Fade all edges but the lit ones: set where vis keeps it, for updating all rows takes seconds. */
function fadeEdges() {
  const { litRelations } = look;
  for (const [id, edge] of Object.entries(network.body.edges)) {
    edge.options.color.opacity = litRelations ? (litRelations.has(id) ? 1 : 0.12) : thickness;
  }
}

function recolour() {
  readPalette();
  edgeRows.update(edgeRows.getIds().map((id) => ({ id, ...edgeColour(id) })));
  fadeEdges();
  redrawSoon();
}

/** Give the canvas its new size when the panel opened or closed; what is drawn stays in place. */
function resize() {
  const width = stage.clientWidth;
  const scale = network.getScale();
  const { x, y } = network.getViewPosition();
  const before = lastWidth || width;
  if (width === lastWidth) return;
  lastWidth = width;
  network.setSize('100%', '100%');
  network.moveTo({ scale, position: { x: x + (width - before) / 2 / scale, y }, animation: false });
}

/** Return what of the stage no panel covers, in pixels: on a phone the panel lies over it. */
function freeBox() {
  const box = stage.getBoundingClientRect();
  const over = panel.hidden ? null : panel.getBoundingClientRect();
  const covered = over && over.left < box.right && over.top > box.top ? box.bottom - over.top : 0;
  return { width: box.width, height: Math.max(120, box.height - Math.max(0, covered)) };
}

/** Put a point of the drawing into the middle of what is free. */
function moveTo(x, y, scale, duration) {
  const { height } = freeBox();
  const animation = duration && !calm.matches ? { duration, easingFunction: 'easeInOutQuad' } : false;
  network.moveTo({ position: { x, y: y + (stage.clientHeight - height) / 2 / scale }, scale, animation });
}

/** Move as little as needed for an entity to be seen. */
function reveal(id) {
  const { x, y } = network.getPosition(id);
  const at = network.canvasToDOM({ x, y });
  const { width, height } = freeBox();
  if (at.x < 40 || at.y < 40 || at.x > width - 40 || at.y > height - 40) moveTo(x, y, network.getScale(), 260);
}

/** Bring some entities into view with room for their names, or all that are visible. */
function fitTo(ids = [...look.visible.entities], animate = true) {
  const points = Object.values(network.getPositions(ids));
  if (!points.length || !stage.clientWidth) return;
  const [left, right] = range(points.map((point) => point.x));
  const [top, bottom] = range(points.map((point) => point.y));
  const { width, height } = freeBox();
  const scale = Math.min(1.35, (width - Math.min(180, width * 0.3)) / (right - left + 1), (height - Math.min(130, height * 0.35)) / (bottom - top + 1));
  moveTo((left + right) / 2, (top + bottom) / 2, scale, animate ? 380 : 0);
}

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)), animation: calm.matches ? false : { duration: 160, easingFunction: 'easeOutQuad' } });
}

/** Save what is seen as a picture, on paper, with the title under it. */
function savePicture() {
  const from = stage.querySelector('canvas');
  const ratio = from.width / from.clientWidth;
  const to = el('canvas', { width: from.width, height: from.height });
  const ctx = to.getContext('2d');
  ctx.fillStyle = palette.paper;
  ctx.fillRect(0, 0, to.width, to.height);
  ctx.drawImage(from, 0, 0);
  ctx.fillStyle = palette.soft;
  ctx.font = `${12 * ratio}px ${fontFamily}`;
  ctx.fillText(DATA.title.slice(0, 120), 14 * ratio, to.height - 14 * ratio);
  to.toBlob((blob) => {
    const link = el('a', { href: URL.createObjectURL(blob), download: 'graph.png' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}

function showTip(event, lines) {
  const box = stage.getBoundingClientRect();
  tip.replaceChildren(...lines);
  tip.hidden = false;
  const x = Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 8);
  const y = event.clientY - box.top + 16;
  tip.style.left = `${Math.max(8, x)}px`;
  tip.style.top = `${y + tip.offsetHeight > box.height ? y - tip.offsetHeight - 28 : y}px`;
}

network.on('hoverNode', ({ node, event }) => {
  look.hovered = node;
  const entity = entities.get(node);
  const told = claimsOf.get(node)?.[0];
  showTip(event, [
    el('strong', {}, name(entity.name)), el('small', {}, types.get(entity.type)?.label ?? entity.type, ' · ', count(entity.mentionCount, 'mention')),
    told ? markedSentence(told.sentence, []) : '']);
});
network.on('hoverEdge', ({ edge, event }) => {
  look.hoveredRelation = edge;
  const relation = relations.get(edge);
  const told = claims.get(relation.claims[0]);
  showTip(event, [
    el('strong', {}, statementOf(relation)), el('small', {}, statusOf(relation.status).label, ' · ', count(relation.claims.length, 'sentence')),
    markedSentence(told.sentence, told.marks)]);
});
for (const gone of ['blurNode', 'blurEdge', 'dragStart', 'zoom']) {
  network.on(gone, () => { look.hovered = null; look.hoveredRelation = null; tip.hidden = true; });
}

/** Where on the screen an entity is, or the middle of the edge between two: for tests and scripts. */
stage.pointOf = (first, second) => {
  const box = stage.getBoundingClientRect();
  const edge = second && (relationsOf.get(first) ?? []).find(({ other }) => other === second);
  const place = edge ? drawnEdge(edge.relation.id).edgeType.getPoint(0.5) : network.getPosition(first);
  const { x, y } = network.canvasToDOM(place);
  return [box.left + x, box.top + y];
};
