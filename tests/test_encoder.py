"""The encoder: windows, trees and names decoded by hand, and the model itself."""

from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from spacy.tokens import Doc

from kg.reading.encoder.labels_of_names import decode
from kg.reading.encoder.model import load_encoder
from kg.reading.encoder.trees import best_heads, labels_once, ring
from kg.reading.encoder.windows import PIECES, shape_of, window_from
from kg.reading.parsing.annotation import load_pipeline
from kg.settings import DEFAULT_MODEL

LABELS = ("O", "B-Person", "I-Person", "B-City", "I-City")


def scores(*rows):
    """Return scores that give each word nearly all to one label."""
    table = np.zeros((len(rows), len(LABELS)))
    for i, label in enumerate(rows):
        table[i, LABELS.index(label)] = 9
    return table


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (("O", "B-Person", "I-Person", "O"), [(1, 3, "Person")]),
        (("B-City", "B-City"), [(0, 1, "City"), (1, 2, "City")]),
        (("I-City", "O"), [(0, 1, "City")]),
        (("O", "O"), []),
        (("B-Person", "I-City", "I-City"), [(0, 3, "City")]),
    ],
)
def test_labels_make_names_of_one_type(labels, names):
    assert [found[:3] for found in decode(scores(*labels), LABELS)] == names


def test_words_that_agree_on_a_name_but_not_on_its_type_are_a_name():
    table = np.array([[2.0, 2.1, 0, 2.1, 0]])
    ((start, end, _, score),) = decode(table, LABELS)
    assert (start, end) == (0, 1)
    assert score < 0.5


def pieces_of(word):
    return tuple(range(len(word)))


def test_a_window_holds_as_many_words_as_fit():
    window = window_from(["a", "bc", *["abcdefgh"] * 99], 1, pieces_of)
    assert (window.first, len(window.pieces), window.after) == (1, 250, 33)
    assert (window.begins[:2], window.ends[:2]) == ([0, 2], [1, 9])


def test_no_word_takes_a_window_for_itself():
    window = window_from(["x" * 999, "y"], 0, pieces_of)
    assert window.after == 2
    assert len(window.pieces) < PIECES


@given(
    hnp.arrays(
        np.float64,
        st.integers(1, 7).map(lambda n: (n, n + 1)),
        elements=st.integers(-50, 50).map(float),
    )
)
def test_the_tree_is_the_best_one_under_its_root(scores):
    """Edmonds' algorithm in NetworkX finds a tree of the same score."""
    size = len(scores)
    np.fill_diagonal(scores[:, 1:], -1e9)
    heads = best_heads(scores)
    assert heads.count(0) == 1
    assert not ring([-1, *heads])
    graph = nx.DiGraph([(0, heads.index(0) + 1, {"weight": 0})])
    for i, j in product(range(size), range(1, size + 1)):
        if j != i + 1 and heads[i]:
            graph.add_edge(j, i + 1, weight=scores[i, j])
    best = nx.maximum_spanning_arborescence(graph).size("weight")
    assert sum(scores[i, head] for i, head in enumerate(heads) if head) == pytest.approx(best)


def test_a_head_has_one_object_and_the_better_one_at_that():
    scores = np.array([[0, 5, 4.0], [0, 6, 1.0], [0, 9, 1.0], [3, 1, 1.0]])
    assert labels_once(scores, [7, 7, 8, 7], {1, 2}) == [2, 1, 1, 0]


def test_what_loses_its_label_twice_takes_the_third():
    scores = np.array([[0, 5, 4.0], [0, 6, 1.0], [0, 1, 6.0]])
    assert labels_once(scores, [7, 7, 7], {1, 2}) == [0, 1, 2]


@pytest.mark.parametrize(
    ("word", "shape"), [("iPhone", 3), ("McDonald", 3), ("NATO", 2), ("-", 0), ("2018", 4)]
)
def test_the_way_a_word_is_written_has_a_number(word, shape):
    assert shape_of(word) == shape


TEXT = "In 2018 Putin met Bashar al-Assad in Sochi . NATO watched the Brexit Party ."


def parse(words):
    return load_encoder().parse(words, [None] * len(words))


@pytest.mark.model
def test_one_reading_finds_sentences_trees_tags_and_names():
    words = TEXT.split()
    found = parse(words)
    assert found.sentences == [(0, 9), (9, 15)]
    verb = words.index("met")
    assert found.heads[verb] == verb
    assert found.labels[verb] == "ROOT"
    assert (found.heads[2], found.labels[2], found.tags[2]) == (verb, "nsubj", "NNP")
    assert (found.heads[11], found.heads[13]) == (13, 10)
    named = {(" ".join(words[start:end]), kind) for start, end, kind, _ in found.names}
    assert {
        ("Putin", "Person"),
        ("NATO", "Organization"),
        ("Brexit Party", "PoliticalParty"),
    } <= named


@pytest.mark.model
def test_every_word_has_a_place_in_one_tree_however_long_the_text():
    words = (TEXT + " ").split() * 60 + ["word"] * 900
    found = parse(words)
    assert [i for a, b in found.sentences for i in range(a, b)] == list(range(len(words)))
    for first, after in found.sentences:
        heads = found.heads[first:after]
        assert [i for i, h in enumerate(heads, start=first) if h == i] != []
        assert all(first <= h < after for h in heads)
        assert sum(h == i for i, h in enumerate(heads, start=first)) == 1


@pytest.mark.model
def test_what_is_known_of_sentences_is_kept():
    words = TEXT.split()
    starts = [i == 4 for i in range(len(words))]
    assert load_encoder().parse(words, starts).sentences == [(0, 4), (4, 15)]


@pytest.mark.model
def test_names_alone_are_those_of_the_whole_reading():
    words = TEXT.split()
    assert list(load_encoder().propose(words, [None] * len(words))) == parse(words).names


@pytest.mark.model
@pytest.mark.parametrize("words", [[], ["\u200b"], ["*" * 500], ["Ж" * 300, "."]])
def test_odd_words_do_no_harm(words):
    assert len(parse(words).heads) == len(words)


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " ", "\n\n", " Kenya  left.\n \n Peru stayed. ", "a\n"])
def test_white_space_hangs_on_words(text):
    doc = load_pipeline(DEFAULT_MODEL)(text)
    assert doc.text == text
    for sentence in doc.sents:
        assert [t for t in sentence if t.head.i == t.i] == [sentence.root]
        assert all(token.tag_ == "_SP" for token in sentence if token.is_space)
    assert all(
        token.head.i != token.i or token.dep_ == "ROOT" for token in doc if not token.is_space
    )


@pytest.mark.model
def test_a_parsed_document_is_the_same_after_bytes():
    nlp = load_pipeline(DEFAULT_MODEL)
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [t.head.i for t in again] == [t.head.i for t in doc]
