// The drawing: vis-network draws edges and handles the mouse; shapes and labels are ours.

import { DataSet } from 'vis-data/peer';
import { Network } from 'vis-network/peer';
import { settle } from './arranging.js';
import { bundle, colourOf } from './bundles.js';
import { placeLabels, writeLabels } from './labels.js';
import { COMMUNITY_COLOURS, cross, DASHES, dashAlong, NO_COMMUNITY, outline } from './shapes.js';

const calm = matchMedia('(prefers-reduced-motion: reduce)');
const COLOURS = ['paper', 'ink', 'soft', 'edge', 'denied', 'accent', 'faint'];
const FAINT_NODE = 0.16;
const FAINT_EDGE = 0.12;
const TINY = 0.4; // the scale under which an arrow head is a dot
const MANY_EDGES = 800;
const range = (numbers) =>
  numbers.reduce(([low, high], n) => [Math.min(low, n), Math.max(high, n)], [Infinity, -Infinity]);

const OPTIONS = {
  physics: {
    enabled: false,
    stabilization: false,
    maxVelocity: 40,
    barnesHut: {
      gravitationalConstant: -5200,
      springLength: 130,
      springConstant: 0.03,
      avoidOverlap: 0.35,
      damping: 0.3,
    },
  },
  // Every node comes with its place; a seed, lest two openings differ all the same.
  layout: { improvedLayout: false, randomSeed: 7 },
  interaction: {
    hover: true,
    multiselect: false,
    keyboard: false,
    // Never: tips.js has its own, which are text alone.
    tooltipDelay: 1e9,
    hoverConnectedEdges: false,
    selectConnectedEdges: false,
  },
  nodes: { chosen: false },
  edges: {
    arrows: { to: { enabled: true, scaleFactor: 0.45 } },
    arrowStrikethrough: false,
    selectionWidth: 1,
    hoverWidth: 0.6,
    selfReference: { size: 18 },
  },
};

/** Many edges are drawn lighter, or they would hide what they join. */
function thicknessFor(edges) {
  return edges < 150 ? 1 : edges < 1200 ? 0.8 : edges < 4000 ? 0.6 : 0.35;
}

export class Picture {
  constructor(stage, store) {
    this.stage = stage;
    this.store = store;
    this.view = {
      room: 1,
      visible: { entities: new Set(), relations: new Map() },
      lit: null,
      litRelations: null,
      chosen: null,
      hovered: null,
      colour: 'type',
      pins: {},
    };
    this.bundles = new Map();
    this.ordered = [];
    this.great = new Set();
    this.labels = [];
    this.lastWidth = 0;
    this.thickness = 1;
    this.readPalette();
  }

  readPalette() {
    const style = getComputedStyle(document.documentElement);
    this.palette = Object.fromEntries(COLOURS.map((key) => [key, style.getPropertyValue(`--${key}`).trim()]));
  }

  /** Begin to draw. What is visible is given at once, so that a big graph opens in one go. */
  begin(view) {
    this.look(view);
    this.bundles = bundle(this.visibleRelations());
    this.thickness = thicknessFor(this.bundles.size);
    this.place([...view.visible.entities]);
    this.nodeRows = new DataSet([...view.visible.entities].map((id) => this.nodeRow(id)));
    this.edgeRows = new DataSet([...this.bundles.values()].map((one) => this.edgeRow(one)));
    this.network = new Network(
      this.stage,
      { nodes: this.nodeRows, edges: this.edgeRows },
      {
        ...OPTIONS,
        interaction: {
          ...OPTIONS.interaction,
          hideEdgesOnDrag: this.bundles.size > 4000,
          hideEdgesOnZoom: this.bundles.size > 4000,
        },
      },
    );
    this.network.renderer.allowRedraw = false;
    // Not a part of vis' interface, and the only place where arrow heads can be left out.
    this.network.renderer._drawArrows = (ctx) => this.drawArrows(ctx);
    this.network.on('afterDrawing', (ctx) => this.finishPicture(ctx));
  }

