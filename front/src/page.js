// The page: one state, which the address's fragment spells, and everything shown follows from it.

import { Picture } from './canvas.js';
import { announce, byId, copyText, count } from './elements.js';
import { filterOf } from './filter.js';
import { showFilters, showNotices } from './filters.js';
import { keyActions } from './keys.js';
import { showPanel } from './panel.js';
import { savePng, saveSvg } from './pictures.js';
import { SearchBox } from './searchbox.js';
import { fragmentOf, INITIAL, known, NOTHING, stateFrom, VIEWS } from './state.js';
import { showTable } from './table.js';
import { showTimeline } from './timeline.js';
import { listenToHovering } from './tips.js';
import { offerTour } from './tour.js';
import { visibleIn } from './visible.js';
import { showVoices } from './voices.js';

const SETTLE = 8000; // milliseconds after which arranging stops by itself
const MOST_LIT = 60;
const MOST_BROUGHT = 60;
const MANY = 300; // more entities than this are no picture to begin with,
const CORE = 100; // but so many are

export class App {
  constructor(store, source) {
    this.store = store;
    this.source = source;
    store.partial = source.partial;
    this.past = [];
    this.way = null;
    this.reading = false;
    this.actions = this.makeActions();
  }

  /** Open: bring the first view, draw it, and only then what surrounds it. */
  async open() {
    this.overview = await this.source.overview();
    this.store.take(this.overview);
    this.store.communities = this.overview.communities;
    this.initial = {
      ...INITIAL,
      unjoined: !this.source.partial && !this.overview.relations.length,
      shown: this.source.partial ? this.overview.entities.map((e) => e.id) : null,
      core: this.store.nodes.size > MANY && !this.source.partial ? CORE : null,
    };
    this.state = await this.restored(location.hash);
    this.reading = this.state.at !== null;
    document.title = this.overview.title;
    byId('title').querySelector('bdi').textContent = this.overview.title;
    this.picture = new Picture(byId('canvas'), this.store);
    this.picture.turnIfTall();
    this.see();
    this.picture.begin(this.viewOf());
    this.listen();
    const { whole } = this.overview;
    const numbers = [
      count(whole[0], 'entity', 'entities'),
      count(whole[1], 'relation'),
      count(whole[2], 'claim'),
      count(whole[3] ?? this.store.documents.size, 'document'),
    ];
    byId('counts').textContent = numbers.join(' · ');
    await this.render();
    this.picture.fit(this.litForFit(), false);
    this.picture.unveil();
    offerTour();
  }

  /** Return the state of a fragment, after bringing what it names. */
  async restored(fragment) {
    const given = stateFrom(fragment);
    if (this.source.partial) await this.bring(given);
    const state = known(given, this.store);
    return {
      ...state,
      unjoined: state.unjoined || this.initial.unjoined,
      shown: state.shown ?? this.initial.shown,
      core: state.core ?? this.initial.core,
    };
  }

  async bring({ shown, entity, path, between, text, document, named }) {
    const ids = [...(shown ?? []), entity, ...(path ?? []), ...(between ?? [])].filter(
      (id) => id && !this.store.entities.has(id),
    );
    const around = shown ?? (named ? this.initial.shown : []);
    if (ids.length || named) await this.source.view([...new Set([...ids, ...around])]);
    for (const id of [text, document])
      if (id && !this.store.documents.has(id)) await this.source.document(id).catch(() => null);
  }

  // ---- the state

  /** Change the state, remember the one before, and show the new one. */
  change(changes, { remember = true } = {}) {
    if (remember) this.past.push(this.state);
    this.state = { ...this.state, ...changes };
    this.spell(remember);
    return this.render();
  }

  spell(remember) {
    const same = String(this.state.shown) === String(this.initial.shown);
    const fragment = fragmentOf({
      ...this.state,
      shown: same ? null : this.state.shown,
      unjoined: this.state.unjoined && !this.initial.unjoined,
      core: this.state.core === this.initial.core ? null : this.state.core,
    });
    try {
      const address = fragment ? `#${fragment}` : location.pathname + location.search;
      if (remember) history.pushState(null, '', address);
      else history.replaceState(null, '', address);
    } catch {
      /* A frame without an address of its own: only Undo remembers. */
    }
  }

  undo() {
    const last = this.past.pop();
    if (!last) return;
    this.state = last;
    this.change({}, { remember: false });
  }

