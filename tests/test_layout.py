"""A text's layout: nothing is deleted, and every stretch is told for what it is."""

import textwrap
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.documents.layout import mark_layout

CORPUS = Path(__file__).parent.parent / "corpus"
SCANS = Path(__file__).parents[2] / "shared" / "corpus" / "mueller-report"
SCAN = """U.S. Department of Justice
Attemey Werk Product // May Contain Material Protected Under Fed. R. Crim. P. 6(e)
b. Communications with I.C. Expert Investment Company and Giorgi
Rtskhiladze (Summer and Fall 2015)
In the late summer of 2015 , the Trump Organization received a new inquiry about pursuing
a Trump Tower project in Moscow. In approximately September 2015 , Felix Sater contacted
Michael Cohen. 304 Sater had previously worked with the Trump Organization since March
2016. He advised it on a number of domestic and international projects. Sater had
explored the possibility of a Trump Tower project in Moscow and therefore knew of a deal
there .305 Sater had also served as an informal agent. "
306
Cohen was the only Trump Organization representative to negotiate directly with I.C.
Expert or its agents on these matters before the election took place in that same year.
304
Sater 9/19/17 302, at 1-2, 5.
305 Sater 9/19/17 302, at 3. Cohen could not recall the precise timing of this, but
thought it occurred in June.
306
Rozov 1/25/18 302, at 1.
69
"""


def shown(text, **options):
    """Return the paragraphs as (number, first words), headings with a # before them."""
    return [
        (p.number, "#" * p.heading + " ".join(text[p.start : p.end].split()))
        for p in mark_layout(text, **options).paragraphs
    ]


def starts(text):
    return [(number, " ".join(words.split()[:3])) for number, words in shown(text)]


def cut(text):
    return [text[a:b].strip() for a, b in mark_layout(text).furniture]


def notes(text):
    return [
        (n.number, text[n.start : n.end], n.mark and text[n.mark[0] : n.mark[1]])
        for n in mark_layout(text).footnotes
    ]


def sample(number):
    path = CORPUS / f"isc-russia-report-page-{number}.txt"
    return path.read_bytes().decode()


def test_page_46_comes_out_right():
    text = sample(46)
    (page,) = mark_layout(text).pages
    assert (page.number, page.file_number, page.start, page.end) == ("39", "46", 0, len(text))
    assert starts(text) == [
        ("", "#Maintaining momentum"),
        ("136", "Salisbury must not"),
        ("", "#Is Russia seeking"),
        ("137", "By contrast to"),
        ("138", "Russia has also"),
    ]
    assert [(number, mark) for number, _, mark in notes(text)] == [("1", "[1]"), ("2", "[2]")]


def test_page_48_comes_out_right():
    text = sample(48)
    layout = mark_layout(text)
    assert [(p.number, p.file_number) for p in layout.pages] == [("41", "48")]
    assert [p.number for p in layout.paragraphs if p.number] == [
        "139", "140", "141", "142", "143", "144",
    ]  # fmt: skip
    assert notes(text)[0] == ("1", "***", "[1]")
    assert [number for number, _, _ in notes(text)] == ["1", "2", "3"]
    assert [text[a:b] for a, b in layout.redactions] == ["***"] * 3
    assert "41" in cut(text)
    assert "This page has been validated." in cut(text)


def test_a_scanned_page_comes_out_right():
    assert starts(SCAN) == [
        ("", "#Communications with I.C."),
        ("", "In the late"),
        ("", "Cohen was the"),
    ]
    assert [(number, mark) for number, _, mark in notes(SCAN)] == [
        ("304", "304"), ("305", "305"), ("306", "306"),
    ]  # fmt: skip
    assert mark_layout(SCAN).pages[0].number == "69"


def test_numbered_paragraphs_and_lists_are_no_notes():
    assert notes("1. Rome fell in 476.\n\n2. It was the end.\n\n3. Was it?") == []
    assert starts("1. Rome fell in 476.\n\n2. It was the end.") == [
        ("1", "Rome fell in"),
        ("2", "It was the"),
    ]


