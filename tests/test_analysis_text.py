"""What the parser reads is clean running text, and every piece finds its way home."""

import re
import unicodedata
from dataclasses import astuple
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InvalidRecordError
from kg.reading.documents.layout import mark_layout
from kg.reading.documents.reader import document_from_text
from kg.reading.parsing.analysis_text import LONGEST_BLOCK, NO_PLACE, make_analysis_text
from kg.records import Document

ALPHABET = st.sampled_from(
    [
        "A\u030a",
        "o\u0308",
        *"aZé. \n\r\t-*[]1(),#|`\f",
        "\n\n",
        "\u00a0",
        "\u200b",
        "\u00ad",
        "co-\n",
        "1. ",
        "[1]",
        "Word ",
    ]
)
TEXTS = st.lists(ALPHABET, max_size=80).map("".join)


def document(text, *, marked=True):
    layout = mark_layout(text) if marked else None
    bare = Document("d", "", text, "", "en", "")
    if layout is None:
        return bare
    return Document(
        "d", "", text, "", "en", "",
        layout.pages, layout.paragraphs, layout.footnotes, layout.furniture, layout.redactions,
    )  # fmt: skip


def analysed(text, **options):
    return make_analysis_text(document(text, **options))


def words_of(text, phrase):
    analysis = analysed(text)
    start = analysis.text.index(phrase)
    return [text[a:b] for a, b in analysis.to_document(start, start + len(phrase))]


def test_hard_wraps_become_spaces_and_one_span():
    text = "The Russian government interfered in the\n2016 presidential election."
    assert analysed(text).text == text.replace("\n", " ")
    assert words_of(text, "in the 2016") == ["in the\n2016"]


def test_a_note_mark_inside_a_sentence_parts_the_span():
    text = 'It was "a setback"[2] for UK foreign policy.'
    assert analysed(text).text == 'It was "a setback" for UK foreign policy.'
    assert words_of(text, '"a setback" for UK') == ['"a setback"', "for UK"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("They seek more co-\noperation now.", "They seek more cooperation now."),
        ("They are well-\nestablished here.", "They are well-established here."),
        ("They are decision-\nmakers here.", "They are decision-makers here."),
        ("They under-\nstand the inter-\nrogatories.", "They understand the interrogatories."),
        ("The anti-\ncorruption law.", "The anti-corruption law."),
        ("They are eval- uating it.", "They are evaluating it."),
        ("They are prioritiz- ing it.", "They are prioritizing it."),
        ("They are well- known here.", "They are well-known here."),
        (
            "A short- or long-term plan, pre- and post-war.",
            "A short- or long-term plan, pre- and post-war.",
        ),
        ("Nystr\u00f6m met Nys- tr\u00f6m.", "Nystr\u00f6m met Nystr\u00f6m."),
        ("From 2010- 2015 a 5- year plan.", "From 2010- 2015 a 5- year plan."),
        ("He met the chief - not her.", "He met the chief - not her."),
        ("They met the presi-\ndent today.", "They met the president today."),
        ("A law-\nmaker met another law-maker.", "A law-maker met another law-maker."),
        ("They made short-\nand long-term plans.", "They made short- and long-term plans."),
        ("They met in Anglo-\nSaxon style here.", "They met in Anglo- Saxon style here."),
        (
            "Two\u00a0\u00a0 blanks,\ta tab, so\u00adft and\u200b none.",
            "Two blanks, a tab, soft and none.",
        ),
    ],
)
def test_broken_words_and_odd_spaces_are_repaired(text, read):
    assert analysed(text, marked=False).text == read


def test_a_repaired_word_is_one_span_of_the_document():
    assert words_of("They met the presi-\ndent today.", "president") == ["presi-\ndent"]


def test_blocks_are_paragraphs_headings_and_notes():
    text = 'A short heading\n\nRussia held "exercises".[1]\n\n  1. In September 2018.\n'
    analysis = analysed(text)
    assert [(b.kind, analysis.text[b.start : b.end]) for b in analysis.blocks] == [
        ("heading", "A short heading"),
        ("paragraph", 'Russia held "exercises".'),
        ("note", "In September 2018."),
    ]


def test_a_document_without_layout_is_one_block():
    assert [b.kind for b in analysed("Rome fell. It did.", marked=False).blocks] == ["paragraph"]


def test_an_endless_paragraph_is_parted_after_a_sentence():
    analysis = analysed("Rome fell at last. " * 5000, marked=False)
    assert all(block.end - block.start <= LONGEST_BLOCK for block in analysis.blocks)
    assert all(analysis.text[block.end - 1] == "." for block in analysis.blocks)


def test_an_endless_word_is_parted_as_well():
    assert len(analysed("a" * (2 * LONGEST_BLOCK + 1), marked=False).blocks) == 3


def test_a_sentence_of_white_space_is_refused():
    with pytest.raises(InvalidRecordError, match="must hold some text"):
        analysed("Rome fell.").sentence_span(4, 5)


@given(TEXTS, st.booleans(), st.integers(0, 80), st.integers(1, 80))
def test_every_span_stands_in_the_document_and_says_the_same(text, marked, start, length):
    analysis = analysed(text, marked=marked)
    spans = analysis.to_document(start, start + length)
    flat = [offset for span in spans for offset in span]
    assert flat == sorted(flat)
    assert all(0 <= a < b <= len(text) and text[a:b].strip() == text[a:b] for a, b in spans)
    assert _letters("".join(text[a:b] for a, b in spans)) == _letters(
        analysis.text[start : start + length]
    )


