"""The graph as data frames for pandas, with the columns and the cells of the CSV tables.

Only here is pandas known, and only once a frame is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.errors import MissingExtraError
from kg.graph.assembly import KnowledgeGraph
from kg.outputs.texts.tables import (
    CLAIM_COLUMNS,
    ENTITY_COLUMNS,
    Row,
    claim_rows,
    entity_rows,
)

if TYPE_CHECKING:
    from pandas import DataFrame

RELATION_COLUMNS = (
    "id", "subject", "predicate", "object", "status", "affirmed", "denied", "hedged",
    "confidence", "claims", "subject_id", "object_id",
)  # fmt: skip


def entities_frame(graph: KnowledgeGraph) -> DataFrame:
    """Return one row for each entity, as in entities.csv.

    Raises:
        MissingExtraError: pandas is not installed.

    """
    return _frame(ENTITY_COLUMNS, entity_rows(graph))


def claims_frame(graph: KnowledgeGraph) -> DataFrame:
    """Return one row for each claim, with its status, source and sentence, as in claims.csv.

    Raises:
        MissingExtraError: pandas is not installed.

    """
    return _frame(CLAIM_COLUMNS, claim_rows(graph))


def relations_frame(graph: KnowledgeGraph) -> DataFrame:
    """Return one row for each relation: all claims with the same subject, predicate and object.

    Raises:
        MissingExtraError: pandas is not installed.

    """
    return _frame(RELATION_COLUMNS, _relation_rows(graph))


def _relation_rows(graph: KnowledgeGraph) -> Iterator[Row]:
    name_of = {id_: entity.name for id_, entity in graph.entities.items()}
    for r in graph.relations.values():
        yield (
            r.id, name_of[r.subject_id], r.predicate, name_of[r.object_id], r.status, r.affirmed,
            r.denied, r.hedged, r.confidence, len(r.claims), r.subject_id, r.object_id,
        )  # fmt: skip


def _frame(columns: tuple[str, ...], rows: Iterable[Row]) -> DataFrame:
    try:
        from pandas import DataFrame
    except ImportError as error:
        install = "pip install 'kg-claims[pandas]'"
        raise MissingExtraError("pandas", "A data frame", install) from error
    return DataFrame([tuple(row) for row in rows], columns=list(columns))
