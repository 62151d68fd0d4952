"""Find abbreviations that the text itself explains: "the World Health Organization (WHO)"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.reading.names.name import small_words

COMPONENT = "kg_abbreviations"
LONG_FORMS, SHORT_FORMS = "kg_long_forms", "kg_short_forms"


def find_abbreviations(doc: Doc, *, max_letters: int) -> Iterator[tuple[Span, Span]]:
    """Yield (long form, short form) in reading order.

    A short form is one capitalised token of at most ``max_letters`` letters in
    brackets; its capitals must be the initials of the words just before it, small
    words left aside, or else counted ("Department of State (DOS)").
    """
    for short in _in_brackets(doc):
        letters = [c for c in short.text if c.isupper()]
        if 2 <= len(letters) <= max_letters:
            end = short.i - 1
            start = _long_form_start(doc, end, letters)
            if start is not None:
                yield doc[start:end], doc[short.i : short.i + 1]


def _in_brackets(doc: Doc) -> Iterator[Token]:
    """Yield capitalised words that stand alone in brackets."""
    words = [token.text for token in doc]
    for i, (opening, short, closing) in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if opening == "(" and closing == ")" and short[0].isupper():
            yield doc[i + 1]


def _long_form_start(doc: Doc, end: int, letters: list[str]) -> int | None:
    """Return where the long form begins; small words count only where none fits without."""
    start = _start_of_initials(doc, end, letters, count_small=False)
    if start is None:
        start = _start_of_initials(doc, end, letters, count_small=True)
    return start


def _start_of_initials(doc: Doc, end: int, letters: list[str], *, count_small: bool) -> int | None:
    """Return where the words begin whose initials are the letters, read backwards."""
    position = end
    for letter in reversed(letters):
        position -= 1
        while position >= 0 and _is_left_aside(doc[position].text, letter, count_small=count_small):
            position -= 1
        if position < 0 or doc[position].text[0].upper() != letter:
            return None
    return position


def _is_left_aside(word: str, letter: str, *, count_small: bool) -> bool:
    counted = count_small and word[0].upper() == letter
    return word.lower() in small_words() and word[0] != letter and not counted


@Language.factory(COMPONENT, assigns=["doc.spans"], default_config={"max_letters": 8})
def make_abbreviation_finder(nlp: Language, name: str, max_letters: int) -> Callable[[Doc], Doc]:
    """Build the component; spaCy checks ``max_letters`` against its type."""
    return AbbreviationFinder(max_letters)


@dataclass(frozen=True)
class AbbreviationFinder:
    """Mark abbreviations: the n-th short form stands for the n-th long form.

    Both lists go into ``doc.spans``, which spaCy saves with the document. The
    component keeps nothing between documents, so it can run in many processes.
    """

    max_letters: int

    def __call__(self, doc: Doc) -> Doc:
        """Return the same document with its two span lists filled."""
        found = list(find_abbreviations(doc, max_letters=self.max_letters))
        doc.spans[LONG_FORMS] = [long for long, _ in found]
        doc.spans[SHORT_FORMS] = [short for _, short in found]
        return doc