  /** Draw from now on: what was set up before costs one picture, not three. */
  unveil() {
    // A request made meanwhile was not met, and would keep others from being made.
    Object.assign(this.network.renderer, { allowRedraw: true, redrawRequested: false });
    this.redrawSoon();
  }

  look(view) {
    const room = Math.max(0.62, Math.min(1, Math.sqrt(900 / (view.visible.entities.size + 1))));
    this.view = { ...this.view, ...view, room };
    this.rank();
  }

  /** Order nodes by weight, for labels; the greatest are written in bold. */
  rank() {
    if (this.ordered.length === this.store.nodes.size) return;
    this.ordered = this.store.byWeight();
    this.great = new Set(
      this.ordered.slice(0, Math.min(24, Math.ceil(this.ordered.length / 4))).map((node) => node.id),
    );
  }

  /** Positions are made for wide screens; a tall one gets the same drawing on its side. */
  turnIfTall() {
    const nodes = [...this.store.nodes.values()].filter((node) => node.x !== undefined);
    const [west, east] = range(nodes.map((node) => node.x));
    const [north, south] = range(nodes.map((node) => node.y));
    if (this.stage.clientHeight > this.stage.clientWidth && east - west > south - north) {
      for (const node of nodes) [node.x, node.y] = [node.y, node.x];
    }
  }

  visibleRelations() {
    return [...this.view.visible.relations].map(([id, status]) => ({ ...this.store.relations.get(id), status }));
  }

  place(ids) {
    const nodes = ids.map((id) => this.store.nodes.get(id));
    settle(nodes, this.visibleRelations());
  }

  nodeRow(id) {
    const node = this.store.nodes.get(id);
    const [x, y] = this.view.pins[id] ?? [node.x, node.y];
    return {
      id,
      x,
      y,
      shape: 'custom',
      size: node.size,
      mass: 1 + node.degree / 8,
      fixed: Boolean(this.view.pins[id]),
      ctxRenderer: (place) => this.drawnNode(node, place),
    };
  }

  edgeRow(one) {
    const { id, from, to, status, width, both, bend } = one;
    return {
      id,
      from,
      to,
      width,
      dashes: DASHES[status] ?? false,
      smooth: curve(bend),
      color: this.edgeColour(one),
      arrows: { to: true, from: both },
    };
  }

  edgeColour(one) {
    const { accent } = this.palette;
    const color = colourOf(one, this.store.kinds, this.palette);
    return { color, highlight: accent, hover: accent, opacity: this.thickness };
  }

  /** Show just what a view says: what is visible, what of it is lit, what is pinned. */
  show(view) {
    const pinsBefore = this.view.pins;
    this.look(view);
    const wanted = bundle(this.visibleRelations());
    this.place([...view.visible.entities]);
    exchange(this.nodeRows, view.visible.entities, (id) => this.nodeRow(id));
    this.movePins(pinsBefore);
    const same = (id) => sameBundle(this.bundles.get(id), wanted.get(id));
    exchange(this.edgeRows, new Set(wanted.keys()), (id) => this.edgeRow(wanted.get(id)), same);
    this.bundles = wanted;
    this.fadeEdges();
    this.redrawSoon();
  }

  movePins(before) {
    for (const id of new Set([...Object.keys(before), ...Object.keys(this.view.pins)])) {
      if (this.nodeRows.get(id) && String(before[id]) !== String(this.view.pins[id]))
        this.nodeRows.update(this.nodeRow(id));
    }
  }

  /** Ask for one picture, however many changes come before it is drawn. */
  redrawSoon() {
    this.network.body.emitter.emit('_requestRedraw');
  }

  /** Fade all edges but the lit ones: set where vis keeps it, for updating all rows takes seconds. */
  fadeEdges() {
    for (const [id, edge] of Object.entries(this.network.body.edges)) {
      edge.options.color.opacity = this.view.litRelations ? (this.isLit(id) ? 1 : FAINT_EDGE) : this.thickness;
    }
  }

