// Shapes of nodes and signs on edges, for the canvas and for saved pictures alike.

export const DASHES = { hedged: [9, 6], planned: [2, 5], denied: [6, 5] };

export const CORNERS = {
  square: [
    [-0.86, -0.86],
    [0.86, -0.86],
    [0.86, 0.86],
    [-0.86, 0.86],
  ],
  diamond: [
    [0, -1.15],
    [1.15, 0],
    [0, 1.15],
    [-1.15, 0],
  ],
  triangle: [
    [0, -1.1],
    [1.08, 0.82],
    [-1.08, 0.82],
  ],
  hexagon: [
    [0, -1.05],
    [0.91, -0.52],
    [0.91, 0.52],
    [0, 1.05],
    [-0.91, 0.52],
    [-0.91, -0.52],
  ],
};

/** Colours of communities, told apart by people who see colours differently, too. */
export const COMMUNITY_COLOURS = [
  '#4e79a7',
  '#e08214',
  '#2f7f4f',
  '#b2182b',
  '#7b5ea7',
  '#8c6d31',
  '#1b9e9e',
  '#c05a9b',
  '#6b8e23',
  '#5b6c7d',
  '#a6761d',
  '#3b5bdb',
];
export const NO_COMMUNITY = '#a3a6b0';

/** Trace the outline of a node on a canvas. */
export function outline(ctx, shape, x, y, radius) {
  ctx.beginPath();
  if (!CORNERS[shape]) {
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  for (const [dx, dy] of CORNERS[shape]) ctx.lineTo(x + dx * radius, y + dy * radius);
  ctx.closePath();
}

/** Draw a small cross: the sign of a denied edge. */
export function cross(ctx, { x, y }, arm, width) {
  ctx.lineWidth = width;
  ctx.lineCap = 'round';
  ctx.beginPath();
  ctx.moveTo(x - arm, y - arm);
  ctx.lineTo(x + arm, y + arm);
  ctx.moveTo(x + arm, y - arm);
  ctx.lineTo(x - arm, y + arm);
  ctx.stroke();
}

export function dashAlong(ctx, edge) {
  ctx.setLineDash([8, 8]);
  ctx.beginPath();
  for (let t = 0.06; t <= 0.9; t += 0.07) {
    const { x, y } = edge.edgeType.getPoint(t);
    ctx.lineTo(x, y);
  }
  ctx.stroke();
}
