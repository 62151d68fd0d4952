"""Words that were taken out of a text, whatever their office put in their place."""

import doctest

import pytest

from kg.reading.documents import redactions
from kg.reading.documents.layout import merged
from kg.reading.documents.redactions import find_redactions


def redacted(text):
    return [text[start:end] for start, end in merged(find_redactions(text))]


@pytest.mark.parametrize(
    "text",
    ["It was █████.", "It was ***.", "It was [*****].", "It was ■■■.", "Exempt: (b)(7)(C)."],
)
def test_signs_stand_for_words(text):
    assert len(redacted(text)) == 1


@pytest.mark.parametrize(
    "label",
    ["[REDACTED]", "[redacted]", "[REDACTED - personal data]", "[name withheld]", "REDACTED"],
)
def test_a_label_may_say_that_words_are_missing(label):
    assert redacted(f"The witness, {label}, left.") == [label]


@pytest.mark.parametrize(
    "label", ["[Harm to Ongoing Matter]", "[Source Protected]", "[PATIENT DATA]", "[Vendor Secret]"]
)
def test_any_label_that_comes_back_amid_sentences_stands_for_words(label):
    assert redacted(f"We met {label} there.\n\nLater {label} left.") == [label, label]


def test_a_label_that_came_back_is_found_on_its_own_line_too():
    label = "[Source Protected]"
    assert redacted(f"{label}\n\nThen {label} left.\n\n{label}") == [label] * 3


@pytest.mark.parametrize(
    "text",
    [
        'She said "[Lake Como] was lovely".',
        "At Lake Como they met. We saw [Lake Como] again; it was [Lake Como] he meant.",
        "They [the board] met, and they [the board] voted.",
        "It rose.[Exit Hamlet] Then it fell. [Exit Hamlet]",
        "See [Annual Report](a.html) and [Annual Report](b.html).",
        "See [[Annual Report]] and [[Annual Report]].",
        "That is false [citation needed], and so is this [citation needed].",
        "The redacted version was withheld.",
    ],
)
def test_an_editors_words_stand_for_none(text):
    assert redacted(text) == []


def test_examples_in_the_module_are_true():
    tried = doctest.testmod(redactions)
    assert tried.attempted
    assert not tried.failed
