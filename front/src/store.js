// What is known so far: all of it in the page, the part asked for in the explorer.

export const STATUSES = [
  { name: 'fact', label: 'Fact', hint: 'a document says so in its own voice, and it was surely read' },
  { name: 'contested', label: 'Contested', hint: 'said here, denied there' },
  { name: 'denied', label: 'Denied', hint: 'only ever denied' },
  {
    name: 'hedged',
    label: 'Said, possible or unsure',
    hint: 'somebody says so, it may be, or it may not have been read right',
  },
  { name: 'planned', label: 'Planned or conditional', hint: 'intended, required, if, or asked' },
];

const OWN_VOICE = 'the documents themselves';

/** Put an item into the list that a map holds under a key. */
export function add(map, key, value) {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(value);
}

/** How people read who speaks: "" is the documents' own voice. */
export const voiceLabel = (voice) => voice || OWN_VOICE;

export class Store {
  constructor() {
    this.types = new Map();
    this.kinds = new Map();
    this.entities = new Map();
    this.relations = new Map();
    this.claims = new Map();
    this.documents = new Map();
    this.nodes = new Map();
    this.ends = new Map();
    this.communities = [];
    this.relationsOf = new Map();
    this.claimsOf = new Map();
  }

  /** Take in records of any kind; what is known already stays as it is. */
  take({ types = [], kinds = [], entities = [], relations = [], claims = [], documents = [], nodes = [], ends = {} }) {
    for (const type of types) this.types.set(type.name, type);
    for (const kind of kinds) this.kinds.set(kind.name, kind);
    for (const entity of entities) if (!this.entities.has(entity.id)) this.entities.set(entity.id, entity);
    for (const node of nodes)
      if (!this.nodes.has(node.id)) this.nodes.set(node.id, { ...node, quiet: this.types.get(node.group)?.quiet });
    for (const document of documents) {
      // One without its text, as a list names it, makes room for the whole.
      if (!this.documents.get(document.id)?.text) this.documents.set(document.id, document);
    }
    for (const [id, kind] of Object.entries(ends)) this.ends.set(id, kind);
    for (const relation of relations) this.takeRelation(relation);
    for (const claim of claims) this.takeClaim(claim);
  }

  takeRelation(relation) {
    if (this.relations.has(relation.id)) return;
    this.relations.set(relation.id, relation);
    add(this.relationsOf, relation.subject, { relation, other: relation.object });
    if (relation.subject !== relation.object)
      add(this.relationsOf, relation.object, { relation, other: relation.subject });
  }

  /** Take in a claim; within a page, which has no use for its name, it goes by its number. */
  takeClaim(claim) {
    claim.id ??= this.claims.size;
    if (this.claims.has(claim.id)) return;
    this.claims.set(claim.id, claim);
    const ids = [claim.subject[1], claim.object?.[1], ...claim.arguments.map((a) => a[2])];
    for (const id of new Set(ids)) if (id) add(this.claimsOf, id, claim);
  }

  /** The nodes, the most important first. */
  byWeight() {
    if (this.ordered?.length !== this.nodes.size) {
      this.ordered = [...this.nodes.values()].sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1));
    }
    return this.ordered;
  }

  /** The type and the community of an entity, also of one that only a claim was seen to name. */
  kindOf(id) {
    const entity = this.entities.get(id);
    return entity ? [entity.type, this.nodes.get(id)?.community] : this.ends.get(id);
  }

  typeLabel(name) {
    return this.types.get(name)?.label ?? name;
  }

  nameOf([text, id]) {
    return this.entities.get(id)?.name ?? text;
  }

  titleOf(id) {
    return this.documents.get(id)?.title ?? id;
  }
}