  isLit(id) {
    const { litRelations } = this.view;
    return !litRelations || this.bundles.get(id)?.relations.some((r) => litRelations.has(r.id));
  }

  recolour() {
    this.readPalette();
    this.edgeRows.update([...this.bundles.values()].map((one) => ({ id: one.id, color: this.edgeColour(one) })));
    this.fadeEdges();
    this.redrawSoon();
  }

  // ---- one picture

  /** Draw arrow heads; those too small to be seen cost half of a big picture and are left out. */
  drawArrows(ctx) {
    const { edges, edgeIndices } = this.network.body;
    const tiny = this.network.getScale() < TINY && edgeIndices.length > MANY_EDGES;
    const { litRelations } = this.view;
    if (tiny && !litRelations) return;
    for (const id of edgeIndices) if (edges[id].connected && (!tiny || this.isLit(id))) edges[id].drawArrows(ctx);
  }

  /** From afar nodes are drawn bigger than life, so that they stay to be seen, the great ones most. */
  radiusOf(node) {
    return Math.max(
      node.size,
      (this.view.room * (0.8 + node.size * (node.quiet ? 0.22 : 0.28))) / this.network.getScale(),
    );
  }

  colourOf(node) {
    if (this.view.colour === 'community') return COMMUNITY_COLOURS[node.community] ?? NO_COMMUNITY;
    return this.store.types.get(node.group)?.colour ?? '#888';
  }

  /** Draw one node; called by vis for each node of each picture. */
  drawnNode(node, { ctx, x, y, state: { selected, hover } }) {
    const radius = this.radiusOf(node);
    return {
      drawNode: () => {
        ctx.save();
        ctx.globalAlpha = this.view.lit && !this.view.lit.has(node.id) ? FAINT_NODE : 1;
        outline(ctx, node.shape, x, y, radius);
        ctx.fillStyle = this.colourOf(node);
        ctx.fill();
        ctx.lineWidth = Math.max(1.4, (this.view.room ** 3 * 1.2) / this.network.getScale());
        ctx.strokeStyle = this.palette.paper;
        ctx.stroke();
        if (selected || hover || node.id === this.view.chosen) this.ring(ctx, x, y, radius);
        if (this.view.pins[node.id]) this.pinHead(ctx, x, y - radius * 1.1);
        ctx.restore();
      },
      nodeDimensions: { width: radius * 2, height: radius * 2 },
    };
  }

  ring(ctx, x, y, radius) {
    const thick = 2 / this.network.getScale();
    ctx.beginPath();
    ctx.arc(x, y, radius * 1.12 + 2.2 * thick, 0, 2 * Math.PI);
    ctx.lineWidth = thick;
    ctx.strokeStyle = this.palette.accent;
    ctx.stroke();
  }

  pinHead(ctx, x, y) {
    ctx.beginPath();
    ctx.arc(x, y, 3.2 / this.network.getScale(), 0, 2 * Math.PI);
    ctx.fillStyle = this.palette.ink;
    ctx.fill();
    ctx.stroke();
  }

  /** Add to what vis has drawn: signs on edges, then names in the units of the screen. */
  finishPicture(ctx) {
    this.drawSigns(ctx);
    const ratio = ctx.canvas.width / ctx.canvas.clientWidth;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.labels = placeLabels(ctx, {
      width: ctx.canvas.clientWidth,
      height: ctx.canvas.clientHeight,
      spots: this.spots(),
      lines: this.lines(),
      view: { lit: this.view.lit, great: this.great, first: this.firstNames() },
    });
    writeLabels(ctx, this.labels, this.palette);
    ctx.restore();
    this.onpicture?.();
  }

  firstNames() {
    return new Set([this.view.hovered, this.view.chosen].filter(Boolean));
  }

