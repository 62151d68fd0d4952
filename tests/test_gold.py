"""The frame of every measurement: gold is found, halved, and counted."""

import doctest

import pytest

from kg.errors import InputError
from kg.evaluation import figures
from kg.evaluation.gold import gold_file, gold_files, half_of, halves_of, in_halves, read_rows


def test_gold_that_lies_there_is_found(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/dev.jsonl").write_text('{"id": "1"}\n{"id": "2"}\n', encoding="utf-8")
    assert gold_files(tmp_path, ["a/dev.jsonl", "b/dev.jsonl"]) == [tmp_path / "a/dev.jsonl"]
    assert [row["id"] for row in read_rows(gold_file(tmp_path, "a/dev.jsonl"))] == ["1", "2"]


def test_missing_gold_is_named_with_what_to_give(tmp_path):
    with pytest.raises(InputError, match=r"--data the folder that holds a/dev\.jsonl or b"):
        gold_files(tmp_path, ["a/dev.jsonl", "b"])


def test_a_text_is_always_in_the_same_half():
    assert half_of("a sentence") == half_of("a sentence")


def test_halves_hold_everything_once_and_in_order():
    halves = in_halves((str(n), n) for n in range(100))
    assert sorted(halves["tuned"] + halves["held out"]) == list(range(100))
    assert all(half == sorted(half) for half in halves.values())
    assert all(half_of(str(n)) == "tuned" for n in halves["tuned"])


def test_halves_of_sentences_are_sorted():
    halves = halves_of(["b", "a", "d", "c"])
    assert all(half == sorted(half) for half in halves.values())


def test_an_empty_set_has_two_empty_halves():
    assert halves_of([]) == {"tuned": [], "held out": []}


def test_examples_in_the_figures_are_true():
    tried = doctest.testmod(figures)
    assert tried.attempted
    assert not tried.failed