def test_a_year_at_the_start_of_a_wrapped_line_is_no_number():
    text = (
        "Page worked for the campaign from January to September of the same year, and in June\n"
        "2016. He had lived and worked in Russia, and he had been approached by its services\n"
        "12. times or more before that year, as far as anybody could tell at that late time."
    )
    assert [number for number, _ in shown(text)] == [""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(1) Rome fell.\n\n(2) It rose.", [("1", "Rome fell."), ("2", "It rose.")]),
        ("(4) Rome fell.\n\nIt rose.", [("", "(4) Rome fell."), ("", "It rose.")]),
        ("1.2.3 The fall.\n\nIt rose.", [("1.2.3", "The fall."), ("", "It rose.")]),
        ("1066. Rome fell.\n\nIt rose.", [("", "1066. Rome fell."), ("", "It rose.")]),
        ("• Rome fell.\n• It rose.", [("", "Rome fell."), ("", "It rose.")]),
        ("a. Rome fell.\nb. It rose.", [("", "Rome fell."), ("", "It rose.")]),
        ("# The fall\nRome fell.", [("", "#The fall"), ("", "Rome fell.")]),
        ("**Rome** fell `today`.", [("", "Rome** fell `today`.")]),
        ("| Rome | Italy |\n|---|---|\n| Bern | Swiss |", [("", w) for w in ["Rome", "Italy", "Bern", "Swiss"]]),
        ("Rome fell\nand rose.\n\nIt did.", [("", "Rome fell and rose."), ("", "It did.")]),
        ("Only a line", [("", "Only a line")]),
        ("", []),
    ],
)  # fmt: skip
def test_paragraphs_are_told_from_labels_and_headings(text, expected):
    assert shown(text) == expected


def test_markdown_marks_are_furniture():
    text = "See **Rome** in [the atlas](http://example.org/a) and `Bern`, but 2*3*4 and a_b_c."
    assert cut(text) == ["**", "**", "[", "](http://example.org/a)", "`", "`"]


def test_running_heads_and_feet_are_furniture_and_give_the_numbers():
    pages = [f"Annual Report 2020 | {n}\nWords of page {w}.\nCrown copyright" for n, w in
             [(7, "one"), (8, "two"), (9, "three"), (10, "four")]]  # fmt: skip
    text = "\f".join(pages)
    assert [words for _, words in shown(text)] == [
        f"Words of page {w}." for w in ("one", "two", "three", "four")
    ]
    assert [p.number for p in mark_layout(text).pages] == ["7", "8", "9", "10"]


@pytest.mark.parametrize("number", ["39", "- 39 -", "Page 39 of 99", "Page 39", "[39]"])
def test_a_lone_number_at_the_foot_is_the_pages(number):
    text = f"Rome fell.\n\n{number}\n"
    assert [page.number for page in mark_layout(text).pages] == ["39"]
    assert shown(text) == [("", "Rome fell.")]


def test_a_page_may_have_a_number_in_its_head_and_one_at_its_foot():
    heads = [f"Case 12-345 Page {n + 3} of 9" for n in range(4, 8)]
    pages = [f"{h}\n\nIt was {w}.\n\n{n}\n" for n, h, w in zip("4567", heads, "abcd", strict=True)]
    text = "\f".join(pages)
    assert cut(text) == [
        words for number, head in zip("4567", heads, strict=True) for words in (head, number)
    ]
    assert "12" not in cut(text.replace("\n5\n", "\n12\n"))


def test_a_table_of_contents_is_furniture():
    assert shown(
        "The Fall of Rome ......... 12\nThe Rise . . . . . xiv\n\nRome fell.... 12 men died."
    ) == [("", "Rome fell.... 12 men died.")]


def test_page_breaks_may_be_given():
    layout = mark_layout("Rome fell. It rose.", page_breaks=[11])
    assert [(p.start, p.end, p.file_number) for p in layout.pages] == [(0, 11, "1"), (11, 19, "2")]


def test_a_paragraph_goes_on_over_the_end_of_a_page():
    first = "The government of the city said on the first day of the month that it would not\nopen"
    text = first + " the gates for\n12\fanybody who had no business there. It then closed them.\n13"
    assert len(shown(text)) == 1
    assert cut(text) == ["12", "13"]


DOUBLE_SPACED = """          The bank's answer to the complaint included a

defense of lack of jurisdiction.    The court in Worcester,

Massachusetts, denied  it.   The case was then moved to  the

federal  district   court.   See the old case of Hoover v.

Atlas, 638 N.E.2d 942.

                     II. Discussion

          We begin with the argument of the bank that its own

contacts are not sufficient.
"""


def test_double_spaced_lines_are_joined_but_for_headings_and_lines_set_in():
    assert shown(DOUBLE_SPACED) == [
        ("", " ".join(DOUBLE_SPACED.split("II.")[0].split())),
        ("", "#Discussion"),
        ("", " ".join(DOUBLE_SPACED.split("Discussion")[1].split())),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a Joint Session of the United States House of Representatives", "and the Senate met."),
        ("a Joint Session of the United States House, convened in the", "Capitol building."),
        ("is secured every day by the United States Capitol Police (“Capitol", "Police”)."),
        (
            "the members of the House and of the Senate of the United States",
            "(including him) left.",
        ),
        (
            "the city of El Paso and its Mayor, the President of the Senate,",
            "Congress and others met.",
        ),
    ],
)
def test_an_empty_line_inside_a_sentence_parts_nothing(first, second):
    rest = (
        "The court had decided so in the case of the United States, and\nin others of that kind.\n"
    )
    text = f"{rest}\nOn January 6, {first}\n\n{second}\n\n{rest}"
    assert " ".join(f"On January 6, {first} {second}".split()) in [
        words for _, words in shown(text)
    ]


