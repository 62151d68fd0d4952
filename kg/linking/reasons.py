"""Why mentions were taken for one thing: one row a decision, for people to check.

"linked" is a group and the known thing that it was found to mean, with the runner-up among
the reasons; "merged" two groups that are one thing; "candidate" two that may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.linking.disambiguation import Decision
from kg.linking.knowledge_base import KnownEntity
from kg.linking.members import GroupKey
from kg.linking.resolution import Merge, Resolution
from kg.records import Entity

LinkJson = dict[str, Any]

IDENTITY_COLUMNS = (
    "decision", "entity", "name", "document", "other entity", "other name", "other document",
    "probability", "reason",
)  # fmt: skip


def identity_rows(resolution: Resolution) -> Iterator[tuple[str, ...]]:
    """Yield the rows of merges.csv, in the order of IDENTITY_COLUMNS."""
    entity_of = {key: entity for entity in resolution.entities for key in entity.groups}
    for key, decision in sorted(resolution.decisions.items()):
        if decision.entity is not None:
            yield _link_row(key, decision, decision.entity, entity_of[key])
    for kind, merges in (("merged", resolution.merges), ("candidate", resolution.candidates)):
        yield from (_row(kind, merge, entity_of) for merge in merges)


def _link_row(
    key: GroupKey, decision: Decision, known: KnownEntity, ours: Entity
) -> tuple[str, ...]:
    """Return the row of a group, of our entity, that means a known thing."""
    kind = "linked" if decision.exact else "linked, unsure"
    return (
        kind, ours.id, ours.name, key[0], known.id, known.label, "", f"{decision.probability:.3f}",
        "; ".join(decision.reasons),
    )  # fmt: skip


def _row(kind: str, merge: Merge, entity_of: Mapping[GroupKey, Entity]) -> tuple[str, ...]:
    return (
        kind, entity_of[merge.first].id, merge.names[0], merge.first[0], entity_of[merge.second].id,
        merge.names[1], merge.second[0], "", merge.reason,
    )  # fmt: skip


def link_to_json(decision: Decision) -> LinkJson | None:
    """Return a decision as `kg read --link` prints it; None where nothing known is meant."""
    known, rival = decision.entity, decision.rival
    if known is None:
        return None
    return {
        "id": known.id,
        "iris": list(known.iris),
        "label": known.label,
        "exact": decision.exact,
        "probability": decision.probability,
        "reasons": list(decision.reasons),
        "rival": {"id": rival.id, "label": rival.label} if rival else None,
    }
