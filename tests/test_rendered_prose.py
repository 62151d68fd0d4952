"""The same prose, however it is set: wrapped, double-spaced, over pages, in any spelling of letters."""

import re
import textwrap
import unicodedata

import pytest
from by_hand import of_grammar

from kg import read_text
from kg.reading.documents import lost_pages

pytestmark = pytest.mark.model

PARAGRAPHS = (
    "Åsa Nyström joined Orbit Waste in 2011, after the company had bought a quarry near Ostrava. "
    "She led its finances for three years and left in March 2014. The board thanked her for the "
    "work that she had done there.",
    "Ruth Cole sold the quarry to Harlan Mining in 2016. Harlan Mining denied that it had paid too "
    "much for the quarry, which closed two years later. The finance ministry of Peru supported the "
    "sale and asked Ruth Cole for the records of the company.",
    "In 2019 a court in Lima ordered Harlan Mining to open the quarry again. Marek Dvořák, the "
    "chief of Harlan Mining, resigned on the same day. He joined the University of Ostrava.",
)


def wrapped(width, *, indent="", separator="\n\n", line_end="\n"):
    filled = (textwrap.fill(p, width, initial_indent=indent) for p in PARAGRAPHS)
    return separator.join(filled).replace("\n", line_end)


def double_spaced(width, *, indent):
    return wrapped(width, indent=indent, separator="\n").replace("\n", "\n\n")


def decomposed(text):
    return unicodedata.normalize("NFD", text)


def soft_hyphens(text):
    return re.sub(r"(?<=[a-z]{3})(?=[a-z]{4})", "\u00ad", text)


PARTED = (
    "com-pany fi-nances min-istry sup-ported Univer-sity quar-ry re-signed de-nied thank-ed "
    "fi-nance or-dered Har-lan re-cords Mi-ning joi-ned bou-ght"
)


def parted(width):
    """Return the prose in lines that long words fill, parted by a hyphen."""
    halves = {word.replace("-", ""): word.split("-") for word in PARTED.split()}
    return "\n\n".join("\n".join(_filled(text, width, halves)) for text in PARAGRAPHS)