  makeActions() {
    return {
      choose: (id) => this.choose(id),
      find: async (id) => {
        await this.choose(id);
        this.picture.fit(this.litForFit());
        byId('panel').querySelector('h2')?.focus();
      },
      chooseRelation: (id) => this.chooseRelation(id),
      chooseBetween: (first, second) => {
        this.reading = false;
        return this.change({ ...NOTHING, between: [first, second], focus: 0 });
      },
      close: () => {
        this.reading = false;
        return this.change({ ...NOTHING, text: null, focus: 0 });
      },
      focusOn: async (focus) => {
        await this.bringAround(this.state.entity, focus);
        await this.change({ focus, grown: [] });
        this.picture.fit();
      },
      expand: (id) => this.expand(id),
      drawNamed: async (named) => {
        if (named && this.source.partial) await this.source.view(this.state.shown);
        await this.change({ named });
      },
      hide: (id) => this.change({ ...NOTHING, gone: [...this.state.gone, id] }),
      pin: (id) => this.pin(id),
      startPath: (id) => {
        // No change(): where a path begins is nothing to go back to.
        this.state = { ...this.state, from: id };
        this.render();
        byId('query').focus();
      },
      onlyFacts: (facts) => this.change({ facts }),
      read: (document, at) => {
        this.reading = true;
        return this.change({ text: document, at });
      },
      showText: (on) => {
        this.reading = on;
        return this.render();
      },
      chooseSentence: (document, at) =>
        this.change({ ...NOTHING, text: document, at: this.state.at === at ? null : at }),
      showEvidenceOf: (claims) => this.showEvidenceOf(claims),
      clearFilters: () =>
        this.change(
          Object.fromEntries(
            [
              'hide',
              'without',
              'away',
              'kinds',
              'gone',
              'head',
              'document',
              'speaker',
              'years',
              'confidence',
              'sentences',
            ].map((key) => [key, INITIAL[key]]),
          ),
        ),
    };
  }

  async choose(id) {
    const { from } = this.state;
    if (!this.state.shown?.includes(id)) await this.bringAround(id, 1);
    if (!this.store.entities.has(id)) return;
    if (from && from !== id)
      await this.change({
        ...NOTHING,
        path: [from, id],
        focus: 0,
        gone: this.state.gone.filter((other) => other !== id),
      });
    else {
      this.reading = false;
      await this.change({
        ...NOTHING,
        entity: id,
        focus: this.state.focus,
        gone: this.state.gone.filter((other) => other !== id),
      });
    }
  }

  /** In the explorer, bring an entity and what it is most joined to, and put it on the drawing. */
  async bringAround(id, steps) {
    if (!this.source.partial || !id || !steps) return;
    const { entities } = await this.source.neighbours(id, { steps, limit: steps > 1 ? MOST_BROUGHT : undefined });
    await this.source.view([...new Set([...this.state.shown, ...entities.map((e) => e.id)])]);
    this.state = { ...this.state, shown: [...new Set([...this.state.shown, id, ...entities.map((e) => e.id)])] };
  }

  async expand(id) {
    if (!this.source.partial) {
      await this.change({ grown: [...new Set([...this.state.grown, id])] });
      return;
    }
    const shown = new Set(this.state.shown);
    const offset = (this.store.relationsOf.get(id) ?? []).filter(({ other }) => shown.has(other)).length;
    const { entities } = await this.source.neighbours(id, { offset });
    const next = [...new Set([...shown, ...entities.map((e) => e.id)])];
    await this.source.view(next);
    await this.change({ shown: next, grown: [...new Set([...this.state.grown, id])] });
    this.picture.reveal(id);
    announce(`${entities.length} more are shown.`);
  }

  pin(id) {
    const pins = { ...this.state.pins };
    if (pins[id]) delete pins[id];
    else pins[id] = this.picture.placeOf(id);
    return this.change({ pins });
  }

  /** Choose a relation; an open text goes to its first sentence. */
  async chooseRelation(id) {
    const { text } = this.state;
    let place = {};
    if (text) {
      const { claims } = await this.source.claims({ relations: [id] });
      // Of several sentences one in the text that lies open, so that the reader keeps the place.
      const told = claims.find((claim) => claim.document === text) ?? claims[0];
      if (told) place = { text: told.document, at: told.sentence[0] };
    }
    await this.change({ ...NOTHING, relation: id, focus: 0, ...place });
  }