def test_items_and_headings_with_a_line_between_are_not_joined():
    names = (
        "Alice of the town hall\n\nBob of the city council\n\nCarol of the old fire brigade\n\nDan"
    )
    lines = "\n\n".join(f"{n} is the first of the words. it ends here." for n in "abcd")
    for text in (names, lines):
        assert [words.lstrip("#") for _, words in shown(text)] == text.split("\n\n")


def test_what_a_page_cuts_is_no_label():
    text = "The court had decided so in the case of the United States\n\fv. Smith, and in others."
    assert [words for _, words in shown(text)] == [" ".join(text.split())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was ***.", ["***"]),
        ("It was [REDACTED] and █████.", ["[REDACTED]", "█████"]),
        ("See [Not for Release], and [Not for Release].", ["[Not for Release]"] * 2),
        ("This is ***very*** bold.", []),
        ("Rome fell.\n\n***\n\nIt rose.", []),
        ("143. ***\n\n144. Rome fell.", ["***"]),
    ],
)
def test_redactions_are_told_from_ornaments(text, expected):
    assert [text[a:b] for a, b in mark_layout(text).redactions] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('It fell.[1] "So"[2].\n\n[1] See a.\n[2] See b.', [("1", "See a.", "[1]"), ("2", "See b.", "[2]")]),
        ("It fell.[^1]\n\n[^1]: See a.", [("1", "See a.", "[^1]")]),
        ("It fell.¹\n\n¹ See a.", [("1", "See a.", "¹")]),
        ("It fell.1 It rose. 2\n\n1 See a.\n2 See b.", [("1", "See a.", "1"), ("2", "See b.", "2")]),
        ("It fell on 2 May. See No. 2 there.\n\n2 men died.", []),
    ],
)  # fmt: skip
def test_notes_are_tied_to_their_marks(text, expected):
    assert notes(text) == expected


PROSE = (
    "The bank paid ten million euros to the ministry of mines in 2016, after the court in Lima had "
    "ordered it to pay. Ruth Cole signed for the bank and left it two years later. The city of "
    "Ostrava closed the quarry in 2019."
)
HEADINGS = [
    "1.2 Findings", "FINDINGS", "III. Findings", "Findings of the court", "Impact on disorder",
    "What the bank did", "Chapter 2: The bank", "The bank's payments in 2016", "Annex A – Payments",
    "Key findings of the review",
]  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("width", [45, 60, 90, 1000])
def test_a_heading_straight_above_the_text_is_no_part_of_its_sentence(width, heading):
    wrapped = textwrap.fill(PROSE, width)
    found = shown(f"{wrapped}\n\n{heading}\n{wrapped}\n")
    assert [words for _, words in found if not words.startswith("#")] == [PROSE, PROSE]


def test_a_number_in_a_line_of_its_own_is_that_of_the_paragraph_below():
    wrapped = textwrap.fill(PROSE, 60)
    text = f"{wrapped}\n6.\n\n{wrapped}\n\nImpact on disorder\n7.\n\n{wrapped}\n8.\n{wrapped}\n"
    last = textwrap.fill(f"9. {PROSE}", 60)
    assert shown(f"{text}\nSocial media\n{last}\n") == [
        ("", PROSE), ("6", PROSE), ("", "#Impact on disorder"), ("7", PROSE), ("8", PROSE),
        ("", "#Social media"), ("9", PROSE),
    ]  # fmt: skip


def test_a_short_line_inside_a_sentence_is_no_heading():
    wrapped = textwrap.fill(PROSE, 60)
    scanned = f"{wrapped}\nGates recalled candidate\n{wrapped}"
    assert shown(scanned)[-1][1].startswith("Gates recalled candidate The bank")
    asked = f"{wrapped}\n\nWhat do you think?\n{wrapped}"
    assert "#What do you think?" not in [words for _, words in shown(asked)]
    for end in ("The court heard the", "Those who signed were", "It was then that the bank,"):
        text = f"{wrapped} It had so.\n\n{end}\nUniversity of Ostrava and all its friends in Lima left it."
        assert shown(text)[-1][1] == " ".join(text.split("\n\n")[1].split())


