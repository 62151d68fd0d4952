"""Gold trees: read, written, scored; and the figures of `kg evaluate parse`."""

import gzip
import json

import pytest

from kg.errors import InputError
from kg.evaluation.parse import EndScore, Parsed, ParseScore, evaluate_parse
from kg.evaluation.trees import read_trees, written
from kg.settings import Settings

ROWS = """# newdoc id = news-1
1\tKenya\tNNP\t2\tnsubj\t1\t1
2\tpaid\tVBD\t0\troot\t1\t1
3\tPeru\tNNP\t2\tdobj\t0\t1
4\t.\t.\t2\tpunct\t1\t0

1\tHe\tPRP\t2\tnsubj\t1\t1
2\tleft\tVBD\t0\tROOT\t1\t1
3\t-LRB-\t-LRB-\t2\tpunct\t0\t0
4\tLima\tNNP\t2\tnpadvmod\t0\t0
5\t-RRB-\t-RRB-\t2\tpunct\t1\t0

# newdoc id = news-2
1\tPeru\tNNP\t2\tnsubj\t1\t1
2\tslept\tVBD\t0\tROOT\t0\t1
"""


@pytest.fixture
def trees(tmp_path):
    (tmp_path / "trees").mkdir()
    with gzip.open(tmp_path / "trees" / "gum_test.conll.gz", "wt", encoding="utf-8") as out:
        out.write(ROWS)
    return tmp_path


def test_documents_and_marks_are_read(trees):
    first, second = read_trees(trees / "trees" / "gum_test.conll.gz")
    assert (first.id, len(first.trees), second.id) == ("news-1", 2, "news-2")
    assert first.trees[1].words == ["He", "left", "(", "Lima", ")"]
    assert first.trees[0].labels[1] == "ROOT"
    assert first.trees[1].sure == [True, True, False, False, False]


def test_what_is_written_is_read_again(trees, tmp_path):
    documents = read_trees(trees / "trees" / "gum_test.conll.gz")
    path = tmp_path / "again.conll"
    path.write_text("".join(written(t) for d in documents for t in d.trees), encoding="utf-8")
    assert read_trees(path)[0].trees == [t for d in documents for t in d.trees]


def test_a_score_counts_neither_marks_nor_what_the_gold_doubts(trees):
    gold = read_trees(trees / "trees" / "gum_test.conll.gz")[0].trees[1]
    score = ParseScore("gum", "kg")
    score.add(gold, Parsed([2, 0, 2, 2, 2], ["dobj", "ROOT", "x", "x", "x"], gold.tags))
    assert score.counts["all"] == 2
    assert score.counts["content"] == 1
    assert (score.counts["content head"], score.counts["content both"]) == (1, 0)
    assert score.counts["tag right"] == 5


def test_ends_are_counted_but_for_a_texts_first():
    assert "F1 0.500" in EndScore("gum", "kg", gold=2, found=2, right=1).line()


@pytest.mark.model
def test_both_systems_are_measured(trees):
    lines = [score.line() for score in evaluate_parse(trees, Settings())]
    assert sum("arcs      7" in line for line in lines) == 2
    assert sum("sentence ends      1" in line for line in lines) == 2


@pytest.mark.model
def test_of_ewt_only_dev_documents_are_read(trees):
    (trees / "trees" / "gum_test.conll.gz").rename(trees / "trees" / "ewt_train.conll.gz")
    (trees / "uner_ewt").mkdir()
    (trees / "uner_ewt" / "dev.jsonl").write_text(json.dumps({"id": "news-2-0001"}) + "\n")
    lines = [score.line() for score in evaluate_parse(trees, Settings())]
    assert sum("ewt_dev" in line and "arcs      2" in line for line in lines) == 2


def test_a_folder_without_trees_is_an_error_of_one_line(tmp_path):
    with pytest.raises(InputError, match="No gold"):
        evaluate_parse(tmp_path, Settings())
