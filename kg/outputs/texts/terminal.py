"""The graph as lines for a terminal: what is said, how, by whom, and in which sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.graph.assembly import KnowledgeGraph
from kg.outputs.standing import standing_of
from kg.records import Entity, LinkedClaim, Term


def why_lines(
    graph: KnowledgeGraph, first: str, second: str | None, *, limit: int
) -> Iterator[str]:
    """Yield the sentences behind what is said of one entity, or of two together.

    Raises:
        UnknownNameError: the graph has no such entity.

    """
    entity = graph.find(first)
    other = graph.find(second) if second else None
    claims = graph.claims_between(entity.id, other.id) if other else graph.claims_about(entity.id)
    names = entity.name + (f" and {other.name}" if other else "")
    if not claims:
        yield f"No sentence joins {names}." if other else f"Nothing is said of {names}."
        return
    yield f"{len(claims)} claim{'' if len(claims) == 1 else 's'} on {names}"
    yield from sentence_lines(graph, claims[:limit])
    if len(claims) > limit:
        yield f"\n{len(claims) - limit} more: --limit {len(claims)} shows all."


def sentence_lines(graph: KnowledgeGraph, claims: Sequence[LinkedClaim]) -> Iterator[str]:
    """Yield each sentence once, then its claims with their status."""
    last: tuple[str, int] | None = None
    for claim in claims:
        place = (claim.document_id, claim.claim.sentence[0])
        if place != last:
            yield ""
            yield f"“{plain(graph.sentence(claim))}”"
            yield f"   {graph.citation(claim)}"
            last = place
        yield f"   {claim_line(graph, claim)}"


def claim_line(graph: KnowledgeGraph, linked: LinkedClaim) -> str:
    """Return a claim on one line: "Russia · hold exercises with · China  [fact, 0.81]"."""
    object_ = _name(graph, linked.object) if linked.object else ""
    said = " · ".join(filter(None, [_name(graph, linked.subject), linked.predicate, object_]))
    return f"{said}  [{', '.join(status_words(graph, linked))}]"


def _name(graph: KnowledgeGraph, term: Term) -> str:
    return plain(graph.entities[term.entity_id].name if term.entity_id else term.text)


def status_words(graph: KnowledgeGraph, linked: LinkedClaim) -> Iterator[str]:
    """Yield how a claim is meant, under which name it is known, when it holds, and how surely it was read."""
    claim = linked.claim
    yield plain(str(standing_of(graph, linked)))
    if claim.relation:
        yield plain(f"{claim.relation.label} {claim.relation.property}")
    if claim.time and claim.time.from_day:
        yield f"{claim.time.from_day} to {claim.time.until_day or 'now'}"
    yield f"{claim.confidence:.2f}"


def entity_lines(graph: KnowledgeGraph, name: str, *, limit: int) -> Iterator[str]:
    """Yield who or what an entity is, what joins it to others, and the claims on it.

    Raises:
        UnknownNameError: the graph has no such entity.

    """
    entity = graph.find(name)
    yield from _heading(graph, entity)
    claims = graph.claims_about(entity.id)
    yield f"{len(claims)} claims, {graph.mention_counts[entity.id]} mentions"
    partners = Counter(
        (r.predicate, graph.entities[o].name, r.status)
        for r in graph.relations.values()
        if entity.id == r.subject_id
        for o in [r.object_id]
    )
    for (predicate, partner, status), _ in sorted(partners.items()):
        yield f"   {predicate} · {plain(partner)}  [{status}]"
    yield from sentence_lines(graph, claims[:limit])
    if len(claims) > limit:
        yield f"\n{len(claims) - limit} more: --limit {len(claims)} shows all."


def _heading(graph: KnowledgeGraph, entity: Entity) -> Iterator[str]:
    yield f"{plain(entity.name)} ({entity.type}, {entity.id})"
    if entity.also_known_as:
        yield f"also known as: {'; '.join(plain(name) for name in entity.also_known_as)}"
    for link in entity.links:
        yield f"{'is' if link.exact else 'may be'} {link.iri}"


def plain(words: str) -> str:
    r"""Return words on one line, without characters that steer a terminal.

    >>> plain("a\n b\x1b[31m")
    'a b[31m'
    """
    return "".join(c for c in " ".join(words.split()) if c.isprintable())