@pytest.mark.parametrize(
    "caption",
    [
        "Figure 3: Payments of the bank before it left the country, 2010-2016",
        "Table 2. Payments by year, as the ministry counted them",
        "Photo: the quarry that Ruth Cole sold to Harlan Mining",
        "Fig. 4 The city closed the quarry in 2019",
    ],
)
def test_a_caption_is_a_heading_unless_it_is_a_sentence(caption):
    wrapped = textwrap.fill(PROSE, 60)
    assert shown(f"{wrapped}\n\n{caption}\n\n{wrapped}")[1] == ("", f"#{caption}")
    assert shown(f"{wrapped}\n\n{caption}.\n\n{wrapped}")[1] == ("", f"{caption}.")


def test_a_sentence_in_capitals_over_some_lines_is_a_paragraph():
    words = textwrap.fill("THE CITY ORDERED THE BANK TO PAY ALL OF ITS DEBTS AND TO CLOSE IT.", 30)
    text = f"{textwrap.fill(PROSE, 40)}\n\n{words}\n\n{textwrap.fill(PROSE, 40)}"
    assert shown(text)[1] == ("", " ".join(words.split()))


@pytest.mark.parametrize("leader", ["   ", " .... ", "\t"])
@pytest.mark.parametrize("name", ["Contents", "TABLE OF CONTENTS"])
def test_what_a_table_of_contents_lists_is_furniture(name, leader):
    entries = ["Summary", "1. The bank paid the ministry", "2. What the court ordered", "Annex"]
    table = "\n".join(f"{entry}{leader}{page}" for entry, page in zip(entries, "3588", strict=True))
    text = f"{name}\n\n{table}\n\n{PROSE}\n"
    assert [words for _, words in shown(text)] == [f"#{name}", PROSE]


def test_the_numbers_of_sources_are_furniture_where_a_text_has_some():
    text = "It is old [1]. Mice (and rats) [2–4,7] eat [12, 13] it. See Smith at [23] and [x]."
    assert cut(text) == ["[1]", "[2–4,7]", "[12, 13]"]
    assert cut("He chose box [2] and left.") == []


REFERENCES = [
    "Cole R, Novak J. The bank bought the quarry and left. Journal of Mines. 2016;12(3):45-67.",
    "2. Dvorak, M. (2018). How Harlan Mining closed its quarries. Ostrava: University Press.",
    "Smith, John. “Companies Pay Ministers.” The Times, 3 May 2016. https://example.org/a",
]


@pytest.mark.parametrize("name", ["References", "Bibliography", "## Works cited", "7. REFERENCES"])
def test_references_are_furniture_and_what_follows_them_is_not(name):
    text = "\n\n".join([PROSE, name, *REFERENCES, "Annex", PROSE])
    kept = [words for _, words in shown(text)]
    assert kept == [PROSE, "#" + name.lstrip("7#. "), "#Annex", PROSE]
    assert shown(f"Sources\n\n{PROSE}") == [("", "#Sources"), ("", PROSE)]


def test_a_note_goes_on_after_an_empty_line_inside_its_sentence():
    text = "It fell.1 It rose.\n\n1 The party system had\n\nnot become what it was.\n\nIt is so.\n"
    assert notes(text) == [("1", "The party system had\n\nnot become what it was.", "1")]


PIECES = st.sampled_from(
    [*"aZ. \n\r\t-*[]1(),#|`_>\f█¹•°", "\n\n", "[1]", "1. ", "***", "](b)", "Page:A/1\n"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_every_stretch_lies_in_the_text_and_apart_from_the_others(text):
    layout = mark_layout(text)
    spans = [(p.start, p.end) for p in layout.paragraphs]
    assert spans == sorted(spans)
    assert all(a < b <= len(text) and text[a:b].strip() == text[a:b] for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for group in (layout.furniture, layout.redactions):
        assert all(0 <= a < b <= len(text) for a, b in group)
        assert all(first[1] < second[0] for first, second in pairwise(group))


@pytest.mark.parametrize(
    "piece", ["*", "1 ", "1\n", "[a](b ", "1. a[1]\n", "- ", "```\n", "`a ", "A\f", "[1", "***a ", "---\n", "a¹"]
)  # fmt: skip
def test_the_time_grows_with_the_text_and_not_faster(piece):
    start = time.perf_counter()
    mark_layout(piece * (200_000 // len(piece)))
    assert time.perf_counter() - start < 20


@pytest.mark.skipif(not SCANS.is_dir(), reason="the scanned report is not here")
def test_nearly_every_note_of_a_long_scanned_report_has_its_mark():
    found = [mark_layout(path.read_text(encoding="utf-8")) for path in sorted(SCANS.glob("*.txt"))]
    all_notes = [note for layout in found for note in layout.footnotes]
    assert len(all_notes) > 2000
    assert sum(note.mark is not None for note in all_notes) > 0.9 * len(all_notes)