def _filled(text, width, halves):
    lines = [""]
    for word in text.split():
        first, second = halves.get(word.strip(".,"), ("x" * width, ""))
        if len(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        elif len(f"{lines[-1]} {first}-") <= width:
            lines[-1] += f" {first}-"
            lines.append(second + word[len(first + second) :])
        else:
            lines.append(word)
    return [line.strip() for line in lines]


def parted_by_spaces():
    text = "\n\n".join(PARAGRAPHS)
    for word in PARTED.split():
        text = re.sub(rf"\b{word.replace('-', '')}\b", word.replace("-", "- "), text)
    return text


def paged(width, length, page_end):
    """Return the prose on pages of some lines, with ``page_end(number)`` after each but the last."""
    lines = wrapped(width, indent="   ", separator="\n").split("\n")
    pages = ["\n".join(lines[at : at + length]) for at in range(0, len(lines), length)]
    ends = [page_end(number) for number in range(7, 7 + len(pages) - 1)]
    return "".join(page + end for page, end in zip(pages, [*ends, "\n"], strict=True))


PAGE_ENDS = {
    "a form feed": lambda n: "\n\f",
    "a number": lambda n: f"\n\n{n}\n\f",
    "a number and a head": lambda n: f"\n\n     - {n} -\n\f        Annual Report 2020\n\n",
    "a foot": lambda n: f"\n\nMinistry of Mines | Page {n} of 30\n\f",
    "a number, no form feed": lambda n: f"\n\n               {n}\n\n",
    "a marked number, no form feed": lambda n: f"\n\n- {n} -\n\n\n",
    "a page between lines, no form feed": lambda n: f"\n\n--- Page {n} ---\n\n",
    "a number and a head, no form feed": lambda n: f"\n{n}\n\nAnnual Report 2020\n\n",
    "a head, no form feed": lambda n: f"\n\nAnnual Report 2020 | {n}\n\n",
    "a head and a foot, no form feed": lambda n: f"\n\nPage {n}\n\nThe Quarries of Ostrava\n",
}
RENDERED = {
    "a line a paragraph": "\n".join(PARAGRAPHS),
    "wrapped at 40": wrapped(40),
    "wrapped at 60": wrapped(60),
    "wrapped at 100": wrapped(100),
    "wrapped and indented": wrapped(72, indent="    ", separator="\n"),
    "double-spaced": double_spaced(65, indent="          "),
    "double-spaced, narrow": double_spaced(45, indent="     "),
    "accents apart": decomposed("\n\n".join(PARAGRAPHS)),
    "carriage returns": wrapped(60, line_end="\r"),
    "Windows": wrapped(60, line_end="\r\n"),
    **{f"words parted at line ends, {n} wide": parted(n) for n in (31, 35, 39, 44, 50, 57, 64)},
    "words parted by a hyphen and a space": parted_by_spaces(),
    "a mark in front": "\ufeff" + "\n\n".join(PARAGRAPHS),
    "soft hyphens": soft_hyphens("\n\n".join(PARAGRAPHS)),
    "no-break spaces": re.sub(r"(?<=\d{4}) | (?=[A-Z])", "\u00a0", "\n\n".join(PARAGRAPHS)),
    "characters without width": "\n\n".join(PARAGRAPHS).replace("a", "a\u200b"),
}


def said(text):
    """Return the sentences without furniture, and what the claims say, white space aside."""
    reading = read_text(text)
    cut = {i for start, end in reading.document.furniture for i in range(start, end)}
    sentences = [
        _plain("".join(text[i] for i in range(*span) if i not in cut)) for span in reading.sentences
    ]
    claims = [
        (
            _plain(claim.subject.text),
            claim.predicate.lemma,
            _plain(claim.object.text) if claim.object else None,
            claim.is_stated,
            _plain(" ".join(phrase.text for _, phrase in _arguments(claim))),
        )
        for claim in of_grammar(reading.claims)
    ]
    return sentences, claims, sorted((group.name, group.type) for group in reading.groups)


def _whole(found):
    return found[0].replace("-", "")


def _arguments(claim):
    return [(argument.role, argument.phrase) for argument in claim.arguments]


def _plain(text):
    text = re.sub(rf"\b({PARTED.replace(' ', '|')})\b", _whole, re.sub(r"-\s+", "-", text))
    seen = "".join(c for c in unicodedata.normalize("NFKC", text) if c not in "\u00ad\u200b\ufeff")
    return " ".join(seen.split())


@pytest.fixture(scope="module")
def clean():
    return said("\n\n".join(PARAGRAPHS))


def test_the_prose_says_something(clean):
    assert len(clean[0]) == 9
    assert len(clean[1]) >= 12


MARKED_WORDS = ("Waste", "Ostrava.", "quarry,", "Peru", "Lima", "again.", "day.")
"""Where a note may be called, each found once after the one before."""
MARKS = {
    "brackets": "[{}]",
    "superscripts": "{^}",
    "digits": "{}",
    "Markdown": "[^{}]",
}
NOTES = {
    "no notes": None,
    "bare numbers": "{} Records of the company, page {}0.",
    "numbers with a stop": "{}. Records of the company, page {}0.",
    "brackets": "[{}] Records of the company, page {}0.",
    "numbers alone": "{}\n  Records of the company, page {}0.",
    "a heading": "{}. Records of the company, page {}0.",
}


def noted(mark, note, title=""):
    """Return the prose with a mark after some words, and the notes that they call."""
    text, place = wrapped(70), 0
    for number, word in enumerate(MARKED_WORDS, 1):
        place = re.search(rf"{re.escape(word)}(?=\s)", text[place:]).end() + place
        raised = "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(number))
        text = text[:place] + mark.format(number).replace("{^}", raised) + text[place:]
    notes = [note.format(n, n) for n in range(1, len(MARKED_WORDS) + 1)] if note else []
    return "\n".join([text, title, *notes, ""])


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("mark", MARKS)
def test_marks_of_notes_are_in_no_sentence(mark, note, clean):
    title = "\nNotes\n" if note == "a heading" else ""
    sentences, claims, _ = said(noted(MARKS[mark].replace("{^}", "{{^}}"), NOTES[note], title))
    assert sentences[: len(clean[0])] == clean[0]
    assert claims[: len(clean[1])] == clean[1]


@pytest.mark.parametrize("page_end", PAGE_ENDS.values(), ids=PAGE_ENDS.keys())
@pytest.mark.parametrize(("width", "length"), [(60, 3), (75, 3), (44, 5)])
def test_it_reads_the_same_over_pages(width, length, page_end, clean, monkeypatch):
    monkeypatch.setattr(lost_pages, "SHORTEST_PAGE", 150)
    text = paged(width, length, page_end)
    assert said(text) == clean


@pytest.mark.parametrize("text", RENDERED.values(), ids=RENDERED.keys())
def test_it_reads_the_same(text, clean):
    assert said(text) == clean
