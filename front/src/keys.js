// The keyboard: / searches everywhere, Esc leaves; on the drawing arrows walk and letters act.

import { announce, byId } from './elements.js';

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Listen to keys for the whole page and for the drawing. */
export function keyActions(app) {
  document.addEventListener('keydown', (event) => {
    const typing = event.target.matches('input[type=text], select, textarea');
    if (event.key === '/' && !typing) {
      event.preventDefault();
      byId('query').focus();
    }
    if (event.key === 'z' && (event.ctrlKey || event.metaKey) && !typing) {
      event.preventDefault();
      app.undo();
    }
    if (event.key === 'Escape') leave(app, typing);
  });
  byId('canvas').addEventListener('keydown', (event) => {
    const act = ARROWS[event.key] ? () => walk(app, ARROWS[event.key]) : onDrawing(app)[event.key];
    // With such a key it is the browser's or the system's.
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
}

function leave(app, typing) {
  const { search, state } = app;
  if (!search.list.hidden || typing) {
    search.clear();
    document.activeElement.blur();
  }
  if (state.from) {
    app.state = { ...state, from: null };
    app.render();
  } else if (!typing && !byId('panel').hidden) app.actions.close();
}

function onDrawing(app) {
  const { state, actions, picture } = app;
  const chosen = state.entity;
  const own = chosen
    ? {
        f: () => actions.focusOn(state.focus ? 0 : 1),
        e: () => actions.expand(chosen),
        h: () => actions.hide(chosen),
        p: () => actions.pin(chosen),
        Enter: () => byId('panel').querySelector('h2')?.focus(),
      }
    : {};
  return { ...own, '+': () => picture.zoomBy(1.35), '-': () => picture.zoomBy(1 / 1.35), 0: () => picture.fit() };
}

/** Go to the entity that is nearest in a direction; from nowhere, to the greatest. */
async function walk(app, direction) {
  const { state, picture, visible, store } = app;
  const next = state.entity
    ? picture.nearest(state.entity, direction)
    : picture.ordered.find((node) => visible.entities.has(node.id))?.id;
  if (!next) {
    announce('Nothing further that way.');
    return;
  }
  await app.actions.choose(next);
  picture.reveal(next);
  announce(store.nameOf(['', next]));
}
