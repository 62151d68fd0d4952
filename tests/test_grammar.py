"""A parse as lists."""

import sys

import pytest
from by_hand import doc_of, syntax_of
from parses import ACTIVE, CONJOINED, IT, OPEN_COMPLEMENT, POSSESSIVE
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.reading.grammar import Syntax


def test_heads_are_token_numbers_and_a_root_is_its_own():
    assert syntax_of(ACTIVE).heads == [1, 1, 3, 1, 1]


def test_children_stand_in_reading_order():
    assert syntax_of(ACTIVE).children[1] == [0, 3, 4]


def test_offsets_are_characters_of_the_text():
    syntax, doc = syntax_of(ACTIVE), doc_of(ACTIVE)
    assert [doc.text[a:b] for a, b in zip(syntax.starts, syntax.ends, strict=True)] == syntax.words


def test_text_keeps_the_spaces_of_the_original():
    doc = Doc(Vocab(), words=["co", "-", "operation", "grew"], spaces=[False, False, True, False])
    assert Syntax.of(doc).text(0, 4) == "co-operation grew"


def test_conjuncts_begin_with_the_first():
    assert list(syntax_of(CONJOINED).conjuncts(1)) == [1, 5]


def test_a_list_may_be_longer_than_python_recurses():
    size = 2 * sys.getrecursionlimit()
    heads, deps = [max(0, i - 1) for i in range(size)], ["ROOT", *["conj"] * (size - 1)]
    syntax = Syntax.of(Doc(Vocab(), words=["rice"] * size, heads=heads, deps=deps))
    assert list(syntax.conjuncts(0)) == list(range(size))


def test_subtree_leaves_out_what_it_is_told_to():
    assert syntax_of(POSSESSIVE).subtree(2, {"prep"}) == [0, 1, 2]


def test_an_infinitive_has_to_before_it():
    syntax = syntax_of(OPEN_COMPLEMENT)
    assert [i for i in range(len(syntax)) if syntax.is_infinitive(i)] == [3]


def test_each_token_stands_in_one_sentence():
    assert [syntax_of(IT).sentence_of[i] for i in (0, 4, 5, 9)] == [0, 0, 1, 1]


@pytest.mark.parametrize("word", ["Monday", "2018", "1990s", "recently"])
def test_words_that_say_when(word):
    assert Syntax.of(Doc(Vocab(), words=[word])).is_time(0)


@pytest.mark.parametrize("word", ["Moscow", "20188", "three", "3018"])
def test_words_that_do_not_say_when(word):
    assert not Syntax.of(Doc(Vocab(), words=[word])).is_time(0)


def test_a_text_without_a_parse_is_one_sentence_of_roots():
    syntax = Syntax.of(Doc(Vocab(), words=["no", "parse"]))
    assert (syntax.heads, syntax.sentences) == ([0, 1], [(0, 2)])


def test_a_root_has_the_label_of_one_whatever_the_parser_calls_it():
    doc = Doc(Vocab(), words=["ships", "sank"], heads=[1, 1], deps=["nsubj", "conj"])
    assert Syntax.of(doc).deps == ["nsubj", "ROOT"]


def test_a_token_that_is_hung_on_itself_is_a_root():
    syntax = syntax_of(ACTIVE)
    syntax.attach(0, 0, "conj")
    assert (syntax.heads[0], syntax.deps[0]) == (0, "ROOT")


def test_an_empty_text_has_no_tokens():
    assert len(Syntax.of(Doc(Vocab(), words=[]))) == 0


def test_a_neighbour_outside_the_text_is_empty():
    syntax = syntax_of(ACTIVE)
    words = syntax.words
    assert [syntax.near(words, i) for i in (-1, 0, len(words))] == ["", words[0], ""]
    assert not any(syntax.hangs_on(i, 1) for i in (-1, len(words)))
    assert not any(syntax.is_glued(i) for i in (0, len(words)))


def test_a_token_is_glued_to_the_one_before_it_where_no_space_stands_between():
    doc = Doc(Vocab(), words=["co", "-", "operation", "grew"], spaces=[False, False, True, False])
    assert [Syntax.of(doc).is_glued(i) for i in range(4)] == [False, True, True, False]


def test_a_token_outside_the_text_stands_in_the_nearest_sentence():
    syntax = syntax_of(IT)
    first, last = syntax.sentences
    assert [syntax.sentence_at(i) for i in (-1, 0, 9, len(syntax))] == [first, first, last, last]
