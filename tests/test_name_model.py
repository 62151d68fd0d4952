"""The trained model's proposals: packing and decoding by hand, and the model itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.names.model import PIECES, decode, load_name_model, pack, shape_of

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


def test_sentences_share_a_sequence_until_it_is_full():
    words = ["a" * 50, "b" * 60, "c" * 40]
    packed = pack(words, [(0, 1), (1, 2), (2, 3)], pieces_of)
    assert [(p.first, len(p.pieces)) for p in packed] == [(0, 110), (2, 40)]


@given(st.lists(st.lists(st.text("ab", min_size=1, max_size=99), min_size=1, max_size=9)))
def test_every_word_is_in_exactly_one_sequence(sentences):
    words, spans = [], []
    for sentence in sentences:
        spans.append((len(words), len(words) + len(sentence)))
        words += sentence
    packed = pack(words, spans, pieces_of)
    seen = [p.first + n for p in packed for n in range(len(p.heads))]
    assert seen == list(range(len(words)))
    assert all(len(p.pieces) <= PIECES for p in packed)
    assert all(len(p.shapes) == len(p.pieces) for p in packed)


@pytest.mark.parametrize(
    ("word", "shape"), [("iPhone", 3), ("McDonald", 3), ("NATO", 2), ("-", 0), ("2018", 4)]
)
def test_the_way_a_word_is_written_has_a_number(word, shape):
    assert shape_of(word) == shape


TEXT = "In 2018 Putin met Bashar al-Assad in Sochi . NATO watched the Brexit Party ."


@pytest.mark.model
def test_the_model_finds_names_and_types():
    words = TEXT.split()
    found = {
        (" ".join(words[start:end]), kind)
        for start, end, kind, _ in load_name_model().propose(words, [(0, len(words))])
    }
    assert {
        ("Putin", "Person"),
        ("NATO", "Organization"),
        ("Brexit Party", "PoliticalParty"),
    } <= found


@pytest.mark.model
def test_what_is_found_depends_on_no_neighbour():
    words = TEXT.split()
    model = load_name_model()
    alone = list(model.propose(words, [(0, len(words))]))
    filler = ["word"] * (PIECES + 5)
    beside = model.propose([*words, *filler], [(0, len(words)), (len(words), len(words) + 131)])
    assert alone == [name for name in beside if name[1] <= len(words)]


@pytest.mark.model
@pytest.mark.parametrize("words", [[], ["\u200b"], ["*" * 500], ["Ж" * 300, "."]])
def test_odd_words_do_no_harm(words):
    list(load_name_model().propose(words, [(0, len(words))]))
