// Search: names and aliases with suggestions, all by keyboard if wished.

import { byId, el, name } from './elements.js';
import { typeIcon } from './quoting.js';

const MOST = 12;
const PAUSE = 120; // milliseconds of quiet before a server is asked

export class SearchBox {
  constructor(app) {
    this.app = app;
    this.input = byId('query');
    this.list = byId('suggestions');
    this.found = [];
    this.marked = -1;
    this.asked = 0;
    this.input.addEventListener('input', () => this.suggest());
    this.input.addEventListener('blur', () => this.open(false));
    this.input.addEventListener('keydown', (event) => this.press(event));
  }

  press(event) {
    const acts = { ArrowDown: () => this.mark(1), ArrowUp: () => this.mark(-1), Enter: () => this.enter() };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }

  /** Suggest names for what is typed; from a server after a pause, from the page at once. */
  suggest() {
    // Answers may come in another order than they were asked for; only the last counts.
    const mine = ++this.asked;
    this.pending = (async () => {
      if (this.app.source.partial)
        await new Promise((done) => {
          setTimeout(done, PAUSE);
        });
      if (mine !== this.asked) return;
      const found = this.input.value.trim() ? await this.app.source.search(this.input.value, MOST) : [];
      if (mine === this.asked) this.show(found);
    })();
  }

  show(found) {
    this.found = found;
    this.marked = found.length ? 0 : -1;
    this.list.replaceChildren(...found.map((one, i) => this.option(one, i)));
    if (!found.length && this.input.value.trim())
      this.list.append(
        el(
          'li',
          { className: 'none', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' },
          'No name like that',
        ),
      );
    this.open(this.input.value.trim() !== '');
  }

  option({ entity, name: fitting }, i) {
    const { store } = this.app;
    return el(
      'li',
      {
        id: `suggestion-${i}`,
        role: 'option',
        'aria-selected': String(i === 0),
        // Not a click: the input would lose the focus before it, and the list would be gone.
        onmousedown: (event) => {
          event.preventDefault();
          this.take(i);
        },
      },
      typeIcon(store, entity.type),
      el(
        'span',
        { className: 'label' },
        name(entity.name),
        fitting === entity.name ? null : el('small', {}, ' also ', name(fitting)),
      ),
      el('small', {}, store.typeLabel(entity.type)),
    );
  }

  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute('aria-expanded', String(open));
    if (open && this.marked >= 0) this.input.setAttribute('aria-activedescendant', `suggestion-${this.marked}`);
    else this.input.removeAttribute('aria-activedescendant');
  }

  mark(step) {
    const options = this.list.querySelectorAll('[id][role=option]');
    if (!options.length) return;
    options[this.marked]?.setAttribute('aria-selected', 'false');
    this.marked = (this.marked + step + options.length) % options.length;
    options[this.marked].setAttribute('aria-selected', 'true');
    options[this.marked].scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', `suggestion-${this.marked}`);
  }

  async enter() {
    // Whoever types fast presses Enter before the suggestions are there.
    await this.pending;
    this.take(this.marked);
  }

  take(i) {
    const found = this.found[i];
    if (!found) return;
    this.clear();
    this.app.actions.find(found.entity.id);
  }

  clear() {
    this.asked += 1;
    this.found = [];
    this.input.value = '';
    this.open(false);
  }
}