  showEvidenceOf(claims) {
    const relation = claims.find((claim) => claim.relation)?.relation;
    const id = claims[0].subject[1] ?? claims[0].object?.[1];
    this.reading = false;
    if (relation) return this.change({ relation });
    return id && this.store.entities.has(id) ? this.change({ entity: id }) : null;
  }

  // ---- showing

  async render() {
    const { state } = this;
    this.lets = filterOf(this.store, state);
    this.passing = visibleIn(this.store, state);
    await this.findWay();
    this.see();
    document.body.dataset.view = state.view;
    for (const view of VIEWS) {
      byId(view === 'graph' ? 'stage' : view).hidden = state.view !== view;
      byId(`view-${view}`).setAttribute('aria-pressed', String(state.view === view));
    }
    this.picture.show(await this.litView());
    showFilters(this);
    showNotices(this);
    byId('query').placeholder = state.from ? 'The other end of the path' : 'Find a name';
    byId('back').disabled = this.past.length === 0;
    await Promise.all([showPanel(this), this.showView()]);
    if (state.view === 'graph') this.picture.resize();
  }

  showView() {
    return { table: showTable, voices: showVoices, timeline: showTimeline }[this.state.view]?.(this);
  }

  async findWay() {
    const { path, facts } = this.state;
    this.way = path ? await this.source.path(path, { facts, allowed: this.passing.relations }) : null;
    if (!this.way || !this.source.partial) return;
    const ids = this.way.flatMap((r) => [r.subject, r.object]);
    this.state = { ...this.state, shown: [...new Set([...this.state.shown, ...ids])] };
    this.passing = visibleIn(this.store, this.state);
  }

  /** Work out what is drawn: all that passes the filters, or its core and what was called for. */
  see() {
    const { state, store } = this;
    this.passing ??= visibleIn(store, state);
    const core = Number(state.core) || null;
    this.visible = core ? visibleIn(store, state, { core, called: this.called() }) : this.passing;
  }

  /** The entities that are spoken of, which are drawn however unimportant they are. */
  called() {
    const { state, store } = this;
    const relation = store.relations.get(state.relation);
    const read =
      state.at === null
        ? []
        : [...store.claims.values()].filter((c) => c.document === state.text && c.sentence[0] === state.at);
    const ids = [
      state.entity,
      relation?.subject,
      relation?.object,
      ...(state.between ?? []),
      ...(state.path ?? []),
      ...state.grown,
      ...Object.keys(state.pins),
      ...(this.way ?? []).flatMap((r) => [r.subject, r.object]),
      ...read.flatMap((c) => [c.subject[1], c.object?.[1]]),
    ];
    return [...new Set(ids)].filter((id) => id && store.entities.has(id) && !state.gone.includes(id));
  }

  viewOf() {
    const { state, visible } = this;
    return { visible, lit: null, litRelations: null, chosen: state.entity, colour: state.colour, pins: state.pins };
  }

  async litView() {
    const [lit, litRelations] = await this.litIn();
    return { ...this.viewOf(), lit, litRelations };
  }

  /** Return what is spoken of: a chosen entity and its neighbours, a relation, a path, a sentence. */
  async litIn() {
    const { state, store, visible } = this;
    if (state.path) return this.way ? lightUp(this.way) : [new Set(state.path), new Set()];
    if (state.relation) return lightUp([store.relations.get(state.relation)]);
    if (state.between)
      return lightUp(
        [...visible.relations.keys()]
          .map((id) => store.relations.get(id))
          .filter((r) => state.between.includes(r.subject) && state.between.includes(r.object)),
      );
    if (state.at !== null && state.text) return this.litBySentence();
    if (!state.entity) return [null, null];
    const own = (store.relationsOf.get(state.entity) ?? [])
      .map((r) => r.relation)
      .filter((r) => visible.relations.has(r.id));
    const [lit, litRelations] = lightUp(own);
    return [lit.add(state.entity), litRelations];
  }

  async litBySentence() {
    const { state, store, source } = this;
    const { claims } = await source.claims({ document: state.text });
    const own = claims.filter((claim) => claim.sentence[0] === state.at);
    const [lit, litRelations] = lightUp(own.map((claim) => store.relations.get(claim.relation)).filter(Boolean));
    for (const claim of own)
      for (const id of [claim.subject[1], claim.object?.[1]]) if (id && store.entities.has(id)) lit.add(id);
    // A sentence may name what stands in no relation, and then nothing is to be lit up.
    return [...lit].some((id) => this.visible.entities.has(id)) ? [lit, litRelations] : [null, null];
  }

