// Documents' texts: offsets from Python count code points, JavaScript counts otherwise.

const cut = new WeakMap();

/** Return a stretch of a document's text by its offsets in code points. */
export function slice(document, start, end) {
  return pieceOf(document, document.text, start, end);
}

function pieceOf(key, text, start, end) {
  // Cut into letters only where some letter takes two of JavaScript's: most texts have none.
  if (!cut.has(key)) cut.set(key, /[\ud800-\udfff]/.test(text) ? Array.from(text) : text);
  const letters = cut.get(key);
  return typeof letters === 'string' ? letters.slice(start, end) : letters.slice(start, end).join('');
}

/** Return where in a sorted flat list [s, e, s, e …] the stretch that holds a place begins, or -1. */
export function enclosing(flat, place) {
  let low = 0;
  let high = flat.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (flat[2 * middle] > place) high = middle - 1;
    else if (flat[2 * middle + 1] <= place) low = middle + 1;
    else return 2 * middle;
  }
  return -1;
}

/** Return the words of a citation for a place: "Report, page 41, para 140". */
export function citation(document, place) {
  const where = document.places.findLast(([start]) => start <= place)?.[1];
  return where ? `${document.title}, ${where}` : document.title;
}

function furnitureIn(document, start, end) {
  const found = [];
  for (let i = 0; i < document.furniture.length; i += 2) {
    const [s, e] = [Math.max(start, document.furniture[i]), Math.min(end, document.furniture[i + 1])];
    if (s < e) found.push([s, e]);
  }
  return found;
}

/** Return a passage of a document as it is quoted: {start, end, where, furniture, cut}. */
export function quote(document, start, end) {
  return {
    start,
    end,
    where: citation(document, start),
    furniture: furnitureIn(document, start, end),
    cut: (from, to) => slice(document, from, to),
  };
}

/** Return the sentence of a claim; where the text is not at hand, the claim brings it along. */
export function quoteOf(store, claim) {
  const document = store.documents.get(claim.document);
  const [start, end] = claim.sentence;
  if (document?.text !== undefined && document.places) return quote(document, start, end);
  const own = claim.quote;
  const furniture = [];
  for (let i = 0; i < own.furniture.length; i += 2) furniture.push([own.furniture[i], own.furniture[i + 1]]);
  return {
    start,
    end,
    where: own.where,
    furniture,
    cut: (from, to) => pieceOf(own, own.text, from - start, to - start),
  };
}

/** Return the sentence around a mention, or some words either side of it. */
export function quoteAround(document, start, end, room = 80) {
  const at = enclosing(document.sentences, start);
  if (at >= 0 && document.sentences[at + 1] >= end)
    return quote(document, document.sentences[at], document.sentences[at + 1]);
  return quote(document, Math.max(0, start - room), end + room);
}

/** Cut a stretch at all marks: yields [text, kinds] in order; marks are [start, end, kind]. */
export function* pieces({ start, end, cut: take }, marks) {
  const inside = marks.filter(([s, e]) => s < end && e > start);
  const cuts = [...new Set([start, end, ...inside.flatMap(([s, e]) => [Math.max(s, start), Math.min(e, end)])])].sort(
    (a, b) => a - b,
  );
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const kinds = inside.filter(([s, e]) => s <= cuts[i] && e >= cuts[i + 1]).map((mark) => mark[2]);
    yield [take(cuts[i], cuts[i + 1]), kinds];
  }
}
