// The panel: who something is, what is said of it, and the sentences that say so.

const panel = document.getElementById('panel');
const FEW = 3;

const statusOf = (wanted) => STATUSES.find((status) => status.name === wanted);
const placeOf = (claim) => DATA.sentences[claim.sentence].where;

/** Return a relation in words. */
function statementOf(relation) {
  return el('span', {}, name(entities.get(relation.subject).name), ' ',
    el('em', {}, relation.predicate), ' ', name(entities.get(relation.object).name));
}

/** Fill the panel for a state; hide it when nothing is chosen. */
function showPanel(state, actions) {
  const content = state.path ? pathPanel(state, actions)
    : state.relation ? relationPanel(relations.get(state.relation), actions)
    : state.entity ? entityPanel(entities.get(state.entity), state, actions) : null;
  panel.hidden = !content;
  panel.replaceChildren(...(content ? [closeButton(actions), ...content] : []));
  panel.scrollTop = 0;
  // Read out what the panel is about, not all that it holds.
  document.getElementById('said').textContent = panel.querySelector('h2')?.textContent ?? '';
}

function closeButton(actions) {
  return el('button', { type: 'button', className: 'close', 'aria-label': 'Close details', onclick: actions.close }, '×');
}

function heading(text) {
  return el('h2', { tabIndex: -1 }, name(text));
}

function entityPanel(entity, state, actions) {
  const own = claimsOf.get(entity.id) ?? [];
  const seen = el('p', { className: 'facts' }, count(entity.mentionCount, 'mention'), ' in ',
    count(entity.documentCount, 'document'), ' · ', count(own.length, 'claim'));
  return [
    el('p', { className: 'kind' }, typeIcon(entity.type), types.get(entity.type)?.label ?? entity.type),
    heading(entity.name),
    entity.aliases.length ? el('p', { className: 'aliases' }, 'also ', ...entity.aliases.flatMap((alias, i) => [i ? ', ' : '', name(alias)])) : null,
    seen,
    entity.links.length ? el('ul', { className: 'links' }, entity.links.map(linkItem)) : null,
    entityActions(entity, state, actions),
    own.length ? markKey(own) : el('p', { className: 'nothing' }, 'No claim of the documents says anything of it.'),
    ...claimGroups(own, actions),
    mentionList(entity),
  ].filter(Boolean);
}

