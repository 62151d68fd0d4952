// The tip under the mouse: who a name is, or what a line says, with a sentence that tells it.

import { byId, count, el, name } from './elements.js';
import { statusOf } from './panel.js';
import { markedSentence, statementOf } from './quoting.js';
import { quoteOf } from './texts.js';

/** Show a tip for what the mouse is over, and let the drawing know of it. */
export function listenToHovering(app) {
  const { picture } = app;
  const { network } = picture;
  const tell = async (event, what, lines) => {
    Object.assign(picture.view, { hovered: what.node ?? null, hoveredEdge: what.edge ?? null });
    showTip(event, await lines);
  };
  network.on('hoverNode', ({ node, event }) => tell(event, { node }, nodeTip(app, node)));
  network.on('hoverEdge', ({ edge, event }) => tell(event, { edge }, edgeTip(app, picture.bundles.get(edge))));
  for (const gone of ['blurNode', 'blurEdge', 'dragStart', 'zoom']) {
    network.on(gone, () => {
      Object.assign(picture.view, { hovered: null, hoveredEdge: null });
      byId('tip').hidden = true;
    });
  }
}

function nodeTip({ store, lets }, id) {
  const entity = store.entities.get(id);
  const about = (store.claimsOf.get(id) ?? []).filter(lets);
  return [
    el('strong', {}, name(entity.name)),
    el('small', {}, store.typeLabel(entity.type), ' · ', count(entity.mentions, 'mention')),
    about.length ? markedSentence(quoteOf(store, about[0]), []) : '',
  ];
}

async function edgeTip({ store, source, lets }, { status, relations }) {
  const [first] = relations;
  const told = source.partial
    ? null
    : (await source.claims({ entity: first.subject })).claims.find(
        (claim) => claim.relation === first.id && lets(claim),
      );
  const sentences = relations.reduce((sum, relation) => sum + relation.sentences, 0);
  return [
    el('strong', {}, statementOf(store, first)),
    relations.length > 1 ? el('small', {}, `and ${count(relations.length - 1, 'other relation')}`) : '',
    el('small', {}, statusOf(status).label, ' · ', count(sentences, 'sentence')),
    told ? markedSentence(quoteOf(store, told), told.marks) : '',
  ];
}

function showTip(event, lines) {
  const tip = byId('tip');
  const box = byId('canvas').getBoundingClientRect();
  tip.replaceChildren(...lines);
  tip.hidden = false;
  const x = Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 8);
  const y = event.clientY - box.top + 16;
  tip.style.left = `${Math.max(8, x)}px`;
  tip.style.top = `${y + tip.offsetHeight > box.height ? y - tip.offsetHeight - 28 : y}px`;
}