@given(TEXTS, st.booleans())
def test_words_of_one_stretch_stand_in_one_piece_of_the_document(text, marked):
    analysis = analysed(text, marked=marked)
    words = [found.span() for found in re.finditer(r"\S+|\s+", analysis.text)]
    places = analysis.places([start for start, _ in words], [end for _, end in words])
    for (word, place), (last, other) in product(zip(words, places, strict=True), repeat=2):
        if word <= last and place[0] == other[0] >= 0:
            assert analysis.to_document(word[0], last[1]) == ((place[1], other[2]),)


def test_a_word_that_a_line_end_parts_has_no_place_of_its_own():
    analysis = analysed("The peo-\nple left.")
    words = [found.span() for found in re.finditer(r"\w+", analysis.text)]
    places = analysis.places([start for start, _ in words], [end for _, end in words])
    assert places == [(0, 0, 3), NO_PLACE, (0, 13, 17)]


def _one_mark(words):
    """Return words with all quotation marks alike: the parser gets double ones for single."""
    return re.sub("[`'‘’\"]", '"', words)


@given(TEXTS)
def test_runs_are_equal_letter_for_letter_and_hold_no_furniture(text):
    whole = document(text)
    analysis = make_analysis_text(whole)
    cut = {i for start, end in whole.furniture for i in range(start, end)}
    for run in analysis.runs:
        length = run.end - run.start
        stretch = text[run.document_start : run.document_start + length + run.tail]
        stretch = unicodedata.normalize("NFC", stretch)
        assert _one_mark(stretch) == _one_mark(analysis.text[run.start : run.end])
        assert not cut & set(range(run.document_start, run.document_start + length))


@given(TEXTS)
def test_blocks_hold_text_and_are_parted_by_an_empty_line(text):
    analysis = analysed(text)
    blocks = [analysis.text[block.start : block.end] for block in analysis.blocks]
    assert "\n\n".join(blocks) == analysis.text
    assert all(block.strip() == block and block for block in blocks)


def _letters(text):
    """Return a text without what the parser gets otherwise: spaces, hyphens, quotation marks."""
    kept = (c for c in unicodedata.normalize("NFKC", text) if not c.isspace())
    return "".join(c for c in kept if c not in "-\u00ad\u200b`'‘’\"")


def test_prefix_and_its_word_are_one():
    analysis = analysed("Deeper co-operation, re-opened and de-escalated.")
    assert analysis.text == "Deeper cooperation, reopened and deescalated."
    start = analysis.text.index("cooperation")
    assert analysis.to_document(start, start + 11) == ((7, 19),)


def test_single_and_typewriter_marks_are_double_quotation_marks():
    assert analysed("The ``big'' 'high water' mark of Peru's coast.").text == (
        'The "big" "high water" mark of Peru\'s coast.'
    )


def test_a_printed_apostrophe_is_one_that_the_parser_knows():
    analysis = analysed("It’s Peru’s, the agencies’ reports say of ‘Nick’.")
    assert analysis.text == "It's Peru's, the agencies' reports say of \"Nick\"."
    assert analysis.to_document(5, 11) == ((5, 11),)


PROSE = """Åsa Nyström-Müller, the chief of Fjällräven, met José Ángel García.

ÅSA NYSTRÖM: The office is in Zürich, and its chief is fine.[1]
JOSÉ GARCÍA: The efflux was difficult, was it not?
ÅSA NYSTRÖM: Not for Ñandú.
JOSÉ GARCÍA: Good. The presi-
dent of Fjällräven left.

[1] See Ødegård, "Ça va".
"""


def ligated(text):
    """Return a text as printers set it, with one sign for some letters."""
    for letters, sign in (("ffi", "\ufb03"), ("ffl", "\ufb04"), ("fi", "\ufb01"), ("fl", "\ufb02")):
        text = text.replace(letters, sign)
    return text


def _decomposed(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("spelt", [_decomposed, ligated, lambda text: ligated(_decomposed(text))])
def test_letters_spelt_in_more_or_fewer_characters_read_the_same(spelt):
    plain, odd = PROSE, spelt(PROSE)
    first, second = (document_from_text(text, document_id="d") for text in (plain, odd))
    assert [odd[t.label[0] : t.label[1]] for t in second.turns] == [
        spelt(plain[t.label[0] : t.label[1]]) for t in first.turns
    ]
    analysis = make_analysis_text(second)
    assert analysis.text == make_analysis_text(first).text
    blocks = make_analysis_text(first).blocks
    assert [b[:3] for b in map(astuple, analysis.blocks)] == [b[:3] for b in map(astuple, blocks)]
    words = [found.span() for found in re.finditer(r"\w+", analysis.text)]
    places = analysis.places([start for start, _ in words], [end for _, end in words])
    for (start, end), place in zip(words, places, strict=True):
        word = analysis.text[start:end]
        spans = analysis.to_document(start, end)
        standing = [odd[a:b].replace("-\n", "").casefold() for a, b in spans]
        assert standing == [spelt(word).casefold()]
        assert place in {(place[0], *spans[0]), NO_PLACE}
        assert (place == NO_PLACE) == (word == "president")