  litForFit() {
    const { lit } = this.picture.view;
    if (!(lit?.size > 1) || this.state.focus) return undefined;
    return this.state.path ? [...lit] : [...lit].slice(0, MOST_LIT);
  }

  // ---- listening

  listen() {
    this.search = new SearchBox(this);
    const onClick = (id, act) => byId(id).addEventListener('click', act);
    for (const view of VIEWS) onClick(`view-${view}`, () => this.change({ view }));
    onClick('back', () => this.undo());
    onClick('reset', async () => {
      await this.change({ ...this.initial });
      this.picture.fit();
    });
    onClick('physics', () => this.arrange(byId('physics').getAttribute('aria-pressed') !== 'true'));
    onClick('save', () => savePng(this.picture, this.overview.title));
    onClick('save-svg', () => saveSvg(this.picture, this.overview.title));
    onClick('fit', () => this.picture.fit());
    onClick('zoom-in', () => this.picture.zoomBy(1.35));
    onClick('zoom-out', () => this.picture.zoomBy(1 / 1.35));
    onClick('share', async () => {
      await copyText(location.href);
      announce('The link is copied.');
      byId('share').dataset.done = 'yes';
      setTimeout(() => delete byId('share').dataset.done, 1600);
    });
    onClick('open-filters', () =>
      byId('open-filters').setAttribute('aria-expanded', String(byId('filters').classList.toggle('open'))),
    );
    onClick('theme', () => {
      const root = document.documentElement.dataset;
      root.theme = isDark() ? 'light' : 'dark';
      this.picture.recolour();
    });
    this.listenToDrawing();
    this.listenToWindow();
    keyActions(this);
  }

  listenToDrawing() {
    const { network } = this.picture;
    network.on('click', ({ nodes: [node], edges: [edge] }) => {
      if (node !== undefined) this.actions.choose(node).then(() => this.picture.reveal(node));
      else if (edge !== undefined) this.chooseBundle(this.picture.bundles.get(edge));
      else if (!byId('panel').hidden && !this.reading) this.actions.close();
    });
    network.on('doubleClick', async ({ nodes: [node] }) => {
      if (node === undefined) return;
      if (this.source.partial) {
        await this.expand(node);
        return;
      }
      await this.change({ ...NOTHING, entity: node, focus: 1 });
      this.picture.fit();
    });
    network.on('dragEnd', ({ nodes: [node] }) => {
      if (node !== undefined) this.change({ pins: { ...this.state.pins, [node]: this.picture.placeOf(node) } });
    });
    listenToHovering(this);
    // For tests and scripts: where something is on the screen, and how much is drawn.
    Object.assign(byId('canvas'), {
      pointOf: (first, second) => this.picture.pointOf(first, second),
      drawn: () => this.visible.entities.size,
      relationsDrawn: () => [...this.visible.relations],
      relationsHeld: () => [...this.store.relations.keys()],
    });
  }

  chooseBundle({ from, to, relations }) {
    return relations.length === 1 ? this.actions.chooseRelation(relations[0].id) : this.actions.chooseBetween(from, to);
  }

  arrange(on) {
    clearTimeout(this.settling);
    this.picture.arrange(on);
    byId('physics').setAttribute('aria-pressed', String(on));
    if (on) this.settling = setTimeout(() => this.arrange(false), SETTLE);
  }

  listenToWindow() {
    const root = document.documentElement.dataset;
    let before;
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.picture.recolour());
    window.addEventListener('beforeprint', () => {
      before = root.theme;
      root.theme = 'light';
      this.picture.recolour();
      // At once: what is printed is the canvas as it is when this function ends.
      this.picture.network.redraw();
    });
    window.addEventListener('afterprint', () => {
      if (before) root.theme = before;
      else delete root.theme;
      this.picture.recolour();
    });
    window.addEventListener('popstate', async () => {
      this.past.pop();
      this.state = await this.restored(location.hash);
      this.render();
    });
    window.addEventListener('resize', () => {
      // As if never measured: the height alone may have changed.
      this.picture.lastWidth = 0;
      this.picture.resize();
    });
  }
}

const isDark = () =>
  (document.documentElement.dataset.theme ??
    (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

function lightUp(list) {
  return [new Set(list.flatMap((r) => [r.subject, r.object])), new Set(list.map((r) => r.id))];
}
