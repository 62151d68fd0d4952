"""Words are cut as the encoder was trained to read them."""

import pytest

from kg.reading.encoder.word_pieces import WordPieces

VOCABULARY = {
    piece: n
    for n, piece in enumerate(["[UNK]", "sal", "##is", "##bury", "a", "-", ".", "u", "s", "cafe"])
}


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Salisbury", ["sal", "##is", "##bury"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("a-a", ["a", "-", "a"]),
        ("Café", ["cafe"]),
        ("xyz", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
        ("a" * 200, ["[UNK]"]),
    ],
)
def test_a_word_is_cut_into_the_longest_pieces(word, pieces):
    assert WordPieces(VOCABULARY)(word) == tuple(VOCABULARY[piece] for piece in pieces)


def test_a_word_is_cut_the_same_the_second_time():
    cut = WordPieces(VOCABULARY)
    assert cut("Salisbury") == cut("Salisbury")