  spots() {
    const { visible, lit } = this.view;
    const first = this.firstNames();
    const rank = (node) => (first.has(node.id) ? 0 : lit?.has(node.id) ? 1 : 2);
    const shown = this.ordered.filter((node) => visible.entities.has(node.id) && this.network.body.nodes[node.id]);
    // Else they are in order already, by weight.
    if (lit || first.size) shown.sort((a, b) => rank(a) - rank(b));
    return shown.map((node) => ({
      node,
      ...this.onScreen(this.network.body.nodes[node.id]),
      r: this.radiusOf(node) * this.network.getScale(),
    }));
  }

  onScreen({ x, y }) {
    return this.network.canvasToDOM({ x, y });
  }

  /** The edges whose words are wanted: those looked at, and all once there is room to read. */
  lines() {
    const { lit, litRelations, hoveredEdge } = this.view;
    const all = [...this.bundles.values()];
    const wanted = litRelations ? all.filter(({ id }) => this.isLit(id)) : this.network.getScale() > 0.75 ? all : [];
    if (hoveredEdge && this.bundles.has(hoveredEdge)) wanted.unshift(this.bundles.get(hoveredEdge));
    return [...new Set(lit && litRelations.size > 400 ? wanted.slice(0, 1) : wanted)]
      .filter(({ id, from, to }) => from !== to && this.drawnEdge(id)?.edgeType)
      .map((one) => ({ bundle: one, ...this.onScreen(this.drawnEdge(one.id).edgeType.getPoint(0.5)) }));
  }

  drawnEdge(id) {
    return this.network.body.edges[id];
  }

  /** Mark denied edges with a cross, and contested ones with dashes of the second colour. */
  drawSigns(ctx) {
    const scale = this.network.getScale();
    for (const { id, status, from, to } of this.bundles.values()) {
      const edge = this.drawnEdge(id);
      if ((status !== 'denied' && status !== 'contested') || !edge?.edgeType || from === to) continue;
      // From afar, among many edges, the signs would be all that is seen.
      if (scale < 0.5 && this.thickness < 1 && !(this.view.litRelations && this.isLit(id))) continue;
      ctx.save();
      ctx.globalAlpha = this.view.litRelations ? (this.isLit(id) ? 1 : FAINT_NODE) : this.thickness;
      ctx.strokeStyle = this.palette.denied;
      ctx.lineWidth = Math.max(edge.options.width, 0.8 / scale);
      if (status === 'contested') dashAlong(ctx, edge);
      else cross(ctx, edge.edgeType.getPoint(0.3), 4.5 / Math.max(scale, 0.55), ctx.lineWidth * 1.3);
      ctx.restore();
    }
  }

  // ---- moving about

  /** Give the canvas its new size when a panel opened or closed; what is drawn stays in place. */
  resize() {
    const width = this.stage.clientWidth;
    const before = this.lastWidth || width;
    if (width === this.lastWidth || !width) return;
    const scale = this.network.getScale();
    const { x, y } = this.network.getViewPosition();
    this.lastWidth = width;
    this.network.setSize('100%', '100%');
    this.network.moveTo({ scale, position: { x: x + (width - before) / 2 / scale, y }, animation: false });
  }

  /** Return what of the stage no panel covers, in pixels: on a phone the panel lies over it. */
  freeBox() {
    const box = this.stage.getBoundingClientRect();
    const panel = document.getElementById('panel');
    const over = panel.hidden ? null : panel.getBoundingClientRect();
    const covered = over && over.left < box.right && over.top > box.top ? box.bottom - over.top : 0;
    const notices = document.getElementById('notices');
    const top = notices.children.length
      ? Math.min(box.height / 4, notices.getBoundingClientRect().bottom - box.top)
      : 0;
    return { width: box.width, top, height: Math.max(120, box.height - top - Math.max(0, covered)) };
  }

  /** Put a point of the drawing into the middle of what is free. */
  moveTo(x, y, scale, duration) {
    const { height, top } = this.freeBox();
    const lower = top + height / 2 - this.stage.clientHeight / 2;
    const animation = duration && !calm.matches ? { duration, easingFunction: 'easeInOutQuad' } : false;
    this.network.moveTo({ position: { x, y: y - lower / scale }, scale, animation });
  }

