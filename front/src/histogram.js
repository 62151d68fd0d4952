// Claims by year, and a slider with two ends over them.

import { el, grouped, svg } from './elements.js';

const WIDTH = 190;
const HEIGHT = 44;

/** Return the histogram of years as a filter. */
export function histogram(app) {
  const { years: counts } = app.overview;
  const [first, last] = mainSpan(counts);
  const [from, until] = app.state.years ?? [first, last];
  const said = el('output', {}, app.state.years ? `${from}–${until}` : 'any');
  const set = (years) => {
    app.change({ years: years[0] <= first && years[1] >= last ? null : years });
    app.picture.fit();
  };
  return el(
    'div',
    { className: 'years' },
    el('h2', {}, el('span', {}, 'Years '), said),
    bars(counts, first, last, from, until),
    el(
      'div',
      { className: 'ends' },
      end('years-from', 'From year', first, last, from, (year) => set([year, Math.max(year, until)])),
      end('years-until', 'Until year', first, last, until, (year) => set([Math.min(year, from), year])),
    ),
    el('p', { className: 'scale', 'aria-hidden': 'true' }, el('span', {}, String(first)), el('span', {}, String(last))),
  );
}

function end(id, label, min, max, value, set) {
  return el('input', {
    id,
    type: 'range',
    min: String(min),
    max: String(max),
    step: '1',
    value: String(value),
    'aria-label': label,
    'aria-valuetext': String(value),
    onchange: (event) => set(Number(event.target.value)),
  });
}

/** Return the span of years that holds all but the few outliers at its ends. */
export function mainSpan(counts) {
  const years = Object.keys(counts)
    .map(Number)
    .sort((a, b) => a - b);
  const whole = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const edge = (list) => {
    let seen = 0;
    return list.find((year) => {
      seen += counts[year];
      return seen >= whole * 0.005;
    });
  };
  return [edge(years), edge([...years].reverse())];
}

function bars(counts, first, last, from, until) {
  const most = Math.max(
    1,
    ...Object.entries(counts)
      .filter(([year]) => year >= first && year <= last)
      .map(([, n]) => n),
  );
  const wide = WIDTH / (last - first + 1);
  const made = [];
  for (let year = first; year <= last; year += 1) {
    // By the root, or one great year would flatten all others.
    const high = Math.round(HEIGHT * Math.sqrt((counts[year] ?? 0) / most));
    made.push(
      svg(
        'rect',
        {
          x: (year - first) * wide,
          y: HEIGHT - high,
          width: Math.max(1, wide - 1),
          height: high,
          class: year >= from && year <= until ? 'in' : 'out',
        },
        svg('title', {}, `${year}: ${grouped(counts[year] ?? 0)}`),
      ),
    );
  }
  return svg(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      class: 'bars',
      role: 'img',
      'aria-label': `Claims by year, ${first} to ${last}`,
    },
    ...made,
  );
}
