"""The graph as data frames of pandas: the rows of the CSV tables."""

import csv
import sys

import pytest

import kg
from kg.errors import MissingExtraError
from kg.outputs.texts.frames import RELATION_COLUMNS
from kg.outputs.texts.tables import (
    CLAIM_COLUMNS,
    ENTITY_COLUMNS,
    write_claims_csv,
    write_entities_csv,
)
from tests.sample import sample_graph

assert kg.KnowledgeGraph  # asked for, it gets its methods
GRAPH = sample_graph()


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


@pytest.mark.parametrize(
    ("make", "write", "columns"),
    [
        (GRAPH.entities_frame, write_entities_csv, ENTITY_COLUMNS),
        (GRAPH.claims_frame, write_claims_csv, CLAIM_COLUMNS),
    ],
)
def test_frame_has_the_cells_of_the_csv_table(make, write, columns, tmp_path):
    frame = make()
    write(GRAPH, tmp_path / "table.csv")
    assert tuple(frame.columns) == columns
    shown = [[str(cell) for cell in row] for row in frame.itertuples(index=False)]
    assert [list(columns), *shown] == rows_of(tmp_path / "table.csv")


def test_numbers_of_a_frame_are_numbers():
    assert GRAPH.claims_frame().confidence.mean() > 0.5
    assert GRAPH.entities_frame().mentions.sum() == sum(GRAPH.mention_counts.values())


def test_frame_of_relations_counts_their_claims():
    frame = GRAPH.relations_frame()
    assert tuple(frame.columns) == RELATION_COLUMNS
    assert list(frame.id) == list(GRAPH.relations)
    assert (frame.affirmed + frame.denied + frame.hedged == frame.claims).all()


@pytest.mark.parametrize("name", ["entities_frame", "claims_frame", "relations_frame"])
def test_without_pandas_the_extra_is_named(name, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'kg-claims\[pandas\]'"):
        getattr(GRAPH, name)()


def test_frame_of_an_empty_graph_has_its_columns():
    assert tuple(kg.KnowledgeGraph([], [], []).claims_frame().columns) == CLAIM_COLUMNS