  /** Move as little as needed for an entity to be seen. */
  reveal(id) {
    if (!this.network.body.nodes[id]) return;
    const { x, y } = this.network.getPosition(id);
    const at = this.onScreen({ x, y });
    const { width, height, top } = this.freeBox();
    if (at.x < 40 || at.y < top + 20 || at.x > width - 40 || at.y > top + height - 40)
      this.moveTo(x, y, this.network.getScale(), 260);
  }

  /** Bring some entities into view with room for their names, or all that are visible. */
  fit(ids = [...this.view.visible.entities], animate = true) {
    const points = Object.values(this.network.getPositions(ids.filter((id) => this.network.body.nodes[id])));
    if (!points.length || !this.stage.clientWidth) return;
    const [left, right] = range(points.map((point) => point.x));
    const [top, bottom] = range(points.map((point) => point.y));
    const { width, height } = this.freeBox();
    const scale = Math.min(
      1.35,
      (width - Math.min(180, width * 0.3)) / (right - left + 1),
      (height - Math.min(130, height * 0.35)) / (bottom - top + 1),
    );
    this.moveTo((left + right) / 2, (top + bottom) / 2, scale, animate ? 380 : 0);
  }

  zoomBy(factor) {
    const scale = Math.min(6, Math.max(0.02, this.network.getScale() * factor));
    this.network.moveTo({ scale, animation: calm.matches ? false : { duration: 160, easingFunction: 'easeOutQuad' } });
  }

  /** Let the visible part arrange itself, or stop that; what it found stays. */
  arrange(on) {
    this.network.setOptions({ physics: { enabled: on } });
    if (on) return;
    for (const [id, { x, y }] of Object.entries(this.network.getPositions()))
      Object.assign(this.store.nodes.get(id), { x, y });
  }

  placeOf(id) {
    const { x, y } = this.network.getPosition(id);
    return [Math.round(x), Math.round(y)];
  }

  /** Return the entity that is nearest in a direction, for the arrow keys. */
  nearest(id, [dx, dy]) {
    const here = this.network.body.nodes[id];
    let best = null;
    for (const other of this.view.visible.entities) {
      const node = this.network.body.nodes[other];
      if (!node || other === id) continue;
      const [along, across] = [
        (node.x - here.x) * dx + (node.y - here.y) * dy,
        Math.abs((node.x - here.x) * dy - (node.y - here.y) * dx),
      ];
      // Aside counts double: what lies straight ahead is what an arrow key means.
      if (along > 0 && across <= 2 * along && (!best || along + 2 * across < best.far))
        best = { other, far: along + 2 * across };
    }
    return best?.other ?? null;
  }

  /** Where on the screen an entity is, or the middle of the edge between two: for tests and scripts. */
  pointOf(first, second) {
    const box = this.stage.getBoundingClientRect();
    const joins = ({ from, to }) => (from === first && to === second) || (from === second && to === first);
    const edge = second && [...this.bundles.values()].find(joins);
    const { x, y } = this.onScreen(
      edge ? this.drawnEdge(edge.id).edgeType.getPoint(0.5) : this.network.getPosition(first),
    );
    return [box.left + x, box.top + y];
  }
}

function curve(bend) {
  if (!bend) return false;
  return { enabled: true, type: bend > 0 ? 'curvedCW' : 'curvedCCW', roundness: Math.abs(bend) };
}

const sameBundle = (a, b) =>
  Boolean(a && b) && a.width === b.width && a.bend === b.bend && a.both === b.both && a.from === b.from;

/** Take out rows that are not wanted, put in those that are, renew those that are not the same. */
function exchange(rows, wanted, make, same = () => true) {
  const there = rows.getIds();
  rows.remove(there.filter((id) => !wanted.has(id)));
  const kept = new Set(there.filter((id) => wanted.has(id)));
  const put = [...wanted].filter((id) => !kept.has(id) || !same(id));
  if (put.length) rows.update(put.map(make));
}
