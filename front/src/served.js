// The server as a source: the part asked for, in pages; nothing is kept from one to the next.

const HERE = '/api/';
const MOST_RELATIONS = 400;
const MOST_ENTITIES = 400;

async function ask(what, parameters = {}) {
  const spelled = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== false) spelled.append(key, one);
  }
  const answer = await fetch(`${HERE}${what}?${spelled}`, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error((await answer.text()).slice(0, 300));
  return answer.json();
}

export class ServedSource {
  constructor(store) {
    this.store = store;
    this.partial = true;
  }

  /** Ask, and take in what comes. */
  async take(what, parameters) {
    const found = spelledOut(await ask(what, parameters));
    this.store.take(found);
    return found;
  }

  async overview() {
    return spelledOut(await ask('overview'));
  }

  async search(words, most) {
    const { found } = await ask('search', { q: words, limit: most });
    return found;
  }

  /** Bring the neighbours of an entity, those with most claims first. */
  neighbours(id, { steps = 1, offset = 0, limit = 14 } = {}) {
    return this.take('neighbours', { entity: id, steps, offset, limit });
  }

  /** Bring some entities and the relations among them. */
  view(ids) {
    return this.take('view', { entity: ids });
  }

  claims({ entity, relations, document, offset = 0 }) {
    return this.take('claims', { entity, relation: relations, document, offset });
  }

  /** Bring the claims that a view may hold: of its relations, and about one of its entities alone. */
  async claimsOn({ relations, entities }) {
    const joining = await this.claims({ relations: [...relations.keys()].slice(0, MOST_RELATIONS) });
    const alone = await this.take('alone', { entity: [...entities].slice(0, MOST_ENTITIES) });
    return [...joining.claims, ...alone.claims];
  }

  async path(ends, { facts }) {
    const { path } = await this.take('path', { from: ends[0], to: ends[1], facts: facts ? 1 : null });
    return path?.map((id) => this.store.relations.get(id)) ?? null;
  }

  async document(id) {
    const known = this.store.documents.get(id);
    if (known?.text !== undefined) return known;
    await this.take('document', { id });
    return this.store.documents.get(id);
  }

  dated({ entity, offset = 0 }) {
    return this.take('dated', { entity, offset });
  }

  voices({ entity }) {
    return this.take('voices', { entity });
  }

  async documents(words = '') {
    const { documents } = await this.take('documents', { q: words });
    return documents;
  }
}

/** Give what stands for a relation's claims all that a claim is filtered by. */
function spelledOut(found) {
  for (const relation of found.relations ?? []) {
    const { id, sentences } = relation;
    const own = { relation: id, sentences, subject: ['', relation.subject], object: ['', relation.object] };
    // The server leaves out what all claims of a relation share.
    relation.said = relation.said.map((one) => ({ ...one, ...own }));
  }
  return found;
}
