// Where the page begins: the same front end over the data in the file, or over a server's.

import { byId, el } from './elements.js';
import { EmbeddedSource, readEmbedded } from './embedded.js';
import { App } from './page.js';
import { ServedSource } from './served.js';
import { Store } from './store.js';

async function begin() {
  const store = new Store();
  const data = byId('data');
  const source = data ? new EmbeddedSource(await readEmbedded(data), store) : new ServedSource(store);
  await new App(store, source).open();
  document.body.dataset.ready = 'yes';
}

begin().catch((error) => {
  byId('notices').replaceChildren(el('p', { role: 'alert' }, `The graph could not be shown: ${error.message}`));
  document.body.dataset.ready = 'failed';
  throw error;
});