/** A link opens only where Python found it to be one of the data sets we know. */
function linkItem({ iri, exact, open }) {
  const label = iri.replace(/^https?:\/\/(www\.|sws\.)?/, '').replace(/^wikidata\.org\/entity\//, 'Wikidata ')
    .replace(/^geonames\.org\/(\d+)\/?$/, 'GeoNames $1');
  const sure = exact ? '' : ' (likely)';
  if (!open) return el('li', {}, name(label), sure);
  return el('li', {}, el('a', { href: iri, target: '_blank', rel: 'noopener noreferrer' }, label), sure);
}

function entityActions(entity, state, actions) {
  const steps = [1, 2, 3].map((step) => el('button', {
    type: 'button', 'aria-pressed': String(state.focus === step), title: `Show only what lies within ${count(step, 'step')}`,
    onclick: () => actions.focusOn(state.focus === step ? 0 : step),
  }, String(step)));
  return el('div', { className: 'actions' },
    el('span', { className: 'steps', role: 'group', 'aria-label': 'Show only the neighbourhood, in steps' }, el('span', {}, 'Focus'), ...steps),
    el('button', { type: 'button', onclick: () => actions.startPath(entity.id) }, 'Path to …'));
}

/** Claims under the main word of what they say: what words spell out first, then the groups with most claims. */
function claimGroups(list, actions) {
  const groups = new Map();
  for (const claim of list) add(groups, claim.head, claim);
  const implied = ([, group]) => Number(group.every((claim) => claim.implicit));
  return [...groups].sort((a, b) => implied(a) - implied(b) || b[1].length - a[1].length || a[0].localeCompare(b[0])).map(([head, group]) => {
    const cards = group.map((claim) => claimCard(claim, actions));
    return el('section', { className: 'group' },
      el('h3', {}, name(head), group.length > 1 ? el('span', { className: 'number' }, String(group.length)) : null),
      ...shortened(cards, FEW));
  });
}

/** Show the first few and a button for the rest. */
function shortened(items, few) {
  if (items.length <= few + 1) return items;
  const more = el('button', { type: 'button', className: 'more', onclick: () => more.replaceWith(...items.slice(few)) },
    `Show ${items.length - few} more`);
  return [...items.slice(0, few), more];
}

/** One claim: what it says, how it stands, the sentence, and where that is printed. */
function claimCard(claim, actions) {
  const says = el('p', { className: 'says' }, wayTo(claim.subject, actions.choose), ' ', predicateButton(claim, actions),
    claim.object ? [' ', wayTo(claim.object, actions.choose)] : null);
  const rest = claim.arguments.map(([role, ...term]) => el('span', { className: 'argument' }, el('i', {}, role), ' ', wayTo(term, actions.choose)));
  const chips = el('p', { className: 'chips' }, claim.chips.map(chip),
    claim.implicit ? el('span', { className: 'chip quiet', title: 'No word spells this relation out' }, 'implied') : null,
    claim.time ? el('span', { className: 'chip quiet', title: daysOf(claim.time) }, name(claim.time[0])) : null);
  return el('article', { className: 'claim' }, says, rest.length ? el('p', { className: 'arguments' }, rest) : null, chips,
    el('blockquote', {}, markedSentence(claim.sentence, claim.marks)),
    el('footer', {}, el('cite', {}, name(placeOf(claim))), el('span', { title: 'Probability that the sentence was read right' }, percent(claim.confidence))));
}

function daysOf([, from, until]) {
  if (from && until) return from === until ? from : `${from} to ${until}`;
  return from ? `since ${from}` : until ? `until ${until}` : 'no date';
}

function predicateButton(claim, actions) {
  const denied = claim.chips.some(([kind]) => kind === 'denied');
  const word = denied ? el('s', {}, name(claim.predicate)) : name(claim.predicate);
  if (!relations.has(claim.relation)) return el('span', { className: 'predicate' }, word);
  return el('button', { type: 'button', className: 'predicate', onclick: () => actions.chooseRelation(claim.relation) }, word);
}

function mentionList(entity) {
  if (!entity.mentions.length) return null;
  const items = entity.mentions.map(([sentence, start, end]) => el('li', {},
    markedSentence(sentence, [[start, end, 'subject']]), el('cite', {}, name(DATA.sentences[sentence].where))));
  const left = entity.mentionCount - items.length;
  return el('details', { className: 'mentions' }, el('summary', {}, `Mentions (${entity.mentionCount})`),
    el('ol', {}, items), left > 0 ? el('p', {}, `${left.toLocaleString('en')} more are not in this page.`) : null);
}

function relationPanel(relation, actions) {
  const own = relation.claims.map((id) => claims.get(id));
  const said = [[relation.affirmed, 'says so', 'say so'], [relation.denied, 'denies it', 'deny it'], [relation.hedged, 'leaves it open or quotes', 'leave it open or quote']]
    .filter(([number]) => number).map(([number, one, many]) => `${number} ${number === 1 ? one : many}`).join(', ');
  const others = (relationsOf.get(relation.subject) ?? []).map((r) => r.relation)
    .filter((r) => r !== relation && (r.subject === relation.object || r.object === relation.object));
  return [
    el('p', { className: 'kind' }, statusIcon(relation.status), statusOf(relation.status).label),
    el('h2', { tabIndex: -1, className: 'statement' }, wayTo(['', relation.subject], actions.choose), ' ',
      relation.status === 'denied' ? el('s', {}, name(relation.predicate)) : el('em', {}, name(relation.predicate)), ' ',
      wayTo(['', relation.object], actions.choose)),
    el('p', { className: 'facts' }, `Of ${count(own.length, 'claim')}: ${said} · read right with ${percent(relation.confidence)}`),
    markKey(own),
    ...shortened(own.map((claim) => claimCard(claim, actions)), 20),
    others.length ? el('section', { className: 'group' }, el('h3', {}, 'Also between the two'),
      el('ul', { className: 'plain' }, others.map((other) => relationItem(other, actions)))) : null,
  ].filter(Boolean);
}

function relationItem(relation, actions) {
  return el('li', {}, el('button', { type: 'button', className: 'row', onclick: () => actions.chooseRelation(relation.id) },
    statusIcon(relation.status), statementOf(relation)));
}

function pathPanel(state, actions) {
  const [first, last] = state.path.map((id) => entities.get(id));
  const way = actions.way();
  const title = el('h2', { tabIndex: -1, className: 'statement' }, wayTo(['', first.id], actions.choose), ' to ', wayTo(['', last.id], actions.choose));
  if (!way) return [el('p', { className: 'kind' }, 'Path'), title, el('p', { className: 'nothing' }, 'No way joins the two among the relations that are shown. Loosen the filters, or draw more of the graph.')];
  const told = way.map((relation) => claims.get(relation.claims[0]));
  const steps = way.map((relation, i) => el('li', {},
    el('p', { className: 'kind' }, statusIcon(relation.status), statusOf(relation.status).label), claimCard(told[i], actions)));
  return [
    el('p', { className: 'kind' }, 'Path'), title,
    el('p', { className: 'facts' }, `A shortest way, ${count(way.length, 'step')}`), markKey(told),
    el('ol', { className: 'steps-of-way' }, steps),
  ];
}
